"""What findings cite is where they quote it."""

from dataclasses import replace

import pytest

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Text
from evidence_app.domain.support import Support, SupportLevel
from evidence_app.services.checks.quoted import RULES
from evidence_app.services.checks.rules import run_checks
from tests.doubles import a_reference, contents_of

WORK = 1001


def review(locator: str, printed: str, **said: object) -> ReviewContents:
    """A finding that cites a report with pages and rests on a quotation that stands on one."""
    anchor = Anchor("a", Role.EVIDENCE, (Cited(a_reference(1).id, locator=locator),))
    block = Block(
        id=7,
        guid="b",
        section=1,
        theme=1,
        runs=(Text("Money came late"), AnchorPlace("a")),
        anchors=(anchor,),
    )
    support = Support(
        id=3, guid="s", block=7, level=SupportLevel.QUOTATION, reference=WORK, report="Report 1", quotation=5,
        printed=printed,
    )  # fmt: skip
    support = replace(support, **said)  # type: ignore[arg-type]
    return replace(contents_of(a_reference(1)), blocks=(block,), support=(support,))


def said(contents: ReviewContents) -> list[tuple[str, str]]:
    return [(found.rule, found.message) for found in run_checks(contents, RULES)]


@pytest.mark.parametrize(
    ("locator", "printed"),
    [("3", "3"), ("3, 14", "14"), ("221–8", "228"), ("221-228", "225"), ("iv", "IV"), ("", "9"), ("4", ""),
     ("2; 7", "7")],
)  # fmt: skip
def test_a_page_that_is_cited_is_well(locator: str, printed: str) -> None:
    assert said(review(locator, printed)) == []


@pytest.mark.parametrize(
    ("locator", "printed"), [("1126", "1138"), ("221–8", "229"), ("iv", "v"), ("1-3", "x")]
)
def test_a_quotation_on_another_page_is_told(locator: str, printed: str) -> None:
    ((rule, message),) = said(review(locator, printed))
    assert rule == "cited-page-differs"
    assert f"with page {locator}; what it rests on stands on page {printed}." in message


def test_a_lost_quotation_is_told_with_its_finding() -> None:
    (found,) = run_checks(review("3", "", is_lost=True), RULES)
    assert (found.rule, found.subject, found.block) == ("quotation-lost", "support:3", "b")
    assert found.references == (WORK,)
