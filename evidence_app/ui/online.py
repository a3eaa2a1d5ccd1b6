"""Whether there is a network, as the system says, and whether Crossref answered when it was asked."""

from datetime import datetime

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


class Network(QObject):
    """What is known of the network: what the system says, and how the last contact with Crossref went."""

    changed = Signal()
    _noted = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.online: bool | None = None
        self.unreachable: datetime | None = None
        """When Crossref was asked last without an answer; None after a success."""
        self._noted.connect(self._note)

    def show_online(self, online: bool | None) -> None:
        """Take what the system says; None where it says nothing."""
        self.online = online
        self.changed.emit()

    def crossref_told(self, reached: bool) -> None:
        """Take whether Crossref was reached; may be called in any thread."""
        self._noted.emit(reached)

    def _note(self, reached: bool) -> None:
        if not reached or self.unreachable is not None:
            self.unreachable = None if reached else datetime.now()
            self.changed.emit()
