"""Coding from and for other programs, and the code book as a file."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.edit import RowOf, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.book_export import FORMATS, write_book
from evidence_app.services.coding.exchange import reports
from evidence_app.services.coding.exchange.files import bring_in, send_out
from evidence_app.services.coding.exchange.profiles import PROFILES
from evidence_app.services.coding.exchange.reports import BroughtIn, SentOut
from evidence_app.storage.applied import Applied
from evidence_app.storage.coding import person_of
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.screen import Screen
from evidence_app.ui.tasks import Report

EXCHANGE: Final = (
    ActionSpec("import_coding", "Import coding (.qdpx, .qdc)…", "Screen", "", "ph.download-simple"),
    ActionSpec("export_coding", "Export coding (.qdpx)…", "Screen", "", "ph.export"),
    ActionSpec("export_for_nvivo", "Export coding for NVivo on Windows…", "Screen", "", "ph.export"),
    ActionSpec("export_for_maxqda", "Export coding for MAXQDA…", "Screen", "", "ph.export"),
    ActionSpec("export_code_book", "Export the code book…", "Screen", "", "ph.list-bullets"),
)
_CODING: Final = "Coding of other programs (*.qdpx *.qdc)"
_MOST_TOLD: Final = 12
"""Lost codings named in the report; all of them are kept with the review."""


class CodingExchange(Screen):
    """The acts of exchange."""

    _came: BroughtIn | None = None

    def import_coding(self) -> None:
        """Bring in a project or a code book of another program."""
        path = self.context.messages.choose_file("Import coding", _CODING)
        if path is None:
            return
        person = self.context.person
        work = partial(self._bring_in, path=path, person=person)
        self.project.write_in_turns(work, f"Importing {path.name}", self._tell_import)

    def _bring_in(self, project: Project, report: Report, path: Path, person: RowOf) -> Applied | None:
        with project.reader() as reader:
            edit, self._came = bring_in(reader, path, person, report)
        return project.apply(edit) if edit else None

    def _tell_import(self) -> None:
        came, self._came = self._came, None
        if came is not None:
            self.context.messages.inform(f"{came.file}: {came.told}", import_told(came))

    def export_coding(self) -> None:
        """Write the coding as the standard says."""
        self._export("standard")

    def export_for_nvivo(self) -> None:
        """Write the coding as NVivo for Windows counts characters."""
        self._export("nvivo")

    def export_for_maxqda(self) -> None:
        """Write the coding as MAXQDA reads it."""
        self._export("maxqda")

    def _export(self, profile: str) -> None:
        suggestion = self.project.path.with_suffix(".qdpx")
        title = f"Export for {PROFILES[profile].label.partition(',')[0]}"
        out = self.context.messages.save_file(title, "REFI-QDA project (*.qdpx)", suggestion)
        if out is not None:
            question = partial(_sent, out=out, profile=profile, guid=self.context.person_guid)
            self.project.read(
                question, self._tell_export, self._tell_failed, latest="coding.export", title=title
            )

    def _tell_export(self, came: SentOut) -> None:
        left = "; ".join(f"{times} × {what.lower()}" for what, times in came.not_written.items())
        self.context.messages.inform(
            f"Wrote {came.file}: {counted(came.codings, 'coding')} "
            f"on {counted(came.quotations, 'quotation')}",
            f"Not written: {left}. The format has no place for it, or you do not see it." if left else
            "All of it has its place in the format. The report lies beside the file.",
        )  # fmt: skip

    def export_code_book(self) -> None:
        """Write the code book."""
        filters = ";;".join(f"{name} (*{ending})" for ending, name in FORMATS.items())
        suggestion = self.project.path.with_name("code book.xlsx")
        out = self.context.messages.save_file("Export the code book", filters, suggestion)
        if out is not None:
            self.project.read(
                partial(_book, out=out, guid=self.context.person_guid), self._tell_book, self._tell_failed,
                latest="coding.book_out", title="Writing the code book",
            )  # fmt: skip

    def _tell_book(self, written: tuple[int, str]) -> None:
        number, name = written
        self.context.say(f"Wrote {counted(number, 'code')} to {name}")

    def _tell_failed(self, error: Exception) -> None:
        self.context.say(str(error) if isinstance(error, EvidenceError) else "The file could not be written.")


def import_told(came: BroughtIn) -> str:
    """Return the report of an import in sentences: what came, how it was read, what was lost and why."""
    lines = [
        f"{counted(came.documents, 'document')}, {counted(came.quotations, 'quotation')}, "
        f"{counted(came.codes, 'new code')}, {counted(came.memos, 'memo')}."
    ]
    if came.model:
        lines.append(f"Its offsets count {came.model}.")
    if came.unchanged:
        lines.append(f"{counted(came.unchanged, 'coding')} were here already.")
    for each in came.lost[:_MOST_TOLD]:
        where = each.get("document", each.get("code", ""))
        lines.append(f"Lost: {where}: {each['text'][:60]} ({each['why']}).")
    if len(came.lost) > _MOST_TOLD:
        lines.append(f"And {len(came.lost) - _MOST_TOLD:,} more, kept in the report of this import.")
    for what, times in came.not_kept.items():
        lines.append(f"Not kept: {times} × {what.lower()}.")
    return " ".join(lines)


def _viewer(reader: Reader, guid: str) -> int:
    viewer = person_of(reader, guid)
    return -1 if viewer is None else viewer


def _sent(reader: Reader, out: Path, profile: str, guid: str) -> SentOut:
    came = send_out(reader, out, profile, viewer=_viewer(reader, guid))
    reports.write(came, out.with_name(f"{out.name}.report.json"))
    return came


def _book(reader: Reader, out: Path, guid: str) -> tuple[Any, str]:
    return write_book(reader, out, _viewer(reader, guid)), out.name
