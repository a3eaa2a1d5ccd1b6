"""Acts on the full text that is read while it is judged: search it, attach it, drop files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

from evidence_app.domain.reference import Reference
from evidence_app.domain.screening import Stage
from evidence_app.services.coding.full_texts import KINDS
from evidence_app.services.studies.retrieval import full_texts
from evidence_app.ui.actions import ActionSpec, Handler
from evidence_app.ui.screen import Screen
from evidence_app.ui.screening.judging import Judging
from evidence_app.ui.screening.page import Page

READING = (
    ActionSpec("switch_view", "Full text or record", "Screen", "T", "ph.article"),
    ActionSpec("attach_full_text", "Attach the full text…", "Screen", "A", "ph.paperclip"),
    ActionSpec("attach_folder", "Attach a folder of full texts…", "Screen", "", "ph.folder-open"),
)


class ReadingActs(Screen):
    """What a screen does with the full text beside its decisions."""

    page: Page
    judging: Judging

    def handlers(self) -> dict[str, Handler]:
        """Return what the window's commands do here: find searches the text that is read."""
        return {**super().handlers(), "find": self.search_text}

    @property
    def at_full_text(self) -> bool:
        """Whether full texts are judged now."""
        return self.judging.stage is Stage.FULL_TEXT

    def search_text(self) -> None:
        """Search the full text that is read."""
        if self.page.shows_full_text:
            self.page.full.reader.search()
        else:
            self.context.say(
                "Full texts are searched here, at the full text stage. The library finds records."
            )

    def switch_view(self) -> None:
        """Show the record instead of the full text, or the other way round."""
        if self.at_full_text:
            self.page.full.switch()

    def attach_full_text(self) -> None:
        """Attach a file to the report that is shown."""
        if self._is_asked_at_full_text():
            self.page.full.reader.attach()

    def attach_folder(self) -> None:
        """Match the files of a folder to the reports at this stage."""
        self.page.full.attaching.match_folder(self._works())

    def _is_asked_at_full_text(self) -> bool:
        if not self.at_full_text:
            self.context.say("Full texts are attached at the full text stage; choose it above.")
        return self.at_full_text and self.judging.current is not None

    def takes(self, mime: QMimeData) -> bool:
        """Return whether files that may be full texts, or a folder, are dragged here at full text."""
        places = _places(mime)
        fitting = any(place.is_dir() or place.suffix.lower() in KINDS for place in places)
        return super().takes(mime) or (self.at_full_text and fitting)

    def take(self, mime: QMimeData) -> None:
        """Attach the file that was dropped to the report that is shown; several find theirs."""
        if super().takes(mime):
            super().take(mime)
            return
        reader = self.page.full.reader
        shown = reader.reference if self.judging.current is not None else None
        self.page.full.attaching.take(_places(mime), shown, reader.label, self._works())

    def _works(self) -> Sequence[Reference]:
        return [line.reference for line in full_texts(self.project.reader)]


def _places(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
