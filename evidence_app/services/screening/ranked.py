"""Ranked screening of a project: what is left, in the order in which it should be read.

It learns from the decisions that the person who screens may know of: their own, and those on records they
are not to judge. Works in a process of its own: `rank` takes and returns plain values, and keeps the texts
of the last review prepared between calls."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from evidence_app.domain.screening import Outcome, Stage, Verdict
from evidence_app.services.screening.outcomes import StageOutcomes, at_stage, counted_as, latest_votes
from evidence_app.services.screening.ranking import Ranking
from evidence_app.storage import rankings
from evidence_app.storage.connections import Reader


class Order(StrEnum):
    """In which order what is left is shown."""

    RELEVANCE = "relevance"
    UNCERTAINTY = "uncertainty"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class RankedRecords:
    """The records a person has still to judge, in order, each with its score (higher: likelier relevant)."""

    order: Order
    references: tuple[int, ...] = ()
    scores: Mapping[int, float] | None = None
    """None while there is nothing to learn from: at least one relevant and one irrelevant record."""
    relevant: int = 0
    irrelevant: int = 0


class RankedQueue:
    """The texts of one stage of one review, prepared once."""

    def __init__(self, references: Sequence[int], texts: Sequence[tuple[str, str]]) -> None:
        self.references = tuple(references)
        self._place = {reference: at for at, reference in enumerate(self.references)}
        self._ranking = Ranking(texts)

    def ranked(
        self, labels: Mapping[int, bool], left: Sequence[int], order: Order, seed: int = 0
    ) -> RankedRecords:
        """Learn from `labels` (reference to relevant or not) and put what is `left` in order."""
        relevant = sum(labels.values())
        scores = None
        if 0 < relevant < len(labels):
            found = self._ranking.scores({self._place[each]: label for each, label in labels.items()})
            scores = {each: found[self._place[each]] for each in left}
        return RankedRecords(order, ordered(left, scores, order, seed), scores, relevant,
                             len(labels) - relevant)  # fmt: skip


def ordered(
    left: Sequence[int], scores: Mapping[int, float] | None, order: Order, seed: int = 0
) -> tuple[int, ...]:
    """Return references by likely relevance, by uncertainty (nearest to the border first) or at random."""
    if order is Order.RANDOM:
        return tuple(random.Random(seed).sample(sorted(left), len(left)))
    if scores is None:
        return tuple(left)
    if order is Order.UNCERTAINTY:
        return tuple(sorted(left, key=lambda each: abs(scores[each])))
    return tuple(sorted(left, key=lambda each: -scores[each]))


def learnt_from(found: StageOutcomes, viewer: int | None) -> dict[int, bool]:
    """Return what may be learnt from: own votes, and outcomes of records the viewer is not to judge.

    So the order of a blind reviewer's records never tells what another said of them."""
    labels = {}
    for reference, outcome in found.outcomes.items():
        said = latest_votes(found.held.of(reference), found.held.again.get(reference, ""))
        own = said.get(viewer) if viewer is not None else None
        if own is not None:
            verdict = counted_as(own.verdict, found.stage, found.rules.maybe)
            labels[reference] = verdict != Verdict.EXCLUDE
        elif outcome in (Outcome.INCLUDE, Outcome.EXCLUDE, Outcome.MAYBE):
            labels[reference] = outcome is not Outcome.EXCLUDE
    return labels


def left_for(found: StageOutcomes, viewer: int | None) -> list[int]:
    """Return the records a person has still to judge."""
    left = []
    for reference, outcome in found.outcomes.items():
        if outcome is Outcome.UNSCREENED:
            left.append(reference)
        elif outcome is Outcome.SECOND_VOTE:
            said = latest_votes(found.held.of(reference), found.held.again.get(reference, ""))
            if viewer not in said:
                left.append(reference)
    return left


_MOST_PREPARED: Final = 1
_PREPARED: Final[dict[tuple[str, str, int], RankedQueue]] = {}
"""The texts of the review ranked last, in the process that ranks."""


def rank(
    path: Path, stage: Stage, viewer: int | None, order: Order = Order.RELEVANCE, seed: int = 0
) -> RankedRecords:
    """Rank what a person has still to judge in a project file.

    Raises `RankingMissing` without scikit-learn."""
    with Reader(path) as reader:
        return rank_in(reader, stage, viewer, order, seed)


def rank_in(
    reader: Reader, stage: Stage, viewer: int | None, order: Order = Order.RELEVANCE, seed: int = 0
) -> RankedRecords:
    """Rank what a person has still to judge; the texts are prepared where they are not yet, or changed."""
    found = at_stage(reader, stage)
    references = tuple(found.outcomes)
    key = (str(reader.path), stage.value, rankings.texts_size(reader, references))
    queue = _PREPARED.get(key)
    if queue is None or queue.references != references:
        queue = RankedQueue(references, rankings.texts(reader, references))
        while len(_PREPARED) >= _MOST_PREPARED:
            _PREPARED.pop(next(iter(_PREPARED)))
        _PREPARED[key] = queue
    return queue.ranked(learnt_from(found, viewer), left_for(found, viewer), order, seed)
