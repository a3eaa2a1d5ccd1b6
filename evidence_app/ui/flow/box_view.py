"""One box of the diagram on the canvas: its words, its numbers, and what a click on them opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from evidence_app.domain.flow import Equation
from evidence_app.domain.review import NumberState
from evidence_app.services.flow.charts import ChartBox, ChartRow, RowKind
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.zooming import Lettering

ROLES = {RowKind.HEAD: "strong", RowKind.NUMBER: "body", RowKind.LINE: "small"}
NUMBER_ROLES = {RowKind.HEAD: "title", RowKind.NUMBER: "strong", RowKind.LINE: "small"}
WORKED_OUT = "ph.math-operations"
STATE_ICONS = {NumberState.TYPED: "ph.pencil-simple", NumberState.INFERRED: WORKED_OUT}
DASH = "–"


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row lies in its box."""

    row: ChartRow
    top: float
    height: float
    number_width: float


class BoxLettering(Lettering):
    """The fonts of the canvas at a zoom, and how rows are placed with them."""

    def rows(self, box: ChartBox, width: float) -> list[RowPlace]:
        """Place the rows of a box of this width."""
        made, top = [], self.px(9)
        for row in box.rows:
            number = self.number_width(row)
            room = max(width - 2 * self.px(12) - self.indent(row) - number, self.px(40))
            words = QRectF(0, 0, room, 100_000)
            flags = int(Qt.TextFlag.TextWordWrap)
            metrics = self.metrics(ROLES[row.kind])
            high = metrics.boundingRect(words, flags, row.words).height()
            high = max(high, self.metrics(NUMBER_ROLES[row.kind]).height() if number else 0)
            made.append(RowPlace(row, top, high, number))
            top += high + self.px(2 if row.kind is RowKind.LINE else 3)
        return made

    def height(self, box: ChartBox, width: float) -> float:
        """Return how high a box of this width is."""
        last = self.rows(box, width)[-1]
        return last.top + last.height + self.px(9)

    def indent(self, row: ChartRow) -> float:
        """Return how far a row stands in."""
        return self.px(10) if row.kind is RowKind.LINE else 0

    def number_width(self, row: ChartRow) -> float:
        """Return the room the number of a row takes, its sign and the gap before it."""
        if row.number is None or (row.line is not None and row.value is None):
            return 0
        width = self.metrics(NUMBER_ROLES[row.kind]).horizontalAdvance(shown(row))
        return width + self.px(8) + (self.px(17) if icon_of(row) else 0)


def shown(row: ChartRow) -> str:
    """Return the number of a row as it is drawn."""
    return DASH if row.value is None else f"{row.value:,}"


def icon_of(row: ChartRow) -> str:
    """Return the icon of a number's state; none for what is counted or missing."""
    if row.value is None:
        return ""
    if row.line is None and row.number is not None and row.state is NumberState.DERIVED:
        return "" if row.number.from_records else WORKED_OUT
    return STATE_ICONS.get(row.state, "")


class BoxView(QWidget):
    """A box on the canvas. Enter opens its records, arrows go to the next box."""

    chosen = Signal(str)
    opened = Signal(object)
    """The row whose records are to be shown."""
    moved = Signal(str, object)
    """The key of this box and the arrow key that was pressed."""

    def __init__(self, look: Look, box: ChartBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.box = box
        self.equation: Equation | None = None
        self._letters = BoxLettering(look, 1.0)
        self._places: Sequence[RowPlace] = ()
        self._hovered: ChartRow | None = None
        self.is_chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.show_box(box, None)

    def show_box(self, box: ChartBox, equation: Equation | None) -> None:
        """Show a box as it is now, and the equation by which it does not add up."""
        self.box, self.equation = box, equation
        self._hovered = None
        wrong = f" Does not add up: {equation.words}" if equation is not None else ""
        states = {str(number.state) for number in box.numbers if number.number is not None}
        told = f" ({', '.join(sorted(states))})" if states else ""
        self.setAccessibleName(f"{box.told}{told}.{wrong}")
        self.setToolTip(equation.words if equation is not None else "")
        self.update()

    def lay(self, letters: BoxLettering) -> None:
        """Take the fonts of a zoom."""
        self._letters = letters
        self._places = letters.rows(self.box, self.width())
        self.update()

    def choose(self, *, on: bool) -> None:
        """Show the box as the chosen one."""
        if self.is_chosen != on:
            self.is_chosen = on
            self.update()

    def row_at(self, spot: QPointF) -> ChartRow | None:
        """Return the row under the mouse that opens records."""
        for place in self._places:
            if place.top <= spot.y() < place.top + place.height and place.row.references:
                return place.row
        return None

    def place_of(self, row: ChartRow) -> QRect:
        """Return where a row lies, for a mouse."""
        place = next(each for each in self._places if each.row is row)
        return QRect(0, round(place.top), self.width(), round(place.height))

    # -- mouse and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be opened."""
        row = self.row_at(event.position())
        if row is not self._hovered:
            self._hovered = row
            shape = Qt.CursorShape.PointingHandCursor if row else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what was under the mouse."""
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the box."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self.box.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the records of the number that was clicked."""
        row = self.row_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and row is not None:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, go to another box on the arrows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            row = next((each for each in self.box.rows if each.references), None)
            if row is not None:
                self.opened.emit(row)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(self.box.key, Qt.Key(event.key()))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the box the keyboard has come to."""
        super().focusInEvent(event)
        self.chosen.emit(self.box.key)

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box and its rows."""
        painter = QPainter(self)
        brush = Brush(painter, self._look)
        self._ground(brush)
        for place in self._places:
            self._row(brush, place)
        painter.end()

    def _ground(self, brush: Brush) -> None:
        look, radius = self._look, self._letters.px(8)
        rect = QRectF(self.rect())
        wrong = self.equation is not None
        brush.box(
            rect,
            look.colour("exclude-soft" if wrong else "surface" if self.box.known else "window"),
            radius=radius,
        )
        if wrong:
            brush.box(rect, None, look.colour("exclude"), radius)
        elif not self.box.known:
            brush.dashed(rect, radius=radius)
        else:
            brush.box(rect, None, look.colour("line-strong"), radius)
        if self.hasFocus() or self.is_chosen:
            wide = look.size("focus") if self.hasFocus() else 1.5
            brush.painter.setPen(QPen(look.colour("accent"), wide))
            brush.painter.setBrush(Qt.BrushStyle.NoBrush)
            brush.painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)

    def _row(self, brush: Brush, place: RowPlace) -> None:
        letters, row, painter = self._letters, place.row, brush.painter
        left = letters.px(12) + letters.indent(row)
        room = self.width() - left - letters.px(12) - place.number_width
        painter.setFont(letters.font(ROLES[row.kind]))
        painter.setPen(self._look.colour(self._words_tone(row)))
        words = QRectF(left, place.top, room, place.height)
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap), row.words)
        if not place.number_width:
            return
        font = letters.font(NUMBER_ROLES[row.kind])
        font.setUnderline(row is self._hovered)
        painter.setFont(font)
        tone = self._number_tone(row)
        painter.setPen(self._look.colour(tone))
        right = self.width() - letters.px(12)
        line = QFontMetricsF(font).height()
        painter.drawText(QRectF(0, place.top, right, line), int(RIGHT), shown(row))
        if icon := icon_of(row):
            side = round(letters.px(13))
            x = right - QFontMetricsF(font).horizontalAdvance(shown(row)) - letters.px(5) - side
            pixmap = self._look.pixmap(icon, "text-3", side, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(x, place.top + (line - side) / 2), pixmap)

    def _words_tone(self, row: ChartRow) -> str:
        if self.equation is not None:
            return "exclude" if row.kind is not RowKind.HEAD else "text"
        return "text" if row.kind is RowKind.HEAD else "text-2"

    def _number_tone(self, row: ChartRow) -> str:
        if self.equation is not None:
            return "exclude"
        if row.value is None:
            return "text-3"
        counted = row.number is not None and row.number.from_records and row.state is NumberState.DERIVED
        return "accent" if counted and row.references else "text"
