"""Finding words in the manuscript, and putting others in their place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evidence_app.domain.edit import Change, Edit, counted
from evidence_app.domain.manuscript import Block, Run, Text
from evidence_app.services.synthesis.flat import ANCHOR, cut, flat, spliced
from evidence_app.services.synthesis.manuscript import write_block
from evidence_app.services.synthesis.rewriting import Act, with_typed


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for."""

    words: str
    case: bool = False
    """Whether capitals must agree."""
    whole: bool = False
    """Whether only whole words are found."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place in a block where the words stand."""

    block: str
    start: int
    end: int


def occurrences(blocks: Iterable[Block], sought: Sought) -> list[Occurrence]:
    """Return every place where the words stand, in the order of the document; a citation parts words."""
    if not sought.words:
        return []
    body = re.escape(sought.words)
    pattern = re.compile(
        rf"(?<!\w){body}(?!\w)" if sought.whole else body, 0 if sought.case else re.IGNORECASE
    )
    return [
        Occurrence(block.guid, found.start(), found.end())
        for block in blocks
        for found in pattern.finditer(flat(block.runs))
    ]


def around(block: Block, occurrence: Occurrence, room: int = 36) -> tuple[str, str, str]:
    """Return what stands before, at and behind a place, cut between words, as a list shows it."""
    text = flat(block.runs)
    before = text[max(occurrence.start - room, 0) : occurrence.start]
    after = text[occurrence.end : occurrence.end + room]
    if occurrence.start > room and " " in before:
        before = "… " + before[before.index(" ") + 1 :]
    if occurrence.end + room < len(text) and " " in after:
        after = after[: after.rindex(" ")] + " …"
    return before.replace(ANCHOR, ""), text[occurrence.start : occurrence.end], after.replace(ANCHOR, "")


def in_place_of(there: str, by: str, *, capitals: bool) -> str:
    """Return the words that take the place of others; with `capitals` a capital there stays a capital."""
    if capitals and by[:1].islower() and there[:1].isupper():
        return by[:1].upper() + by[1:]
    return by


def replace_all(
    blocks: Sequence[Block], chosen: Sequence[Occurrence], by: str, *, capitals: bool = False
) -> Act:
    """Return the one act that puts other words at all these places; marks stay as they are there."""
    known = {block.guid: block for block in blocks}
    changes: list[Change] = []
    shown = tuple(blocks)
    for guid in dict.fromkeys(each.block for each in chosen):
        places = sorted((each for each in chosen if each.block == guid), key=lambda each: -each.start)
        runs: Sequence[Run] = known[guid].runs
        for place in places:
            there = cut(runs, place.start, place.end)
            put = in_place_of(flat(there), by, capitals=capitals)
            runs = spliced(runs, place.start, place.end, _marked(there, put))
        after = replace(known[guid], runs=tuple(runs))
        changes += write_block(known[guid], after).changes
        shown = with_typed(shown, after)
    return Act(Edit(f"Replace {counted(len(chosen), 'place')} by “{by}”", tuple(changes)), shown)


def _marked(there: Sequence[Run], by: str) -> tuple[Run, ...]:
    first = next((run for run in there if isinstance(run, Text)), Text(""))
    return (Text(by, first.marks),) if by else ()
