"""Exporting the diagram and its two tables."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from evidence_app.domain.flow import Flow
from evidence_app.services.flow import appendices
from evidence_app.services.flow.writing import FORMATS, write_flow
from evidence_app.services.publishing.appendix import writing as appendix_writing
from evidence_app.ui.exporting import Export, Written
from evidence_app.ui.tasks import Report


def written(flow: Flow, path: Path, _report: Report) -> Written:
    """Write the diagram and return where it lies."""
    return Written(path, warnings=write_flow(flow, path))


def table_written(write: Callable[[Path, Path], None], project: Path, path: Path, _report: Report) -> Written:
    """Write one of the tables of a project and return where it lies."""
    write(project, path)
    return Written(path)


class FlowExport(Export):
    """Writes the diagram, the search appendix and the list of excluded full texts."""

    FOLDER = "flow.folder"
    warned = "Some characters could not be drawn."

    def diagram(self, flow: Flow) -> None:
        """Ask where to; the ending chosen says as what."""
        path = self.asked("Export diagram", "flow diagram", FORMATS)
        if path is not None:
            self.start(partial(written, flow, path), path)

    def appendix(self) -> None:
        """Write the search appendix."""
        self._table("Export search appendix", "search appendix", appendices.write_search_appendix)

    def excluded(self) -> None:
        """Write the full texts that were excluded, with their reasons."""
        self._table("Export excluded full texts", "excluded full texts", appendices.write_excluded)

    def _table(self, title: str, name: str, write: Callable[[Path, Path], None]) -> None:
        path = self.asked(title, name, appendix_writing.FORMATS)
        if path is not None:
            self.start(partial(table_written, write, self.context.project.path, path), path)
