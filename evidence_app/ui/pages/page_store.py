"""The pages of an open PDF, drawn and read in the PDF lane as they are needed, and kept for a while."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from evidence_app.services.coding.pdf import OutlineEntry, PdfFile, Picture, TextLayer
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.tasks import Task

PICTURES: Final = 14
"""Pictures of pages kept at once: a page at 150 % is 7 MB."""
LAYERS: Final = 60


class PageStore(QObject):
    """Pictures and text layers of one PDF; what is not there yet is asked for and told later."""

    came = Signal(int)
    """A picture or the boxes of this page are there now."""
    failed = Signal(object)
    outlined = Signal(object)

    def __init__(self, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._path: Path | None = None
        self._number = 0
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._layers: OrderedDict[int, TextLayer] = OrderedDict()
        self._asked: dict[object, Task] = {}

    def open(self, path: Path | None) -> None:
        """Show another file, or none."""
        self._number += 1
        for task in self._asked.values():
            task.cancel()
        self._asked.clear()
        self._pictures.clear()
        self._layers.clear()
        self._path = path
        self.outlined.emit(())
        if path is not None:
            self._lanes.pdf.start(Task(partial(_outline, path)).then(self._tell_outline, self.failed.emit))

    def _tell_outline(self, entries: object) -> None:
        self.outlined.emit(entries)

    # -- asking

    def picture(self, page: int, scale: float) -> QImage | None:
        """Return the picture of a page at this scale; one at another scale serves until it is drawn."""
        held = self._pictures.get(page)
        if held is not None:
            self._pictures.move_to_end(page)
        if (held is None or abs(held[0] - scale) > 0.001) and self._path is not None:
            self._ask(("picture", page), partial(_draw, self._path, page, scale), self._keep_picture)
        return held[1] if held else None

    def layer(self, page: int, frozen: str) -> TextLayer | None:
        """Return the boxes of a page's characters, if they are known already; else ask for them."""
        held = self._layers.get(page)
        if held is None and self._path is not None:
            self._ask(("layer", page), partial(_read, self._path, page, frozen), self._keep_layer)
        return held or self._layers.get(page)

    def only(self, pages: range) -> None:
        """Give up what was asked for and lies far from these pages: somebody scrolls fast."""
        for key, task in list(self._asked.items()):
            if isinstance(key, tuple) and key[1] not in pages:
                task.cancel()
                del self._asked[key]

    def _ask(self, key: object, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        if key in self._asked:
            return
        task = Task(partial(_quietly, self._number, work))
        self._asked[key] = task
        task.then(then, self._tell_failure)
        self._lanes.pdf.start(task)

    # -- what came

    def _keep_picture(self, answer: tuple[int, tuple[float, Picture]]) -> None:
        number, drawn = answer
        if number != self._number:
            return
        scale, picture = drawn
        self._asked.pop(("picture", picture.page), None)
        image = QImage(
            picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        ).copy()
        self._pictures[picture.page] = (scale, image)
        self._pictures.move_to_end(picture.page)
        while len(self._pictures) > PICTURES:
            self._pictures.popitem(last=False)
        self.came.emit(picture.page)

    def _keep_layer(self, answer: tuple[int, TextLayer]) -> None:
        number, layer = answer
        if number != self._number:
            return
        self._asked.pop(("layer", layer.page), None)
        self._layers[layer.page] = layer
        while len(self._layers) > LAYERS:
            self._layers.popitem(last=False)
        self.came.emit(layer.page)

    def _tell_failure(self, error: object) -> None:
        self.failed.emit(error)


# In the PDF lane. Opening takes a millisecond, so that no file is held while nothing is drawn.


def _outline(path: Path, _report: Any) -> list[OutlineEntry]:
    with PdfFile(path) as file:
        return file.outline()


def _draw(path: Path, page: int, scale: float) -> tuple[float, Picture]:
    with PdfFile(path) as file:
        return scale, file.picture(page, scale)


def _read(path: Path, page: int, frozen: str) -> TextLayer:
    with PdfFile(path) as file:
        return file.layer(page, frozen)


def _quietly(number: int, work: Callable[[], Any], _report: Any) -> tuple[int, Any]:
    return number, work()
