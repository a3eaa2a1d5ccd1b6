"""What is dragged inside the window: references and review findings, by their row ids."""

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.paint import CENTRE, Brush

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


def begin_drag(source: QWidget, look: Look, mime: QMimeData, words: str) -> None:
    """Drag from a widget until it is dropped; `words` stand beside the pointer."""
    drag = QDrag(source)
    drag.setMimeData(mime)
    drag.setPixmap(_label(source, look, words))
    drag.setHotSpot(QPoint(-look.px(10), -look.px(6)))
    drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)


def _label(source: QWidget, look: Look, words: str) -> QPixmap:
    metrics = QFontMetrics(look.font("small"))
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, look.px(260))
    size = QRect(0, 0, metrics.horizontalAdvance(words) + look.px(16), look.px(26))
    ratio = source.devicePixelRatioF()
    picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    brush = Brush(painter, look)
    brush.box(size, look.colour("raised"), look.colour("line-strong"), 6)
    brush.text(size, words, "small", "text", CENTRE)
    painter.end()
    return picture


def dropped_files(mime: QMimeData) -> list[Path]:
    """Return the files of this computer that were dropped."""
    places = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return [place for place in places if place.is_file()]
