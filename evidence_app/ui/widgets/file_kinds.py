"""How files look in a dialog: by their names alone, so that none of them is opened."""

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileIconProvider, QStyle


class KindsByName(QFileIconProvider):
    """Gives a folder or a file its icon and the name of its kind. Qt's own provider reads into the file."""

    def icon(self, of: "QAbstractFileIconProvider.IconType | QFileInfo") -> QIcon:
        """Return the icon of a folder, a drive or a file."""
        if not isinstance(of, QFileInfo):
            return super().icon(of)
        pictures = QStyle.StandardPixmap
        return QApplication.style().standardIcon(pictures.SP_DirIcon if of.isDir() else pictures.SP_FileIcon)

    def type(self, info: QFileInfo) -> str:
        """Return what a file is, by its ending."""
        if info.isDir():
            return "Folder"
        return f"{info.suffix()} file" if info.suffix() else "File"
