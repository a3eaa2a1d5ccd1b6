"""Any sequence of edits, undos and redos ends in the file it should, row for row."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from evidence_app.domain.edit import Change, Edit, SetColumns, SetWhere, insert, remove
from evidence_app.storage.project import Project

WORDS = st.text(alphabet="abcø委 ", min_size=0, max_size=6)
TABLES = ("reference", "note", "theme")
SHOWN = {
    "reference": ("title", "volume", "standing"),
    "note": ("text", "kind"),
    "theme": ("name", "definition"),
}


def live_rows(project: Project) -> str:
    """Return every live row as text: what must come back exactly."""
    with project.reader() as reader:
        rows = {
            table: [
                tuple(row) for row in reader.rows(
                    f"SELECT id, guid, {', '.join(SHOWN[table])} FROM live_{table} ORDER BY id")
            ]
            for table in TABLES
        }  # fmt: skip
        derived = [tuple(row) for row in reader.rows("SELECT sort_title FROM live_reference ORDER BY id")]
    return json.dumps([rows, derived])


class UndoMachine(RuleBasedStateMachine):
    """Keeps its own list of states beside the project and compares after every step."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.project = Project.create(Path(self._folder.name) / "p.evidence", "Random")
        self.past: list[str] = []
        self.present = live_rows(self.project)
        self.future: list[str] = []

    def _apply(self, *changes: Change) -> None:
        self.project.apply(Edit("Change", changes))
        self.past.append(self.present)
        self.present = live_rows(self.project)
        self.future.clear()

    def _rows(self, table: str) -> list[dict[str, Any]]:
        with self.project.reader() as reader:
            return [dict(row) for row in reader.rows(f"SELECT * FROM live_{table} ORDER BY id")]

    @rule(title=WORDS, text=WORDS, many=st.integers(1, 3))
    def add(self, title: str, text: str, many: int) -> None:
        changes = [insert("reference", type="book", title=title) for _ in range(many)]
        self._apply(*changes, insert("note", text=text), insert("theme", name=title, kind="topic"))

    @rule(pick=st.integers(0, 50), title=WORDS, volume=st.none() | WORDS)
    def change(self, pick: int, title: str, volume: str | None) -> None:
        rows = self._rows("reference")
        if rows:
            row = rows[pick % len(rows)]
            before = {"title": row["title"], "volume": row["volume"]}
            self._apply(SetColumns("reference", row["id"], before, {"title": title, "volume": volume}))

    @rule(pick=st.integers(0, 50), table=st.sampled_from(TABLES))
    def take_out(self, pick: int, table: str) -> None:
        rows = self._rows(table)
        if rows:
            self._apply(remove(table, rows[pick % len(rows)]["id"]))

    @rule(standing=st.sampled_from(["included", "background", None]), step=st.integers(1, 3))
    def change_many(self, standing: str | None, step: int) -> None:
        ids = [row["id"] for row in self._rows("reference")][::step]
        if ids:
            self._apply(SetWhere("reference", "standing", standing, ids))

    @rule(titles=st.lists(WORDS, min_size=1, max_size=5))
    def run_a_job(self, titles: list[str]) -> None:
        job = self.project.job("Import")
        job.add([insert("reference", type="book", title=title) for title in titles])
        job.finish()
        self.past.append(self.present)
        self.present = live_rows(self.project)
        self.future.clear()

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.project.undo()
        self.future.append(self.present)
        self.present = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.project.redo()
        self.past.append(self.present)
        self.present = self.future.pop()

    @rule()
    def open_again(self) -> None:
        self.project.close()
        self.project = Project.open(self.project.path)

    @invariant()
    def the_file_holds_what_it_should(self) -> None:
        assert live_rows(self.project) == self.present
        assert (self.project.undoable() is not None) == bool(self.past)
        assert (self.project.redoable() is not None) == bool(self.future)

    def teardown(self) -> None:
        self.project.close()
        self._folder.cleanup()


TestUndo = UndoMachine.TestCase
TestUndo.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
