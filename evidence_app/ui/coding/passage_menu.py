"""The menu on a passage, for the mouse and for the menu key: the same acts as the keys."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu

from evidence_app.domain.coding import Coding, RegionKind
from evidence_app.services.coding import coding, quoting
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.document_acts import DocumentActs
from evidence_app.ui.coding.passage_acts import PassageActs
from evidence_app.ui.pages.canvas import Canvas

WHY = 60
"""How many letters of a reason the menu shows."""


class PassageMenu(QObject):
    """Offers what can be done at a place of the document."""

    def __init__(
        self, desk: Desk, passages: PassageActs, documents: DocumentActs, canvases: tuple[Canvas, ...]
    ) -> None:
        super().__init__(desk)
        self._desk, self._passages, self._documents = desk, passages, documents
        for canvas in canvases:
            canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            canvas.customContextMenuRequested.connect(self._ask)

    def _ask(self, point: QPoint) -> None:
        canvas = self._desk.canvas
        if canvas is None:
            return
        if (point - canvas.viewport().rect().center()).manhattanLength() <= 2:  # the menu key: Qt's own place
            caret = canvas.place_of(canvas.caret)
            top, left = canvas.verticalScrollBar().value(), canvas.horizontalScrollBar().value()
            point = QPoint(int(caret.left()) - left, int(caret.bottom()) - top)
            menu = self.made(None)
        else:
            menu = self.made(point)
        menu.exec(canvas.viewport().mapToGlobal(point))
        menu.deleteLater()

    def made(self, point: QPoint | None) -> QMenu:
        """Return the menu for a point of the canvas, or for the caret; without a selection there, what
        stands at the point is chosen."""
        canvas, passages = self._desk.canvas, self._passages
        menu = QMenu(canvas)
        if canvas is None:
            return menu
        if point is not None:
            self._choose_at(canvas, point)
        found = self._desk.chosen()
        can = canvas.has_selection or found is not None
        for text, act in (
            ("Give a code…\tEnter", passages.pick), ("Give the last code\tQ", passages.quick),
            ("New code…\tN", passages.new), ("Code in vivo\tV", passages.vivo),
            ("Quote only", passages.quote), ("Mark as important\tI", passages.important),
            ("Write a memo…\tM", passages.memo),
        ):  # fmt: skip
            action = menu.addAction(text)
            action.triggered.connect(partial(_without, act))
            action.setEnabled(can)
        self._add_codings(menu)
        regions = menu.addMenu("To be coded")
        for kind in RegionKind:
            regions.addAction(f"Mark as {kind.value}", partial(self._documents.mark_region, kind))
        return menu

    def _choose_at(self, canvas: Canvas, point: QPoint) -> None:
        top, left = canvas.verticalScrollBar().value(), canvas.horizontalScrollBar().value()
        place = QPointF(point.x() + left, point.y() + top)
        start, end = canvas.selection
        if not start <= canvas.hit(place) < end:
            canvas.move_caret_quietly(canvas.hit(place), keep=False)
            canvas.click(place)

    def _add_codings(self, menu: QMenu) -> None:
        desk, found = self._desk, self._desk.chosen()
        if found is None:
            return
        menu.addSeparator()
        own = [each for each in desk.held(found) if each.person in (None, desk.book.viewer)]
        for each in own:
            placed = desk.book.placed(each.code)
            if placed is not None:
                name = placed.code.name.replace("&", "&&")
                why = f": {each.memo}".replace("&", "&&") if each.memo else "…"
                menu.addAction(
                    f"Why “{name}” here{why[:WHY]}", partial(self._ask_why, each, placed.code.name)
                )
                menu.addAction(
                    f"Take “{name}” off", partial(desk.do, coding.uncode([each], placed.code.name))
                )
        rows = [each.id for each in desk.held(found) if each.person in (None, desk.book.viewer)]
        if len(rows) == len(desk.held(found)):
            edit = quoting.remove_quotations([found], rows)
            menu.addAction("Remove the quotation", partial(desk.do, edit))

    def _ask_why(self, given: Coding, name: str) -> None:
        """Ask why a code was given at this place."""
        text = self._desk.context.messages.ask(
            f"Why “{name}” here", "Why does this passage have the code?", given.memo
        )
        if text is not None:
            self._desk.do(coding.set_memo(given, text))


def _without(act: object, _checked: bool = False) -> None:
    """Do an act without what the signal brings."""
    assert callable(act)
    act()
