"""What the library does besides listing: adding, copying, replacing and exporting.

The dialogs are imported when they are asked for: with what they need they take a quarter of a second."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from evidence_app.domain.edit import Edit
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.query import parse_query
from evidence_app.services.library import references as acts
from evidence_app.storage import references
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.searching import search
from evidence_app.ui.library.copying import Copied, Form, question, to_clipboard
from evidence_app.ui.library.doi_acts import DoiActs
from evidence_app.ui.library.draft import Drafts
from evidence_app.ui.library.listing import Surroundings
from evidence_app.ui.library.words import done
from evidence_app.ui.screen import ScreenContext

if TYPE_CHECKING:
    from evidence_app.services.lookup.crossref import Crossref
    from evidence_app.ui.library.export import Portion


class LibraryDesk(DoiActs):
    """The library's other acts. The screen says what is listed."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._written: Path | None = None

    def shown_ids(self) -> Sequence[int]:
        """Return the ids of everything that is listed."""
        raise NotImplementedError

    def shown_as(self) -> str:
        """Return in a few words what is listed."""
        raise NotImplementedError

    def surroundings(self) -> Surroundings:
        """Return what is known of the references beside themselves."""
        raise NotImplementedError

    def show_added(self, row: int) -> None:
        """Choose a reference that was just added."""
        raise NotImplementedError

    # -- adding

    def add(self) -> None:
        """Add references by pasting anything; a DOI on the clipboard is there already."""
        from evidence_app.ui.library.add import identifiers_on_clipboard

        self.add_from(identifiers_on_clipboard())

    def add_from(self, text: str) -> None:
        """Add references from this text; thousands of rows are written as a job."""
        from evidence_app.services.library.adding import job_batches
        from evidence_app.ui.library.add import AddDialog

        dialog = AddDialog(self.context, self._client, text, self)
        if not self.context.messages.show(dialog):
            return
        edit = _by_hand() if dialog.by_hand else dialog.edit()
        batches = job_batches(edit)
        if len(batches) > 1:
            self.project.run_job(edit.label, batches, "Adding references")
            return
        self.project.do(edit, self._added)

    def _client(self) -> "Crossref":
        from evidence_app.services.lookup.crossref import Crossref

        settings = self.context.settings.now
        return Crossref(
            settings.crossref_url, settings.contact_address or None, told=self.context.crossref_told
        )

    def _added(self, applied: Applied) -> None:
        self.context.say(applied.label.replace("Add", "Added", 1), undo=True)
        row = references.first_made_by(self.project.reader, applied.number)
        if row is not None:
            self.show_added(row)

    # -- what was cut off

    def bring_back_note(self) -> None:
        """Write the note that was being typed when the program was killed."""
        drafts = Drafts(self.context.settings, self.project.path)
        draft = drafts.left() if self.project.ended_uncleanly else None
        if draft is None:
            return
        drafts.forget()
        reference = references.reference(self.project.reader, draft.reference)
        if reference is not None:
            edit = acts.add_note(reference.id, draft.text, self.context.person)
            self.do(edit, f"Kept the note on {reference.short_label} that was not finished")

    # -- copying

    def copy_citation(self) -> None:
        """Copy a citation of the chosen references in the chosen style."""
        self._copy("citation")

    def copy_entry(self) -> None:
        """Copy the bibliography entries of the chosen references in the chosen style."""
        self._copy("entry")

    def _copy(self, form: Form) -> None:
        ids = self.chosen_ids()
        if ids:
            style = self.context.settings.now.citation_style
            asked = question(ids, style, form)
            self.project.read(asked, self._copied, self._not_done, latest="library.copy")

    def _copied(self, copy: Copied) -> None:
        to_clipboard(copy)
        self.context.say(copy.told())

    def _not_done(self, error: object) -> None:
        self.context.messages.inform(
            str(error) if isinstance(error, EvidenceError) else f"It did not work: {error}"
        )

    # -- replacing

    def replace(self) -> None:
        """Find and replace in a field of the chosen references, or of all that are listed."""
        ids: Sequence[int] = self.chosen_ids()
        which = "those chosen"
        if len(ids) < 2:
            ids, which = self.shown_ids(), self.shown_as()
        if not ids:
            return
        from evidence_app.ui.library.replace import ReplaceDialog

        dialog = ReplaceDialog(self.context, ids, which, self)
        if self.context.messages.show(dialog):
            edit = dialog.edit()
            self.do(edit, done(edit))

    # -- exporting

    def export(self) -> None:
        """Export a bibliography or references: of what is chosen, listed, included, or all."""
        self._export("shown")

    def export_chosen(self) -> None:
        """Export the chosen references."""
        self._export("chosen")

    def _export(self, first: str) -> None:
        if not self.surroundings().total:
            self.context.say("There is nothing to export yet. Add references, or import files, first.")
            return
        from evidence_app.ui.library.export import ExportDialog

        portions = self._portions()
        if first not in [portion.key for portion in portions]:
            first = portions[0].key
        dialog = ExportDialog(self.context, portions, first, self.surroundings(), self)
        if not self.context.messages.show(dialog):
            return
        name = "bibliography" if dialog.is_bibliography else "references"
        suggestion = self.project.path.parent / f"{self.project.path.stem} {name}{dialog.suffix()}"
        path = self.context.messages.save_file(
            "Export", f"*{dialog.suffix()} (*{dialog.suffix()})", suggestion
        )
        if path is None:
            return
        dialog.remember()
        task = dialog.task(path).then(self._exported, self._not_done)
        self.context.lanes.reading.start(task)

    def _portions(self) -> "list[Portion]":
        from evidence_app.ui.library.export import Portion

        reader: Reader = self.project.reader
        chosen = self.chosen_ids()
        found = [Portion("chosen", "Chosen", chosen)] if len(chosen) > 1 else []
        found.append(Portion("shown", "As listed", self.shown_ids()))
        for key, label, query in (
            ("bibliography", "Works cited", "set:bibliography "), ("included", "Included", "set:included "),
            ("all", "All", ""),
        ):  # fmt: skip
            found.append(Portion(key, label, search(reader, parse_query(query))))
        return found

    def _exported(self, path: Path) -> None:
        self._written = path
        self.context.say(f"Wrote {path.name}", act=("Open", self._open_written))

    def _open_written(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))


def _by_hand() -> Edit:
    from evidence_app.services.library import adding
    from evidence_app.services.library.adding import Candidate

    item = {"type": "article-journal", "title": "New reference"}
    return adding.add([Candidate(item=item, origins={"title": "typed"})])
