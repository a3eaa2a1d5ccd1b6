"""Finding DOIs from the library, for references that have none."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import Reference
from evidence_app.storage import references
from evidence_app.storage.connections import Reader
from evidence_app.ui.library.crossref_acts import CrossrefActs
from evidence_app.ui.library.words import done
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.tasks import Report, Task

if TYPE_CHECKING:
    from evidence_app.services.lookup.finding import FindResult


@dataclass(slots=True)
class Finding:
    """One run in the network lane, and the references it is about."""

    project: Path
    ids: tuple[int, ...]
    url: str
    mailto: str | None
    told: Callable[[bool], object]
    references: dict[int, Reference] = field(default_factory=dict)

    def work(self, report: Report) -> "FindResult[int]":
        """Search for each reference that has no DOI; called in the network lane."""
        from evidence_app.services.lookup.crossref import Crossref
        from evidence_app.services.lookup.finding import find_dois

        with Reader(self.project) as reader:
            without = [each for each in references.references(reader, self.ids) if not each.doi]
        self.references = {each.id: each for each in without}
        with closing(Crossref(self.url, self.mailto, told=self.told)) as client:
            return find_dois({each.id: each.item for each in without}, client, report)


class DoiActs(CrossrefActs):
    """The act that finds DOIs."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._finding: Finding | None = None
        self._found: FindResult[int] | None = None

    def find_dois(self) -> None:
        """Search Crossref for the chosen references that have no DOI."""
        settings = self.context.settings.now
        self._finding = Finding(
            self.project.path, tuple(self.chosen_ids()), settings.crossref_url,
            settings.contact_address or None, self.context.crossref_told,
        )  # fmt: skip
        task = Task(self._finding.work, "Finding missing DOIs")
        self.context.lanes.network.start(task.then(self._dois_found, self._not_answered))

    def _dois_found(self, found: "FindResult[int]") -> None:
        self._found = found
        if self._finding is not None and not self._finding.references:
            self.context.say("Every reference that is chosen has a DOI")
            return
        likely = sum(match.candidate is not None for match in found.matches.values())
        if len(found.matches) == 1 and self.isVisible():
            self.show_dois()
            return
        words = f"Found {counted(likely, 'DOI')} for {counted(len(found.matches), 'reference')}"
        self.context.say(words, act=("Show them", self.show_dois))

    def show_dois(self) -> None:
        """Show what was found, and take over what is ticked."""
        from evidence_app.services.library import crossref_updates
        from evidence_app.ui.library.doi_dialog import DoiDialog

        if self._finding is None or self._found is None:
            return
        dialog = DoiDialog(self.parts, self._finding.references, self._found, self)
        if self.context.messages.show(dialog) and dialog.chosen:
            rows = [reference.id for reference, _ in dialog.chosen]
            known = references.provenance_of(self.project.reader, rows)
            edit = crossref_updates.add_dois(dialog.chosen, known)
            self.do(edit, done(edit))
