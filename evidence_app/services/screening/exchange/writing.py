"""Writing decisions as other programs read and write them.

- Rayyan: RIS, or CSV with its columns; decisions, labels and reasons in a note, as its own exports have them.
- ASReview: RIS with its marks in a note, or CSV with the column `included`.
- Covidence has no column for a verdict: it takes and gives one list for each. A file holds the records of one
  outcome, with the reason of an excluded report in its notes."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import Reference
from evidence_app.domain.screening import Decision, MadeAs, Outcome, Stage
from evidence_app.services.formats.cells import guarded
from evidence_app.services.formats.values import typed_name
from evidence_app.services.formats.writers import ris
from evidence_app.services.screening.exchange.reading import OWN
from evidence_app.services.screening.outcomes import at_stage, is_fresh
from evidence_app.services.whole_files import replacing
from evidence_app.storage import library, references, screening
from evidence_app.storage.connections import Reader


class Program(StrEnum):
    """Whose way of writing decisions is used."""

    RAYYAN = "rayyan"
    ASREVIEW = "asreview"
    COVIDENCE = "covidence"


@dataclass(frozen=True, slots=True)
class OutRecord:
    """One record as it goes out."""

    reference: Reference
    outcome: Outcome
    decisions: tuple[Decision, ...]
    reasons: Mapping[int, str]
    labels: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the file calls it; known again when the file comes back."""
        return f"{OWN}{self.reference.id}"

    def reason_of(self, decision: Decision) -> tuple[str, ...]:
        """Return the reasons of a decision in words, the primary one first."""
        named = tuple(self.reasons[row] for row in decision.reasons if row in self.reasons)
        return named or ((decision.words,) if decision.words else ())


def records_to_write(
    reader: Reader, stage: Stage, viewer: int | None = None, outcome: Outcome | None = None
) -> list[OutRecord]:
    """Return the records at a stage with the decisions that may leave it: while blind, the viewer's own."""
    blind = screening.protocol(reader).blind
    found = at_stage(reader, stage)
    words = {each.id: each.name for each in screening.reasons(reader)}
    by_reference: dict[int, dict[int | None, Decision]] = {}
    for each in screening.decisions(reader, stage=stage):
        fresh = is_fresh(each.at, found.held.again.get(each.reference, ""))
        if each.made_as is MadeAs.REVIEWER and fresh and (not blind or each.person == viewer):
            by_reference.setdefault(each.reference, {})[each.person] = each
    labels: dict[int, list[str]] = {}
    for tag in library.tags_on(reader, list(found.outcomes)):
        labels.setdefault(tag.reference, []).append(tag.name)
    return [
        OutRecord(
            each, found.outcomes[each.id], tuple(by_reference.get(each.id, {}).values()), words,
            tuple(labels.get(each.id, ())),
        )
        for each in references.references(reader, found.outcomes)
        if outcome is None or found.outcomes[each.id] is outcome
    ]  # fmt: skip


def write_decisions(records: Sequence[OutRecord], program: Program, path: Path) -> None:
    """Write records with their decisions, RIS or CSV by the suffix; raises `EvidenceError` for any other."""
    suffix = path.suffix.lower()
    if suffix not in (".ris", ".csv"):
        raise EvidenceError(
            f"Decisions are written as .ris or .csv, not “{path.suffix}”. Nothing was written."
        )
    with replacing(path) as unfinished:
        if suffix == ".ris":
            text = "".join(_as_ris(each, _NOTES[program](each)) for each in records)
            unfinished.write_text(text, encoding="utf-8", newline="")
        else:
            _write_csv(records, program, unfinished)


def _as_ris(record: OutRecord, note: str) -> str:
    text = ris.record_text(record.key, record.reference.item)
    if not note:
        return text
    head, end, rest = text.rpartition("DP  - ")
    return f"{head}N1  - {note}\n{end}{rest}"


_RAYYAN_WORDS: Final = {"include": "Included", "exclude": "Excluded", "maybe": "Maybe"}


def _rayyan(record: OutRecord) -> str:
    named = [each for each in record.decisions if each.name]
    if not named:
        return ""
    verdicts = ", ".join(f"{_quoted(each.name)}=>{_quoted(_RAYYAN_WORDS[each.verdict])}" for each in named)
    parts = [f"RAYYAN-INCLUSION: {{{verdicts}}}"]
    if record.labels:
        parts.append(f"RAYYAN-LABELS: {','.join(_bare(each).replace(',', ' ') for each in record.labels)}")
    given = [(each, record.reason_of(each)) for each in named if record.reason_of(each)]
    if given:
        reasons = ", ".join(f"{_quoted(each.name)}=>[{_quoted(words[0])}]" for each, words in given)
        parts.append(f"RAYYAN-EXCLUSION-REASONS: {{{reasons}}}")
    return " | ".join(parts)


def _bare(text: str) -> str:
    """Return a text without the signs that part such notes."""
    return " ".join(text.translate(str.maketrans("{}|[]\\", "()/()/")).split())


def _quoted(text: str) -> str:
    return '"' + _bare(text).replace('"', '\\"') + '"'


def _asreview(record: OutRecord) -> str:
    label = _label(record)
    return {"1": "ASReview_relevant", "0": "ASReview_irrelevant"}.get(label, "ASReview_not_seen")


def _label(record: OutRecord) -> str:
    """Return 1, 0 or nothing: one opinion on each record is all ASReview holds."""
    said = {each.verdict.value for each in record.decisions}
    outcome = record.outcome.value if len(said) != 1 else said.pop()
    return {"include": "1", "exclude": "0"}.get(outcome, "") if record.decisions else ""


def _covidence(record: OutRecord) -> str:
    reasons = [words for each in record.decisions if each.verdict.value == "exclude"
               for words in record.reason_of(each)[:1]]  # fmt: skip
    return f"Exclusion reason: {_bare(reasons[0]).replace(';', ',')}; " if reasons else ""


_NOTES: Final[Mapping[Program, Callable[[OutRecord], str]]] = {
    Program.RAYYAN: _rayyan, Program.ASREVIEW: _asreview, Program.COVIDENCE: _covidence,
}  # fmt: skip
_RAYYAN_COLUMNS: Final = (
    "key", "title", "year", "month", "day", "journal", "issn", "volume", "issue", "pages", "authors", "url",
    "language", "publisher", "location", "abstract", "notes", "doi", "keywords",
)  # fmt: skip
_COVIDENCE_COLUMNS: Final = (
    "Title", "Authors", "Abstract", "Published Year", "Published Month", "Journal", "Volume", "Issue",
    "Pages", "Accession Number", "DOI", "Ref", "Covidence #", "Study", "Notes", "Tags",
)  # fmt: skip
_ASREVIEW_COLUMNS: Final = (
    "record_id", "title", "abstract", "authors", "year", "journal", "doi", "url", "keywords", "included",
)  # fmt: skip


def _write_csv(records: Iterable[OutRecord], program: Program, path: Path) -> None:
    columns, row = {
        Program.RAYYAN: (_RAYYAN_COLUMNS, _rayyan_row), Program.ASREVIEW: (_ASREVIEW_COLUMNS, _asreview_row),
        Program.COVIDENCE: (_COVIDENCE_COLUMNS, _covidence_row),
    }[program]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for record in records:
            cells = row(record)
            writer.writerow([guarded(cells.get(column, "")) for column in columns])


def _common(record: OutRecord) -> dict[str, str]:
    item = record.reference.item
    parts = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    return {
        "title": record.reference.title, "abstract": str(item.get("abstract", "")),
        "year": str(record.reference.year or ""), "month": str(parts[1]) if len(parts) > 1 else "",
        "day": str(parts[2]) if len(parts) > 2 else "", "doi": str(item.get("DOI", "")),
        "journal": str(item.get("container-title", "")), "issn": str(item.get("ISSN", "")),
        "volume": str(item.get("volume", "")), "issue": str(item.get("issue", "")),
        "pages": str(item.get("page", "")), "url": str(item.get("URL", "")),
        "language": str(item.get("language", "")), "publisher": str(item.get("publisher", "")),
        "location": str(item.get("publisher-place", "")), "keywords": str(item.get("keyword", "")),
        "authors": "; ".join(typed_name(name) for name in item.get("author", ())),
    }  # fmt: skip


def _rayyan_row(record: OutRecord) -> dict[str, str]:
    said = _common(record)
    authors = " and ".join(typed_name(name) for name in record.reference.item.get("author", ()))
    return {**said, "key": record.key, "authors": authors, "notes": _rayyan(record)}


def _asreview_row(record: OutRecord) -> dict[str, str]:
    return {**_common(record), "record_id": record.key, "included": _label(record)}


def _covidence_row(record: OutRecord) -> dict[str, str]:
    said = _common(record)
    names = names_of(record.reference.item.get("author"))
    first = names[0].family_or_literal if names else ""
    return {
        "Title": said["title"], "Authors": said["authors"], "Abstract": said["abstract"],
        "Published Year": said["year"], "Published Month": said["month"], "Journal": said["journal"],
        "Volume": said["volume"], "Issue": said["issue"], "Pages": said["pages"], "DOI": said["doi"],
        "Accession Number": record.key, "Covidence #": f"#{record.reference.id}",
        "Study": f"{first} {said['year']}".strip(), "Notes": _covidence(record),
        "Tags": "; ".join(record.labels),
    }  # fmt: skip
