"""Taking the decisions of another program's file over, for references that are in the project already."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, new_guid, remove
from evidence_app.domain.screening import Decision, MadeAs, Stage, Vote
from evidence_app.services.formats.records import FoundDecision
from evidence_app.services.screening.exchange.reading import (
    Assumed,
    SaidOfRecord,
    counts_of,
    decisions_in,
    matched,
)
from evidence_app.services.screening.standing import following_all
from evidence_app.storage import screening, screening_votes
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Ballots

_UNWRITTEN = 1 << 62


@dataclass(slots=True)
class Taken:
    """What came of a file."""

    records: int = 0
    matched_by: Mapping[str, int] = field(default_factory=dict)
    unmatched: list[SaidOfRecord] = field(default_factory=list)
    decisions: int = 0
    unchanged: int = 0
    kept: int = 0
    """Decisions of the file against which the project holds another one made here; ours were kept."""


def take_decisions(reader: Reader, path: Path, assumed: Assumed | None = None) -> tuple[Edit, Taken]:
    """Return the edit that takes the decisions of a file over, and what became of each.

    People are known by name. A decision that was made here is never replaced by one of a file."""
    assumed = assumed or Assumed()
    said = decisions_in(path, assumed)
    found = matched(reader, said)
    taking = _Taking(reader)
    for reference, records in found.records.items():
        for record in records:
            for decision in record.decisions:
                taking.take(reference, decision)
    changes = [*taking.changes, *following_all(reader, change=taking.changed)]
    taken = taking.taken
    taken.records, taken.matched_by, taken.unmatched = len(said), counts_of(found), found.unmatched
    return Edit(f"Take over {counted(taken.decisions, 'decision')} of {path.name}", tuple(changes)), taken


class _Taking:
    def __init__(self, reader: Reader) -> None:
        self.taken = Taken()
        self.changes: list[Change] = []
        self._removed: set[int] = set()
        self._votes: dict[Stage, dict[int, list[Vote]]] = {}
        self._people = {name: row for row, name in screening_votes.people(reader).items()}
        self._new: dict[str, tuple[str, int]] = {}
        self._reasons = {(each.stage, each.name.casefold()): each.id for each in screening.reasons(reader)}
        self._held: dict[tuple[int, Stage, int | None], Decision] = {
            (each.reference, each.stage, each.person): each
            for each in screening.decisions(reader) if each.made_as is MadeAs.REVIEWER
        }  # fmt: skip

    def take(self, reference: int, said: FoundDecision) -> None:
        """Take one decision over, unless it is held already or ours stands."""
        stage = Stage(said.stage) if said.stage in list(Stage) else Stage.TITLE_ABSTRACT
        person, row = self._person(said.person)
        held = self._held.get((reference, stage, row))
        reason = self._reasons.get((stage, said.reason.casefold()))
        words = "" if reason is not None else said.reason
        if held is not None and (held.verdict, held.reason, held.words) == (said.verdict, reason, words):
            self.taken.unchanged += 1
            return
        if held is not None and not held.source:
            self.taken.kept += held.verdict != said.verdict
            self.taken.unchanged += held.verdict == said.verdict
            return
        guid = new_guid()
        self._name_now(reference, stage, row, said.verdict)
        if held is not None and held.id:
            self.changes.append(remove("decision", held.id))
            self._removed.add(held.id)
        elif held is not None:
            self.taken.unchanged += 1
            return
        program = said.program or "file"
        self.changes.append(
            insert("decision", guid, reference=reference, person=person, stage=stage.value,
                   verdict=said.verdict, reason=words, exclusion_reason=reason, source=program)
        )  # fmt: skip
        self.taken.decisions += 1
        self._held[reference, stage, row] = Decision(
            id=0, guid=guid, reference=reference, person=row, stage=stage, source=program, reason=reason,
            verdict=said.verdict, words=words,  # type: ignore[arg-type]
        )  # fmt: skip
        vote = Vote(row, said.verdict, MadeAs.REVIEWER.value, "", _UNWRITTEN, reference)
        self._votes.setdefault(stage, {}).setdefault(reference, []).append(vote)

    def _name_now(self, reference: int, stage: Stage, row: int | None, verdict: str) -> None:
        """Take a decision that nobody's name stood on out, where the file says whose it is."""
        unnamed = self._held.get((reference, stage, None))
        if row is not None and unnamed is not None and unnamed.id and unnamed.verdict == verdict:
            self.changes.append(remove("decision", unnamed.id))
            self._removed.add(unnamed.id)
            del self._held[reference, stage, None]

    def _person(self, name: str) -> tuple[int | RowOf | None, int | None]:
        """Return a person as the edit names them, and as votes do: somebody new has a negative number."""
        name = " ".join(name.split())
        if not name:
            return None, None
        if name in self._people:
            return self._people[name], self._people[name]
        if name not in self._new:
            made = insert("person", name=name, initials="".join(part[0] for part in name.split()[:3]).upper())
            self.changes.append(made)
            self._new[name] = (made.guid, -1 - len(self._new))
        guid, row = self._new[name]
        return RowOf("person", guid), row

    def changed(self, stage: Stage, held: Ballots) -> Ballots:
        """Return the votes of a stage as they are after the file was taken over."""
        votes = {
            reference: [each for each in several if each.id not in self._removed]
            for reference, several in held.votes.items()
        }
        for reference, new in self._votes.get(stage, {}).items():
            votes[reference] = sorted([*votes.get(reference, ()), *new], key=lambda each: (each.at, each.id))
        return replace(held, votes=votes)
