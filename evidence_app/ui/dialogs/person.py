"""Asked once, at the first start: who you are."""

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts


def initials_of(name: str) -> str:
    """Return the first letters of a name, at most three: "Ada de Vries" is AdV."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isalpha())[:3]


class PersonDialog(QDialog):
    """Name and initials: they stand beside every decision and edit of yours."""

    def __init__(self, parts: Parts, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setWindowTitle("Who is reviewing?")
        self.name = _line(parts, "Name", preferences.now.person_name)
        self.initials = _line(parts, "Initials", preferences.now.person_initials)
        self.initials.setMaximumWidth(parts.look.px(96))
        self.initials.setMaxLength(6)
        self.name.textEdited.connect(self._suggest)
        self.name.textChanged.connect(self._allow)
        self.enough = parts.button("Start reviewing", "primary", act=self.accept)
        self.enough.setDefault(True)
        heading = parts.label("Who is reviewing?", "heading")
        why = parts.note(
            "Your name stands beside your decisions and edits, in this file and in those you share. "
            "It is kept on this computer and goes nowhere else.",
            wrap=True,
        )
        form = across(
            down(parts.caption("Name"), self.name, gap=4),
            down(parts.caption("Initials"), self.initials, gap=4),
        )
        form.setStretch(0, 1)
        self.setLayout(
            down(heading, why, 4, form, 8, across(None, self.enough), gap=8, edge=(24, 20, 24, 20))
        )
        self.setMinimumWidth(parts.look.px(440))
        self._allow()

    def accept(self) -> None:
        """Keep who it is."""
        name = self.name.text().strip()
        if name:
            self._preferences.enter_person(name, self.initials.text().strip() or initials_of(name))
            super().accept()

    def _suggest(self, name: str) -> None:
        self.initials.setText(initials_of(name))

    def _allow(self) -> None:
        self.enough.setEnabled(bool(self.name.text().strip()))


def _line(parts: Parts, name: str, value: str) -> QLineEdit:
    line = QLineEdit(value)
    line.setAccessibleName(name)
    line.setFont(parts.look.font("body"))
    return line
