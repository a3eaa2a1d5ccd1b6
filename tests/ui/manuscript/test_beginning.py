"""A review in which nothing is written yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidence_app.storage import contents
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript.screen import ManuscriptScreen
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages


@pytest.fixture
def project(tmp_path: Path, lanes: InlineLanes) -> Iterator[OpenProject]:
    made = OpenProject(lanes, Project.create(tmp_path / "new.evidence", "New"))
    yield made
    made.close()


def test_an_empty_manuscript_says_what_to_do_and_begins_with_the_usual_sections(
    project: OpenProject,
    look: Look,
    parts: Parts,
    lanes: InlineLanes,
    preferences: Preferences,
    messages: RecordedMessages,
) -> None:
    context = ScreenContext(
        look, parts, lanes, project, preferences, messages, lambda *_: None, lambda *_, **__: None
    )
    screen = ManuscriptScreen(context)
    project.changed.connect(screen.reload)
    screen.resize(1200, 800)
    screen.show()
    screen.reload(frozenset())
    view = screen.writing.view
    assert view._empty.isVisible()
    view._empty.button.click()
    QApplication.processEvents()
    assert not view._empty.isVisible()
    sections = contents.sections(project.reader)
    assert [section.title for section in sections][:2] == ["Introduction", "Methods"]
    view.write_in(sections[0])
    QTest.keyClicks(view.page.editor, "First words")
    screen.leave()
    assert [block.text for block in contents.blocks(project.reader)] == ["First words"]
    screen.turn("preview")
    screen.preview.build()
    screen.leave()
    screen.hide()
    screen.deleteLater()
