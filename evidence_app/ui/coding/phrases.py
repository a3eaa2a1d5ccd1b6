"""Coding by a phrase: every place that says it is looked at before anything is written."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject

from evidence_app.domain.coding import Code, Document, Rectangle
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.anchoring import trimmed
from evidence_app.services.coding.auto_coding import Place, auto_code
from evidence_app.services.coding.boxes import boxes_of
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.phrase_dialog import PhraseDialog
from evidence_app.ui.coding.texts import Texts, read_texts
from evidence_app.ui.tasks import Report, Task

Lines = Sequence[Rectangle]
Stretch = tuple[int, int, int]
"""A document with where a place in it starts and ends."""


def boxes_of_places(texts: Texts, chosen: Sequence[Place], report: Report) -> dict[Stretch, Lines]:
    """Return the lines that places in PDFs cover on their pages; in the PDF lane."""
    found: dict[Stretch, Lines] = {}
    for done, (document, text) in enumerate(texts.texts):
        report(done, len(texts.texts))
        spans = [(each.start, each.end) for each in chosen if each.document.id == document.id]
        boxes = boxes_of(texts.files.get(document.id), document, text, spans)
        found |= {(document.id, *span): lines for span, lines in boxes.items()}
    return found


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
        dialog.choose_code(next(iter(desk.recent), None))
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
        if edit.changes:
            desk.do(edit)
            desk.context.say(edit.label.replace("Code ", "Coded ", 1), undo=True)

    def _fail(self, _error: object) -> None:
        self._code({})  # the words are coded all the same; their lines are found when they leave
