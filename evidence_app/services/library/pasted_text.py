"""What a pasted text is: an export, a printed list of references, or a text that names works."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.from_text import format_of_text, read_text
from evidence_app.services.formats.records import RawRecord, ReadRecord, Unplaced
from evidence_app.services.formats.reference_lists import PrintedReference, looks_like, read_reference
from evidence_app.services.formats.reference_splitting import joined, split_references
from evidence_app.services.library.adding import Candidate, candidate_from, candidate_of
from evidence_app.services.library.list_style import agreed
from evidence_app.services.lookup.identifiers import identifiers_in
from evidence_app.services.lookup.pasting import PastedWork, read_pasted, says_only_identifiers
from evidence_app.services.progress import Report, silent
from evidence_app.services.searches.repairing import read_block

PRINTED: Final = "references"
_LIST_HEADING: Final = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:references?|bibliography|works cited|literature cited)\W*$", re.IGNORECASE
)
_NEXT_HEADING: Final = re.compile(
    r"^\W*(?:supporting information|supplementary \w+|appendi(?:x|ces)\b.{0,40}|how to cite.{0,40})\W*$"
    r"|^\W*(?-i:[A-Z][A-Z ]{8,50})\W*$",
    re.IGNORECASE,
)
_A_PAPER: Final = 1500
"""Characters before the heading of a list from which on a text is a paper with a list at its end."""
_MISSING: Final = {"no author": "author", "no title": "title", "no year": "issued"}
"""The doubts that end when a field is filled."""
_NO_RECORD: Final = "no record as it stands"
_GAP: Final = 40
"""Signs that may stand between two words of a printed string and belong to no part: emphasis, numbers."""
_SAYS: Final = ("title", "author", "DOI", "container-title")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedEntry:
    """One work of a pasted list or export, beside the words it was read from."""

    text: str
    line: int
    candidate: Candidate
    parts: tuple[tuple[str, str], ...] = ()
    """The labelled parts of a printed reference, in order; empty for a record of an export."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was read from a text: works to look up, or the entries of a list or an export."""

    works: tuple[PastedWork, ...] = ()
    entries: tuple[PastedEntry, ...] = ()
    format: str = ""
    """The format of the entries."""
    dialect: str = ""
    unplaced: tuple[Unplaced, ...] = ()
    left_out: bool = False
    """Whether only the reference list of a longer text was read."""

    @property
    def is_printed(self) -> bool:
        """Whether it is a printed list, whose entries may be split and joined."""
        return self.format == PRINTED


def read(text: str, report: Report = silent) -> Pasted:
    """Read whatever was pasted; nothing is looked up. Raises what `report` raises to stop."""
    format = format_of_text(text)
    if format and (found := _export(text, format, report)):
        return found
    works = tuple(read_pasted(text))
    listed = list_in(text)
    if listed or _is_list(text, works):
        entries = read_list(split_references(listed or text), report)
        if sum(_is_reference(each.candidate) for each in entries) >= max(2, 0.6 * len(entries)):
            return Pasted(entries=tuple(entries), format=PRINTED, left_out=bool(listed))
    return Pasted(works=works)


def _export(text: str, format: str, report: Report) -> Pasted | None:
    """Return the records of an export; none where it only looked like one."""
    try:
        file = read_text(text, format, report)
    except EvidenceError:
        return None
    records = [record for record in file.records if any(record.item.get(name) for name in _SAYS)]
    if not records:
        return None
    entries = [
        PastedEntry(
            text=record.raw.text.strip("\n"), line=record.raw.line, candidate=candidate_from(record, format),
            doubts=_missing(record),
        )
        for record in records
    ]  # fmt: skip
    entries += [_unplaced(block, format) for block in file.unplaced if block.text.strip()]
    entries.sort(key=lambda entry: entry.line)
    return Pasted(entries=tuple(entries), format=format, dialect=file.dialect, unplaced=tuple(file.unplaced))


def _unplaced(block: Unplaced, format: str) -> PastedEntry:
    """Return a block that is no record as it stands as an entry to complete, with what it says."""
    try:
        record = read_block(block.text, format)
        record = replace(record, raw=replace(record.raw, line=block.line))
    except EvidenceError:
        record = ReadRecord(RawRecord((), block.text, block.line), {})
    return PastedEntry(
        text=block.text.strip("\n"), line=block.line, candidate=candidate_from(record, format),
        doubts=(f"{_NO_RECORD}: {block.reason.rstrip('.')}", *_missing(record)),
    )  # fmt: skip


def _missing(record: ReadRecord) -> tuple[str, ...]:
    return ("no title",) if not record.item.get("title") else ()


def _is_list(text: str, works: Sequence[PastedWork]) -> bool:
    """Whether a text is a printed list of several references, and nothing that names its works better."""
    if not looks_like(text) or says_only_identifiers(text):
        return False
    if any(work.item.get("abstract") for work in works):
        return False
    entries = len(split_references(text))
    return entries > 1 and entries >= len(works)


def list_in(text: str) -> str:
    """Return the reference list at the end of a paper, lines kept in place; nothing where it is no paper."""
    lines = re.split(r"\r\n|\r|\n", text)
    begins = max((at for at, line in enumerate(lines) if _LIST_HEADING.match(line)), default=0)
    if len("".join(lines[:begins])) < _A_PAPER:
        return ""
    ends = next((at for at in range(begins + 1, len(lines)) if _NEXT_HEADING.match(lines[at])), len(lines))
    listed = "\n".join([*([""] * (begins + 1)), *lines[begins + 1 : ends]])
    return listed if looks_like(listed) and len(split_references(listed)) > 1 else ""


def _is_reference(candidate: Candidate) -> bool:
    item = candidate.item
    return bool(item.get("title")) and any(item.get(name) for name in ("author", "editor", "issued", "URL"))


# A printed list: each entry beside what it was read from


def read_list(entries: Sequence[tuple[int, str]], report: Report = silent) -> list[PastedEntry]:
    """Read the entries of a printed list, given with the line each begins on."""
    found: list[PrintedReference] = []
    for line, text in entries:
        report(len(found), len(entries))
        found.append(read_reference(text, line))
    return [entry_of(each) for each in agreed(found)]


def entry_of(printed: PrintedReference) -> PastedEntry:
    """Return a printed reference as an entry of a list."""
    record = ReadRecord(RawRecord(printed.parts, printed.text, printed.line), printed.item)
    return PastedEntry(
        text=printed.text, line=printed.line, candidate=candidate_from(record, PRINTED),
        parts=printed.parts, doubts=printed.doubts,
    )  # fmt: skip


def doubtful_first(entries: Sequence[PastedEntry]) -> list[int]:
    """Return the places of the entries in the order in which a person should look at them."""
    return sorted(range(len(entries)), key=lambda at: (-len(entries[at].doubts), at))


def changed(entry: PastedEntry, candidate: Candidate) -> PastedEntry:
    """Return the entry as a person mended it: what was missing and is there now is no longer doubted."""
    doubts = tuple(
        doubt for doubt in entry.doubts
        if not candidate.item.get(_MISSING.get(doubt, ""))
        and not (doubt.startswith(_NO_RECORD) and candidate != entry.candidate and candidate.is_described)
    )  # fmt: skip
    return replace(entry, candidate=candidate, doubts=doubts)


def marks(entry: PastedEntry) -> list[tuple[int, int, str]]:
    """Return where each labelled part stands in the printed string: first and last place, and the label."""
    found: list[tuple[int, int, str]] = []
    place = 0
    for label, part in entry.parts:
        begins = -1
        for word in part.split():
            at = entry.text.find(word, place)
            if at < 0 or at > place + _GAP:
                continue
            begins = at if begins < 0 else begins
            place = at + len(word)
        if begins >= 0:
            found.append((begins, place, label))
    return found


def split_at(entries: Sequence[PastedEntry], at: int, place: int) -> list[PastedEntry]:
    """Return the list with one entry made two, parted before this character of its text.

    Both are read anew. Raises `EvidenceError` where one side would be empty."""
    text = entries[at].text
    first, second = text[:place].strip(), text[place:].strip()
    if not first or not second:
        raise EvidenceError("Put the cursor where the second reference begins, then split.")
    line = entries[at].line
    parted = [entry_of(read_reference(each, line)) for each in (first, second)]
    return [*entries[:at], *parted, *entries[at + 1 :]]


def join_with_next(entries: Sequence[PastedEntry], at: int) -> list[PastedEntry]:
    """Return the list with an entry and the one printed after it made one, read anew.

    Raises `EvidenceError` for the last entry."""
    if at + 1 >= len(entries):
        raise EvidenceError("This is the last reference of the list; there is none after it to join.")
    text = joined([entries[at].text, entries[at + 1].text])
    one = entry_of(read_reference(text, entries[at].line))
    return [*entries[:at], one, *entries[at + 2 :]]


def work_of(entry: PastedEntry) -> PastedWork:
    """Return an entry as a work to look up by its DOI."""
    doi = str(entry.candidate.item.get("DOI") or "")
    return PastedWork(tuple(identifiers_in(doi)), entry.candidate.item)


def looked_up(entry: PastedEntry, answer: Candidate) -> PastedEntry:
    """Return the entry with what Crossref says of it; what only the text says stays."""
    crossref = {name for name, origin in answer.origins.items() if origin == "crossref"}
    kept = entry.candidate
    origins = {name: "crossref" if name in crossref else kept.origins.get(name, "") for name in answer.item}
    found = replace(kept, item=answer.item, origins=origins, asked=answer.asked, problem=answer.problem)
    return replace(entry, candidate=found)


def candidates_of(works: Sequence[PastedWork]) -> list[Candidate]:
    """Return the works of a text as candidates, nothing looked up yet."""
    return [candidate_of(work) for work in works]
