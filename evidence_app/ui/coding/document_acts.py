"""Acts on documents: attach, paste, replace, take off, mark what is to be coded, how far it is, auto-code."""

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from evidence_app.domain.coding import CodingState, Document, Quotation, Region, RegionKind
from evidence_app.domain.edit import RowOf, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import documents, marking
from evidence_app.services.coding.full_texts import FullText, pasted, read_document
from evidence_app.services.coding.highlights import Highlight, bring_in, find_highlights, write_copy
from evidence_app.services.coding.sections import section_at, sections
from evidence_app.services.library.attachments import KeptFile, keep_copies, place_of
from evidence_app.storage import coding, coding_notes
from evidence_app.storage.applied import Applied
from evidence_app.ui.coding.desk import Desk
from evidence_app.ui.coding.shown import DocumentLine
from evidence_app.ui.pages.attaching import FILTERS
from evidence_app.ui.pages.hues import hue_colour
from evidence_app.ui.pages.opened import OpenedDocument
from evidence_app.ui.tasks import Report, Task

PDFS = "PDF (*.pdf)"


class ReadFile(NamedTuple):
    """A file that was read and copied beside the project."""

    read: FullText
    kept: KeptFile


def read_and_keep(project: Path, file: Path, report: Report) -> ReadFile:
    """Read a file as a document and copy it beside the project; in the PDF lane."""
    read = read_document(file, report)
    return ReadFile(read, keep_copies(project, [file], report)[0])


def _replacement(
    document: Document, found: ReadFile, quotations: Sequence[Quotation], regions: Sequence[Region],
    person: RowOf, text: str, file: Path, _report: Report,
) -> documents.Replacement:  # fmt: skip
    """Place quotations and parts in the newer version, with their lines on its pages; in the PDF lane."""
    return documents.replace(
        document, found.read, found.kept, quotations, regions, person, text=text, file=file
    )


class DocumentActs(QObject):
    """What is done with documents as a whole."""

    attached = Signal()
    """A document came in: it is to be opened as soon as it is read."""
    replaced = Signal(object, int)
    """A newer version took the place of a document: a quotation to be shown in it, and how many were lost."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told, self._lost = "", 0
        self._next: int | None = None
        self.attaching = desk.attaching
        self.attaching.attached.connect(self._came)

    # -- attaching

    def attach(self, line: DocumentLine | None) -> None:
        """Ask for a file and attach it to the report of a line."""
        if line is None:
            self._desk.context.say("Choose a report in the list first, then attach its full text.")
        else:
            self.attaching.choose(line.report.reference, line.report.label)

    def attach_file(self, line: DocumentLine, file: Path) -> None:
        """Attach a file to the report of a line."""
        self.attaching.attach([(line.report.reference, file)], label=line.report.label)

    def _came(self, _references: object) -> None:
        self.attached.emit()

    def take(self, files: Sequence[Path], line: DocumentLine | None) -> None:
        """Attach the first file that was dropped to the report of a line."""
        if line is None or not files:
            self._desk.context.say("Choose a report in the list first, then drop its full text.")
        else:
            self.attach_file(line, files[0])

    def _read(self, file: Path, then: Any) -> None:
        task = Task(partial(read_and_keep, self._desk.project.path, file), f"Reading {file.name}")
        self._desk.context.lanes.pdf.start(task.then(then, self._fail))

    def _tell_attached(self, _applied: Applied) -> None:
        self._desk.context.say(self._told, undo=True)
        self.attached.emit()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, EvidenceError):
            self._desk.context.say(str(error))
        else:
            self._desk.context.say("The file could not be read, so nothing was changed. It may be damaged.")

    def paste(self, line: DocumentLine | None) -> None:
        """Make a document of the text on the clipboard."""
        if line is None:
            self._desk.context.say("Choose a report in the list first, then paste its text.")
            return
        try:
            read = pasted(QApplication.clipboard().text())
        except EvidenceError as error:
            self._desk.tell(error)
            return
        self._told = f"Added the pasted text to {line.report.label}."
        edit = documents.attach(line.report.reference, read, None, self._desk.person)
        self._desk.project.do(edit, self._tell_attached)

    # -- replacing

    def replace(self) -> None:
        """Ask for a newer version of the open document."""
        if self._desk.document is None:
            return
        name = self._desk.document.name
        file = self._desk.context.messages.choose_file(f"A newer version of {name}", FILTERS)
        if file is not None:
            self._read(file, self._replace)

    def _replace(self, found: ReadFile) -> None:
        desk, opened = self._desk, self._desk.opened
        if opened is None or desk.marked is None:
            return
        document = opened.document
        everybodys = coding.quotations(desk.project.reader, document.id)  # also what is coded blind
        kept = found.kept
        work = partial(
            _replacement, document, found, everybodys, desk.marked.regions, desk.person, opened.text,
            place_of(desk.project.path, kept.sha256, kept.name),
        )  # fmt: skip
        task = Task(work, f"Placing {counted(len(everybodys), 'quotation')}")
        desk.context.lanes.pdf.start(task.then(self._replaced, self._fail))

    def _replaced(self, made: documents.Replacement) -> None:
        desk = self._desk
        seen = {each.id for each in desk.quotations}
        lost = sum(each.id in seen for each in made.lost)
        self._told, self._lost = made.told_of(len(seen), lost), lost
        self._next = self._nearest({each.id for each in made.lost})
        desk.project.do(made.edit, self._tell_replaced)

    def _nearest(self, lost: Collection[int]) -> int | None:
        """Return the quotation that goes along and stands nearest to the caret."""
        desk = self._desk
        at = desk.canvas.caret if desk.canvas is not None else 0
        going = [each for each in desk.quotations if each.id not in lost and each.anchor.start is not None]
        nearest = min(going, key=lambda each: abs((each.anchor.start or 0) - at), default=None)
        return nearest.id if nearest is not None else None

    def _tell_replaced(self, applied: Applied) -> None:
        self._tell_attached(applied)
        self.replaced.emit(self._next, self._lost)

    def take_off(self) -> None:
        """Take the open document off its report."""
        desk = self._desk
        if desk.document is None:
            return
        number = len(desk.quotations)
        if desk.context.messages.confirm(
            f"Take off {desk.document.name}?",
            f"Its {number} quotations go with it. Undo brings all of it back.", "Take it off",
        ):  # fmt: skip
            desk.do(documents.detach(desk.document))

    # -- what is to be coded, and how far it is

    def mark_region(self, kind: RegionKind) -> None:
        """Mark the selection as to be coded, else the section at the caret; the second time takes it off."""
        desk = self._desk
        if desk.document is None or desk.canvas is None or desk.marked is None:
            return
        start, end = desk.canvas.selection
        around = [
            each for each in desk.marked.regions if each.kind is kind and each.start <= start < each.end
        ]
        try:
            if start == end and around:
                desk.do(marking.unmark_region(around[0]))
            else:
                start, end = (start, end) if start < end else self._section()
                regions = desk.marked.regions
                desk.do(marking.mark_region(desk.document, kind, start, end, regions, desk.person))
        except EvidenceError as error:
            desk.tell(error)

    def _section(self) -> tuple[int, int]:
        """Return where the section around the caret starts and ends."""
        desk = self._desk
        if desk.opened is None or desk.canvas is None:
            return 0, 0
        found = sections(desk.opened.document, desk.opened.text, desk.outline)
        section = section_at(found, desk.canvas.caret)
        if section is None:
            raise EvidenceError(
                "Nothing is selected, and no heading is known here. Select the part that is to be coded, "
                "or put the caret under its heading."
            )
        desk.context.say(f"Marked the section “{section.title}”.", undo=True)
        return section.start, section.end

    def set_state(self, state: CodingState) -> None:
        """Say how far the report of the open document is coded."""
        desk = self._desk
        if desk.document is None:
            return
        held = coding_notes.coding_statuses(desk.project.reader).get(
            (desk.document.reference, desk.book.viewer)
        )
        held = held if desk.book.viewer is not None else None
        desk.do(marking.set_coding_state(desk.document.reference, state, held, desk.person))

    # -- highlights

    def bring_in_highlights(self) -> None:
        """Make quotations of the highlights somebody made in another reader, by colour."""
        opened = self._paged()
        if opened is not None and opened.file is not None:
            work = partial(find_highlights, opened.file, opened.document, opened.text)
            task = Task(work, f"Reading the highlights of {opened.document.name}")
            self._desk.context.lanes.pdf.start(task.then(self._bring_in, self._fail))

    def _bring_in(self, found: Sequence[Highlight]) -> None:
        desk = self._desk
        if desk.document is None:
            return
        edit = bring_in(desk.document, found, desk.quotations, desk.book.codes, desk.coder)
        if not edit:
            told = "have been brought in already" if found else "were found in this PDF"
            desk.context.say(f"{'All highlights' if found else 'No highlights'} {told}.")
            return
        number = sum(change.table == "quotation" for change in edit.changes)
        self._told = f"Brought in {counted(number, 'highlight')}, coded by colour."
        desk.project.do(edit, self._tell_done)

    def _tell_done(self, _applied: Applied) -> None:
        self._desk.context.say(self._told, undo=True)

    def write_highlights(self) -> None:
        """Write a copy of the PDF with our quotations as highlights, for any reader."""
        desk, opened = self._desk, self._paged()
        if opened is None or opened.file is None or desk.marked is None:
            return
        suggestion = desk.project.path.with_name(f"{Path(opened.document.name).stem} highlighted.pdf")
        out = desk.context.messages.save_file("Write a PDF with highlights", PDFS, suggestion)
        if out is None:
            return
        colours = {
            each.code.id: hue_colour(desk.context.look, desk.book.hues.get(each.code.id)).name()
            for each in desk.book.tree
        }
        work = partial(
            write_copy, opened.file, out, opened.document, opened.text, desk.quotations, desk.marked.codings,
            {each.code.id: each for each in desk.book.tree}, colours.__getitem__,
        )  # fmt: skip
        self._told = out.name
        task = Task(work, f"Writing {out.name}").then(self._tell_written, self._fail)
        desk.context.lanes.pdf.start(task)

    def _tell_written(self, number: int) -> None:
        self._desk.context.say(f"Wrote {counted(number, 'highlight')} to {self._told}.")

    def _paged(self) -> OpenedDocument | None:
        opened = self._desk.opened
        if opened is None or not opened.document.is_pdf or opened.file is None:
            self._desk.context.say("Highlights are for PDFs. Open one whose file is beside the project.")
            return None
        return opened
