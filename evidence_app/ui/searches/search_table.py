"""The list of searches: one row of 44 each, with bars that compare what they gave."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from evidence_app.domain.edit import counted
from evidence_app.domain.review import NumberState
from evidence_app.services.searches.days import shown_days
from evidence_app.services.searches.kinds import Group, kind_called
from evidence_app.services.searches.worth import Figure, Worth
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.widgets.menus import menu_spot
from evidence_app.ui.widgets.table import Column, IdTableModel, RowDelegate, Table

ROW_HEIGHT: Final = 44
BAR: Final = 54
FIGURES: Final = ("records", "unique", "included", "only_here")
BARRED: Final = ("unique", "included")


def figure_of(row: Worth, name: str) -> Figure:
    """Return one of the four numbers of a row."""
    found: Figure = getattr(row, name)
    return found


def second_line(row: Worth) -> str:
    """Return what stands under the name of a source."""
    search = row.search
    if row.group is Group.SUPPORT:
        return f"{search.kind.capitalize()}; gives no records"
    if row.group is Group.DATABASES:
        said = (search.platform if search.platform != search.name else "", search.text("covers"))
        return ", ".join(part for part in said if part) or search.kind.capitalize()
    seen, kept = search.number("seen"), search.number("kept")
    numbers = [
        f"first {seen:,} seen" if seen is not None else "",
        f"{kept:,} kept" if kept is not None else "",
    ]
    told = ", ".join(part for part in numbers if part)
    if search.files:
        return f"{search.kind.capitalize()}, {counted(search.files, 'file')}"
    if told:
        return f"No file: {told}"
    return f"{search.kind.capitalize()}; numbers not reported"


def told(row: Worth) -> str:
    """Return the row in a sentence for a screen reader."""
    numbers = ", ".join(
        f"{name.replace('_', ' ')} {figure_of(row, name).shown}" for name in FIGURES if row.gives_records
    )
    return ". ".join(part for part in (row.search.name, second_line(row), numbers) if part)


def _text(name: str) -> Any:
    return lambda row: figure_of(row, name).shown if row.gives_records else "–"


def _days(row: Worth) -> str:
    return shown_days(row.search.text("searched_from"), row.search.text("searched_to"), short=True)


COLUMNS: Final = (
    Column("Source and platform", told),
    Column("Run", _days, 126),
    Column("Records", _text("records"), 96, right=True),
    Column("Unique", _text("unique"), 140, right=True, told="Unique: works no other search found"),
    Column("Included", _text("included"), 140, right=True, told="Included: works included in the review"),
    Column("Only here", _text("only_here"), 92, right=True, told="Only here: included, found by no other"),
)  # fmt: skip


NARROWEST: Final = 190
"""The least room for the name of a source."""
WIDTHS: Final = (
    (126, 96, 140, 140, 92), (118, 86, 124, 124, 84), (118, 76, 76, 82, 84), (0, 80, 76, 82, 84),
    (0, 80, 0, 82, 84), (0, 80, 0, 82, 0), (0, 80, 0, 0, 0),
)  # fmt: skip
"""Run, records, unique, included, only here: the first line that fits is taken; 0 is hidden."""


class SearchDelegate(RowDelegate):
    """Draws a search: name over platform, typed numbers with a pencil, missing ones dashed."""

    def __init__(self, look: Look, table: "SearchTable") -> None:
        super().__init__(look, table)
        self.most: dict[str, int] = {}
        self.problems: frozenset[int] = frozenset()

    def draw(
        self,
        brush: Brush,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        row: Worth,
    ) -> None:
        """Draw one cell."""
        rect: QRect = option.rect
        if index.column() == 0:
            self._name(brush, rect, row, chosen=bool(option.state & option.state.State_Selected))
        elif index.column() == 1:
            days = index.data(Qt.ItemDataRole.DisplayRole) or "–"
            brush.text(
                rect.adjusted(self.look.px(8), 0, 0, 0), days, "body", "text-2" if days != "–" else "text-3"
            )
        else:
            name = FIGURES[index.column() - 2]
            self._figure(brush, rect.adjusted(0, 0, -self.look.px(8), 0), row, name)

    def _name(self, brush: Brush, rect: QRect, row: Worth, *, chosen: bool) -> None:
        px = self.look.px
        middle = rect.center().y()
        brush.icon(
            rect.left() + px(20), middle, kind_called(row.search.kind).icon, "accent" if chosen else "text-2"
        )
        left = px(50)
        area = rect.adjusted(left, 0, -px(8), 0)
        if row.search.row in self.problems:
            brush.icon(area.right() - px(14), middle, "ph.warning-circle-fill", "exclude", 14)
            area = area.adjusted(0, 0, -px(22), 0)
        half = rect.height() // 2
        upper = QRect(area.left(), rect.top() + px(3), area.width(), half - px(2))
        lower = QRect(area.left(), rect.top() + half, area.width(), half - px(4))
        brush.text(upper, row.search.name, "strong" if chosen else "body")
        brush.text(lower, second_line(row), "caption", "text-3")

    def _figure(self, brush: Brush, rect: QRect, row: Worth, name: str) -> None:
        px = self.look.px
        figure = figure_of(row, name)
        middle = rect.center().y()
        if not row.gives_records:
            brush.text(rect, "–", "body", "text-3", RIGHT)
            return
        if figure.value is None:
            brush.dashed(QRect(rect.right() - px(27), middle - px(9), px(28), px(19)))
            return
        typed = figure.state is NumberState.TYPED
        brush.text(rect, figure.shown, "strong", "text" if typed else "accent", RIGHT)
        if typed:
            width = brush.width(figure.shown, "strong")
            brush.icon(rect.right() - width - px(18), middle + 1, "ph.pencil-simple", "text-3", 12)
        if name in BARRED and rect.width() > px(108):
            self._bar(brush, QRect(rect.left() + px(18), middle - px(3), px(BAR), px(7)), figure.value, name)

    def _bar(self, brush: Brush, track: QRect, value: int, name: str) -> None:
        brush.box(track, self.look.colour("pressed"), None, 3)
        most = self.most.get(name, 0)
        if value and most:
            share = max(self.look.px(4), round(track.width() * value / most))
            brush.box(
                QRect(track.left(), track.top(), share, track.height()),
                self.look.colour("accent-line"),
                None,
                3,
            )


class SearchTable(Table):
    """The searches. Enter goes to the form, Delete asks to remove, the menu key opens the acts."""

    removal_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, look: Look) -> None:
        self._rows: dict[int, Worth] = {}
        self.searches = IdTableModel(COLUMNS, self._fetch)
        super().__init__(look, self.searches, "Searches")
        self._drawn = SearchDelegate(look, self)
        self.setItemDelegate(self._drawn)
        self.horizontalHeader().setObjectName("indented")  # over the icons, not before them
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def renew(self) -> None:
        """Take the height of two lines, and the widths for the room there is."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._look.px(ROW_HEIGHT))
        self._fit()

    def show_searches(self, rows: Sequence[Worth], problems: frozenset[int]) -> None:
        """Show these searches; those with problems in their query are marked."""
        self._rows = {row.search.row: row for row in rows}
        self._drawn.problems = problems
        for name in BARRED:
            self._drawn.most[name] = max((figure_of(row, name).value or 0 for row in rows), default=0)
        self.show_ids([row.search.row for row in rows])

    def row_of(self, number: int | None) -> Worth | None:
        """Return the search with this id in the list."""
        return self._rows.get(number) if number is not None else None

    def wanted_height(self) -> int:
        """Return the height in which every row is seen."""
        return self.horizontalHeader().height() + len(self.searches.ids) * self._look.px(ROW_HEIGHT) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up bars, days and at last numbers where there is no room for them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px, room = self._look.px, self.viewport().width() - self._look.px(NARROWEST)
        widths = next((each for each in WIDTHS if sum(px(width) for width in each) <= room), WIDTHS[-1])
        for column, width in enumerate(widths, 1):
            self.setColumnHidden(column, not width)
            if width:
                self.setColumnWidth(column, px(width))

    def _fetch(self, ids: Sequence[int]) -> dict[int, Worth]:
        return {number: self._rows[number] for number in ids if number in self._rows}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask to remove on Delete; all else is the list's."""
        if event.key() == Qt.Key.Key_Delete and self.current_id() is not None:
            self.removal_asked.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the acts where the mouse, or the chosen row, is."""
        if self.current_id() is not None:
            self.menu_asked.emit(menu_spot(self, event))
