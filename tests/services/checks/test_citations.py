"""What the manuscript cites, and as what."""

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Direction, Role, Run, Text
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.synthesis import Theme, ThemeKind
from tests.doubles import a_reference, contents_of, found_by

POWER = Theme(id=1, guid="t", name="Power", kind=ThemeKind.ANALYTIC)


def cite(guid: str, *numbers: int, role: Role = Role.EVIDENCE) -> Anchor:
    return Anchor(guid, role, tuple(Cited(ReferenceId(1000 + number)) for number in numbers))


def block(guid: str, *anchors: Anchor, theme: int | None = 1, places: tuple[str, ...] | None = None) -> Block:
    named = places if places is not None else tuple(anchor.guid for anchor in anchors)
    runs: tuple[Run, ...] = (Text(f"Words of {guid}"), *(AnchorPlace(name) for name in named))
    return Block(guid=guid, section=1, theme=theme, runs=runs, anchors=anchors, direction=Direction.BARRIER)


def review(*blocks: Block) -> ReviewContents:
    references = (a_reference(1, True), a_reference(2, True), a_reference(3, False), a_reference(4))
    return contents_of(*references, blocks=blocks, themes=(POWER,))


def test_evidence_that_was_not_included_is_an_error_with_its_place() -> None:
    results = found_by(
        "evidence-not-included", review(block("a", cite("x", 1, 3)), block("b", cite("y", 4, 3)))
    )
    assert [result.references for result in results] == [(1003,), (1004,)]
    assert "“Words of a” and “Words of b”" in results[0].message
    assert results[0].block == "a"


def test_works_that_are_no_evidence_need_not_be_included() -> None:
    contents = review(
        block("a", cite("x", 3, role=Role.CONTEXT)),
        block("b", cite("y", 4, role=Role.CONTRAST)),
        block("c", cite("z", 3), theme=None),
    )
    assert not found_by("evidence-not-included", contents)


def test_an_included_report_without_a_finding_is_doubted() -> None:
    contents = review(block("a", cite("x", 1)), block("b", cite("y", 2, role=Role.CONTEXT)))
    assert [result.references for result in found_by("included-without-finding", contents)] == [(1002,)]


def test_nothing_is_asked_of_a_review_that_has_no_findings_yet() -> None:
    assert not found_by("included-without-finding", review())
    assert not found_by("never-cited", review())


def test_an_entry_of_the_bibliography_that_nothing_cites_is_doubted() -> None:
    contents = review(block("a", cite("x", 1, 2, 3), theme=None))
    assert [result.references for result in found_by("never-cited", contents)] == [(1004,)]


def test_a_citation_that_names_nothing_is_an_error() -> None:
    contents = review(block("a", cite("x", 1), cite("empty")), block("b", cite("gone", 1, 99)))
    results = found_by("anchor-without-works", contents)
    assert [result.subject for result in results] == ["anchor:empty", "anchor:gone"]
    assert "names no work" in results[0].message
    assert "no longer in the review" in results[1].message


def test_citations_and_their_places_must_agree() -> None:
    contents = review(
        block("a", cite("x", 1)),
        block("b", cite("y", 1), places=()),
        block("c", places=("nowhere",)),
        block("d", cite("z", 1), places=("z", "z")),
    )
    assert [result.block for result in found_by("anchor-out-of-place", contents)] == ["b", "c", "d"]


def test_a_work_cited_twice_at_one_place_is_an_error() -> None:
    pages = Anchor("p", Role.EVIDENCE, (Cited(ReferenceId(1001), "3"), Cited(ReferenceId(1001), "9")))
    contents = review(
        block("a", cite("x", 1, 2, 1)), block("b", pages), block("c", cite("y", 1), cite("z", 1))
    )
    (result,) = found_by("work-twice-in-anchor", contents)
    assert result.references == (1001,)
    assert result.block == "a"
