"""One act after the other: each works on the review as the act before it left it."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject

from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.synthesis.numbering import number_new_works
from evidence_app.storage.applied import Applied
from evidence_app.storage.synthesis import synthesis
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.themes.shown import Shown

Act = Callable[[], object]


class Doing(QObject):
    """Runs acts when nothing is being written any more, on what was read after that.

    Keys come faster than the writer writes; an act made of what was read before would be refused."""

    def __init__(self, context: ScreenContext, shown: Shown, keep: Act, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._shown, self._keep = context, shown, keep
        self._waiting: deque[Act] = deque()
        self._said: deque[str] = deque()
        self._stale = False
        context.project.refused.connect(self._refused)

    def run(self, act: Act) -> None:
        """Keep what is half typed, then do the act."""
        self._keep()
        self.add(act)

    def add(self, act: Act) -> None:
        """Do the act as soon as what was asked before is written."""
        self._waiting.append(act)
        self._go_on()

    def do(self, edit: Edit, said: str = "") -> None:
        """Hand an edit to the project; `said` is told once it is written, with Undo."""
        edit = number_new_works(edit, self._shown.numbering())
        if edit:
            self._said.append(said)
            self._stale = True
            self._context.project.do(edit, self._written)

    def attempt(self, make: Callable[[], Edit]) -> None:
        """Do an edit that may be refused with a reason before it is one."""
        try:
            edit = make()
        except EvidenceError as error:
            self._context.say(str(error))
            return
        self.do(edit)

    def read(self) -> None:
        """Note that the review was read after the last edit."""
        self._stale = bool(self._said)

    def _go_on(self) -> None:
        while self._waiting and not self._said:
            if self._stale:
                self._shown.synthesis = synthesis(self._context.project.reader)
                self._stale = False
                self._shown.follow_wish()
            self._waiting.popleft()()

    def _written(self, _applied: Applied) -> None:
        said = self._said.popleft() if self._said else ""
        if said:
            self._context.say(said, undo=True)
        self._go_on()

    def _refused(self, _reason: str) -> None:
        self._said.clear()
        self._waiting.clear()
        self._stale = True
