"""Checks of findings and the quotations they rest on: whether what is cited is still where it was quoted."""

import re
from collections.abc import Iterator
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.support import Support
from evidence_app.services.checks.results import Found, Level, rule
from evidence_app.services.checks.scope import called, opening

_SYNTHESIS: Final = "https://doi.org/10.1186/1471-2288-8-45"
_PAGES: Final = re.compile(r"(\d+)\s*[-–]\s*(\d+)")


@rule(
    "quotation-lost", Level.DOUBT, "Finding rests on a lost quotation",
    "The document was replaced by another version, in which the words of the quotation were not found. "
    "The quotation keeps its words; where they stand is not known.",
    ("Open the quotation, and put it where its words stand now",
     "Or let the finding rest on it no more"),
    link=_SYNTHESIS,
)  # fmt: skip
def quotation_lost(contents: ReviewContents) -> Iterator[Found]:
    """Find what findings rest on and was not found again in a newer version of its document."""
    for block, support in _rested(contents):
        if support.is_lost:
            report = _report(contents, support)
            message = f"“{opening(block)}” rests on words of {report} that were not found again."
            yield _about(block, support, message)


@rule(
    "cited-page-differs", Level.DOUBT, "Finding cites another page than it quotes",
    "A finding rests on a quotation of a page and cites its report with other pages, so a reader would look "
    "in the wrong place. This happens when a document is replaced, or its printed pages are counted anew.",
    ("Open the finding, and correct the page in its citation",
     "Or waive with the reason, where the citation means another passage"),
    link="https://docs.citationstyles.org/en/stable/specification.html#locators",
)  # fmt: skip
def cited_page_differs(contents: ReviewContents) -> Iterator[Found]:
    """Find quotations whose printed page is not among the pages by which the finding cites their report."""
    for block, support in _rested(contents):
        cited = [
            work.locator for anchor in block.anchors for work in anchor.works
            if work.reference == support.reference and work.label == "page" and work.locator
        ]  # fmt: skip
        if support.printed and cited and not any(_holds(each, support.printed) for each in cited):
            message = (
                f"“{opening(block)}” cites {_report(contents, support)} with page {', '.join(cited)}; "
                f"what it rests on stands on page {support.printed}."
            )
            yield _about(block, support, message)


def _rested(contents: ReviewContents) -> Iterator[tuple[Block, Support]]:
    findings = {block.id: block for block in contents.findings}
    for support in contents.support:
        if support.quotation is not None and support.block in findings:
            yield findings[support.block], support


def _report(contents: ReviewContents, support: Support) -> str:
    known = {int(each.id): each for each in contents.references}
    return called(known[support.reference]) if support.reference in known else support.report


def _about(block: Block, support: Support, message: str) -> Found:
    return Found(f"support:{support.id}", message, (ReferenceId(support.reference),), block.guid)


def _holds(locator: str, page: str) -> bool:
    """Return whether pages as they are cited hold a page: by itself, or in a range (`221-8` ends at 228)."""
    for each in re.split(r"[,;&]|\band\b", locator):
        pages = _PAGES.fullmatch(each.strip())
        if pages and page.isdecimal():
            first, last = pages.groups()
            last = first[: len(first) - len(last)] + last
            if int(first) <= int(page) <= int(last):
                return True
        elif each.strip().casefold() == page.casefold():
            return True
    return False


RULES = (quotation_lost, cited_page_differs)
