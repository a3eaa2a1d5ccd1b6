"""Coding by a phrase: every place that says it is looked at before anything is written."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem

from evidence_app.domain.coding import Code, Coding, Document, Quotation, Rectangle
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.anchoring import trimmed
from evidence_app.services.coding.auto_coding import Place, auto_code, places
from evidence_app.services.coding.boxes import boxes_of
from evidence_app.services.library.attachments import place_of
from evidence_app.storage import coding
from evidence_app.storage.connections import Reader
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.lines import two_lines
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.tasks import Report, Task
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.table import Column, IdTableModel, Index, RowDelegate, Table

Lines = Sequence[Rectangle]
Stretch = tuple[int, int, int]
"""A document with where a place in it starts and ends."""


class Texts(NamedTuple):
    """All that is needed to code by a phrase."""

    texts: Sequence[tuple[Document, str]]
    files: Mapping[int, Path]
    """The PDF of a document, by document."""
    quotations: Sequence[Quotation]
    codings: Sequence[Coding]


def read_texts(reader: Reader, guid: str) -> Texts:
    """Return the texts of all documents with what is quoted and coded in them, as this person may see it."""
    viewer = coding.person_of(reader, guid) or -1
    found = [(each, coding.text_of(reader, each.id)) for each in coding.documents(reader)]
    kept = {each.id: coding.attached_file(reader, each.id) for each, _ in found if each.is_pdf}
    files = {row: place_of(reader.path, *held) for row, held in kept.items() if held is not None}
    return Texts(found, files, coding.all_quotations(reader, viewer), coding.codings(reader, viewer=viewer))


def boxes_of_places(texts: Texts, chosen: Sequence[Place], report: Report) -> dict[Stretch, Lines]:
    """Return the lines that places in PDFs cover on their pages; in the PDF lane."""
    found: dict[Stretch, Lines] = {}
    for done, (document, text) in enumerate(texts.texts):
        report(done, len(texts.texts))
        spans = [(each.start, each.end) for each in chosen if each.document.id == document.id]
        boxes = boxes_of(texts.files.get(document.id), document, text, spans)
        found |= {(document.id, *span): lines for span, lines in boxes.items()}
    return found


class _Delegate(RowDelegate):
    def draw(self, brush: Brush, option: QStyleOptionViewItem, _index: Index, row: Any) -> None:
        px, rect = self.look.px, option.rect
        words = QRect(rect.left() + px(14), rect.top() + px(6), rect.width() - px(26), px(36))
        two_lines(brush, words, row.words)
        line = QRect(words.left(), rect.bottom() - px(22), words.width(), px(18))
        brush.text(line, row.document.name, "small", "text-3")


class PlaceTable(Table):
    """The places found; the selected ones are coded."""

    def __init__(self, look: Look) -> None:
        self._seen = look
        self.places: Sequence[Place] = ()
        model = IdTableModel((Column("Place", lambda place: place.words),), self._fetch)
        super().__init__(look, model, "Places that say the phrase")
        self.setItemDelegate(_Delegate(look, self))
        self.horizontalHeader().hide()

    def renew(self) -> None:
        """Give each row its lines."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._seen.px(66))

    def show_places(self, found: Sequence[Place]) -> None:
        """Show these places, all of them selected."""
        self.places = found
        self.show_ids(range(1, len(found) + 1), again=False)
        self.selectAll()

    def chosen_places(self) -> list[Place]:
        """Return the selected places."""
        return [self.places[row - 1] for row in self.selected_ids()]

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Place]:
        return {row: self.places[row - 1] for row in ids if 1 <= row <= len(self.places)}


class PhraseDialog(PanelDialog):
    """Asks for the phrase and the code, and shows every place."""

    def __init__(self, parts: Parts, desk: Desk, texts: Texts) -> None:
        fact = "Every place that says it, with its sentence. Take off with Ctrl+click what does not belong."
        super().__init__(parts, "Code by a phrase", fact, size=(760, 620))
        self._texts = texts
        self.phrase = parts.search("Word or phrase", "Word or phrase", 260)
        self.phrase.searched.connect(self._find)
        self.code = QComboBox()
        self.code.setAccessibleName("Code to give")
        for each in desk.book.tree:
            if each.code.codable:
                self.code.addItem(each.full_name, each.code.id)
        self.code.setMinimumContentsLength(16)
        self.code.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.table = PlaceTable(parts.look)
        self.table.selectionModel().selectionChanged.connect(self._name_act)
        row = across(gap=8)
        row.addWidget(self.phrase, 1)
        row.addWidget(self.code)
        self.put(row)
        self.put(self.table, share=1)
        self.acts.addWidget(parts.button("Cancel", "plain", act=self.reject))
        self._act = parts.button("Code 0 places", "primary", act=self.accept)
        self.acts.addWidget(self._act)
        self._name_act()

    def _find(self, words: str) -> None:
        self.table.show_places(places(self._texts.texts, words))
        self._name_act()

    def _name_act(self) -> None:
        number = len(self.table.selected_ids())
        self._act.rename(f"Code {counted(number, 'place')}")
        self._act.setEnabled(number > 0 and self.code.count() > 0)


class Phrases(QObject):
    """Opens the dialog and codes what was chosen in it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: tuple[Code, Sequence[Place], Texts] | None = None

    def open(self) -> None:
        """Read all texts, then ask."""
        if not any(each.code.codable for each in self._desk.book.tree):
            self._desk.context.say("There is no code to give yet. Make one first, with N at a passage.")
            return
        question = partial(read_texts, guid=self._desk.guid)
        self._desk.project.read(question, self._ask, latest="coding.texts")

    def _ask(self, texts: Texts) -> None:
        desk = self._desk
        dialog = PhraseDialog(desk.context.parts, desk, texts)
        if not desk.context.messages.show(dialog):
            return
        placed = desk.book.placed(dialog.code.currentData())
        chosen = dialog.table.chosen_places()
        if placed is None or not chosen:
            return
        self._wanted = placed.code, chosen, texts
        work = partial(boxes_of_places, texts, chosen)
        desk.context.lanes.pdf.start(
            Task(work, "Finding the lines on the pages").then(self._code, self._fail)
        )

    def _code(self, boxes: Mapping[Stretch, Lines]) -> None:
        desk, wanted, self._wanted = self._desk, self._wanted, None
        if wanted is None:
            return
        code, chosen, texts = wanted
        by_row = {document.id: text for document, text in texts.texts}

        def lines(document: Document, start: int, end: int) -> Lines:
            return boxes.get((document.id, *trimmed(by_row[document.id], start, end)), ())

        try:
            edit = auto_code(chosen, code, by_row, texts.quotations, texts.codings, desk.coder, lines)
        except EvidenceError as error:
            desk.tell(error)
            return
        desk.do(edit)

    def _fail(self, _error: object) -> None:
        self._code({})  # the words are coded all the same; their lines are found when they leave
