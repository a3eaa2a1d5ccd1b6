"""Picking a theme: where findings go, or what a theme stands under."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem

from evidence_app.domain.reference import folded
from evidence_app.domain.synthesis import Theme, colour_places, outline
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

THEME = Qt.ItemDataRole.UserRole


class ThemeDialog(QDialog):
    """A filter above the outline; Enter takes the theme that is chosen."""

    def __init__(
        self, parts: Parts, title: str, act: str, themes: Sequence[Theme], offered: Sequence[int]
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.theme: int | None = None
        look = parts.look
        places = colour_places(themes)
        self._lines = [line for line in outline(themes) if line.theme.id in set(offered)]
        self._filter = parts.search("Type a few letters", "Filter the themes", 380)
        self._filter.textChanged.connect(self._show)
        self._filter.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName("Themes")
        self._list.setFont(look.font("body"))
        self._list.setMinimumSize(look.px(380), look.px(320))
        self._list.itemActivated.connect(self.take)
        self.nothing = parts.note("", wrap=True)
        self._pictures = {theme: _dot(look, place) for theme, place in places.items()}
        self._take = parts.button(act, "primary", "", self.take)
        cancel = parts.button("Cancel", "plain", "", self.reject)
        self.setLayout(
            down(
                parts.label(title, "title"), self._filter, self._list, self.nothing,
                across(None, cancel, self._take), gap=10,
                edge=(18, 16, 18, 14),
            )
        )  # fmt: skip
        self._show()

    def _show(self) -> None:
        words = folded(self._filter.text()).split()
        self._list.clear()
        for line in self._lines:
            if all(word in folded(line.theme.name) for word in words):
                entry = QListWidgetItem("    " * line.depth + line.theme.name)
                entry.setData(THEME, line.theme.id)
                entry.setIcon(self._pictures.get(line.theme.id, QIcon()))
                self._list.addItem(entry)
        self._list.setCurrentRow(0)
        found = self._list.count() > 0
        self._take.setEnabled(found)
        self.nothing.setVisible(not found)
        self.nothing.setText(
            "No theme has these words in its name. Try fewer letters."
            if self._lines
            else "There is no other theme it can go to."
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the list from the filter, and take with Enter."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key())
            if step is not None:
                row = self._list.currentRow() + step
                self._list.setCurrentRow(min(max(row, 0), self._list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)

    def choose(self, theme: int) -> None:
        """Choose this theme in the list."""
        for row in range(self._list.count()):
            if self._list.item(row).data(THEME) == theme:
                self._list.setCurrentRow(row)

    def take(self) -> None:
        """Take the theme that is chosen."""
        entry = self._list.currentItem()
        if entry is not None:
            self.theme = entry.data(THEME)
            self.accept()


def _dot(look: Look, place: int) -> QIcon:
    side = look.px(16)
    picture = QPixmap(side * 2, side * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    Brush(painter, look).theme_dot(look.px(3), side // 2, place)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
