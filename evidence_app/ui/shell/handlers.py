"""What the window's commands do: one method for each `ActionSpec`, of the same name."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.storage.imports import people
from evidence_app.ui.registry import BESIDE
from evidence_app.ui.settings import TEXT_SIZES
from evidence_app.ui.shell.palette import Entry
from evidence_app.ui.widgets.inspector import Inspector

if TYPE_CHECKING:
    from evidence_app.ui.main_window import MainWindow

PROJECTS = "Evidence Desk projects (*.evidence)"


class Handlers(QObject):
    """The handlers of the window's commands. They take no parameters."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    # -- File

    def new_project(self) -> None:
        """Ask where, and make an empty review."""
        suggestion = Path.home() / "My review.evidence"
        path = self._window.messages.save_file("New project", PROJECTS, suggestion)
        if path is not None:
            self._window.new_asked.emit(path)

    def open_project(self) -> None:
        """Ask which, and open it instead."""
        path = self._window.messages.choose_file("Open project", f"{PROJECTS};;All files (*)")
        if path is not None:
            self._window.open_asked.emit(path)

    def open_sample(self) -> None:
        """Write the sample review beside the others and open it."""
        self._window.sample_asked.emit()

    def offer_projects(self) -> None:
        """Offer the recent projects below the review's name."""
        window = self._window
        menu = QMenu(window)
        menu.setToolTipsVisible(True)
        for words, file in recent_projects(window.preferences.now.recent_files):
            action = menu.addAction(words.replace("&", "&&"))
            action.setToolTip(str(file))
            action.triggered.connect(partial(self._open, file))
            action.setCheckable(True)
            action.setChecked(window.project is not None and window.project.path.resolve() == file)
        menu.addSeparator()
        for name in ("open_project", "new_project", "open_sample"):
            menu.addAction(window.commands.actions[name])
        menu.aboutToHide.connect(menu.deleteLater)
        review = window.rail.review
        menu.popup(review.mapToGlobal(review.rect().bottomLeft()))

    def _open(self, path: Path) -> None:
        self._window.open_asked.emit(path)

    def settings(self) -> None:
        """Show the settings."""
        from evidence_app.ui.dialogs.settings_dialog import SettingsDialog

        window = self._window
        window.messages.show(SettingsDialog(window.parts, window.preferences, window))

    def work_as(self) -> None:
        """Ask who works here; what is half typed is kept for who typed it."""
        from evidence_app.ui.dialogs.who import WhoDialog, people_to_offer

        window = self._window
        window.leave()
        in_review = people(window.project.reader) if window.project is not None else {}
        dialog = WhoDialog(window.parts, people_to_offer(window.preferences, in_review))
        if window.messages.show(dialog) and dialog.chosen is not None:
            window.preferences.work_as(dialog.chosen)

    def quit(self) -> None:
        """Close the window; everything is saved."""
        self._window.close()

    # -- what the screen does

    def add(self) -> None:
        """Let the screen add what it holds."""
        self._window.ask_screen("add")

    def export(self) -> None:
        """Let the screen export what it shows."""
        self._window.ask_screen("export")

    def find(self) -> None:
        """Go to the screen's search box."""
        self._window.ask_screen("find")

    def replace(self) -> None:
        """Let the screen find and replace, with a preview."""
        self._window.ask_screen("replace")

    def copy_citation(self) -> None:
        """Copy the chosen work as it is cited."""
        self._window.ask_screen("copy_citation")

    def copy_entry(self) -> None:
        """Copy the chosen work as it stands in the bibliography."""
        self._window.ask_screen("copy_entry")

    # -- Edit

    def undo(self) -> None:
        """Take back the last edit."""
        project = self._window.project
        if project is not None and project.can_undo():
            self._window.leave_field()
            project.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        project = self._window.project
        if project is not None and project.can_redo():
            self._window.leave_field()
            project.redo()

    # -- Go

    def palette(self) -> None:
        """Open the palette."""
        window = self._window
        beside = [
            Entry(spec.title, partial(window.go_to, spec.name), spec.icon, "Screen")
            for spec in window.specs.values()
            if spec.group == BESIDE and spec.name != "history"
        ]
        window.palette_panel.open_with([*window.commands.entries(), *beside])

    def history(self) -> None:
        """Show every edit and who made it."""
        self._window.go_to("history")

    def to_message(self) -> None:
        """Give the keyboard to what was said last, with its Undo."""
        self._window.ground.take_keyboard()

    def go_back(self) -> None:
        """Go back to where you were before."""
        self._window.go_back()

    # -- View

    def theme_system(self) -> None:
        """Be light or dark as the system is."""
        self._window.preferences.change(theme="system")

    def theme_light(self) -> None:
        """Be light."""
        self._window.preferences.change(theme="light")

    def theme_dark(self) -> None:
        """Be dark."""
        self._window.preferences.change(theme="dark")

    def larger_text(self) -> None:
        """Take the next larger text size."""
        now = self._window.preferences.now.text_size
        self._window.preferences.change(text_size=next((size for size in TEXT_SIZES if size > now), now))

    def smaller_text(self) -> None:
        """Take the next smaller text size."""
        now = self._window.preferences.now.text_size
        smaller = [size for size in TEXT_SIZES if size < now]
        self._window.preferences.change(text_size=smaller[-1] if smaller else now)

    def toggle_inspector(self) -> None:
        """Show or hide the right column of this screen."""
        screen = self._window.current
        inspector: QWidget | None = screen.inspector if screen is not None else None
        if isinstance(inspector, Inspector):
            inspector.setVisible(not inspector.isVisible())

    # -- what runs

    def stop_task(self) -> None:
        """Cancel the task the status line shows."""
        if not self._window.status.stop():
            self._window.say("Nothing is running that could be cancelled")

    # -- Help

    def help(self) -> None:
        """Say what each screen is for and how searching works."""
        from evidence_app.ui.dialogs.about import HelpDialog

        window = self._window
        window.messages.show(HelpDialog(window.parts, tuple(window.specs.values()), window))

    def keys(self) -> None:
        """Show the list of keys."""
        from evidence_app.ui.dialogs.about import KeysDialog

        window = self._window
        window.messages.show(KeysDialog(window.parts, window.commands.entries(), window))

    def about(self) -> None:
        """Say which version this is, and whose fonts, icons and styles it uses."""
        from evidence_app.ui.dialogs.about import about_text

        self._window.messages.inform("Evidence Desk", about_text())


def recent_projects(files: Sequence[str]) -> list[tuple[str, Path]]:
    """Return the recent projects that are still there, with their folder where two have one name."""
    there = [Path(file) for file in files if Path(file).is_file()]
    stems = [file.stem for file in there]
    return [
        (file.stem if stems.count(file.stem) == 1 else f"{file.stem} in {file.parent.name}", file)
        for file in there
    ]
