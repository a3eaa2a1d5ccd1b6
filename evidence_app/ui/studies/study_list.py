"""The studies as rows; one of several reports shows them below it. Rows are joined by drag or by J."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from evidence_app.domain.edit import counted
from evidence_app.domain.studies import ExtractionField, Study, StudyReport
from evidence_app.services.studies.counting import shown
from evidence_app.ui.carried import REFERENCES, begin_drag, carried, carrying
from evidence_app.ui.look import Look
from evidence_app.ui.paint import RIGHT, Brush
from evidence_app.ui.studies.desk import Held
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table

DASH: Final = "–"
FIELDS: Final = 3
"""So many characteristics stand in the list; all of them stand in the inspector."""


@dataclass(frozen=True, slots=True)
class Row:
    """A study, or one report of a study that has several."""

    study: Study
    report: StudyReport | None
    number: str
    label: str
    title: str
    values: tuple[str, ...]


def rows_of(held: Held, studies: Sequence[Study]) -> dict[int, Row]:
    """Return the rows by their ids: twice the main reference for a study, one more for a report."""
    fields = held.contents.fields[:FIELDS]
    found: dict[int, Row] = {}
    for study in studies:
        values = tuple(shown(held.contents.values_of(study.references, field.name)) for field in fields)
        work = held.contents.works[study.main]
        several = len(study.reports) > 1
        number = "" if several or work.number is None else str(work.number)
        found[study.main * 2] = Row(study, None, number, study.label, held.title(study.main), values)
        for report in study.reports if several else ():
            each = held.contents.works[report.reference]
            found[report.reference * 2 + 1] = Row(
                study, report, str(each.number or ""), each.short_label, held.title(report.reference),
                tuple(shown(held.contents.values_of([report.reference], field.name)) for field in fields),
            )  # fmt: skip
    return found


def columns_of(fields: Sequence[ExtractionField]) -> tuple[Column, ...]:
    """Return the columns: the first fields of the form stand at the right."""
    heads = [field.title for field in fields[:FIELDS]]
    heads += [""] * (FIELDS - len(heads))
    return (
        Column("No.", lambda row: row.number, 46, right=True),
        Column("Study", lambda row: row.label, 160),
        Column("Title of the main report", lambda row: row.title),
        Column("Reports", _reports, 92),
        *(Column(head, _value(at), 112, told=head or "No field yet") for at, head in enumerate(heads)),
    )  # fmt: skip


def _reports(row: Row) -> str:
    return str(len(row.study.reports)) if row.report is None else row.report.part.value


def _value(at: int) -> Any:
    def text(row: Row) -> str:
        return row.values[at] if at < len(row.values) else ""

    return text


class _Delegate(RowDelegate):
    """Draws a study in full weight where it has several reports, and its reports indented below it."""

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, row: Any) -> None:
        px = self.look.px
        inner = option.rect.adjusted(px(8), 0, -px(8), 0)
        text, column, below = str(index.data() or ""), index.column(), row.report is not None
        if column == 0:
            brush.text(inner, text, "small", "text-3", RIGHT)
        elif column == 1:
            several = len(row.study.reports) > 1
            if below:
                brush.icon(inner.left() + px(6), inner.center().y(), "ph.file-text", "text-3", 14)
                inner.adjust(px(28), 0, 0, 0)
            brush.text(
                inner, text, "strong" if several and not below else "body", "text-2" if below else "text"
            )
        elif column == 3 and below:
            tone = "accent" if text == "main" else "text-2"
            brush.chip(inner.left(), inner.center().y(), text, tone)
        else:
            faint = text in ("", "not reported") or (column == 3 and text == "1")
            brush.text(inner, text or DASH, "body", "text-3" if faint else "text-2")


class StudyList(Table):
    """The list. Studies are dragged onto each other; a report is dragged out of its study onto another."""

    dropped = Signal(object, int)
    """References that were dragged, and the row they were dropped on."""

    def __init__(self, look: Look, columns: Sequence[Column]) -> None:
        self.rows: dict[int, Row] = {}
        self._shown_look = look
        super().__init__(look, IdTableModel(columns, self._fetch), "Studies")
        self._pressed: QPoint | None = None
        self.setItemDelegate(_Delegate(look, self))
        self.setSelectionMode(Table.SelectionMode.ExtendedSelection)
        self.setAcceptDrops(True)

    def show_rows(self, rows: Mapping[int, Row], columns: Sequence[Column]) -> None:
        """Show these rows."""
        model = self.model()
        if isinstance(model, IdTableModel):
            model.columns = tuple(columns)
        self.rows = dict(rows)
        self.show_ids(list(self.rows))
        if self.current_id() is None and self.rows:
            self.select(next(iter(self.rows)))

    def chosen_rows(self) -> list[Row]:
        """Return the selected rows."""
        return [self.rows[each] for each in self.selected_ids() if each in self.rows]

    def chosen_studies(self) -> list[Study]:
        """Return the studies of the selected rows, each once, in the order shown."""
        return list({row.study.main: row.study for row in self.chosen_rows()}.values())

    def row(self, number: object) -> Row | None:
        """Return the row of an id."""
        return self.rows.get(number) if isinstance(number, int) else None

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {each: self.rows[each] for each in ids if each in self.rows}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out characteristics where there is no room for them: the inspector has them all."""
        room = self.width()
        for column, needed in ((6, 860), (5, 740), (4, 620), (3, 470)):
            self.setColumnHidden(column, room < self._shown_look.px(needed))
        super().resizeEvent(event)

    # -- dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the row that was pressed, once the pointer has gone far enough."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (event.position().toPoint() - self._pressed).manhattanLength()
            row = self.row(self._id_at(self._pressed))
            if far >= QApplication.startDragDistance() and row is not None:
                self._pressed = None
                ids = [row.report.reference] if row.report is not None else list(row.study.references)
                begin_drag(
                    self, self._shown_look, carrying(REFERENCES, list(ids)), counted(len(ids), "report")
                )
            return
        super().mouseMoveEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take reports of this list."""
        if event.source() is self and carried(event.mimeData(), REFERENCES):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show on which row they would be dropped."""
        if event.source() is self and self._id_at(event.position().toPoint()) is not None:
            self._point(self.indexAt(event.position().toPoint()).row())
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which reports were dropped on which row."""
        at = self._id_at(event.position().toPoint())
        ids = carried(event.mimeData(), REFERENCES)
        if at is not None and ids:
            event.acceptProposedAction()
            self.dropped.emit(ids, at)

    def _id_at(self, place: QPoint) -> int | None:
        row = self.indexAt(place).row()
        model = self.model()
        held = model.ids if isinstance(model, IdTableModel) else ()
        return held[row] if 0 <= row < len(held) else None
