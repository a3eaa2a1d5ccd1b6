"""What full texts, studies and their characteristics ask of the project."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Final

from evidence_app.domain.reference import Reference
from evidence_app.domain.studies import (
    Attempt,
    ExtractionField,
    FieldKind,
    LinkState,
    Part,
    Retrieval,
    Study,
    StudyLink,
    StudyReport,
    Value,
    ValueState,
)
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import list_in, member
from evidence_app.storage.references import references

_ORDER: Final = {Part.MAIN: 0, Part.COMPANION: 1, Part.PROTOCOL: 2}


def included(reader: Reader) -> list[int]:
    """Return the included reports, numbered ones first in number order."""
    rows = reader.rows(
        """SELECT r.id, (SELECT min(e.number) FROM live_bibliography_entry e
                         WHERE e.reference = r.id) AS number
           FROM live_reference r WHERE r.standing = 'included' ORDER BY number IS NULL, number, r.id"""
    )
    return [row["id"] for row in rows]


def attempts(reader: Reader, reference: int | None = None) -> dict[int, list[Attempt]]:
    """Return the attempts to get full texts, of one reference or of all, oldest first."""
    rows = reader.rows(
        """SELECT t.*, coalesce(p.name, '') AS name FROM live_retrieval t
           LEFT JOIN person p ON p.id = t.person
           WHERE :reference IS NULL OR t.reference = :reference ORDER BY t.at, t.id""",
        reference=reference,
    )
    found: dict[int, list[Attempt]] = defaultdict(list)
    for row in rows:
        found[row["reference"]].append(
            Attempt(
                id=row["id"], reference=row["reference"], how=row["how"], note=row["note"],
                state=member(Retrieval, row["state"], Retrieval.SOUGHT), person=row["name"], at=row["at"],
            )
        )  # fmt: skip
    return dict(found)


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file or a document of a reference."""

    name: str
    sha256: str
    url: str = ""
    document: int | None = None


def files(reader: Reader) -> dict[int, list[HeldFile]]:
    """Return the files of each reference; a document that was pasted has none but its own name."""
    rows = reader.rows(
        """SELECT a.reference, a.name, a.sha256, a.url, (SELECT max(d.id) FROM live_document d
                  WHERE d.attachment = a.id) AS document FROM live_attachment a
           UNION ALL
           SELECT d.reference, d.name, '', '', d.id FROM live_document d WHERE d.attachment IS NULL"""
    )
    found: dict[int, list[HeldFile]] = defaultdict(list)
    for row in rows:
        found[row["reference"]].append(HeldFile(row["name"], row["sha256"], row["url"], row["document"]))
    return dict(found)


def stored_studies(reader: Reader) -> list[Study]:
    """Return the studies somebody made, by label, main reports first; a report stands in one only."""
    reports: dict[int, list[StudyReport]] = defaultdict(list)
    taken: set[int] = set()
    for row in reader.rows(
        """SELECT x.id, x.study, x.reference, x.part FROM live_study_report x
           JOIN live_reference r ON r.id = x.reference ORDER BY x.study, x.id"""
    ):
        if row["reference"] not in taken:
            taken.add(row["reference"])
            part = member(Part, row["part"], Part.MAIN)
            reports[row["study"]].append(StudyReport(id=row["id"], reference=row["reference"], part=part))
    rows = reader.rows("SELECT id, label, note FROM live_study ORDER BY label COLLATE NOCASE, id")
    return [
        Study(
            id=row["id"], label=row["label"], note=row["note"],
            reports=tuple(sorted(reports.get(row["id"], ()), key=lambda each: _ORDER[each.part])),
        )
        for row in rows
    ]  # fmt: skip


def studies(reader: Reader) -> list[Study]:
    """Return all studies by their first report: those somebody made, and one for each report in none."""
    made = [each for each in stored_studies(reader) if each.reports]
    joined = {reference for study in made for reference in study.references}
    order = {reference: at for at, reference in enumerate(included(reader))}
    alone = references(reader, [each for each in order if each not in joined])
    found = made + [
        Study(id=None, label=each.short_label, reports=(StudyReport(id=None, reference=each.id),))
        for each in alone
    ]
    last = len(order)
    return sorted(found, key=lambda study: min(order.get(each, last) for each in study.references))


def links(reader: Reader) -> list[StudyLink]:
    """Return the links between reports, whatever became of them; those of a gone report are left out."""
    rows = reader.rows(
        """SELECT l.* FROM live_study_link l JOIN live_reference a ON a.id = l.reference_a
           JOIN live_reference b ON b.id = l.reference_b ORDER BY l.id"""
    )
    return [
        StudyLink(
            id=row["id"], first=row["reference_a"], second=row["reference_b"], reason=row["reason"],
            state=member(LinkState, row["state"], LinkState.SUGGESTED),
        )
        for row in rows
    ]  # fmt: skip


def fields(reader: Reader) -> list[ExtractionField]:
    """Return the form in its order; characteristics that no field names follow as fields without a row."""
    rows = reader.rows("SELECT * FROM live_extraction_field ORDER BY position, id")
    found = [
        ExtractionField(
            id=row["id"], name=row["name"], kind=member(FieldKind, row["kind"], FieldKind.TEXT),
            choices=tuple(str(each) for each in list_in(row["choices"])), several=bool(row["several"]),
            explanation=row["explanation"], position=row["position"],
        )
        for row in rows
    ]  # fmt: skip
    known = {each.name.casefold() for each in found}
    last = max((each.position for each in found), default=0.0)
    for row in reader.rows("SELECT name FROM live_characteristic GROUP BY name ORDER BY min(id)"):
        if row["name"].casefold() not in known:
            known.add(row["name"].casefold())
            last += 1
            found.append(ExtractionField(id=None, name=row["name"], position=last))
    return found


def values(reader: Reader, ids: Iterable[int] | None = None, *, drafts: bool = False) -> list[Value]:
    """Return the agreed values of these references, or of all; with `drafts` those of extractors instead."""
    asked = None if ids is None else json.dumps(list(ids))
    rows = reader.rows(
        """SELECT c.*, coalesce(p.name, '') AS by_name FROM live_characteristic c
           LEFT JOIN person p ON p.id = c.person
           WHERE (:ids IS NULL OR c.reference IN (SELECT value FROM json_each(:ids))) AND c.draft = :draft
           ORDER BY c.id""",
        ids=asked, draft=int(drafts),
    )  # fmt: skip
    return [_value(row) for row in rows]


def _value(row: sqlite3.Row) -> Value:
    return Value(
        id=row["id"], reference=row["reference"], name=row["name"], value=row["value"],
        state=member(ValueState, row["state"], ValueState.TYPED), basis=row["basis"], place=row["place"],
        person=row["person"], by=row["by_name"], at=row["at"], draft=bool(row["draft"]),
    )  # fmt: skip


def stated(reader: Reader) -> dict[str, int]:
    """Return the numbers a review states by key, as far as it gives them."""
    rows = reader.rows("SELECT key, value FROM live_stated_number WHERE value IS NOT NULL")
    return {row["key"]: row["value"] for row in rows}


@dataclass(frozen=True, kw_only=True)
class StudyContents:
    """All that studies are shown, counted and printed from, read at one moment."""

    studies: Sequence[Study]
    works: Mapping[int, Reference]
    links: Sequence[StudyLink]
    fields: Sequence[ExtractionField]
    values: Sequence[Value]
    stated: Mapping[str, int]

    def values_of(self, ids: Iterable[int], name: str) -> list[Value]:
        """Return the values of a field in these reports."""
        held = (self._placed.get((each, name.casefold()), ()) for each in dict.fromkeys(ids))
        return [value for _, value in sorted(chain.from_iterable(held), key=itemgetter(0))]

    @cached_property
    def _placed(self) -> Mapping[tuple[int, str], list[tuple[int, Value]]]:
        """The values with their places, by report and field: tables ask for each of them in turn."""
        found: dict[tuple[int, str], list[tuple[int, Value]]] = defaultdict(list)
        for place, each in enumerate(self.values):
            found[each.reference, each.name.casefold()].append((place, each))
        return found


def study_contents(reader: Reader) -> StudyContents:
    """Read everything about studies; about 10 ms for 50 reports."""
    made = studies(reader)
    found = links(reader)
    ids = {ref for study in made for ref in study.references} | {ref for link in found for ref in link.pair}
    works = {int(each.id): each for each in references(reader, sorted(ids))}
    return StudyContents(
        studies=made, works=works, links=found, fields=fields(reader), values=values(reader),
        stated=stated(reader),
    )  # fmt: skip
