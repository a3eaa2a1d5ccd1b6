"""The columns of the library and how their cells are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem

from evidence_app.domain.csl import TYPES
from evidence_app.domain.synthesis import Theme
from evidence_app.services.library.fields import type_label
from evidence_app.storage.references import ListedReference
from evidence_app.ui.look import Look
from evidence_app.ui.paint import LEFT, RIGHT, Brush
from evidence_app.ui.widgets.table import Column, Index, RowDelegate

EN_DASH: Final = "–"
STANDINGS: Final = {
    "included": ("Included", "ph.check", "include"),
    "background": ("Background", "ph.book-open", "text-3"),
    None: ("Undecided", "ph.circle-dashed", "text-3"),
}
"""How a reference stands in the review: word, icon and tone."""

DOI_STATES: Final = {
    "none": ("No DOI", "", "text-3"),
    "held": ("DOI held", "ph.link-simple", "text-3"),
    "found": ("Agrees with Crossref", "ph.link-simple", "text-2"),
    "differs": ("Crossref differs", "ph.circle-half-fill", "maybe"),
    "not found": ("Crossref does not know the DOI", "ph.link-break", "maybe"),
    "failed": ("Crossref could not be asked", "ph.link-simple", "text-3"),
}
"""What is known of a DOI: the words, the icon and its tone."""

UPDATES: Final = {
    "retraction": ("Retracted", "ph.warning-octagon-fill", "retracted"),
    "concern": ("Of concern", "ph.warning-circle-fill", "maybe"),
    "correction": ("Corrected", "ph.info", "text-3"),
}
"""What became of a work after it was published."""

DOI_EXPECTED: Final = frozenset(("article-journal", "paper-conference"))
_TYPE_LABELS: Final = {name: type_label(name) for name in TYPES}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the reference, with what became of it after publication."""

    reference: ListedReference
    update: str = ""
    """retraction, concern or correction; empty where nothing is known."""


def _themes_said(line: Line) -> str:
    count = len(line.reference.themes)
    return f"{count} {'theme' if count == 1 else 'themes'}" if count else ""


def _doi_said(line: Line) -> str:
    words = DOI_STATES[line.reference.doi_state][0]
    return f"{UPDATES[line.update][0]}. {words}" if line.update in UPDATES else words


COLUMNS: Final = (
    Column("", lambda line: str(line.reference.number or ""), 46, "number", right=True, told="Number"),
    Column("Authors", lambda line: line.reference.authors, 150, "author"),
    Column("Year", lambda line: str(line.reference.year or ""), 54, "year"),
    Column("Title", lambda line: line.reference.title, 0, "title"),
    Column("Source", lambda line: line.reference.container, 142, "container"),
    Column("Type", lambda line: _TYPE_LABELS.get(line.reference.type, ""), 118, "type"),
    Column("Themes", _themes_said, 78, ""),
    Column("Set", lambda line: STANDINGS[line.reference.standing][0], 104, "standing"),
    Column("DOI", _doi_said, 50, "doi"),
)
NAMES: Final = tuple(column.told or column.name for column in COLUMNS)
HIDDEN_AT_FIRST: Final = frozenset(("Type",))
GIVEN_UP: Final = ("Source", "Set", "Type", "Themes", "Year", "DOI")
"""What goes first where there is too little room for the title."""
TITLE_ROOM: Final = 260
"""The room the title needs at 100 %."""


class ReferenceDelegate(RowDelegate):
    """Draws one cell; calm by default, colour only where something is to be known."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(look, parent)
        self._places: tuple[Theme, ...] = ()

    def place_themes(self, themes: Sequence[Theme]) -> None:
        """Give each main theme its place, so that a column of dots can be scanned."""
        self._places = tuple(themes)

    def told(self, index: Index, row: Any, rect: QRect) -> str:
        """Say in words what is drawn as dots and icons."""
        line: Line = row
        match NAMES[index.column()]:
            case "Themes":
                names = [escape(each.name) for each in self._places if each.id in line.reference.themes]
                return f"<qt>{'<br>'.join(names)}</qt>" if names else "Supports no theme"
            case "DOI":
                return _doi_said(line)
        return super().told(index, row, rect)

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, _row: Any) -> None:
        """Draw what the column says of the reference."""
        line: Line = _row
        edge = self.look.px(8)
        rect: QRect = option.rect.adjusted(edge, 0, -edge, 0)
        middle = option.rect.center().y() + 1
        reference = line.reference
        match NAMES[index.column()]:
            case "Number":
                number = "" if reference.number is None else str(reference.number)
                brush.text(rect, number, "small", "text-3", RIGHT)
            case "Title":
                self._title(brush, rect, middle, line)
            case "Themes":
                self._dots(brush, rect, middle, reference)
            case "Set":
                word, icon, tone = STANDINGS[reference.standing]
                brush.icon(rect.left(), middle, icon, tone, 13)
                words = rect.adjusted(self.look.px(18), 0, edge, 0)
                brush.text(words, word, "small", "text-2" if reference.standing else "text-3")
            case "DOI":
                self._doi(brush, rect, middle, reference)
            case name:
                text = COLUMNS[index.column()].text(line)
                tone = "text-2" if name != "Authors" else "text"
                brush.text(rect, text or EN_DASH, "body", tone if text else "text-3", LEFT)

    def _title(self, brush: Brush, rect: QRect, middle: int, line: Line) -> None:
        if line.update in ("retraction", "concern"):
            word, icon, tone = UPDATES[line.update]
            after = brush.chip(rect.left(), middle - 1, word, tone, icon)
            rect = QRect(rect)
            rect.setLeft(after + self.look.px(3))
        title = line.reference.title
        brush.text(
            rect, title or "No title", tone="text" if title else "text-3", struck=line.update == "retraction"
        )

    def _dots(self, brush: Brush, rect: QRect, middle: int, reference: ListedReference) -> None:
        x = rect.left()
        for place, theme in enumerate(self._places):
            if x + self.look.px(10) > rect.right() + self.look.px(8):
                return
            x = brush.theme_dot(x, middle, place, filled=theme.id in reference.themes)

    def _doi(self, brush: Brush, rect: QRect, middle: int, reference: ListedReference) -> None:
        _, icon, tone = DOI_STATES[reference.doi_state]
        left = rect.left() + self.look.px(2)
        if icon:
            brush.icon(left, middle, icon, tone, 14)
        elif reference.type in DOI_EXPECTED:
            brush.text(rect.adjusted(self.look.px(4), 0, 0, 0), "?", "small-strong", "maybe")
        else:
            brush.text(rect.adjusted(self.look.px(4), 0, 0, 0), EN_DASH, "body", "text-3")


def order_of(sort: str) -> tuple[str, bool]:
    """Return sort key and whether it descends, from what was remembered ("year,down")."""
    key, _, way = sort.partition(",")
    known = {column.sort for column in COLUMNS if column.sort}
    return (key if key in known else "number"), way == "down"


def section_of(key: str) -> int:
    """Return the column that sorts by this key."""
    return next((at for at, column in enumerate(COLUMNS) if column.sort == key), 0)


def show_order(head: QHeaderView, key: str, *, descending: bool) -> None:
    """Show by which column the list is sorted, and which way."""
    way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    head.setSortIndicatorShown(True)
    head.setSortIndicator(section_of(key), way)


def is_copy(event: QKeyEvent) -> bool:
    """Return whether these are the keys that copy."""
    return event.matches(QKeySequence.StandardKey.Copy)
