"""Small reviews for the flow diagram, written into a real project step by step."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evidence_app.domain.edit import Edit, Insert, RowOf, SetColumns, insert, remove
from evidence_app.domain.flow import Flow, FlowForm
from evidence_app.services.deduplication.merging import merge
from evidence_app.services.flow.review_flow import review_flow
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project

ANN, BEN = "ann", "ben"


class ReviewBuilder:
    """Writes searches, records and decisions into a project and returns the diagram they come to."""

    def __init__(self, folder: Path, name: str = "review") -> None:
        self.project = Project.create(folder / f"{name}.evidence", "A review", Acting("Ann", "A", ANN))
        self._clock = 0
        self.year = 2099
        self._do(insert("person", BEN, name="Ben"))

    def close(self) -> None:
        """Close the project."""
        self.project.close()

    def _do(self, *changes: Any) -> None:
        self.project.apply(Edit("Write a part of the review", tuple(changes)))

    def now(self) -> str:
        """Return a moment later than all before."""
        self._clock += 1
        return f"{self.year}-01-01T{self._clock // 3600:02}:{self._clock // 60 % 60:02}:{self._clock % 60:02}"

    def row(self, table: str, guid: str) -> int:
        """Return the row of a guid."""
        with self.project.reader() as reader:
            return int(reader.value(f'SELECT id FROM "{table}" WHERE guid = :guid', guid=guid))

    def source(self, name: str, kind: str = "database", *, day: str = "", **said: Any) -> None:
        """Enter a source with one run on it; its search has the guid `search-NAME`."""
        self._do(
            insert("source", f"source-{name}", name=name, kind=kind, position=float(self._clock)),
            insert("search", f"search-{name}", source=RowOf("source", f"source-{name}"),
                   searched_from=day, **said),
        )  # fmt: skip

    def records(self, source: str, names: Iterable[str]) -> None:
        """Import a file into a search: a reference and a record for each name."""
        file = f"file-{source}-{self.now()}"
        changes: list[Insert] = [
            insert("search_file", file, search=RowOf("search", f"search-{source}"), name="export.ris")
        ]
        for name in names:
            changes.append(insert("reference", name, title=f"Work {name}", type="article-journal"))
            held = RowOf("search_file", file)
            changes.append(insert("record", reference=RowOf("reference", name), search_file=held, raw="{}"))
        self._do(*changes)

    def kept(self, source: str, names: Iterable[str]) -> None:
        """Keep works from a search without a file; those that are not there yet are made."""
        changes: list[Insert] = []
        for name in names:
            if not self._has(name):
                changes.append(insert("reference", name, title=f"Work {name}", type="report"))
            search = RowOf("search", f"search-{source}")
            changes.append(insert("search_work", search=search, reference=RowOf("reference", name)))
        self._do(*changes)

    def _has(self, name: str) -> bool:
        with self.project.reader() as reader:
            return bool(reader.value("SELECT 1 FROM reference WHERE guid = :name", name=name))

    def decide(
        self, name: str, verdict: str, stage: str = "title-abstract", person: str = ANN, **said: Any
    ) -> None:
        """Write one decision, and the standing a full-text inclusion gives."""
        changes: list[Any] = [
            insert("decision", reference=RowOf("reference", name), person=RowOf("person", person),
                   stage=stage, verdict=verdict, at=self.now(), **said)
        ]  # fmt: skip
        self._do(*changes)
        if stage == "full text" and verdict == "include":
            self.mark(name)

    def mark(self, name: str) -> None:
        """Mark a reference as included."""
        row = self.row("reference", name)
        with self.project.reader() as reader:
            before = reader.value("SELECT standing FROM reference WHERE id = :row", row=row)
        if before != "included":
            self._do(SetColumns("reference", row, {"standing": before}, {"standing": "included"}))

    def attempt(self, name: str, state: str, note: str = "") -> None:
        """Log an attempt to get a full text."""
        self._do(
            insert("retrieval", reference=RowOf("reference", name), state=state, note=note, at=self.now())
        )

    def study(self, label: str, names: Iterable[str]) -> None:
        """Join reports to a study."""
        self._do(
            insert("study", label, label=label),
            *(insert("study_report", study=RowOf("study", label), reference=RowOf("reference", name))
              for name in names),
        )  # fmt: skip

    def merge(self, kept: str, *others: str) -> None:
        """Merge references into one."""
        rows = [self.row("reference", name) for name in (kept, *others)]
        with self.project.reader() as reader:
            edit = merge(reader, rows, rows[0])
        self.project.apply(edit)

    def take_out(self, name: str) -> None:
        """Remove a reference from the library."""
        self._do(remove("reference", self.row("reference", name)))

    def state(self, key: str, value: int | None, state: str = "typed") -> None:
        """State a number."""
        self._do(insert("stated_number", key=key, label=key, value=value, state=state))

    def write(self, table: str, **values: Any) -> None:
        """Write any other row."""
        self._do(insert(table, **values))

    def flow(self, form: FlowForm | None = None) -> Flow:
        """Return the diagram."""
        with self.project.reader() as reader:
            return review_flow(reader, form)

    def numbers(self) -> Mapping[str, int | None]:
        """Return the numbers that are known and not 0."""
        return {key: each.number for key, each in self.flow().numbers.items() if each.number}


def a_screened_review(builder: ReviewBuilder) -> None:
    """Write a review of nine works: two searches, three duplicates, full texts, reasons, studies."""
    builder.source("Medline", day="2026-01-02")
    builder.source("Embase", day="2026-01-03")
    builder.records("Medline", ["a", "b", "c", "d", "e", "f"])
    builder.records("Embase", ["a2", "b2", "c2", "g", "h", "i"])
    for name in "abc":
        builder.merge(name, f"{name}2")
    builder.decide("i", "exclude", "before-screening", made_as="automation")
    for name in "abcdef":
        builder.decide(name, "include")
    for name in "gh":
        builder.decide(name, "exclude")
    builder.attempt("f", "sought")
    builder.attempt("f", "not available", "Thesis, not lent")
    for name in "abc":
        builder.decide(name, "include", "full text")
    builder.decide("d", "exclude", "full text", reason="Wrong setting")
    builder.decide("e", "exclude", "full text", reason="Wrong design")
    builder.study("One", ["a", "b"])
    builder.study("Two", ["c"])
