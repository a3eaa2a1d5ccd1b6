"""The acts of the Searches screen: importing, adding, keeping, removing, exporting."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from evidence_app.domain.edit import Edit, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.importing import FileToImport, Imported, import_each
from evidence_app.services.library import attachments
from evidence_app.services.library.attachments import KeptFile
from evidence_app.services.searches import arrivals, captures, import_report, log, reading_again
from evidence_app.services.searches.arrivals import Arrival
from evidence_app.services.searches.kinds import Group
from evidence_app.services.searches.versions import QueryVersion, versions
from evidence_app.services.searches.worth import Worth, write_table
from evidence_app.storage import searches
from evidence_app.storage.applied import Applied
from evidence_app.storage.project import Project
from evidence_app.ui.screen import Screen, ScreenContext
from evidence_app.ui.searches.columns import RememberedColumns
from evidence_app.ui.searches.import_dialog import ImportDialog
from evidence_app.ui.searches.keep_dialog import KeepDialog
from evidence_app.ui.searches.new_search import NewSearchDialog
from evidence_app.ui.searches.report_dialog import ReportDialog
from evidence_app.ui.tasks import SHARES, Report, Task

EXPORTS: Final = (
    "Exports (*.ris *.nbib *.txt *.bib *.xml *.enw *.ciw *.isi *.cgi *.json *.csv *.tsv *.xlsx *.rdf);;"
    "All files (*)"
)
PAGES: Final = "Pages (*.pdf *.html *.htm *.mhtml *.png *.jpg *.jpeg *.webp);;All files (*)"


class ImportWork:
    """One import in the writer's lane; it keeps what became of each file."""

    def __init__(self, files: Sequence[FileToImport]) -> None:
        self._files = files
        self.imported: Imported | None = None

    def __call__(self, project: Project, report: Report) -> Applied | None:
        self.imported = import_each(project, self._files, partial(_told_in_shares, report))
        return self.imported.applied


class SearchesDesk(Screen):
    """What can be done with searches; the screen says which one is chosen."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._work: ImportWork | None = None
        self._last: Imported | None = None
        self._versions: list[QueryVersion] = []
        self._written = Path()

    def chosen(self) -> Worth | None:
        """Return the search that is chosen."""
        raise NotImplementedError

    def choose(self, row: int) -> None:
        """Choose a search once it is listed."""
        raise NotImplementedError

    # -- importing

    def import_files(self) -> None:
        """Ask which files to import."""
        self.start_import(self.context.messages.choose_files("Import files", EXPORTS))

    def start_import(self, paths: Sequence[Path]) -> None:
        """Look at the files, ask where they belong, and bring them in."""
        if not paths:
            return
        work = partial(arrivals.look_at, tuple(paths))
        title = f"Looking at {paths[0].name}" if len(paths) == 1 else f"Looking at {len(paths)} files"
        self.context.lanes.reading.start(Task(work, title).then(self._ask_where))

    def _ask_where(self, arrived: list[Arrival]) -> None:
        held = searches.searches(self.project.reader)
        row = self.chosen()
        into = (
            row.search if row is not None and row.group is Group.DATABASES and not row.search.files else None
        )
        columns = RememberedColumns(self.context, self.window)
        dialog = ImportDialog(self.parts, arrived, held, into, self, columns)
        if self.context.messages.show(dialog):
            self.bring_in(dialog.wanted(searches.guids(self.project.reader)))

    def bring_in(self, files: Sequence[FileToImport]) -> None:
        """Import these files as one job in the writer's lane; the report opens at its end."""
        self._work = ImportWork(files)
        named = files[0].path.name if len(files) == 1 else counted(len(files), "file")
        self.project.write_in_turns(self._work, f"Importing {named}", self._imported, self._ended)

    def _ended(self) -> None:
        task = self.sender()
        if isinstance(task, Task) and task.is_cancelled:
            self.context.say("The import was cancelled; nothing of it was kept")

    def _imported(self) -> None:
        work, self._work = self._work, None
        if work is None or work.imported is None:
            return
        done = work.imported
        first = next((each.guid for each in done.files if each.guid), "")
        for file in searches.files_called(self.project.reader, [first]):
            self.choose(file.search)
            self.reload(frozenset({"search"}))
        self._last = done
        self.show_last_report()

    def show_last_report(self) -> None:
        """Show what became of each file of the last import of this session."""
        if self._last is None:
            return
        files, applied = self._last.files, self._last.applied
        stands = applied is not None and searches.stands(self.project.reader, applied.number)
        later = searches.edits_after(self.project.reader, applied.number) if applied is not None else []
        title = f"Import of {files[0].file if len(files) == 1 else counted(len(files), 'file')}"
        lines = partial(import_report.lines_of, reports=files)
        dialog = ReportDialog(self.context, title, lines, can_undo=stands, parent=self)
        self.context.messages.show(dialog)
        if dialog.wants_undo and applied is not None:
            if self._may_take_back(later):
                self._take_back(applied.number)
        elif applied is not None:
            total = sum(each.imported for each in files)
            self.context.say(
                f"Imported {counted(total, 'record')}", act=("Show report", self.show_last_report)
            )

    def _take_back(self, edit: int) -> None:
        work = partial(_taken_back, edit)
        self.project.write_in_turns(work, "Taking the import back", self._took_back)

    def _took_back(self) -> None:
        self.context.say("Took the import back; nothing of it is left in the review")

    def show_report(self) -> None:
        """Show the report of the files of the chosen search."""
        row = self.chosen()
        if row is None or row.search.search is None or not row.search.files:
            self.context.say("This search has no file yet, so there is nothing to report")
            return
        search = row.search.search
        files = searches.files(self.project.reader, search)
        edit = next((file.edit for file in files if file.edit is not None), None)
        later = searches.edits_after(self.project.reader, edit) if edit is not None else []
        alone = len({file.edit for file in files}) == 1 and edit is not None
        lines = partial(import_report.lines_of_search, search=search)
        title = f"Import report of {row.search.name}"
        dialog = ReportDialog(self.context, title, lines, can_undo=alone, parent=self)
        self.context.messages.show(dialog)
        if dialog.wants_undo and edit is not None and self._may_take_back(later):
            self._take_back(edit)

    def _may_take_back(self, later: Sequence[str]) -> bool:
        if not later:
            return True
        named = "\n".join(f"• {label}" for label in later[-8:])
        count = counted(len(later), "later edit")
        return self.context.messages.confirm(
            f"Take the import back, and {count} too?", f"These were made after it:\n{named}",
            f"Take back the import and {count}",
        )  # fmt: skip

    def name_columns(self) -> None:
        """Say anew what the columns of the first table of the chosen search hold."""
        self.name_columns_of(None)

    def name_columns_of(self, wanted: int | None) -> None:
        """Say anew what the columns of a table hold, and read its records again; one undo."""
        row, reader = self.chosen(), self.project.reader
        search = row.search.search if row is not None else None
        held = searches.files(reader, search) if search is not None else []
        tables = [each for each in held if reading_again.can_be_read_again(each)]
        file = next((each for each in tables if wanted in (None, each.id)), None)
        if file is None:
            self.context.say("This search has no table; the columns of other exports are known")
            return
        try:
            table = reading_again.columns_of_file(reader, file)
        except EvidenceError as error:
            self.context.say(str(error))
            return
        columns = RememberedColumns(self.context, self.window)
        named = columns.ask(table, columns.known(table))
        if named is not None:
            question = partial(reading_again.read_again, file=file, mapping=named)
            self.project.read(question, self._read_again, latest="searches.columns", title="Reading again")

    def _read_again(self, edit: Edit) -> None:
        if not edit:
            self.context.say("Nothing changed: the records say the same by these columns")
            return
        self.do(edit, edit.label)

    # -- searches

    def new_search(self) -> None:
        """Ask for a search without a file."""
        position = searches.last_position(self.project.reader) + 1
        dialog = NewSearchDialog(self.parts, position, self)
        if self.context.messages.show(dialog) and dialog.edit is not None:
            self.project.do(dialog.edit, self._choose_last)

    def another_run(self) -> None:
        """Add one more run on the chosen source: an update of the search."""
        row = self.chosen()
        if row is not None:
            self.project.do(log.another_run(row.search), self._choose_last)

    def _choose_last(self, _applied: Applied) -> None:
        last = max((each.search or 0 for each in searches.searches(self.project.reader)), default=0)
        if last:
            self.choose(last)
            self.reload(frozenset({"search"}))

    def remove_search(self) -> None:
        """Remove the chosen search with the references it alone brought in."""
        row = self.chosen()
        if row is None:
            return
        search, reader = row.search, self.project.reader
        alone = searches.records_of(reader, search.search) if search.search is not None else []
        runs = sum(each.source == search.source for each in searches.searches(reader)) - 1
        what = (
            f"{counted(len(alone), 'reference')} that no other search brought in" if alone else "no reference"
        )
        asked = self.context.messages.confirm(
            f"Remove the search of {search.name}?", f"With it goes {what}. One undo brings everything back.",
            "Remove the search",
        )  # fmt: skip
        if asked:
            edit = log.remove_search(search, alone, runs_left=runs)
            self.do(edit, f"Removed the search of {search.name}")

    def keep_work(self) -> None:
        """Keep a work of the library as found by the chosen search."""
        row = self.chosen()
        if row is None or not row.gives_records:
            return
        dialog = KeepDialog(self.context, row.search.name, self)
        if self.context.messages.show(dialog) and dialog.chosen is not None:
            note = dialog.note.text()
            self.project.do(log.keep_work(row.search, dialog.chosen, dialog.rank, note))

    # -- captured pages

    def capture_pages(self) -> None:
        """Ask for pages or PDFs that show what was found, and copy them beside the project."""
        row = self.chosen()
        files = self.context.messages.choose_files("Keep captured pages", PAGES) if row is not None else ()
        if row is None or not files:
            return
        work = partial(attachments.keep_copies, self.project.path, tuple(files))
        task = Task(work, f"Copying {files[0].name}")
        task.setProperty("search", row.search.row)
        self.context.lanes.reading.start(task.then(self._copied, self._not_copied))

    def _copied(self, kept: list[KeptFile]) -> None:
        wanted = int(self.sender().property("search"))
        held = searches.searches(self.project.reader)
        search = next((each for each in held if each.row == wanted), None)
        if search is not None:
            edit = captures.keep_pages(search, kept)
            self.do(edit, f"Kept {counted(len(kept), 'page')} of {search.name}")

    def _not_copied(self, error: Exception) -> None:
        self.context.messages.inform("The pages were not kept.", str(error))

    # -- versions of the query

    def version_labels(self, row: Worth) -> list[str]:
        """Return the versions of the query of a search, the newest first."""
        self._versions = []
        if row.search.search is not None:
            self._versions = versions(self.project.reader, row.search.search, row.search.text("query"))
        return [each.label for each in self._versions]

    def show_version(self, place: int) -> None:
        """Show an earlier version of the query, and offer to take it up again."""
        row = self.chosen()
        if row is None or not 0 <= place < len(self._versions):
            return
        version = self._versions[place]
        if version.query == row.search.text("query"):
            self.context.messages.inform("This is the query as it stands.", version.query)
            return
        asked = self.context.messages.confirm(
            f"The query as it was, {version.label}", version.query, "Make this the query again"
        )
        if asked:
            self.project.do(log.set_field(row.search, "query", version.query))

    # -- what leaves

    def export(self) -> None:
        """Write the table of what each search was worth."""
        suggestion = self.project.path.with_name(f"{self.project.path.stem}, searches.xlsx")
        out = self.context.messages.save_file("Export the yields", "Excel workbook (*.xlsx)", suggestion)
        if out is not None:
            work = partial(_written, self.project.path, out)
            self.context.lanes.reading.start(
                Task(work, f"Writing {out.name}").then(self._exported, self._failed)
            )

    def _exported(self, out: Path) -> None:
        self._written = out
        self.context.say(f"Wrote {out.name}", act=("Open", self._open_written))

    def _open_written(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _failed(self, error: Exception) -> None:
        reason = str(error) if isinstance(error, EvidenceError) else f"The reason was: {error}"
        self.context.messages.inform("The table could not be written.", reason)


def _told_in_shares(report: Report, done: int, total: int) -> None:
    """Report how much is done of a hundred: what an import counts are bytes."""
    report(min(done * SHARES // total, SHARES) if total else 0, SHARES)


def _taken_back(edit: int, project: Project, _report: Report) -> Applied:
    return import_report.take_back(project, edit)


def _written(project: Path, out: Path, _report: Report) -> Path:
    return write_table(project, out)
