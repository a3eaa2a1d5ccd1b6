"""The search box with its completion."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.ui.library.query_box import QueryBox
from evidence_app.ui.widgets.laying import down
from evidence_app.ui.widgets.parts import Parts


def test_the_completion_goes_with_its_box_though_it_lies_on_the_window(qtbot: QtBot, parts: Parts) -> None:
    window, header = QWidget(), QWidget()
    qtbot.addWidget(window)
    query = QueryBox(parts, dict, header)
    header.setLayout(down(query.box, query.strip))
    window.setLayout(down(header))
    window.show()
    window.activateWindow()
    query.box.setFocus()
    qtbot.wait_until(query.box.hasFocus)
    qtbot.keyClicks(query.box, "ye")
    assert window.findChildren(QListWidget)
    header.deleteLater()
    for _ in range(2):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not window.findChildren(QListWidget)
