"""The tab “Quotations”: found by any combination, shown with their source, opened, copied, described."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QStyleOptionViewItem, QWidget

from evidence_app.domain.coding import AnchorState, Quotation, QuotationKind, Voice
from evidence_app.domain.edit import counted
from evidence_app.services.coding.quoting import Said, said_of, shortened
from evidence_app.services.coding.retrieval import FoundQuotation
from evidence_app.ui.coding.lines import two_lines
from evidence_app.ui.coding.shown import CodeBook
from evidence_app.ui.look import Look
from evidence_app.ui.pages.hues import hue_colour
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.found_quotations import FoundQuotations
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Index, RowDelegate

HEIGHT = 74
VOICES = {
    Voice.UNSAID: "", Voice.PARTICIPANT: "Participant’s words", Voice.AUTHOR: "Author’s interpretation",
}  # fmt: skip


def _said(found: FoundQuotation) -> str:
    codes = ", ".join(each.code.name for each in found.codes)
    return f"{found.quotation.words}. {found.citation}. {codes}"


def _whose(quotation: Quotation) -> str:
    """Return what kind it is, where it is not the plain words, and whose: "paraphrase, Carers"."""
    kind = "" if quotation.kind is QuotationKind.DIRECT else quotation.kind.value
    return ", ".join(part for part in (kind, quotation.speaker or VOICES[quotation.voice].lower()) if part)


class _Delegate(RowDelegate):
    """Draws the words, the source with its page, and the colours of the codes."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(look, parent)
        self.hues: Mapping[int, int | str] = {}

    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        px, rect = self.look.px, option.rect
        words = QRect(rect.left() + px(14), rect.top() + px(7), rect.width() - px(26), px(36))
        two_lines(brush, words, row.quotation.words)
        line = QRect(words.left(), rect.bottom() - px(26), words.width(), px(20))
        x = line.left()
        for each in row.codes[:6]:
            brush.box(
                QRect(x, line.center().y() - px(4), px(9), px(9)),
                hue_colour(self.look, self.hues.get(each.code.id)),
                radius=3,
            )
            x += px(13)
        if row.quotation.state is AnchorState.LOST:
            x = brush.chip(x + px(2), line.center().y(), "Lost", "exclude")
        if row.quotation.important:
            brush.icon(x + px(2), line.center().y(), "ph.star", "maybe", 12)
            x += px(18)
        codes = ", ".join(each.code.name for each in row.codes)
        told = " · ".join(part for part in (row.citation, codes, _whose(row.quotation)) if part)
        brush.text(line.adjusted(x - line.left() + px(3), 0, 0, 0), told, "small", "text-2")


class QuotationTable(FoundQuotations):
    """The quotations found."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Quotations found", _said, HEIGHT)
        self.rows_drawn = _Delegate(look, self)
        self.setItemDelegate(self.rows_drawn)


class QuotationsPage(QWidget):
    """Finding quotations, and saying what they are."""

    asked = Signal(str)
    """Another query."""
    opened = Signal(object)
    """A quotation is to be shown at its place."""
    described = Signal(object, object)
    """A `Quotation` and what is `Said` of it now."""
    acted = Signal(str)
    """copy, export, link, place, write."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        self.search = parts.search("code:  theme:  country:  voice:", "Find quotations", 200)
        self.search.setMaximumWidth(16_777_215)
        self.search.searched.connect(self.asked)
        self.table = QuotationTable(parts.look)
        self.search.left_down.connect(self.table.setFocus)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(self._open_clicked)
        self._count = parts.faint("")
        self._problem = parts.label("", "small", "exclude", wrap=True)
        self._problem.hide()
        copy = parts.tool("ph.copy", "Copy with source and page")
        copy.clicked.connect(self._copy)
        export = parts.tool("ph.export", "Export these quotations")
        export.clicked.connect(self._export)
        write = parts.tool("ph.quotes", "Write a review finding from the chosen quotations")
        write.clicked.connect(self._write)
        link = parts.tool("ph.link-simple", "Link the two chosen quotations")
        link.clicked.connect(self._link)
        self._form = self._made_form(parts)
        self._form.hide()
        self._quotation: Quotation | None = None
        column = down(
            self.search, across(self._count, None, write, link, copy, export, gap=2), self._problem, gap=6
        )
        column.addWidget(self.table, 1)
        column.addWidget(self._form)
        self.setLayout(column)

    def _made_form(self, parts: Parts) -> QWidget:
        """Return the form in which a quotation is described."""
        self.place = parts.button("Place it at the selection", "plain", "ph.map-pin", self._place)
        self.place.hide()
        self._links = down(gap=0)
        self._linked: Mapping[int, Sequence[Quotation]] = {}
        self.kind = _choice("Kind", [(each.value, each.value.capitalize()) for each in QuotationKind])
        self.voice = _choice(
            "Voice", [(each.value, words or "Voice not said") for each, words in VOICES.items()]
        )
        self.speaker = parts.field("Speaker or group", hint="Who says it: carers, a commissioner")
        self.core = parts.long_field("Core statement", hint="What it says, in a few words")
        self.own = parts.long_field("In own words", hint="A paraphrase, a summary or a comment")
        self.kind.activated.connect(self._tell)
        self.voice.activated.connect(self._tell)
        for field in (self.speaker, self.core, self.own):
            field.edited.connect(self._tell)
        row = across(self.kind, gap=8)
        row.addWidget(self.voice, 1)
        form = QWidget()
        form.setLayout(
            down(parts.rule(), self.place, row, self.speaker, self.core, self.own, self._links,
                 gap=6, edge=(0, 6, 0, 0))
        )  # fmt: skip
        return form

    def show_found(
        self, found: Sequence[FoundQuotation], book: CodeBook, linked: Mapping[int, Sequence[Quotation]]
    ) -> None:
        """Show what was found; `linked` is what each quotation is linked to."""
        self._problem.hide()
        self._linked = linked
        self.table.rows_drawn.hues = book.hues
        self.table.show_found(found)
        reports = len({each.report.id for each in found if each.report})
        lost = sum(each.quotation.state is AnchorState.LOST for each in found)
        told = f"{counted(len(found), 'quotation')} from {counted(reports, 'report')}"
        self._count.setText(f"{told}, {lost} lost" if lost else told)
        self._show(self.table.current_id())

    def tell_problem(self, words: str) -> None:
        """Say why nothing was searched."""
        self._problem.setText(words)
        self._problem.show()

    def current(self) -> FoundQuotation | None:
        """Return the current quotation."""
        row = self.table.current_id()
        return self.table.found.get(row) if row is not None else None

    def chosen(self) -> list[FoundQuotation]:
        """Return the chosen quotations, or all where none is."""
        rows = self.table.selected_ids()
        return [self.table.found[row] for row in rows if row in self.table.found]

    def ask(self, query: str) -> None:
        """Put a query in the box and find."""
        self.search.setText(query)
        self.search.search_now()

    def _show(self, row: object) -> None:
        found = self.table.found.get(row) if isinstance(row, int) else None
        self._quotation = found.quotation if found else None
        self._form.setVisible(found is not None)
        if self._quotation is not None:
            said = self._quotation
            self.kind.setCurrentIndex(max(0, self.kind.findData(said.kind.value)))
            self.voice.setCurrentIndex(max(0, self.voice.findData(said.voice.value)))
            self.speaker.show_value(said.speaker)
            self.core.show_value(said.core)
            self.own.show_value(said.text)
            self.place.setVisible(said.state is AnchorState.LOST)
            self._show_links(self._linked.get(said.id, ()))

    def _show_links(self, linked: Sequence[Quotation]) -> None:
        emptied(self._links)
        if linked:
            self._links.addWidget(self.parts.caption("Linked to"))
        for each in linked:
            button = self.parts.button(shortened(each.words), "link", act=self._open_linked)
            button.setProperty("row", each.id)
            self._links.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_linked(self) -> None:
        if isinstance(button := self.sender(), QPushButton):
            self.opened.emit(button.property("row"))

    def links(self) -> list[str]:
        """Return what is said of the links of the current quotation."""
        places = (self._links.itemAt(at) for at in range(1, self._links.count()))
        buttons = (place.widget() for place in places if place is not None)
        return [button.text() for button in buttons if isinstance(button, QPushButton)]

    def _tell(self) -> None:
        if self._quotation is None:
            return
        now = said_of(self._quotation)
        said = Said(
            kind=QuotationKind(self.kind.currentData()), voice=Voice(self.voice.currentData()),
            speaker=_text(self.speaker), core=_text(self.core), text=_text(self.own),
            important=now.important, origin=now.origin, colour=now.colour,
        )  # fmt: skip
        self.described.emit(self._quotation, said)

    def _open_clicked(self) -> None:
        if (row := self.table.current_id()) is not None and len(self.table.selected_ids()) == 1:
            self.opened.emit(row)

    def _write(self) -> None:
        self.acted.emit("write")

    def _link(self) -> None:
        self.acted.emit("link")

    def _place(self) -> None:
        self.acted.emit("place")

    def _copy(self) -> None:
        self.acted.emit("copy")

    def _export(self) -> None:
        self.acted.emit("export")


def _choice(name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for key, text in choices:
        box.addItem(text, key)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box


def _text(field: Any) -> str:
    editor = field.editor
    return str(editor.toPlainText() if hasattr(editor, "toPlainText") else editor.text()).strip()
