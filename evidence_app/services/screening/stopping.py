"""When ranked screening stops: a rule chosen and written down before it starts, and how near it is.

Nothing stops by itself: a rule that is met is told, and whoever screens leaves the ranking or goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from evidence_app.domain.edit import Edit, counted, insert, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Purpose, RankedRun, Stage
from evidence_app.services.screening.deciding import moment_after
from evidence_app.services.screening.outcomes import at_stage, counted_as
from evidence_app.services.screening.ranked import Order, left_for
from evidence_app.services.screening.sampling import audited
from evidence_app.storage import rankings, screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.rankings import Shown
from evidence_app.storage.screening import Who


class Rule(StrEnum):
    """By what ranked screening stops."""

    CONSECUTIVE = "consecutive irrelevant"
    SHARE = "share screened"
    AUDIT = "random audit"


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule as it is offered: what its number is, within which bounds, what is usual, and what to know."""

    rule: Rule
    label: str
    number: str
    least: int
    most: int
    usual: int
    unit: str
    about: str


RULES: Final = (
    RuleWords(Rule.CONSECUTIVE, "After irrelevant records in a row", "Records in a row", 10, 5000, 100, "",
              "Simple, and says nothing of what is missed: the more rare relevant records are, the longer "
              "the row should be."),
    RuleWords(Rule.SHARE, "After a share of all records", "Share screened", 5, 100, 50, " %",
              "The effort is known beforehand; what is missed is not."),
    RuleWords(Rule.AUDIT, "When a random audit of the rest finds little", "Missed at most", 0, 1000, 5, "",
              "A random sample of the unread rest is read to its end; an upper bound (95 %) tells how many "
              "relevant records the rest may still hold."),
)  # fmt: skip
MODEL: Final = (
    "TF-IDF of words and pairs of words, titles counted twice, two linear support vector machines, retrained "
    "after each decision"
)


@dataclass(frozen=True, slots=True)
class StopState:
    """How near the rule is: `share` is 1 where it is met."""

    met: bool
    share: float
    words: str


def rule_words(rule: str, threshold: float) -> str:
    """Return a rule as it reads after "stop when"."""
    if rule == Rule.CONSECUTIVE:
        return f"{threshold:,.0f} records in a row are irrelevant"
    if rule == Rule.SHARE:
        return f"{threshold:g} % of all records are screened"
    most = counted(round(threshold), "relevant record")
    return f"a random audit of the rest leaves at most {most} missed (95 %)"


def start(reader: Reader, stage: Stage, rule: Rule, threshold: float, note: str, person: Who) -> Edit:
    """Return the edit that writes the rule down and starts ranked screening of a stage.

    Raises `EvidenceError` for a number out of bounds, and where the stage is ranked already."""
    words = next(each for each in RULES if each.rule is rule)
    if not words.least <= threshold <= words.most:
        raise EvidenceError(
            f"{words.number}: from {words.least:,} to {words.most:,}{words.unit}. Nothing was started."
        )
    if running(reader, stage) is not None:
        raise EvidenceError("This stage is ranked already, by a rule that stays as it was written down.")
    made = insert(
        "ranking", stage=stage.value, model=MODEL, rule=rule.value, threshold=threshold, note=note.strip(),
        person=person, started_at=moment_after(),
    )  # fmt: skip
    return Edit(f"Rank the rest; stop when {rule_words(rule, threshold)}", (made,))


def running(reader: Reader, stage: Stage) -> RankedRun | None:
    """Return the ranked screening that is under way at a stage."""
    return next((run for run in rankings.runs(reader, stage) if run.is_running), None)


def leave(run: RankedRun, why: str) -> Edit:
    """Return the edit that ends ranked screening, with the reason; it can be started anew."""
    before = {"ended_at": None, "ended_why": run.ended_why}
    after = {"ended_at": moment_after(run.started_at), "ended_why": why.strip()}
    return Edit("Leave the ranking", tuple(set_columns("ranking", run.id, before, after)))


def course(reader: Reader, stage: Stage, viewer: int | None, run: RankedRun | None = None) -> list[bool]:
    """Return whether each record was relevant, in the order they were judged: the recall curve.

    While screening is blind only the viewer's own decisions are told."""
    return [relevant for _, relevant in _course(reader, stage, viewer, run)]


def _course(
    reader: Reader, stage: Stage, viewer: int | None, run: RankedRun | None
) -> list[tuple[Shown, bool]]:
    protocol = screening.protocol(reader)
    if protocol.blind and viewer is None:
        return []
    taken = rankings.shown(reader, stage, viewer if protocol.blind else None)
    latest = {each.reference: each for each in taken}
    return [
        (each, counted_as(each.verdict, stage, protocol.maybe_counts) != "exclude")
        for each in latest.values()
        if run is None or each.ranking == run.id
    ]


def stop_state(reader: Reader, run: RankedRun, viewer: int | None) -> StopState:
    """Return how near the rule of a ranked screening is."""
    if run.rule == Rule.CONSECUTIVE:
        row = _in_a_row(course(reader, run.stage, viewer, run))
        words = f"{row:,} of {counted(round(run.threshold), 'record')} in a row irrelevant"
        return _state(row, run.threshold, words)
    if run.rule == Rule.SHARE:
        found = at_stage(reader, run.stage)
        total = len(found.outcomes)
        done = total - len(left_for(found, viewer))
        words = f"{done:,} of {counted(total, 'record')} screened"
        return _state(100 * done / total if total else 0, run.threshold, words)
    return _audit_state(reader, run)


def _state(far: float, threshold: float, words: str) -> StopState:
    return StopState(far >= threshold, min(1.0, far / threshold if threshold else 1.0), words)


def _in_a_row(relevant: Sequence[bool]) -> int:
    for at, each in enumerate(reversed(relevant)):
        if each:
            return at
    return len(relevant)


def _audit_state(reader: Reader, run: RankedRun) -> StopState:
    audits = [
        sample for sample in screening.samples(reader, run.stage)
        if sample.purpose is Purpose.AUDIT and sample.at >= run.started_at
    ]  # fmt: skip
    if not audits:
        return StopState(False, 0.0, "No audit of the rest was drawn yet")
    found = audited(reader, audits[-1])
    if not found.is_finished:
        done = found.judged / max(found.members, 1)
        return StopState(False, 0.99 * done, f"Audit: {found.judged:,} of {found.members:,} read")
    met = found.missed_at_most <= run.threshold
    words = f"Audit: {found.found:,} found, at most {found.missed_at_most:,} missed"
    return StopState(met, 1.0 if met else 0.99, words)


def ranking_sentences(reader: Reader, run: RankedRun) -> str:
    """Return the record of a ranked screening for the methods: what was shown how, the rule, the end."""
    taken = [each for each in rankings.shown(reader, run.stage) if each.ranking == run.id]
    by = {order: sum(each.shown_by == order for each in taken) for order in Order}
    orders = [
        f"{number:,} {words}"
        for order, words in (
            (Order.RELEVANCE, "by likely relevance"), (Order.UNCERTAINTY, "by uncertainty"),
            (Order.RANDOM, "at random"),
        )
        if (number := by[order])
    ]  # fmt: skip
    shown = f" ({', '.join(orders)})" if orders else ""
    made = f"{counted(len(taken), 'decision')} {'was' if len(taken) == 1 else 'were'} made"
    said = (
        f"From {day_words(run.started_at)} records were ranked ({run.model}); {made} in its order{shown}. "
        f"The rule written down before the start was to stop when {rule_words(run.rule, run.threshold)}"
    )
    said += f" ({run.note})." if run.note else "."
    if run.is_running:
        return f"{said} It is under way."
    why = f": {run.ended_why.rstrip('.')}" if run.ended_why else ""
    return f"{said} It ended on {day_words(run.ended_at)}{why}."


def day_words(at: str) -> str:
    """Return the day of a stored moment: 12 March 2023."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{moment.day} {moment:%B} {moment.year}"
