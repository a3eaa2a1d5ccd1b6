"""Checks of what became of the cited works: retractions, concerns, corrections."""

from collections.abc import Iterator
from typing import Final

from evidence_app.domain.contents import ReviewContents, Update
from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference
from evidence_app.services.checks.results import Found, Level, about, rule
from evidence_app.services.checks.scope import called, in_question

_COPE = "https://publicationethics.org/guidance/guideline/retraction-guidelines"
_CROSSREF = "https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/"
_SOURCES: Final = {"publisher": "the publisher", "retraction-watch": "Retraction Watch"}


def _updated(contents: ReviewContents, group: str, words: str) -> Iterator[Found]:
    by_work: dict[int, list[Update]] = {}
    for update in contents.updates:
        if update.group == group:
            by_work.setdefault(update.reference, []).append(update)
    for reference in in_question(contents):
        if reference.id in by_work:
            yield about(reference, f"{called(reference)} {words}{_by_whom(by_work[reference.id])}.")


def _by_whom(updates: list[Update]) -> str:
    told = [
        " ".join(part for part in (_SOURCES.get(each.source, each.source), each.date[:10], each.doi) if part)
        for each in updates
    ]
    return f" ({'; '.join(dict.fromkeys(part for part in told if part))})" if any(told) else ""


@rule(
    "retracted", Level.ERROR, "Retracted work",
    "The work was retracted or withdrawn. What rests on it may not stand; a review says so wherever "
    "it is cited.",
    ("Read the notice", "Take the work out, or say in the text that it is retracted",
     "Look again at what it supports"),
    link=_COPE,
)  # fmt: skip
def retracted(contents: ReviewContents) -> Iterator[Found]:
    """Find works that were retracted."""
    return _updated(contents, "retraction", "was retracted")


@rule(
    "of-concern", Level.DOUBT, "Work with an expression of concern",
    "The journal has published a concern about the work; it may be retracted or cleared later.",
    ("Read the notice", "Say in the text how the concern bears on the finding"),
    link=_COPE,
)  # fmt: skip
def of_concern(contents: ReviewContents) -> Iterator[Found]:
    """Find works with an expression of concern."""
    return _updated(contents, "concern", "has an expression of concern")


@rule(
    "corrected", Level.INFORMATION, "Corrected work",
    "A correction to the work has been published. What was extracted may have been put right in it.",
    "Read the correction and compare what the review took from the work",
    link=_CROSSREF,
)  # fmt: skip
def corrected(contents: ReviewContents) -> Iterator[Found]:
    """Find works with a published correction."""
    return _updated(contents, "correction", "has been corrected")


@rule(
    "retraction-never-checked", Level.INFORMATION, "Retractions never asked for",
    "Crossref tells of retractions and corrections of works with a DOI, and was never asked about these.",
    "Update the references from Crossref",
    link=_CROSSREF,
)  # fmt: skip
def retraction_never_checked(contents: ReviewContents) -> Iterator[Found]:
    """Tell, once, how many works with a DOI were never asked for."""
    unasked: list[Reference] = [
        reference
        for reference in in_question(contents)
        if reference.doi and reference.id not in contents.checked_at
    ]
    if unasked:
        what = counted(len(unasked), "work with a DOI was", "works with a DOI were")
        yield Found("review", f"{what} never checked for retractions.", tuple(each.id for each in unasked))


RULES = (retracted, of_concern, corrected, retraction_never_checked)
