"""How far two reviewers agreed: by what each said before the other's verdict could be known or talked over.

A person's vote on a record is the one that stood when both had voted for the first time. What is changed,
settled or put back later changes no figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.screening import MaybeCounts, Protocol, Stage, Verdict
from evidence_app.services.screening.coefficients import (
    Estimate,
    cohens_kappa,
    gwets_ac1,
    percent_agreement,
)
from evidence_app.services.screening.outcomes import counted_as
from evidence_app.storage import screening, screening_votes
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening_votes import PastVote

STAGE_WORDS: Final = {
    Stage.BEFORE: "before screening",
    Stage.TITLE_ABSTRACT: "title and abstract",
    Stage.FULL_TEXT: "full text",
}
MAYBE_WORDS: Final = {
    MaybeCounts.INCLUDE: "Maybe counted as include",
    MaybeCounts.EXCLUDE: "Maybe counted as exclude",
    MaybeCounts.SEPARATE: "Maybe counted as a verdict of its own",
}
UNNAMED_WORDS: Final = "A reviewer not named"
"""Who gave the decisions of an import that names nobody."""
Cell = tuple[str, str]
"""What the first reviewer said, and the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two reviewers at one stage."""

    stage: Stage
    first: int
    second: int
    first_name: str
    second_name: str
    number: int
    """Records that both judged."""
    counts: Mapping[Cell, int]
    cells: Mapping[Cell, tuple[int, ...]] = field(default_factory=dict)
    """The records of each cell, by what was said; empty for somebody who must not see them."""
    maybe: MaybeCounts = MaybeCounts.INCLUDE
    percent: Estimate | None = None
    kappa: Estimate | None = None
    ac1: Estimate | None = None

    @property
    def agreed(self) -> int:
        """On how many records both said the same, Maybe counted as the team chose."""
        return sum(count for (one, two), count in self.counts.items() if self._as(one) == self._as(two))

    def _as(self, verdict: str) -> str:
        return counted_as(verdict, self.stage, self.maybe)


def agreements(
    reader: Reader,
    stage: Stage,
    *,
    viewer: int | None = None,
    everything: bool = False,
    among: Iterable[int] | None = None,
) -> list[Agreement]:
    """Return the agreement of every pair of reviewers with records in common, the largest first.

    `among` keeps to some records (a sample). While screening is blind the records behind the numbers are
    told to a named adjudicator (`viewer`) only, or with `everything`, which no reviewer is to be shown."""
    protocol = screening.protocol(reader)
    maybe = MaybeCounts.SEPARATE if stage is Stage.FULL_TEXT else protocol.maybe_counts
    wanted = set(screening.screened(reader)) if among is None else set(among)
    names = {screening_votes.UNNAMED: UNNAMED_WORDS, **screening_votes.people(reader)}
    shows = everything or not protocol.blind or screening.holds_role(reader, viewer, "adjudicator")
    by_person = _by_person(screening_votes.past_votes(reader, stage), wanted)
    found = []
    people = sorted(by_person, key=lambda each: (-len(by_person[each]), names.get(each, ""), each))
    for one, two in combinations(people, 2):
        cells = _cells(by_person[one], by_person[two])
        if cells:
            found.append(_agreement(stage, (one, two), names, cells, maybe, shows=shows))
    return sorted(found, key=lambda each: -each.number)


def _by_person(votes: Iterable[PastVote], wanted: set[int]) -> dict[int, dict[int, list[PastVote]]]:
    found: dict[int, dict[int, list[PastVote]]] = {}
    for vote in votes:
        if vote.reference in wanted:
            found.setdefault(vote.person, {}).setdefault(vote.reference, []).append(vote)
    return found


def _cells(
    first: Mapping[int, list[PastVote]], second: Mapping[int, list[PastVote]]
) -> dict[Cell, tuple[int, ...]]:
    cells: dict[Cell, list[int]] = {}
    for reference in sorted(first.keys() & second.keys()):
        pair = first_votes(first[reference], second[reference])
        if pair is not None:
            cells.setdefault(pair, []).append(reference)
    return {pair: tuple(references) for pair, references in cells.items()}


def first_votes(first: Iterable[PastVote], second: Iterable[PastVote]) -> Cell | None:
    """Return what two people said when both had voted for the first time; None where that never was."""
    mine, theirs = list(first), list(second)
    for moment in sorted(vote.at for vote in (*mine, *theirs)):
        one, two = _standing_at(mine, moment), _standing_at(theirs, moment)
        if one is not None and two is not None:
            return one.verdict, two.verdict
    return None


def _standing_at(votes: Iterable[PastVote], moment: str) -> PastVote | None:
    standing = [vote for vote in votes if vote.at <= moment and (not vote.until or vote.until > moment)]
    return max(standing, key=lambda vote: (vote.at, vote.id), default=None)


def _agreement(
    stage: Stage, pair: tuple[int, int], names: Mapping[int, str], cells: dict[Cell, tuple[int, ...]],
    maybe: MaybeCounts, *, shows: bool,
) -> Agreement:  # fmt: skip
    counts = {cell: len(references) for cell, references in cells.items()}
    table = table_of(counts, stage, maybe)
    return Agreement(
        stage=stage, first=pair[0], second=pair[1], first_name=names.get(pair[0], ""),
        second_name=names.get(pair[1], ""), number=sum(counts.values()), counts=counts,
        cells=cells if shows else {}, maybe=maybe, percent=percent_agreement(table),
        kappa=cohens_kappa(table), ac1=gwets_ac1(table),
    )  # fmt: skip


def table_of(counts: Mapping[Cell, int], stage: Stage, maybe: MaybeCounts) -> list[list[int]]:
    """Return the table the coefficients are worked out from: Maybe is a row of its own only if it occurs."""
    kinds = [Verdict.INCLUDE.value, Verdict.EXCLUDE.value]
    as_said = {cell: tuple(counted_as(said, stage, maybe) for said in cell) for cell in counts}
    if any(Verdict.MAYBE in cell for cell in as_said.values()):
        kinds.append(Verdict.MAYBE.value)
    table = [[0] * len(kinds) for _ in kinds]
    for cell, count in counts.items():
        one, two = as_said[cell]
        table[kinds.index(one)][kinds.index(two)] += count
    return table


def shown(estimate: Estimate | None) -> str:
    """Return an estimate as it is printed: 0.82 (95 % CI 0.71 to 0.93)."""
    if estimate is None:
        return "not defined"
    return f"{figure(estimate.value)} (95 % CI {figure(estimate.low)} to {figure(estimate.high)})"


def figure(value: float) -> str:
    """Return a coefficient as it is printed: two places, and a minus that is no hyphen."""
    return f"{value:.2f}".replace("-", "−")


def methods_sentence(found: Agreement) -> str:
    """Return the sentence for the methods section."""
    if not found.number or found.percent is None:
        return ""
    percent = found.percent
    said = (
        f"{found.first_name} and {found.second_name} independently judged "
        f"{counted(found.number, _unit(found.stage))} on {STAGE_WORDS[found.stage]} and agreed on "
        f"{found.agreed:,} ({100 * percent.value:.1f} %, 95 % CI {100 * percent.low:.1f} to "
        f"{100 * percent.high:.1f} %); Cohen’s κ was {shown(found.kappa)} and Gwet’s AC1 {shown(found.ac1)}"
    )
    has_maybe = any(Verdict.MAYBE in cell for cell in found.counts)
    return f"{said}{f', with {MAYBE_WORDS[found.maybe]}' if has_maybe else ''}."


def poor_check(found: Agreement, protocol: Protocol) -> str:
    """Return what the protocol says follows where two people agree less than it asks for; else nothing."""
    least, kappa = protocol.least_agreement, found.kappa
    if least is None or kappa is None or kappa.value >= least:
        return ""
    follows = protocol.after_poor_check.strip() or "The protocol does not say what follows."
    return f"Cohen’s κ of {figure(kappa.value)} is below the {least:.2f} the protocol asks for. {follows}"


def _unit(stage: Stage) -> str:
    return "report" if stage is Stage.FULL_TEXT else "record"
