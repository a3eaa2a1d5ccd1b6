"""Qt's own dialog for files, in the look of the window, that tells files by their names and opens none."""

from typing import Final

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QHeaderView, QToolButton, QTreeView

from evidence_app.ui.look import Look

_TOOLS: Final = {
    "backButton": "ph.caret-left",
    "forwardButton": "ph.caret-right",
    "toParentButton": "ph.arrow-up",
    "newFolderButton": "ph.plus",
}
_WIDE, _HIGH = 860, 540


class KindsByName(QFileIconProvider):
    """Gives a folder or a file its icon and the name of its kind. Qt's own provider reads into the file."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def icon(self, of: "QAbstractFileIconProvider.IconType | QFileInfo") -> QIcon:
        """Return the icon of a folder, a drive or a file."""
        is_file = of.isFile() if isinstance(of, QFileInfo) else of is self.IconType.File
        return self._look.icon("ph.file-text" if is_file else "ph.folder-open")

    def type(self, info: QFileInfo) -> str:
        """Return what a file is, by its ending."""
        if info.isDir():
            return "Folder"
        return f"{info.suffix()} file" if info.suffix() else "File"


def own_dialog(dialog: QFileDialog, look: Look) -> KindsByName:
    """Let a dialog be Qt's own, wide enough for names and dates; return what tells the kinds of its files."""
    kinds = KindsByName(look)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setIconProvider(kinds)
    dialog.resize(look.px(_WIDE), look.px(_HIGH))
    for name, icon in _TOOLS.items():
        tool = dialog.findChild(QToolButton, name)
        if tool is not None:
            tool.setIcon(look.icon(icon, "text"))
    tree = dialog.findChild(QTreeView, "treeView")
    if tree is not None:
        modes = QHeaderView.ResizeMode
        tree.header().setSectionResizeMode(modes.ResizeToContents)
        tree.header().setSectionResizeMode(0, modes.Stretch)
    return kinds
