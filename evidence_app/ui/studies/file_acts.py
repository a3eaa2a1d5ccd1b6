"""Files of full texts: attached to the report that is shown, matched from a folder, and opened."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from evidence_app.domain.reference import Reference
from evidence_app.services.studies.receiving import unread
from evidence_app.services.studies.retrieval import FullTextLine
from evidence_app.storage.studies import HeldFile
from evidence_app.ui.opening import open_copy, say_missing
from evidence_app.ui.pages.attaching import Attaching
from evidence_app.ui.screen import Subject
from evidence_app.ui.studies.desk import Desk


class FileActs(QObject):
    """Attaches, matches and opens files of the full texts."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.attaching = Attaching(desk.context, parent)

    def attach(self, line: FullTextLine | None) -> None:
        """Ask for a file and attach it to the report that is shown."""
        reference = int(line.reference.id) if line is not None else None
        self.attaching.choose(reference, line.reference.short_label if line is not None else "")

    def freeze_all(self) -> None:
        """Freeze the texts of all files that are attached to these reports and were not read yet."""
        reader = self._desk.context.project.reader
        found = [(int(work.id), each) for work in self._works() for each in unread(reader, int(work.id))]
        if not found:
            self._desk.context.say("The text of every attached file that can be read is frozen already.")
        self.attaching.freeze_all(found)

    def match_folder(self) -> None:
        """Ask for a folder and match its files."""
        self.attaching.match_folder(self._works())

    def match(self, places: Sequence[Path]) -> None:
        """Match the files of these places to references, and show what was found before attaching."""
        self.attaching.match(places, self._works())

    def _works(self) -> list[Reference]:
        held = self._desk.held
        return [line.reference for line in held.full_texts] if held is not None else []

    def open(self, file: HeldFile) -> None:
        """Open a file with the program the system has for it, or its document under Coding."""
        context = self._desk.context
        if open_copy(context, file.sha256, file.name, file.url):
            return
        if file.document is not None:
            context.go_to("coding", Subject("document", file.document))
        else:
            say_missing(context, file.name)
