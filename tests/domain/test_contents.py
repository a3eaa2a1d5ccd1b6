"""A whole review as plain values: what supports what."""

import pytest

from evidence_app.domain.contents import ReviewContents, Update
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Run, Text
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.review import Characteristic, NumberState, StatedNumber
from evidence_app.domain.synthesis import Theme, ThemeKind
from tests.doubles import a_reference, contents_of


def cite(guid: str, *numbers: int, role: Role = Role.EVIDENCE) -> Anchor:
    return Anchor(guid, role, tuple(Cited(ReferenceId(1000 + number)) for number in numbers))


def block(guid: str, theme: int | None, *anchors: Anchor) -> Block:
    runs: tuple[Run, ...] = (Text(guid), *(AnchorPlace(anchor.guid) for anchor in anchors))
    return Block(guid=guid, section=1, theme=theme, runs=runs, anchors=anchors)


def review() -> ReviewContents:
    power = Theme(id=1, guid="t1", name="Power", kind=ThemeKind.OVERARCHING)
    voice = Theme(id=2, guid="t2", name="Voice", kind=ThemeKind.TOPIC, parents=(1,))
    money = Theme(id=3, guid="t3", name="Money", kind=ThemeKind.ANALYTIC)
    blocks = (
        block("intro", None, cite("a", 4)),
        block("one", 1, cite("b", 2, 1), cite("c", 3, role=Role.CONTEXT)),
        block("two", 2, cite("d", 3), cite("e", 4)),
        block("three", 3, cite("f", 1)),
    )
    references = (a_reference(1, True), a_reference(2, True), a_reference(3, True), a_reference(4, False))
    return contents_of(*references, themes=(power, voice, money), blocks=blocks)


def test_only_included_evidence_supports_a_theme_with_all_below_it() -> None:
    contents = review()
    assert [reference.number for reference in contents.supporting(1)] == [1, 2, 3]
    assert [reference.number for reference in contents.supporting(2)] == [3]
    assert [reference.number for reference in contents.supporting(3)] == [1]


def test_findings_are_the_blocks_under_themes() -> None:
    contents = review()
    assert [each.guid for each in contents.findings] == ["one", "two", "three"]
    assert [each.guid for each in contents.findings_under(1)] == ["one", "two"]


def test_anchors_come_in_the_order_of_the_document() -> None:
    assert [anchor.guid for _, anchor in review().anchors()] == ["a", "b", "c", "d", "e", "f"]


def test_numbers_of_an_anchor_keep_the_printed_order() -> None:
    contents = review()
    assert contents.numbers_of(cite("x", 2, 1)) == [2, 1]
    assert contents.numbers_of(cite("x", 99, 4)) == [4]


def test_the_path_of_a_block_is_theme_then_topic() -> None:
    contents = review()
    assert contents.theme_path(contents.blocks[2]) == ["Power", "Voice"]
    assert contents.theme_path(contents.blocks[0]) == []


def test_main_themes_leave_topics_out() -> None:
    assert [theme.name for theme in review().main_themes()] == ["Power", "Money"]


def test_what_is_not_said_of_a_report_is_none() -> None:
    country = Characteristic(reference=1001, name="country", value="Wales", state=NumberState.TYPED)
    contents = contents_of(a_reference(1), characteristics=(country,))
    assert contents.characteristic(1001, "country") is country
    assert contents.characteristic(1001, "design") is None


@pytest.mark.parametrize(
    ("value", "derived", "differs"),
    [(47, 46, True), (47, 47, False), (None, 46, False), (47, None, False), (0, 1, True)],
)
def test_a_number_differs_only_where_both_are_known(
    value: int | None, derived: int | None, differs: bool
) -> None:
    number = StatedNumber(key="k", label="K", value=value, state=NumberState.TYPED, derived=derived)
    assert number.differs is differs


def test_each_kind_of_update_has_a_group() -> None:
    kinds = {
        "Expression of concern": "concern",
        "partial-retraction": "retraction",
        "erratum": "correction",
        "new_edition": "version",
    }
    for kind, group in kinds.items():
        assert Update(reference=ReferenceId(1), kind=kind).group == group
