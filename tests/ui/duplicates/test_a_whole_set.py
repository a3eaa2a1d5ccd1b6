"""A whole labelled set worked through by keys: no work is lost, the numbers add up, all of it is undone."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from evidence_app.services.importing import SearchRun, import_files
from evidence_app.storage import found_duplicates
from evidence_app.storage.project import Project
from evidence_app.ui.duplicates.merge_preview import MergePreview
from evidence_app.ui.duplicates.rows import PairRow
from evidence_app.ui.duplicates.screen import DuplicatesScreen
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.session import acting_of
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages

MERGE, DIFFERENT, LATER, BACK = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Z
TABLES = ("reference", "merge", "not_duplicate", "rule_set")


def labelled_set(name: str) -> tuple[Path, Path]:
    for above in Path(__file__).resolve().parents:
        folder = above.parent / "shared" / "data" / "dedupe"
        if (folder / f"{name}.csv").exists():
            return folder / f"{name}.csv", folder / f"{name}.truth.csv"
    pytest.skip("the labelled sets are not beside this checkout")


@pytest.fixture
def project(tmp_path: Path, lanes: InlineLanes, preferences: Preferences) -> Iterator[OpenProject]:
    records, _ = labelled_set("stroke")
    made = Project.create(tmp_path / "stroke.evidence", "Stroke")
    import_files(made, [records], SearchRun(source="Stroke"))
    opened = OpenProject(lanes, made)
    opened.act_as(acting_of(preferences))
    yield opened
    opened.close()
    opened.deleteLater()


@pytest.fixture
def screen(
    look: Look, parts: Parts, lanes: InlineLanes, project: OpenProject, preferences: Preferences,
    messages: RecordedMessages, qtbot: QtBot,
) -> DuplicatesScreen:  # fmt: skip
    def quiet(*_words: object, **_rest: object) -> None:
        """Stand in for the window, which has nothing to do here."""

    made = DuplicatesScreen(ScreenContext(look, parts, lanes, project, preferences, messages, quiet, quiet))
    qtbot.addWidget(made)
    for part in made.header_parts():
        qtbot.addWidget(part)
    project.changed.connect(made.reload)
    made.resize(1260, 820)
    made.reload(frozenset())
    made.show()
    return made


def press(screen: DuplicatesScreen, key: Qt.Key) -> None:
    next(each for each in screen.actions() if QKeySequence(key) in each.shortcuts()).trigger()


def works_of(project: OpenProject) -> dict[int, frozenset[str]]:
    """Return for each reference the labels of the records that are one work by the truth of the set."""
    _, truth = labelled_set("stroke")
    with truth.open(encoding="utf-8-sig", newline="") as lines:
        groups = [frozenset(row["merged_ids"].split(";")) for row in csv.DictReader(lines)]
    of = {label: group for group in groups for label in group}
    rows = project.reader.rows("SELECT reference, source_id, raw FROM live_record")
    labels = {row["reference"]: row["source_id"] or _label(row["raw"]) for row in rows}
    return {row: of.get(label, frozenset((label,))) for row, label in labels.items()}


def _label(raw: str) -> str:
    return next(str(value) for name, value in json.loads(raw)["tags"] if name == "ID")


def rows(project: OpenProject) -> dict[str, list[tuple[object, ...]]]:
    reader = project.reader
    return {
        name: [tuple(row) for row in reader.rows(f"SELECT * FROM live_{name} ORDER BY id")] for name in TABLES
    }


def current_pair(screen: DuplicatesScreen) -> PairRow | None:
    row = screen._list.current()
    return row if isinstance(row, PairRow) else None


def judge(screen: DuplicatesScreen, works: dict[int, frozenset[str]]) -> int:
    """Judge every pair by the truth: every third is put off first, and every fifth taken back once."""
    pressed = 0
    while (row := current_pair(screen)) is not None and pressed < 500:
        one, other = row.pair.key
        answer = MERGE if works[one] == works[other] else DIFFERENT
        if pressed % 3 == 2 and not row.is_later:
            press(screen, LATER)
        else:
            press(screen, answer)
            if pressed % 5 == 4:
                press(screen, BACK)
                back = current_pair(screen)
                assert back is not None
                assert back.key == row.key
                press(screen, answer)
        pressed += 1
    return pressed


def test_a_labelled_set_is_worked_through_by_keys(
    screen: DuplicatesScreen, project: OpenProject, messages: RecordedMessages
) -> None:
    works = works_of(project)
    records = len(works)
    before = rows(project)
    screen.look_again()
    seen: list[int] = []

    def accept(preview: object) -> bool:
        assert isinstance(preview, MergePreview)
        seen.append(len(preview._rows))
        return True

    messages.answers = [accept]
    screen.merge_all()
    assert seen == [found_duplicates.totals(project.reader).by_rule]
    assert judge(screen, works) >= 10
    totals = found_duplicates.totals(project.reader)
    now = found_duplicates.led_to(project.reader, works)
    assert all(works[row] == works[kept] for row, kept in now.items()), "a distinct work was merged away"
    redundant = records - len(set(works.values()))
    assert totals.by_rule + totals.by_person == redundant
    assert (totals.records, totals.works) == (records, records - redundant)
    said = screen._desk.nothing.accessibleName()
    assert f"{records:,} records − {redundant:,} duplicates = {records - redundant:,} works" in said
    after = rows(project)
    edits = 1 + totals.by_person + len(screen._queue.different if screen._queue is not None else ())
    for _ in range(edits):
        project.undo()
    assert rows(project) == before
    for _ in range(edits):
        project.redo()
    assert rows(project) == after
