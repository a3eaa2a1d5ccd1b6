"""Characteristics counted by study or by report, and the table of included studies.

Every count says its unit. A study has the values of all its reports; one that stands in two counts once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.flow import MEASURE
from evidence_app.domain.studies import ExtractionField, FieldKind, Study, Value, ValueState
from evidence_app.services.publishing.appendix.table import Appendix
from evidence_app.services.studies.number_summary import NumberSummary, number_in, range_name, ranges, summary
from evidence_app.storage.studies import StudyContents

DASH: Final = "–"


class Unit(StrEnum):
    """What is counted."""

    STUDIES = "studies"
    REPORTS = "reports"

    def of(self, number: int) -> str:
        """Return a number with its noun."""
        return counted(number, "study", "studies") if self is Unit.STUDIES else counted(number, "report")


@dataclass(frozen=True, slots=True)
class CountedValue:
    """How many studies or reports have a value; `references` are the reports in which it stands."""

    value: str
    number: int
    references: tuple[int, ...] = ()
    stated: int | None = None
    """The number the review states for it, always of reports, where it does."""

    @property
    def differs(self) -> bool:
        """Whether the review states another number."""
        return self.stated is not None and self.stated != self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCount:
    """The counts of one field, and what is missing from them."""

    field: ExtractionField
    unit: Unit
    total: int
    values: tuple[CountedValue, ...]
    not_reported: tuple[int, ...] = ()
    """Reports that were read and do not say it (of studies, those in which no report says it)."""
    missing: tuple[int, ...] = ()
    """Nobody extracted it yet."""
    states: tuple[ValueState, ...] = ()
    """How the values were come by."""
    missing_units: int = 0
    silent_units: int = 0
    summary: NumberSummary | None = None
    """What the numbers of a field come to; a study that gives two has none."""

    @property
    def sum(self) -> int:
        """Return what all counts come to."""
        return sum(each.number for each in self.values) + self.silent_units + self.missing_units

    @property
    def equation(self) -> str:
        """Return the sum in words: "32 + 10 + 2 = 44 of 47"."""
        terms = [str(each.number) for each in self.values if each.number]
        silent = ((self.silent_units, "not reported"), (self.missing_units, "not extracted"))
        terms += [f"{number} {words}" for number, words in silent if number]
        return f"{' + '.join(terms) or '0'} = {self.sum} of {self.unit.of(self.total)}"

    @property
    def adds_up(self) -> bool:
        """Whether every study or report counts once; a field that takes several values may count more."""
        return self.sum == self.total or self.field.several


def count(contents: StudyContents, field: ExtractionField, unit: Unit) -> FieldCount:
    """Return how many studies, or reports, have each value of a field, the most frequent first."""
    groups = (
        [study.references for study in contents.studies] if unit is Unit.STUDIES
        else [(ref,) for study in contents.studies for ref in study.references]
    )  # fmt: skip
    by_ref: dict[int, list[Value]] = defaultdict(list)
    for each in contents.values:
        if each.name.casefold() == field.name.casefold():
            by_ref[each.reference].append(each)
    held: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    words: dict[str, str] = {}
    silent: list[tuple[int, ...]] = []
    missing: list[tuple[int, ...]] = []
    for group in groups:
        values = [value for ref in group for value in by_ref.get(ref, ())]
        said = {each.value.casefold(): each for each in values if each.is_reported}
        for key, each in said.items():
            words.setdefault(key, each.value)
            held[key].append(tuple(v.reference for v in values if v.value.casefold() == key))
        if not said:
            (silent if values else missing).append(group)
    ranked = _ranked(contents, field, words, held, unit)
    if field.kind is FieldKind.NUMBER:
        ranked = _in_ranges(ranked)
    return FieldCount(
        field=field, unit=unit, total=len(groups), values=ranked, summary=_summed(field, groups, by_ref),
        not_reported=_flat(silent), missing=_flat(missing), silent_units=len(silent),
        missing_units=len(missing),
        states=tuple(dict.fromkeys(v.state for vs in by_ref.values() for v in vs if v.is_reported)),
    )  # fmt: skip


def _ranked(
    contents: StudyContents, field: ExtractionField, words: dict[str, str],
    held: dict[str, list[tuple[int, ...]]], unit: Unit,
) -> tuple[CountedValue, ...]:  # fmt: skip
    """Return the values in order; what a review states is of reports, and is held against those only."""
    stated = _stated(contents, field)
    found = [
        CountedValue(words[key], len(groups), _flat(groups), stated.pop(key, (None, ""))[0])
        for key, groups in held.items()
    ]
    if unit is Unit.STUDIES:
        found = [replace(each, stated=None) for each in found]
    found += [CountedValue(name, 0, (), number) for number, name in stated.values() if name != "not stated"]
    order = {each.casefold(): at for at, each in enumerate(field.choices)}
    last = len(order)
    return tuple(
        sorted(found, key=lambda each: (order.get(each.value.casefold(), last), -each.number, each.value))
    )


def _stated(contents: StudyContents, field: ExtractionField) -> dict[str, tuple[int | None, str]]:
    found: dict[str, tuple[int | None, str]] = {}
    for key, number in contents.stated.items():
        kind, colon, name = key.partition(":")
        if colon and kind.casefold() == field.name.casefold():
            found[name.casefold()] = (number, name)
    return found


def _summed(
    field: ExtractionField, groups: Sequence[tuple[int, ...]], by_ref: dict[int, list[Value]]
) -> NumberSummary | None:
    if field.kind is not FieldKind.NUMBER:
        return None
    numbers = []
    for group in groups:
        said = {number_in(each.value) for ref in group for each in by_ref.get(ref, ()) if each.is_reported}
        if len(said) == 1 and (number := said.pop()) is not None:
            numbers.append(number)
    return summary(numbers)


def _in_ranges(values: tuple[CountedValue, ...]) -> tuple[CountedValue, ...]:
    """Return numbers in their order, and in ranges where they are many; what is no number comes last."""
    known = [(number, each) for each in values if (number := number_in(each.value)) is not None]
    rest = [each for each in values if number_in(each.value) is None]
    known.sort(key=lambda pair: pair[0])
    found = ranges([number for number, each in known if each.number])
    if not found:
        return (*(each for _, each in known), *rest)
    whole = all(number == int(number) for number, _ in known) and found[0][1] - found[0][0] >= 1
    made = []
    for low, high in found:
        inside = [each for number, each in known if low <= number < high]
        made.append(
            CountedValue(
                range_name(low, high, whole=whole), sum(each.number for each in inside),
                _flat([each.references for each in inside]),
            )
        )  # fmt: skip
    return (*made, *rest)


def _flat(groups: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ref for group in groups for ref in group))


def several_in_one(contents: StudyContents, field: ExtractionField) -> list[Study]:
    """Return the studies that have several values of a field that takes one: why a total is too high."""
    if field.several:
        return []
    found = []
    for study in contents.studies:
        said = {each.value.casefold() for each in contents.values_of(study.references, field.name)
                if each.is_reported}  # fmt: skip
        if len(said) > 1:
            found.append(study)
    return found


def _who(studies: Sequence[Study]) -> str:
    """Return which studies have several values of a field that takes one."""
    return f"; several values: {', '.join(each.label for each in studies)}" if studies else ""


def why_not(contents: StudyContents, made: FieldCount) -> str:
    """Return what does not come to the total and, where it is known, which studies have several values."""
    return f"{made.field.title}{_who(several_in_one(contents, made.field))}"


def countable(contents: StudyContents) -> list[ExtractionField]:
    """Return the fields whose values are few enough to count: free texts of many words are not."""
    return [
        field for field in contents.fields if field.kind is not FieldKind.TEXT or _is_short(contents, field)
    ]


def _is_short(contents: StudyContents, field: ExtractionField) -> bool:
    values = [each.value for each in contents.values if each.name.casefold() == field.name.casefold()]
    return all(len(each) <= 60 for each in values)


# -- tables to hand out


def counts_table(contents: StudyContents, unit: Unit) -> Appendix:
    """Return the counts of all fields as one table; it says what is counted and which totals do not agree."""
    rows: list[tuple[str | int | None, ...]] = []
    notes = []
    for field in countable(contents):
        made = count(contents, field, unit)
        rows += [
            (field.title, each.value, each.number, _share(each.number, made.total), each.stated)
            for each in made.values
        ]
        for number, words in ((made.silent_units, "not reported"), (made.missing_units, "not extracted")):
            if number:
                rows.append((field.title, words, number, _share(number, made.total), None))
        if made.summary is not None:
            notes.append(f"{field.title}: {made.summary.told} ({unit.of(made.summary.number)}).")
        if not made.adds_up:
            notes.append(f"{field.title}: {made.equation}{_who(several_in_one(contents, field))}.")
    total = count_units(contents, unit)
    note = f"Counted by {'study' if unit is Unit.STUDIES else 'report'}: {unit.of(total)}."
    note += _stated_studies(contents) if unit is Unit.STUDIES else ""
    heads: tuple[str, ...] = ("Characteristic", "Value", unit.value.title(), "Share", "Stated (reports)")
    if not any(row[4] is not None for row in rows):
        heads, rows = heads[:4], [row[:4] for row in rows]
    return Appendix(
        f"Characteristics of the included {unit.value}", heads, tuple(rows), " ".join((note, *notes)),
        widths=(24, 40, 12, 12, 12)[: len(heads)],
    )  # fmt: skip


def count_units(contents: StudyContents, unit: Unit) -> int:
    """Return how many studies, or reports, there are."""
    if unit is Unit.STUDIES:
        return len(contents.studies)
    return sum(len(study.reports) for study in contents.studies)


def _share(number: int, total: int) -> str:
    return f"{number / total:.0%}" if total else DASH


def included_table(contents: StudyContents) -> Appendix:
    """Return the table of included studies: a row for each, with its reports and all fields."""
    heads = ("Study", "Reports", *(field.title for field in contents.fields))
    rows = tuple(
        (study.label, _report_words(contents, study), *(
            shown(contents.values_of(study.references, field.name)) for field in contents.fields))
        for study in contents.studies
    )  # fmt: skip
    reports = count_units(contents, Unit.REPORTS)
    note = f"{Unit.STUDIES.of(len(contents.studies))} in {counted(reports, 'report')}."
    note += _stated_studies(contents)
    first = max(10, 60 // max(1, len(heads)))
    rest = (100 - 2 * first) // max(1, len(heads) - 2)
    return Appendix("Included studies", heads, rows, note, widths=(first, first, *[rest] * (len(heads) - 2)))


def _stated_studies(contents: StudyContents) -> str:
    """Say how many studies the review states, where others are built here."""
    keys = MEASURE["new_studies"].stated_keys
    stated = next((contents.stated[key] for key in keys if key in contents.stated), None)
    if stated is None or stated == len(contents.studies):
        return ""
    return f" The review states {Unit.STUDIES.of(stated)}; a report that was not joined stands for one here."


def _report_words(contents: StudyContents, study: Study) -> str:
    found = []
    for each in study.reports:
        work = contents.works.get(each.reference)
        if work is not None:
            number = f"{work.number}: " if work.number is not None else ""
            part = f" ({each.part.value})" if len(study.reports) > 1 else ""
            found.append(f"{number}{work.short_label}{part}")
    return "; ".join(found)


def shown(values: Sequence[Value]) -> str:
    """Return the values of a field in one line: each once, "not reported" where that is what was found."""
    said = list(dict.fromkeys(each.value for each in values if each.is_reported))
    if said:
        return "; ".join(said)
    return ValueState.NOT_REPORTED.value if values else ""


TABLES: Final = {
    "counts by study": lambda contents: counts_table(contents, Unit.STUDIES),
    "counts by report": lambda contents: counts_table(contents, Unit.REPORTS),
    "included studies": included_table,
}
"""The tables that are handed out, by what they are called."""
