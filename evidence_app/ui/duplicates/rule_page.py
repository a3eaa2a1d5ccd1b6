"""A rule of the automatic level: what it says, and every group it holds together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.deduplication.finding import Group
from evidence_app.services.deduplication.queue import RuleGroups
from evidence_app.storage import found_duplicates
from evidence_app.storage.connections import Reader
from evidence_app.ui.duplicates.wrapping import let_wrap
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.laying import across, down, scrolled
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the list of a rule."""

    label: str
    title: str
    records: int
    rules: str


COLUMNS = (
    Column("Work", lambda row: row.label, 140),
    Column("Title", lambda row: row.title, 0),
    Column("Records", lambda row: f"{row.records:,}", 70, right=True),
)


def group_rows(reader: Reader, groups: Mapping[int, Group]) -> dict[int, GroupRow]:
    """Return the rows of groups, by their place."""
    firsts = {at: group.references[0] for at, group in groups.items()}
    names = found_duplicates.named(reader, firsts.values())
    return {
        at: GroupRow(
            names[first].label, names[first].title, len(groups[at].references),
            "; ".join(dict.fromkeys(match.rule.label for match in groups[at].matches)),
        )
        for at, first in firsts.items()
        if first in names
    }  # fmt: skip


class GroupDelegate(RowDelegate):
    """Draws the label in the weight of a name."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)

    def draw(self, brush: Brush, option: QStyleOptionViewItem, index: Index, row: Any) -> None:
        """Draw one cell."""
        if index.column() == 0:
            edge = self.look.px(8)
            brush.text(option.rect.adjusted(edge, 0, -edge, 0), row.label, "strong")
        else:
            super().draw(brush, option, index, row)


class RulePage(QWidget):
    """The rule, why it holds, and its groups; Enter opens the first two records of a group side by side."""

    opened = Signal(object)
    """A group to look at."""

    def __init__(self, parts: Parts, project: OpenProject) -> None:
        super().__init__()
        self._project = project
        self.found: RuleGroups | None = None
        self._title = parts.label("", "heading", wrap=True)
        self._why = parts.label("", "body", "text-2", wrap=True)
        self._condition = parts.label("", "small", "text-3", wrap=True)
        self._fact = parts.label("", "caption", "text-3", wrap=True)
        self.table = Table(parts.look, IdTableModel(COLUMNS, self._fetch), "Groups of this rule")
        self.table.setItemDelegate(GroupDelegate(parts.look, self.table))
        self.table.opened.connect(self._open)
        head = down(self._title, self._why, self._condition, 8, self._fact, gap=6, edge=(26, 20, 26, 6))
        below = across(edge=(18, 0, 18, 0))
        below.addWidget(self.table, 1)
        self._words = head
        self._head = scrolled(head)
        column = down(self._head, parts.rule(), gap=0)
        column.addLayout(below, 1)
        self.setLayout(column)
        self._look = parts.look

    def show_rule(self, found: RuleGroups) -> None:
        """Show a rule and its groups."""
        self.found = found
        self._title.setText(found.rule.label)
        self._why.setText(found.rule.explanation)
        self._condition.setText(f"Holds where: {found.rule.condition}.")
        self._fact.setText(
            f"{counted(len(found.groups), 'work')} in {counted(found.records, 'record')}. This is the "
            "weakest rule that holds each of them together. Enter shows the records side by side."
        )
        let_wrap(self._head)
        self._fit()
        self.table.show_ids(range(len(found.groups)), again=False)
        if found.groups:
            self.table.select(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the head scroll where it would leave too little room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._words.heightForWidth(self.width())
        self._head.setFixedHeight(min(max(needed, 1), max(self.height() // 2, 40)))
        self.table.setColumnHidden(2, self.width() < self._look.px(420))

    def _fetch(self, places: Sequence[int]) -> Mapping[int, GroupRow]:
        groups = self.found.groups if self.found is not None else ()
        wanted = {at: groups[at] for at in places if at < len(groups)}
        return group_rows(self._project.reader, wanted)

    def _open(self, place: object) -> None:
        if self.found is not None and isinstance(place, int) and place < len(self.found.groups):
            self.opened.emit(self.found.groups[place])
