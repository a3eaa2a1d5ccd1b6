"""Records that are ready to be shown: the one that is read, and the next few, fetched ahead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from evidence_app.storage.connections import Reader
from evidence_app.storage.screening_cards import Card, OwnDecision, cards
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screening.record_text import RecordText, text_of

AHEAD: Final = 8
KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Ready:
    """A record with its text, as it will be shown."""

    card: Card
    text: RecordText


class Shelf(QObject):
    """Keeps records by id for one stage and person; what changed is taken off and read again."""

    def __init__(self, project: OpenProject, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._ready: dict[int, Ready] = {}
        self._stage = ""
        self._person: int | None = None
        self._round = self._asked = 0

    def turn_to(self, stage: str, person: int | None) -> None:
        """Keep records of this stage as this person sees them."""
        if (stage, person) != (self._stage, self._person):
            self._stage, self._person = stage, person
            self.clear()

    def clear(self) -> None:
        """Read everything anew when it is next asked for."""
        self._ready.clear()
        self._round += 1

    def take_off(self, records: Iterable[int]) -> None:
        """Read these anew."""
        for record in records:
            self._ready.pop(record, None)
        self._round += 1  # what is being fetched ahead at this moment may be older

    def assume(self, record: int, decision: OwnDecision | None) -> None:
        """Take a record's own decision to be this one until it is read again: it is being written."""
        ready = self.get(record)
        if ready is not None:
            self._ready[record] = replace(ready, card=replace(ready.card, decision=decision))

    def get(self, record: int) -> Ready | None:
        """Return a record at once: from the shelf, or by reading this one alone."""
        if record not in self._ready:
            found = _ready(self._project.reader, [record], self._stage, self._person)
            self._ready |= found
        return self._ready.get(record)

    def fetch_ahead(self, records: Sequence[int]) -> None:
        """Fetch what will be shown next, in a reading lane."""
        wanted = [each for each in records[:AHEAD] if each not in self._ready]
        if len(wanted) * 2 < min(AHEAD, len(records)):
            return
        if len(self._ready) > KEPT:
            self._ready.clear()
        question = partial(_ready, ids=wanted, stage=self._stage, person=self._person)
        self._asked = self._round
        self._project.read(question, self._put, latest="screening.ahead")

    def _put(self, found: dict[int, Ready]) -> None:
        if self._asked == self._round:
            self._ready |= found


def _ready(reader: Reader, ids: Sequence[int], stage: str, person: int | None) -> dict[int, Ready]:
    return {
        record: Ready(card, text_of(card.reference))
        for record, card in cards(reader, ids, stage, person).items()
    }
