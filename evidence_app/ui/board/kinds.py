"""What sort of theme a card is: said in the inspector, in the menu of the card, or with a key."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from evidence_app.domain.board import KIND_WORDS, BoardTheme
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.services.synthesis.themes import change_theme
from evidence_app.storage.applied import Applied
from evidence_app.ui.board.canvas import BoardCanvas
from evidence_app.ui.screen import ScreenContext


class KindActs(QObject):
    """Sets the kind of the chosen theme."""

    def __init__(self, context: ScreenContext, canvas: BoardCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._canvas = context, canvas

    def set_kind(self, theme: BoardTheme, kind: ThemeKind) -> None:
        """Make a theme overarching or analytic, or a group or topic of it."""
        now = self._canvas.board.by_id.get(theme.id)
        if now is None or now.theme.kind is kind:
            return
        edit = change_theme(now.theme, replace(now.theme, kind=kind))
        self._context.project.do(edit, partial(self._tell, _told(now, kind)))

    def _tell(self, said: str, _applied: Applied) -> None:
        self._context.say(said, undo=True)

    def menu(self) -> QMenu | None:
        """Return the kinds the chosen theme can have, as a menu; None where a code is chosen, or nothing."""
        theme = self._chosen()
        if theme is None:
            return None
        menu = QMenu("Kind", self._canvas)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, word in KIND_WORDS.items():
            act = menu.addAction(f"&{word}")
            act.setData(kind)
            act.setCheckable(True)
            act.setChecked(kind is theme.theme.kind)
            if act.isChecked():
                menu.setActiveAction(act)
        menu.triggered.connect(self._take)
        return menu

    def ask(self) -> None:
        """Offer the kinds beside the card that is chosen."""
        menu, key = self.menu(), self._canvas.current
        if menu is None or key is None:
            self._context.say("A code has no kind. Choose a theme or a group.")
            return
        card = self._canvas.cards[key]
        menu.popup(card.mapToGlobal(QPoint(card.width() // 8, card.height())))

    def _take(self, act: QAction) -> None:
        theme = self._chosen()
        if theme is not None:
            self.set_kind(theme, ThemeKind(act.data()))

    def _chosen(self) -> BoardTheme | None:
        key = self._canvas.current
        return self._canvas.board.by_id.get(key.row) if key is not None and key.kind != "code" else None


def _told(theme: BoardTheme, kind: ThemeKind) -> str:
    if kind is ThemeKind.OVERARCHING:
        return (
            f"“{theme.name}” is overarching now. Drag themes onto it, or press L on one, to make subthemes."
        )
    what = {ThemeKind.ANALYTIC: "an analytic theme", ThemeKind.DESCRIPTIVE: "a group"}.get(kind, "a topic")
    return f"“{theme.name}” is {what} now"
