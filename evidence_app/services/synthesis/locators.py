"""Locators as people type them: `p. 14`, `pp. 3–4`, `ch. 2`, `table 2`."""

import re
from typing import Final, NamedTuple

from evidence_app.domain.manuscript import Cited

LABELS: Final[dict[str, tuple[str, ...]]] = {
    "page": ("p", "pp", "page", "pages", "pg"), "chapter": ("ch", "chap", "chapter", "chapters"),
    "section": ("sec", "sect", "section", "sections", "§", "§§"),
    "figure": ("fig", "figs", "figure", "figures"),
    "paragraph": ("para", "paras", "paragraph", "paragraphs", "¶"), "volume": ("vol", "vols", "volume"),
    "part": ("pt", "pts", "part", "parts"), "line": ("l", "ll", "line", "lines"),
    "note": ("n", "nn", "note", "notes"), "verse": ("v", "vv", "verse", "verses"), "book": ("bk", "book"),
    "column": ("col", "cols", "column", "columns"), "folio": ("fol", "folio"), "issue": ("no", "issue"),
}  # fmt: skip
"""The kinds of place the citation styles can print, with what people write for each."""

_SHORT: Final = {
    "page": "p.", "chapter": "ch.", "section": "sec.", "figure": "fig.", "paragraph": "para.",
}  # fmt: skip
_BY_WORD: Final = {word: label for label, words in LABELS.items() for word in words}
_TYPED = re.compile(r"^(?P<word>[^\W\d_]+|§+|¶)\.?\s*(?P<place>\S.*)$")
_PLACE = re.compile(r"^(?:\d|[ivxlcdm]+\b|[a-z]?\d)", re.IGNORECASE)


class Place(NamedTuple):
    """The place in a work that is meant; what no style knows (a table) is printed behind a comma."""

    locator: str
    label: str
    suffix: str


def read_place(text: str) -> Place:
    """Return what somebody typed as a locator with its kind, or as a suffix where no kind fits."""
    typed = " ".join(text.split())
    if not typed:
        return Place("", "page", "")
    found = _TYPED.match(typed)
    if found and (label := _BY_WORD.get(found["word"].lower())):
        return Place(found["place"], label, "")
    if _PLACE.match(typed):
        return Place(typed, "page", "")
    return Place("", "page", f", {typed}")


def place_line(work: Cited) -> str:
    """Return the place as a list shows it, and as `read_place` reads it again."""
    if not work.locator:
        return work.suffix.lstrip(", ")
    if work.label == "page":
        return f"{'pp.' if re.search(r'[-–,]', work.locator) else 'p.'} {work.locator}"
    return f"{_SHORT.get(work.label, work.label)} {work.locator}"
