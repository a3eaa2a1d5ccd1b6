"""Exporting the matrix."""

from functools import partial
from pathlib import Path

from evidence_app.services.publishing.matrix.quoting import with_quotations
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.publishing.matrix.writing import FORMATS, write_matrix
from evidence_app.ui.exporting import Export, Written
from evidence_app.ui.tasks import Report


def written(sheet: Sheet, path: Path, report: Report) -> Written:
    """Write the matrix and return where it lies."""
    write_matrix(sheet, path, report)
    return Written(path)


class MatrixExport(Export):
    """Writes the matrix as it is shown: its rows, their order and their characteristics."""

    FOLDER = "matrix.folder"
    what = "The matrix"

    def ask(self, sheet: Sheet, viewer: int) -> None:
        """Ask where to; the ending chosen says as what."""
        path = self.asked("Export matrix", "matrix", FORMATS)
        if path is not None:
            question = partial(with_quotations, sheet=sheet, viewer=viewer)
            self.context.project.read(question, partial(self._write, path))

    def _write(self, path: Path, sheet: Sheet) -> None:
        self.start(partial(written, sheet, path), path)
