"""Every number of the diagram, counted from records, merges, decisions, retrieval and studies."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from evidence_app.domain.flow import FlowLine, FlowNumber, Remark
from evidence_app.domain.review import NumberState
from evidence_app.services.flow.paths import (
    ASSESSED,
    BEFORE_SCREENING,
    SCREENED,
    SOUGHT,
    Arm,
    Paths,
    Place,
    paths,
)
from evidence_app.services.flow.sources import Identified, identified
from evidence_app.services.flow.verdicts import NO_REASON
from evidence_app.storage.flow import FlowFacts


class Trust(IntEnum):
    """How far a count may stand for the review."""

    NONE = 0
    """The project holds nothing to count this from."""
    PART = 1
    """It holds something: used where nothing is stated."""
    WHOLE = 2
    """It holds all of this step: what is typed beside it is compared."""


@dataclass(frozen=True)
class Counts:
    """What the project counts, by key, with how far each count may be trusted."""

    facts: FlowFacts
    paths: Paths
    found: Identified
    numbers: Mapping[str, FlowNumber] = field(default_factory=dict)
    trust: Mapping[str, Trust] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    strays: tuple[int, ...] = ()
    """Included reports that no search found."""
    included: tuple[int, ...] = ()


def count(facts: FlowFacts) -> Counts:
    """Count everything that can be counted."""
    found = paths(facts)
    counted = Counts(facts, found, identified(facts, found))
    return _Counting(counted).done()


_DATABASES: Final = {
    "records_screened": (SCREENED, "records with a decision on title and abstract"),
    "records_excluded": ({Place.EXCLUDED}, "records excluded on title and abstract"),
    "dbr_sought_reports": (SOUGHT, "records included on title and abstract, or maybe counted so"),
    "dbr_notretrieved_reports": ({Place.NOT_RETRIEVED}, "reports whose last attempt says: not available"),
    "dbr_assessed": (ASSESSED, "reports with a decision in full text"),
    "dbr_excluded": ({Place.REPORT_EXCLUDED}, "reports excluded in full text, by their primary reason"),
}  # fmt: skip
_OTHERS: Final = {
    "other_sought_reports": (SOUGHT, "works of other methods that were not removed at sight"),
    "other_notretrieved_reports": ({Place.NOT_RETRIEVED}, "reports whose last attempt says: not available"),
    "other_assessed": (ASSESSED, "reports of other methods with a decision in full text"),
    "other_excluded": ({Place.REPORT_EXCLUDED}, "reports of other methods excluded in full text"),
}  # fmt: skip
_FIRST_STEPS: Final = frozenset(("records_screened", "records_excluded", "dbr_sought_reports"))
_BY_REASON: Final = frozenset(
    ("dbr_excluded", "other_excluded", "dbr_notretrieved_reports", "other_notretrieved_reports")
)


class _Counting:
    """Fills the numbers one step after the other."""

    def __init__(self, counted: Counts) -> None:
        self._facts, self._paths, self._found = counted.facts, counted.paths, counted.found
        self._numbers: dict[str, FlowNumber] = dict(counted.found.numbers)
        self._trust: dict[str, Trust] = {
            key: Trust.NONE if number.number is None else Trust.WHOLE for key, number in self._numbers.items()
        }

    def done(self) -> Counts:
        """Count, and return it all."""
        self._removed_before()
        self._databases()
        self._others()
        included, strays = self._included()
        self._studies(included)
        self._previous()
        remarks = tuple(self._remarks())
        return Counts(
            self._facts, self._paths, self._found, self._numbers, self._trust, remarks, strays, included
        )

    def _put(
        self, key: str, works: Sequence[int], trust: Trust, words: str,
        lines: tuple[FlowLine, ...] = (), number: int | None = None,
    ) -> None:  # fmt: skip
        total = len(works) if number is None else number
        self._numbers[key] = FlowNumber(
            key=key, number=total if trust else None, references=tuple(works), lines=lines,
            state=NumberState.DERIVED if trust else NumberState.NOT_REPORTED,
            basis=f"Counted: {words}." if trust else "", from_records=bool(trust),
        )  # fmt: skip
        self._trust[key] = trust

    # -- before screening

    def _removed_before(self) -> None:
        held = self._found.databases_held
        some = any(path.arm is Arm.DATABASES for path in self._paths.by_work.values())
        trust = Trust.WHOLE if held else Trust.PART if some else Trust.NONE
        works, lines = self._duplicates()
        self._put("duplicates", works, trust, "records beyond the first of each work", lines,
                  sum(line.number or 0 for line in lines))  # fmt: skip
        at = self._paths.at
        self._put("excluded_automatic", at(Arm.DATABASES, Place.AUTOMATION), trust,
                  "records removed before screening by a program")  # fmt: skip
        taken, removed = at(Arm.DATABASES, Place.TAKEN_OUT), at(Arm.DATABASES, Place.REMOVED)
        reasons = _by_reason(self._paths, removed)
        if taken:
            reasons = (*reasons, FlowLine("Taken out of the library", len(taken), references=taken))
        shown = reasons if [line.label for line in reasons] != [NO_REASON] else ()
        self._put("excluded_other", tuple(sorted((*taken, *removed))), trust,
                  "records removed before screening by a person", shown)  # fmt: skip

    def _duplicates(self) -> tuple[tuple[int, ...], tuple[FlowLine, ...]]:
        tally: dict[str, int] = dict.fromkeys(_DUPLICATES, 0)
        works: dict[str, list[int]] = {name: [] for name in _DUPLICATES}
        for work, hits in self._paths.hits.items():
            mine = [hit for hit in hits if self._paths.arm_of(hit) is Arm.DATABASES]
            for name, number in self._extra(work, [hit.reference for hit in mine]).items():
                tally[name] += number
                works[name].append(work)
        lines = tuple(
            FlowLine(name, tally[name], references=tuple(sorted(works[name])))
            for name in _DUPLICATES if tally[name]
        )  # fmt: skip
        return tuple(sorted({work for each in works.values() for work in each})), lines

    def _extra(self, work: int, references: Sequence[int]) -> dict[str, int]:
        """Return the hits of databases that are no new work, by how that is known."""
        arm = self._paths.by_work[work].arm
        extra = len(references) - (arm is Arm.DATABASES)
        if extra <= 0:
            return {}
        if arm is not Arm.DATABASES:
            return {_EARLIER if arm is Arm.OTHER else _PREVIOUS: extra}
        merged = [reference for reference in references if reference != work]
        by_rule = min(sum(bool(self._facts.rules.get(each)) for each in merged), extra)
        by_hand = min(len(merged) - by_rule, extra - by_rule)
        told = {_BY_RULE: by_rule, _BY_HAND: by_hand, _AGAIN: extra - by_rule - by_hand}
        return {name: number for name, number in told.items() if number}

    # -- the steps of both arms

    def _databases(self) -> None:
        held = self._found.databases_held
        for key, (places, words) in _DATABASES.items():
            votes = self._paths.first_votes if key in _FIRST_STEPS else self._paths.later_votes
            self._step(key, Arm.DATABASES, frozenset(places), words, held, bool(votes & {Arm.DATABASES}))
        if self._paths.twice and self._trust["records_screened"]:
            known = self._numbers["records_screened"]
            line = FlowLine("screened by two people", self._paths.twice, partial=False)
            self._numbers["records_screened"] = _with_lines(known, (*known.lines, line))
        self._by_program()

    def _by_program(self) -> None:
        known = self._numbers["records_excluded"]
        program = tuple(work for work in known.references if self._paths.by_work[work].by_program)
        if program:
            of_programs = frozenset(program)
            people = tuple(work for work in known.references if work not in of_programs)
            lines = (
                FlowLine("By a person", len(people), references=people),
                FlowLine("By automation tools", len(program), references=program),
            )
            self._numbers["records_excluded"] = _with_lines(known, lines)

    def _others(self) -> None:
        held = self._found.others_held
        later = Arm.OTHER in self._paths.later_votes
        removed = self._paths.at(Arm.OTHER, *BEFORE_SCREENING, Place.EXCLUDED)
        some = bool(removed) or any(path.arm is Arm.OTHER for path in self._paths.by_work.values())
        trust = Trust.WHOLE if held else Trust.PART if some else Trust.NONE
        self._put("other_removed", removed, trust, "works of other methods excluded before a full text",
                  _by_reason(self._paths, removed))  # fmt: skip
        for key, (places, words) in _OTHERS.items():
            self._step(key, Arm.OTHER, frozenset(places), words, held, later or not some)
            if trust is Trust.WHOLE and key == "other_sought_reports":
                self._trust[key] = trust

    def _step(
        self, key: str, arm: Arm, places: frozenset[Place], words: str, held: bool, voted: bool
    ) -> None:
        works = self._paths.at(arm, *places)
        any_work = any(path.arm is arm for path in self._paths.by_work.values())
        trust = Trust.WHOLE if held and voted else Trust.PART if held or (any_work and voted) else Trust.NONE
        lines = _by_reason(self._paths, works) if key in _BY_REASON else ()
        if [line.label for line in lines] == [NO_REASON] and "notretrieved" in key:
            lines = ()
        self._put(key, works, trust, words, lines)

    # -- what is included

    def _included(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        works = {*self._paths.at(Arm.DATABASES, Place.INCLUDED), *self._paths.at(Arm.OTHER, Place.INCLUDED)}
        strays = tuple(sorted(self._facts.included - self._paths.by_work.keys()))
        included = tuple(sorted(works | set(strays)))
        trust = Trust.WHOLE if included or self._paths.later_votes else Trust.NONE
        if not trust and (self._found.databases_held or self._found.others_held):
            trust = Trust.PART
        self._put("new_reports", included, trust, "reports included in full text, or marked as included")
        return included, strays

    def _studies(self, included: Sequence[int]) -> None:
        earlier = {
            study for study, work in self._facts.study_reports
            if work in self._paths.by_work and self._paths.by_work[work].arm is Arm.PREVIOUS
        }  # fmt: skip
        of: dict[int, set[int]] = {}
        for study, work in self._facts.study_reports:
            of.setdefault(work, set()).add(study)
        studies = {study for work in included for study in of.get(work, ())} - earlier
        alone = sum(work not in of for work in included)
        trust = self._trust["new_reports"]
        if alone:
            trust = min(trust, Trust.PART)
        words = "studies with a new report" + (
            f"; {alone:,} reports that are in no study yet count as one each" if alone else ""
        )
        self._put("new_studies", tuple(included), trust, words, number=len(studies) + alone)

    def _previous(self) -> None:
        works = tuple(sorted(path.work for path in self._paths.by_work.values() if path.arm is Arm.PREVIOUS))
        trust = Trust.WHOLE if works else Trust.NONE
        of = {work: study for study, work in self._facts.study_reports}
        studies = len({of.get(work, -work) for work in works})
        self._put("previous_reports", works, trust, "works kept of the previous version")
        self._put("previous_studies", works, trust, "studies of these reports", number=studies)

    def _remarks(self) -> Iterable[Remark]:
        """Log what was found by both arms, which counts where it was found first, and late duplicates."""
        late = tuple(sorted(self._facts.late & self._paths.by_work.keys()))
        if late:
            yield Remark(f"Duplicates found after screening, moved to the duplicates: works concerned "
                         f"{len(late):,}.", late)  # fmt: skip
        both = [work for work, hits in self._paths.hits.items()
                if {Arm.DATABASES, Arm.OTHER} <= {self._paths.arm_of(hit) for hit in hits}]  # fmt: skip
        by_work = self._paths.by_work
        first = tuple(sorted(work for work in both if by_work[work].arm is Arm.DATABASES))
        later = tuple(sorted(work for work in both if by_work[work].arm is Arm.OTHER))
        if first:
            yield Remark(f"Found by other methods too, counted with the databases that found them first: "
                         f"{len(first):,}.", first)  # fmt: skip
        if later:
            yield Remark(f"Found in databases too, counted with the other methods that found them first: "
                         f"{len(later):,}.", later)  # fmt: skip


_BY_RULE, _BY_HAND, _AGAIN = "Merged by a rule", "Merged by hand", "The same record again"
_EARLIER, _PREVIOUS = "Found by other methods first", "In the previous version already"
_DUPLICATES: Final = (_BY_RULE, _BY_HAND, _AGAIN, _EARLIER, _PREVIOUS)


def _by_reason(found: Paths, works: Sequence[int]) -> tuple[FlowLine, ...]:
    """Return the works by their reason, the most frequent first, what has none at the end."""
    reasons: dict[str, list[int]] = {}
    shown: dict[str, Counter[str]] = {}
    for work in works:
        reason = found.by_work[work].reason
        reasons.setdefault(reason.casefold(), []).append(work)
        shown.setdefault(reason.casefold(), Counter())[reason] += 1

    def place(key: str) -> tuple[bool, int, str]:
        return key == NO_REASON.casefold(), -len(reasons[key]), key

    return tuple(
        FlowLine(shown[key].most_common(1)[0][0], len(reasons[key]), references=tuple(reasons[key]))
        for key in sorted(reasons, key=place)
    )


def _with_lines(number: FlowNumber, lines: tuple[FlowLine, ...]) -> FlowNumber:
    return replace(number, lines=lines)
