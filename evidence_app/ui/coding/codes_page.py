"""The tab “Codes”: the code book with its filter, and what the chosen code means."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.domain.coding import Code
from evidence_app.domain.edit import counted
from evidence_app.ui.coding.code_delegate import REPORTS, STUDIES
from evidence_app.ui.coding.code_tree import KEYS, CodeTree
from evidence_app.ui.coding.shown import CodeBook
from evidence_app.ui.pages.hues import offered
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

KEYS_OF = {act: keys for keys, act in KEYS.items()} | {"rename": "F2", "remove": "Del"}


class CodesPage(QWidget):
    """The code book. It tells what is asked of it; the screen does it."""

    new_asked = Signal()
    defined = Signal(object, str, str)
    """A `Code`, the name of a column, the text."""
    acted = Signal(str)
    """What `code_tree.KEYS` names, or rename, quotations, folder, memo, unmerge, remove, colour #…"""
    counted_per = Signal(str)
    """Whether reports or studies are counted from now on."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._book = parts, CodeBook()
        self._code: Code | None = None
        self.filter = parts.search("Filter codes", "Filter codes", 200)
        self.filter.setMaximumWidth(16_777_215)
        self.tree = CodeTree(parts.look)
        self.filter.searched.connect(self.tree.filter)
        self.filter.left_down.connect(self.tree.setFocus)
        self.tree.chosen.connect(self._show_code)
        self.tree.menu_asked.connect(self._show_menu)
        self.tree.acted.connect(self.acted)
        self._new = parts.tool("ph.plus", "New code")
        self._new.clicked.connect(self.new_asked)
        self._more = parts.tool("ph.dots-three", "Acts on the chosen codes")
        self._more.clicked.connect(self._menu_below)
        px = parts.look.px
        self._per = parts.button("Reports", "filter", act=self._turn)
        heads = across(None, parts.caption("Quotes"), self._per, gap=4, edge=(0, 0, px(2), 0))
        self._empty = parts.note(
            "No codes yet. Select a passage and press Enter, or N for a new code.", wrap=True
        )
        self._fields = {
            name: parts.long_field(caption, hint=hint)
            for name, caption, hint in (
                ("definition", "Definition", "What this code means"),
                ("inclusion", "Belongs in", "When to give it, with an example"),
                ("exclusion", "Does not belong", "When not to give it, with an example"),
            )
        }
        for name, field in self._fields.items():
            field.setObjectName(name)
            field.edited.connect(self._keep)
        self._form = QWidget()
        self._form.setLayout(down(parts.rule(), *self._fields.values(), gap=6, edge=(0, 6, 0, 0)))
        self._form.hide()
        row = across(gap=4)
        row.addWidget(self.filter, 1)
        row.addWidget(self._new)
        row.addWidget(self._more)
        column = down(row, heads, self._empty, gap=6)
        column.addWidget(self.tree, 1)
        column.addWidget(self._form)
        self.setLayout(column)
        self.count_per(REPORTS)

    def count_per(self, per: str) -> None:
        """Count reports or studies beside the quotations."""
        other = REPORTS if per == STUDIES else STUDIES
        self._counts = per
        self._per.rename(per.capitalize())
        self._per.setAccessibleName(f"Counted: {per}; count {other}")
        self._per.setToolTip(f"Count {other}")
        self.tree.count_per(per)

    def _turn(self) -> None:
        self.count_per(REPORTS if self._counts == STUDIES else STUDIES)
        self.counted_per.emit(self._counts)

    def show_book(self, book: CodeBook) -> None:
        """Show the codes, and the chosen one as it is now."""
        self._book = book
        self.filter.setPlaceholderText(f"Filter {counted(len(book.tree), 'code')}")
        self._empty.setVisible(not book.tree)
        self.tree.show_book(book)
        self._show_code(self.tree.current_id())

    def chosen(self) -> list[Code]:
        """Return the codes that are chosen, in the order of the tree."""
        rows = self.tree.selected_ids()
        known = {each.code.id: each.code for each in self._book.tree}
        return [known[row] for row in rows if row in known]

    def _show_code(self, row: object) -> None:
        placed = self._book.placed(row) if isinstance(row, int) else None
        self._code = placed.code if placed else None
        self._form.setVisible(placed is not None)
        if placed is not None:
            for name, field in self._fields.items():
                field.show_value(getattr(placed.code, name))

    def _keep(self, text: str) -> None:
        sender = self.sender()
        if self._code is not None and sender is not None:
            self.defined.emit(self._code, sender.objectName(), text)

    def _menu_below(self) -> None:
        self._show_menu(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def menu(self) -> QMenu:
        """Return the acts on the chosen codes."""
        chosen, menu = self.chosen(), QMenu(self)
        many = len(chosen) > 1
        acts = [
            ("rename", "Rename", len(chosen) == 1), ("quotations", "Show its quotations", len(chosen) == 1),
            ("move", "Move to…", bool(chosen)), ("up", "Move up", bool(chosen)),
            ("down", "Move down", bool(chosen)), ("out", "Move out", bool(chosen)),
            ("into", "Move into the one above", bool(chosen)),
            ("merge", f"Merge {counted(len(chosen), 'code')} into the current one" if many else "Merge into…",
             bool(chosen)),
            ("split", "Split off some of its quotations…", len(chosen) == 1),
            ("folder", "Use as a folder" if not many and chosen and chosen[0].codable else "Use as a code",
             len(chosen) == 1),
            ("memo", "Write a memo…", len(chosen) == 1),
            ("unmerge", "Take apart what was merged…", len(chosen) == 1),
        ]  # fmt: skip
        for name, text, can in acts:
            action = menu.addAction(text)
            action.setObjectName(name)
            action.setEnabled(can)
            action.setShortcut(KEYS_OF.get(name, ""))
        colours = menu.addMenu("Colour")
        for name, value in (("of its theme", ""), *offered()):
            action = colours.addAction(name.capitalize())
            action.setObjectName(f"colour {value}")
        menu.addSeparator()
        action = menu.addAction(f"Remove {counted(len(chosen), 'code')}")
        action.setObjectName("remove")
        action.setShortcut(KEYS_OF["remove"])
        action.setEnabled(bool(chosen))
        return menu

    def _show_menu(self, point: QPoint) -> None:
        menu = self.menu()
        action = menu.exec(point)
        if action is not None:
            self.acted.emit(action.objectName())
        menu.deleteLater()
