"""The bar above the pages: list, page, size, recent codes with their keys, how far the report is coded."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from evidence_app.domain.coding import CodingState, PlacedCode
from evidence_app.services.coding.pdf import OutlineEntry
from evidence_app.ui.look import Look
from evidence_app.ui.pages.hues import hue_colour
from evidence_app.ui.paint import CENTRE, Brush
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.sizes import Sizes


class RecentCodes(QWidget):
    """The codes that are on the keys 1 to 9, as many as there is room for."""

    picked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._codes: Sequence[PlacedCode] = ()
        self._hues: Mapping[int, int | str] = {}
        self._spots: list[tuple[QRect, int]] = []
        self.setAccessibleName("Recent codes, on the keys 1 to 9")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)

    def show_codes(self, codes: Sequence[PlacedCode], hues: Mapping[int, int | str]) -> None:
        """Show these codes."""
        self._codes, self._hues = codes, hues
        self.setToolTip("\n".join(f"{at}  {each.full_name}" for at, each in enumerate(codes, 1)))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(0, self._look.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw key, colour and name of each."""
        painter = QPainter(self)
        brush, px, x = Brush(painter, self._look), self._look.px, 0
        middle = self.height() // 2
        self._spots = []
        for at, each in enumerate(self._codes[:9], 1):
            width = min(brush.width(each.code.name, "small"), px(150))
            whole = QRect(x, 0, px(42) + width, self.height())
            if whole.right() > self.width():
                break
            key = QRect(x, middle - px(9), px(18), px(18))
            brush.box(key, self._look.colour("raised"), self._look.colour("line-strong"), 4)
            brush.text(key, str(at), "micro", "text-2", CENTRE)
            spot = QRect(x + px(24), middle - px(5), px(10), px(10))
            brush.box(spot, hue_colour(self._look, self._hues.get(each.code.id)), radius=3)
            brush.text(QRect(x + px(39), 0, width + px(3), self.height()), each.code.name, "small", "text-2")
            self._spots.append((whole, at))
            x = whole.right() + px(14)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give the code that was clicked."""
        for spot, at in self._spots:
            if spot.contains(event.position().toPoint()):
                self.picked.emit(at)


class CodingBar(QWidget):
    """The bar. It tells what is asked; the screen does it."""

    acted = Signal(str)
    """list, zoom in, zoom out, zoom fit, area, region findings …"""
    page_asked = Signal(int)
    state_asked = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.list = parts.tool("ph.list", "Show or hide the list of documents")
        self.list.clicked.connect(self._ask_list)
        self.outline = parts.tool("ph.list-bullets", "Outline of the document")
        self.outline.clicked.connect(self._show_outline)
        self.page = parts.label("", "small", "text-2")
        self.hits = parts.label("", "small", "accent")
        self._last = parts.tool("ph.caret-up", "Hit before (Shift+F3)")
        self._last.clicked.connect(self._hit_before)
        self._next = parts.tool("ph.caret-down", "Next hit (F3)")
        self._next.clicked.connect(self._next_hit)
        self.show_hits("", several=False)
        self.sizes = Sizes(parts)
        self.sizes.asked.connect(self.acted)
        self.area = parts.tool("ph.selection", "Quote areas of the page: figures, tables, scans")
        self.area.setCheckable(True)
        self.area.clicked.connect(self._ask_area)
        self.recent = RecentCodes(parts.look)
        self.state = parts.button("Not started", "plain", "ph.circle", self._show_states)
        self.of_pages: Sequence[QWidget] = (self.outline, self.area)
        self.of_documents: Sequence[QWidget] = (self.sizes,)
        self._entries: Sequence[OutlineEntry] = ()
        row = across(
            self.list, self.outline, 4, self.page, 4, self.sizes, self.area,
            self.hits, self._last, self._next, 8, gap=2,
            edge=(10, 0, 12, 0),
        )  # fmt: skip
        row.addWidget(self.recent, 1)
        row.addWidget(self.state)
        self.setLayout(row)

    def show_entries(self, entries: Sequence[OutlineEntry]) -> None:
        """Offer the document's outline."""
        self._entries = entries
        self.outline.setEnabled(bool(entries))

    def show_hits(self, told: str, *, several: bool) -> None:
        """Say what a search found, and offer to go on where it found several."""
        self.hits.setText(told)
        self.hits.setVisible(bool(told))
        for tool in (self._last, self._next):
            tool.setVisible(several)

    def show_state(self, state: CodingState, share: float | None = None) -> None:
        """Say how far the report is coded, and which share of what is to be coded is."""
        told = state.value.capitalize()
        self.state.rename(told if share is None else f"{told} · {share:.0%}")
        part = "" if share is None else f"{share:.0%} of what is marked as to be coded is coded. "
        self.state.setToolTip(f"{part}Say how far you have coded this report.")

    def show_size(self, percent: int) -> None:
        """Say how large the pages are."""
        self.sizes.show_size(percent)

    def _show_outline(self) -> None:
        menu = QMenu(self)
        for entry in self._entries[:200]:
            action = menu.addAction("\u2003" * entry.depth + entry.title.replace("&", "&&"))
            action.setData(entry.page)
        chosen = menu.exec(self.outline.mapToGlobal(QPoint(0, self.outline.height())))
        if chosen is not None:
            self.page_asked.emit(chosen.data())
        menu.deleteLater()

    def _show_states(self) -> None:
        menu = QMenu(self)
        for state in CodingState:
            menu.addAction(state.value.capitalize()).setData(state.value)
        chosen = menu.exec(self.state.mapToGlobal(QPoint(0, self.state.height())))
        if chosen is not None:
            self.state_asked.emit(CodingState(chosen.data()))
        menu.deleteLater()

    def _hit_before(self) -> None:
        self.acted.emit("last hit")

    def _next_hit(self) -> None:
        self.acted.emit("next hit")

    def _ask_list(self) -> None:
        self.acted.emit("list")

    def _ask_area(self) -> None:
        self.acted.emit("area")
