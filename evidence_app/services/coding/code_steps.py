"""Codes that go a step through the code book: up, down, out of what they stand under, or into another one."""

from collections.abc import Sequence
from enum import Enum, auto

from evidence_app.domain.coding import Code
from evidence_app.domain.edit import Edit
from evidence_app.services.coding.codebook import codes_under, move

NOWHERE = Edit("Change nothing")


class Step(Enum):
    """Where codes go."""

    UP = auto()
    DOWN = auto()
    OUT = auto()
    """To the level of what they stand under, after it."""
    INTO = auto()
    """Under the code above them on their level, as its last ones."""


def step(moved: Sequence[Code], way: Step, codes: Sequence[Code]) -> Edit:
    """Return the edit by which codes go one step; nothing where there is no such place.

    Several codes gather at the first of them, in the order given; those that stand under one of them go
    along."""
    chosen = {code.id for code in moved}
    tops = [code for code in moved if code.parent not in chosen]
    if not tops:
        return NOWHERE
    by_id = {code.id: code for code in codes if code.merged_into is None}
    parent = by_id.get(tops[0].parent) if tops[0].parent is not None else None
    line = codes_under(parent.id if parent else None, codes)
    at = next(place for place, code in enumerate(line) if code.id == tops[0].id)
    above = [code for code in line[:at] if code.id not in chosen]
    below = [code for code in line[at:] if code.id not in chosen]
    if way is Step.UP and above:
        return move(moved, parent, above[-1], codes)
    if way is Step.DOWN and below:
        return move(moved, parent, below[1] if len(below) > 1 else None, codes)
    if way is Step.INTO and above:
        return move(moved, above[-1], None, codes)
    if way is Step.OUT and parent is not None:
        over = by_id.get(parent.parent) if parent.parent is not None else None
        after = [code for code in codes_under(over.id if over else None, codes) if code.id not in chosen]
        place = next(place for place, code in enumerate(after) if code.id == parent.id)
        return move(moved, over, after[place + 1] if place + 1 < len(after) else None, codes)
    return NOWHERE
