"""History: every edit that touched a search, with what it changed there."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.services.searches.kinds import form_of
from evidence_app.services.searches.worth import Worth
from evidence_app.storage import history
from evidence_app.storage.history import PastChange
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import down, emptied
from evidence_app.ui.widgets.past_edits import Difference, entry

OWN = {
    "searched_from": "First day", "searched_to": "Last day", "query": "Query", "name": "Name", "kind": "Kind",
}  # fmt: skip


class HistoryPage(QWidget):
    """The edits of one search and of its source, the newest first."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context, self._parts = context, context.parts
        self._list: QVBoxLayout = down(gap=10)
        self.setLayout(down(self._list, None, edge=(12, 12, 12, 12)))

    def show_search(self, row: Worth) -> None:
        """Show the edits of this search."""
        reader = self._context.project.reader
        found = history.edits_of_row(reader, "source", row.search.source)
        if row.search.search is not None:
            found += history.edits_of_row(reader, "search", row.search.search)
        emptied(self._list)
        if not found:
            words = "Nothing was changed since the review began, or it is too long ago to say what."
            self._list.addWidget(self._parts.note(words, wrap=True))
        names = {field.column: field.label for line in form_of(row.search.kind) for field in line}
        edits = {edit.id: edit for edit, _ in found}  # one may have changed the search and its source
        for number in sorted(edits, reverse=True):
            changes = [change for edit, change in found if edit.id == number]
            told = [each for change in changes for each in _differences(change, {**OWN, **names})]
            self._list.addLayout(entry(self._parts, edits[number], told, self._open))

    def _open(self, edit: int) -> None:
        self._context.go_to("history", Subject("edit", edit))


def _differences(change: PastChange, names: Mapping[str, str]) -> list[Difference]:
    return [
        (names[column], _said(change.before.get(column)), _said(after))
        for column, after in change.after.items()
        if column in names
    ]


def _said(value: Any) -> str:
    return "" if value is None else str(value)
