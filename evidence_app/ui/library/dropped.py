"""What is dropped on the library: files to attach, or text to add references from."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_files(mime: QMimeData) -> list[Path]:
    """Return the files of this computer that were dropped."""
    places = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return [place for place in places if place.is_file()]


def dropped_text(mime: QMimeData) -> str:
    """Return the text that was dropped, or nothing where files were."""
    return "" if mime.hasUrls() and any(url.isLocalFile() for url in mime.urls()) else mime.text().strip()
