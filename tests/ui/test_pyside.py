"""Guards against a release of Qt for Python that releases None and True once too often (6.12.0 on 3.11)."""

import subprocess
import sys

PROBE = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QTableView

class Model(QAbstractTableModel):
    def rowCount(self, parent=QModelIndex()): return 50
    def columnCount(self, parent=QModelIndex()): return 5
    def data(self, index, role=Qt.ItemDataRole.DisplayRole): return None

class Bell(QObject):
    rung = Signal(bool)

application, bell, model = QApplication([]), Bell(), Model()
bell.rung.connect(lambda on: None)
view = QTableView()
view.setModel(model)
view.show()
before = [sys.getrefcount(one) for one in (None, True, False)]
for turn in range(20_000):
    bell.rung.emit(True)
    model.data(model.index(1, 1))
    if turn % 20 == 0:
        application.processEvents()
        view.viewport().repaint()
after = [sys.getrefcount(one) for one in (None, True, False)]
view.close()
print(min(late - early for early, late in zip(before, after)))
"""


def test_none_and_true_are_not_released_too_often() -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=110, check=False
    )
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) > -50, "this release of PySide6 loses references; install one below 6.12"
