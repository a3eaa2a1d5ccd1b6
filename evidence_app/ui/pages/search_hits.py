"""Searching the stored text of a document: hits in order, from one to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from evidence_app.services.coding.auto_coding import pattern
from evidence_app.ui.pages.canvas import Canvas

MOST = 5000


class SearchHits(QObject):
    """The hits of a search in the open document."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: Sequence[tuple[int, int]] = ()
        self.at = -1
        self.words = ""

    def find(self, canvas: Canvas, words: str) -> str:
        """Find words and show the first hit after the caret; return what is said of it."""
        self.words = words
        wanted = pattern(words)
        self.hits = ()
        if wanted is not None:
            self.hits = [
                hit.span() for hit, _ in zip(wanted.finditer(canvas.text), range(MOST), strict=False)
            ]
            if not self.hits:  # part of a word will do where no whole word is found
                folded, asked = canvas.text.lower(), words.lower().strip()
                at = folded.find(asked)
                found: list[tuple[int, int]] = []
                while at >= 0 and len(found) < MOST and len(folded) == len(canvas.text):
                    found.append((at, at + len(asked)))
                    at = folded.find(asked, at + 1)
                self.hits = found
        canvas.hits = self.hits
        self.at = next((at for at, hit in enumerate(self.hits) if hit[0] >= canvas.selection[0]), 0) - 1
        return self.step(canvas, 1)

    def step(self, canvas: Canvas, step: int) -> str:
        """Go to the next hit, or to the one before."""
        canvas.viewport().update()
        if not self.hits:
            return "Not found" if self.words.strip() else ""
        self.at = (self.at + step) % len(self.hits)
        canvas.select(*self.hits[self.at])
        return f"{self.at + 1} of {len(self.hits)}"
