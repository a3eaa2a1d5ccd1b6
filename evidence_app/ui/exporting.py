"""What every export does: where to and as what, the work beside the window, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task


class Written(NamedTuple):
    """Where a file lies, what more is said of it, and warnings."""

    path: Path
    more: str = ""
    warnings: Sequence[str] = ()


class Export(QObject):
    """Asks for a place, writes there, says so and offers to open what was written."""

    FOLDER: ClassVar[str] = ""
    """Under which name the last folder is kept."""
    what: ClassVar[str] = "It"
    warned: ClassVar[str] = "{name} was written. It needs a look."

    def __init__(self, context: ScreenContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._last = Path()

    def asked(self, title: str, name: str, formats: Mapping[str, str]) -> Path | None:
        """Return where to; the ending chosen says as what. Formats are endings with their labels."""
        filters = ";;".join(f"{label} (*{ending})" for ending, label in formats.items())
        first = next(iter(formats))
        wanted = self._folder() / f"{self.context.project.path.stem} {name}{first}"
        path = self.context.messages.save_file(title, filters, wanted)
        if path is None:
            return None
        self.context.settings.keep(self.FOLDER, str(path.parent))
        return path if path.suffix else path.with_suffix(first)

    def start(self, work: Callable[[Report], Written], path: Path) -> None:
        """Write beside the window."""
        task = Task(work, f"Exporting {path.name}")
        self.context.lanes.pdf.start(task.then(self._done, self.failed))

    def _folder(self) -> Path:
        kept = Path(self.context.settings.now.kept.get(self.FOLDER, ""))
        return kept if kept.is_absolute() and kept.is_dir() else self.context.project.path.parent

    def _done(self, written: Written) -> None:
        self._last = written.path
        self.context.say(f"Wrote {written.path.name}{written.more}.", act=("Open", self._open))
        if written.warnings:
            told = self.warned.format(name=written.path.name)
            self.context.messages.inform(told, " ".join(written.warnings))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last)))

    def failed(self, error: Exception) -> None:
        """Say that nothing was written, and why."""
        ours = isinstance(error, EvidenceError)
        reason = str(error) if ours else f"Nothing was written. The reason was: {error}"
        self.context.messages.inform(f"{self.what} could not be exported.", reason)
