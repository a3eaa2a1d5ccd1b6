"""What is dragged inside the window: references and review findings, by their row ids."""

import json

from PySide6.QtCore import QByteArray, QMimeData

REFERENCES = "application/x-evidence-references"
"""Dragged references: from the library's list, a picker, or a citation chip."""
FINDINGS = "application/x-evidence-findings"
THEME = "application/x-evidence-theme"
CITATION = "application/x-evidence-citation"
"""A citation chip besides its reference: the block and the anchor it is taken from."""


def carrying(kind: str, values: list[object]) -> QMimeData:
    """Return what a drag carries."""
    mime = QMimeData()
    load(mime, kind, values)
    return mime


def load(mime: QMimeData, kind: str, values: list[object]) -> None:
    """Let a drag carry something more."""
    mime.setData(kind, QByteArray(json.dumps(values).encode()))


def carried(mime: QMimeData, kind: str) -> list[int]:
    """Return the ids of this kind that are dragged; none for anything else or what cannot be read."""
    return [value for value in _values(mime, kind) if isinstance(value, int)]


def carried_citation(mime: QMimeData) -> tuple[int, str] | None:
    """Return the block and the anchor a dragged citation chip is taken from."""
    match _values(mime, CITATION):
        case [int(block), str(anchor)]:
            return block, anchor
    return None


def _values(mime: QMimeData, kind: str) -> list[object]:
    if not mime.hasFormat(kind):
        return []
    try:
        found = json.loads(bytes(mime.data(kind).data()))
    except ValueError:
        return []
    return found if isinstance(found, list) else []
