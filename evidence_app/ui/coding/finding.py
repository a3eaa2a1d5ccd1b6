"""What the tabs “Quotations” and “Memos” show: found in a reading lane, and only while they are seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from evidence_app.domain.coding import Memo, Quotation
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.synthesis import outline
from evidence_app.services.coding import quoting
from evidence_app.services.coding.flat_export import FORMATS, write_quotations
from evidence_app.services.coding.retrieval import FoundQuotation, UnknownQuery, find
from evidence_app.services.row_names import RowNames
from evidence_app.services.synthesis.numbering import Numbering, number_new_works
from evidence_app.services.synthesis.support import finding_from
from evidence_app.storage import coding, coding_notes, contents, manuscript, references
from evidence_app.storage.coding_contents import CodingContents, coding_contents
from evidence_app.storage.connections import Reader
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.finding_dialog import FindingDialog
from evidence_app.ui.coding.memos_page import MemosPage
from evidence_app.ui.coding.quotations_page import QuotationsPage
from evidence_app.ui.tasks import Report, Task

READ: Final = frozenset(
    ("quotation", "coding", "code", "document", "theme", "theme_code", "characteristic", "study",
     "study_report", "reference", "layer", "quotation_link")
)  # fmt: skip
FILTERS: Final = ";;".join(f"{name} (*{ending})" for ending, name in FORMATS.items())


class Answer(NamedTuple):
    """What a query found, or why nothing was searched."""

    found: Sequence[FoundQuotation]
    problem: str = ""
    linked: Mapping[int, Sequence[Quotation]] = MappingProxyType({})


def answered(reader: Reader, query: str, guid: str) -> Answer:
    """Return what a query finds, as this person may see it."""
    viewer = coding.person_of(reader, guid)
    contents = coding_contents(reader, -1 if viewer is None else viewer)
    try:
        return Answer(find(contents, query), "", _linked(reader, contents))
    except UnknownQuery as problem:
        return Answer((), str(problem))


def seen_memos(reader: Reader, guid: str) -> list[tuple[Memo, str]]:
    """Return the memos this person may see, each with what the thing it is on is called."""
    viewer = coding.person_of(reader, guid)
    names = RowNames(reader)
    found = coding_notes.memos(reader, viewer=-1 if viewer is None else viewer)
    return [(each, names.name(each.subject, each.row) if each.subject else "") for each in found]


def _linked(reader: Reader, contents: CodingContents) -> dict[int, list[Quotation]]:
    """Return for each quotation those it is linked to."""
    found: dict[int, list[Quotation]] = {}
    for link in coding.quotation_links(reader):
        one, other = contents.quotation.get(link.quotation_a), contents.quotation.get(link.quotation_b)
        if one is not None and other is not None:
            found.setdefault(one.id, []).append(other)
            found.setdefault(other.id, []).append(one)
    return found


def write_out(
    path: Path, contents: CodingContents, rows: Sequence[FoundQuotation], query: str, _: Report
) -> int:
    """Write quotations to a file; return how many."""
    write_quotations(contents, rows, query, path)
    return len(rows)


class Finding(QObject):
    """Asks, shows, copies and exports."""

    place_asked = Signal(int)
    lost_placed = Signal(object)
    """A lost quotation is to be placed at the selection."""

    def __init__(self, desk: Desk, page: QuotationsPage, memos: MemosPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._page, self._memos = desk, page, memos
        self._query, self._stale, self._seen = "", True, ""
        self._out = Path()
        page.asked.connect(self.ask)
        page.opened.connect(self._open)
        page.acted.connect(self._act)

    def show(self, tab: str) -> None:
        """Remember which tab is seen, and read what it shows where that is old."""
        self._seen = tab
        if self._stale:
            self._read()

    def reload(self, tables: frozenset[str]) -> None:
        """Read again what is seen; the rest when it is seen."""
        if not tables or tables & (READ | {"note"}):
            self._stale = True
            self._read()

    def _read(self) -> None:
        desk = self._desk
        if self._seen == "quotations":
            self._stale = False
            question = partial(answered, query=self._query, guid=desk.guid)
            desk.project.read(question, self._show, latest="coding.found")
        elif self._seen == "memos":
            self._stale = False
            desk.project.read(
                partial(seen_memos, guid=desk.guid), self._memos.show_memos, latest="coding.memos"
            )

    def ask(self, query: str) -> None:
        """Find something else."""
        self._query = query
        self._seen = "quotations"
        self._read()

    def _show(self, answer: Answer) -> None:
        if answer.problem:
            self._page.tell_problem(answer.problem)
        else:
            self._page.show_found(answer.found, self._desk.book, answer.linked)

    def document_of(self, quotation: int) -> int | None:
        """Return the document a quotation is in."""
        found = coding.quotations_by_id(self._desk.project.reader, [quotation]).get(quotation)
        return found.document if found else None

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.place_asked.emit(row)

    def _act(self, name: str) -> None:
        if name == "copy":
            self.copy()
        elif name == "export":
            self.export()
        elif name == "link":
            self.link()
        elif name == "write":
            self.write_finding()
        elif name == "place" and (current := self._page.current()) is not None:
            self.lost_placed.emit(current.quotation)

    def link(self) -> None:
        """Link the two chosen quotations; two that are linked are no longer so."""
        chosen = [each.quotation for each in self._page.chosen()]
        if len(chosen) != 2:
            told = "Choose two quotations, the second with Ctrl+click or Shift+Down, to link them."
            self._desk.context.say(told)
            return
        both = {each.id for each in chosen}
        held = [
            link
            for link in coding.quotation_links(self._desk.project.reader, chosen[0].id)
            if {link.quotation_a, link.quotation_b} == both
        ]
        self._desk.do(quoting.unlink(held[0]) if held else quoting.link(chosen[0], chosen[1]))
        told = "They are linked no longer." if held else "Linked: each leads to the other, below its words."
        self._desk.context.say(told, undo=True)

    def write_finding(self) -> None:
        """Write a review finding from the chosen quotations, under a theme."""
        chosen, context = self._page.chosen(), self._desk.context
        review = contents.review_contents(self._desk.project.reader)
        themes = list(dict.fromkeys((line.theme.id, line.theme.name) for line in outline(review.themes)))
        if not chosen or not themes:
            context.say("Choose quotations first." if themes else "Make a theme first, in the screen Themes.")
            return
        dialog = FindingDialog(self._page.parts, chosen, themes, self._page)
        dialog.choose_theme(self._likely_theme(chosen))
        if not context.messages.show(dialog):
            return
        theme, text, direction = dialog.wanted()
        quotations = [each.quotation for each in chosen]
        documents = {each.id: each for each in coding.documents(self._desk.project.reader)}
        reports = {row: each.reference for row, each in documents.items()}
        edit = finding_from(
            review, theme, text, quotations, reports, direction=direction, documents=documents
        )
        bibliography, numbers = manuscript.numbers_given(self._desk.project.reader)
        numbering = Numbering(bibliography, numbers, max(numbers.values(), default=0))
        self._desk.do(number_new_works(edit, numbering))
        context.say("Wrote a review finding; it stands under its theme.", undo=True)

    def _likely_theme(self, chosen: Sequence[FoundQuotation]) -> int | None:
        """Return the theme under which most codes of these quotations stand."""
        under = coding.colours_of_codes(self._desk.project.reader)
        themes = Counter(
            under[placed.code.id] for each in chosen for placed in each.codes if placed.code.id in under
        )
        return max(themes, key=lambda theme: themes[theme], default=None)

    def copy(self) -> None:
        """Put the selected passage, or the chosen quotations, on the clipboard with source and page."""
        chosen = self._page.chosen()
        if self._copy_passage():
            return
        if not chosen:
            self._desk.context.say("Select a passage, or choose a quotation in the tab Quotations, first.")
            return
        QApplication.clipboard().setText("\n\n".join(each.as_citation for each in chosen))
        self._desk.context.say(f"Copied {counted(len(chosen), 'quotation')} with source and page.")

    def _copy_passage(self) -> bool:
        """Copy what is selected or chosen in the document, while that has the keyboard."""
        desk, canvas, document = self._desk, self._desk.canvas, self._desk.document
        if canvas is None or document is None or not canvas.hasFocus():
            return False
        if not canvas.has_selection and desk.chosen() is None:
            return False
        passage = desk.passage()
        quotation = passage.quotation or Quotation(id=0, guid="", document=document.id, anchor=passage.anchor)
        report = references.reference(desk.project.reader, document.reference)
        pages = document.cited_pages(passage.anchor)
        found = FoundQuotation(quotation, report, document.name, (), (), pages)
        QApplication.clipboard().setText(found.as_citation)
        desk.context.say("Copied the passage with source and page.")
        return True

    def export(self) -> None:
        """Ask for a file and write the quotations found to it."""
        suggestion = self._desk.project.path.with_name("quotations.xlsx")
        path = self._desk.context.messages.save_file("Export quotations", FILTERS, suggestion)
        if path is None:
            return
        self._out = path
        guid, query = self._desk.guid, self._query
        self._desk.project.read(partial(_contents_and_found, query=query, guid=guid), self._write)

    def _write(self, answer: tuple[CodingContents, Sequence[FoundQuotation]]) -> None:
        work = partial(write_out, self._out, *answer, self._query)
        task = Task(work, f"Writing {self._out.name}").then(self._tell_written, self._tell_failed)
        self._desk.context.lanes.reading.start(task)

    def _tell_written(self, number: int) -> None:
        self._desk.context.say(f"Wrote {counted(number, 'quotation')} to {self._out.name}.")

    def _tell_failed(self, error: Exception) -> None:
        words = str(error) if isinstance(error, EvidenceError) else "The file could not be written."
        self._desk.context.say(words)


def _contents_and_found(
    reader: Reader, query: str, guid: str
) -> tuple[CodingContents, Sequence[FoundQuotation]]:
    viewer = coding.person_of(reader, guid)
    contents = coding_contents(reader, -1 if viewer is None else viewer)
    try:
        return contents, find(contents, query)
    except UnknownQuery:
        return contents, ()
