"""Whether there is a network, as the system says; asked a moment after the window is shown."""

from PySide6.QtCore import QObject, QTimer, Signal

ASKED_AFTER_MS = 1000


class Online(QObject):
    """Tells whether the system has a network; nothing where the system does not say."""

    changed = Signal(object)
    """True, False, or None where it cannot be known."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=ASKED_AFTER_MS)
        self._pause.timeout.connect(self.ask)

    def start(self) -> None:
        """Ask in a moment; loading the answerer takes 20 ms that the first paint needs more."""
        self._pause.start()

    def ask(self) -> None:
        """Ask the system now, and listen from now on."""
        from PySide6.QtNetwork import QNetworkInformation

        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            self.changed.emit(None)
            return
        system = QNetworkInformation.instance()
        system.reachabilityChanged.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        reach = QNetworkInformation.instance().reachability()
        known = reach != QNetworkInformation.Reachability.Unknown
        online = reach != QNetworkInformation.Reachability.Disconnected
        self.changed.emit(online if known else None)
