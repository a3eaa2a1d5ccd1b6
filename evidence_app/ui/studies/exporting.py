"""Exports of the Studies screen: where to and as what, then the work beside the window."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.publishing.appendix.table import Appendix
from evidence_app.services.publishing.appendix.writing import FORMATS, write_table
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task

FOLDER = "studies.folder"
Write = Callable[[Path], object]


def written(write: Write, path: Path, _report: Report) -> Path:
    """Write a file and return where it lies."""
    write(path)
    return path


class StudiesExport(QObject):
    """Asks for a place, writes, and offers to open what was written."""

    def __init__(self, context: ScreenContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._last = Path()

    def table(self, table: Appendix) -> None:
        """Write a table as Word, Excel or CSV."""
        path = self.asked(table.title, FORMATS)
        if path is not None:
            self.start(partial(write_table, table), path)

    def asked(self, title: str, formats: Mapping[str, str]) -> Path | None:
        """Return where to; the ending chosen says as what."""
        context = self._context
        filters = ";;".join(f"{label} (*{ending})" for ending, label in formats.items())
        first = next(iter(formats))
        kept = Path(context.settings.now.kept.get(FOLDER, ""))
        folder = kept if kept.is_absolute() and kept.is_dir() else context.project.path.parent
        wanted = folder / f"{context.project.path.stem} {title.lower()}{first}"
        path = context.messages.save_file(f"Export “{title}”", filters, wanted)
        if path is None:
            return None
        context.settings.keep(FOLDER, str(path.parent))
        return path if path.suffix else path.with_suffix(first)

    def start(self, write: Write, path: Path) -> None:
        """Write beside the window."""
        task = Task(partial(written, write, path), f"Exporting {path.name}")
        self._context.lanes.pdf.start(task.then(self._done, self._failed))

    def _done(self, path: Path) -> None:
        self._last = path
        self._context.say(f"Wrote {path.name}.", act=("Open", self._open))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))

    def _failed(self, error: Exception) -> None:
        ours = isinstance(error, EvidenceError)
        reason = str(error) if ours else f"Nothing was written. The reason was: {error}"
        self._context.messages.inform("It could not be exported.", reason)
