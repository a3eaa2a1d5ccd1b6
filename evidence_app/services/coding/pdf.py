"""The one adapter of pypdfium2: pages as pictures, the text on them with its boxes, and the outline.

PDFium is not thread-safe: one thread at a time is let into it. In the window nearly all of this runs in the
PDF lane, so that nobody waits for another's page."""

import contextlib
import itertools
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.coding import Page, Rectangle
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.page_text import FrozenText, frozen_text, page_signs, places

LARGEST: Final = 5000
"""Pixels a picture of a page may be high or wide; more is drawn smaller."""
_DEEPEST: Final = 6
_ONE_AT_A_TIME: Final = threading.RLock()


class UnreadablePdf(EvidenceError):
    """A PDF that is damaged, encrypted or none at all."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: 32 bits each, blue green red and one unused."""

    page: int
    width: int
    height: int
    stride: int
    pixels: bytes


Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own space."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A box for each character of a page's frozen text; None for line ends and what has no place."""

    page: int
    boxes: tuple[Box | None, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the PDF's own outline."""

    title: str
    depth: int
    page: int


class PdfFile:
    """An open PDF. Pages are counted from 1. Close it in the thread that opened it."""

    def __init__(self, path: Path) -> None:
        import pypdfium2

        self.path = path
        try:
            with _ONE_AT_A_TIME:
                self._document: Any = pypdfium2.PdfDocument(path)
                self.count = len(self._document)
        except (pypdfium2.PdfiumError, OSError, ValueError) as error:
            why = "it needs a password" if "password" in str(error).lower() else "it is damaged or no PDF"
            raise UnreadablePdf(
                f"{path.name} could not be read: {why}. Nothing was changed. Save it anew in a PDF reader "
                "without protection and attach that file."
            ) from error

    def close(self) -> None:
        """Let go of the file."""
        with _ONE_AT_A_TIME:
            self._document.close()

    def __enter__(self) -> "PdfFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _page(self, page: int) -> Iterator[Any]:
        import pypdfium2

        with _ONE_AT_A_TIME:
            try:
                opened = self._document[page - 1]
            except (pypdfium2.PdfiumError, IndexError) as error:
                raise UnreadablePdf(f"Page {page} of {self.path.name} cannot be read.") from error
            try:
                yield opened
            finally:
                opened.close()

    def size(self, page: int, start: int = 0) -> Page:
        """Return how large a page is shown, how it is turned and where its box begins."""
        with self._page(page) as opened:
            width, height = opened.get_size()
            left, bottom, _, _ = opened.get_cropbox()
            label = (self._document.get_page_label(page - 1) or "").strip()
            label = "" if label == str(page) else label[:20]
            return Page(start, width, height, opened.get_rotation() % 360, left, bottom, label)

    def letters(self, page: int) -> list[str]:
        """Return the characters of a page in PDFium's order."""
        with self._page(page) as opened, _text_of(opened) as text:
            return _letters(text)

    def layer(self, page: int, frozen: str) -> TextLayer:
        """Return the boxes of the characters of a page, whose frozen text this is."""
        with self._page(page) as opened, _text_of(opened) as text:
            letters = _letters(text)
            boxes: dict[int, Box | None] = {-1: None}
            found = []
            for index in places(frozen, page_signs(letters)):
                if index not in boxes:
                    boxes[index] = _box(text, index)
                found.append(boxes[index])
        return TextLayer(page, tuple(found))

    def picture(self, page: int, scale: float) -> Picture:
        """Draw a page at this many pixels to the point, on white."""
        with self._page(page) as opened:
            width, height = opened.get_size()
            scale = min(scale, LARGEST / max(width, height, 1.0))
            bitmap = opened.render(
                scale=scale, force_bitmap_format=_format(), maybe_alpha=False, draw_annots=True
            )
            try:
                return Picture(page, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()

    def outline(self) -> list[OutlineEntry]:
        """Return the PDF's outline as far as it leads to pages."""
        found = []
        with _ONE_AT_A_TIME:
            for bookmark in self._document.get_toc(max_depth=_DEEPEST):
                target = bookmark.get_dest()
                page = target.get_index() if target else None
                if page is not None and 0 <= page < self.count:
                    found.append(OutlineEntry(bookmark.get_title().strip(), bookmark.level, page + 1))
        return found


def read_text(file: PdfFile, report: Any) -> tuple[FrozenText, tuple[Page, ...]]:
    """Return the text of a PDF with its pages; `report` is told of each page and may raise `Cancelled`."""
    letters: list[Sequence[str]] = []
    for page in range(1, file.count + 1):
        report(page - 1, file.count)
        letters.append(file.letters(page))
    frozen = frozen_text(letters)
    return frozen, tuple(file.size(page, start) for page, start in enumerate(frozen.starts, 1))


def first_text(path: Path, pages: int) -> str:
    """Return the text of the first pages of a PDF: enough to know what it is. Raises `UnreadablePdf`."""
    with PdfFile(path) as file:
        return frozen_text([file.letters(page) for page in range(1, min(pages, file.count) + 1)]).text


def lines_of(page: int, boxes: Sequence[Box | None]) -> tuple[Rectangle, ...]:
    """Return the boxes of a stretch of characters joined line by line, as a highlight is drawn."""
    joined: list[Rectangle] = []
    for box in boxes:
        if box is None or box[2] - box[0] <= 0 or box[3] - box[1] <= 0:
            continue
        last = joined[-1] if joined else None
        if last is not None and _follows(last, box):
            joined[-1] = Rectangle(
                page, min(last.x0, box[0]), min(last.y0, box[1]), max(last.x1, box[2]), max(last.y1, box[3])
            )
        else:
            joined.append(Rectangle(page, *box))
    return tuple(Rectangle(page, *(round(side, 2) for side in each[1:])) for each in joined)


def _follows(last: Rectangle, box: Box) -> bool:
    """Whether a character stands in the same line as the box before it; lines may run up the page."""
    level = min(last.y1, box[3]) - max(last.y0, box[1])
    upright = min(last.x1, box[2]) - max(last.x0, box[0])
    wide, high = box[2] - box[0], box[3] - box[1]
    gap = max(box[0] - last.x1, last.x0 - box[2])
    rise = max(box[1] - last.y1, last.y0 - box[3])
    runs_up = last.x1 - last.x0 <= 1.6 * wide  # else it is the line below that begins with a wide letter
    return (level > 0.5 * high and gap < 3 * high) or (
        runs_up and upright > 0.5 * wide and rise < 0.6 * wide and gap < 0
    )


@contextlib.contextmanager
def _text_of(page: Any) -> Iterator[Any]:
    text = page.get_textpage()
    try:
        yield text
    finally:
        text.close()


def _letters(text: Any) -> list[str]:
    """Return what stands at each of PDFium's places; of a pair of halves the first place has it all."""
    from pypdfium2 import raw

    numbers = [raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars())]
    letters = [_letter(number) for number in numbers]
    for at, (high, low) in enumerate(itertools.pairwise(numbers)):
        if 0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF:
            letters[at : at + 2] = [chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00), ""]
    return letters


def _letter(number: int) -> str:
    if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return "\ufffd"
    return chr(number) if number >= 32 or number in (9, 10, 13) else ("\ufffe" if number == 2 else "")


def _box(text: Any, index: int) -> Box | None:
    left, bottom, right, top = text.get_charbox(index, loose=True)
    return (left, bottom, right, top) if right > left and top > bottom else None


def _format() -> int:
    from pypdfium2 import raw

    return int(raw.FPDFBitmap_BGRx)
