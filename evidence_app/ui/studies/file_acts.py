"""Files that come in: one for a report, or a folder whose files find their references; and opening them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.full_texts import KINDS
from evidence_app.services.library.attachments import keep_copies, place_of
from evidence_app.services.studies import retrieval
from evidence_app.services.studies.file_matching import Proposal, files_in, propose
from evidence_app.services.studies.retrieval import FullTextLine, Person
from evidence_app.storage.studies import HeldFile
from evidence_app.ui.studies.desk import Desk
from evidence_app.ui.studies.match_dialog import MatchDialog
from evidence_app.ui.tasks import Report, Task

FILTERS = f"Documents ({' '.join(f'*{ending}' for ending in KINDS)});;All files (*)"


def proposed(places: Sequence[Path], lines: Sequence[FullTextLine], report: Report) -> list[Proposal]:
    """Match files to references, beside the window."""
    return propose(files_in(places), [line.reference for line in lines], report)


def kept(project: Path, wanted: Sequence[tuple[int, Path]], person: Person, how: str, report: Report) -> Edit:
    """Copy files beside the project and return the edit that attaches them."""
    copies = keep_copies(project, [file for _, file in wanted], report)
    found = [(reference, copy) for (reference, _), copy in zip(wanted, copies, strict=True)]
    return retrieval.receive_files(found, person, how)


class FileActs(QObject):
    """Attaches, matches and opens files of the full texts."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent

    def attach(self, line: FullTextLine | None) -> None:
        """Ask for a file and attach it to the report that is shown."""
        if line is None:
            self._desk.context.say("Choose a report in the list first, then attach its full text.")
            return
        file = self._desk.context.messages.choose_file(f"Attach to {line.reference.short_label}", FILTERS)
        if file is not None:
            self._keep([(int(line.reference.id), file)], "")

    def match_folder(self) -> None:
        """Ask for a folder and match its files."""
        folder = QFileDialog.getExistingDirectory(self._window, "A folder of full texts")
        if folder:
            self.match([Path(folder)])

    def match(self, places: Sequence[Path]) -> None:
        """Match the files of these places to references, and show what was found before attaching."""
        held = self._desk.held
        if held is None or not held.full_texts:
            self._desk.context.say("There is no report here yet whose full text is wanted.")
            return
        task = Task(partial(proposed, list(places), list(held.full_texts)), "Matching files")
        self._desk.context.lanes.pdf.start(task.then(self._show, self._fail))

    def _show(self, found: Sequence[Proposal]) -> None:
        held = self._desk.held
        if not found or held is None:
            endings = ", ".join(ending.lstrip(".") for ending in KINDS)
            self._desk.context.say(f"No full texts were found there. They end in: {endings}.")
            return
        works = [line.reference for line in held.full_texts]
        dialog = MatchDialog(self._desk.context.parts, found, works, self._window)
        if self._desk.context.messages.show(dialog):
            self._keep(dialog.wanted(), "from a folder")

    def _keep(self, wanted: Sequence[tuple[int, Path]], how: str) -> None:
        context = self._desk.context
        work = partial(kept, context.project.path, list(wanted), self._desk.person, how)
        context.lanes.pdf.start(
            Task(work, f"Copying {counted(len(wanted), 'file')}").then(self._write, self._fail)
        )

    def _write(self, edit: Edit) -> None:
        self._desk.do(lambda: edit, f"{edit.label}.")

    def _fail(self, error: Exception) -> None:
        ours = isinstance(error, EvidenceError)
        self._desk.context.say(str(error) if ours else f"The files could not be read: {error}")

    def open(self, file: HeldFile) -> None:
        """Open a file with the program the system has for it, or its document under Coding."""
        context = self._desk.context
        place = place_of(context.project.path, file.sha256, file.name) if file.sha256 else None
        if place is not None and place.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
        elif file.url.startswith(("https://", "http://")):
            QDesktopServices.openUrl(QUrl(file.url))
        elif file.document is not None:
            context.go_to("coding")
        else:
            context.say(f"{file.name} is not where it was; attach it again.")
