"""Exports of the Studies screen."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from evidence_app.services.publishing.appendix.table import Appendix
from evidence_app.services.publishing.appendix.writing import FORMATS, write_table
from evidence_app.ui.exporting import Export, Written
from evidence_app.ui.tasks import Report

Write = Callable[[Path], object]


def written(write: Write, path: Path, _report: Report) -> Written:
    """Write a file and return where it lies."""
    write(path)
    return Written(path)


class StudiesExport(Export):
    """Writes a table, or what a page draws."""

    FOLDER = "studies.folder"

    def table(self, table: Appendix) -> None:
        """Write a table as Word, Excel or CSV."""
        path = self.where(table.title, FORMATS)
        if path is not None:
            self.write(partial(write_table, table), path)

    def where(self, title: str, formats: Mapping[str, str]) -> Path | None:
        """Return where to."""
        return self.asked(f"Export “{title}”", title.lower(), formats)

    def write(self, write: Write, path: Path) -> None:
        """Write beside the window."""
        self.start(partial(written, write, path), path)
