"""Acts on sections: adding, renaming, moving and removing them, each one undo."""

from collections.abc import Sequence
from dataclasses import replace

from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.manuscript import Block, Section
from evidence_app.services.synthesis import manuscript, sections
from evidence_app.ui.manuscript.desk import Desk
from evidence_app.ui.screen import ScreenContext

_STEPS = {"up": -1, "down": 1}


class SectionActs:
    """Asks what has to be asked, and hands the edit to the desk."""

    def __init__(self, context: ScreenContext, desk: Desk) -> None:
        self._context, self._desk = context, desk

    @property
    def _known(self) -> Sequence[Section]:
        return self._desk.contents.sections

    def do(self, act: str, section: Section | None) -> None:
        """Do an act of the outline's menu and keys on a section."""
        if act == "add":
            self.add(section)
        elif section is None:
            return
        elif act == "rename":
            self.rename(section)
        elif act == "remove":
            self.remove(section)
        else:
            edit = self._moved(act, section)
            if edit is not None:
                self._desk.write(edit)

    def _moved(self, act: str, section: Section) -> Edit | None:
        if act in _STEPS:
            return sections.shift_section(self._known, section, _STEPS[act])
        return sections.nest_section(self._known, section, deeper=act == "deeper")

    def add(self, beside: Section | None) -> None:
        """Ask for a title and add a section behind another one."""
        title = self._context.messages.ask("New section", "Title of the section")
        if title and title.strip():
            self._desk.write(sections.add_section(self._known, title.strip(), beside))

    def rename(self, section: Section) -> None:
        """Ask for another title."""
        title = self._context.messages.ask("Rename section", "Title of the section", section.title)
        if title and title.strip() and title.strip() != section.title:
            self._desk.write(manuscript.rename_section(section, title.strip()))

    def remove(self, section: Section) -> None:
        """Take a section out with all below it, after asking where something is written in it."""
        gone = sections.below(self._known, section)
        ids = {each.id for each in gone}
        blocks = [block for block in self._desk.contents.blocks if block.section in ids]
        if blocks and not self._confirmed(section, len(gone) - 1, blocks):
            return
        edit = manuscript.remove_section(section, blocks)
        for each in gone[1:]:
            edit = replace(edit, changes=(*edit.changes, *manuscript.remove_section(each, ()).changes))
        self._desk.write(edit)
        self._context.say(f"Removed “{section.title}”.", undo=True)

    def _confirmed(self, section: Section, inner: int, blocks: Sequence[Block]) -> bool:
        inside = counted(len(blocks), "block") + (f" and {counted(inner, 'part')}" if inner else "")
        told = f"{inside} will be removed with it. Undo brings everything back."
        return self._context.messages.confirm(f"Remove “{section.title}”?", told, "Remove section")
