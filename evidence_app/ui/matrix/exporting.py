"""Exporting the matrix: where to and as what, then the work beside the window."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.publishing.matrix.quoting import with_quotations
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.publishing.matrix.writing import FORMATS, write_matrix
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task

FOLDER = "matrix.folder"


def written(sheet: Sheet, path: Path, report: Report) -> Path:
    """Write the matrix and return where it lies."""
    write_matrix(sheet, path, report)
    return path


class MatrixExport(QObject):
    """Writes the matrix as it is shown: its rows, their order and their characteristics."""

    def __init__(self, context: ScreenContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._path = Path()
        self._last: Path | None = None

    def ask(self, sheet: Sheet, viewer: int) -> None:
        """Ask where to; the ending chosen says as what."""
        filters = ";;".join(f"{label} (*{ending})" for ending, label in FORMATS.items())
        name = self._folder() / f"{self.context.project.path.stem} matrix.xlsx"
        path = self.context.messages.save_file("Export matrix", filters, name)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".xlsx")
        self.context.settings.keep(FOLDER, str(path.parent))
        self._path = path
        self.context.project.read(partial(with_quotations, sheet=sheet, viewer=viewer), self._write)

    def _write(self, sheet: Sheet) -> None:
        task = Task(partial(written, sheet, self._path), f"Exporting {self._path.name}")
        self.context.lanes.pdf.start(task.then(self._done, self._failed))

    def _folder(self) -> Path:
        kept = Path(self.context.settings.now.kept.get(FOLDER, ""))
        return kept if kept.is_absolute() and kept.is_dir() else self.context.project.path.parent

    def _done(self, path: Path) -> None:
        self._last = path
        self.context.say(f"Wrote {path.name}.", act=("Open", self._open))

    def _open(self) -> None:
        if self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))

    def _failed(self, error: Exception) -> None:
        ours = isinstance(error, EvidenceError)
        reason = str(error) if ours else f"Nothing was written. The reason was: {error}"
        self.context.messages.inform("The matrix could not be exported.", reason)
