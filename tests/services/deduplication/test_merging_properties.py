"""Any sequence of merges, un-merges, edits, undos and redos ends in the file it should, row for row."""

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from evidence_app.domain.edit import Edit, SetColumns, insert
from evidence_app.services.deduplication.merging import merge, unmerge
from evidence_app.storage import duplicates, references
from evidence_app.storage.project import Project

ROWS = 7
FIELDS = ("volume", "issue", "PMID", "note")
VALUES = ("a", "b", "c")


class MergeMachine(RuleBasedStateMachine):
    """Keeps a list of states beside the project, and its own tree of what was merged into what."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.project = Project.create(Path(self._folder.name) / "p.evidence", "Random")
        self.reader = self.project.reader()
        made = [
            insert("reference", type="book", title=f"T{at}", **{FIELDS[at % 4].lower(): VALUES[at % 3]})
            for at in range(ROWS)
        ]
        hung = [insert("note", reference=at + 1, text=f"N{at + 1}") for at in range(ROWS)]
        self.project.apply(Edit("Add", (*made, *hung)))
        self.project.seal()
        self.past: list[tuple[str, dict[int, int]]] = []
        self.future: list[tuple[str, dict[int, int]]] = []
        self.into: dict[int, int] = {}

    def seen(self) -> str:
        """Return what the review shows and where each reference leads."""
        shown = [[each.id, each.item] for each in references.all_references(self.reader)]
        led = [tuple(row) for row in self.reader.rows("SELECT id, merged_into FROM reference ORDER BY id")]
        notes = [
            tuple(row) for row in self.reader.rows("SELECT reference, text FROM live_note ORDER BY id, text")
        ]
        return json.dumps([shown, led, notes, [one.reference for one in duplicates.merges(self.reader)]])

    def _apply(self, edit: Edit) -> None:
        self.past.append((self.seen(), dict(self.into)))
        self.project.apply(edit)
        self.future.clear()

    @rule(chosen=st.sets(st.integers(1, ROWS), min_size=2, max_size=4), field=st.sampled_from(FIELDS))
    def merge_some(self, chosen: set[int], field: str) -> None:
        group = sorted(chosen - set(self.into))
        if len(group) > 1:
            self._apply(merge(self.reader, group, group[0], {field: group[-1]}))
            self.into.update(dict.fromkeys(group[1:], group[0]))

    @precondition(lambda self: self.into)
    @rule(pick=st.integers(0, 20))
    def un_merge_one(self, pick: int) -> None:
        one = sorted(self.into)[pick % len(self.into)]
        self._apply(unmerge(self.reader, one))
        del self.into[one]

    @rule(row=st.integers(1, ROWS), field=st.sampled_from(FIELDS), value=st.sampled_from(VALUES))
    def change_one(self, row: int, field: str, value: str) -> None:
        column = field.lower()
        before = duplicates.columns(self.reader, row, [column])
        self._apply(Edit("Change", (SetColumns("reference", row, before, {column: value}),)))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.future.append((self.seen(), dict(self.into)))
        self.project.undo()
        state, self.into = self.past.pop()
        assert self.seen() == state

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.past.append((self.seen(), dict(self.into)))
        self.project.redo()
        state, self.into = self.future.pop()
        assert self.seen() == state

    def _top(self, row: int) -> int:
        while row in self.into:
            row = self.into[row]
        return row

    @invariant()
    def every_reference_and_its_note_lead_where_they_should(self) -> None:
        for row in self.reader.rows("SELECT id, merged_into FROM reference"):
            assert (row["merged_into"] or row["id"]) == self._top(row["id"])
        for row in self.reader.rows("SELECT reference, text FROM live_note"):
            assert row["reference"] == self._top(int(row["text"][1:]))
        assert {one.reference: one.kept for one in duplicates.merges(self.reader)} == self.into

    def teardown(self) -> None:
        self.reader.close()
        self.project.close()
        self._folder.cleanup()


TestMerging = MergeMachine.TestCase
TestMerging.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
