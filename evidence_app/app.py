"""The composition root of the window: puts look, lanes, settings, window and project together."""

import atexit
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from evidence_app.ui.display import missing_display

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from evidence_app.ui.look import Look
    from evidence_app.ui.main_window import MainWindow
    from evidence_app.ui.settings import Preferences

log = logging.getLogger(__name__)

CANNOT_SHOW = 2
"""The exit code where there is no usable display."""


def run(project: Path | None = None) -> int:
    """Show the window on a project, or on what was open last; return the exit code.

    Says on standard error what is missing, and returns 2, where no window can be shown."""
    if missing := missing_display():
        print(missing, file=sys.stderr)
        return CANNOT_SHOW
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    application.setApplicationName("Evidence Desk")
    application.setDesktopFileName("evidence-desk")
    window = make_window(application, project)
    if window is None:
        return 0
    window.show()
    code = int(application.exec())
    if window.lanes.is_busy:
        _end_at_once(code)
    return code


def _end_at_once(code: int) -> None:
    """End with a thread still at work that cannot be stopped (typst, a connection being made).

    The project is closed by now. Left to itself the interpreter would end the thread amid foreign code."""
    atexit._run_exitfuncs()  # temporary folders, the log
    sys.stdout.flush()
    os._exit(code)


def make_window(application: "QApplication", project: Path | None) -> "MainWindow | None":
    """Return the window with its session, opening a project; None where the user left the first question."""
    from evidence_app.ui.appearance import Appearance
    from evidence_app.ui.lanes import Lanes
    from evidence_app.ui.main_window import MainWindow
    from evidence_app.ui.online import Online
    from evidence_app.ui.session import Session
    from evidence_app.ui.settings import Preferences
    from evidence_app.ui.window_questions import questions_for

    preferences = Preferences(settings_path(), application)
    look = Appearance(application, preferences).look
    if not preferences.now.person_name and not _ask_person(preferences, look):
        return None
    lanes = Lanes(application)
    window = MainWindow(look, lanes, preferences, questions=questions_for(preferences))
    sys.excepthook = _told_by(window)
    session = Session(window, lanes, preferences, documents_path())
    online = Online(window)
    online.changed.connect(window.network.show_online)
    online.start()
    if project is None:
        session.first()
    else:
        session.open(project)
    return window


def settings_path() -> Path:
    """Return where the settings are kept on this system."""
    from platformdirs import user_config_path

    return user_config_path("evidence-desk", appauthor=False) / "settings.ini"


def documents_path() -> Path:
    """Return the user's documents folder."""
    from platformdirs import user_documents_path

    return user_documents_path()


def _ask_person(preferences: "Preferences", look: "Look") -> bool:
    from PySide6.QtWidgets import QDialog

    from evidence_app.ui.dialogs.person import PersonDialog
    from evidence_app.ui.widgets.parts import Parts

    dialog = PersonDialog(Parts(look), preferences)
    answer = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return answer


def _told_by(
    window: "MainWindow",
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return what happens with an error nobody expected: the log keeps it, the window says so."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("Something unexpected happened", exc_info=(kind, error, trace))
        window.ground.toast(
            "Something unexpected happened, and what you did may not have worked. "
            f"Everything that was saved is kept. The reason was: {error}",
            failure=True,
        )

    return tell
