"""Two tables beside the diagram: every search as PRISMA-S asks, and excluded full texts with reasons."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference, authors_line, plain
from evidence_app.services.flow.paths import Arm, Place, paths
from evidence_app.services.flow.review_flow import review_flow
from evidence_app.services.publishing.appendix.table import Appendix, Cell
from evidence_app.services.publishing.appendix.writing import write_table
from evidence_app.services.searches.days import shown_days
from evidence_app.services.searches.kinds import Group, kind_called
from evidence_app.storage.connections import Reader
from evidence_app.storage.flow import flow_facts
from evidence_app.storage.references import references
from evidence_app.storage.searches import LoggedSearch, files, searches

_SEARCH_HEADS: Final = (
    "Source", "Kind", "Platform", "Searched by", "Run on", "Years covered", "Indexes or segments",
    "Query as run", "Limits, and why", "Published filters", "Earlier searches used", "How it was done",
    "Sorted by", "Signed in", "Why it stopped there", "Update", "Peer review", "Records claimed",
    "Records read", "Results seen", "Works kept", "Files", "Note",
)  # fmt: skip


def search_appendix(reader: Reader) -> Appendix:
    """Return every search with its fields of PRISMA-S (Rethlefsen et al. 2021)."""
    rows = tuple(
        _search_row(reader, each) for each in searches(reader)
        if each.search is not None or kind_called(each.kind).group is not Group.DATABASES
    )  # fmt: skip
    note = (
        f"One row for each run of a search; empty where the review does not report it. {_duplicates(reader)}"
    )
    return Appendix("Search appendix (PRISMA-S)", _SEARCH_HEADS, rows, note, long=True)


def _duplicates(reader: Reader) -> str:
    """Say how duplicates were removed (PRISMA-S, item 16)."""
    number = review_flow(reader)["duplicates"]
    if number.number is None:
        return "How many duplicates were removed is not reported."
    parts = "; ".join(f"{line.label.lower()} {line.number:,}" for line in number.lines if line.number)
    return f"Duplicates removed: {number.number:,}{f' ({parts})' if parts else ''}."


def _search_row(reader: Reader, search: LoggedSearch) -> tuple[Cell, ...]:
    held = files(reader, search.search) if search.search is not None else []
    named = "; ".join(f"{file.name} (SHA-256 {file.sha256})" if file.sha256 else file.name for file in held)
    notes = _together(search.source_note, search.text("note"))
    return (
        search.name, search.kind, search.platform, search.text("searcher"),
        shown_days(search.text("searched_from"), search.text("searched_to")), search.text("covers"),
        search.text("indexes"), search.text("query"), search.text("limits"), search.text("filters"),
        search.text("prior_work"), search.text("method"), search.text("sorted_by"), search.text("signed_in"),
        search.text("stopped"), search.text("update_method"), search.text("peer_review"),
        search.number("claimed"), max(search.expected, search.imported) if search.files else None,
        search.number("seen"), search.works or search.number("kept"), named, notes,
    )  # fmt: skip


def _together(*texts: str) -> str:
    """Return texts as one: sentences follow each other, words are parted by a semicolon."""
    said = [text.strip() for text in texts if text.strip()]
    parted = (text if text.endswith((".", "!", "?")) else f"{text};" for text in said[:-1])
    return " ".join((*parted, *said[-1:]))


_EXCLUDED_HEADS: Final = ("No.", "Report", "Title", "Year", "Where it appeared", "DOI", "Reason", "Found by")
_WIDTHS: Final = (5, 14, 29, 6, 15, 12, 12, 7)


def excluded_full_texts(reader: Reader) -> Appendix:
    """Return the reports excluded in full text, each with its primary reason, ordered by reason."""
    found = paths(flow_facts(reader))
    works = [*found.at(Arm.DATABASES, Place.REPORT_EXCLUDED), *found.at(Arm.OTHER, Place.REPORT_EXCLUDED)]
    known: dict[int, Reference] = {each.id: each for each in references(reader, works)}
    listed = sorted(
        (each for each in works if each in known),
        key=lambda work: (found.by_work[work].reason.casefold(), known[work].short_label.casefold(), work),
    )
    rows = tuple(
        _excluded_row(at, known[work], found.by_work[work].reason, str(found.by_work[work].arm))
        for at, work in enumerate(listed, 1)
    )
    note = f"{_were(len(rows))} excluded after reading the full text." if rows else _none_listed(reader)
    return Appendix("Excluded full texts with reasons", _EXCLUDED_HEADS, rows, note, widths=_WIDTHS)


def _none_listed(reader: Reader) -> str:
    """Say why the list is empty: nothing was excluded, or the review does not tell which."""
    flow = review_flow(reader)
    known = [flow[key].number for key in ("dbr_excluded", "other_excluded")]
    number = sum(each or 0 for each in known)
    if number:
        return f"{_were(number)} excluded after reading the full text; which they are is not recorded here."
    if known[0] is None:
        return "Which reports were excluded after reading the full text is not reported."
    return "No report was excluded after reading the full text."


def _were(number: int) -> str:
    return f"{counted(number, 'report')} {'was' if number == 1 else 'were'}"


def _excluded_row(at: int, reference: Reference, reason: str, arm: str) -> tuple[Cell, ...]:
    item = reference.item
    return (
        at, authors_line(reference.authors) or reference.short_label, plain(reference.title),
        reference.year, plain(str(item.get("container-title") or item.get("publisher") or "")),
        reference.doi or "", reason, arm,
    )  # fmt: skip


def write_search_appendix(project: Path, out: Path) -> None:
    """Write the search appendix of a project. Raises `EvidenceError` where it cannot be written."""
    _write(project, out, search_appendix)


def write_excluded(project: Path, out: Path) -> None:
    """Write the excluded full texts of a project. Raises `EvidenceError` where it cannot be written."""
    _write(project, out, excluded_full_texts)


TABLES: Final = {"searches": search_appendix, "excluded": excluded_full_texts}
"""The tables by the words of the command."""


def _write(project: Path, out: Path, made: Callable[[Reader], Appendix]) -> None:
    with Reader(project) as reader:
        table = made(reader)
    write_table(table, out)
