"""Evidence: the passages of the review that cite a reference, and the themes they stand under."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference
from evidence_app.storage import library
from evidence_app.storage.library import CitingPassage
from evidence_app.ui.library.pages import Page
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.buttons import Tool
from evidence_app.ui.widgets.laying import across, down, emptied

LONGEST = 320
ROLE_WORDS = {
    "definition": "Definition",
    "context": "Context",
    "contrast": "Contrast",
    "evidence": "Evidence",
}


class Pressed(QFrame):
    """A card that is pressed as a whole, by mouse, Enter or Space."""

    pressed = Signal()

    def __init__(self, look: Look, layout: QLayout, name: str) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("card")
        self.setLayout(layout)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click presses it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring of the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            Brush(painter, self._look).box(
                self.rect().adjusted(1, 1, -1, -1), None, self._look.colour("accent"), 7
            )
            painter.end()


class EvidencePage(Page):
    """What cites the reference: findings first, then definitions, context and contrast."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._passages: list[CitingPassage] = []
        self._list = down(gap=8)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def fill(self, reference: Reference) -> None:
        """Show the passages that cite the reference."""
        passages = library.citing_passages(self.project.reader, reference.id)
        if passages == self._passages and self._list.count():
            return
        self._passages = passages
        emptied(self._list)
        findings = [each for each in passages if each.is_finding and "evidence" in each.roles]
        others = [each for each in passages if each not in findings]
        if not passages:
            self._list.addWidget(
                self.parts.note("No passage of the manuscript cites this work yet.", wrap=True)
            )
        for heading, group in (
            (f"Cited by {counted(len(findings), 'review finding')}", findings),
            (f"Cited in {counted(len(others), 'other passage' if findings else 'passage')}", others),
        ):
            if group:
                self._list.addLayout(across(self.parts.caption(heading), edge=(6, 4, 0, 0)))
                for passage in group:
                    self._list.addWidget(self._card(passage))

    def _card(self, passage: CitingPassage) -> Pressed:
        head = across(gap=6)
        if passage.direction:
            head.addWidget(self.parts.direction(passage.direction))
        for role in passage.roles:
            if role != "evidence" or not passage.is_finding:
                head.addWidget(self.parts.chip(ROLE_WORDS.get(role, role.capitalize())))
        for locator in passage.locators:
            head.addWidget(self.parts.faint(f"at {locator}"))
        head.addStretch(1)
        where = " · ".join(reversed(passage.theme_names[-2:])) or passage.section
        column = down(gap=5, edge=(10, 8, 10, 9))
        if head.count() > 1:
            column.addLayout(head)
        text = passage.text if len(passage.text) <= LONGEST else passage.text[:LONGEST].rstrip() + "…"
        column.addWidget(self.parts.label(text, wrap=True))
        place = across(self.parts.line(where, "small", "text-3"), gap=4)
        if passage.theme is not None:
            place.addWidget(self._theme_tool(passage))
        column.addLayout(place)
        card = Pressed(self.context.look, column, f"Open in the manuscript: {text}")
        card.setProperty("block", passage.block)
        card.pressed.connect(self._open_block)
        return card

    def _theme_tool(self, passage: CitingPassage) -> Tool:
        tool = self.parts.tool(
            "ph.tree-structure", f"Show the theme {passage.theme_names[-1]}", self._open_theme
        )
        tool.setProperty("theme", passage.theme)
        return tool

    def _open_block(self) -> None:
        self.context.go_to("manuscript", Subject("block", int(self.sender().property("block"))))

    def _open_theme(self) -> None:
        self.context.go_to("themes", Subject("theme", int(self.sender().property("theme"))))
