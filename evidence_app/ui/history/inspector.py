"""The chosen edit: what it changed, before and after, and what stands in the way of taking it back."""

from PySide6.QtWidgets import QLayout

from evidence_app.domain.edit import counted
from evidence_app.services.history import HistoryLine, Story
from evidence_app.ui.moments import moment_of
from evidence_app.ui.widgets.differences import difference
from evidence_app.ui.widgets.inspector import Inspector
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

OPEN = {"reference": "Open reference", "block": "Open passage", "theme": "Open theme"}


class EditInspector(Inspector):
    """Shows one edit."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.story: Story | None = None
        self._title = parts.label("", "title")
        self._person = parts.chip("")
        self._label = parts.label("", "small", "text-2", wrap=True)
        self._banner = parts.banner("ph.warning-circle-fill", "maybe", "")
        self._note = parts.note("", wrap=True)
        self._changes = down(gap=8)
        self._origin_icon = parts.icon("ph.link-simple", "text-3", 14)
        self._origin = parts.note("", wrap=True)
        self.go = parts.button("Go to it", "plain")
        self.undo = parts.button("Undo this edit", "plain", "ph.arrow-u-up-left")
        head = down(
            across(self._title, None, self._person), self._label, gap=4, edge=(18, 14, 14, 12)
        )  # fmt: skip
        foot = across(self.go, None, self.undo, edge=(18, 8, 14, 8))
        super().__init__(parts.look, head, self._body(), foot)
        self.setAccessibleName("The chosen edit")

    def _body(self) -> QLayout:
        origin = across(down(2, self._origin_icon, None, gap=0), gap=8)
        origin.addWidget(self._origin, 1)
        return down(self._banner, self._note, self._changes, origin, None, gap=8, edge=(18, 12, 16, 10))

    def show_story(self, story: Story | None, next_undo: int | None, undo_label: str | None) -> None:
        """Show an edit; `next_undo` is the one that undo takes back, `undo_label` what it is called."""
        self.setVisible(story is not None)
        if story is None:
            self.story = None
            return
        other = self.story is None or self.story.line.edit.id != story.line.edit.id
        line = story.line
        self._title.setText(f"Edit {line.edit.id:,}")
        self._person.setText(line.edit.person)
        self._person.setVisible(bool(line.edit.person))
        self._label.setText(f"{line.label}\n{moment_of(line.edit.at)}")
        self._banner.label.setText(story.obstacle)
        self._banner.setVisible(bool(story.obstacle))
        self._note.setText(_note(story))
        self._note.setVisible(bool(self._note.text()))
        self._origin.setText(story.origin)
        for part in (self._origin, self._origin_icon):
            part.setVisible(bool(story.origin))
        if self.story is None or story.changes != self.story.changes:
            self._fill(story)
        self.story = story
        self._name_acts(story, next_undo, undo_label)
        if other:
            self.form.verticalScrollBar().setValue(0)

    def _fill(self, story: Story) -> None:
        emptied(self._changes)
        for change in story.changes:
            self._changes.addLayout(
                difference(self.parts, change.where, change.before, change.after, change.note)
            )
            self._changes.addWidget(self.parts.rule())
        if story.more:
            self._changes.addWidget(self.parts.note(f"And {counted(story.more, 'more change')}."))

    def _name_acts(self, story: Story, next_undo: int | None, undo_label: str | None) -> None:
        place = story.place
        self.go.setVisible(place is not None)
        if place is not None:
            self.go.rename(OPEN.get(place.kind, "Go to it"))
        can = story.line.edit.id == next_undo
        self.undo.setEnabled(can)
        self.undo.setVisible(story.line.edit.kind != "undo" and not story.line.edit.taken_back)
        self.undo.setToolTip("" if can else _why_not(story, undo_label))


def _why_not(story: Story, undo_label: str | None) -> str:
    if story.line.edit.forgotten or undo_label is None:
        return "Nothing of this can be taken back any more"
    return f"Undo goes back one edit at a time; the next is “{undo_label}”"


def _note(story: Story) -> str:
    line: HistoryLine = story.line
    if line.state and not story.obstacle:
        return f"{line.state[:1].upper()}{line.state[1:]}."
    if not story.changes and not story.obstacle:
        return "What this edit changed is not kept in words."
    return ""
