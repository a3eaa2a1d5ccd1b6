"""What a file of another program says of records, and which of ours these are."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from evidence_app.domain.dates import year_of
from evidence_app.domain.reference import clean_doi, sort_title
from evidence_app.domain.screening import Stage, Verdict
from evidence_app.services.formats.records import FoundDecision, ReadRecord
from evidence_app.services.formats.registry import read_file
from evidence_app.storage import imports, record_names
from evidence_app.storage.connections import Reader

_REASON: Final = re.compile(r"Exclusion reason:\s*([^;|\n]+)", re.IGNORECASE)
"""How Covidence writes why a report was excluded in full text, in its notes."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What holds for records whose file does not say it: Covidence exports one list for each verdict."""

    verdict: Verdict | None = None
    stage: Stage = Stage.TITLE_ABSTRACT
    person: str = ""
    """Whose decisions these are, where the file names nobody."""


@dataclass(frozen=True, slots=True)
class SaidOfRecord:
    """One record of the file: how it can be recognised, and the decisions it carries."""

    line: int
    title: str
    source_id: str
    doi: str
    sort_title: str
    year: int | None
    decisions: tuple[FoundDecision, ...]
    labels: tuple[str, ...] = ()


@dataclass(slots=True)
class Matched:
    """Records of the file by our references, how each was recognised, and those that are none of ours."""

    records: dict[int, list[SaidOfRecord]] = field(default_factory=dict)
    by: dict[str, int] = field(default_factory=dict)
    unmatched: list[SaidOfRecord] = field(default_factory=list)


def decisions_in(path: Path, assumed: Assumed) -> list[SaidOfRecord]:
    """Return what a file says of its records. Raises `EvidenceError` where it cannot be read."""
    return [_said(record, assumed) for record in read_file(path).records]


def _said(record: ReadRecord, assumed: Assumed) -> SaidOfRecord:
    item = record.item
    return SaidOfRecord(
        line=record.raw.line, title=str(item.get("title", "")), source_id=record.source_id or "",
        doi=clean_doi(str(item.get("DOI", ""))) or "", sort_title=sort_title(item),
        year=year_of(item.get("issued")), decisions=tuple(_decisions(record, assumed)),
        labels=record.extras.labels,
    )  # fmt: skip


def _decisions(record: ReadRecord, assumed: Assumed) -> Iterable[FoundDecision]:
    for each in record.extras.decisions:
        yield FoundDecision(
            each.verdict, each.person or assumed.person, each.reason, each.stage or assumed.stage.value,
            each.program,
        )  # fmt: skip
    if record.extras.decisions:
        return
    text = " ".join(value for _, value in record.raw.tags) or record.raw.text
    if found := _REASON.search(text):
        yield FoundDecision("exclude", assumed.person, found[1].strip(), Stage.FULL_TEXT.value, "Covidence")
    elif assumed.verdict is not None:
        yield FoundDecision(assumed.verdict.value, assumed.person, "", assumed.stage.value, "")


class _Ours:
    """Our references by what a record can be recognised by."""

    def __init__(self, reader: Reader) -> None:
        known = record_names.known_records(reader)
        self.rows = {each.id: each for each in known}
        self.by_doi = _several((each.doi, each.id) for each in known if each.doi)
        self.by_title = _several(((each.sort_title, each.year), each.id) for each in known if each.sort_title)
        led = record_names.leads(reader)
        self.by_id = _several(
            (called, led.get(reference, reference))
            for reference, (_, called) in imports.called(reader).items()
        )
        for each in known:
            self.by_id.setdefault(f"{OWN}{each.id}", set()).add(each.id)

    def find(self, said: SaidOfRecord) -> tuple[int, str] | None:
        """Return the reference a record is, and by what; None where that is not sure."""
        named = {row for row in self.by_id.get(said.source_id, ()) if self._may_be(row, said)}
        for rows, by in (
            (named if said.source_id else set(), "id"),
            (self.by_doi.get(said.doi, set()) if said.doi else set(), "DOI"),
            (self.by_title.get((said.sort_title, said.year), set()), "title and year"),
        ):
            if len(rows) == 1:
                return next(iter(rows)), by
        return None

    def _may_be(self, row: int, said: SaidOfRecord) -> bool:
        """Whether a record that another program calls so can be this reference: ids are short and common."""
        ours = self.rows.get(row)
        if ours is None:
            return False
        return bool(said.doi and said.doi == ours.doi) or said.sort_title == ours.sort_title


OWN: Final = "ED"
"""What our exports put before the id of a reference, so that it is known again."""


def _several(pairs: Iterable[tuple[object, int]]) -> dict[object, set[int]]:
    found: dict[object, set[int]] = {}
    for key, row in pairs:
        found.setdefault(key, set()).add(row)
    return found


def matched(reader: Reader, said: Iterable[SaidOfRecord]) -> Matched:
    """Tell which of our references the records of a file are: by id, by DOI, by title and year."""
    ours, result = _Ours(reader), Matched()
    for each in said:
        found = ours.find(each)
        if found is None:
            result.unmatched.append(each)
            continue
        row, by = found
        result.records.setdefault(row, []).append(each)
        result.by[by] = result.by.get(by, 0) + 1
    return result


def counts_of(found: Matched) -> Mapping[str, int]:
    """Return how many records were recognised by what."""
    return dict(sorted(found.by.items()))
