"""History: every edit that touched a reference, with what it changed there."""

from typing import Any

from evidence_app.domain.reference import Reference
from evidence_app.services.library.fields import label_of, shown_value
from evidence_app.storage import history
from evidence_app.storage.history import PastChange, PastEdit
from evidence_app.storage.references import item_of
from evidence_app.storage.schema import CSL_COLUMNS
from evidence_app.ui.library.pages import Page
from evidence_app.ui.moments import moment_of
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import down, emptied
from evidence_app.ui.widgets.past_edits import Difference, entry

OWN_COLUMNS = {
    "standing": "Set", "checked_at": "Checked", "checked_by": "", "changed_since_check": "",
    "merged_into": "Merged", "removed": "Removed", "type": "Type",
}  # fmt: skip


class HistoryPage(Page):
    """The edits of one reference, the newest first."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._shown: list[tuple[PastEdit, PastChange]] = []
        self._list = down(gap=10)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def fill(self, reference: Reference) -> None:
        """Show the edits of the reference."""
        found = history.edits_of_row(self.project.reader, "reference", reference.id)
        if found == self._shown and self._list.count():
            return
        self._shown = found
        emptied(self._list)
        if not found:
            words = "Nothing was changed since the review began, or it is too long ago to say what."
            self._list.addWidget(self.parts.note(words, wrap=True))
        for edit, change in found:
            self._list.addLayout(entry(self.parts, edit, _differences(change), self._open))

    def _open(self, edit: int) -> None:
        self.context.go_to("history", Subject("edit", edit))


def _differences(change: PastChange) -> list[Difference]:
    lines = []
    for column in change.after:
        before, after = change.before.get(column), change.after[column]
        if column in OWN_COLUMNS:
            if OWN_COLUMNS[column] and column != "removed":
                lines.append((OWN_COLUMNS[column], _own(before), _own(after)))
        elif column in CSL_COLUMNS:
            lines.append((label_of(CSL_COLUMNS[column]), _said(column, before), _said(column, after)))
    return lines


def _own(value: Any) -> str:
    return moment_of(str(value)) if value not in (None, "") else ""


def _said(column: str, stored: Any) -> str:
    item = item_of({"type": "document", column: stored})
    variable = CSL_COLUMNS[column]
    return shown_value(variable, item.get(variable))
