"""What a person says of the diagram: a number typed, why an equation does not hold, its form."""

from typing import Final

from evidence_app.domain.edit import Change, Edit, RowOf, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.flow import Equation, FlowForm, Measure
from evidence_app.domain.review import NumberState
from evidence_app.services.flow.review_flow import stated_for
from evidence_app.services.searches.log import read_number
from evidence_app.storage.flow import FlowFacts, Stated
from evidence_app.storage.project import now

Person = int | RowOf | None
FORM_NAMES: Final = {
    FlowForm.NEW: "PRISMA 2020, new review",
    FlowForm.NEW_DATABASES: "PRISMA 2020, new review, databases only",
    FlowForm.UPDATED: "PRISMA 2020, updated review",
    FlowForm.UPDATED_DATABASES: "PRISMA 2020, updated review, databases only",
    FlowForm.EXPLORATORY: "Exploratory review",
}


def type_number(facts: FlowFacts, measure: Measure, text: str, position: float = 0.0) -> Edit:
    """Return the edit that gives a number of the diagram what was typed; nothing typed: it is counted again.

    `position` is that of a new row among the stated numbers. Raises `EvidenceError` for what is no number."""
    value = read_number(text)
    stated = stated_for(facts, measure)
    label = f"{'Type' if value is not None else 'Take back'} the number “{measure.label}”"
    if stated is None:
        if value is None:
            return Edit(label)
        made = insert(
            "stated_number", key=measure.stated_keys[0], label=measure.label, value=value,
            state=NumberState.TYPED.value, unit=measure.unit.value, basis="", position=position,
        )  # fmt: skip
        return Edit(label, (made,))
    if value is None and not _says_more(stated):
        return Edit(label, (remove("stated_number", stated.row),))
    state = NumberState.TYPED if value is not None else NumberState.NOT_REPORTED
    before = {"value": stated.number.value, "state": stated.number.state.value}
    after = {"value": value, "state": state.value}
    return Edit(label, tuple(set_columns("stated_number", stated.row, before, after)))


def _says_more(stated: Stated) -> bool:
    """Whether the row tells more than the number: where it is from, or that it is not reported."""
    return bool(stated.number.basis)


def type_source(facts: FlowFacts, measure: Measure, text: str) -> Edit:
    """Return the edit that says where a typed number comes from."""
    stated = stated_for(facts, measure)
    label = f"Say where “{measure.label}” comes from"
    if stated is None:
        raise EvidenceError("Type the number first, then where it comes from. Nothing was changed.")
    changes = set_columns(
        "stated_number", stated.row, {"basis": stated.number.basis}, {"basis": text.strip()}
    )
    return Edit(label, tuple(changes))


def explain(equation: Equation, text: str, person: Person) -> Edit:
    """Return the edit that explains an equation in a note, changes the note, or takes it back."""
    text = " ".join(text.split())
    held = equation.note
    if held is None:
        if not text:
            return Edit(f"Explain “{equation.title}”")
        made = insert("flow_note", equation=equation.key, text=text, person=person, at=now())
        return Edit(f"Explain “{equation.title}”", (made,))
    if not text:
        return Edit(f"Take back the note on “{equation.title}”", (remove("flow_note", held.id),))
    changes = set_columns("flow_note", held.id, {"text": held.text}, {"text": text})
    return Edit(f"Explain “{equation.title}” otherwise", tuple(changes))


def choose_form(facts: FlowFacts, form: FlowForm | None) -> Edit:
    """Return the edit that keeps the form of the diagram; None lets the review choose."""
    word = str(form) if form is not None else ""
    label = f"Draw the flow diagram as: {FORM_NAMES[form] if form is not None else 'what fits the review'}"
    changes: tuple[Change, ...]
    if facts.protocol is None:
        changes = (insert("protocol", form=word),) if word else ()
    else:
        changes = tuple(set_columns("protocol", facts.protocol, {"form": facts.form}, {"form": word}))
    return Edit(label, changes)
