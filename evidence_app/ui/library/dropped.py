"""What is dropped on the library beside files: text to add references from."""

from PySide6.QtCore import QMimeData


def dropped_text(mime: QMimeData) -> str:
    """Return the text that was dropped, or nothing where files were."""
    return "" if mime.hasUrls() and any(url.isLocalFile() for url in mime.urls()) else mime.text().strip()
