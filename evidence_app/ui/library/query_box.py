"""The search box of the library: completion of fields and values, and what is wrong, in words."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from evidence_app.domain.query import Query, Suggestion, parse_query, suggestions
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.fields import SearchBox
from evidence_app.ui.widgets.laying import across, framed
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Index

ASKED_AT_ONCE = 2
"""From so many letters on the list follows every key; a single letter waits until typing pauses."""
MOST_SUGGESTIONS = 9
SUGGESTION = Qt.ItemDataRole.UserRole
HINT = "Search  author:  year:  theme:"


class _SuggestionDelegate(QStyledItemDelegate):
    """Draws what completion offers, and what it means."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        brush = Brush(painter, self._look)
        brush.row(option)
        suggestion: Suggestion = index.data(SUGGESTION)
        px = self._look.px
        rect: QRect = option.rect.adjusted(px(10), 0, -px(8), 0)
        brush.text(rect, suggestion.text, "small-strong")
        if suggestion.help:
            brush.text(rect.adjusted(px(112), 0, 0, 0), suggestion.help, "small", "text-3")

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a line."""
        return QSize(0, self._look.size("row-compact"))


class QueryBox(QObject):
    """Joins the search box with its completion and the line that says what is wrong."""

    asked = Signal(object)
    """The query as it is now."""

    def __init__(
        self, parts: Parts, known: Callable[[], Mapping[str, Sequence[str]]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._look, self._known = parts.look, known
        self.box: SearchBox = parts.search(HINT, "Search the library", 330)
        self.query = Query("")
        self.problem = parts.label("", "small", "maybe", wrap=True)
        row = across(parts.icon("ph.question-fill", "maybe"), gap=8, edge=(14, 5, 14, 5))
        row.addWidget(self.problem, 1)
        self.strip: QFrame = framed(row, "warning", "maybe")
        self.strip.setVisible(False)
        self._offered: QListWidget | None = None
        self.box.textChanged.connect(self._typed)
        self.box.searched.connect(self._ask)
        self.box.installEventFilter(self)

    def clear(self) -> None:
        """Empty the box and ask for everything."""
        self.box.clear()
        self.box.search_now()

    def show_text(self, text: str) -> None:
        """Put a query into the box and ask it."""
        self.box.setText(text)
        self.box.search_now()
        self.hide_offer()

    def _typed(self, text: str) -> None:
        if len(text.strip()) >= ASKED_AT_ONCE or not text:
            self.box.search_now()
        if self.box.hasFocus():
            self._offer()

    def _ask(self, text: str) -> None:
        self.query = parse_query(text)
        self.problem.setText(" ".join(problem.message for problem in self.query.problems))
        self.strip.setVisible(bool(self.query.problems))
        self.asked.emit(self.query)

    # -- completion

    def _offer(self) -> None:
        text = self.box.text()
        typed = text[: self.box.cursorPosition()]
        known = self._known() if ":" in typed else {}
        found = suggestions(text, len(typed), known)[:MOST_SUGGESTIONS] if text.strip() else []
        found = [each for each in found if typed[each.start :] != each.text]
        if not found:
            self.hide_offer()
            return
        offered = self._offered or self._made()
        offered.clear()
        for suggestion in found:
            line = QListWidgetItem(suggestion.text)
            line.setData(SUGGESTION, suggestion)
            line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{suggestion.text} {suggestion.help}")
            offered.addItem(line)
        self._place(offered)

    def _made(self) -> QListWidget:
        offered = QListWidget(self.box.window())
        offered.setObjectName("panel")
        offered.setAccessibleName("Fields and values to search by")
        offered.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        offered.setItemDelegate(_SuggestionDelegate(self._look, offered))
        offered.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        offered.itemClicked.connect(self._take)
        self._offered = offered
        offered.destroyed.connect(self._gone)
        self.box.destroyed.connect(offered.deleteLater)  # it belongs to the window, which outlives the box
        return offered

    def _gone(self) -> None:
        self._offered = None

    def _place(self, offered: QListWidget) -> None:
        corner = self.box.mapTo(self.box.window(), QPoint(0, self.box.height() + 4))
        height = offered.count() * self._look.size("row-compact") + 4
        offered.setGeometry(corner.x(), corner.y(), max(self.box.width(), self._look.px(380)), height)
        offered.setCurrentRow(-1)
        offered.show()
        offered.raise_()

    def hide_offer(self) -> None:
        """Put the completion away."""
        if self._offered is not None:
            self._offered.hide()

    def _take(self, line: QListWidgetItem) -> None:
        suggestion: Suggestion = line.data(SUGGESTION)
        text = self.box.text()
        rest = text[suggestion.end :]
        if suggestion.text.endswith('"'):
            rest = rest.removeprefix('"')
        whole = suggestion.text if suggestion.text.endswith(":") else f"{suggestion.text} "
        self.box.setText(text[: suggestion.start] + whole + rest.lstrip())
        self.box.setCursorPosition(suggestion.start + len(whole))
        self.box.setFocus()
        self._offer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the completion with the arrow keys, take with Tab or Enter, close with Esc."""
        offered = self._offered
        if offered is not None and offered.isVisible():
            if event.type() == QEvent.Type.FocusOut:
                offered.hide()
            elif event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(
                event, QKeyEvent
            ):
                return self._key(offered, event)
        return super().eventFilter(watched, event)

    def _key(self, offered: QListWidget, event: QKeyEvent) -> bool:
        row = offered.currentRow()
        pressed = event.type() == QEvent.Type.KeyPress
        match event.key():
            case Qt.Key.Key_Down if row < offered.count() - 1:
                if pressed:
                    offered.setCurrentRow(row + 1)
            case Qt.Key.Key_Up if row >= 0:
                if pressed:
                    offered.setCurrentRow(row - 1)
            case Qt.Key.Key_Tab:
                if pressed:
                    self._take(offered.item(max(row, 0)))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if row >= 0:
                if pressed:
                    self._take(offered.item(row))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                offered.hide()
                return False
            case Qt.Key.Key_Escape:
                if pressed:
                    offered.hide()
            case _:
                return False
        event.accept()
        return pressed
