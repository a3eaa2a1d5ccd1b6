"""How an edit of the past is told beside what it touched: what was done, by whom, when, and what changed."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtWidgets import QVBoxLayout

from evidence_app.storage.history import PastEdit
from evidence_app.ui.look import Look
from evidence_app.ui.moments import moment_of
from evidence_app.ui.widgets.labels import Label
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

KINDS = {"undo": "Taken back: ", "redo": "Done again: "}
LONGEST = 160
Difference = tuple[str, str, str]
"""The name of a field, and what stood in it before and after; empty where nothing stood there."""


def words_of(edit: PastEdit) -> str:
    """Return what was done in words: "Taken back: Merge 2 records"."""
    return f"{KINDS.get(edit.kind, '')}{edit.label}"


def by_whom(edit: PastEdit) -> str:
    """Return who did it and when, as far as it is known."""
    return " · ".join(part for part in (edit.person, moment_of(edit.at)) if part)


def edit_label(parts: Parts, edit: PastEdit, style: str = "body") -> Label:
    """Return what was done as a label, struck out where it was taken back since."""
    taken_back = edit.undone_by is not None
    label: Label = parts.label(words_of(edit), style, "text-3" if taken_back else "text", wrap=True)
    font = label.font()
    font.setStrikeOut(taken_back)
    label.setFont(font)
    return label


def entry(
    parts: Parts, edit: PastEdit, changes: Sequence[Difference], open_edit: Callable[[int], object]
) -> QVBoxLayout:
    """Return an edit with what it changed, and the way to it in the history."""

    def open_it() -> None:
        open_edit(edit.id)

    opened = parts.tool("ph.clock-counter-clockwise", f"Open in the history: {edit.label}", open_it)
    head = across(parts.caption(by_whom(edit)), None, opened, gap=4)
    column = down(head, edit_label(parts, edit), gap=2, edge=(6, 0, 0, 0))
    for each in changes:
        column.addWidget(parts.rich(_html(parts.look, *each), "small", "text-2"))
    return column


def _html(look: Look, name: str, before: str, after: str) -> str:
    old = f"{_ground(before, look.colours['diff-mine'])} → " if before else ""
    return f"{escape(name)}: {old}{_ground(after, look.colours['diff-theirs']) if after else 'emptied'}"


def _ground(text: str, colour: str) -> str:
    short = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
    return f'<span style="background-color:{colour[:7]}">{escape(short)}</span>'
