"""The form of a citation anchor: its role, its works in order, what it supports, how it prints."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import counted
from evidence_app.domain.manuscript import Anchor, Block, Cited, Role
from evidence_app.domain.synthesis import ThemeKind, colour_places, path_to
from evidence_app.ui.manuscript.quoted_rows import QuotedRows
from evidence_app.ui.manuscript.work_rows import WorkRows
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

ROLES = (
    (Role.EVIDENCE.value, "Evidence"), (Role.DEFINITION.value, "Definition"), (Role.CONTEXT.value, "Context"),
    (Role.CONTRAST.value, "Contrast"),
)  # fmt: skip
_MEANT = {
    Role.EVIDENCE: "Only evidence supports a theme.",
    Role.DEFINITION: "Says what a word means. It supports no theme.",
    Role.CONTEXT: "Stands for background. It supports no theme.",
    Role.CONTRAST: "Says otherwise; printed with cf. on this page. It supports no theme.",
}


class AnchorForm(QWidget):
    """Shows and changes the chosen anchor."""

    role_chosen = Signal(object)
    works_changed = Signal(object)
    add_asked = Signal()
    remove_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.role = parts.segments("Role", ROLES)
        self.role.chosen.connect(self._choose_role)
        self.meant = parts.label("", "caption", "text-3", wrap=True)
        self.count = parts.caption("")
        self.sort = parts.button("Sort by number", "filter", act=self._sort)
        self.add = parts.button("Add", "filter", "ph.plus", self.add_asked.emit)
        self.rows = WorkRows(parts)
        self.rows.before = self.add
        self.rows.ordered.connect(self.works_changed)
        self.quoted = QuotedRows(parts)
        self.theme = parts.label("", wrap=True)
        self.swatch_row = across(gap=8)
        self.topic = parts.note("")
        self.direction = parts.direction("neither")
        self.printed = parts.rich("", "body")
        self.style_name = parts.faint("")
        self.style_name.setWordWrap(True)
        self._anchor: Anchor | None = None
        self._contents: ReviewContents | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        parts = self._parts
        self.swatch = parts.swatch(0)
        self.swatch_row.addWidget(self.swatch, 0, Qt.AlignmentFlag.AlignTop)
        self.swatch_row.addWidget(self.theme, 1)
        topic = across(18, self.topic, None, self.direction, gap=0)
        printed = down(self.printed, self.style_name, gap=3)
        remove = parts.button("Remove this citation", "", "ph.trash", self.remove_asked.emit)
        self.setLayout(
            down(
                parts.caption("Role"), across(self.role, None), self.meant, 4,
                across(self.count, None, self.sort, self.add, gap=2), self.rows, self.quoted, 4,
                parts.caption("Supports"), self.swatch_row, topic, 4, parts.rule(), 2,
                parts.caption("Printed as"), printed, 4, across(remove, None), None, gap=8,
            )
        )  # fmt: skip

    def take_focus(self) -> None:
        """Let the keys go to the role, from where Tab goes through the form."""
        chosen = next((each for each in self.role.findChildren(QAbstractButton) if each.isChecked()), None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_anchor(self, contents: ReviewContents, block: Block, anchor: Anchor) -> None:
        """Show an anchor of a block."""
        self._anchor, self._contents = anchor, contents
        self.role.choose(anchor.role.value)
        self.meant.setText(_MEANT[anchor.role])
        self.count.setText(f"{counted(len(anchor.works), 'work')}, in this order")
        self.rows.show_works(anchor.works, contents.by_id)
        self.sort.setEnabled(list(anchor.works) != self._sorted())
        self._show_support(contents, block, anchor)

    def _show_support(self, contents: ReviewContents, block: Block, anchor: Anchor) -> None:
        path = path_to(block.theme, contents.theme_by_id) if block.theme is not None else ()
        supports = bool(path) and anchor.role is Role.EVIDENCE
        self.swatch.setVisible(supports)
        self.direction.setVisible(supports and block.direction is not None)
        if supports:
            if len(path) > 1 and path[0].kind is ThemeKind.OVERARCHING:
                path = path[1:]  # what it supports is the subtheme
            self.swatch.show_place(colour_places(contents.themes).get(path[0].id, 0))
            self.theme.setText(path[0].name)
            self.topic.setText(path[-1].name if len(path) > 1 else "")
        else:
            why = f"the role is {anchor.role.value}" if path else "the block is under none"
            self.theme.setText(f"No theme: {why}.")
            self.topic.setText("")
        if block.direction is not None:
            self.direction.show_direction(block.direction)

    def show_printed(self, html: str, style: str) -> None:
        """Show how the citation prints in a style."""
        self.printed.setText(html)
        self.style_name.setText(style)

    @property
    def printed_text(self) -> str:
        """How the citation prints, without marks."""
        document = QTextDocument()
        document.setHtml(self.printed.text())
        return document.toPlainText()

    def _choose_role(self, key: str) -> None:
        self.role_chosen.emit(Role(key))
        self.meant.setText(_MEANT[Role(key)])

    def _sorted(self) -> list[Cited]:
        if self._anchor is None or self._contents is None:
            return []
        known = self._contents.by_id
        last = len(known) + 1
        numbers = {
            work.reference: known[work.reference].number
            for work in self._anchor.works
            if work.reference in known
        }
        return sorted(self._anchor.works, key=lambda work: numbers.get(work.reference) or last)

    def _sort(self) -> None:
        self.works_changed.emit(tuple(self._sorted()))
