"""The library on the sample review, in a window that only remembers."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QTest

from evidence_app.storage.applied import Acting
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.library.screen import LibraryScreen
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages


class Window:
    """Stands in for the window: remembers where the screen went and what it said."""

    def __init__(self) -> None:
        self.went: list[tuple[str, Subject | None]] = []
        self.said: list[str] = []
        self.acts: list[tuple[str, Callable[[], object]]] = []

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.went.append((screen, subject))

    def say(
        self, text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        self.said.append(f"{text} [Undo]" if undo else text)
        if act is not None:
            self.acts.append(act)


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
) -> Iterator[LibraryScreen]:
    open_sample.act_as(Acting("Ada Reviewer", "AR", preferences.now.person_guid))
    context = ScreenContext(look, parts, lanes, open_sample, preferences, messages, window.go_to, window.say)
    made = LibraryScreen(context)
    header = made.header_parts()
    open_sample.changed.connect(made.reload)
    made.resize(1240, 820)
    made.reload(frozenset())
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    for part in header:
        part.deleteLater()
    made.hide()
    made.deleteLater()
