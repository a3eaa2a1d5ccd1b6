"""Findings, themes and headings."""

from evidence_app.domain.manuscript import (
    Anchor,
    AnchorPlace,
    Block,
    BlockKind,
    Cited,
    Direction,
    Role,
    Run,
    Section,
    Text,
)
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.synthesis import Theme, ThemeKind
from tests.doubles import a_reference, contents_of, found_by

EVIDENCE = Anchor("x", Role.EVIDENCE, (Cited(ReferenceId(1001)),))


def theme(number: int, *parents: int) -> Theme:
    return Theme(
        id=number, guid=f"t{number}", name=f"Theme {number}", kind=ThemeKind.ANALYTIC, parents=parents
    )


def finding(
    guid: str, *anchors: Anchor, theme: int | None = 1, direction: Direction | None = Direction.BOTH
) -> Block:
    runs: tuple[Run, ...] = (Text(f"Words of {guid}"), *(AnchorPlace(anchor.guid) for anchor in anchors))
    return Block(guid=guid, section=1, theme=theme, runs=runs, anchors=anchors, direction=direction)


def written(guid: str, section: int, kind: BlockKind = BlockKind.PARAGRAPH, text: str = "Words") -> Block:
    return Block(guid=guid, section=section, kind=kind, runs=(Text(text),))


def section(number: int, parent: int | None = None) -> Section:
    return Section(id=number, guid=f"s{number}", title=f"Part {number}", kind="results", parent=parent)


def test_a_finding_that_cites_no_evidence_is_doubted() -> None:
    context = Anchor("y", Role.CONTEXT, (Cited(ReferenceId(1001)),))
    blocks = (
        finding("a", EVIDENCE),
        finding("b"),
        finding("c", context),
        finding("d", theme=None),
        finding("e", direction=Direction.GAP),
    )
    contents = contents_of(a_reference(1, True), blocks=blocks, themes=(theme(1),))
    assert [result.block for result in found_by("finding-without-evidence", contents)] == ["b", "c"]


def test_a_finding_without_direction_is_doubted() -> None:
    blocks = (
        finding("a", direction=None),
        finding("b", direction=Direction.NEITHER),
        finding("c", theme=None, direction=None),
    )
    contents = contents_of(blocks=blocks, themes=(theme(1),))
    assert [result.block for result in found_by("finding-without-direction", contents)] == ["a"]


def test_a_theme_is_empty_only_if_all_below_it_is() -> None:
    themes = (theme(1), theme(2, 1), theme(3), theme(4, 3))
    contents = contents_of(blocks=(finding("a", theme=2),), themes=themes)
    subjects = [result.subject for result in found_by("theme-without-findings", contents)]
    assert subjects == ["theme:3", "theme:4"]
    assert not found_by("theme-without-findings", contents_of(themes=themes))


def test_themes_that_go_round_in_a_circle_are_an_error() -> None:
    circle = (theme(1, 3), theme(2, 1), theme(3, 2), theme(4, 1))
    found = found_by("theme-in-a-circle", contents_of(themes=circle))
    assert [result.subject for result in found] == ["theme:1", "theme:2", "theme:3"]
    diamond = (theme(1), theme(2, 1), theme(3, 1), theme(4, 2, 3), theme(5, 99))
    assert not found_by("theme-in-a-circle", contents_of(themes=diamond))


def test_a_section_with_nothing_in_it_or_below_is_told() -> None:
    contents = contents_of(
        sections=(section(1), section(2), section(3, 2), section(4), section(5, 4)),
        blocks=(written("a", 1), written("b", 3)),
    )
    found = found_by("heading-with-nothing-below", contents)
    assert [result.subject for result in found] == ["section:4", "section:5"]


def test_a_heading_that_nothing_follows_is_told() -> None:
    heading = BlockKind.HEADING
    blocks = (
        written("a", 1),
        written("bare", 1, heading),
        written("b", 1, heading),
        written("c", 1),
        written("last", 1, heading),
        written("d", 2),
        written("leads on", 2, heading),
        written("e", 3),
    )
    contents = contents_of(sections=(section(1), section(2), section(3, 2)), blocks=blocks)
    assert [r.block for r in found_by("heading-with-nothing-below", contents)] == ["bare", "last"]


def test_a_review_nobody_has_begun_to_write_is_left_alone() -> None:
    assert not found_by("heading-with-nothing-below", contents_of(sections=(section(1), section(2, 1))))


def test_a_block_without_words_is_told() -> None:
    blocks = (written("a", 1), written("empty", 1, text="  "), written("b", 1))
    assert [result.block for result in found_by("empty-block", contents_of(blocks=blocks))] == ["empty"]
