"""Reading a full text beside the criteria where nothing is decided: it was included without screening."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.domain.reference import plain
from evidence_app.services.studies.retrieval import FullTextLine
from evidence_app.storage import highlight_terms
from evidence_app.ui.pages.attaching import Attaching
from evidence_app.ui.pages.reader import FullTextReader
from evidence_app.ui.studies.desk import Desk
from evidence_app.ui.widgets.laying import across, down, framed, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog

SIDE = 280
READ_ONLY = "This report did not pass through screening in this project, so it is read only."


class ReadingDialog(PanelDialog):
    """Pages left, criteria right; the arrows go to other reports."""

    def __init__(self, desk: Desk, attaching: Attaching, line: FullTextLine, parent: QWidget) -> None:
        super().__init__(desk.context.parts, line.reference.short_label, " ", size=(1180, 820), parent=parent)
        self.desk = desk
        held = desk.held.full_texts if desk.held is not None else (line,)
        self._lines: Sequence[FullTextLine] = [each for each in held if each.outcome is None]
        ids = [each.reference.id for each in self._lines]
        self._at = ids.index(line.reference.id) if line.reference.id in ids else 0
        parts = self.parts
        self.reader = FullTextReader(desk.context, "studies.reading", attaching)
        self._criteria: QVBoxLayout = down(gap=6)
        said = parts.label(READ_ONLY, "small", "text-2", wrap=True)
        said.setMinimumWidth(40)
        side = scrolled(down(said, parts.rule(), parts.caption("Criteria"), self._criteria, None, gap=8,
                             edge=(14, 4, 8, 8)))  # fmt: skip
        side.setFixedWidth(parts.look.px(SIDE))
        row = across(gap=12)
        row.addWidget(self.reader, 1)
        row.addWidget(framed(down(side, gap=0), ""))
        self.body.addLayout(row, 1)
        self.offer(parts.button("Close", "primary", act=self.accept))
        self.hint((("← →", "other reports"), ("Space", "turn the page"), ("Ctrl+F", "search")))
        self.reader.stepped.connect(self._step)
        desk.context.project.changed.connect(self.reader.reload)
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
        reference = self.line.reference
        self.heading.setText(plain(reference.title))
        self.tell(" · ".join(each for each in (reference.short_label, reference.container) if each))
        self.reader.show_report(int(reference.id), reference.short_label)
        self.reader.take_focus()

    def _step(self, by: int) -> None:
        to = max(0, min(len(self._lines) - 1, self._at + by))
        if to != self._at:
            self._at = to
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another report, or search."""
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() == Qt.Key.Key_F:
            self.reader.search()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
