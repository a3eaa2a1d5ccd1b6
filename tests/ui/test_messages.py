"""Dialogs of our own stand over the window they are asked in."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QFileSystemModel, QWidget

from evidence_app.storage.project import Project
from evidence_app.ui.messages import Messages
from evidence_app.ui.widgets.panel_dialog import PanelDialog, Veil
from evidence_app.ui.widgets.parts import Parts
from tests.locks import keeps_its_locks


def test_a_dialog_made_without_a_window_dims_the_one_it_is_asked_in(parts: Parts) -> None:
    window = QWidget()
    window.resize(900, 700)
    window.show()
    messages = Messages(lambda: window, parts)
    dialog = PanelDialog(parts, "Which one?")
    seen: list[tuple[QWidget | None, int]] = []

    def look() -> None:
        seen.append((dialog.parentWidget(), len(window.findChildren(Veil))))
        dialog.accept()

    QTimer.singleShot(0, look)
    assert messages.show(dialog)
    assert seen == [(window, 1)]
    window.close()
    window.deleteLater()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the dialog of the system is another process")
def test_a_file_dialog_does_not_open_the_files_it_lists(parts: Parts, tmp_path: Path) -> None:
    with Project.create(tmp_path / "review.evidence") as project:
        messages = Messages(lambda: None, parts)
        kinds: list[str] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            model = dialog.findChild(QFileSystemModel)
            assert model is not None

            def listed(_folder: str) -> None:
                rows = [model.index(str(each)) for each in sorted(tmp_path.iterdir())]
                kinds.extend(model.type(row) for row in rows)
                dialog.reject()

            model.directoryLoaded.connect(listed)

        QTimer.singleShot(0, look)
        assert messages.choose_file("Open", "All files (*)", tmp_path) is None
        assert kinds == ["evidence file", "evidence-shm file", "evidence-wal file"]
        assert keeps_its_locks(project.path)
