"""What rows of screening are called in the history: joined by `services/row_names`.

While screening is blind the words of a decision, of its reasons and of a screening note are left out: the
history is open to everybody who works in the file."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from evidence_app.domain.screening import Stage
from evidence_app.storage import screening
from evidence_app.storage.connections import Reader

Row = Mapping[str, Any]
HIDDEN: Final = "not shown while screening is blind"
_STAGES: Final = {
    Stage.TITLE_ABSTRACT: "title and abstract",
    Stage.FULL_TEXT: "full text",
    Stage.BEFORE: "before screening",
}


class Names(Protocol):
    """What names other rows: `RowNames`."""

    reader: Reader

    def row(self, table: str, row: int | None) -> Row | None:
        """Return a row."""

    def name(self, table: str, row: int | None) -> str:
        """Return what a row is called."""


TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "decision": ("decision", ""), "decision_reason": ("further reason", ""), "flag": ("flag", ""),
    "protocol": ("protocol", ""), "concept": ("concept", ""), "role": ("role", ""),
    "amendment": ("amendment", ""), "look_again": ("record to be judged again", "records to be judged again"),
    "exclusion_reason": ("reason", ""), "term": ("highlighted term", ""),
    "sample": ("sample", ""), "sample_member": ("record of a sample", "records of samples"),
    "ranking": ("ranked screening", ""),
}  # fmt: skip
_FOLLOWING: Final = frozenset(("person", "at", "position"))
UNSAID: Final[Mapping[str, frozenset[str]]] = {
    "decision": _FOLLOWING | {"score", "ranking", "packet", "source", "shown_by", "made_as"},
    "flag": _FOLLOWING | {"stage"},
    "amendment": _FOLLOWING | {"criterion"},
    "look_again": frozenset(("at", "amendment")),
    "sample": _FOLLOWING | {"drawn_from"},
    "exclusion_reason": _FOLLOWING,
    "concept": _FOLLOWING,
    "term": _FOLLOWING,
    "ranking": frozenset(("person", "started_at", "model")),
}
COLUMNS: Final[Mapping[tuple[str, str], str]] = {
    ("protocol", "review_type"): "Type of review", ("protocol", "blind"): "Blind screening",
    ("protocol", "double_share"): "Share screened by two people",
    ("protocol", "maybe_counts"): "What a Maybe counts as",
    ("protocol", "calibration"): "Records of the calibration round",
    ("protocol", "least_agreement"): "Least agreement",
    ("protocol", "after_poor_check"): "What follows a poor check",
    ("protocol", "registration"): "Registration", ("criterion", "code"): "Code",
    ("criterion", "text"): "Words", ("term", "text"): "Term", ("exclusion_reason", "name"): "Name",
    ("exclusion_reason", "criterion"): "Criterion", ("ranking", "ended_at"): "End",
    ("ranking", "ended_why"): "Why it ended",
}  # fmt: skip
REFERS: Final[Mapping[str, str]] = {
    "exclusion_reason": "exclusion_reason", "sample": "sample", "criterion": "criterion",
    "concept": "concept", "amendment": "amendment", "decision": "decision",
}  # fmt: skip


def _at(row: Row) -> str:
    return _STAGES.get(row["stage"], str(row["stage"]))


def _record(names: Names, row: Row) -> str:
    return names.name("reference", row["reference"])


def _quoted(what: str, column: str) -> Callable[[Names, Row], str]:
    return lambda _names, row: f"{what} “{row[column]}”"


NAMERS: Final[Mapping[str, Callable[[Any, Row], str]]] = {
    "decision": lambda names, row: f"the decision on {_record(names, row)}",
    "flag": lambda names, row: f"the flag on {_record(names, row)}",
    "protocol": lambda _names, _row: "the protocol", "concept": _quoted("the concept", "name"),
    "term": _quoted("the highlighted term", "text"), "sample": _quoted("the sample", "name"),
    "exclusion_reason": _quoted("the reason", "name"), "amendment": _quoted("the amendment", "text"),
    "role": lambda names, row: f"the role of {names.name('person', row['person'])}",
    "ranking": lambda _names, row: f"ranked screening on {_at(row)}",
    "look_again": lambda names, row: f"judging {_record(names, row)} again",
    "sample_member": lambda names, row: f"{_record(names, row)} in {names.name('sample', row['sample'])}",
    "decision_reason": lambda names, row: f"a reason of {names.name('decision', row['decision'])}",
}  # fmt: skip


def _is_blind(names: Names) -> bool:
    return screening.protocol(names.reader).blind


def _reason(names: Names, row: int) -> str:
    found = names.row("exclusion_reason", row)
    return str(found["name"]) if found else ""


def _decision(names: Names, row: Row) -> tuple[str, str]:
    head = f"Decision on {_record(names, row)}"
    if _is_blind(names):
        return head, HIDDEN
    listed = row["exclusion_reason"]
    reason = _reason(names, listed) if listed is not None else str(row["reason"] or "")
    later = row["stage"] != Stage.TITLE_ABSTRACT
    verdict = f"{str(row['verdict']).capitalize()}{f' ({_at(row)})' if later else ''}"
    return head, ", ".join(part for part in (verdict, reason, str(row["note"] or "")) if part)


def _further(names: Names, row: Row) -> tuple[str, str]:
    words = HIDDEN if _is_blind(names) else _reason(names, row["exclusion_reason"])
    return f"Further reason of {names.name('decision', row['decision'])}", words


def _note(names: Names, row: Row) -> tuple[str, str]:
    for column in ("reference", "theme", "block", "code", "quotation", "document"):
        if row.get(column) is not None:
            hidden = row["kind"] == "screening" and _is_blind(names)
            return f"Note on {names.name(column, row[column])}", HIDDEN if hidden else str(row["text"])
    return "Note on the review", str(row["text"])


ESSENCES: Final[Mapping[str, Callable[[Any, Row], tuple[str, str]]]] = {
    "decision": _decision, "decision_reason": _further, "note": _note,
    "flag": lambda names, row: ("Flag", _record(names, row)),
    "look_again": lambda names, row: (f"To be judged again, {_at(row)}", _record(names, row)),
    "sample": lambda _names, row: (f"Sample, {_at(row)}", f"{row['name']}, seed {row['seed']}"),
    "sample_member": lambda names, row: (f"In {names.name('sample', row['sample'])}", _record(names, row)),
    "exclusion_reason": lambda _names, row: (f"Reason for exclusion, {_at(row)}", str(row["name"])),
    "role": lambda names, row: (f"Role of {names.name('person', row['person'])}", str(row["role"])),
    "concept": lambda _names, row: (f"Concept “{row['name']}”", str(row["text"] or row["name"])),
    "term": lambda _names, row: (f"Highlighted term ({row['kind']})", str(row["text"])),
    "amendment": lambda _names, row: ("Amendment", f"{row['text']} ({row['reason']})"),
    "protocol": lambda _names, row: ("Protocol", str(row["review_type"]) or "written down"),
    "ranking": lambda _names, row: (f"Ranked screening, {_at(row)}", f"{row['rule']}: {row['threshold']:g}"),
}  # fmt: skip


def _yes(_names: Any, value: Any) -> str:
    return "Yes" if value else "No"


VALUES: Final[Mapping[tuple[str, str], Callable[[Any, Any], str]]] = {
    ("protocol", "blind"): _yes,
    ("protocol", "double_share"): lambda _names, value: f"{100 * float(value):g} %",
}
