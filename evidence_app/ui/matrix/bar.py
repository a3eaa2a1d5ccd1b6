"""The bar above the matrix: which reports, in which order, with what beside them; and the signs below it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.matrix import By
from evidence_app.domain.review import Review
from evidence_app.services.synthesis.matrix import ColumnsWanted, Matrix, units
from evidence_app.services.synthesis.matrix_rows import (
    RowsWanted,
    characteristics,
    head_of,
    orders,
    values_of,
)
from evidence_app.ui.look import Look
from evidence_app.ui.matrix.cells import DEPTHS, HIGH
from evidence_app.ui.matrix.shown import Shown
from evidence_app.ui.paint import CENTRE, Brush
from evidence_app.ui.widgets.buttons import Button
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts

TELLS = {
    By.THEMES: "A number counts the evidence anchors by which findings under a topic cite a report. An "
    "outline without a number: passages are coded there, and no finding cites them.",
    By.CODES: "A number counts the quotations that have the code itself; All counts those of a branch.",
    By.CHARACTERISTICS: "A number counts the reports of which the value is told.",
}
MANY = 40
"""A characteristic with more values than this is searched for, not chosen from a menu."""


class MatrixBar(QObject):
    """Menus: which rows, which columns, their order, what stands beside; and what lets all through."""

    filtered = Signal(object)
    narrowed = Signal(object)
    naming_asked = Signal()
    """Columns are to be found by their name."""
    ordered = Signal(str)
    columns_chosen = Signal(object)

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._shown = Shown()
        self._room = 10_000
        self.filter = parts.button("All reports", "filter", "ph.funnel-simple")
        self.all = parts.button("Show all", "filter", "ph.x", self._show_all)
        self.which = parts.button("All topics", "filter", "ph.columns")
        self.order = parts.button("Sort by number", "filter", "ph.sort-ascending")
        self.columns = parts.button("Characteristics", "filter", "ph.list-bullets")
        for button, fill in (
            (self.filter, self._fill_filter), (self.which, self._fill_which),
            (self.order, self._fill_order), (self.columns, self._fill_columns),
        ):  # fmt: skip
            menu = QMenu(button)
            menu.aboutToShow.connect(fill)
            button.setMenu(menu)
        for button in self._buttons():
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.all.hide()

    def _buttons(self) -> tuple[Button, ...]:
        return (self.filter, self.which, self.all, self.order, self.columns)

    def layout(self) -> QHBoxLayout:
        """Return the bar."""
        return across(
            self.filter, self.which, self.all, None, self.order, self.columns, gap=2, edge=(12, 0, 12, 0)
        )

    def show_state(self, shown: Shown) -> None:
        """Say which rows and columns are shown and how."""
        self._shown = shown
        self.all.setVisible(bool(shown.wanted.words()) or shown.columns != ColumnsWanted())
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Name the buttons in full where there is room for it, else in short."""
        self._room = room
        for short in (False, True):
            self._name(short=short)
            buttons = [each for each in self._buttons() if not each.isHidden()]
            if sum(button.sizeHint().width() + 2 for button in buttons) + 28 <= room:
                return

    def _name(self, *, short: bool) -> None:
        shown, matrix = self._shown, self._shown.whole
        rows = units(2, matrix.per).split()[-1] if matrix else "reports"
        kind = f"{matrix.words.column}s" if matrix else "topics"
        words, set_ = shown.wanted.words(), shown.wanted.values
        every = rows.capitalize() if short else f"All {rows}"
        self.filter.rename(f"{len(set_)} filters" if short and len(set_) > 1 else words or every)
        self.filter.setToolTip(words or f"Which {rows} are shown")
        told = shown.columns.told(matrix) if matrix else ""
        self.which.rename(f"Some {kind}" if told else kind.capitalize() if short else f"All {kind}")
        self.which.setToolTip(f"Shown: {told}" if told else f"Which {kind} are shown")
        self.all.rename("All" if short else "Show all")
        order = shown.order_words()
        self.order.rename(order if short else f"Sort by {order[:1].lower()}{order[1:]}")
        self.order.setToolTip(f"Sort by {order}")
        self.columns.rename("Beside" if short else "Characteristics")
        self.columns.setToolTip(f"Characteristics beside the {rows}")

    def _fill_filter(self) -> None:
        menu, matrix = self.filter.menu(), self._shown.whole
        menu.clear()
        wanted = self._shown.wanted.values
        for name in characteristics(matrix) if matrix else ():
            values = values_of(matrix, name) if matrix else []
            if len(values) > MANY:
                continue
            below = menu.addMenu(head_of(name).replace("&", "&&"))
            for value, count in [("", len(matrix.rows) if matrix else 0), *values]:
                text = f"{value or 'All'}  {count:,}".replace("&", "&&")
                action = below.addAction(text, partial(self._choose_filter, name, value))
                action.setCheckable(True)
                action.setChecked(wanted.get(name, "") == value)
        if menu.isEmpty():
            menu.addAction("No characteristics yet. They are described in Studies.").setEnabled(False)

    def _fill_which(self) -> None:
        menu, shown, matrix = self.which.menu(), self._shown, self._shown.whole
        menu.clear()
        if matrix is None:
            return
        used = menu.addAction(f"Only {matrix.words.column}s in use", self._toggle_used)
        used.setCheckable(True)
        used.setChecked(shown.columns.used)
        words = shown.columns.words
        menu.addAction(f"Named “{words}”…" if words else "Find by name…", self._ask_name)
        if len(matrix.bands) > 1:
            menu.addSeparator()
        for band in matrix.bands if len(matrix.bands) > 1 else ():
            action = menu.addAction(band.of.name.replace("&", "&&"), partial(self._toggle_band, band.of.id))
            action.setCheckable(True)
            action.setChecked(band.of.id not in shown.columns.bands)

    def _fill_order(self) -> None:
        menu, matrix = self.order.menu(), self._shown.matrix
        menu.clear()
        for key, label in orders(matrix).items() if matrix else ():
            action = menu.addAction(label, partial(self._choose_order, key))
            action.setCheckable(True)
            action.setChecked(self._shown.order == key)

    def _fill_columns(self) -> None:
        menu, matrix = self.columns.menu(), self._shown.whole
        menu.clear()
        for name in characteristics(matrix) if matrix else ():
            action = menu.addAction(head_of(name).replace("&", "&&"), partial(self._choose_column, name))
            action.setCheckable(True)
            action.setChecked(name in self._shown.known_beside())
        if menu.isEmpty():
            menu.addAction("No characteristics yet. They are described in Studies.").setEnabled(False)

    def _choose_filter(self, name: str, value: str, _checked: bool = False) -> None:
        self.filtered.emit(self._shown.wanted.with_value(name, value))

    def _toggle_used(self, _checked: bool = False) -> None:
        columns = self._shown.columns
        self.narrowed.emit(replace(columns, used=not columns.used))

    def _toggle_band(self, band: int, _checked: bool = False) -> None:
        columns = self._shown.columns
        self.narrowed.emit(replace(columns, bands=columns.bands ^ {band}))

    def _ask_name(self, _checked: bool = False) -> None:
        self.naming_asked.emit()

    def _choose_order(self, key: str, _checked: bool = False) -> None:
        self.ordered.emit(key)

    def _choose_column(self, name: str, _checked: bool = False) -> None:
        known = characteristics(self._shown.whole) if self._shown.whole else ()
        chosen = set(self._shown.known_beside()) ^ {name}
        self.columns_chosen.emit(tuple(each for each in known if each in chosen))

    def _show_all(self) -> None:
        if self._shown.columns != ColumnsWanted():
            self.narrowed.emit(ColumnsWanted())
        self.filtered.emit(RowsWanted(found=self._shown.wanted.found))


class Legend(QWidget):
    """What the signs in the cells mean."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._matrix, self._unseen = look, Matrix(ReviewContents(review=Review(title=""))), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        self.show_matrix(None)

    def show_matrix(self, matrix: Matrix | None) -> None:
        """Say how many rows nothing is known of."""
        if matrix is not None:
            self._matrix, self._unseen = matrix, len(matrix.unseen)
        self.setAccessibleName(", ".join(self._words()))
        self.setToolTip(f"{TELLS[self._matrix.by]} A corner marks a framework summary.")
        self.update()

    def _words(self) -> tuple[str, str, str]:
        matrix = self._matrix
        told = {By.THEMES: " under no theme", By.CODES: " with no code"}.get(matrix.by, "")
        unseen = f" ({units(self._unseen, matrix.per)}{told})" if self._unseen else ""
        if matrix.by is By.CHARACTERISTICS:
            return "reports", "something else is told", f"nothing is told yet{unseen}"
        return f"{matrix.words.counts}s", "looked at, absent", f"not yet looked at{unseen}"

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
        least = ("absent", "not looked at") if absent.startswith("looked") else ("other", "not told")
        plain = unseen.partition(" (")[0]
        variants = (
            ((1, 2, 3, 4), numbers, absent, unseen), ((1, 2, 3, 4), numbers, absent, plain),
            ((1, 4), numbers, absent, plain), ((1, 4), numbers.split()[-1], *least),
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
