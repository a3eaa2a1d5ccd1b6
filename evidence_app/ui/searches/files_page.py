"""The files of a search: exports with what came of each, and captured pages."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.formats.registry import FORMATS
from evidence_app.services.searches.captures import drop_page
from evidence_app.services.searches.reading_again import can_be_read_again
from evidence_app.services.searches.worth import Worth
from evidence_app.storage import searches
from evidence_app.storage.searches import Capture, SearchFile
from evidence_app.ui.moments import day_of
from evidence_app.ui.opening import open_copy, say_missing
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.laying import across, down, emptied

LABELS = {each.name: each.label for each in FORMATS}


def recognised(name: str, dialect: str) -> str:
    """Return what a file was recognised as: RIS, Ovid."""
    label = LABELS.get(name, name)
    return f"{label}, {dialect}" if dialect and dialect not in label else label


class FilesPage(QWidget):
    """Exports and captured pages of the chosen search."""

    report_asked = Signal()
    capture_asked = Signal()
    columns_asked = Signal(int)
    """The table whose columns are to be named again."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context, self._parts = context, context.parts
        self._captures: list[Capture] = []
        self._list: QVBoxLayout = down(gap=10)
        self._none = self._parts.note(
            "No file came in for this search. Import its export, or drop it here.", wrap=True
        )
        self._report = self._parts.button(
            "Show the import report", "plain", "ph.list-bullets", self.report_asked.emit
        )
        self._keep = self._parts.button(
            "Keep captured pages…", "plain", "ph.file-pdf", self.capture_asked.emit
        )
        column = down(self._list, across(self._none, edge=(6, 0, 6, 0)), gap=10, edge=(12, 12, 12, 12))
        for button in (self._report, self._keep):
            column.addLayout(across(button, None, edge=(6, 0, 0, 0)))
        column.addStretch(1)
        self.setLayout(column)

    def show_search(self, row: Worth) -> None:
        """Show the files of this search."""
        reader, search = self._context.project.reader, row.search.search
        files = searches.files(reader, search) if search is not None else []
        self._captures = searches.captures(reader, search) if search is not None else []
        emptied(self._list)
        for file in files:
            self._list.addLayout(self._file(file))
        for capture in self._captures:
            self._list.addLayout(self._page(capture))
        self._none.setVisible(not files and not self._captures)
        self._report.setVisible(bool(files))

    def _file(self, file: SearchFile) -> QVBoxLayout:
        parts = self._parts
        numbers = f"{counted(file.imported, 'record')} of {file.expected:,}"
        if file.open_blocks:
            numbers += f", {counted(len(file.open_blocks), 'block')} without a place"
        head = across(parts.icon("ph.file-text"), gap=6)
        head.addWidget(parts.line(file.name, "strong"), 1)
        hashed = parts.line(f"SHA-256 {file.sha256[:16]}…", "caption", "text-3")
        hashed.setAccessibleName(f"SHA-256 {file.sha256}")
        hashed.setToolTip(file.sha256)
        tone = "maybe" if file.open_blocks else "text-2"
        lines = down(
            head, parts.note(recognised(file.format, file.dialect), wrap=True),
            parts.label(numbers, "small", tone, wrap=True), hashed, gap=2, edge=(6, 0, 6, 0),
        )  # fmt: skip
        if can_be_read_again(file):
            columns = parts.button("Name the columns again…", "plain", "ph.columns", self._name_columns)
            columns.setAccessibleName(f"Name the columns of {file.name} again")
            columns.setProperty("file", file.id)
            lines.addLayout(across(columns, None))
        return lines

    def _name_columns(self) -> None:
        self.columns_asked.emit(int(self.sender().property("file")))

    def _page(self, capture: Capture) -> QVBoxLayout:
        parts = self._parts
        head = across(parts.icon("ph.file-pdf"), gap=6)
        head.addWidget(parts.line(capture.name, "strong"), 1)
        for icon, words, act in (
            ("ph.arrow-square-out", f"Open {capture.name}", self._open),
            ("ph.x", f"Take {capture.name} off", self._take_off),
        ):
            tool = parts.tool(icon, words, act)
            tool.setProperty("capture", capture.id)
            head.addWidget(tool)
        day = day_of(capture.at)
        kept = parts.note(f"Kept on {day}" if day else "Captured page")
        return down(head, kept, gap=2, edge=(6, 0, 0, 0))

    def _of_sender(self) -> Capture | None:
        number = self.sender().property("capture")
        return next((each for each in self._captures if each.id == number), None)

    def _open(self) -> None:
        capture = self._of_sender()
        if capture is not None and not open_copy(self._context, capture.sha256, capture.name):
            say_missing(self._context, capture.name)

    def _take_off(self) -> None:
        capture = self._of_sender()
        if capture is not None:
            self._context.project.do(drop_page(capture))
            self._context.say(f"Took off {capture.name}", undo=True)
