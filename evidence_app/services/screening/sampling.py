"""Random samples of a stage: a share for a second reviewer, a first round for all, an audit of what is left.

The draw can be repeated anywhere: `random.Random(seed).sample(ids, number)` of Python over the ids of the
records in ascending order, with the number rounded up. Seed, share and what it was drawn from are kept."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Final

from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Outcome, Purpose, Sample, Stage
from evidence_app.services.screening.coefficients import upper_bound
from evidence_app.services.screening.deciding import moment_after
from evidence_app.services.screening.outcomes import at_stage
from evidence_app.services.screening.rounds import voters
from evidence_app.services.screening.standing import following_all
from evidence_app.storage import screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import Ballots, Who

LARGEST_SEED = 2**31 - 1
LEFT: Final = {
    Purpose.CHECK: "two people have not judged yet",
    Purpose.CALIBRATION: "nobody has judged yet",
    Purpose.AUDIT: "nobody has decided yet",
}
"""What holds of the records a sample is drawn from."""


def new_seed() -> int:
    """Return a seed nobody chose."""
    return random.SystemRandom().randint(1, LARGEST_SEED)


def number_of(share: float, records: int) -> int:
    """Return how many records a share is, rounded up: 10 % of 1,925 are 193."""
    return min(records, ceil(Fraction(repr(share)) * records))


def drawn(records: Iterable[int], number: int, seed: int) -> list[int]:
    """Return a random sample in the order drawn; the same seed draws the same."""
    ids = sorted(records)
    return random.Random(seed).sample(ids, min(number, len(ids)))


def draw_sample(
    reader: Reader,
    stage: Stage,
    purpose: Purpose,
    *,
    share: float | None = None,
    number: int | None = None,
    seed: int,
    person: Who = None,
    name: str = "",
) -> Edit:
    """Return the edit that draws a sample: a share or a number of the records at a stage.

    What each is drawn from is told by `drawn_from`. In a check and in a calibration round every record needs
    two votes. Raises `EvidenceError` where there is nothing to draw from."""
    records = drawn_from(reader, stage, purpose)
    wanted = number if number is not None else number_of(share or 0.0, len(records))
    if not 0 < wanted <= len(records):
        raise EvidenceError(
            f"A sample of {wanted:,} cannot be drawn from {counted(len(records), 'record')} that "
            f"{LEFT[purpose]}. Nothing was drawn."
        )
    chosen = drawn(records, wanted, seed)
    made = insert(
        "sample", name=name or _name(purpose, wanted, len(records)), stage=stage.value, purpose=purpose.value,
        seed=seed, share=share if share is not None else wanted / len(records), drawn_from=len(records),
        person=person, at=moment_after(),
    )  # fmt: skip
    row = RowOf("sample", made.guid)
    changes: list[Change] = [made]
    changes += [
        insert("sample_member", sample=row, reference=each, position=at) for at, each in enumerate(chosen, 1)
    ]
    if purpose is not Purpose.AUDIT:
        changes += following_all(reader, change=_needing_two(stage, chosen))
    return Edit(f"Draw {counted(wanted, 'record')} of {len(records):,}", tuple(changes))


def drawn_from(reader: Reader, stage: Stage, purpose: Purpose) -> list[int]:
    """Return the records a sample of this purpose is drawn from.

    A calibration round is drawn from those nobody judged, and a check from those two people have not judged:
    agreement is of first votes, so what was judged earlier would tell of the time before. An audit is drawn
    from those nobody decided."""
    found = at_stage(reader, stage)
    if purpose is Purpose.AUDIT:
        return [each for each, outcome in found.outcomes.items() if outcome is Outcome.UNSCREENED]
    most = 1 if purpose is Purpose.CHECK else 0
    return [each for each in found.outcomes if len(voters(found.held.of(each))) <= most]


def _needing_two(stage: Stage, chosen: Sequence[int]) -> Callable[[Stage, Ballots], Ballots]:
    def changed(at: Stage, held: Ballots) -> Ballots:
        return replace(held, twice=held.twice | set(chosen)) if at is stage else held

    return changed


def _name(purpose: Purpose, number: int, of: int) -> str:
    words = {Purpose.CHECK: "Check", Purpose.CALIBRATION: "Calibration round", Purpose.AUDIT: "Audit"}
    return f"{words[purpose]} of {number:,} in {of:,}"


def remove_sample(reader: Reader, sample: Sample) -> Edit:
    """Return the edit that gives a sample up; the decisions on its records stay."""
    others = {
        each for other in screening.samples(reader, sample.stage)
        if other.id != sample.id and other.purpose is not Purpose.AUDIT for each in other.members
    }  # fmt: skip

    def changed(at: Stage, held: Ballots) -> Ballots:
        if at is not sample.stage or sample.purpose is Purpose.AUDIT:
            return held
        return replace(held, twice=held.twice - (set(sample.members) - others))

    changes: list[Change] = [remove("sample", sample.id), *following_all(reader, change=changed)]
    return Edit(f"Give up {sample.name}", tuple(changes))


@dataclass(frozen=True, slots=True)
class Audit:
    """What a random look at the unscreened rest says of what it still holds."""

    members: int
    judged: int
    found: int
    """Relevant records among those judged."""
    rest: int
    """Records of the rest, those of the audit included."""
    share_at_most: float
    """The one-sided 95 % upper bound of the share of relevant records in the rest."""
    missed_at_most: int
    """How many relevant records the part of the rest that nobody read may hold, at most, at 95 %."""

    @property
    def is_finished(self) -> bool:
        """Whether every record of the audit is judged: before, the bound is of those judged so far."""
        return self.judged == self.members

    @property
    def sentence(self) -> str:
        """The result for the methods section."""
        found = f"{counted(self.found, 'relevant record')} {'was' if self.found == 1 else 'were'} found"
        return (
            f"In a random sample of {self.judged:,} of the {self.rest:,} records left unread, {found}; "
            f"with 95 % confidence at most {100 * self.share_at_most:.1f} % of the rest are relevant, "
            f"{self.missed_at_most:,} of the records nobody read."
        )


def audited(reader: Reader, sample: Sample) -> Audit:
    """Return what an audit found so far (Clopper & Pearson; with none found the rule of three)."""
    outcomes = at_stage(reader, sample.stage).outcomes
    members = [each for each in sample.members if each in outcomes]
    judged = [each for each in members if outcomes[each] is not Outcome.UNSCREENED]
    found = sum(outcomes[each] is not Outcome.EXCLUDE for each in judged)
    rest = sample.drawn_from or len(members)
    share = upper_bound(found, len(judged))
    missed = min(rest - len(judged), floor(share * rest) - found)
    return Audit(len(members), len(judged), found, rest, share, max(missed, 0))
