"""The Manuscript screen on the sample review, as the window shows it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript.screen import ManuscriptScreen
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages


class Window:
    """Stands in for the window: remembers where the screen went and what it said."""

    def __init__(self) -> None:
        self.went: list[str] = []
        self.said: list[str] = []

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.went.append(screen if subject is None else f"{screen} {subject.row}")

    def say(
        self, text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        self.said.append(" ".join([text, *(["[Undo]"] if undo else []), *([f"[{act[0]}]"] if act else [])]))


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def screen(
    look: Look,
    parts: Parts,
    lanes: InlineLanes,
    open_sample: OpenProject,
    preferences: Preferences,
    messages: RecordedMessages,
    window: Window,
) -> Iterator[ManuscriptScreen]:
    context = ScreenContext(look, parts, lanes, open_sample, preferences, messages, window.go_to, window.say)
    made = ManuscriptScreen(context)
    header = QWidget()
    header.setLayout(across(*made.header_parts()))
    open_sample.changed.connect(made.reload)
    made.resize(1250, 850)
    made.show()
    made.activateWindow()
    made.reload(frozenset())
    QApplication.processEvents()
    yield made
    made.leave()
    made.hide()
    made.deleteLater()
    header.deleteLater()
