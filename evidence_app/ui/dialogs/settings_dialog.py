"""The settings: who you are, Crossref, and how the window looks. Each is kept at once."""

from PySide6.QtWidgets import QComboBox, QLayout, QLineEdit, QWidget

from evidence_app.ui.dialogs.person import initials_of
from evidence_app.ui.settings import CROSSREF, TEXT_SIZES, Preferences
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
DENSITIES = (("compact", "Compact"), ("normal", "Normal"), ("comfortable", "Comfortable"))


class SettingsDialog(PanelDialog):
    """Every setting with what it means; there is nothing to confirm."""

    def __init__(self, parts: Parts, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parts, "Settings", "Each is kept at once.", size=(520, 720), parent=parent)
        self._parts, self._preferences = parts, preferences
        now = preferences.now
        self.name = self._line("Name", now.person_name)
        self.initials = self._line("Initials", now.person_initials)
        self.address = self._line("Contact address", now.contact_address)
        self.crossref = self._line("Crossref address", now.crossref_url)
        self.theme = parts.segments("Light or dark", THEMES, now.theme)
        self.density = parts.segments("Height of rows", DENSITIES, now.density)
        self.text_size = QComboBox()
        self.text_size.setAccessibleName("Text size")
        for size in TEXT_SIZES:
            self.text_size.addItem(f"{size} %", size)
        self.text_size.setCurrentIndex(max(0, self.text_size.findData(now.text_size)))
        self._listen()
        form = down(
            *self._person(), 12, *self._network(), 12, *self._look(), None, gap=6, edge=(24, 14, 24, 8)
        )
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(scrolled(form), share=1)
        close = parts.button("Close", "plain", act=self.accept)
        close.setDefault(True)
        self.offer(close)
        self.name.setFocus()

    def _line(self, name: str, value: str) -> QLineEdit:
        line = QLineEdit(value)
        line.setAccessibleName(name)
        line.setFont(self._parts.look.font("body"))
        return line

    def _listen(self) -> None:
        for line in (self.name, self.initials):
            line.editingFinished.connect(self._keep_person)
        for line in (self.address, self.crossref):
            line.editingFinished.connect(self._keep_network)
        self.theme.chosen.connect(self._keep_look)
        self.density.chosen.connect(self._keep_look)
        self.text_size.currentIndexChanged.connect(self._keep_look)

    def _person(self) -> list[QWidget | QLayout]:
        parts = self._parts
        note = (
            "Stands beside your decisions and edits; a review that knows you keeps the name it has. "
            "Is somebody else at this computer? “Somebody else works here…”, at your name in the rail."
        )
        return [
            parts.label("You", "title"), parts.caption("Name"), self.name,
            parts.caption("Initials"), self.initials, parts.note(note, wrap=True),
        ]  # fmt: skip

    def _network(self) -> list[QWidget | QLayout]:
        parts = self._parts
        note = (
            "With an address Crossref answers faster and can write to you when something goes wrong. "
            "It is sent with every request; leave it empty and none is sent."
        )
        return [
            parts.label("Crossref", "title"), parts.caption("Contact address"), self.address,
            parts.note(note, wrap=True), parts.caption("Address of the service"), self.crossref,
        ]  # fmt: skip

    def _look(self) -> list[QWidget | QLayout]:
        parts = self._parts
        return [
            parts.label("Look", "title"), parts.caption("Light or dark"), across(self.theme, None),
            parts.caption("Text size"), across(self.text_size, None), parts.caption("Height of rows"),
            across(self.density, None),
        ]  # fmt: skip

    def _keep_person(self) -> None:
        name = self.name.text().strip()
        if name:
            self._preferences.enter_person(name, self.initials.text().strip() or initials_of(name))

    def _keep_network(self) -> None:
        url = self.crossref.text().strip().rstrip("/") or CROSSREF
        self._preferences.change(contact_address=self.address.text().strip(), crossref_url=url)

    def _keep_look(self) -> None:
        self._preferences.change(
            theme=self.theme.choice, density=self.density.choice, text_size=self.text_size.currentData()
        )
