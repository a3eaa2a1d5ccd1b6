"""Getting full texts: each attempt is kept, the last one says how far a report is got hold of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.edit import Edit, RowOf, counted, insert, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.domain.screening import Outcome, Stage
from evidence_app.domain.studies import Attempt, Retrieval
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.storage import studies
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import now
from evidence_app.storage.references import references
from evidence_app.storage.studies import HeldFile

Person = int | RowOf | None
LABELS: Final = {
    Retrieval.SOUGHT: "Mark as sought", Retrieval.REQUESTED: "Request", Retrieval.RECEIVED: "Receive",
    Retrieval.NOT_AVAILABLE: "Mark as not available",
}  # fmt: skip


def attempt(reports: Sequence[int], state: Retrieval, person: Person, how: str = "", note: str = "") -> Edit:
    """Return the edit that records one attempt for each of these reports.

    Raises `EvidenceError` where a report is not available and nobody says why: the diagram prints it."""
    how, note = how.strip(), note.strip()
    if state is Retrieval.NOT_AVAILABLE and not note:
        raise EvidenceError("Say why the full text is not available; nothing was changed.")
    at = now()
    changes = tuple(
        insert("retrieval", reference=each, state=state.value, how=how, note=note, person=person, at=at)
        for each in dict.fromkeys(reports)
    )
    return Edit(f"{LABELS[state]}: {counted(len(changes), 'full text')}", changes)


def take_back(last: Attempt) -> Edit:
    """Return the edit that takes one attempt out of the log; undo brings it back."""
    return Edit(f"Take back “{last.state.value}”", (remove("retrieval", last.id),))


@dataclass(frozen=True, slots=True, kw_only=True)
class FullTextLine:
    """One report whose full text is wanted, and how far it is."""

    reference: Reference
    state: Retrieval | None = None
    """None where nobody sought it yet."""
    attempts: tuple[Attempt, ...] = ()
    files: tuple[HeldFile, ...] = ()
    outcome: Outcome | None = None
    """What the votes on the full text come to; None where it was included without screening."""

    @property
    def last(self) -> Attempt | None:
        """The latest attempt."""
        return self.attempts[-1] if self.attempts else None

    @property
    def shown(self) -> str:
        """The state in words."""
        return self.state.value if self.state is not None else "not sought yet"


def full_texts(reader: Reader) -> list[FullTextLine]:
    """Return the reports at the full text stage, the included ones and those somebody sought."""
    tried, held = studies.attempts(reader), studies.files(reader)
    judged = outcomes(reader, Stage.FULL_TEXT)
    ids = dict.fromkeys((*studies.included(reader), *judged, *tried))
    return [
        FullTextLine(
            reference=each, state=state_of(tried.get(each.id, ()), bool(held.get(each.id))),
            attempts=tuple(tried.get(each.id, ())), files=tuple(held.get(each.id, ())),
            outcome=judged.get(each.id),
        )
        for each in references(reader, ids)
    ]  # fmt: skip


def state_of(tried: Sequence[Attempt], has_file: bool) -> Retrieval | None:
    """Return how far a full text is: what the last attempt says, received where a file is there."""
    if tried:
        return tried[-1].state
    return Retrieval.RECEIVED if has_file else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many full texts are in each state."""

    total: int = 0
    counts: Mapping[Retrieval | None, int] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[FullTextLine]) -> "Tally":
        """Count lines."""
        states = [line.state for line in lines]
        return cls(len(lines), {state: states.count(state) for state in (None, *Retrieval)})
