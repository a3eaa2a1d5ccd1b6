"""Dialogs of our own stand over the window they are asked in."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from evidence_app.ui.messages import Messages
from evidence_app.ui.widgets.panel_dialog import PanelDialog, Veil
from evidence_app.ui.widgets.parts import Parts


def test_a_dialog_made_without_a_window_dims_the_one_it_is_asked_in(parts: Parts) -> None:
    window = QWidget()
    window.resize(900, 700)
    window.show()
    messages = Messages(lambda: window, parts)
    dialog = PanelDialog(parts, "Which one?")
    seen: list[tuple[QWidget | None, int]] = []

    def look() -> None:
        seen.append((dialog.parentWidget(), len(window.findChildren(Veil))))
        dialog.accept()

    QTimer.singleShot(0, look)
    assert messages.show(dialog)
    assert seen == [(window, 1)]
    window.close()
    window.deleteLater()
