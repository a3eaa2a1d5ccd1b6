"""Files: attached by dialog or by dropping, kept beside the project, opened by the user's act."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from evidence_app.domain.reference import Reference
from evidence_app.services.library import attachments
from evidence_app.services.library.attachments import KeptFile
from evidence_app.storage import library
from evidence_app.storage.library import Attachment
from evidence_app.ui.library.pages import Page
from evidence_app.ui.library.words import size_of
from evidence_app.ui.opening import open_copy, say_missing
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.laying import across, down, emptied

FILTERS = "PDF (*.pdf);;All files (*)"


class FilesPage(Page):
    """The files of the chosen reference."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._files: list[Attachment] | None = None
        self._list = down(gap=6)
        self._hint = self.parts.note("", wrap=True)
        self._attach = self.parts.button("Attach files…", "plain", "ph.paperclip", self.choose_files)
        self.column.addLayout(self._list)
        self.column.addLayout(across(self._hint, edge=(6, 0, 6, 0)))
        self.column.addLayout(across(self._attach, None, edge=(6, 0, 0, 0)))
        self.column.addStretch(1)

    def fill(self, reference: Reference) -> None:
        """Show the files of the reference."""
        files = library.attachments_of(self.project.reader, reference.id)
        self._hint.setText(
            "Copies lie beside the project; the originals stay where they are."
            if files
            else "No file is attached. Drop a PDF anywhere on this window, or choose one."
        )
        if files != self._files:
            self._files = files
            emptied(self._list)
            for file in files:
                self._list.addLayout(self._row(file))

    def _row(self, file: Attachment) -> QHBoxLayout:
        name = self.parts.line(file.name)
        about = self.parts.faint(size_of(file.size))
        row = across(self.parts.icon("ph.file-text"), gap=6, edge=(6, 0, 0, 0))
        row.addLayout(down(name, about, gap=0), 1)
        for icon, words, act in (
            ("ph.arrow-square-out", f"Open {file.name}", self._open),
            ("ph.x", f"Take {file.name} off", self._take_off),
        ):
            tool = self.parts.tool(icon, words, act)
            tool.setProperty("attachment", file.id)
            row.addWidget(tool)
        return row

    def choose_files(self) -> None:
        """Ask which files to attach."""
        self.attach(self.context.messages.choose_files("Attach files", FILTERS))

    def attach(self, files: Sequence[Path]) -> None:
        """Copy these beside the project and link them to the reference."""
        if self.reference is None or not files:
            return
        work = partial(attachments.keep_copies, self.project.path, tuple(files))
        task = Task(work, f"Copying {files[0].name}" if len(files) == 1 else f"Copying {len(files)} files")
        task.setProperty("reference", self.reference.id)
        self.context.lanes.reading.start(task.then(self._copied))

    def _copied(self, kept: list[KeptFile]) -> None:
        sender = self.sender()
        reference = int(sender.property("reference"))
        edit = attachments.attach(reference, kept)
        self.project.do(edit)
        self.context.say(f"{edit.label.replace('Attach', 'Attached', 1)}", undo=True)

    def _open(self) -> None:
        file = self._of_sender()
        if file is not None and not open_copy(self.context, file.sha256, file.name):
            say_missing(self.context, file.name)

    def _take_off(self) -> None:
        file = self._of_sender()
        if file is not None:
            self.project.do(attachments.detach(file.id, file.name))
            self.context.say(f"Took off {file.name}", undo=True)

    def _of_sender(self) -> Attachment | None:
        number = self.sender().property("attachment")
        return next((file for file in self._files or () if file.id == number), None)
