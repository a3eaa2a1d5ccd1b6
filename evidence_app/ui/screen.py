"""What a screen is: the part of the window between rail and status line, one for each task."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QGraphicsView, QTextEdit, QWidget

from evidence_app.domain.edit import Edit, RowOf
from evidence_app.storage.applied import NOBODY, Applied
from evidence_app.ui.actions import ActionSpec, Handler, made
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.look import Look
from evidence_app.ui.messages import Messages
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.laying import Part, across, down, fill, framed
from evidence_app.ui.widgets.parts import Parts


class Subject(NamedTuple):
    """What a screen is asked to show: the word of the kind ("reference", "block", "theme") and its row id.

    The kind "records" has the `ids` of references in its stead, and the `title` of what they are."""

    kind: str
    row: int
    ids: tuple[int, ...] = ()
    title: str = ""


class Say(Protocol):
    """How a screen says that something is done: a toast above the status line."""

    def __call__(
        self, text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show the sentence; `undo` offers to take the last edit back, `act` is one more button."""


class GoTo(Protocol):
    """How a screen opens another one, or a place on itself."""

    def __call__(self, screen: str, subject: Subject | None = None) -> None:
        """Show the screen of this name, and on it the subject."""


def _no_other(_path: Path) -> None:
    """A screen without a window opens no other project."""


def _to_nobody(_reached: bool) -> None:
    """A screen without a window shows nothing of the network."""


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """All a screen may use of the window. Screens never import each other: they `go_to`."""

    look: Look
    parts: Parts
    lanes: Lanes
    project: OpenProject
    settings: Preferences
    messages: Messages
    go_to: GoTo
    say: Say
    open_project: Callable[[Path], object] = _no_other
    """Opens another project file in place of this one."""
    crossref_told: Callable[[bool], object] = _to_nobody
    """Takes whether Crossref was reached, from any thread."""

    @property
    def person_guid(self) -> str:
        """The identity of the person now acting."""
        return self.settings.now.person_guid or NOBODY.guid

    @property
    def person(self) -> RowOf:
        """The person now acting, as an edit names them."""
        return RowOf("person", self.person_guid)


class Screen(QWidget):
    """One screen. It reads in its lanes, asks services for edits, and hands them to `project.do`."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = ()
    """Commands of this screen only; each has a method of the same name."""

    headed = Signal()
    """The title, the fact beside it or the acts in the header are others now."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.look = context.look
        self.parts = context.parts
        self.project = context.project
        self.inspector: QWidget | None = None
        self._sentences: dict[str, str] = {}
        self.commands: list[QAction] = made(self.ACTIONS, self, self)
        self.addActions(self.commands)

    def do(self, edit: Edit, sentence: str) -> None:
        """Hand an edit to the project, and say the sentence once it is written, not before."""
        self._sentences[edit.label] = sentence
        self.project.do(edit, self._say_written)

    def _say_written(self, applied: Applied) -> None:
        self.context.say(self._sentences.pop(applied.label, applied.label), undo=True)

    # -- what each screen says of itself

    def title(self) -> str:
        """Return the title in the header."""
        raise NotImplementedError

    def detail(self) -> str:
        """Return the one fact beside the title: "47 of 110 references"."""
        return ""

    def header_parts(self) -> Sequence[QWidget]:
        """Return search box, choices and acts at the right of the header; the primary act last."""
        return ()

    def reload(self, tables: frozenset[str]) -> None:
        """Read again what these tables hold; an empty set means everything (first show)."""

    def show_place(self, subject: Subject) -> None:
        """Show this reference, theme, block …, chosen and scrolled to."""

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's own commands do here: "find", "add", "export", "copy_citation" …"""
        return {}

    def arrange(self, *, slim: bool) -> None:
        """Make room: the window is narrower than 1,280 pixels, or it is wide again."""

    def takes(self, _mime: QMimeData) -> bool:
        """Return whether something that is dragged over the window may be dropped here."""
        return False

    def take(self, _mime: QMimeData) -> None:
        """Do with what was dropped what `takes` promised."""

    def leave(self) -> None:
        """Keep what is half typed: another screen comes, the project closes, or the program ends."""

    def take_focus(self) -> None:
        """Give the keyboard to the main part: the first list or field of it."""
        at = self.nextInFocusChain()
        while at is not None and at is not self and self.isAncestorOf(at):
            if at.isVisibleTo(self) and isinstance(at, QAbstractItemView | QTextEdit | QGraphicsView):
                at.setFocus()
                return
            at = at.nextInFocusChain()
        self.setFocus()

    # -- how it is laid out

    def lay_out(
        self,
        main: Part,
        *,
        bar: Part = None,
        side: QWidget | None = None,
        inspector: QWidget | None = None,
        foot: QWidget | None = None,
    ) -> None:
        """Put side column, main part with its bar (40 high) and foot, and inspector in their places."""
        middle = down(gap=0)
        if bar is not None:
            layout = bar if not isinstance(bar, QWidget | int) else across(bar)
            middle.addWidget(framed(layout, "bar", height=self.look.size("bar")))
        fill(middle, (main,), share=1)
        fill(middle, (foot,) if foot else ())
        body = across(*((side,) if side else ()), gap=0)
        body.addLayout(middle, 1)
        fill(body, (inspector,) if inspector else ())
        self.inspector = inspector
        self.setLayout(body)
