"""Alt shows the menu bar and Alt again hides it, where no other key or button comes between."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QMenuBar

_SPOILS = (
    QEvent.Type.Shortcut,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.WindowDeactivate,
)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class MenuKey(QObject):
    """Watches one menu bar: shown by Alt it has the keyboard, and it hides when that goes elsewhere."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._alone = self._shown = False
        bar.installEventFilter(self)

    def pressed(self, event: QKeyEvent) -> None:
        """Begin to watch what comes before Alt is released."""
        if event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat() and not self._alone:
            self._alone, self._shown = True, self._bar.isVisible()
            _application().installEventFilter(self)

    def released(self, event: QKeyEvent) -> None:
        """Show or hide the menu bar if nothing but Alt was pressed."""
        if event.key() != Qt.Key.Key_Alt or event.isAutoRepeat():
            return
        alone = self._alone
        self._stop()
        if alone and not self._bar.isNativeMenuBar():
            self._bar.setVisible(not self._shown)
            if not self._shown:
                self._give_keyboard()

    def _give_keyboard(self) -> None:
        """Let Qt see Alt once more: it gives the keyboard to a menu bar only if it was visible before."""
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease):
            alt = QKeyEvent(kind, Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier)
            _application().sendEvent(self._bar.window(), alt)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See what spoils Alt, and when the bar loses the keyboard; nothing is kept from anybody."""
        if isinstance(event, QFocusEvent):
            if event.lostFocus() and watched is self._bar and event.reason() not in _STAYS:
                self._bar.hide()
        elif event.type() in _SPOILS or (event.type() in _KEYS and not _is_alt(event)):
            self._stop()
        return False

    def _stop(self) -> None:
        if self._alone:
            self._alone = False
            _application().removeEventFilter(self)


def _is_alt(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None
    return application
