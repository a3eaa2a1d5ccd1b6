"""Exporting the summary: where to, a warning before, the work beside the window, what came of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import gettempdir

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.publishing.summary.notices import sentence
from evidence_app.services.publishing.summary.selection import contents_with_flow
from evidence_app.services.publishing.summary.writing import ExportReport
from evidence_app.ui.manuscript import building
from evidence_app.ui.manuscript.preview_options import PreviewOptions
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Task

KINDS = {
    "docx": "Word document (*.docx)", "odt": "OpenDocument text (*.odt)", "pdf": "PDF (*.pdf)",
    "html": "Web page (*.html)", "md": "Markdown (*.md)",
}  # fmt: skip
FOLDER = "manuscript.folder"


class SummaryExport(QObject):
    """Writes the summary as the options say; one at a time is plenty."""

    def __init__(self, context: ScreenContext, options: PreviewOptions, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self._options = context, options
        self._written: Path | None = None

    def export(self) -> None:
        """Ask where to, and write the summary there."""
        self.context.project.read(contents_with_flow, self._ask_where, latest="manuscript.export")

    def open_in_browser(self) -> None:
        """Write the web page to a temporary file and let the browser show it."""
        self.context.project.read(contents_with_flow, self._make_page, latest="manuscript.export")

    def _ask_where(self, contents: ReviewContents) -> None:
        if not self._confirmed(contents):
            return
        kind = self._options.kind
        path = self.context.messages.save_file(
            "Export summary", KINDS[kind], self._folder() / f"{self._name()}.{kind}"
        )
        if path is not None:
            path = path if path.suffix else path.with_suffix(f".{kind}")
            self.context.settings.keep(FOLDER, str(path.parent))
            self._start(contents, path, f"Exporting {path.name}", self._exported)

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

    def _folder(self) -> Path:
        kept = Path(self.context.settings.now.kept.get(FOLDER, ""))
        return kept if kept.is_absolute() and kept.is_dir() else self.context.project.path.parent

    def _name(self) -> str:
        return f"{self.context.project.path.stem} {self._options.profile} summary"

    def _make_page(self, contents: ReviewContents) -> None:
        path = Path(gettempdir()) / f"{self._name()}.html"
        self._start(contents, path, "Making the web page", self._show_in_browser)

    def _start(
        self, contents: ReviewContents, path: Path, title: str, then: Callable[[ExportReport], object]
    ) -> None:
        work = partial(building.export, contents, path, self._options.profile, self._options.style_id)
        self.context.lanes.pdf.start(Task(work, title).then(then, self._not_exported))

    def _show_in_browser(self, written: ExportReport) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.path)))

    def _exported(self, written: ExportReport) -> None:
        self._written = written.path
        told = f"Wrote {written.path.name} with {counted(written.works, 'work')}."
        self.context.say(told, act=("Open", self._open_written))
        if written.warnings:
            self.context.messages.inform(
                f"{written.path.name} was written. It needs a look.", " ".join(written.warnings)
            )

    def _open_written(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _not_exported(self, error: Exception) -> None:
        ours = isinstance(error, EvidenceError)
        reason = str(error) if ours else f"Nothing was written. The reason was: {error}"
        self.context.messages.inform("The summary could not be exported.", reason)
