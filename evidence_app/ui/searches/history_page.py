"""History: every edit that touched a search, with what it changed there."""

from html import escape
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.services.searches.kinds import form_of
from evidence_app.services.searches.worth import Worth
from evidence_app.storage import history
from evidence_app.storage.history import PastChange, PastEdit
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, down, emptied

LONGEST = 120
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
        for edit, change in sorted(found, key=lambda each: -each[0].id):
            self._list.addLayout(self._entry(edit, change, {**OWN, **names}))

    def _entry(self, edit: PastEdit, change: PastChange, names: dict[str, str]) -> QVBoxLayout:
        parts = self._parts
        label = parts.label(edit.label, "body", "text-3" if edit.undone_by else "text", wrap=True)
        font = label.font()
        font.setStrikeOut(edit.undone_by is not None)
        label.setFont(font)
        opened = parts.tool("ph.clock-counter-clockwise", f"Open in the history: {edit.label}", self._open)
        opened.setProperty("edit", edit.id)
        who = ", ".join(part for part in (edit.person, edit.at.replace("T", " ")[:16]) if part)
        column = down(across(parts.caption(who), None, opened, gap=4), label, gap=2, edge=(6, 0, 0, 0))
        for name, after in change.after.items():
            if name in names:
                column.addWidget(
                    parts.rich(self._html(names[name], change.before.get(name), after), "small", "text-2")
                )
        return column

    def _html(self, name: str, before: Any, after: Any) -> str:
        colours = self._context.look.colours
        old = _ground(before, colours["diff-mine"]) if before not in (None, "") else ""
        new = _ground(after, colours["diff-theirs"]) if after not in (None, "") else "emptied"
        return f"{escape(name)}: {old}{' → ' if old else ''}{new}"

    def _open(self) -> None:
        self._context.go_to("history", Subject("edit", int(self.sender().property("edit"))))


def _ground(value: Any, colour: str) -> str:
    text = str(value)
    short = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
    return f'<span style="background-color:{colour[:7]}">{escape(short)}</span>'
