"""The rail on the left: the steps of a review in their order."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.registry import GROUPS, ScreenSpec
from evidence_app.ui.shell.commands import screen_specs
from evidence_app.ui.widgets.labels import Label
from evidence_app.ui.widgets.laying import scrolled


class Count(NamedTuple):
    """A number beside a screen's name; work that waits is in accent."""

    number: int
    waits: bool = False


PART_OF = {"board": "themes"}
"""Screens that are another view of one on the rail."""


class RailButton(QAbstractButton):
    """One step: icon, name and count, or the icon alone where the rail is slim."""

    def __init__(self, look: Look, name: str, icon: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self._slim = False
        self.key = ""
        """The shortcut that goes there, for the tool tip."""
        self._count: Count | None = None
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_count(self, count: Count | None) -> None:
        """Show how much there is, or nothing."""
        self._count = count
        name = self.text() if count is None else f"{self.text()}, {count.number:,}"
        self.setAccessibleName(f"{name} waiting" if count and count.waits else name)
        self.update()

    def set_slim(self, slim: bool) -> None:
        """Show the icon alone, with the name as tool tip, or both."""
        self._slim = slim
        key = f"  ({self.key})" if self.key else ""
        self.setToolTip(f"{self.text()}{key}" if slim or key else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of a step."""
        return QSize(self._look.px(36), self._look.px(30))

    def minimumSizeHint(self) -> QSize:
        """Return the least height: in a low window the steps stand closer."""
        return QSize(self._look.px(36), self._look.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the step; the chosen one is a card, the one with the focus has a ring."""
        look, px = self._look, self._look.px
        painter = QPainter(self)
        brush = Brush(painter, look)
        rect, middle = self.rect(), self.rect().center().y() + 1
        chosen = self.isChecked()
        if chosen:
            brush.box(rect, look.colour("surface"), look.colour("line-strong"), 6)
        elif self.underMouse():
            brush.box(rect, look.colour("pressed"), None, 6)
        if self.hasFocus():
            brush.box(rect.adjusted(1, 1, -1, -1), None, look.colour("accent"), 6)
            brush.box(rect, None, look.colour("accent"), 6)
        icon = self._icon + "-fill" * chosen
        brush.icon(px(9), middle, icon, "accent" if chosen else "text-2", 18)
        if self._slim:
            self._draw_dot(brush, rect)
        else:
            self._draw_name(brush, rect, chosen)
        painter.end()

    def _draw_dot(self, brush: Brush, rect: QRect) -> None:
        if self._count is not None and self._count.waits and self._count.number:
            brush.dot(rect.right() - 6, rect.top() + 6, self._look.colour("accent"), 3)

    def _draw_name(self, brush: Brush, rect: QRect, chosen: bool) -> None:
        px = self._look.px
        count = self._count
        number = f"{count.number:,}" if count is not None else ""
        waits = count is not None and count.waits and count.number > 0
        room = brush.width(number, "small-strong") + px(12) if number else 0
        tone = "text" if chosen else "text-2"
        brush.text(rect.adjusted(px(36), 0, -room, 0), self.text(), "strong" if chosen else "body", tone)
        role, tone = ("small-strong", "accent") if waits else ("small", "text-3")
        brush.text(rect.adjusted(0, 0, -px(9), 0), number, role, tone, RIGHT)


class ReviewButton(QAbstractButton):
    """The review's name at the top of the rail; pressed, it offers other projects."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._slim = False
        self._lines = ("Evidence Desk", "")
        self.setAccessibleName("Project")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_review(self, title: str, second: str = "") -> None:
        """Show the short title in two lines."""
        self._lines = (title, second)
        self.setAccessibleName(f"Project: {title} {second}".strip())
        self.setToolTip(f"{title} {second}".strip())
        self.update()

    def set_slim(self, slim: bool) -> None:
        """Show the mark alone, or the name too."""
        self._slim = slim
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the header."""
        return QSize(self._look.px(36), self._look.size("header"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark and the name."""
        look, px = self._look, self._look.px
        painter = QPainter(self)
        brush = Brush(painter, look)
        side = px(24)
        mark = QRect(px(14), (self.height() - side) // 2, side, side)
        brush.box(mark, look.colour("accent-fill"), radius=6)
        brush.icon(mark.left() + px(4), mark.center().y() + 1, "ph.quotes-fill", "on-accent")
        if self.hasFocus():
            brush.box(self.rect().adjusted(4, 4, -4, -4), None, look.colour("accent"), 6)
        if not self._slim:
            first, second = self._lines
            room, middle = self.width() - px(48) - px(24), self.height() // 2
            high = px(18)
            if second:
                brush.text(QRect(px(48), middle - high, room, high), first, "strong")
                brush.text(QRect(px(48), middle, room, high), second, "caption", "text-3")
            else:
                brush.text(QRect(px(48), middle - high // 2, room, high), first, "strong")
            brush.icon(self.width() - px(22), middle, "ph.caret-down", "text-3", 12)
        painter.end()


class Rail(QWidget):
    """The steps of a review; Up and Down go from one to the next, Enter or Space opens it."""

    chosen = Signal(str)

    def __init__(self, look: Look, screens: Sequence[ScreenSpec]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Screens")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self.review = ReviewButton(look)
        self.person = RailButton(look, "", "ph.user")
        self.person.setCheckable(False)
        self.settings = RailButton(look, "Settings", "ph.gear")
        self.settings.setCheckable(False)
        self._buttons: dict[str, RailButton] = {}
        self._keys = {spec.name: command.shortcut for spec, command in screen_specs(screens)}
        self._groups: list[tuple[Label, QFrame]] = []
        steps = QVBoxLayout()
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(look.px(2))
        for group in GROUPS:
            self._add_group(steps, group, [spec for spec in screens if spec.group == group])
        steps.addStretch(1)
        self._steps = scrolled(steps, "rail")
        self._steps.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, look.px(10))
        column.setSpacing(look.px(2))
        column.addWidget(self.review)
        column.addWidget(self._steps, 1)
        self._add(column, self.person)
        self._add(column, self.settings)
        self.set_slim(False)
        look.changed.connect(self.update)

    def _add_group(self, column: QVBoxLayout, name: str, screens: Sequence[ScreenSpec]) -> None:
        if not screens:
            return
        px = self._look.px
        caption = Label(self._look, name, "caption", "text-3")
        caption.setContentsMargins(px(18), 0, px(18), 0)
        caption.setFixedHeight(px(21))
        line = QFrame()
        line.setObjectName("rule-strong")
        line.setFixedHeight(1)
        column.addSpacing(px(9))
        column.addWidget(caption)
        column.addWidget(line)
        self._groups.append((caption, line))
        for spec in screens:
            button = RailButton(self._look, spec.title, spec.icon)
            button.setObjectName(spec.name)
            button.key = self._keys.get(spec.name, "")
            button.clicked.connect(self._tell)
            self._buttons[spec.name] = button
            self._add(column, button)

    def _add(self, column: QVBoxLayout, button: RailButton) -> None:
        inset = QVBoxLayout()
        inset.setContentsMargins(self._look.px(8), 0, self._look.px(7), 0)
        inset.addWidget(button)
        column.addLayout(inset)

    def _tell(self) -> None:
        button = self.sender()
        if button is not None:
            self.show_chosen(button.objectName())
            self.chosen.emit(button.objectName())

    def show_chosen(self, name: str) -> None:
        """Show which screen is in the window; none of them where it stands beside the way."""
        shown = PART_OF.get(name, name)
        for other, button in self._buttons.items():
            button.setChecked(other == shown)
        self._show_checked()

    def _show_checked(self) -> None:
        """Scroll to the screen that is shown, where the window is too low for all of them."""
        for button in self._buttons.values():
            if button.isChecked():
                self._steps.ensureWidgetVisible(button, 0, self._look.px(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen screen in sight."""
        super().resizeEvent(event)
        self._show_checked()

    def show_counts(self, counts: Mapping[str, Count]) -> None:
        """Show how much there is on each screen."""
        for name, button in self._buttons.items():
            button.show_count(counts.get(name))

    def show_person(self, name: str) -> None:
        """Say who works here."""
        self.person.setText(name or "Reviewer")
        self.person.setAccessibleName(f"Working as {name or 'Reviewer'}")
        self.person.update()

    def set_slim(self, slim: bool) -> None:
        """Show icons alone, or names and counts too."""
        self.setFixedWidth(self._look.size("rail-slim" if slim else "rail"))
        self.review.set_slim(slim)
        for button in (*self._buttons.values(), self.person, self.settings):
            button.set_slim(slim)
        for caption, line in self._groups:
            caption.setVisible(not slim)
            line.setVisible(slim)
