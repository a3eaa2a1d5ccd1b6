"""What is dropped to be imported: files of this computer, and the files of folders."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData

from evidence_app.storage.open_files import is_held

MOST: Final = 500
"""A folder with more files than this is no folder of exports."""
DEEPEST: Final = 4
"""How many folders deep exports are looked for."""


def exports_within(mime: QMimeData) -> list[Path]:
    """Return the files that were dropped and, of a folder, those that lie in it and are not hidden.

    Of the folders in a folder, only what may be an export by its name: the rest came with the records."""
    found: list[Path] = []
    for url in mime.urls():
        place = Path(url.toLocalFile()) if url.isLocalFile() else None
        if place is not None and place.is_file():
            found.append(place)
        elif place is not None and place.is_dir():
            found += _inside(place)
    return found


def _inside(folder: Path) -> list[Path]:
    found: list[Path] = []
    for place in _visible(folder, 1):
        is_likely = place.parent == folder or place.suffix.casefold() in suffixes_read()
        if is_likely:
            found.append(place)
        if len(found) == MOST:
            break
    return found


def _visible(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the files of a folder, then those of the folders in it; what may not be read is passed over."""
    try:
        inside = sorted(each for each in folder.iterdir() if each.name[0] != ".")
    except OSError:
        return
    yield from (each for each in inside if each.is_file() and not is_held(each))
    if depth < DEEPEST:
        for each in inside:
            if each.is_dir() and not each.is_symlink():
                yield from _visible(each, depth + 1)


@cache
def suffixes_read() -> frozenset[str]:
    """Return the endings of every format that is read."""
    from evidence_app.services.formats.registry import FORMATS

    return frozenset(suffix for each in FORMATS if each.reads for suffix in each.suffixes)
