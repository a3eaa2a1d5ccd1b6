"""The extraction form: fields with a kind, their choices and order, and what may stand in each."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.edit import Change, Edit, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.studies import ExtractionField, FieldKind

STARTING_FORM: Final = (
    ("country", FieldKind.TEXT, ()), ("setting", FieldKind.TEXT, ()),
    ("design", FieldKind.CHOICE, ("qualitative", "quantitative", "mixed methods", "review", "other")),
    ("sample size", FieldKind.NUMBER, ()), ("participants", FieldKind.TEXT, ()),
    ("service", FieldKind.TEXT, ()), ("approach", FieldKind.TEXT, ()), ("funding", FieldKind.TEXT, ()),
)  # fmt: skip
"""What most forms begin with; a team changes all of it."""
_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_DATE: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

_ANSWERS: Final = ("yes", "no", "unclear")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """A field as the form dialog leaves it; `field` is what it was, None for a new one."""

    field: ExtractionField | None
    name: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[str, ...] = ()
    several: bool = False
    explanation: str = ""


def set_form(held: Sequence[ExtractionField], wanted: Sequence[FieldLine]) -> Edit:
    """Return the edit from one form to another; values of a field that goes stay, and are shown on.

    A field is not renamed where values stand under its name. Raises `EvidenceError` for two of one name."""
    names = [line.name.strip() for line in wanted]
    if len({name.casefold() for name in names}) < len(names) or not all(names):
        raise EvidenceError("Each field of the form needs a name of its own; nothing was changed.")
    changes: list[Change] = []
    for at, line in enumerate(wanted, 1):
        after = {
            "name": line.name.strip(), "kind": line.kind.value, "several": int(line.several),
            "choices": _json(line.choices), "explanation": line.explanation.strip(), "position": float(at),
        }  # fmt: skip
        if line.field is None or line.field.id is None:
            changes.append(insert("extraction_field", **after))
        else:
            changes += set_columns("extraction_field", line.field.id, _columns(line.field), after)
    kept = {line.field.id for line in wanted if line.field is not None}
    changes += [
        remove("extraction_field", each.id) for each in held if each.id is not None and each.id not in kept
    ]
    return Edit("Change the extraction form", tuple(changes))


def start(held: Sequence[ExtractionField]) -> Edit:
    """Return the edit that begins a form with the usual fields, besides those that values name already."""
    known = {each.name.casefold() for each in held}
    lines = [FieldLine(field=each, name=each.name, kind=each.kind, choices=each.choices,
                       several=each.several, explanation=each.explanation) for each in held]  # fmt: skip
    lines += [
        FieldLine(field=None, name=name, kind=kind, choices=choices)
        for name, kind, choices in STARTING_FORM if name not in known
    ]  # fmt: skip
    return set_form(held, lines)


def _columns(field: ExtractionField) -> dict[str, object]:
    return {
        "name": field.name, "kind": field.kind.value, "several": int(field.several),
        "choices": _json(field.choices), "explanation": field.explanation, "position": field.position,
    }  # fmt: skip


def _json(choices: Sequence[str]) -> str:
    return json.dumps([each.strip() for each in choices if each.strip()], ensure_ascii=False)


def checked(field: ExtractionField, text: str) -> str:
    """Return a value as the field keeps it. Raises `EvidenceError` for one that its kind does not take."""
    text = " ".join(text.split())
    if not text:
        return ""
    match field.kind:
        case FieldKind.NUMBER:
            if not _NUMBER.fullmatch(text.replace(" ", "")):
                raise EvidenceError(f"{field.title} takes a number, and “{text}” is none.")
            return text.replace(" ", "").replace(",", ".")
        case FieldKind.DATE:
            if not _DATE.fullmatch(text):
                raise EvidenceError(
                    f"{field.title} takes a date such as 2019, 2019-06 or 2019-06-30, not “{text}”."
                )
        case FieldKind.YES_NO:
            fitting = [each for each in _ANSWERS if each.startswith(text.casefold())]
            if len(fitting) != 1:
                raise EvidenceError(f"{field.title} takes yes, no or unclear, not “{text}”.")
            return fitting[0]
        case FieldKind.CHOICE if field.choices:
            return _choice(field, text)
    return text


def _choice(field: ExtractionField, text: str) -> str:
    """Return the choice that is meant: by its words, by how they begin, or by its number in the list."""
    folded = text.casefold()
    for fitting in (
        [each for each in field.choices if each.casefold() == folded],
        [each for each in field.choices if each.casefold().startswith(folded)],
        [each for at, each in enumerate(field.choices, 1) if str(at) == folded],
    ):
        if len(fitting) == 1:
            return fitting[0]
    raise EvidenceError(f"{field.title} is one of: {', '.join(field.choices)}; not “{text}”.")
