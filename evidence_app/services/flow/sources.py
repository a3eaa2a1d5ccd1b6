"""What was identified, source by source: counted from files and kept works, else as somebody typed it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.flow import OTHER_METHODS, FlowLine, FlowNumber
from evidence_app.domain.review import NumberState
from evidence_app.services.flow.paths import Arm, Paths, arm_of
from evidence_app.services.searches.kinds import Group, kind_called
from evidence_app.storage.flow import FlowFacts, FlowSearch

REGISTER: Final = "register"
METHOD_OF: Final = {
    "search engine": "website_results", "website": "website_results", "catalogue": "website_results",
    "organisation": "organisation_results", "citation searching": "citations_results",
    "literature mapping": "citations_results", "contact": "contact_results",
    "hand searching": "hand_results",
}  # fmt: skip
"""Which number of the diagram a kind of source counts for."""


@dataclass(frozen=True, slots=True)
class Identified:
    """The numbers of what was identified, and whether the project holds all that the searches found."""

    numbers: Mapping[str, FlowNumber]
    databases_held: bool
    """Whether every search of a database has its records here, so that duplicates can be counted."""
    others_held: bool
    others_used: bool
    """Whether other methods are named at all."""


def identified(facts: FlowFacts, found: Paths) -> Identified:
    """Count what every source gave."""
    first: dict[int, set[int]] = {}
    for work, hits in found.hits.items():
        if found.by_work[work].arm is Arm.OTHER:
            first.setdefault(hits[0].search, set()).add(work)
    records: dict[int, list[int]] = {}
    for hit in found.hits_of(Arm.DATABASES):
        records.setdefault(hit.search, []).append(hit.work)
    by_arm: dict[Arm, list[FlowSearch]] = {arm: [] for arm in Arm}
    for each in facts.searches:
        if kind_called(each.kind).group is not Group.SUPPORT or each.search in records:
            by_arm[arm_of(each.kind)].append(each)
    databases = [each for each in by_arm[Arm.DATABASES] if each.search is not None]
    others = by_arm[Arm.OTHER]
    counts = bool(facts.hits)
    numbers = _of_databases(databases, records, counts)
    gave = frozenset(hit.search for hit in facts.hits)
    numbers |= _of_others(others, first, gave, counts)
    return Identified(
        numbers=numbers,
        databases_held=bool(records) and all(_here(each, records) or each.claimed == 0 for each in databases),
        others_held=counts and all(_held(each, found) for each in others),
        others_used=bool(others) or any(path.arm is Arm.OTHER for path in found.by_work.values()),
    )


def _of_databases(
    searches: Sequence[FlowSearch], records: Mapping[int, Sequence[int]], counts: bool
) -> dict[str, FlowNumber]:
    registers = [each for each in searches if each.kind == REGISTER]
    databases = [each for each in searches if each.kind != REGISTER]

    def line(runs: Sequence[FlowSearch]) -> FlowLine:
        held = [work for run in runs for work in records.get(run.search or 0, ())]
        if all(_here(run, records) for run in runs):
            return FlowLine(_name(runs[0]), len(held), references=_works(held))
        known = [
            len(records.get(run.search or 0, ())) if _here(run, records) else run.claimed for run in runs
        ]
        return _typed_line(_name(runs[0]), known, _works(held))

    words, counts = "the records in the files of the searches", counts and bool(searches)
    return {
        key: _summed(key, _by_source(each, line), counts, words, f"no {noun} was searched")
        for key, each, noun in (
            ("database_results", databases, "database"), ("register_results", registers, "register"),
        )
    }  # fmt: skip


def _of_others(
    searches: Sequence[FlowSearch], first: Mapping[int, set[int]], gave: frozenset[int], counts: bool
) -> dict[str, FlowNumber]:
    """Count for each kind what it found first; `gave` are the searches from which anything was kept."""

    def line(runs: Sequence[FlowSearch]) -> FlowLine:
        works = set().union(*(first.get(run.search or 0, ()) for run in runs))
        seen = [run.seen for run in runs if run.seen is not None]
        remark = f"of {sum(seen):,} seen" if seen else ""
        if works or all(run.files or run.search in gave for run in runs):
            return FlowLine(_name(runs[0]), len(works), references=_works(works), remark=remark)
        typed = _typed_line(_name(runs[0]), [run.kept for run in runs], ())
        return FlowLine(typed.label, typed.number, typed.state, remark=remark)

    by_key: dict[str, list[FlowSearch]] = {key: [] for key in OTHER_METHODS}
    for each in searches:
        by_key[METHOD_OF.get(each.kind, "website_results")].append(each)
    return {
        key: _summed(key, _by_source(each, line), counts, "works kept and found there first", "not used")
        for key, each in by_key.items()
    }


def _by_source(
    searches: Iterable[FlowSearch], line: Callable[[Sequence[FlowSearch]], FlowLine]
) -> tuple[FlowLine, ...]:
    runs: dict[int, list[FlowSearch]] = {}
    for each in searches:
        runs.setdefault(each.source, []).append(each)
    return tuple(line(each) for each in runs.values())


def _typed_line(label: str, known: Sequence[int | None], works: tuple[int, ...]) -> FlowLine:
    if any(number is None for number in known):
        return FlowLine(label, None, NumberState.NOT_REPORTED, works)
    return FlowLine(label, sum(number or 0 for number in known), NumberState.TYPED, works)


def _summed(key: str, lines: tuple[FlowLine, ...], counts: bool, words: str, none: str) -> FlowNumber:
    """Return the sum of the lines; none of them is 0 where the project holds records at all."""
    works = _works(work for line in lines for work in line.references)
    if not lines:
        return FlowNumber(key=key, number=0, state=NumberState.DERIVED, basis=f"Counted: {none}.",
                          from_records=True) if counts else FlowNumber(key=key)  # fmt: skip
    if any(line.number is None for line in lines):
        return FlowNumber(key=key, lines=lines, references=works)
    total = sum(line.number or 0 for line in lines)
    if all(line.state is NumberState.DERIVED for line in lines):
        return FlowNumber(key=key, number=total, state=NumberState.DERIVED, lines=lines, references=works,
                          basis=f"Counted: {words}.", from_records=True)  # fmt: skip
    basis = " + ".join(f"{line.number:,}" for line in lines)
    return FlowNumber(key=key, number=total, state=NumberState.DERIVED, lines=lines, references=works,
                      basis=f"The sum of what is stated for each source: {basis}.")  # fmt: skip


def _here(search: FlowSearch, records: Mapping[int, Sequence[int]]) -> bool:
    """Return whether the records of a database are in the project: its files, or all works it gave."""
    if search.files:
        return True
    works = len(records.get(search.search or 0, ()))
    return works > 0 and works >= (search.claimed or 0)


def _name(search: FlowSearch) -> str:
    return search.name


def _works(works: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(works)))


def _held(search: FlowSearch, found: Paths) -> bool:
    """Return whether everything kept from a search of another method is in the project."""
    if search.search is None:
        return False
    works = {hit.work for hits in found.hits.values() for hit in hits if hit.search == search.search}
    if search.kept is not None:
        return len(works) >= search.kept
    return bool(works or search.files)
