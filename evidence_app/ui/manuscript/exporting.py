"""Exporting the summary: a warning before, and what came of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import gettempdir

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.services.publishing.summary.notices import sentence
from evidence_app.services.publishing.summary.selection import contents_with_flow
from evidence_app.services.publishing.summary.writing import ExportReport
from evidence_app.ui.exporting import Export, Written
from evidence_app.ui.manuscript import building
from evidence_app.ui.manuscript.preview_options import PreviewOptions
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task

KINDS = {
    "docx": "Word document", "odt": "OpenDocument text", "pdf": "PDF", "html": "Web page", "md": "Markdown",
}  # fmt: skip


class SummaryExport(Export):
    """Writes the summary as the options say; one at a time is plenty."""

    FOLDER = "manuscript.folder"
    what = "The summary"

    def __init__(self, context: ScreenContext, options: PreviewOptions, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._options = options

    def export(self) -> None:
        """Ask where to, and write the summary there."""
        self.context.project.read(contents_with_flow, self._ask_where, latest="manuscript.export")

    def open_in_browser(self) -> None:
        """Write the web page to a temporary file and let the browser show it."""
        self.context.project.read(contents_with_flow, self._make_page, latest="manuscript.export")

    def _ask_where(self, contents: ReviewContents) -> None:
        if not self._confirmed(contents):
            return
        kind, name = self._options.kind, f"{self._options.profile} summary"
        path = self.asked("Export summary", name, {f".{kind}": KINDS[kind]})
        if path is not None:
            self.start(partial(_written, self._work(contents, path)), path)

    def _confirmed(self, contents: ReviewContents) -> bool:
        grave = building.grave_updates(contents, building.cited_works(contents))
        if not grave:
            return True
        works = counted(len(grave), "work that is", "works that are")
        return self.context.messages.confirm(
            f"The summary cites {works} retracted or under concern.",
            " ".join(sentence(update, contents) for update in grave) + " The summary says so too.",
            "Export all the same",
        )

    def _make_page(self, contents: ReviewContents) -> None:
        path = Path(gettempdir()) / f"{self.context.project.path.stem} {self._options.profile} summary.html"
        task = Task(self._work(contents, path), "Making the web page")
        self.context.lanes.pdf.start(task.then(self._show_in_browser, self.failed))

    def _work(self, contents: ReviewContents, path: Path) -> Callable[[Report], ExportReport]:
        return partial(building.export, contents, path, self._options.profile, self._options.style_id)

    def _show_in_browser(self, written: ExportReport) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.path)))


def _written(work: Callable[[Report], ExportReport], report: Report) -> Written:
    made = work(report)
    return Written(made.path, f" with {counted(made.works, 'work')}", made.warnings)
