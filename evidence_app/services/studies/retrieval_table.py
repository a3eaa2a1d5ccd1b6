"""The full texts as a table to hand out: how far each is, and every attempt to get it."""

from collections.abc import Sequence
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import plain
from evidence_app.domain.studies import Attempt, Retrieval
from evidence_app.services.publishing.appendix.table import Appendix
from evidence_app.services.studies.retrieval import FullTextLine, Tally

TO_GET: Final = (None, Retrieval.SOUGHT, Retrieval.REQUESTED)
"""The states in which somebody still has to get a full text."""
_HEADS: Final = ("Report", "Title", "Year", "DOI", "Full text", "Attempts", "Files")
_WIDTHS: Final = (14, 28, 6, 14, 10, 20, 8)


def is_to_get(line: FullTextLine) -> bool:
    """Whether the full text of a report is neither here nor known not to be had."""
    return line.state in TO_GET


def tally_words(tally: Tally) -> str:
    """Return how many full texts are here, are to be got and are not to be had."""
    counts = tally.counts
    to_get = sum(counts.get(each, 0) for each in TO_GET)
    return (
        f"{counted(tally.total, 'report')}: {counts.get(Retrieval.RECEIVED, 0)} received, {to_get} to get, "
        f"{counts.get(Retrieval.NOT_AVAILABLE, 0)} not available."
    )


def retrieval_table(lines: Sequence[FullTextLine]) -> Appendix:
    """Return the log of all full texts, what remains to be got first."""
    order = {None: 0, Retrieval.SOUGHT: 1, Retrieval.REQUESTED: 2, Retrieval.NOT_AVAILABLE: 3}
    listed = sorted(lines, key=lambda line: order.get(line.state, 4))
    rows = tuple(
        (
            line.reference.short_label, plain(line.reference.title), line.reference.year,
            line.reference.doi or "", line.shown, "\n".join(_attempt(each) for each in line.attempts),
            ", ".join(file.name for file in line.files),
        )
        for line in listed
    )  # fmt: skip
    return Appendix("Full texts sought", _HEADS, rows, tally_words(Tally.of(lines)), widths=_WIDTHS)


def _attempt(each: Attempt) -> str:
    said = "; ".join(text for text in (each.how, each.note) if text)
    by = f" ({each.person})" if each.person else ""
    return f"{each.at[:10]} {each.state.value}{f': {said}' if said else ''}{by}"
