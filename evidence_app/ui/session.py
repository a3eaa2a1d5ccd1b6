"""The session: which project is open, how another one takes its place, and how all of it ends."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.projects import first_sample, new_project
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui import greeting
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.main_window import MainWindow
from evidence_app.ui.open_project import OpenProject, open_project
from evidence_app.ui.settings import Preferences

log = logging.getLogger(__name__)
PATIENCE_S = 0.3
"""How long work that writes nothing is waited for at the end; after that the program ends without it."""


class Session(QObject):
    """Opens, makes and closes projects for the one window."""

    def __init__(self, window: MainWindow, lanes: Lanes, preferences: Preferences, documents: Path) -> None:
        super().__init__(window)
        self._window, self._lanes, self._preferences = window, lanes, preferences
        self._documents = documents
        self.project: OpenProject | None = None
        self._began = ""
        """What is being begun: the sample, a new review, or nothing."""
        window.open_asked.connect(self.open)
        window.new_asked.connect(self.new)
        window.sample_asked.connect(self.sample)
        window.closing.connect(self.end)
        preferences.changed.connect(self._settings_changed)

    @property
    def acting(self) -> Acting:
        """The person of the settings."""
        return acting_of(self._preferences)

    def open(self, path: Path) -> None:
        """Open a project instead of the one that is open."""
        self._take(partial(Project.open, path, self.acting))

    def new(self, path: Path) -> None:
        """Make an empty review and open it."""
        self._take(partial(new_project, path, path.stem, self.acting), "new")

    def sample(self) -> None:
        """Write the sample review into the documents folder, never over an existing file, and open it."""
        self._take(partial(_sample, self._documents, self.acting), "sample")

    def first(self) -> None:
        """Open what was open last, or the sample where that was never, or is gone."""
        for file in self._preferences.now.recent_files:
            if Path(file).is_file():
                self.open(Path(file))
                return
        self.sample()

    def end(self) -> None:
        """Write what is queued, leave one complete file behind, end every lane."""
        self._close()
        self._lanes.close(PATIENCE_S)

    def _take(self, make: Callable[[], Project], began: str = "") -> None:
        self._began = began
        open_project(self._lanes, make, self._opened, self._not_opened)

    def _opened(self, project: OpenProject) -> None:
        self._close()
        self.project = project
        project.setParent(self)
        self._preferences.remember_file(project.path.resolve())
        self._window.show_project(project, at="library" if self._began else "")
        if self._began == "sample":
            self._window.say(greeting.SAMPLE, act=("New project…", self._window.handlers.new_project))

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, EvidenceError):
            log.error("A project could not be opened", exc_info=error)
        if self.project is None:
            self._window.show_nothing()
        kept = "The project that was open stays open." if self.project else ""
        self._window.messages.inform("This project could not be opened.", f"{error} {kept}".strip())

    def _close(self) -> None:
        if self.project is not None:
            self._window.forget_project()
            self.project.close()
            self.project.deleteLater()
            self.project = None

    def _settings_changed(self, names: frozenset[str]) -> None:
        if self.project is not None and names & {"person_name", "person_initials", "person_guid"}:
            self.project.act_as(self.acting, self._somebody_else if "person_guid" in names else None)

    def _somebody_else(self) -> None:
        """Show the review as they may see it."""
        self._window.show_anew()
        self._window.say(f"{self._preferences.now.person_name} works here now")


def acting_of(preferences: Preferences) -> Acting:
    """Return who acts, as the settings say."""
    now = preferences.now
    if not now.person_name:
        return Acting("Reviewer")
    return Acting(now.person_name, now.person_initials, now.person_guid)


def _sample(documents: Path, acting: Acting) -> Project:
    return Project.open(first_sample(documents, acting), acting)
