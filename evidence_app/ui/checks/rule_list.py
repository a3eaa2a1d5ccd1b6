"""The rules under their levels: a list of two-line rows with headings, for mouse and keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.domain.edit import counted
from evidence_app.services.checks.overview import RuleLine
from evidence_app.services.checks.results import Level
from evidence_app.ui.checks.levels import LEVELS
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.table import NO_PARENT, ROW, Index

EDGE = 20
HEAD, LINE = 38, 47


@dataclass(frozen=True, slots=True)
class LevelHead:
    """The heading over the rules of one level."""

    level: Level
    rules: int


Row = LevelHead | RuleLine


class RuleModel(QAbstractListModel):
    """It shows rules under headings, and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def place_of(self, name: str) -> int:
        """Return the row of a rule by its name, or -1."""
        for at, row in enumerate(self.rows):
            if isinstance(row, RuleLine) and row.rule.name == name:
                return at
        return -1

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that rules can be chosen; headings are passed over."""
        if not index.isValid() or isinstance(self.rows[index.row()], LevelHead):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row for the delegate, or its words for a screen reader."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None


def spoken(row: Row) -> str:
    """Return a row as a screen reader says it."""
    if isinstance(row, LevelHead):
        return f"{LEVELS[row.level].word}, {counted(row.rules, 'rule')}"
    level = LEVELS[row.rule.level].word
    waived = f", {len(row.waived)} waived" if row.waived else ""
    return f"{level}: {row.rule.title}, {len(row.open)} open{waived}. {row.why}"


class RuleDelegate(QStyledItemDelegate):
    """Draws a heading, or a rule: glyph, name, one line why, how many waived, how many open."""

    def __init__(self, look: Look, parent: QAbstractItemView) -> None:
        super().__init__(parent)  # the view does not own its delegate
        self.look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading or of a rule."""
        head = isinstance(index.data(ROW), LevelHead)
        return QSize(100, self.look.px(HEAD if head else LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        painter.save()
        brush = Brush(painter, self.look)
        row = index.data(ROW)
        if isinstance(row, LevelHead):
            self._heading(brush, option.rect, row)
        elif isinstance(row, RuleLine):
            self._rule(brush, option, row)
        painter.restore()

    def _heading(self, brush: Brush, rect: QRect, head: LevelHead) -> None:
        px, shown = self.look.px, LEVELS[head.level]
        inner = rect.adjusted(px(EDGE), px(12), -px(EDGE + 2), 0)
        brush.text(inner, shown.word, "strong")
        beside = inner.adjusted(brush.width(shown.word, "strong") + px(8), 0, -px(70), 0)
        brush.text(beside, shown.meaning, "small", "text-3")
        brush.text(inner, counted(head.rules, "rule"), "small", "text-3", RIGHT)
        brush.hairline(rect)

    def _rule(self, brush: Brush, option: QStyleOptionViewItem, line: RuleLine) -> None:
        px, rect = self.look.px, option.rect
        shown = LEVELS[line.rule.level]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        brush.row(option, bar=True)
        quiet = not line.open
        brush.icon(rect.left() + px(EDGE), rect.top() + px(16), shown.icon, "text-3" if quiet else shown.tone)
        right = self._counts(brush, rect, line)
        left = rect.left() + px(EDGE + 28)
        words = QRect(left, rect.top() + px(6), right - left - px(12), px(18))
        brush.text(words, line.rule.title, "strong" if chosen else "body", "text-3" if quiet else "text")
        brush.text(words.translated(0, px(18)), line.why, "small", "text-3" if quiet else "text-2")
        if option.state & QStyle.StateFlag.State_HasFocus:
            brush.box(rect.adjusted(1, 1, -1, -2), None, self.look.colour("accent"), 3)

    def _counts(self, brush: Brush, rect: QRect, line: RuleLine) -> int:
        """Draw the numbers at the right; return where they begin."""
        px, tone = self.look.px, LEVELS[line.rule.level].tone
        number = f"{len(line.open):,}" if line.found else "–"
        tone = tone if line.open else "text-3"
        brush.text(rect.adjusted(0, 0, -px(EDGE + 2), 0), number, "strong", tone, RIGHT)
        right = rect.right() - px(EDGE + 2) - max(brush.width(number, "strong"), px(20))
        if line.waived:
            words = f"{len(line.waived):,} waived"
            right -= brush.width(words, "caption") + px(22)
            brush.chip(right, rect.center().y(), words)
        return right


class RuleList(QListView):
    """The rules; Enter or Right goes on to what the chosen one found."""

    chosen = Signal(str)
    """The name of the current rule."""
    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._shows = False
        self.rows = RuleModel()
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setItemDelegate(RuleDelegate(look, self))
        self.setAccessibleName("Rules")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        look.changed.connect(self._renew)

    def _renew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def show_rows(self, rows: Sequence[Row], name: str) -> str:
        """Show these rows, of them the rule of this name or the next there is; return its name."""
        before = self.currentIndex().row()
        top = self.verticalScrollBar().value()
        self._shows = True
        self.rows.show(rows)
        at = self.rows.place_of(name)
        if at < 0:
            at = self._nearest(before)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
        self._shows = False
        self.doItemsLayout()
        self.verticalScrollBar().setValue(top)
        return self.current_name()

    def _nearest(self, before: int) -> int:
        rules = [at for at, row in enumerate(self.rows.rows) if isinstance(row, RuleLine)]
        return next((at for at in rules if at >= before), rules[-1] if rules else -1)

    def select(self, name: str) -> bool:
        """Choose a rule and scroll to it; return whether it is listed."""
        at = self.rows.place_of(name)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
            self.scrollTo(self.rows.index(at))
        return at >= 0

    def current_name(self) -> str:
        """Return the name of the current rule, or nothing."""
        at = self.currentIndex().row()
        row = self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None
        return row.rule.name if isinstance(row, RuleLine) else ""

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which rule is current now."""
        super().currentChanged(current, previous)
        if not self._shows:
            self.chosen.emit(self.current_name())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the results on Enter and Right; all else moves the choice."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Home and len(self.rows.rows) > 1:
            self.setCurrentIndex(self.rows.index(1))  # Qt stops at the heading, which cannot be chosen
            self.scrollToTop()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go on to the results."""
        if self.indexAt(event.position().toPoint()) == self.currentIndex():
            self.entered.emit()
