"""What can be done with the chosen references: the commands of the library."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices

from evidence_app.domain.edit import Edit, RowOf, counted
from evidence_app.domain.reference import Reference
from evidence_app.services.deduplication.merging import fullest, merge
from evidence_app.services.library import bulk
from evidence_app.services.library import references as acts
from evidence_app.storage import library, references
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.library.columns import STANDINGS
from evidence_app.ui.library.details import checked_words
from evidence_app.ui.library.preview import PreviewDialog, Previewed
from evidence_app.ui.library.words import done
from evidence_app.ui.screen import Screen

SHOWN_IN_PREVIEW = 5000
MOST_MERGED = 20
"""So many records of one work can be merged by hand; more are a slip of the selection."""
NAMES_FOR_MANY = {
    "mark_checked": "Mark {} as checked", "include": "Make {} included", "make_background":
    "Make {} background", "undecide": "Make {} undecided", "tag": "Tag {}…", "compare": "Compare {}",
    "merge": "Merge {} as one work…", "ask_crossref": "Ask Crossref about {}",
    "find_dois": "Find missing DOIs of {}",
    "export_chosen": "Export {}…", "remove": "Remove {}",
}  # fmt: skip
FOR_ONE = frozenset(("compare", "open_in_browser"))
FOR_SEVERAL = frozenset(("merge",))
WORDS = {"included": "included reports", "background": "background", None: "undecided"}


class ReferenceActs(Screen):
    """A screen that lists references and can act on those chosen. Several at once are previewed first."""

    ACTIONS: ClassVar[tuple[ActionSpec, ...]] = (
        ActionSpec("mark_checked", "Mark as checked", "Screen", "Ctrl+D", "ph.check"),
        ActionSpec("include", "Make an included report", "Screen", "Ctrl+Shift+I", "ph.check-circle"),
        ActionSpec("make_background", "Make background", "Screen", "Ctrl+Shift+B", "ph.book-open"),
        ActionSpec("undecide", "Make undecided", "Screen", "", "ph.circle-dashed"),
        ActionSpec("tag", "Tag…", "Screen", "Ctrl+T", "ph.tag"),
        ActionSpec("merge", "Merge as one work…", "Screen", "Ctrl+M", "ph.git-merge"),
        ActionSpec("compare", "Compare with Crossref", "Screen", "Ctrl+K", "ph.circle-half-fill"),
        ActionSpec("ask_crossref", "Ask Crossref", "Screen", "Ctrl+Shift+K", "ph.arrows-clockwise"),
        ActionSpec("find_dois", "Find its DOI", "Screen", "", "ph.link-simple"),
        ActionSpec("open_in_browser", "Open in the browser", "Screen", "Ctrl+B", "ph.globe"),
        ActionSpec("export_chosen", "Export these…", "Screen", "", "ph.export"),
        ActionSpec("remove", "Remove", "Screen", "", "ph.trash"),
    )

    def chosen_ids(self) -> list[int]:
        """Return the ids of the references that are chosen, in the order shown."""
        raise NotImplementedError

    def acts_on_chosen(self) -> list[QAction]:
        """Return the commands on the chosen references, the removal last."""
        names = {spec.name for spec in ReferenceActs.ACTIONS}
        return [action for action in self.commands if action.objectName() in names]

    def _name_acts(self, chosen: int) -> None:
        """Name the commands by their amount, and grey those that need one or several."""
        for action in self.acts_on_chosen():
            name = action.objectName()
            many = NAMES_FOR_MANY.get(name, "")
            single = next(spec.text for spec in self.ACTIONS if spec.name == name)
            action.setText(many.format(counted(chosen, "reference")) if chosen > 1 and many else single)
            most = 1 if name in FOR_ONE else MOST_MERGED if name in FOR_SEVERAL else chosen
            action.setEnabled((1 if name in FOR_SEVERAL else 0) < chosen <= most)

    def _chosen(self) -> list[Reference]:
        return references.references(self.project.reader, self.chosen_ids())

    # -- how it stands in the review

    def include(self) -> None:
        """Make the chosen references included reports."""
        self._set_standing("included")

    def make_background(self) -> None:
        """Make the chosen references background."""
        self._set_standing("background")

    def undecide(self) -> None:
        """Make the chosen references undecided."""
        self._set_standing(None)

    def _set_standing(self, standing: str | None) -> None:
        ids = self.chosen_ids()
        lines = references.lines(self.project.reader, ids[:SHOWN_IN_PREVIEW])
        if len(ids) <= SHOWN_IN_PREVIEW:
            ids = [line.id for line in lines if line.standing != standing]
        if not ids:
            return
        rows = [
            Previewed(_named(line), STANDINGS[line.standing][0], STANDINGS[standing][0])
            for line in lines
            if line.standing != standing
        ]
        edit = acts.set_standing(ids, standing)
        self._previewed(edit, rows, f"Make {counted(len(ids), 'reference')} {WORDS[standing]}?")

    def mark_checked(self) -> None:
        """Tick the chosen references as checked against the original."""
        person = self.context.person
        ids = self.chosen_ids()
        if len(ids) == 1:
            self._check_one(*self._chosen(), person=person)
            return
        asked, ids = len(ids), library.not_checked(self.project.reader, ids)
        if asked and not ids:
            self._say_checked(f"All {asked:,} are checked already; nothing was written.")
            return
        lines = references.lines(self.project.reader, ids[:SHOWN_IN_PREVIEW])
        rows = [
            Previewed(_named(line), "Checked" if line.checked else "Not checked", "Checked") for line in lines
        ]
        if ids:
            question = f"Mark {counted(len(ids), 'reference')} as checked against the original?"
            self._previewed(bulk.mark_checked(ids, person), rows, question)

    def _check_one(self, *chosen: Reference, person: int | RowOf | None) -> None:
        for each in chosen:
            if each.checked_at is None or each.changed_since_check:
                self.do(acts.mark_checked([each], person), "Marked as checked against the original")
                continue
            name = library.person_name(self.project.reader, each.checked_by)
            self._say_checked(f"{checked_words(each, name)}, already; nothing was written.")

    def _say_checked(self, words: str) -> None:
        """Say what somebody else has done meanwhile, and show it."""
        self.context.say(words)
        self.reload(frozenset(("reference",)))

    def unmark_checked(self) -> None:
        """Take the tick off the chosen references."""
        chosen = self._chosen()
        if chosen:
            self.do(acts.unmark_checked(chosen), "Took the tick off")

    def tag(self) -> None:
        """Ask for a tag and put it on the chosen references."""
        ids = self.chosen_ids()
        if not ids:
            return
        name = self.context.messages.ask("Tag", f"Tag for {counted(len(ids), 'reference')}")
        name = " ".join((name or "").split())
        if not name:
            return
        reader = self.project.reader
        held: dict[int, list[str]] = {}
        for tag in library.tags_on(reader, ids):
            held.setdefault(tag.reference, []).append(tag.name)
        have = [row for row, names in held.items() if name in names]
        edit = acts.tag(ids, name, library.tags(reader), have)
        rows = [
            Previewed(_named(line), ", ".join(held.get(line.id, ())), _with_tag(held.get(line.id, ()), name))
            for line in references.lines(reader, ids[:SHOWN_IN_PREVIEW])
            if line.id not in set(have)
        ]
        if rows:
            self._previewed(edit, rows, f"Tag {counted(len(ids) - len(have), 'reference')} “{name}”?")

    def merge(self) -> None:
        """Merge the chosen references, as records of one work, into the one that says most."""
        chosen = self._chosen()
        if not 1 < len(chosen) <= MOST_MERGED:
            return
        named = counted(len(chosen), "reference")
        kept = fullest(chosen)
        explanation = (
            f"They are kept as one work, as {kept.short_label}: its empty fields are filled from the others, "
            "and their tags, notes, files and citations come along. Nothing is lost: under Merged in "
            "Duplicates they are taken apart again at any time."
        )
        if self.context.messages.confirm(f"Are these {named} one work?", explanation, f"Merge {named}"):
            ids = [reference.id for reference in chosen]
            edit = merge(self.project.reader, ids, kept.id, person=self.context.person)
            self.do(edit, f"Merged {named} as {kept.short_label}")

    def remove(self) -> None:
        """Take the chosen references out of the review; undo brings them back."""
        ids = self.chosen_ids()
        if not ids:
            return
        cited = self._cited(ids)
        edit = bulk.remove(ids) if len(ids) > 1 else acts.remove_references(self._chosen())
        if cited:
            words = "It is" if len(ids) == 1 else f"{cited:,} of them {'is' if cited == 1 else 'are'}"
            explanation = (
                f"{words} cited in the manuscript. The citations stay where they are, and point at nothing "
                "until you take them out or undo this."
            )
            if not self.context.messages.confirm(f"{edit.label}?", explanation, edit.label):
                return
        elif len(ids) > 1:
            explanation = "They stay in the file, and undo brings them back."
            if not self.context.messages.confirm(f"{edit.label}?", explanation, edit.label):
                return
        self.do(edit, f"Removed {edit.label.removeprefix('Remove ')}")

    def _cited(self, ids: Sequence[int]) -> int:
        return library.cited_among(self.project.reader, ids)

    def _previewed(self, edit: Edit, rows: Sequence[Previewed], question: str) -> None:
        """Write the edit: at once for one reference, after a look at before and after for several."""
        if len(rows) > 1:
            fact = "One undo takes all of it back."
            if len(rows) == SHOWN_IN_PREVIEW:
                fact = f"The first {SHOWN_IN_PREVIEW:,} are shown. {fact}"
            dialog = PreviewDialog(self.parts, question, fact, rows, edit.label, self)
            if not self.context.messages.show(dialog):
                return
        self.do(edit, done(edit))

    # -- going out

    def open_in_browser(self) -> None:
        """Open the chosen work where it is published."""
        for reference in self._chosen()[:1]:
            address = f"https://doi.org/{reference.doi}" if reference.doi else reference.item.get("URL")
            if address and str(address).startswith(("https://", "http://")):
                QDesktopServices.openUrl(QUrl(str(address)))
            else:
                self.context.say(f"{reference.short_label} has neither a DOI nor a web address")


def _named(line: references.ListedReference) -> str:
    number = f"{line.number}  " if line.number is not None else ""
    return f"{number}{line.authors or line.title[:40]} {line.year or 'n.d.'}"


def _with_tag(names: Sequence[str], name: str) -> str:
    return ", ".join((*names, name))
