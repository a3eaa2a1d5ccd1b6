"""What judging reads and writes of records: their lines in the list, and putting an earlier verdict back."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from evidence_app.domain.edit import Edit, RowOf
from evidence_app.domain.screening import MadeAs, Stage, Verdict
from evidence_app.services.screening import deciding
from evidence_app.services.screening.taking_back import last_taken
from evidence_app.storage import references, screening_cards
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening_cards import OwnDecision
from evidence_app.ui.screening.decision_work import DecisionWork
from evidence_app.ui.screening.queue_list import Line

DONE: Final = {"include": "Included", "exclude": "Excluded", "maybe": "Maybe:"}
VISITING: Final = "This record is not in the queue. A verdict changes yours; an arrow goes back."
WANTS_REASON: Final = "Which reason? Press its number; the first is the main one."
OURS: Final = frozenset(("decision", "decision_reason", "reference", "person", "search_stale"))
"""What a decision of this screen writes into."""


def lines_of(reader: Reader, ids: Sequence[int], stage: Stage, person: int | None) -> dict[int, Line]:
    """Return the lines of these records, with this person's own verdicts."""
    own = screening_cards.own_decisions(reader, ids, stage, person)
    return {
        line.id: Line(
            " ".join(part for part in (line.authors, str(line.year or "")) if part) or line.title,
            line.title if line.authors or line.year else line.container,
            own[line.id].verdict if line.id in own else "",
        )
        for line in references.lines(reader, ids)
    }


def put_back(
    reader: Reader, record: int, stage: Stage, person: RowOf, as_: MadeAs, before: OwnDecision | None
) -> Edit:
    """Return the edit after which the decision before the last one holds again, or none."""
    if before is None:
        return deciding.unset(reader, record, stage, person, as_)
    reason = before.reasons[0] if before.reasons else None
    verdict = Verdict(before.verdict)
    return deciding.decide(reader, record, stage, verdict, person, reason, before.reasons[1:], as_=as_)


def taken_before(reader: Reader, stage: Stage, person: RowOf) -> DecisionWork | None:
    """Return the last decision a person took at a stage, as a work of a screen that was closed since."""
    last = last_taken(reader, stage, person)
    if last is None:
        return None
    taken, old = last.decision, last.before
    before = (
        OwnDecision(old.id, old.verdict.value, old.at, old.reasons, old.words) if old is not None else None
    )
    found = references.reference(reader, taken.reference)
    question = partial(
        put_back, record=taken.reference, stage=stage, person=person, as_=taken.made_as, before=before
    )
    return DecisionWork(
        question, taken.reference, f"{DONE[taken.verdict.value]} {found.short_label if found else ''}",
        taken.made_as, before, state="written", number=last.edit or 0,
    )  # fmt: skip
