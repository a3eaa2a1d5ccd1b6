"""What is dropped on the screen: files of this computer, and the files of a folder."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData

MOST: Final = 200
"""A folder with more files than this is no folder of exports."""


def dropped_files(mime: QMimeData) -> list[Path]:
    """Return the files that were dropped; of a folder, those that lie in it and are not hidden."""
    found: list[Path] = []
    for url in mime.urls():
        place = Path(url.toLocalFile()) if url.isLocalFile() else None
        if place is not None and place.is_file():
            found.append(place)
        elif place is not None and place.is_dir():
            inside = sorted(each for each in place.iterdir() if each.is_file() and each.name[0] != ".")
            found += inside[:MOST]
    return found
