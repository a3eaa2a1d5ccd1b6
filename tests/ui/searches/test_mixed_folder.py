"""A folder of mixed exports dropped on a new review: every record accounted for, each import one undo."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QDialog

from evidence_app.services.searches.import_report import adds_up
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.searches.import_dialog import ImportDialog
from evidence_app.ui.searches.report_dialog import ReportDialog
from evidence_app.ui.searches.screen import SearchesScreen
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.real_window.exports import UNREADABLE, write_folder
from tests.ui.doubles import RecordedMessages

TABLES = ("reference", "record", "search_file", "search", "source", "person", "decision")


@pytest.fixture
def screen(
    look: Look, parts: Parts, lanes: InlineLanes, tmp_path: Path, preferences: Preferences,
    messages: RecordedMessages,
) -> Iterator[SearchesScreen]:  # fmt: skip
    def quiet(*_words: object, **_rest: object) -> None:
        """Stand in for the window, which has nothing to do here."""

    project = OpenProject(lanes, Project.create(tmp_path / "new.evidence", "A review"))
    made = SearchesScreen(ScreenContext(look, parts, lanes, project, preferences, messages, quiet, quiet))
    header = made.header_parts()
    project.changed.connect(made.reload)
    made.resize(1250, 850)
    made.show()
    made.reload(frozenset())
    yield made
    for part in header:
        part.deleteLater()
    made.close()
    made.deleteLater()
    project.close()
    project.deleteLater()


def dropped(screen: SearchesScreen, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    assert screen.takes(mime)
    screen.take(mime)


def planned(seen: dict[str, Any]) -> Callable[[QDialog], bool]:
    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, ImportDialog)
        seen["named"] = {
            each.path.name: choice.currentText()
            for each, choice in zip(
                (one for one in dialog._arrivals if not one.why_not), dialog.belongs, strict=True
            )
        }
        seen["act"] = dialog.go.text()
        dialog.check()
        return True

    return answer


def reported(seen: dict[str, Any]) -> Callable[[QDialog], bool]:
    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReportDialog)
        seen["lines"], seen["sum"] = dialog.lines, dialog.sum.text()
        seen["blocks"] = len(dialog.cards)
        return False

    return answer


def rows(screen: SearchesScreen) -> dict[str, list[tuple[Any, ...]]]:
    reader = screen.project.reader
    return {
        name: [tuple(row) for row in reader.rows(f"SELECT * FROM live_{name} ORDER BY id")] for name in TABLES
    }


def test_a_mixed_folder_adds_up_and_is_undone_and_done_again(
    screen: SearchesScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    records = write_folder(tmp_path / "exports")
    files = sum(each.is_file() for each in (tmp_path / "exports").rglob("*"))
    seen: dict[str, Any] = {}
    empty = rows(screen)
    messages.answers = [planned(seen), reported(seen)]
    dropped(screen, tmp_path / "exports")
    assert seen["act"] == f"Import {files - UNREADABLE} files"
    assert seen["named"]["savedrecs.txt"] == "Web of Science"
    assert seen["named"]["scopus.ris"] == seen["named"]["again.ris"] == "Scopus"
    assert seen["named"]["set.nbib"] == "PubMed"
    assert seen["named"]["lamps.xml"] == "lamps"
    assert [bool(line.failed) for line in seen["lines"]] == [True] * UNREADABLE + [False] * (
        files - UNREADABLE
    )
    assert adds_up(seen["lines"])
    assert (seen["sum"], seen["blocks"]) == (f"{records} + 0 + 1 = {records + 1}", 1)
    assert sum(row.records.value or 0 for row in screen._log.rows) == records
    assert screen.detail() == f"{records} records from 8 databases"
    after = rows(screen)
    screen.project.undo()
    assert rows(screen) == empty
    screen.project.redo()
    assert rows(screen) == after


def test_the_same_folder_again_brings_nothing_new_and_says_so(
    screen: SearchesScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    records = write_folder(tmp_path / "exports")
    seen: dict[str, Any] = {}
    messages.answers = [planned({}), reported({}), planned(seen), reported(seen)]
    dropped(screen, tmp_path / "exports")
    before = rows(screen)
    dropped(screen, tmp_path / "exports")
    assert rows(screen) == before
    assert seen["sum"] == f"0 + {records} + 1 = {records + 1}"
    assert screen.project.undo_label is not None
    assert screen.project.undo_label.startswith("Import ")
