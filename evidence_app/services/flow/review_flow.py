"""The diagram of a review: what is counted, beside what somebody typed, and whether it adds up."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from evidence_app.domain.edit import counted as in_words
from evidence_app.domain.flow import (
    MEASURES,
    OTHER_METHODS,
    Flow,
    FlowForm,
    FlowLine,
    FlowNumber,
    Measure,
    Remark,
)
from evidence_app.domain.review import NumberState, StatedNumber
from evidence_app.services.flow.counting import Counts, Trust, count
from evidence_app.services.flow.equations import equations, undecided
from evidence_app.storage.connections import Reader
from evidence_app.storage.flow import FlowFacts, Stated, flow_facts


def review_flow(reader: Reader, form: FlowForm | None = None) -> Flow:
    """Return the diagram of the review as it is now; `form` chooses its shape, else the review does."""
    return flow_of(flow_facts(reader), form)


def flow_of(facts: FlowFacts, form: FlowForm | None = None) -> Flow:
    """Return the diagram these facts come to."""
    counts = count(facts)
    numbers = {each.key: _number(each, counts) for each in MEASURES}
    numbers["records_screened"] = _with_second_reviewer(numbers["records_screened"], facts)
    numbers["new_reports"] = _with_kinds(numbers["new_reports"], facts)
    numbers |= _totals(numbers)
    numbers["other_results"] = _all_others(numbers)
    if facts.gone:
        numbers = {key: _that_can_be_shown(number, facts.gone) for key, number in numbers.items()}
    chosen = form or _form(facts.form)
    shape = chosen or _fitting(numbers, counts)
    return Flow(
        title=facts.title, form=shape, chosen=chosen is not None,
        numbers=numbers, equations=equations(numbers, counts), notes=facts.notes,
        remarks=(*counts.remarks, *_not_shown(numbers, shape)),
        undecided=sum(number for number, _ in undecided(numbers, counts)),
    )  # fmt: skip


def stated_for(facts: FlowFacts, measure: Measure) -> Stated | None:
    """Return what the review states for a number of the diagram, by any of its keys."""
    found = [stated for key in measure.stated_keys if (stated := facts.stated_number(key)) is not None]
    return next((each for each in found if each.number.value is not None), found[0] if found else None)


def _number(measure: Measure, counts: Counts) -> FlowNumber:
    """Return a number as it is printed: a typed one stands, beside it what the project counts."""
    counted = counts.numbers.get(measure.key, FlowNumber(key=measure.key))
    trust = counts.trust.get(measure.key, Trust.NONE)
    stated = stated_for(counts.facts, measure)
    said = stated.number if stated is not None else None
    if said is None or said.value is None or said.state is NumberState.NOT_REPORTED:
        return counted if trust else replace(counted, number=None, state=NumberState.NOT_REPORTED)
    if trust is Trust.WHOLE and (said.value == counted.number or said.state is not NumberState.TYPED):
        return counted
    return _as_stated(said, counted, trust)


def _as_stated(said: StatedNumber, counted: FlowNumber, trust: Trust) -> FlowNumber:
    return FlowNumber(
        key=counted.key, number=said.value, state=said.state, basis=said.basis,
        references=counted.references if trust else (),
        lines=counted.lines if not counted.from_records or said.value == counted.number else (),
        counted=counted.number if trust is Trust.WHOLE else None,
    )  # fmt: skip


def _with_second_reviewer(number: FlowNumber, facts: FlowFacts) -> FlowNumber:
    """Add what a second reviewer screened, where the review states it."""
    share, records = (facts.stated_number(f"second_reviewer_{name}") for name in ("share", "records"))
    told = [f"{share.number.value}\u00a0%"] if share and share.number.value is not None else []
    if records is None or records.number.value is None or any(not line.partial for line in number.lines):
        return number
    line = FlowLine(
        "checked by a second reviewer", records.number.value, records.number.state,
        remark=", ".join(told), partial=False,
    )  # fmt: skip
    return replace(number, lines=(*number.lines, line))


def _with_kinds(number: FlowNumber, facts: FlowFacts) -> FlowNumber:
    """Add how many reports of each kind there are, where the review states it."""
    kinds = [each.number for each in facts.stated if each.number.key.startswith("kind:")]
    lines = tuple(
        FlowLine(kind.label, kind.value, kind.state, partial=False)
        for kind in kinds
        if kind.value is not None
    )
    return replace(number, lines=(*number.lines, *lines)) if lines else number


def _that_can_be_shown(number: FlowNumber, gone: frozenset[int]) -> FlowNumber:
    """Leave out of what a number opens the references that are no longer in the library."""

    def held(works: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(work for work in works if work not in gone)

    lines = tuple(replace(line, references=held(line.references)) for line in number.lines)
    return replace(number, references=held(number.references), lines=lines)


def _totals(numbers: Mapping[str, FlowNumber]) -> dict[str, FlowNumber]:
    """Add the previous version to what is new, where there is one and nobody typed the total."""
    made = {}
    for kind in ("studies", "reports"):
        before, new = numbers[f"previous_{kind}"], numbers[f"new_{kind}"]
        key = f"total_{kind}"
        if numbers[key].number is not None or before.number is None or new.number is None:
            continue
        made[key] = FlowNumber(
            key=key, number=before.number + new.number, state=NumberState.DERIVED,
            references=tuple(sorted({*before.references, *new.references})),
            basis=f"{before.number:,} of the previous version + {new.number:,} new.",
            from_records=before.from_records and new.from_records,
        )  # fmt: skip
    return made


def _all_others(numbers: Mapping[str, FlowNumber]) -> FlowNumber:
    """Return what other methods gave together: the sum of its kinds where all are known."""
    stated, kinds = numbers["other_results"], [numbers[key] for key in OTHER_METHODS]
    lines = tuple(line for kind in kinds for line in kind.lines)
    references = tuple(sorted({work for kind in kinds for work in kind.references}))
    known = [kind.number for kind in kinds if kind.number is not None]
    if len(known) < len(kinds):
        return replace(stated, lines=lines, references=references)
    if stated.number is not None:
        return replace(stated, lines=lines, references=references, counted=sum(known))
    return FlowNumber(
        key="other_results", number=sum(known), state=NumberState.DERIVED, lines=lines, references=references,
        basis=" + ".join(f"{number:,}" for number in known) + ".",
        from_records=all(kind.from_records for kind in kinds),
    )  # fmt: skip


def _not_shown(numbers: Mapping[str, FlowNumber], form: FlowForm) -> Iterator[Remark]:
    """Say what the form has no column for, though the review has it."""
    if not form.has_other_methods and (found := numbers["other_results"]).number:
        yield Remark(
            f"Not shown in this form: {in_words(found.number, 'record')} of other methods.", found.references
        )
    before = numbers["previous_reports"]
    if not form.is_update and before.number:
        yield Remark(f"Not shown in this form: {in_words(before.number, 'report')} of the previous version.",
                     before.references)  # fmt: skip


def _form(word: str) -> FlowForm | None:
    return FlowForm(word) if word in frozenset(FlowForm) else None


def _fitting(numbers: Mapping[str, FlowNumber], counts: Counts) -> FlowForm:
    """Return the form that shows what this review has."""
    others = counts.found.others_used or any(numbers[key].number for key in OTHER_METHODS)
    if any(numbers[f"previous_{kind}"].number is not None for kind in ("studies", "reports")):
        return FlowForm.UPDATED if others else FlowForm.UPDATED_DATABASES
    return FlowForm.NEW if others else FlowForm.NEW_DATABASES
