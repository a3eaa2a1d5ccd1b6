"""Writing the passages of the summary: each act returns an edit and writes nothing.

A passage has one or several cells of words: `text`; a row of the table “what blocks, what helps, who can act”
has `blocks`, `helps`, and one cell for each who can act: `who:0`, `who:1` …"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.edit import Change, Edit, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Text
from evidence_app.domain.passages import Passage, PassageRun, passage_runs, passage_runs_to_json

TEXT: Final = "text"
_WHO: Final = "who"
KIND_WORDS: Final = {
    "question": "question", "answer": "answer", "message": "message", "row": "row of the table",
    "disagreement": "disagreement", "unknown": "gap in what is known", "definition": "definition",
}  # fmt: skip
"""What a passage of each kind is called in a sentence."""


def cells(passage: Passage) -> list[str]:
    """Return the cells of a passage in the order they are read."""
    if passage.kind != "row":
        return [TEXT]
    return ["blocks", "helps", *(f"{_WHO}:{at}" for at in range(len(passage.details.get(_WHO, ()))))]


def words_in(passage: Passage, cell: str) -> tuple[PassageRun, ...]:
    """Return the words of a cell with their citations."""
    if cell == TEXT:
        return passage.runs
    name, _, at = cell.partition(":")
    held = passage.details.get(name, ())
    return passage_runs(held[int(at)].get("runs", ()) if at else held)


def is_inferred(passage: Passage, cell: str) -> bool:
    """Return whether it is inferred that this one can act, not said by the reports."""
    at = cell.partition(":")[2]
    return bool(at) and bool(passage.details[_WHO][int(at)].get("inferred"))


def add(
    passages: Sequence[Passage], kind: str, *, theme: int | None = None, title: str = "", text: str = ""
) -> Edit:
    """Return the edit that adds a passage behind the others of its kind."""
    last = max((each.position for each in passages if each.kind == kind), default=0.0)
    details = {"blocks": [], "helps": [], _WHO: [{"runs": [], "inferred": False}]} if kind == "row" else {}
    made = insert(
        "passage", kind=kind, theme=theme, title=title, position=last + 1.0,
        runs=_written([text] if text else []), details=_written(details),
    )  # fmt: skip
    return Edit(f"Add a {KIND_WORDS[kind]}", (made,))


def reword(passage: Passage, cell: str, runs: Sequence[PassageRun], guids: Mapping[int, str]) -> Edit:
    """Return the edit that puts other words and citations into a cell; works are written by their guid."""
    plain = passage_runs_to_json(runs, guids)
    if plain == passage_runs_to_json(words_in(passage, cell), guids):
        return Edit("")
    words = "".join(run.text for run in runs if isinstance(run, Text))
    label = f"Reword the {KIND_WORDS[passage.kind]} “{_start(words or passage.text or passage.title)}”"
    if cell == TEXT:
        return _set(passage, label, runs=_written(plain))
    details = _details(passage)
    name, _, at = cell.partition(":")
    if at:
        details[name][int(at)]["runs"] = plain
    else:
        details[name] = plain
    return _set(passage, label, details=_written(details))


def retitle(passage: Passage, title: str) -> Edit:
    """Return the edit that gives a message or a row another heading."""
    changes = set_columns("passage", passage.id, {"title": passage.title}, {"title": title})
    return Edit(f"Rename “{passage.title or KIND_WORDS[passage.kind]}”", tuple(changes))


def add_actor(passage: Passage) -> Edit:
    """Return the edit that makes room for one more who can act."""
    details = _details(passage)
    details[_WHO] = [*details.get(_WHO, []), {"runs": [], "inferred": False}]
    return _set(passage, f"Add who can act on “{passage.title}”", details=_written(details))


def remove_actor(passage: Passage, cell: str) -> Edit:
    """Return the edit that takes out one of those who can act."""
    details = _details(passage)
    del details[_WHO][int(cell.partition(":")[2])]
    return _set(passage, f"Take out who can act on “{passage.title}”", details=_written(details))


def infer(passage: Passage, cell: str, *, inferred: bool) -> Edit:
    """Return the edit that says whether a report names who can act, or it is inferred."""
    details = _details(passage)
    details[_WHO][int(cell.partition(":")[2])]["inferred"] = inferred
    said = "Mark as inferred" if inferred else "Mark as said by the reports"
    return _set(passage, f"{said} who can act on “{passage.title}”", details=_written(details))


def move(group: Sequence[Passage], passage: Passage, step: int) -> Edit:
    """Return the edit that puts a passage before (-1) or behind (1) its neighbour in the group shown.

    Empty where there is none. Positions of the group are exchanged, so nothing else moves."""
    at = next(place for place, each in enumerate(group) if each.id == passage.id)
    if not 0 <= at + step < len(group):
        return Edit("")
    places = sorted(each.position for each in group)
    if len(set(places)) < len(places):
        places = [places[0] + place for place in range(len(group))]
    order = list(group)
    order.insert(at + step, order.pop(at))
    changes: list[Change] = []
    for each, position in zip(order, places, strict=True):
        changes += set_columns("passage", each.id, {"position": each.position}, {"position": position})
    return Edit(
        f"Move the {KIND_WORDS[passage.kind]} “{_start(passage.title or passage.text)}”", tuple(changes)
    )


def put_under(passage: Passage, theme: int | None) -> Edit:
    """Return the edit that lets a passage belong to another theme, or to none."""
    changes = set_columns("passage", passage.id, {"theme": passage.theme}, {"theme": theme})
    return Edit(f"Put the {KIND_WORDS[passage.kind]} under another theme", tuple(changes))


def drop(passage: Passage) -> Edit:
    """Return the edit that takes a passage out of the summary."""
    words = _start(passage.title or passage.text)
    return Edit(f"Delete the {KIND_WORDS[passage.kind]} “{words}”", (remove("passage", passage.id),))


def _details(passage: Passage) -> dict[str, Any]:
    """Return the details as the project holds them, works by their guid."""
    held = json.loads(passage.stored["details"])
    if not isinstance(held, dict):
        raise EvidenceError("This text of the summary cannot be read, so it was left as it is.")
    return held


def _set(passage: Passage, label: str, **after: str) -> Edit:
    before = {name: passage.stored[name] for name in after}
    return Edit(label, tuple(set_columns("passage", passage.id, before, after)))


def _written(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _start(text: str) -> str:
    words = text.strip()
    return words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0] + "…"
