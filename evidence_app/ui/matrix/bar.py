"""The bar above the matrix: which reports, in which order, with what beside them; and the signs below it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.synthesis.matrix import Matrix
from evidence_app.services.synthesis.matrix_rows import (
    FILTERS,
    ORDERS,
    RowsWanted,
    characteristics,
    name_of,
    values_of,
)
from evidence_app.ui.look import Look
from evidence_app.ui.matrix.cells import DEPTHS, HIGH
from evidence_app.ui.paint import CENTRE, Brush
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts


class MatrixBar(QObject):
    """Three menus: filter, order, characteristics; and the button that lets all reports through."""

    filtered = Signal(object)
    ordered = Signal(str)
    columns_chosen = Signal(object)

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._matrix: Matrix | None = None
        self._wanted, self._order, self._beside = RowsWanted(), "number", tuple[str, ...]()
        self._order_words, self._room = "Number", 10_000
        self.filter = parts.button("All reports", "filter", "ph.funnel-simple")
        self.all = parts.button("Show all", "filter", "ph.x", self._show_all)
        self.order = parts.button("Sort by number", "filter", "ph.sort-ascending")
        self.columns = parts.button("Characteristics", "filter", "ph.columns")
        for button, fill in (
            (self.filter, self._fill_filter), (self.order, self._fill_order),
            (self.columns, self._fill_columns),
        ):  # fmt: skip
            menu = QMenu(button)
            menu.aboutToShow.connect(fill)
            button.setMenu(menu)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.all.hide()

    def layout(self) -> QHBoxLayout:
        """Return the bar."""
        return across(self.filter, self.all, None, self.order, self.columns, gap=2, edge=(12, 0, 12, 0))

    def show_state(
        self, matrix: Matrix, wanted: RowsWanted, order: str, order_words: str, beside: Sequence[str]
    ) -> None:
        """Say which rows are shown and how."""
        self._matrix, self._wanted, self._order, self._beside = matrix, wanted, order, tuple(beside)
        self._order_words = order_words
        self.all.setVisible(bool(wanted.words()))
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Name the buttons in full where there is room for it, else in short."""
        self._room = room
        for short in (False, True):
            self._name(short=short)
            buttons = [
                each for each in (self.filter, self.all, self.order, self.columns) if not each.isHidden()
            ]
            if sum(button.sizeHint().width() + 2 for button in buttons) + 28 <= room:
                return

    def _name(self, *, short: bool) -> None:
        set_ = [name for name in FILTERS if getattr(self._wanted, name)]
        several = short and len(set_) > 1
        self.filter.rename(f"{len(set_)} filters" if several else self._wanted.words() or "All reports")
        self.filter.setToolTip(self._wanted.words())
        self.all.rename("All" if short else "Show all")
        words = self._order_words
        self.order.rename(words if short else f"Sort by {words[:1].lower()}{words[1:]}")
        self.order.setToolTip(f"Sort by {words}")
        self.columns.rename("Columns" if short else "Characteristics")

    def _fill_filter(self) -> None:
        menu = self.filter.menu()
        menu.clear()
        for name, label in FILTERS.items():
            values = values_of(self._matrix, name) if self._matrix else []
            below = menu.addMenu(label)
            for value, count in [("", len(self._matrix.rows) if self._matrix else 0), *values]:
                text = f"{value or 'All'}  {count:,}".replace("&", "&&")
                action = below.addAction(text, partial(self._choose_filter, name, value))
                action.setCheckable(True)
                action.setChecked(getattr(self._wanted, name) == value)

    def _fill_order(self) -> None:
        menu = self.order.menu()
        menu.clear()
        for key, label in ORDERS.items():
            action = menu.addAction(label, partial(self._choose_order, key))
            action.setCheckable(True)
            action.setChecked(self._order == key)

    def _fill_columns(self) -> None:
        menu = self.columns.menu()
        menu.clear()
        for name in characteristics(self._matrix) if self._matrix else ():
            action = menu.addAction(name_of(name).replace("&", "&&"), partial(self._choose_column, name))
            action.setCheckable(True)
            action.setChecked(name in self._beside)
        if menu.isEmpty():
            menu.addAction("No characteristics yet").setEnabled(False)

    def _choose_filter(self, name: str, value: str, _checked: bool = False) -> None:
        kept = {each: getattr(self._wanted, each) for each in FILTERS} | {name: value}
        self.filtered.emit(RowsWanted(**kept, found=self._wanted.found))

    def _choose_order(self, key: str, _checked: bool = False) -> None:
        self.ordered.emit(key)

    def _choose_column(self, name: str, _checked: bool = False) -> None:
        known = characteristics(self._matrix) if self._matrix else ()
        chosen = set(self._beside) ^ {name}
        self.columns_chosen.emit(tuple(each for each in known if each in chosen))

    def _show_all(self) -> None:
        self.filtered.emit(RowsWanted(found=self._wanted.found))


class Legend(QWidget):
    """What the signs in the cells mean."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._unseen = look, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        self.show_matrix(None)

    def show_matrix(self, matrix: Matrix | None) -> None:
        """Say how many reports nothing is known of."""
        self._unseen = len(matrix.unseen) if matrix else 0
        self.setAccessibleName(", ".join(self._words()))
        self.setToolTip(
            "A number counts the evidence anchors by which findings under a topic cite a report. "
            "A corner marks a framework summary."
        )
        self.update()

    def _words(self) -> tuple[str, str, str]:
        unseen = f" ({counted(self._unseen, 'report')} under no theme)" if self._unseen else ""
        return "evidence anchors", "looked at, absent", f"not yet looked at{unseen}"

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(self._look.px(120), self._look.px(30))

    def minimumSizeHint(self) -> QSize:
        """Return that it may become narrow."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the signs with their words; where there is little room, fewer of them."""
        painter = QPainter(self)
        brush = Brush(painter, self._look)
        numbers, absent, unseen = self._words()
        variants = (
            ((1, 2, 3, 4), numbers, absent, unseen), ((1, 2, 3, 4), numbers, absent, "not yet looked at"),
            ((1, 4), numbers, absent, "not yet looked at"), ((1, 4), "anchors", "absent", "not looked at"),
        )  # fmt: skip
        fitting = [each for each in variants if self._lay(brush, *each, draw=False) <= self.width()]
        self._lay(brush, *(fitting or variants)[0 if fitting else -1], draw=True)
        painter.end()

    def _lay(
        self, brush: Brush, counts: tuple[int, ...], numbers: str, absent: str, unseen: str, *, draw: bool
    ) -> int:
        """Draw the signs, or only measure; return where they end."""
        px, middle = self._look.px, self.height() // 2
        x, high, wide = px(12), px(HIGH), px(25)
        for count in counts if draw else ():
            spot = QRect(x + counts.index(count) * px(28), middle - high // 2, wide, high)
            ground = self._look.theme(0, DEPTHS[count - 1])
            brush.box(spot, ground)
            number = f"{count}+" if count == len(DEPTHS) else str(count)
            brush.text(spot, number, "small-strong", brush.readable(ground), CENTRE)
        x = self._say(brush, x + len(counts) * px(28) + px(4), numbers, draw)
        if draw:
            brush.dot(x + px(6), middle, self._look.colour("text-3"), 2)
        x = self._say(brush, x + px(14), absent, draw)
        if draw:
            brush.dashed(QRect(x, middle - high // 2, wide, high))
        return self._say(brush, x + px(32), unseen, draw)

    def _say(self, brush: Brush, x: int, words: str, draw: bool) -> int:
        wide = brush.width(words, "small") + 2
        if draw:
            brush.text(QRect(x, 0, wide, self.height()), words, "small", "text-2")
        return x + wide + self._look.px(14)
