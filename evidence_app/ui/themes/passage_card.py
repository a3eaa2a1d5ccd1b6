"""A passage of the summary on its page: its heading, its cells of words, and what is done with it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.passages import Passage
from evidence_app.services.synthesis import passages
from evidence_app.services.synthesis.passages import KIND_WORDS
from evidence_app.ui.themes.passage_cell import CellPlace, PassageCell, stacked
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

TITLED = ("message", "row")
CELLS = {"text": "Words", "blocks": "What blocks", "helps": "What helps", "who": "Who can act"}


class ActorFoot(QWidget):
    """Below one who can act: whether that is inferred, and what takes it out."""

    inferred = Signal(object, object)
    taken = Signal(object)

    def __init__(self, parts: Parts, place: CellPlace, name: str) -> None:
        super().__init__()
        self._place = place
        self.box = QCheckBox("Inferred, not said by the reports")
        self.box.setFont(parts.look.font("small"))
        self.box.clicked.connect(self._tell_inferred)
        out = parts.button("Take out", "filter", act=self._tell_taken)
        out.setAccessibleName(f"Take out {name}")
        self.setLayout(across(4, self.box, out, None, gap=8))

    def _tell_inferred(self) -> None:
        self.inferred.emit(self._place, self.box.isChecked())

    def _tell_taken(self) -> None:
        self.taken.emit(self._place)


class PassageCard(QFrame):
    """Edits one passage in place; every act leaves as a signal with the identity of the passage."""

    moved = Signal(object, object)
    """The passage, and the step: up (-1) or down (1)."""
    dropped = Signal(object)
    retitled = Signal(object, object)
    actor_added = Signal(object)
    actor_taken = Signal(object)
    """The place of the cell."""
    inferred = Signal(object, object)

    def __init__(self, parts: Parts, passage: Passage, made: Callable[[PassageCell], object]) -> None:
        super().__init__()
        self._parts, self.passage = parts, passage
        self.setObjectName("card")
        name = f"{KIND_WORDS[passage.kind]} {passage.title or passage.text[:40]}".strip()
        self.title = QLineEdit()
        self.title.setAccessibleName(f"Heading of the {KIND_WORDS[passage.kind]}")
        self.title.setPlaceholderText("Heading")
        self.title.setFont(parts.look.font("strong"))
        self.title.setFrame(False)
        self.title.editingFinished.connect(self._tell_title)
        self._about = parts.faint("")
        self.up = parts.tool("ph.arrow-up", f"Move up: {name}", self._up)
        self.down = parts.tool("ph.arrow-down", f"Move down: {name}", self._down)
        drop = parts.tool("ph.trash", f"Delete: {name}", self._drop)
        self._line = across(gap=2)
        self.cells: list[PassageCell] = []
        self._feet: list[ActorFoot] = []
        rows = down(gap=2, edge=(10, 6, 6, 8))
        tools = across(self.up, self.down, drop, gap=0)
        cells = [self._cell(cell, name, made) for cell in passages.cells(passage)]
        if passage.kind in TITLED:
            head = across(gap=6)
            head.addWidget(self.title, 1)
            head.addWidget(self._about)
            head.addLayout(tools)
            rows.addLayout(head)
            for cell in cells:
                self._lay_cell(rows, cell, name)
        else:
            self.title.setParent(self)
            self._about.setParent(self)
            self.title.hide()
            self._about.hide()
            self._line.addWidget(cells[0], 1)
            self._line.addLayout(tools)
            rows.addLayout(self._line)
        if passage.kind == "row":
            add = parts.button("Add who can act", "filter", "ph.plus", self._add_actor)
            rows.addLayout(across(add, None))
        self.setLayout(rows)

    def _cell(self, cell: str, name: str, made: Callable[[PassageCell], object]) -> PassageCell:
        words = CELLS[cell.partition(":")[0]]
        edited = PassageCell(self._parts, CellPlace(self.passage.guid, cell), f"{words} of {name}")
        self.cells.append(edited)
        made(edited)
        return edited

    def _lay_cell(self, rows: QVBoxLayout, edited: PassageCell, name: str) -> None:
        kind, _, at = edited.place.cell.partition(":")
        if kind != "text" and at in ("", "0"):
            rows.addWidget(self._parts.caption(CELLS[kind]))
        rows.addWidget(edited)
        if at:
            foot = ActorFoot(self._parts, edited.place, f"who can act {int(at) + 1} of {name}")
            foot.inferred.connect(self.inferred)
            foot.taken.connect(self.actor_taken)
            self._feet.append(foot)
            rows.addWidget(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tools below the words where there is little room."""
        super().resizeEvent(event)
        self._line.setDirection(stacked(self._parts, self.width()))

    @property
    def shape(self) -> tuple[str, ...]:
        """What the card is made for; another shape needs another card."""
        return self.passage.guid, *passages.cells(self.passage)

    def show_passage(self, contents: ReviewContents, passage: Passage, *, first: bool, last: bool) -> None:
        """Show the passage as the project holds it now."""
        self.passage = passage
        if not self.title.hasFocus():
            self.title.setText(passage.title)
        theme = contents.theme_by_id.get(passage.theme or 0)
        self._about.setText(theme.name if theme else "")
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        for cell in self.cells:
            cell.show_runs(contents, passages.words_in(passage, cell.place.cell))
        actors = [cell.place.cell for cell in self.cells if ":" in cell.place.cell]
        for foot, at in zip(self._feet, actors, strict=True):
            foot.box.setChecked(passages.is_inferred(passage, at))

    def keep(self) -> None:
        """Keep what is half typed."""
        self._tell_title()
        for cell in self.cells:
            cell.keep()

    def _tell_title(self) -> None:
        words = " ".join(self.title.text().split())
        if self.passage.kind in TITLED and words != self.passage.title:
            self.retitled.emit(self.passage.guid, words)

    def _up(self) -> None:
        self.moved.emit(self.passage.guid, -1)

    def _down(self) -> None:
        self.moved.emit(self.passage.guid, 1)

    def _drop(self) -> None:
        self.dropped.emit(self.passage.guid)

    def _add_actor(self) -> None:
        self.actor_added.emit(self.passage.guid)
