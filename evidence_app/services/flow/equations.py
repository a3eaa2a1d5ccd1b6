"""The numbers that must agree, as the PRISMA 2020 diagram has them, and what else has to be so.

An equation that has a note is explained: it may be printed, with the note below the diagram."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from evidence_app.domain.edit import counted
from evidence_app.domain.flow import (
    MEASURE,
    OTHER_METHODS,
    Equation,
    FlowNote,
    FlowNumber,
    Term,
)
from evidence_app.domain.review import NumberState
from evidence_app.services.flow.counting import Counts
from evidence_app.services.flow.paths import Arm, Place

Numbers = Mapping[str, FlowNumber]
_OPTIONAL: Final = frozenset(
    ("register_results", "excluded_automatic", "excluded_other", "contact_results", "hand_results",
     "other_removed")
)  # fmt: skip
"""Numbers that many reviews do not have, and do not say so: an equation may hold without them."""


def equations(numbers: Numbers, counts: Counts) -> tuple[Equation, ...]:
    """Return every equation with its numbers, each with the note that explains it."""
    notes = {note.equation: note for note in counts.facts.notes}
    made = [*_sums(numbers), *_steps(numbers, counts), *_included(numbers, counts), *_open(numbers, counts),
            *_typed(numbers)]  # fmt: skip
    return tuple(_explained(each, notes) for each in made)


def _explained(equation: Equation, notes: Mapping[str, FlowNote]) -> Equation:
    return replace(equation, note=notes.get(equation.key))


def _term(numbers: Numbers, key: str, sign: int = 1) -> Term:
    number = numbers.get(key, FlowNumber(key=key))
    return Term(sign, MEASURE[key].label, number.number, key, optional=key in _OPTIONAL)


def _open_term(name: str, works: Sequence[int], number: FlowNumber | None) -> tuple[Term, ...]:
    """Return what still stands open, where the number beside it is counted from the same works."""
    if number is None or not number.from_records or not works:
        return ()
    return (Term(-1, name, len(works)),)


def _sums(numbers: Numbers) -> Iterator[Equation]:
    for key, title in (("database_results", "Databases add up"), ("register_results", "Registers add up")):
        number = numbers.get(key, FlowNumber(key=key))
        lines = [line for line in number.lines if line.partial]
        if lines:
            terms = tuple(Term(1, line.label, line.number) for line in lines)
            yield Equation(key=key, title=title, left=_term(numbers, key), terms=terms, boxes=(key,))
    for key, title in (("dbr_excluded", "Each excluded report has one reason"),
                       ("other_excluded", "Other methods: each excluded report has one reason")):  # fmt: skip
        number = numbers.get(key, FlowNumber(key=key))
        lines = [line for line in number.lines if line.partial]
        if lines:
            terms = tuple(Term(1, line.label, line.number) for line in lines)
            yield Equation(
                key=f"reasons:{key}", title=title, left=_term(numbers, key), terms=terms, boxes=(key,)
            )


def _steps(numbers: Numbers, counts: Counts) -> Iterator[Equation]:
    at = counts.paths.at
    yield _equation(
        numbers, "screened", "Screened = identified − removed", "records_screened",
        ("database_results", "register_results", "-duplicates", "-excluded_automatic", "-excluded_other"),
        _open_term("Not screened yet", at(Arm.DATABASES, Place.WAITING), numbers.get("records_screened")),
    )  # fmt: skip
    yield _equation(
        numbers, "sought", "Sought = screened − excluded", "dbr_sought_reports",
        ("records_screened", "-records_excluded"),
        _open_term("Need a decision", at(Arm.DATABASES, Place.DOUBT), numbers.get("dbr_sought_reports")),
    )  # fmt: skip
    yield _equation(
        numbers, "assessed", "Assessed = sought − not retrieved", "dbr_assessed",
        ("dbr_sought_reports", "-dbr_notretrieved_reports"),
        _open_term("Awaited", at(Arm.DATABASES, Place.AWAITING), numbers.get("dbr_assessed")),
    )  # fmt: skip
    if not counts.found.others_used and not any(_known(numbers, key) for key in _OTHER_KEYS):
        return
    yield _equation(
        numbers, "other_sought", "Other methods: sought = identified − removed", "other_sought_reports",
        (*_identified_by_others(numbers), "-other_removed"),
        _open_term("Need a decision", at(Arm.OTHER, Place.DOUBT), numbers.get("other_sought_reports")),
    )  # fmt: skip
    yield _equation(
        numbers, "other_assessed", "Other methods: assessed = sought − not retrieved", "other_assessed",
        ("other_sought_reports", "-other_notretrieved_reports"),
        _open_term("Awaited", at(Arm.OTHER, Place.AWAITING), numbers.get("other_assessed")),
    )  # fmt: skip


def _identified_by_others(numbers: Numbers) -> tuple[str, ...]:
    """Return what was identified by other methods: kind by kind, or the sum where only that is stated."""
    each = [key for key in OTHER_METHODS if numbers[key].number is not None]
    return OTHER_METHODS if each or numbers["other_results"].number is None else ("other_results",)


_OTHER_KEYS: Final = (
    *OTHER_METHODS, "other_sought_reports", "other_notretrieved_reports", "other_assessed", "other_excluded",
)  # fmt: skip


def _known(numbers: Numbers, key: str) -> bool:
    """Return whether a number says more than that there is none of it."""
    number = numbers.get(key)
    return number is not None and bool(number.number)


def _equation(
    numbers: Numbers, key: str, title: str, left: str, right: Sequence[str], extra: tuple[Term, ...] = (),
    more: str = "",
) -> Equation:  # fmt: skip
    terms = tuple(_term(numbers, name.removeprefix("-"), -1 if name.startswith("-") else 1) for name in right)
    boxes = (left, *(name.removeprefix("-") for name in right))
    return Equation(
        key=key, title=title, left=_term(numbers, left), terms=(*terms, *extra), boxes=boxes, more=more
    )


def _included(numbers: Numbers, counts: Counts) -> Iterator[Equation]:
    other = ("other_assessed", "-other_excluded")
    used = counts.found.others_used or any(_known(numbers, key) for key in _OTHER_KEYS)
    right = ("dbr_assessed", "-dbr_excluded", *(other if used else ()))
    doubt = (
        *counts.paths.at(Arm.DATABASES, Place.REPORT_DOUBT),
        *counts.paths.at(Arm.OTHER, Place.REPORT_DOUBT),
    )
    strays = counts.strays if numbers["new_reports"].from_records and counts.facts.hits else ()
    more = f"{counted(len(strays), 'included report')} no search has found." if strays else ""
    equation = _equation(
        numbers, "included", "Included = assessed − excluded", "new_reports", right,
        _open_term("Need a decision", doubt, numbers.get("new_reports")), more,
    )  # fmt: skip
    yield replace(equation, boxes=_blamed(numbers, equation.boxes), references=strays)
    yield Equation(
        key="studies", title="Studies are no more than reports", left=_term(numbers, "new_studies"),
        terms=(_term(numbers, "new_reports"),), at_most=True, boxes=("new_studies", "new_reports"),
    )  # fmt: skip
    yield _one_study(counts)
    if any(_known(numbers, key) for key in ("previous_studies", "previous_reports")):
        yield _equation(numbers, "total_studies", "Total studies = previous + new", "total_studies",
                        ("previous_studies", "new_studies"))  # fmt: skip
        yield _equation(numbers, "total_reports", "Total reports = previous + new", "total_reports",
                        ("previous_reports", "new_reports"))  # fmt: skip
    for kind in ("studies", "reports"):
        if numbers[f"total_{kind}_ma"].number is not None:
            whole = f"total_{kind}" if numbers[f"total_{kind}"].number is not None else f"new_{kind}"
            yield Equation(
                key=f"meta_{kind}", title=f"Meta-analysed {kind} are among those included",
                left=_term(numbers, f"total_{kind}_ma"), terms=(_term(numbers, whole),), at_most=True,
                boxes=(f"total_{kind}_ma", whole),
            )  # fmt: skip


def _blamed(numbers: Numbers, boxes: tuple[str, ...]) -> tuple[str, ...]:
    """Name first the number that may be wrong: an exclusion that was counted, else the sum."""
    first = [key for key in boxes if key.endswith("_excluded") and numbers[key].number]
    return tuple(dict.fromkeys((*first, *boxes)))


def _one_study(counts: Counts) -> Equation:
    """Check that each report belongs to one study; more is allowed, and told."""
    of: dict[int, set[int]] = {}
    for study, work in counts.facts.study_reports:
        of.setdefault(work, set()).add(study)
    several = tuple(work for work in counts.included if len(of.get(work, ())) > 1)
    fault = f"{counted(len(several), 'report')} in more than one study." if several else ""
    grouped = [work for work in counts.included if work in of]
    studies = {study for work in grouped for study in of[work]}
    fine = (
        f"{counted(len(grouped), 'report')} of {counted(len(studies), 'study', 'studies')}."
        if grouped
        else ""
    )
    return Equation(
        key="one_study", title="Each report is in one study", left=Term(1, "", None), fault=fault, fine=fine,
        boxes=("new_reports",), references=several, warning=True,
    )  # fmt: skip


def _open(numbers: Numbers, counts: Counts) -> Iterator[Equation]:
    by_work = counts.paths.by_work.values()
    clashing = [path for path in by_work if path.clash and path.arm is not Arm.PREVIOUS]
    told = "; ".join(sorted({f"{path.place}, and {path.clash}" for path in clashing}))
    yield Equation(
        key="one_end", title="Nothing stands in two places", left=Term(1, "", None),
        fault=f"{counted(len(clashing), 'record')}: {told}." if clashing else "",
        fine="Every record has come to one end." if counts.facts.hits else "",
        boxes=("new_reports",), references=tuple(sorted(path.work for path in clashing)),
    )  # fmt: skip
    waiting = undecided(numbers, counts)
    told = ", ".join(words for _, words in waiting)
    total = sum(number for number, _ in waiting)
    counting = numbers["records_screened"].from_records or numbers["dbr_assessed"].from_records
    yield Equation(
        key="decided", title="Nothing waits for a decision", left=Term(1, "", None),
        fault=f"{told}." if total else "", fine="No decision is missing." if counting else "",
        boxes=(_waiting_at(counts),),
    )  # fmt: skip
    yield _marked(counts)


def _waiting_at(counts: Counts) -> str:
    """Return the number whose box waits: the first step at which a decision is missing."""
    at = counts.paths.at
    if at(Arm.DATABASES, Place.WAITING) or at(Arm.DATABASES, Place.DOUBT):
        return "records_screened"
    if at(Arm.DATABASES, Place.AWAITING) or at(Arm.DATABASES, Place.REPORT_DOUBT):
        return "dbr_assessed"
    others = (Place.DOUBT, Place.AWAITING, Place.REPORT_DOUBT)
    return "other_assessed" if any(at(Arm.OTHER, place) for place in others) else "records_screened"


def undecided(numbers: Numbers, counts: Counts) -> list[tuple[int, str]]:
    """Return what still needs a decision by somebody, in numbers and words; who decided what is not told."""
    at = counts.paths.at
    found = []
    if numbers["records_screened"].from_records:
        found.append((len(at(Arm.DATABASES, Place.WAITING)), "record", "not screened yet"))
        doubt = len(at(Arm.DATABASES, Place.DOUBT)) + len(at(Arm.OTHER, Place.DOUBT))
        found.append((doubt, "record", "with a decision still to come"))
    if numbers["dbr_assessed"].from_records or numbers["other_assessed"].from_records:
        awaited = len(at(Arm.DATABASES, Place.AWAITING)) + len(at(Arm.OTHER, Place.AWAITING))
        found.append((awaited, "full text", "awaited or not read yet"))
        doubt = len(at(Arm.DATABASES, Place.REPORT_DOUBT)) + len(at(Arm.OTHER, Place.REPORT_DOUBT))
        found.append((doubt, "full text", "with a decision still to come"))
    return [(number, f"{counted(number, noun)} {words}") for number, noun, words in found if number]


def _marked(counts: Counts) -> Equation:
    """Compare what was included in full text with what the library marks as included."""
    included = {work for work in counts.included if work in counts.paths.by_work}
    unmarked = tuple(sorted(included - counts.facts.included))
    return Equation(
        key="marked", title="Included reports are marked in the library", left=Term(1, "", None),
        fault=f"{counted(len(unmarked), 'report')} included in full text, not marked so in the library."
        if unmarked else "",
        fine="They are the same." if included else "", boxes=("new_reports",), references=unmarked,
        warning=True,
    )  # fmt: skip


def _typed(numbers: Numbers) -> Iterator[Equation]:
    """Compare what somebody typed with what the project counts."""
    for key, number in numbers.items():
        if number.differs and number.state is NumberState.TYPED:
            yield Equation(
                key=f"typed:{key}", title=f"{MEASURE[key].label}: typed and counted",
                left=Term(1, "", None), boxes=(key,), warning=True,
                fault=f"{number.number:,} is typed, but the project counts {number.counted:,}.",
            )  # fmt: skip
