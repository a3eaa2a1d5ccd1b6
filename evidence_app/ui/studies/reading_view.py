"""Reading a full text beside the criteria, and deciding on it with the keys of screening."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app.domain.reference import plain
from evidence_app.domain.screening import ExclusionReason, Stage, Verdict
from evidence_app.services.screening.deciding import decide
from evidence_app.services.studies.retrieval import FullTextLine
from evidence_app.storage import highlight_terms, screening
from evidence_app.storage.studies import document_text
from evidence_app.ui.studies.desk import Desk
from evidence_app.ui.widgets.buttons import Button
from evidence_app.ui.widgets.laying import across, down, emptied, framed, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog

SIDE = 300
TONES = {"include": "include", "exclude": "exclude", "maybe": "maybe"}


class ReadingDialog(PanelDialog):
    """Text left, criteria and reasons right; I and E decide, 1 to 9 give the reason, arrows go on."""

    def __init__(self, desk: Desk, line: FullTextLine, parent: QWidget) -> None:
        super().__init__(desk.context.parts, line.reference.short_label, " ", size=(1180, 820), parent=parent)
        self.desk = desk
        self._lines: Sequence[FullTextLine] = desk.held.full_texts if desk.held is not None else (line,)
        ids = [each.reference.id for each in self._lines]
        self._at = ids.index(line.reference.id) if line.reference.id in ids else 0
        self.reason: int | None = None
        parts = self.parts
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Full text")
        self.text.setFont(parts.look.font("reading"))
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._criteria: QVBoxLayout = down(gap=6)
        self._reasons: QVBoxLayout = down(gap=3)
        self.buttons: list[Button] = []
        self.said = parts.label("", "small", "text-2", wrap=True)
        self.said.setMinimumWidth(40)
        self.state = parts.chip("", "neither")
        side = scrolled(down(across(self.state, None), self.said, parts.rule(), self._criteria, parts.rule(),
                             parts.caption("Main reason"), self._reasons, None, gap=8,
                             edge=(14, 4, 8, 8)))  # fmt: skip
        side.setFixedWidth(parts.look.px(SIDE))
        row = across(gap=12)
        row.addWidget(self.text, 1)
        row.addWidget(framed(down(side, gap=0), ""))
        self.body.addLayout(row, 1)
        self.exclude = parts.button("Exclude", "plain", "ph.x", self._exclude)
        self.include = parts.button("Include", "primary", "ph.check", self._include)
        self.offer(parts.button("Close", "plain", act=self.accept), self.exclude, self.include)
        self.hint((("I", "include"), ("E", "exclude"), ("1–9", "reason"), ("← →", "other reports")))
        self._fill_criteria()
        self._show()

    @property
    def line(self) -> FullTextLine:
        """The report that is shown."""
        return self._lines[self._at]

    def _fill_criteria(self) -> None:
        parts = self.parts
        for each in highlight_terms.criteria(self.desk.context.project.reader):
            words = parts.label(f"{each.code}  {each.text}", "small", wrap=True)
            words.setMinimumWidth(40)
            icon = parts.icon(
                "ph.check" if each.includes else "ph.x", "include" if each.includes else "exclude", 13
            )
            row = across(down(2, icon, None, gap=0), gap=8)
            row.addWidget(words, 1)
            self._criteria.addLayout(row)
        if not self._criteria.count():
            self._criteria.addWidget(
                parts.label("No criteria are written down yet.", "small", "text-3", wrap=True)
            )

    def _show(self) -> None:
        reader, line = self.desk.context.project.reader, self.line
        self.heading.setText(plain(line.reference.title))
        self.tell(" · ".join(each for each in (line.reference.short_label, line.reference.container) if each))
        text = document_text(reader, line.reference.id)
        self.text.setPlainText(text)
        self.text.setPlaceholderText(
            "No text of this report is in the project yet. Attach its full text under Coding, "
            "and it can be read here beside the criteria."
        )
        own = screening.own_decision(reader, line.reference.id, Stage.FULL_TEXT, self.desk.person_row(reader))
        self.reason = own.reason if own is not None else None
        at_stage = line.outcome is not None
        self.state.setText(f"You decided: {own.verdict.value}" if own is not None else "Not decided by you")
        self.state.set_tone(TONES[own.verdict.value] if own is not None else "neither")
        self.said.setText(
            ""
            if at_stage
            else "This report did not pass through screening in this project, so it is read only."
        )
        for button in (self.include, self.exclude):
            button.setEnabled(at_stage)
        self._fill_reasons(screening.reasons(reader, Stage.FULL_TEXT))

    def _fill_reasons(self, reasons: Sequence[ExclusionReason]) -> None:
        emptied(self._reasons)
        self.buttons = []
        for at, each in enumerate(reasons, 1):
            button = self.parts.button(f"{at}  {each.name}" if at < 10 else each.name, "filter", on=False)
            button.setChecked(each.id == self.reason)
            button.clicked.connect(partial(self._choose, each.id))
            button.setProperty("reason", each.id)
            self.buttons.append(button)
            self._reasons.addWidget(button)
        if not reasons:
            words = "The list of reasons is made under Screening, at the full text stage."
            self._reasons.addWidget(self.parts.label(words, "small", "text-3", wrap=True))

    def _choose(self, reason: int, _checked: bool = False) -> None:
        self.reason = None if self.reason == reason else reason
        for button in self.buttons:
            button.setChecked(button.property("reason") == self.reason)

    def _include(self) -> None:
        self._decide(Verdict.INCLUDE)

    def _exclude(self) -> None:
        self._decide(Verdict.EXCLUDE)

    def _decide(self, verdict: Verdict) -> None:
        if self.line.outcome is None:
            return
        if verdict is Verdict.EXCLUDE and self.reason is None:
            self.said.setText("Give the main reason first: 1 to 9.")
            return
        row, reason = int(self.line.reference.id), self.reason
        reader = self.desk.context.project.reader
        self.desk.do(lambda: decide(reader, row, Stage.FULL_TEXT, verdict, self.desk.person, reason))
        if self._at + 1 < len(self._lines):
            self._step(1)
        else:
            self._show()

    def _step(self, by: int) -> None:
        self._at = max(0, min(len(self._lines) - 1, self._at + by))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide, give a reason, or go to another report."""
        key, text = event.key(), event.text()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_I:
            self._include()
        elif key == Qt.Key.Key_E:
            self._exclude()
        elif text in "123456789" and text:
            if int(text) <= len(self.buttons):
                self.buttons[int(text) - 1].click()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
