"""Before records are ranked: the rule by which screening stops is chosen and written down."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QRadioButton, QSpinBox, QWidget

from evidence_app.ui.screening.dialog_parts import scrolling, spin_box
from evidence_app.ui.screening.line_editor import TypedText
from evidence_app.ui.widgets.laying import across, down, fill
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

FACT = (
    "It is kept with the time and your name, printed with the methods, and cannot be changed while you rank."
)


@dataclass(frozen=True, slots=True)
class OfferedRule:
    """A stopping rule: its key, its words, what its number is and what it may be."""

    key: str
    words: str
    number: str
    least: int
    most: int
    usual: int
    suffix: str
    about: str


@dataclass(frozen=True, slots=True)
class ChosenRule:
    """The rule, its number, and why."""

    key: str
    threshold: int
    note: str


class RankDialog(PanelDialog):
    """Accepted once a rule is chosen and its reason is written."""

    keeps_words = True

    def __init__(self, parts: Parts, rules: Sequence[OfferedRule], parent: QWidget) -> None:
        super().__init__(parts, "When do you stop?", FACT, size=(640, 500), parent=parent)
        self.rules = tuple(rules)
        body = down(gap=4)
        self.choices: dict[str, QRadioButton] = {}
        self.numbers: dict[str, QSpinBox] = {}
        for rule in rules:
            choice = QRadioButton(rule.words)
            choice.setFont(parts.look.font("strong"))
            choice.toggled.connect(self._allow)
            name = f"{rule.words}: {rule.number}"
            number = spin_box(parts.look, name, rule.least, rule.most, rule.usual, rule.suffix)
            about = parts.label(rule.about, "small", "text-2", wrap=True)
            about.setMinimumWidth(40)
            self.choices[rule.key], self.numbers[rule.key] = choice, number
            inset = across(22, gap=0)
            inset.addLayout(down(about, across(parts.note(rule.number), number, None), gap=4), 1)
            fill(body, (choice, inset, 6))
        caption = parts.caption("Why this rule")
        self.note = TypedText(parts.look, "Why this rule", "", "Say it as you would in the methods", 2)
        caption.setBuddy(self.note)
        self.note.textChanged.connect(self._allow)
        fill(body, (4, caption, self.note, None))
        self.put(scrolling(body), share=1)
        self.start = parts.button("Write it down and start", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.start)
        self._allow()

    def chosen(self) -> ChosenRule | None:
        """Return the rule, once one is chosen and its reason is written."""
        note = " ".join(self.note.toPlainText().split())
        key = next((key for key, choice in self.choices.items() if choice.isChecked()), "")
        return ChosenRule(key, self.numbers[key].value(), note) if key and note else None

    def _allow(self) -> None:
        self.start.setEnabled(self.chosen() is not None)
        chosen = next((key for key, choice in self.choices.items() if choice.isChecked()), "")
        for key, number in self.numbers.items():
            number.setEnabled(key == chosen)
