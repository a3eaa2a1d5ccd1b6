"""Somebody types faster than the disk writes: with the window's own threads, nothing is lost or mixed up."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidence_app.domain.manuscript import Cited, Role
from evidence_app.domain.reference import ReferenceId
from evidence_app.storage import contents
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript.screen import ManuscriptScreen
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages

KEY = Qt.Key


@pytest.fixture
def screen(
    sample_file: Path,
    tmp_path: Path,
    look: Look,
    parts: Parts,
    threaded_lanes: Lanes,
    preferences: Preferences,
    messages: RecordedMessages,
    qtbot: QtBot,
) -> Iterator[ManuscriptScreen]:
    path = tmp_path / "review.evidence"
    shutil.copy(sample_file, path)
    project = OpenProject(threaded_lanes, Project.open(path))
    context = ScreenContext(
        look, parts, threaded_lanes, project, preferences, messages, lambda *_: None, lambda *_, **__: None
    )
    made = ManuscriptScreen(context)
    project.changed.connect(made.reload)
    made.resize(1250, 850)
    made.show()
    made.reload(frozenset())
    qtbot.wait_until(lambda: bool(made.desk.contents.sections))
    yield made
    made.leave()
    made.hide()
    made.deleteLater()
    project.close()


def test_paragraphs_typed_in_one_go_stand_in_their_order(screen: ManuscriptScreen, qtbot: QtBot) -> None:
    editor = screen.writing.view.page.editor
    block = screen.desk.contents.findings[3]
    screen.writing.view.show_block(block.guid, -1)
    for words in ("One.", "Two.", "Three."):
        QTest.keyClick(editor, KEY.Key_Return)
        QTest.keyClicks(editor, words)
    screen.desk.cite([Cited(ReferenceId(7))], Role.EVIDENCE)
    QTest.keyClick(editor, KEY.Key_Up, Qt.KeyboardModifier.NoModifier)
    QTest.keyClicks(editor, "!")
    screen.writing.view.act("up")
    QTest.keyClick(editor, KEY.Key_Escape)
    assert screen.desk.settle()
    now = contents.blocks(screen.project.reader)
    at = [each.guid for each in now].index(block.guid)
    texts = [each.text for each in now[at + 1 : at + 4]]
    assert texts[0] in ("Two.!", "!Two.", "T!wo.", "Tw!o.", "Two!.")
    assert texts[1:] == ["One.", "Three."]
    assert [work.reference for work in now[at + 3].anchors[0].works] == [7]
    assert not screen.desk.reason


def test_undo_pressed_in_haste_takes_back_everything(screen: ManuscriptScreen, qtbot: QtBot) -> None:
    before = contents.blocks(screen.project.reader)
    editor = screen.writing.view.page.editor
    screen.writing.view.show_block(screen.desk.contents.findings[3].guid, 5)
    for _ in range(4):
        QTest.keyClicks(editor, "word ")
        QTest.keyClick(editor, KEY.Key_Return)
    screen.desk.end()
    for _ in range(12):
        screen.desk.undo()
        if not screen.project.can_undo():
            break
    qtbot.wait_until(lambda: not screen.project.can_undo())
    assert contents.blocks(screen.project.reader) == before
