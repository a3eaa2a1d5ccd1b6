"""History: every edit that touched a reference, with what it changed there."""

from html import escape
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
from evidence_app.ui.widgets.laying import across, down, emptied

LONGEST = 160
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
            self._list.addLayout(self._entry(edit, change))

    def _entry(self, edit: PastEdit, change: PastChange) -> Any:
        parts = self.parts
        who = ", ".join(part for part in (edit.person, moment_of(edit.at)) if part)
        taken_back = edit.undone_by is not None
        label = parts.label(edit.label, "body", "text-3" if taken_back else "text", wrap=True)
        font = label.font()
        font.setStrikeOut(taken_back)
        label.setFont(font)
        kind = {"undo": "Taken back: ", "redo": "Done again: "}.get(edit.kind, "")
        if kind:
            label.setText(f"{kind}{edit.label}")
        opened = parts.tool("ph.clock-counter-clockwise", f"Open in the history: {edit.label}", self._open)
        opened.setProperty("edit", edit.id)
        head = across(parts.caption(who), None, opened, gap=4)
        column = down(head, label, gap=2, edge=(6, 0, 0, 0))
        for line in _differences(change):
            column.addWidget(parts.rich(self._html(*line), "small", "text-2"))
        return column

    def _html(self, name: str, before: str, after: str) -> str:
        colours = self.context.look.colours
        old = _ground(before, colours["diff-mine"]) if before else ""
        new = _ground(after, colours["diff-theirs"]) if after else "emptied"
        between = " → " if before else ""
        return f"{escape(name)}: {old}{between}{new}"

    def _open(self) -> None:
        self.context.go_to("history", Subject("edit", int(self.sender().property("edit"))))


def _ground(text: str, colour: str) -> str:
    short = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
    return f'<span style="background-color:{colour[:7]}">{escape(short)}</span>'


def _differences(change: PastChange) -> list[tuple[str, str, str]]:
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
