"""The protocol as a file of JSON, written and read: for commands, and to begin another review with it.

What a file leaves out stays as it is; a list it gives replaces the list. Lines are known again by their
words: a criterion by its code, a question by its text, a concept and a reason by their names."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.edit import Change, Edit, Insert, RowOf, SetColumns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import MaybeCounts, Protocol, Stage
from evidence_app.services.screening.beside_decisions import ReasonLine, set_reasons
from evidence_app.services.screening.protocol import CriterionLine, Line, Lists, RoleLine, set_protocol
from evidence_app.storage import contents, protocols, screening
from evidence_app.storage.connections import Reader

STAGES: Final = {"title-abstract": Stage.TITLE_ABSTRACT, "full-text": Stage.FULL_TEXT}
RULES: Final = ("blind", "double_share", "maybe_counts", "least_agreement", "after_poor_check")
"""What decisions rest on besides the criteria: once somebody has decided, a change of it is an amendment."""


def _is_share(value: object) -> bool:
    return value is None or (
        isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    )


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _lines(needed: str, *others: str) -> Callable[[object], bool]:
    """Return what tells whether a value is a list of objects with these texts, of which one is needed."""

    def holds(value: object) -> bool:
        return isinstance(value, list) and all(
            isinstance(each, dict)
            and bool(str(each.get(needed) or "").strip())
            and set(each) <= {needed, *others}
            and all(said is None or isinstance(said, str | bool) for said in each.values())
            for each in value
        )

    return holds


def _are_reasons(value: object) -> bool:
    holds = _lines("name", "criterion")
    return isinstance(value, dict) and set(value) <= set(STAGES) and all(map(holds, value.values()))


PARTS: Final[Mapping[str, tuple[Callable[[object], bool], str]]] = {
    "review_type": (_is_text, "a text"),
    "registration": (_is_text, "a text"),
    "questions": (_lines("text"), 'a list of {"text"}'),
    "concepts": (_lines("name", "text"), 'a list of {"name", "text"}'),
    "criteria": (
        _lines("text", "code", "includes", "concept"), 'a list of {"code", "text", "includes", "concept"}'
    ),
    "reasons": (
        _are_reasons,
        '{"title-abstract": […], "full-text": […]} with lists of {"name", "criterion"}',
    ),
    "blind": (lambda value: isinstance(value, bool), "true or false"),
    "maybe_counts": (
        lambda value: value in [each.value for each in MaybeCounts],
        "include, exclude or separate",
    ),
    "double_share": (_is_share, "a number from 0 to 1, or null"),
    "calibration": (_is_number, "how many records, or null"),
    "least_agreement": (_is_share, "a number from 0 to 1, or null"),
    "after_poor_check": (_is_text, "a text"),
    "roles": (_lines("person", "role"), 'a list of {"person", "role"}'),
}  # fmt: skip
"""What a file may hold: how each part is tested, and what it is in words."""


def protocol_as_file(reader: Reader) -> dict[str, Any]:
    """Return the protocol as its file holds it; amendments are told with the methods, not here."""
    held = screening.protocol(reader)
    concepts = {each.id: each.name for each in protocols.concepts(reader)}
    criteria = protocols.criteria(reader)
    codes = {each.id: each.code or each.text for each in criteria}
    return {
        "review_type": held.review_type, "registration": held.registration,
        "questions": [{"text": each.text} for each in contents.questions(reader)],
        "concepts": [{"name": each.name, "text": each.text} for each in protocols.concepts(reader)],
        "criteria": [
            {"code": each.code, "text": each.text, "includes": each.includes,
             "concept": concepts.get(each.concept or 0)}
            for each in criteria
        ],
        "reasons": {
            name: [
                {"name": each.name, "criterion": codes.get(each.criterion or 0)}
                for each in screening.reasons(reader, stage)
            ]
            for name, stage in STAGES.items()
        },
        "blind": held.blind, "maybe_counts": held.maybe_counts.value, "double_share": held.double_share,
        "calibration": held.calibration, "least_agreement": held.least_agreement,
        "after_poor_check": held.after_poor_check,
        "roles": [{"person": each.name, "role": each.role} for each in protocols.roles(reader)],
    }  # fmt: skip


def read_protocol_file(path: Path) -> dict[str, Any]:
    """Return what a file of JSON says of the protocol; raises `EvidenceError` where it cannot be one."""
    try:
        said = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise EvidenceError(f"{path} could not be read: {error.strerror}. Nothing was written.") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise EvidenceError(f"{path.name} is not JSON. Nothing was written.") from error
    if not isinstance(said, dict):
        raise EvidenceError(f"{path.name} is no protocol: one JSON object is expected. Nothing was written.")
    if unknown := sorted(set(said) - set(PARTS)):
        raise EvidenceError(
            f"{path.name} says “{unknown[0]}”, which is no part of a protocol. Nothing was written. "
            f"Its parts are: {', '.join(PARTS)}."
        )
    for name, value in said.items():
        holds, words = PARTS[name]
        if not holds(value):
            raise EvidenceError(f"{path.name}: {name} must be {words}. Nothing was written.")
    return said


def set_from_file(reader: Reader, said: Mapping[str, Any]) -> Edit:
    """Return the edit that makes the protocol what a file says, as one.

    Raises `EvidenceError` where somebody has decided, and criteria or rules would change."""
    held = screening.protocol(reader)
    known = {name: said[name] for name in Protocol.__dataclass_fields__ if name in said}
    if "maybe_counts" in known:
        known["maybe_counts"] = MaybeCounts(known["maybe_counts"])
    wanted = replace(held, **known)
    _not_amended(reader, said, held, wanted)
    edit = set_protocol(reader, wanted, _lists(reader, said))
    changes = [*edit.changes]
    if "reasons" in said:
        changes += _reasons(reader, said["reasons"], edit)
    return Edit(edit.label, tuple(changes))


def _not_amended(reader: Reader, said: Mapping[str, Any], held: Protocol, wanted: Protocol) -> None:
    if not protocols.has_decisions(reader):
        return
    now = [(each.code, each.text, each.includes) for each in protocols.criteria(reader)]
    then = [_criterion_key(each) for each in said.get("criteria", [])]
    others = any(getattr(held, name) != getattr(wanted, name) for name in RULES)
    if others or ("criteria" in said and sorted(now) != sorted(then)):
        raise EvidenceError(
            "Somebody has decided already, so criteria and rules are amended: evidence-desk screen amend "
            "keeps what was said before, and why it changed. Nothing was written."
        )


def _criterion_key(said: Mapping[str, Any]) -> tuple[str, str, bool]:
    return _text(said, "code"), _text(said, "text"), bool(said.get("includes", True))


def _text(said: Mapping[str, Any], name: str) -> str:
    return str(said.get(name) or "").strip()


def _lists(reader: Reader, said: Mapping[str, Any]) -> Lists:
    questions = _rows((each.text, each.id) for each in contents.questions(reader))
    concepts = _rows((each.name, each.id) for each in protocols.concepts(reader))
    criteria = _rows((each.code or each.text, each.id) for each in protocols.criteria(reader))
    roles = {(each.name, each.role): each.id for each in protocols.roles(reader)}
    lists: dict[str, list[Any]] = {
        "questions": [
            Line(questions.pop(_text(each, "text"), None), _text(each, "text"))
            for each in said.get("questions", ())
        ],
        "criteria": [
            CriterionLine(
                criteria.pop(_text(each, "code") or _text(each, "text"), None), *_criterion_key(each),
                concept=_concept(each, concepts, said),
            )
            for each in said.get("criteria", ())
        ],
        "concepts": [
            Line(concepts.get(_text(each, "name")), _text(each, "text"), _text(each, "name"))
            for each in said.get("concepts", ())
        ],
        "roles": [
            RoleLine(roles.pop((_text(each, "person"), _text(each, "role")), None), _text(each, "person"),
                     _text(each, "role"))
            for each in said.get("roles", ())
        ],
    }  # fmt: skip
    return Lists(**{name: lines for name, lines in lists.items() if name in said})


def _rows(named: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {name.strip(): row for name, row in named}


def _concept(
    line: Mapping[str, Any], known: Mapping[str, int], said: Mapping[str, Any]
) -> int | str | None:  # fmt: skip
    """Return the row of the concept a criterion names, or its name where the file enters it."""
    name = _text(line, "concept")
    if not name:
        return None
    new = [_text(each, "name") for each in said.get("concepts", ())]
    if name not in known and name not in new:
        raise EvidenceError(
            f"A criterion names the concept “{name}”, which is not listed. Nothing was written."
        )
    return known.get(name, name)


def _reasons(reader: Reader, said: Mapping[str, Any], edit: Edit) -> list[Change]:
    """Return the changes of the lists of reasons; a reason may name a criterion that is new with it."""
    gone = {each.row for each in edit.changes if isinstance(each, SetColumns) and "removed" in each.after
            and each.table == "criterion"}  # fmt: skip
    held_criteria = (each for each in protocols.criteria(reader) if each.id not in gone)
    codes: dict[str, int | RowOf] = {(each.code or each.text).strip(): each.id for each in held_criteria}
    codes |= {
        str(each.values["code"] or each.values["text"]): RowOf("criterion", each.guid)
        for each in edit.changes if isinstance(each, Insert) and each.table == "criterion"
    }  # fmt: skip
    changes: list[Change] = []
    for name, lines in said.items():
        held = screening.reasons(reader, STAGES[name])
        rows = _rows((each.name, each.id) for each in held)
        wanted = [
            ReasonLine(rows.pop(_text(each, "name"), None), _text(each, "name"), _of(each, codes))
            for each in lines
        ]
        changes += set_reasons(held, wanted, STAGES[name].value).changes
    return changes


def _of(line: Mapping[str, Any], codes: Mapping[str, int | RowOf]) -> int | RowOf | None:
    code = _text(line, "criterion")
    if code and code not in codes:
        raise EvidenceError(f"A reason names the criterion {code}, which is not listed. Nothing was written.")
    return codes.get(code)
