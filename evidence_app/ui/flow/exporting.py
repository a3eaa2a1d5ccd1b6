"""Exporting the diagram and its two tables: where to and as what, then the work beside the window."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.flow import Flow
from evidence_app.services.flow import appendices
from evidence_app.services.flow.writing import FORMATS, write_flow
from evidence_app.services.publishing.appendix import writing as appendix_writing
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task

FOLDER = "flow.folder"


Written = tuple[Path, tuple[str, ...]]
"""Where a file lies, and warnings."""


def written(flow: Flow, path: Path, _report: Report) -> Written:
    """Write the diagram and return where it lies."""
    return path, write_flow(flow, path)


def table_written(write: Callable[[Path, Path], None], project: Path, path: Path, _report: Report) -> Written:
    """Write one of the tables of a project and return where it lies."""
    write(project, path)
    return path, ()


class FlowExport(QObject):
    """Writes the diagram, the search appendix and the list of excluded full texts."""

    def __init__(self, context: ScreenContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._last: Path | None = None

    def diagram(self, flow: Flow) -> None:
        """Ask where to; the ending chosen says as what."""
        path = self._asked("Export diagram", "flow diagram", FORMATS)
        if path is not None:
            self._start(partial(written, flow, path), path)

    def appendix(self) -> None:
        """Write the search appendix."""
        self._table("Export search appendix", "search appendix", appendices.write_search_appendix)

    def excluded(self) -> None:
        """Write the full texts that were excluded, with their reasons."""
        self._table("Export excluded full texts", "excluded full texts", appendices.write_excluded)

    def _table(self, title: str, name: str, write: Callable[[Path, Path], None]) -> None:
        path = self._asked(title, name, appendix_writing.FORMATS)
        if path is not None:
            self._start(partial(table_written, write, self.context.project.path, path), path)

    def _asked(self, title: str, name: str, formats: Mapping[str, str]) -> Path | None:
        filters = ";;".join(f"{label} (*{ending})" for ending, label in formats.items())
        first = next(iter(formats))
        wanted = self._folder() / f"{self.context.project.path.stem} {name}{first}"
        path = self.context.messages.save_file(title, filters, wanted)
        if path is None:
            return None
        self.context.settings.keep(FOLDER, str(path.parent))
        return path if path.suffix else path.with_suffix(first)

    def _start(self, work: Callable[[Report], Written], path: Path) -> None:
        task = Task(work, f"Exporting {path.name}")
        self.context.lanes.pdf.start(task.then(self._done, self._failed))

    def _folder(self) -> Path:
        kept = Path(self.context.settings.now.kept.get(FOLDER, ""))
        return kept if kept.is_absolute() and kept.is_dir() else self.context.project.path.parent

    def _done(self, made: Written) -> None:
        self._last, warnings = made
        self.context.say(f"Wrote {self._last.name}.", act=("Open", self._open))
        for warning in warnings:
            self.context.messages.inform("Some characters could not be drawn.", warning)

    def _open(self) -> None:
        if self._last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))

    def _failed(self, error: Exception) -> None:
        ours = isinstance(error, EvidenceError)
        reason = str(error) if ours else f"Nothing was written. The reason was: {error}"
        self.context.messages.inform("It could not be exported.", reason)
