"""Leaving a report out of a finding, or counting one, against what is derived: which one, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from evidence_app.domain.reference import folded
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

ROW = Qt.ItemDataRole.UserRole
FACT = (
    "Which reports count is derived from what is cited and quoted. Here you say otherwise; the reason is "
    "kept with the finding, and can be taken back."
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A report as the list shows it: whether it counts now, and why."""

    reference: int
    label: str
    title: str
    counts: bool
    why: str


class ContributionDialog(PanelDialog):
    """A filter above the reports, the reason below; the act names what it does."""

    keeps_words = True

    def __init__(self, parts: Parts, offered: Sequence[Offered], parent: QWidget | None = None) -> None:
        super().__init__(parts, "Which reports count for this finding", FACT, size=(600, 560), parent=parent)
        self._offered = tuple(offered)
        self.filter = parts.search("Author, year, title", "Filter the reports", 380)
        self.filter.setMaximumWidth(16_777_215)
        self.filter.textChanged.connect(self._show)
        self.filter.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Reports")
        self.list.setFont(parts.look.font("body"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setSpacing(1)
        self.list.currentRowChanged.connect(self._name_act)
        self._nothing = parts.note("No report has these words. Try fewer.", wrap=True)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("Why, in a sentence")
        self.reason.setTabChangesFocus(True)
        self.reason.setFont(parts.look.font("body"))
        self.reason.setFixedHeight(parts.look.px(64))
        self.reason.textChanged.connect(self._name_act)
        caption = parts.caption("Reason")
        caption.setBuddy(self.reason)
        self.put(self.filter)
        self.put(self.list, share=1)
        self.put(self._nothing, caption, self.reason)
        self.act = parts.button("Leave it out", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.act)
        self._show()

    @property
    def chosen(self) -> Offered | None:
        """The report that is chosen."""
        entry = self.list.currentItem()
        row = entry.data(ROW) if entry is not None else None
        return next((each for each in self._offered if each.reference == row), None)

    def choose(self, reference: int) -> None:
        """Choose a report and go to the reason."""
        for at in range(self.list.count()):
            if self.list.item(at).data(ROW) == reference:
                self.list.setCurrentRow(at)
                self.reason.setFocus()

    def _show(self) -> None:
        words = folded(self.filter.text()).split()
        self.list.clear()
        for each in self._offered:
            if all(word in folded(f"{each.label} {each.title}") for word in words):
                state = each.why if each.counts else f"does not count: {each.why}"
                entry = QListWidgetItem(f"{each.label}  ·  {state}")
                entry.setToolTip(each.title)
                entry.setData(ROW, each.reference)
                self.list.addItem(entry)
        self._nothing.setVisible(not self.list.count())
        self.list.setCurrentRow(0)
        self._name_act()

    def _name_act(self, _row: int = 0) -> None:
        chosen = self.chosen
        verb = "Leave out" if chosen is None or chosen.counts else "Count"
        self.act.rename(f"{verb} {chosen.label}" if chosen else verb)
        self.act.setEnabled(chosen is not None and bool(self.reason.toPlainText().strip()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the list from the filter; Enter goes on to the reason."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key())
            if step is not None:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.reason.setFocus()
                return True
        return super().eventFilter(watched, event)
