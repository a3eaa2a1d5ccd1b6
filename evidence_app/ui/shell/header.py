"""The header over a screen: its title, one fact, and what the screen offers."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.screen import Screen
from evidence_app.ui.shell.key_tips import name_keys
from evidence_app.ui.widgets.focus_order import order_focus_after
from evidence_app.ui.widgets.labels import ElidedLabel, Label
from evidence_app.ui.widgets.laying import across


class Header(QFrame):
    """Shows what the screen in the window says of itself; Tab comes to it from the part before it."""

    def __init__(self, look: Look, after: QWidget) -> None:
        super().__init__()
        self._after = after
        self.setObjectName("header")
        self.setFixedHeight(look.size("header"))
        self._title = Label(look, "", "title")
        self._detail = ElidedLabel(look, "", "small", "text-3")
        self._acts: dict[int, QWidget] = {}
        self._row: QHBoxLayout = across(self._title, gap=8, edge=(20, 0, 14, 0))
        self._row.addWidget(self._detail, 1)
        self.setLayout(self._row)

    def take_in(self, screen: Screen) -> None:
        """Make room for the acts of a new screen."""
        acts = QWidget()
        acts.setLayout(across(*screen.header_parts(), gap=8))
        acts.hide()
        self._row.addWidget(acts)
        self._acts[id(screen)] = acts
        order_focus_after(self._after, acts)
        name_keys(screen, acts)

    def show_screen(self, screen: Screen) -> None:
        """Show title, fact and acts of this screen."""
        self._title.setText(screen.title())
        self._detail.setText(screen.detail())
        for number, acts in self._acts.items():
            acts.setVisible(number == id(screen))

    def forget(self) -> None:
        """Let go of the acts of all screens."""
        for acts in self._acts.values():
            self._row.removeWidget(acts)
            acts.hide()
            acts.deleteLater()
        self._acts.clear()
