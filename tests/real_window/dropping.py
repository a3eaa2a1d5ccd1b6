"""Files dragged by the mouse from another program, which `python -m tests.real_window.dropping FILE…` is."""

import subprocess
import sys
from pathlib import Path

from tests.real_window.desk import Desk
from tests.real_window.display import wait_until

SOURCE = "Files to drag"
TAKEN = "taken"


def drop(desk: Desk, *files: Path) -> None:
    """Drag these files with the mouse into the middle of the window, and let go once it would take them."""
    told = desk.home / "dragged.txt"
    command = [sys.executable, "-m", "tests.real_window.dropping", *map(str, files)]
    with told.open("w") as out, subprocess.Popen(command, env=desk.display.environment, stdout=out) as source:
        try:
            wait_until("the files to drag", lambda: desk.display.windows(SOURCE))
            desk.settle()
            desk.display.xdotool("mousemove", "20", "20", "mousedown", "1")
            for x, y in ((40, 40), (300, 200), (600, 400), (610, 410)):
                desk.display.xdotool("mousemove", str(x), str(y))
                desk.settle()
            wait_until("that the window takes the files", lambda: TAKEN in told.read_text())
            desk.picture("files dragged over the window")
            desk.display.xdotool("mouseup", "1")
            wait_until("that the files were dropped", lambda: "dropped" in told.read_text())
            wait_until("a dialog that asks about them", lambda: desk.display.windows("^Import "))
        finally:
            source.kill()


def main() -> None:
    """Show a small window whose files can be dragged, until somebody ends it: a drop asks for them later."""
    from PySide6.QtCore import QMimeData, Qt, QUrl
    from PySide6.QtGui import QDrag, QMouseEvent
    from PySide6.QtWidgets import QApplication, QLabel

    class Files(QLabel):
        """Files that can be dragged away."""

        def mousePressEvent(self, _event: QMouseEvent) -> None:
            """Begin to drag them."""
            mime = QMimeData()
            mime.setUrls([QUrl.fromLocalFile(name) for name in sys.argv[1:]])
            drag = QDrag(self)
            drag.setMimeData(mime)
            drag.actionChanged.connect(self._tell)
            drag.exec(Qt.DropAction.CopyAction)
            self.hide()
            print("dropped", flush=True)

        def _tell(self, action: Qt.DropAction) -> None:
            if action != Qt.DropAction.IgnoreAction:
                print(TAKEN, flush=True)

    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    files = Files("Drag me")
    files.setWindowTitle(SOURCE)
    files.setWindowFlags(Qt.WindowType.FramelessWindowHint)
    files.setGeometry(0, 0, 80, 40)
    files.show()
    application.exec()


if __name__ == "__main__":
    main()
