"""A shown screen over a project, and what it said, asked and opened: what the tests of all screens share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import Screen, ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages

S = TypeVar("S", bound=Screen)
NOTHING_HELD = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Tools:
    """What every screen is given: look, parts, lanes that do all at once, settings, messages."""

    look: Look
    parts: Parts
    lanes: InlineLanes
    preferences: Preferences
    messages: RecordedMessages

    @property
    def acting(self) -> Acting:
        """The person the settings name."""
        now = self.preferences.now
        return Acting(now.person_name, now.person_initials, now.person_guid)

    @contextmanager
    def opened(self, project: Project | Path) -> Iterator[OpenProject]:
        """Open a project as the window does, and close it again."""
        held = Project.open(project, self.acting) if isinstance(project, Path) else project
        opened = OpenProject(self.lanes, held)
        try:
            yield opened
        finally:
            opened.close()
            opened.deleteLater()


class Desk(Generic[S]):
    """A shown screen, driven as a person would, and what came of it."""

    def __init__(
        self,
        tools: Tools,
        project: OpenProject,
        make: Callable[[ScreenContext], S],
        size: tuple[int, int] = (1440, 820),
    ) -> None:
        self.project, self.messages = project, tools.messages
        self.said: list[str] = []
        self.gone_to: list[tuple[str, Subject | None]] = []
        self.context = ScreenContext(
            look=tools.look, parts=tools.parts, lanes=tools.lanes, project=project, messages=tools.messages,
            settings=tools.preferences, go_to=self._go_to, say=self._say,
        )  # fmt: skip
        self.screen = make(self.context)
        self.header = QWidget(self.screen)
        for part in self.screen.header_parts():
            part.setParent(self.header)
        project.changed.connect(self.screen.reload)
        self.screen.resize(*size)
        self.screen.show()
        self.screen.reload(frozenset())
        QApplication.processEvents()

    def _go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.gone_to.append((screen, subject))

    def _say(self, text: str, *, undo: bool = False, act: object = None) -> None:  # noqa: ARG002
        self.said.append(text)

    def keys(self, widget: QWidget, *keys: Qt.Key, held: Qt.KeyboardModifier = NOTHING_HELD) -> None:
        """Press keys on a widget that gets the keyboard first."""
        widget.setFocus()
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or widget, key, held)
        QApplication.processEvents()

    def words(self, part: QWidget | None = None) -> str:
        """Return all the texts a part of the screen shows, or all of the screen."""
        QApplication.processEvents()
        labels = (part or self.screen).findChildren(QLabel)
        return " | ".join(label.text() for label in labels if label.isVisible())

    def close(self) -> None:
        """Let everything go."""
        self.screen.leave()
        self.screen.close()
        self.screen.deleteLater()


D = TypeVar("D", bound=Desk[Any])


@contextmanager
def shown(desk: D) -> Iterator[D]:
    """Let go of a desk when the test has ended."""
    try:
        yield desk
    finally:
        desk.close()
