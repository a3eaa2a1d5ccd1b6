"""Small real objects that stand in for a person in front of the window, and what tests ask of widgets."""

# ruff: noqa: ARG002 - a double takes what the real one takes

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenuBar,
    QTabBar,
    QWidget,
)

from evidence_app.ui.messages import Messages

QT_PARTS = ("QWidget", "QScrollBar", "QHeaderView", "QTableCornerButton", "QToolButton", "QAbstractButton")


class RecordedMessages(Messages):
    """Answers at once what the test has put in, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(lambda: None, None)  # type: ignore[arg-type]  # nothing is shown
        self.asked: list[str] = []
        self.answers: list[object] = []

    def _answer(self, question: str, otherwise: object) -> object:
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else otherwise

    def confirm(self, question: str, explanation: str, act: str) -> bool:
        """Return the next answer, or no."""
        return bool(self._answer(f"{question} {explanation} [{act}]", False))

    def inform(self, text: str, explanation: str = "") -> None:
        """Remember what was told."""
        self._answer(f"{text} {explanation}".strip(), None)

    def ask(self, title: str, question: str, value: str = "") -> str | None:
        """Return the next answer, or None as after Cancel."""
        answer = self._answer(question, None)
        return answer if isinstance(answer, str) else None

    def choose_file(self, title: str, filters: str, folder: Path | None = None) -> Path | None:
        """Return the next answer, or None as after Cancel."""
        answer = self._answer(title, None)
        return answer if isinstance(answer, Path) else None

    def choose_files(self, title: str, filters: str, folder: Path | None = None) -> Sequence[Path]:
        """Return the next answer, or nothing as after Cancel."""
        answer = self._answer(title, ())
        return [file for file in answer if isinstance(file, Path)] if isinstance(answer, list | tuple) else ()

    def choose_folder(self, title: str) -> Path | None:
        """Return the next answer, or None as after Cancel."""
        answer = self._answer(title, None)
        return answer if isinstance(answer, Path) else None

    def save_file(self, title: str, filters: str, suggestion: Path) -> Path | None:
        """Return the next answer, or None as after Cancel."""
        answer = self._answer(title, None)
        return answer if isinstance(answer, Path) else None

    def show(self, dialog: QDialog) -> bool:
        """Let the next answer, a callable, use the dialog; accepted when it returns true."""
        answer = self._answer(dialog.windowTitle(), None)
        accepted = bool(answer(dialog)) if callable(answer) else False
        dialog.deleteLater()
        return accepted


def nameless(widget: QWidget) -> list[str]:
    """Return every widget in this one that takes the focus and has no name for a screen reader."""
    found = []
    for child in (widget, *widget.findChildren(QWidget)):
        if child.focusPolicy() == Qt.FocusPolicy.NoFocus or _is_qt_inside(child):
            continue
        if not (child.accessibleName() or _own_words(child) or _buddy(child)):
            found.append(f"{type(child).__name__} {child.objectName()}".strip())
    return found


def _is_qt_inside(child: QWidget) -> bool:
    """Return whether Qt made it as a part of another widget, which speaks for it."""
    parent = child.parentWidget()
    made_by_qt = type(child).__name__ in QT_PARTS
    speaks = QAbstractScrollArea | QTabBar | QAbstractSpinBox | QLineEdit | QMenuBar
    in_popup = parent is not None and parent.metaObject().className() == "QComboBoxPrivateContainer"
    return child.objectName().startswith("qt_") or in_popup or (made_by_qt and isinstance(parent, speaks))


def _own_words(child: QWidget) -> str:
    text = getattr(child, "text", None)
    title = getattr(child, "title", None)
    words = text() if callable(text) and not hasattr(child, "placeholderText") else ""
    return str(words or (title() if callable(title) else ""))


def _buddy(child: QWidget) -> bool:
    window = child.window()
    return any(label.buddy() is child for label in window.findChildren(QLabel))


def unreachable(widget: QWidget) -> list[str]:
    """Return the shown, enabled buttons that the Tab key never reaches."""
    return [
        f"{type(child).__name__} {child.accessibleName()}"
        for child in widget.findChildren(QAbstractButton)
        if child.isEnabled()
        and child.isVisibleTo(widget)
        and not child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not _is_qt_inside(child)
    ]


class StallWatch(QObject):
    """Measures the longest time the event loop did not come round while it was watched, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._pulse = QTimer(self, interval=2)
        self._pulse.timeout.connect(self._beat)

    def __enter__(self) -> "StallWatch":
        self._last = time.perf_counter()
        self._pulse.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._beat()
        self._pulse.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now
