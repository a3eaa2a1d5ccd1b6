"""What the whole application wears: the look of the settings, or of the system while it is followed."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from evidence_app.ui.look import Density, Look
from evidence_app.ui.settings import Preferences
from evidence_app.ui.style import wear

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Appearance(QObject):
    """Keeps the look as the settings, or the system, say; `look.changed` tells the rest."""

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__(preferences)
        self._application, self._preferences = application, preferences
        self._hints = application.styleHints()
        self.look = Look(parent=self)
        self._follow()
        wear(application, self.look)
        self._hints.colorSchemeChanged.connect(self._follow)
        preferences.changed.connect(self._settings_changed)
        self.look.changed.connect(self._wear)

    def _settings_changed(self, names: frozenset[str]) -> None:
        if names & {"theme", "text_size", "density"}:
            self._follow()

    def _follow(self) -> None:
        now = self._preferences.now
        if self._hints.colorScheme() != _SCHEMES[now.theme] and now.theme != "system":
            self._hints.setColorScheme(_SCHEMES[now.theme])
        elif now.theme == "system":
            self._hints.unsetColorScheme()
        dark = now.theme == "dark"
        if now.theme == "system":
            dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        density: Density = now.density  # type: ignore[assignment]
        self.look.change(dark=dark, scale=now.text_size / 100, density=density)

    def _wear(self) -> None:
        wear(self._application, self.look)
