"""Draws every screen of the sample review, light and dark, into a folder, and the steps of the tour.

python docs/make_pictures.py --out some/folder [--size 1440x900] [--text 150] [--ratio 1.5] [library themes …]
python docs/make_pictures.py --out docs/pictures --tour
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from evidence_app.services.projects import first_sample
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.appearance import Appearance
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.main_window import MainWindow
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.window_questions import QUESTIONS

TOUR = (
    ("1-library", "library", Subject("reference", 85), ""),
    ("2-themes", "themes", Subject("block", 71), ""),
    ("3-manuscript", "manuscript", Subject("block", 71), ""),
    ("4-preview", "manuscript", None, "preview_pages"),
    ("5-checks", "checks", None, ""),
    ("6-history", "history", None, ""),
)
"""The steps of the tour: the picture's name, the screen, the place on it, and what is done there."""

REVIEWER = Acting("Ada Reviewer", "AR", "6f3d2b1a-0000-4000-8000-000000000001")


def main() -> None:
    """Draw the screens named, or all that are built."""
    chosen = _arguments()
    chosen.out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "settings.ini")
        preferences.change(text_size=chosen.text)
        look = Appearance(application, preferences).look
        lanes = InlineLanes()
        project = OpenProject(lanes, Project.open(first_sample(Path(folder), REVIEWER), REVIEWER))
        window = MainWindow(look, lanes, preferences, questions=QUESTIONS)
        window.resize(chosen.size)
        window.show_project(project)
        window.show()
        for theme in ("light", "dark"):
            preferences.change(theme=theme)
            for name in chosen.screens or list(window.specs):
                window.go_to(name)
                _draw(application, window, chosen.out / f"{name}-{theme}.png", chosen.ratio)
        if chosen.tour:
            preferences.change(theme="light")
            for name, screen, subject, act in TOUR:
                window.go_to(screen, subject)
                if act:
                    getattr(window.current, act)()
                _draw(application, window, chosen.out / f"tour-{name}.png", chosen.ratio)
        window.forget_project()
        project.close()
        window.close()
        lanes.close()


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("screens", nargs="*")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--size", type=_size, default=QSize(1440, 900))
    arguments.add_argument("--text", type=int, default=100, help="text size in per cent")
    arguments.add_argument("--tour", action="store_true", help="draw the steps of the tour as well")
    arguments.add_argument("--ratio", type=float, default=1.0, help="device pixels for one logical pixel")
    return arguments.parse_args()


def _size(text: str) -> QSize:
    width, _, height = text.partition("x")
    return QSize(int(width), int(height))


def _draw(application: QApplication, window: QWidget, path: Path, ratio: float) -> None:
    """Let the window settle, and keep its picture."""
    for _ in range(6):
        application.processEvents()
    picture = QPixmap(window.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    window.render(picture)
    picture.save(str(path))


if __name__ == "__main__":
    main()
