"""The reasons by their number, in one line; those that do not fit are in a menu at its end."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.screening.verdict_button import LeavesArrows, draw_key
from evidence_app.ui.widgets.parts import Parts

GAP, EDGE = 4, 6
LONGEST = 190
BY_KEY = 9


class ReasonButton(LeavesArrows):
    """One reason with its number; pressed once it is given, the first that is given is the main one."""

    def __init__(self, look: Look, place: int, name: str) -> None:
        super().__init__()
        self._look, self.place, self._standing = look, place, 0
        self.setText(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_given(0)

    def show_given(self, standing: int) -> None:
        """Show it as given: 1 is the main reason, more a further one, 0 is not given."""
        self._standing = standing
        self.setChecked(standing > 0)
        said = {0: "", 1: ", the main reason"}.get(standing, ", a further reason")
        self.setAccessibleName(f"Reason {self.place}: {self.text()}{said}")
        self.setToolTip(self.text())
        self.update()

    def nextCheckState(self) -> None:
        """What is given is shown when it is told, not when it is pressed."""

    def sizeHint(self) -> QSize:
        """Return the room for number and name; a long name is shortened."""
        brush, px = Brush(QPainter(), self._look), self._look.px
        words = min(brush.width(self.text(), "small-strong"), px(LONGEST))
        return QSize(words + px(17 + 3 * EDGE + 2), self._look.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw number and name, on a ground where it is given."""
        look, px = self._look, self._look.px
        painter = QPainter(self)
        brush, rect = Brush(painter, look), self.rect()
        if self._standing:
            brush.box(rect, look.colour("accent-soft"), look.colour("accent-line"), 6)
        elif self.underMouse():
            brush.box(rect, look.colour("hover"), None, 6)
        if self.hasFocus():
            brush.box(rect, None, look.colour("accent"), 6)
            brush.box(rect.adjusted(1, 1, -1, -1), None, look.colour("accent"), 5)
        middle = rect.center().y() + 1
        left = px(EDGE)
        if self.place <= BY_KEY:
            draw_key(brush, left + px(17), middle, str(self.place))
            left += px(17 + EDGE)
        role = "small-strong" if self._standing == 1 else "small"
        room = QRect(left, 0, rect.width() - left - px(EDGE) + 2, rect.height())
        brush.text(room, self.text(), role, "text" if self._standing else "text-2")
        painter.end()


class ReasonStrip(QWidget):
    """Reasons in their order. Giving one decides nothing by itself."""

    toggled = Signal(object)
    """The place of the reason that was pressed, from 1."""
    edit_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._look = parts, parts.look
        self.setAccessibleName("Reasons")
        self._head = parts.caption("Reason")
        self._head.setParent(self)
        self._buttons: list[ReasonButton] = []
        self._names: tuple[str, ...] = ()
        self._given: tuple[int, ...] = ()
        self._more = parts.button("", "filter")
        self._more.setParent(self)
        self._menu = QMenu(self._more)
        self._menu.aboutToShow.connect(self._list_hidden)
        self._more.setMenu(self._menu)
        self._edit = parts.button("Choose reasons…", "filter", act=self.edit_asked.emit)
        self._edit.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()

    @property
    def names(self) -> tuple[str, ...]:
        """The reasons that are offered, in order."""
        return self._names

    def offer(self, names: Sequence[str]) -> None:
        """Offer these reasons."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [ReasonButton(self._look, place, name) for place, name in enumerate(names, 1)]
        for button in self._buttons:
            button.setParent(self)
            button.clicked.connect(partial(_press, self, button.place))
        self._edit.setVisible(not names)
        self.show_given(())
        self._order()

    def _order(self) -> None:
        before: QWidget = self
        for button in (*self._buttons, self._more, self._edit):
            if before is not self:
                QWidget.setTabOrder(before, button)
            before = button

    def show_given(self, places: Sequence[int]) -> None:
        """Show which are given, the main one first."""
        self._given = tuple(places)
        for button in self._buttons:
            standing = self._given.index(button.place) + 1 if button.place in self._given else 0
            button.show_given(standing)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(self._look.px(300), self._look.px(28))

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(self._look.px(120), self._look.px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See anew what fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px, width = self._look.px, self.width()
        gap = px(GAP)
        head = self._head.sizeHint().width() + px(8) if self._buttons else 0
        widths = [button.sizeHint().width() + gap for button in self._buttons]
        shown = len(widths)
        while shown and head + sum(widths[:shown]) + _width(self._named(len(widths) - shown)) > width:
            shown -= 1
        last = self._named(len(widths) - shown) if self._buttons else self._edit
        at = max((width - head - sum(widths[:shown]) - _width(last)) // 2, 0)
        self._head.setVisible(bool(self._buttons))
        self._head.setGeometry(at, 0, head, self.height())
        at += head
        for place, button in enumerate(self._buttons):
            button.setVisible(place < shown)
            if place < shown:
                high = button.sizeHint().height()
                button.setGeometry(at, (self.height() - high) // 2, widths[place] - gap, high)
                at += widths[place]
        self._more.setVisible(last is self._more)
        last.setGeometry(at, 0, _width(last), self.height())

    def _named(self, hidden: int) -> QPushButton:
        """Return the button of the menu, named by what is in it."""
        first, last = len(self._buttons) - hidden + 1, len(self._buttons)
        words = f"{first}–{last} more" if hidden > 1 else f"{last} more" if hidden else "Edit…"
        given = sum(place >= first for place in self._given) if hidden else 0
        words += f", {given} given" if given else ""
        if self._more.text() != words:
            self._more.rename(words)
            self._more.setAccessibleName(f"Reasons: {words}")
        return self._more

    def _list_hidden(self) -> None:
        self._menu.clear()
        for button in self._buttons:
            if button.isHidden():
                named = f"{button.place}   {button.text()}" if button.place <= BY_KEY else button.text()
                act = self._menu.addAction(named.replace("&", "&&"), partial(_press, self, button.place))
                act.setCheckable(True)
                act.setChecked(button.place in self._given)
        self._menu.addSeparator()
        self._menu.addAction("Edit the reasons…", self.edit_asked.emit)


def _press(strip: ReasonStrip, place: int, *_: object) -> None:
    strip.toggled.emit(place)


def _width(button: QPushButton) -> int:
    button.ensurePolished()
    return button.sizeHint().width()
