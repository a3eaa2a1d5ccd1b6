"""A choice that can be typed: Enter takes what stands there and reaches the act that is meant."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from evidence_app.ui.widgets.typed_choice import TypedChoice


@pytest.mark.parametrize(("typed", "taken"), [("sc", "scopus"), ("My own", "My own"), ("scopus", "scopus")])
def test_enter_after_typing_takes_the_word_and_does_the_act(qtbot: QtBot, typed: str, taken: str) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    choice, go = TypedChoice(), QPushButton("Import")
    choice.setAccessibleName("Search")
    choice.addItems(["medline", "scopus"])
    go.setDefault(True)
    done: list[str] = []
    go.clicked.connect(lambda: done.append(choice.currentText()))
    column = QVBoxLayout(dialog)
    column.addWidget(choice)
    column.addWidget(go)
    dialog.show()
    dialog.activateWindow()
    line = choice.lineEdit()
    assert line is not None
    assert line.accessibleName() == "Search"
    line.setFocus()
    QApplication.processEvents()
    line.clear()
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert done == [taken]
    assert choice.count() == 2
