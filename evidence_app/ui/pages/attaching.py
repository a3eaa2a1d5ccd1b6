"""A full text is attached by one act, wherever it is done: kept, frozen, received, with one undo.

Reading happens in the PDF lane with progress and Cancel; between two files the pages that are being read
have their turn."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.coding import Document
from evidence_app.domain.edit import RowOf, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.services.coding.coding import Coder
from evidence_app.services.coding.full_texts import KINDS
from evidence_app.services.coding.highlights import Found, Highlight, bring_in_all, find_highlights
from evidence_app.services.library.attachments import place_of
from evidence_app.services.studies.file_matching import Proposal, files_in, propose
from evidence_app.services.studies.receiving import (
    Arrived,
    Reception,
    doubt,
    read_all_kept,
    read_files,
    receive,
    unread,
)
from evidence_app.storage import coding
from evidence_app.storage.applied import Applied
from evidence_app.storage.library import Attachment
from evidence_app.ui.pages.match_dialog import MatchDialog
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task

FILTERS: Final = f"Documents ({' '.join(f'*{ending}' for ending in KINDS)});;All files (*)"


def proposed(places: Sequence[Path], works: Sequence[Reference], report: Report) -> list[Proposal]:
    """Match files to references, beside the window."""
    return propose(files_in(places), works, report)


def found_in(
    files: Sequence[tuple[Path, Document, str]], report: Report
) -> list[tuple[Document, list[Highlight]]]:
    """Return the highlights of other readers in these documents, beside the window."""
    return [(document, find_highlights(path, document, text, report)) for path, document, text in files]


class Arrival(QObject):
    """Files that come in together, from reading to the highlights that are found in them."""

    def __init__(self, of: "Attaching", how: str, label: str) -> None:
        super().__init__(of)
        self._of, self._how, self._label = of, how, label
        self._context = of.context
        self._references: tuple[int, ...] = ()
        self.reception: Reception | None = None
        self._one: Arrived | None = None

    def begin(self, task: Task) -> None:
        """Read in the PDF lane."""
        self._context.lanes.pdf.start(task.then(self._arrived, self._failed), later=True)

    def _arrived(self, found: Sequence[Arrived]) -> None:
        context = self._context
        made = receive(context.project.reader, found, self._of.person, self._how, self._label)
        self.reception = made
        self._references = tuple(dict.fromkeys(each.reference for each in found))
        if made.edit:
            self._one = found[0] if len(found) == 1 else None
            context.project.do(made.edit, self._written)
        else:
            context.say(made.told)
            self._of.returned.emit()

    def _written(self, _applied: Applied) -> None:
        made = self.reception
        if made is None:
            return
        if made.highlights:
            self._of.offer(self, self._references)
            act = ("Bring in", self.bring_in)
            self._context.say(f"{made.told} {self.offer}", undo=True, act=act)
        else:
            self._context.say(made.told, undo=True)
        if made.documents:
            self._of.attached.emit(self._references)
        if self._one is not None:
            self._context.project.read(partial(doubt, arrived=self._one), self._doubt, latest="attaching")
            self._one = None

    def _doubt(self, told: str) -> None:
        if told:
            self._context.say(told, undo=True)

    @property
    def offer(self) -> str:
        """What is asked where another reader left highlights."""
        number = self.reception.highlights if self.reception is not None else 0
        them = "it in as a quotation" if number == 1 else "them in as quotations"
        return f"{counted(number, 'highlight')} made in another reader: bring {them}?"

    def _failed(self, error: object) -> None:
        ours = isinstance(error, EvidenceError)
        self._context.say(
            str(error) if ours else f"The file could not be read, so nothing was changed. Reason: {error}"
        )

    # -- highlights

    def bring_in(self) -> None:
        """Make quotations of the highlights of other readers, in the documents that came in."""
        reader, made = self._context.project.reader, self.reception
        if made is None:
            return
        files = []
        for document in coding.documents(reader):
            kept = coding.attached_file(reader, document.id) if document.guid in made.documents else None
            if kept is not None and document.is_pdf:
                files.append((place_of(reader.path, *kept), document, coding.text_of(reader, document.id)))
        task = Task(partial(found_in, files), "Reading the highlights")
        self._context.lanes.pdf.start(task.then(self._found, self._failed))

    def _found(self, found: Sequence[tuple[Document, Sequence[Highlight]]]) -> None:
        reader = self._context.project.reader
        several = [
            Found(document, highlights, coding.quotations(reader, document.id))
            for document, highlights in found if highlights
        ]  # fmt: skip
        edit = bring_in_all(several, coding.codes(reader, merged=True), self._of.coder()) if several else None
        if not edit:
            self._context.say("These highlights are quotations already.")
            self._of.withdraw(self)
            return
        self._context.project.do(edit, self._brought)

    def _brought(self, applied: Applied) -> None:
        self._context.say(f"{applied.label.replace('Bring', 'Brought', 1)}, coded by colour.", undo=True)
        self._of.withdraw(self)


class Attaching(QObject):
    """Attaches one file to a report, or many to the reports they fit."""

    attached = Signal(object)
    """The references for which a text came in, once it is written."""
    returned = Signal()
    """Files that the project knows may lie beside it again."""
    offers_changed = Signal()
    """There are highlights to bring in, or they were brought in."""

    def __init__(self, context: ScreenContext, window: QWidget) -> None:
        super().__init__(window)
        self.context = context
        self._window = window
        self._works: Sequence[Reference] = ()
        self.offers: dict[int, Arrival] = {}
        """Reports whose full text came in with highlights of another reader that are not quotations yet."""

    @property
    def person(self) -> RowOf:
        """Who attaches, as an edit names them."""
        return self.context.person

    def coder(self) -> Coder:
        """Return who quotes, and the layer their codings go into."""
        reader = self.context.project.reader
        row = coding.person_of(reader, self.person.guid)
        layer = next((each for each in coding.layers(reader) if row and each.person == row), None)
        return Coder(self.person, layer.id if layer else None, row)

    # -- what is offered

    def offer(self, arrival: Arrival, references: Sequence[int]) -> None:
        """Offer to bring in the highlights of these reports, until it is done."""
        self.offers |= dict.fromkeys(references, arrival)
        self.offers_changed.emit()

    def withdraw(self, arrival: Arrival) -> None:
        """Offer it no longer."""
        self.offers = {row: each for row, each in self.offers.items() if each is not arrival}
        self.offers_changed.emit()

    def offer_of(self, reference: int) -> str:
        """Return what is offered for a report, in a sentence; nothing where nothing is."""
        arrival = self.offers.get(reference)
        return arrival.offer if arrival is not None else ""

    def bring_in(self, reference: int) -> None:
        """Bring in what is offered for a report."""
        if reference in self.offers:
            self.offers[reference].bring_in()

    # -- one report

    def choose(self, reference: int | None, label: str) -> None:
        """Ask for a file and attach it to a report; one that lies there without its text is offered first."""
        if reference is None:
            self.context.say("Choose a report in the list first, then attach its full text.")
            return
        held = unread(self.context.project.reader, reference)
        if held and self.context.messages.confirm(
            f"Read {held[-1].name}?", f"It is attached to {label} already.", f"Read {held[-1].name}"
        ):
            self.freeze(reference, held[-1])
            return
        file = self.context.messages.choose_file(f"Attach to {label}", FILTERS)
        if file is not None:
            self.attach([(reference, file)], label=label)

    def attach(self, wanted: Sequence[tuple[int, Path]], how: str = "", label: str = "") -> None:
        """Attach files to reports: read and kept in the background, written as one edit."""
        if not wanted:
            return
        lane = self.context.lanes.pdf
        work = partial(
            read_files, self.context.project.path, list(wanted), between=getattr(lane, "give_way", None)
        )
        named = wanted[0][1].name if len(wanted) == 1 else counted(len(wanted), "full text")
        Arrival(self, how, label).begin(Task(partial(_reported, work), f"Reading {named}"))

    def freeze(self, reference: int, held: Attachment) -> None:
        """Freeze the text of a file that is attached already."""
        self.freeze_all([(reference, held)])

    def freeze_all(self, several: Sequence[tuple[int, Attachment]]) -> None:
        """Freeze the texts of files that are attached already, as one edit."""
        if not several:
            return
        lane = self.context.lanes.pdf
        work = partial(
            read_all_kept, self.context.project.path, list(several), between=getattr(lane, "give_way", None)
        )
        named = several[0][1].name if len(several) == 1 else counted(len(several), "full text")
        Arrival(self, "", "").begin(Task(partial(_reported, work), f"Reading {named}"))

    # -- many

    def take(
        self, places: Sequence[Path], reference: int | None, label: str, works: Sequence[Reference]
    ) -> None:
        """Attach what was dropped: one file to the report that is shown, several where they fit."""
        if len(places) == 1 and places[0].is_file() and reference is not None:
            self.attach([(reference, places[0])], label=label)
        else:
            self.match(places, works)

    def match_folder(self, works: Sequence[Reference]) -> None:
        """Ask for a folder and match its files."""
        folder = self.context.messages.choose_folder("A folder of full texts")
        if folder is not None:
            self.match([folder], works)

    def match(self, places: Sequence[Path], works: Sequence[Reference]) -> None:
        """Match the files of these places to references, and show what was found before attaching."""
        if not works:
            self.context.say("There is no report here yet whose full text is wanted.")
            return
        self._works = works
        task = Task(partial(proposed, list(places), list(works)), "Matching files")
        self.context.lanes.pdf.start(task.then(self._show_matches, self._failed))

    def _show_matches(self, found: Sequence[Proposal]) -> None:
        if not found:
            endings = ", ".join(ending.lstrip(".") for ending in KINDS)
            self.context.say(f"No full texts were found there. They end in: {endings}.")
            return
        reader = self.context.project.reader
        frozen = {document.reference for document in coding.documents(reader)}
        dialog = MatchDialog(self.context.parts, found, self._works, frozen, self._window)
        if self.context.messages.show(dialog):
            self.attach(dialog.wanted(), "from a folder")

    def _failed(self, error: object) -> None:
        ours = isinstance(error, EvidenceError)
        self.context.say(str(error) if ours else f"The files could not be read. The reason was: {error}")


def _reported(work: partial[list[Arrived]], report: Report) -> list[Arrived]:
    return work(report=report)
