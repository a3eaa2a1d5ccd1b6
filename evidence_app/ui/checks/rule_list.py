"""The rules under their levels: a list of two-line rows with headings, for mouse and keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from evidence_app.domain.edit import counted
from evidence_app.services.checks.overview import RuleLine
from evidence_app.services.checks.results import Level
from evidence_app.ui.checks.levels import LEVELS
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.headed_list import HeadedDelegate, HeadedList, HeadedModel, is_chosen

EDGE = 20


@dataclass(frozen=True, slots=True)
class LevelHead:
    """The heading over the rules of one level."""

    level: Level
    rules: int


Row = LevelHead | RuleLine


def spoken(row: Row) -> str:
    """Return a row as a screen reader says it."""
    if isinstance(row, LevelHead):
        return f"{LEVELS[row.level].word}, {counted(row.rules, 'rule')}"
    level = LEVELS[row.rule.level].word
    waived = f", {len(row.waived)} waived" if row.waived else ""
    return f"{level}: {row.rule.title}, {len(row.open)} open{waived}. {row.why}"


class RuleDelegate(HeadedDelegate):
    """Draws a heading, or a rule: glyph, name, one line why, how many waived, how many open."""

    def draw_heading(self, brush: Brush, rect: QRect, head: LevelHead) -> None:
        """Draw the name of a level, what it means, and how many rules it has."""
        px, shown = self.look.px, LEVELS[head.level]
        inner = rect.adjusted(px(EDGE), px(12), -px(EDGE + 2), 0)
        brush.text(inner, shown.word, "strong")
        beside = inner.adjusted(brush.width(shown.word, "strong") + px(8), 0, -px(70), 0)
        brush.text(beside, shown.meaning, "small", "text-3")
        brush.text(inner, counted(head.rules, "rule"), "small", "text-3", RIGHT)
        brush.hairline(rect)

    def draw_row(self, brush: Brush, option: QStyleOptionViewItem, line: RuleLine) -> None:
        """Draw a rule and what it found."""
        px, rect = self.look.px, option.rect
        shown = LEVELS[line.rule.level]
        quiet = not line.open
        brush.icon(rect.left() + px(EDGE), rect.top() + px(16), shown.icon, "text-3" if quiet else shown.tone)
        right = self._counts(brush, rect, line)
        left = rect.left() + px(EDGE + 28)
        words = QRect(left, rect.top() + px(6), right - left - px(12), px(18))
        brush.text(
            words, line.rule.title, "strong" if is_chosen(option) else "body", "text-3" if quiet else "text"
        )
        brush.text(words.translated(0, px(18)), line.why, "small", "text-3" if quiet else "text-2")

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


class RuleList(HeadedList):
    """The rules; Enter or Right goes on to what the chosen one found."""

    chosen = Signal(str)
    """The name of the current rule."""
    entered = Signal()

    def __init__(self, look: Look) -> None:
        self.rows = HeadedModel(LevelHead, spoken)
        super().__init__(look, self.rows, "Rules")
        self.setItemDelegate(RuleDelegate(look, self))

    def show_rows(self, rows: Sequence[Row], name: str) -> str:
        """Show these rows, of them the rule of this name or the next there is; return its name."""
        before = self.currentIndex().row()
        top = self.verticalScrollBar().value()
        self._shows = True
        self.rows.show(rows)
        at = self._place_of(name)
        if at < 0:
            at = self._nearest(before)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
        self._shows = False
        self.doItemsLayout()
        self.verticalScrollBar().setValue(top)
        return self.current_name()

    def _place_of(self, name: str) -> int:
        return self.rows.place_where(lambda row: isinstance(row, RuleLine) and row.rule.name == name)

    def _nearest(self, before: int) -> int:
        rules = [at for at, row in enumerate(self.rows.rows) if isinstance(row, RuleLine)]
        return next((at for at in rules if at >= before), rules[-1] if rules else -1)

    def select(self, name: str) -> bool:
        """Choose a rule and scroll to it; return whether it is listed."""
        return self.go_to(self._place_of(name))

    def current_name(self) -> str:
        """Return the name of the current rule, or nothing."""
        row = self.current_row()
        return row.rule.name if isinstance(row, RuleLine) else ""

    def tell_current(self) -> None:
        """Tell which rule is current."""
        self.chosen.emit(self.current_name())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the results on Enter and Right; all else moves the choice."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go on to the results."""
        if self.indexAt(event.position().toPoint()) == self.currentIndex():
            self.entered.emit()
