"""The records a reference keeps: which search and file each came from, and the record as it was imported."""

import json
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.searches.days import shown_days
from evidence_app.storage.found_duplicates import KeptRecord
from evidence_app.ui.duplicates.wrapping import let_wrap_in
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts


def called(record: KeptRecord) -> str:
    """Return how a record's search is called: source, platform and day."""
    source = record.source or record.file or "Entered by hand"
    platform = record.platform if record.platform.casefold() not in source.casefold() else ""
    name = f"{source} ({platform})" if platform else source
    day = shown_days(record.searched, "") if record.searched else ""
    return f"{name}, {day}" if day else name


def place_of(record: KeptRecord) -> str:
    """Return where in its file a record stands."""
    parts = [f"record {record.place:,} of {record.of:,}" if record.of else ""]
    if record.file and record.file != record.source:
        parts.append(record.file)
    return " · ".join(filter(None, parts))


def searches_of(records: Sequence[KeptRecord]) -> str:
    """Return how many records from how many searches these are."""
    searches = {(each.source, each.platform, each.searched) for each in records}
    return f"{counted(len(records), 'record')}, {counted(len(searches), 'source')}"


def raw_text(record: KeptRecord) -> str:
    """Return the record as it stood in its file."""
    try:
        kept = json.loads(record.raw)
    except ValueError:
        return record.raw
    if isinstance(kept, dict) and isinstance(kept.get("text"), str) and kept["text"].strip():
        return str(kept["text"])
    return json.dumps(kept, ensure_ascii=False, indent=2)


class RawDialog(PanelDialog):
    """A record as it was imported, to read and to copy."""

    def __init__(self, parts: Parts, record: KeptRecord, parent: QWidget | None = None) -> None:
        where = f", line {record.line:,}" if record.line else ""
        fact = f"{place_of(record)}{where}. {record.format}".strip()
        super().__init__(parts, called(record), fact, size=(820, 560), parent=parent)
        self.text = QPlainTextEdit(raw_text(record))
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The record as imported")
        self.text.setFont(parts.look.font("body", "mono"))
        self.put(self.text, share=1)
        close = parts.button("Close", "plain", act=self.accept)
        self.offer(close)
        close.setFocus()


class RecordsKept(QWidget):
    """One line for each record, with the act that shows it as imported."""

    asked = Signal(object)
    """The record to show as imported."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._lines: QVBoxLayout = down(gap=0)
        self.setLayout(self._lines)

    def show_records(self, heading: str, records: Sequence[KeptRecord]) -> None:
        """Show these records under a heading."""
        emptied(self._lines)
        parts = self._parts
        title = parts.label(heading, "caption", "text-3", wrap=True)
        let_wrap_in(title)
        self._lines.addWidget(title)
        self._lines.addSpacing(parts.look.px(6))
        self._lines.addWidget(parts.rule())
        for record in records:
            self._lines.addLayout(self._line(record))
            self._lines.addWidget(parts.rule())
        if not records:
            self._lines.addWidget(parts.note("Entered by hand, without a record of a file."))

    def _line(self, record: KeptRecord) -> QVBoxLayout:
        parts = self._parts
        show = parts.button("Show as imported", "filter")
        show.setAccessibleName(f"Show as imported: {called(record)}, {place_of(record)}")
        show.clicked.connect(partial(self.asked.emit, record))
        name = parts.line(called(record))
        place = parts.line(place_of(record), "small", "text-2")
        row = across(parts.icon("ph.file-text", "text-3"), gap=8)
        row.addWidget(name, 2)
        row.addWidget(place, 3)
        row.addWidget(show)
        return down(row, gap=0, edge=(8, 5, 0, 5))
