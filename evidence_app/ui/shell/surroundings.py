"""What stands round the screens and follows the project: counts in the rail, the name, the last snapshot."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from evidence_app.ui.shell.questions import Questions
from evidence_app.ui.shell.rail import Count

if TYPE_CHECKING:
    from evidence_app.ui.main_window import MainWindow

IDLE_MS = 900
"""How long nobody has to edit before counts are asked that take a look at the whole review."""


class Surroundings(QObject):
    """Asks in a reading lane: at once what is cheap, and what takes longer once nobody edits."""

    def __init__(self, window: "MainWindow", questions: Questions) -> None:
        super().__init__(window)
        self._window, self._questions = window, questions
        self._counts: dict[str, Count] = {}
        self._slow: dict[str, Count] = {}
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._ask_slow)

    def begin(self) -> None:
        """Ask everything, for a project that was just opened."""
        self._slow = {}
        self._ask_slow()
        self.ask()

    def end(self) -> None:
        """Ask nothing more: the project closes."""
        self._idle.stop()
        self._counts, self._slow = {}, {}
        self._window.rail.show_counts({})
        self._window.status.show_snapshot("")

    def ask(self, *, changed: bool = False) -> None:
        """Say who works here and ask what is cheap; after a change also what takes longer, later."""
        self._window.rail.show_person(self._window.preferences.now.person_name)
        project = self._window.project
        if project is None:
            return
        project.read(self._questions.counts, self._show_counts, latest="rail")
        project.read(self._questions.name, self._show_name, latest="name")
        project.read(self._questions.snapshot, self._show_snapshot, latest="snapshot")
        if changed and self._questions.slow is not None:
            self._idle.start()

    def _ask_slow(self) -> None:
        if self._window.project is not None and self._questions.slow is not None:
            self._window.project.read(self._questions.slow, self._show_slow, latest="rail.slow")

    def _show_counts(self, counts: Mapping[str, Count]) -> None:
        self._counts = dict(counts)
        self._show()

    def _show_slow(self, counts: Mapping[str, Count]) -> None:
        self._slow = dict(counts)
        self._show()

    def _show(self) -> None:
        self._window.rail.show_counts({**self._counts, **self._slow})

    def _show_name(self, lines: tuple[str, str]) -> None:
        self._window.rail.review.show_review(*lines)

    def _show_snapshot(self, words: str) -> None:
        self._window.status.show_snapshot(words)
