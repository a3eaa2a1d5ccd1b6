"""Choosing among the citation styles: a search, the list, and the works themselves as a sample."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.services.publishing import citing, styles
from evidence_app.services.publishing.styles import Style
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.paint import Brush
from evidence_app.ui.tasks import Report, Task
from evidence_app.ui.widgets.laying import across, down, framed
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table

KINDS = {"numeric": "Numbers", "author-date": "Author and year", "note": "Footnotes", "author": "Author",
         "label": "Labels"}  # fmt: skip
SAMPLED = 2
_LINK_WORDS: Final = re.compile(r">[^<]*(?=</a>)")
COLUMNS = (
    Column("Style", lambda style: style.title),
    Column("Cites by", lambda style: KINDS.get(style.kind, ""), 120),
)


class _StyleDelegate(RowDelegate):
    """Draws how a style cites in a second tone."""

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, _row: object) -> None:
        """Draw one cell."""
        edge = self.look.px(8)
        rect = option.rect.adjusted(edge, 0, -edge, 0)
        tone = "text-3" if index.column() else "text"
        brush.text(
            rect, index.data(Qt.ItemDataRole.DisplayRole) or "", "small" if index.column() else "body", tone
        )


class StylePicker(QWidget):
    """Every citation style there is, found by a few words; `chosen` tells which one is current."""

    chosen = Signal(str)
    """The id of the style."""

    def __init__(
        self, parts: Parts, lanes: Lanes, style: str, parent: QWidget | None = None, *, narrow: bool = False
    ) -> None:
        super().__init__(parent)
        self._parts, self._lanes, self._narrow = parts, lanes, narrow
        self.style_id = style
        self._works: Sequence[Reference] = ()
        self._all: Sequence[Style] = ()
        self._found: Sequence[Style] = ()
        self._task: Task | None = None
        self.search = parts.search(
            "Search 10,844 styles: Vancouver, Health Expectations, APA", "Search styles", 320
        )
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self._to_list)
        self._count = parts.faint("")
        self.table = Table(parts.look, IdTableModel(COLUMNS, self._fetch), "Citation styles")
        self.table.setItemDelegate(_StyleDelegate(parts.look, self.table))
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.chosen.connect(self._choose)
        self.sample = parts.rich("", "small")
        self.sample.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = down(parts.caption("Sample"), gap=4, edge=(12, 8, 12, 10))
        inside.addWidget(self.sample, 1)
        card = framed(inside, "card")
        card.setMinimumHeight(parts.look.px(96))
        self.table.setColumnHidden(1, narrow)
        self.table.setMinimumHeight(3 * parts.look.row_height)
        self._count.setVisible(not narrow)
        column = down(across(self.search, None, self._count), gap=8)
        column.addWidget(self.table, 1)
        column.addWidget(card)
        self.setLayout(column)
        lanes.reading.submit(styles.all_styles, then=self._have, failed=self._failed)

    def show_sample_of(self, works: Sequence[Reference]) -> None:
        """Show the sample with these works, the first two of them."""
        self._works = tuple(works[: 1 if self._narrow else SAMPLED])
        self._sample()

    def _have(self, found: Sequence[Style]) -> None:
        self._all = found
        self._search(self.search.text())

    def _search(self, words: str) -> None:
        self._found = styles.search_styles(words, self._all) if words.strip() else self._all
        self._count.setText(f"{len(self._found):,} styles" if self._all else "")
        self.table.show_ids(range(len(self._found)), again=False)
        current = next((at for at, style in enumerate(self._found) if style.id == self._current()), 0)
        if self._found:
            self.table.select(current)

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the chosen style into the middle of the list."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._centre)

    def _centre(self) -> None:
        self.table.scrollTo(self.table.currentIndex(), self.table.ScrollHint.PositionAtCenter)

    def _current(self) -> str:
        try:
            return styles.current_id(self.style_id)
        except EvidenceError:
            return styles.DEFAULT_STYLE

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Style]:
        return {at: self._found[at] for at in ids}

    def _choose(self, at: object) -> None:
        if isinstance(at, int) and at < len(self._found) and self._found[at].id != self.style_id:
            self.style_id = self._found[at].id
            self.chosen.emit(self.style_id)
            self._sample()

    def _to_list(self) -> None:
        self.table.setFocus()

    def _sample(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._works:
            self._task = Task(partial(_sampled, self._works, self.style_id))
            self._lanes.reading.start(self._task.then(self._show_sample, self._failed))

    def _show_sample(self, html: str) -> None:
        self.sample.setText(html)

    def _failed(self, error: object) -> None:
        self.sample.setText(str(error) if isinstance(error, EvidenceError) else "No sample can be shown.")


def _sampled(works: Sequence[Reference], style: str, report: Report) -> str:
    listed = citing.entries(works, style, report=report)
    return "".join(f"<p style='margin:0 0 4px 0'>{breakable(entry.html)}</p>" for entry in listed)


def breakable(html: str) -> str:
    """Return the entry with places to break in the words of its links; a label cuts off what has none."""
    return _LINK_WORDS.sub(lambda words: words[0].replace("/", "/\u200b"), html)
