"""The highlighted terms beside the text: a sample of each colour, its words, a switch and the editor."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.paint import CENTRE, Brush
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

NAMES = (("include", "Include"), ("exclude", "Exclude"), ("neutral", "Neutral"))
MOST_SHOWN = 14


class Sample(QWidget):
    """The ground of a kind of terms, with its name on it."""

    def __init__(self, look: Look, kind: str, name: str) -> None:
        super().__init__()
        self._look, self._kind, self._name = look, kind, name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the room for the longest of the names."""
        return QSize(self._look.px(58), self._look.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the word as it is marked in the text; an exclude term is underlined."""
        painter = QPainter(self)
        brush = Brush(painter, self._look)
        width = brush.width(self._name, "small")
        box = QRect(0, 0, width + self._look.px(8), self.height())
        painter.fillRect(box, self._look.colour(f"term-{self._kind}"))
        brush.text(box, self._name, "small", flags=CENTRE)
        if self._kind == "exclude":
            line = QRect(self._look.px(4), self.height() - self._look.px(3), width, 1)
            painter.fillRect(line, self._look.colour("text"))
        painter.end()


class TermsPanel(QWidget):
    """What is marked in the text, by kind."""

    edit_asked = Signal()
    switched = Signal(bool)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: dict[str, tuple[str, ...]] | None = None
        self.switch = QCheckBox("Highlight terms")
        self.switch.setFont(parts.look.font("small"))
        self.switch.setChecked(True)
        self.switch.toggled.connect(self.switched)
        self.edit = parts.button("Edit", "filter", act=self.edit_asked.emit)
        self.edit.setAccessibleName("Edit the highlighted terms")
        self._rows = down(gap=6)
        self.setLayout(down(across(self.switch, None, self.edit), self._rows, gap=6))
        self.show_terms({})

    def show_terms(self, terms: Mapping[str, Sequence[str]]) -> None:
        """Show the terms of each kind."""
        new = {kind: tuple(words) for kind, words in terms.items()}
        if new == self._shown:
            return
        self._shown = new
        emptied(self._rows)
        for kind, name in NAMES:
            words = new.get(kind, ())
            if not words:
                continue
            said = ", ".join(words[:MOST_SHOWN])
            said += f" and {len(words) - MOST_SHOWN} more" if len(words) > MOST_SHOWN else ""
            label = self._parts.label(said, "small", "text-2", wrap=True)
            label.setMinimumWidth(40)
            row = across(down(1, Sample(self._parts.look, kind, name), None, gap=0), gap=8)
            row.addWidget(label, 1)
            self._rows.addLayout(row)
        if not any(new.values()):
            note = self._parts.label(
                "No terms yet. Edit fills them from the searches.", "small", "text-3", wrap=True
            )
            note.setMinimumWidth(40)
            self._rows.addWidget(note)
