"""Find and replace in a field of the chosen references, with every change in view before it is written."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import plain
from evidence_app.services.library import bulk
from evidence_app.services.library.bulk import Replacement, Wanted
from evidence_app.storage import references
from evidence_app.storage.connections import Reader
from evidence_app.ui.library.preview import Previewed, PreviewTable
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.panel_dialog import PanelDialog

PAUSE_MS = 150
Found = tuple[list[Replacement], list[Previewed]]
NOTHING: Found = ([], [])


class ReplaceDialog(PanelDialog):
    """Asks what to find and what to put; accepted, `edit` holds the change."""

    def __init__(
        self, context: ScreenContext, ids: Sequence[int], which: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(context.parts, "Find and replace", size=(860, 600), parent=parent)
        self._context, self._ids, self._which = context, tuple(ids), which
        self._found: list[Replacement] = []
        parts = self.parts
        self.tell(f"In {counted(len(self._ids), 'reference')}: {which}")
        self.field = QComboBox()
        self.field.setAccessibleName("Field")
        for name, label in bulk.fields_to_replace_in():
            self.field.addItem(label, name)
        self.sought = self._line("Find")
        self.put_instead = self._line("Put in its place")
        self.match_case = QCheckBox("Match case")
        self.whole_words = QCheckBox("Whole words")
        self.pattern = QCheckBox("Regular expression")
        row = across(
            down(parts.caption("Field"), self.field, gap=4), down(parts.caption("Find"), self.sought, gap=4),
            down(parts.caption("Put in its place"), self.put_instead, gap=4), gap=12,
        )  # fmt: skip
        for place, share in enumerate((2, 3, 3)):
            row.setStretch(place, share)
        self.said = parts.label("", "small", "text-2", wrap=True)
        self.table = PreviewTable(parts.look)
        self.put(row, across(self.match_case, self.whole_words, self.pattern, None, gap=16), self.said)
        self.put(self.table, share=1)
        self.go_on = parts.button("Replace", "primary", act=self.accept)
        self.go_on.setDefault(True)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.go_on)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._listen()
        self._show(NOTHING)
        self.sought.setFocus()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setFont(self.parts.look.font("body"))
        return line

    def _listen(self) -> None:
        self.field.currentIndexChanged.connect(self._later)
        for line in (self.sought, self.put_instead):
            line.textChanged.connect(self._later)
        for box in (self.match_case, self.whole_words, self.pattern):
            box.toggled.connect(self._later)

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        return Wanted(
            variable=str(self.field.currentData()), find=self.sought.text(), put=self.put_instead.text(),
            match_case=self.match_case.isChecked(), whole_words=self.whole_words.isChecked(),
            pattern=self.pattern.isChecked(),
        )  # fmt: skip

    def edit(self) -> Edit:
        """Return the one edit that makes the changes in view."""
        reader = self._context.project.reader
        known = references.provenance_of(reader, [each.reference.id for each in self._found])
        return bulk.replace(self._found, self.wanted.variable, known)

    def look(self) -> None:
        """Ask what would change."""
        self._pause.stop()
        question = partial(_asked, ids=self._ids, wanted=self.wanted)
        self._context.project.read(question, self._show, self._failed, latest="library.replace")

    def _later(self) -> None:
        self._pause.start()

    def _show(self, answer: Found) -> None:
        found, rows = answer
        self._found = found
        self.table.show_rows(rows)
        self.go_on.rename(f"Replace in {counted(len(found), 'reference')}")
        self.go_on.setEnabled(bool(found))
        if not self.sought.text():
            self.said.setText(
                "What will change is shown here before it is written. One undo takes it all back."
            )
        else:
            self.said.setText(
                f"{counted(len(found), 'field')} would change." if found else "Nothing is found."
            )

    def _failed(self, error: object) -> None:
        if isinstance(error, EvidenceError):
            self._show(NOTHING)
            self.said.setText(str(error))

    def done(self, result: int) -> None:
        """Stop asking."""
        self._pause.stop()
        super().done(result)


def _asked(reader: Reader, ids: Sequence[int], wanted: Wanted) -> Found:
    """Find what would change and word every line of it, beside the window: it can be the whole library."""
    if not wanted.find:
        return NOTHING
    found = bulk.replacements(references.references(reader, ids), wanted)
    return found, [_previewed(each) for each in found]


def _previewed(each: Replacement) -> Previewed:
    reference = each.reference
    number = f"{reference.number}  " if reference.number is not None else ""
    return Previewed(f"{number}{reference.short_label}", plain(each.before), plain(each.after))
