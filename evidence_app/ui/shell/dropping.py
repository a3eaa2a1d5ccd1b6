"""What happens with files that are dropped on the window: a project is opened, exports are imported."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent

from evidence_app.ui.dropped_exports import exports_within, suffixes_read

if TYPE_CHECKING:
    from evidence_app.ui.main_window import MainWindow

PROJECT: Final = ".evidence"
EXPORTS: Final = frozenset({".ris", ".bib", ".nbib", ".enw", ".ciw", ".isi"})
"""Endings of exports of references and of nothing else: such a file is never meant as an attachment."""
PAPERS: Final = frozenset({".pdf", ".doc", ".docx", ".odt", ".epub"})
"""Endings of texts: files among which one of these is are not meant as exports alone."""
IMPORTING: Final = "searches"
"""The screen that imports files."""


class Dropping(QObject):
    """Decides who takes what is dropped: the window, the screen that is shown, or the one that imports."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def over(self, event: QDropEvent) -> None:
        """Say whether something may be dropped here."""
        if self._taking(event.mimeData()) is not None:
            _accept(event)

    def drop(self, event: QDropEvent) -> None:
        """Hand over what was dropped."""
        take = self._taking(event.mimeData())
        if take is not None:
            take()
            _accept(event)

    def _taking(self, mime: QMimeData) -> Callable[[], object] | None:
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        endings = {file.suffix.casefold() for file in files}
        if PROJECT in endings:
            project = next(file for file in files if file.suffix.casefold() == PROJECT)
            return partial(self._window.open_asked.emit, project)
        current = self._window.current
        can_import = current is not None and bool(files) and IMPORTING in self._window.specs
        inside = endings | {file.suffix.casefold() for file in exports_within(mime)} if can_import else set()
        if inside & EXPORTS and not inside & PAPERS:
            return partial(self._import, mime)
        if current is not None and current.takes(mime):
            return partial(current.take, mime)
        return partial(self._import, mime) if inside & suffixes_read() else None

    def _import(self, mime: QMimeData) -> None:
        self._window.go_to(IMPORTING)
        screen = self._window.current
        if screen is not None and screen.takes(mime):
            screen.take(mime)


def _accept(event: QDropEvent) -> None:
    """Accept a copy: where it is told of a move, a file manager deletes what it gave."""
    if event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
