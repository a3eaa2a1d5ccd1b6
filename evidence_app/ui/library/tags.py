"""The tags of a reference as chips, and the line in which one is added."""

from functools import partial

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QMenu, QWidget

from evidence_app.services.library import references as acts
from evidence_app.storage import library
from evidence_app.storage.library import HeldTag
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.fields import InPlace
from evidence_app.ui.widgets.flow import FlowLayout
from evidence_app.ui.widgets.laying import across, down, emptied


class TagsRow(QWidget):
    """Tags: press one to see what else carries it or to take it off; type to add one."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._reference = 0
        self._held: list[HeldTag] = []
        holder = QWidget()
        self._chips = FlowLayout(holder, 4)
        self._new = InPlace(context.look, "Add a tag", "", "Add a tag")
        self._new.edited.connect(self._add)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._new.setCompleter(completer)
        caption = context.parts.caption("Tags")
        caption.setBuddy(self._new)
        self._holder = holder
        column = down(across(caption, edge=(6, 0, 0, 0)), gap=2)
        column.addLayout(across(holder, edge=(6, 0, 0, 0)))
        column.addWidget(self._new)
        self.setLayout(column)

    def show_reference(self, reference: int) -> None:
        """Show the tags of this reference."""
        reader = self._context.project.reader
        held = library.tags_on(reader, [reference])
        if held != self._held or reference != self._reference:
            self._reference, self._held = reference, held
            self._fill()
        self._known.setStringList(list(library.tags(reader)))

    def _fill(self) -> None:
        emptied(self._chips)
        for tag in self._held:
            button = self._context.parts.button(tag.name, "plain", "ph.tag")
            menu = QMenu(button)
            show = menu.addAction(f"Show all tagged “{tag.name}”")
            show.triggered.connect(partial(self._show_all, tag.name))
            menu.addAction("Take the tag off").triggered.connect(partial(self._take_off, tag))
            button.setMenu(menu)
            self._chips.addWidget(button)
        self._holder.setVisible(bool(self._held))

    def _add(self, name: str) -> None:
        name = " ".join(name.split())
        self._new.show_value("")
        self._new.clear()
        if name and name not in {tag.name for tag in self._held}:
            known = library.tags(self._context.project.reader)
            self._context.project.do(acts.tag([self._reference], name, known))

    def _take_off(self, tag: HeldTag, _checked: bool = False) -> None:
        self._context.project.do(acts.untag([tag.id], tag.name))

    def _show_all(self, name: str, _checked: bool = False) -> None:
        self._context.go_to("library", Subject(f"tag:{name}", 0))
