"""Questions and announcements that need an answer before going on. Tests replace this object."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from evidence_app.ui.widgets.file_dialog import KindsByName, own_dialog
from evidence_app.ui.widgets.panel_dialog import PanelDialog

if TYPE_CHECKING:
    from evidence_app.ui.widgets.parts import Parts


class Messages:
    """Asks the user. Each method returns when the user has answered."""

    def __init__(self, window: Callable[[], QWidget | None], parts: "Parts") -> None:
        self._window, self._parts = window, parts
        self._kinds: KindsByName | None = None
        """Kept while a dialog asks it: the dialog does not own it."""
        self._opened_from: Path | None = None
        """The folder the last files came from; the next are looked for there."""

    def _above(self) -> QWidget | None:
        """Return what is asked about: the dialog that is open, else the window."""
        return QApplication.activeModalWidget() or self._window()

    def confirm(self, question: str, explanation: str, act: str) -> bool:
        """Ask whether to do the act, named on its button; the safe answer is Cancel."""
        return self.show(self._message(question, explanation, act))

    def inform(self, text: str, explanation: str = "") -> None:
        """Tell what happened, what was kept and what to do."""
        self.show(self._message(text, explanation))

    def _message(self, text: str, explanation: str, act: str = "") -> QDialog:
        from evidence_app.ui.dialogs.message import MessageDialog

        return MessageDialog(self._parts, text, explanation, act, self._above())

    def ask(self, title: str, question: str, value: str = "") -> str | None:
        """Ask for one line of text; the title is the act. None when the user cancels."""
        from evidence_app.ui.dialogs.ask import AskDialog

        dialog = AskDialog(self._parts, title, question, value, self._above())
        answer = dialog.answer if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return answer

    def choose_file(self, title: str, filters: str, folder: Path | None = None) -> Path | None:
        """Ask for a file that exists; None when the user cancels."""
        files = self._files(title, filters, folder, several=False)
        return files[0] if files else None

    def choose_files(self, title: str, filters: str, folder: Path | None = None) -> Sequence[Path]:
        """Ask for files that exist; none when the user cancels."""
        return self._files(title, filters, folder, several=True)

    def choose_folder(self, title: str) -> Path | None:
        """Ask for a folder; None when the user cancels."""
        dialog = self._dialog(title, self._opened_from or Path.home())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        folder = next(iter(self._chosen(dialog)), None)
        self._opened_from = folder or self._opened_from
        return folder

    def save_file(self, title: str, filters: str, suggestion: Path) -> Path | None:
        """Ask where to write a file; the dialog itself asks before one is replaced."""
        dialog = self._dialog(title, suggestion.parent, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggestion.suffix.lstrip("."))
        dialog.selectFile(suggestion.name)
        return next(iter(self._chosen(dialog)), None)

    def show(self, dialog: QDialog) -> bool:
        """Show a dialog of our own until it is answered; return whether it was accepted.

        It stands over the window it is asked in, which is dimmed."""
        if dialog.parentWidget() is None:
            dialog.setParent(self._above(), dialog.windowFlags())
        if isinstance(dialog, PanelDialog):
            dialog.confirm = self.confirm
        answer = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return answer

    def _files(self, title: str, filters: str, folder: Path | None, *, several: bool) -> list[Path]:
        start = folder or self._opened_from or Path.home()
        dialog = self._dialog(title, start, filters)
        modes = QFileDialog.FileMode
        dialog.setFileMode(modes.ExistingFiles if several else modes.ExistingFile)
        files = self._chosen(dialog)
        if files and folder is None:
            self._opened_from = files[0].parent
        return files

    def _dialog(self, title: str, folder: Path, filters: str = "") -> QFileDialog:
        dialog = QFileDialog(self._above(), title, str(folder), filters)
        if sys.platform == "linux":
            # Dialogs that run in this process look into files to tell their kind, and by closing one let go
            # SQLite's locks on an open project (see storage.open_files). Qt's own can be told not to.
            self._kinds = own_dialog(dialog, self._parts.look)
        return dialog

    def _chosen(self, dialog: QFileDialog) -> list[Path]:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        files = [Path(file) for file in dialog.selectedFiles()] if accepted else []
        dialog.deleteLater()
        return files
