"""The queue of duplicates: looked for once, kept beside the review, and what of it is still to be done."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from evidence_app.services.deduplication.finding import Duplicates, Group, Match, find_duplicates
from evidence_app.services.deduplication.likeness import likeness
from evidence_app.services.deduplication.rules import Rule, RuleSet
from evidence_app.services.deduplication.standard_rules import STANDARD
from evidence_app.services.progress import Report
from evidence_app.storage import duplicates, found_duplicates
from evidence_app.storage.connections import Reader
from evidence_app.storage.found_duplicates import JudgedPair, Named, Totals
from evidence_app.storage.settings import setting

TABLE: Final = "cache_setting"
FOUND, PAIRS, LATER, OFF = (f"duplicates.{name}" for name in ("found", "pairs", "later", "off"))

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two references a person should look at, as they are now, and the match as it was found."""

    one: int
    other: int
    match: Match
    likeness: int

    @property
    def key(self) -> Pair:
        """What the pair is remembered by while it waits."""
        return (self.match.one, self.match.other)


@dataclass(frozen=True, slots=True)
class RuleGroups:
    """The groups of one rule: the weakest of the rules that hold each of them together."""

    rule: Rule
    groups: tuple[Group, ...]
    records: int
    """How many references the groups hold."""

    @property
    def removed(self) -> int:
        """How many references would go into others."""
        return self.records - len(self.groups)


@dataclass(frozen=True, slots=True)
class Queue:
    """All the screen of duplicates shows."""

    totals: Totals
    rules: RuleSet = STANDARD
    """The rules the next look goes by."""
    looked_at: str = ""
    """When duplicates were last looked for; empty if never."""
    looked_by: RuleSet = STANDARD
    """The rules the last look went by."""
    compared: int = 0
    among: int = 0
    """How many references there were at the last look."""
    stale: bool = False
    automatic: tuple[RuleGroups, ...] = ()
    waiting: tuple[Suggestion, ...] = ()
    later: tuple[Suggestion, ...] = ()
    suggested: int = 0
    """How many pairs the last look left to a person."""
    different: tuple[JudgedPair, ...] = ()
    merged: Mapping[int, Sequence[int]] = field(default_factory=dict)
    names: Mapping[int, Named] = field(default_factory=dict)

    @property
    def removable(self) -> int:
        """How many references would go into others by all the rules of the automatic level."""
        return sum(each.removed for each in self.automatic)

    @property
    def judged(self) -> int:
        """How many of the pairs left to a person are settled."""
        return self.suggested - len(self.waiting) - len(self.later)

    @property
    def found(self) -> Duplicates:
        """The groups still to be merged, with the rules that found them."""
        return self.found_by([each.rule.name for each in self.automatic])

    def found_by(self, names: Sequence[str]) -> Duplicates:
        """Return the groups of some rules, with all the rules in force."""
        groups = [group for each in self.automatic if each.rule.name in names for group in each.groups]
        return Duplicates(tuple(groups), (), self.looked_by, self.compared)


# -- looking


def look(path: Path, off: tuple[str, ...], report: Report) -> list[dict[str, str]]:
    """Look for duplicates in a project file, and return what the file is to remember of it.

    Made for a process of its own: nothing but the path goes in and nothing but texts come out."""
    with Reader(path) as reader:
        items = duplicates.comparable(reader)
        edit = found_duplicates.last_edit(reader)
        different = duplicates.judged_different(reader)
    found = find_duplicates(items, STANDARD.without(off), different, report)
    return rows_of(found, off, len(items), edit)


def rows_of(found: Duplicates, off: Sequence[str], among: int, edit: int) -> list[dict[str, str]]:
    """Return what was found as the rows that `Project.keep` writes."""
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "off": list(off), "among": among, "edit": edit,
        "compared": found.compared,
        "automatic": [
            [group.references, [_told(match, match.seen) for match in group.matches]]
            for group in found.automatic
        ],
        "review": [_told(match, match.found) for match in found.review],
    }  # fmt: skip
    pairs = [[match.one, match.other] for match in found.review]
    return [
        {"key": FOUND, "value": json.dumps(told, separators=(",", ":"))},
        {"key": PAIRS, "value": json.dumps(pairs, separators=(",", ":"))},
        {"key": LATER, "value": "[]"},
    ]


def _told(match: Match, found: Mapping[str, str]) -> list[Any]:
    return [match.one, match.other, match.rule.name, dict(found)]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was found, as it was found."""

    at: str
    edit: int
    among: int
    compared: int
    rules: RuleSet
    groups: tuple[Group, ...]
    review: tuple[Suggestion, ...]


@lru_cache(maxsize=2)
def _read(text: str) -> _Kept | None:
    """Read what was kept; None where it names rules this version does not have."""
    told = json.loads(text)
    rules = STANDARD.without(told["off"])
    known = {rule.name: rule for kind in STANDARD.by_kind.values() for rule in kind}
    try:
        groups = tuple(
            Group(tuple(ids), tuple(_match(each, known) for each in matches))
            for ids, matches in told["automatic"]
        )
        matches = [_match(each, known) for each in told["review"]]
    except KeyError:
        return None
    review = [Suggestion(match.one, match.other, match, likeness(match.found)) for match in matches]
    order = sorted(review, key=lambda each: (-each.likeness, each.key))
    return _Kept(told["at"], told["edit"], told["among"], told["compared"], rules, groups, tuple(order))


def _match(told: Sequence[Any], known: Mapping[str, Rule]) -> Match:
    one, other, rule, found = told
    return Match(one, other, known[rule], found)


# -- what is still to be done


def switched_off(reader: Reader) -> tuple[str, ...]:
    """Return the names of the rules that are switched off in this project."""
    return tuple(json.loads(setting(reader, OFF) or "[]"))


def off_row(names: Sequence[str]) -> dict[str, str]:
    """Return the row that remembers which rules are switched off."""
    return {"key": OFF, "value": json.dumps(sorted(names))}


def later_row(pairs: Sequence[Pair]) -> dict[str, str]:
    """Return the row that remembers which pairs were put off."""
    return {"key": LATER, "value": json.dumps([list(pair) for pair in pairs])}


def read_queue(reader: Reader) -> Queue:
    """Return what is left to be merged and judged, as the review is now."""
    text = setting(reader, FOUND)
    kept = _read(text) if text else None
    queue = Queue(
        found_duplicates.totals(reader),
        STANDARD.without(switched_off(reader)),
        different=tuple(found_duplicates.judged_pairs(reader)),
        merged=found_duplicates.merged_works(reader),
        names={},
    )
    if kept is not None:
        queue = _with_what_was_found(reader, queue, kept)
    return replace(queue, names=found_duplicates.named(reader, _named_in(queue)))


def _named_in(queue: Queue) -> set[int]:
    ids = {at for each in (*queue.waiting, *queue.later) for at in (each.one, each.other)}
    ids |= {at for each in queue.different for at in (each.one, each.other)}
    return ids.union(queue.merged, *queue.merged.values())


def _with_what_was_found(reader: Reader, queue: Queue, kept: _Kept) -> Queue:
    ids = {at for group in kept.groups for at in group.references}
    ids |= {at for each in kept.review for at in each.key}
    now = found_duplicates.led_to(reader, ids)
    apart = {frozenset((each.one, each.other)) for each in queue.different}
    put_off = {tuple(pair) for pair in json.loads(setting(reader, LATER) or "[]")}
    open_ = _open_pairs(kept.review, now, apart)
    return replace(
        queue, looked_at=kept.at, looked_by=kept.rules, compared=kept.compared, among=kept.among,
        stale=kept.rules != queue.rules
        or found_duplicates.changed_since(reader, kept.edit)
        or any(_is_broken(group, now, apart) for group in kept.groups),
        automatic=_by_rule(_open_groups(kept.groups, now, apart)),
        waiting=tuple(each for each in open_ if each.key not in put_off),
        later=tuple(each for each in open_ if each.key in put_off),
        suggested=len(kept.review),
    )  # fmt: skip


def _open_pairs(
    review: Sequence[Suggestion], now: Mapping[int, int], apart: set[frozenset[int]]
) -> list[Suggestion]:
    found: dict[frozenset[int], Suggestion] = {}
    for each in review:
        one, other = (now.get(at) for at in each.key)
        if one is None or other is None or one == other or frozenset((one, other)) in apart:
            continue
        found.setdefault(frozenset((one, other)), replace(each, one=one, other=other))
    return list(found.values())


def _open_groups(groups: Sequence[Group], now: Mapping[int, int], apart: set[frozenset[int]]) -> list[Group]:
    """Return the groups as their references are now; one in which two were judged different is no group."""
    found = []
    for group in groups:
        members = tuple(sorted({now[at] for at in group.references if at in now}))
        if len(members) < 2 or any(pair <= set(members) for pair in apart):
            continue
        matches = (
            Match(now[match.one], now[match.other], match.rule, match.found)
            for match in group.matches
            if match.one in now and match.other in now
        )
        found.append(Group(members, tuple(match for match in matches if match.one != match.other)))
    return found


def _is_broken(group: Group, now: Mapping[int, int], apart: set[frozenset[int]]) -> bool:
    """Whether two of a larger group were judged different, so that the rest is to be grouped anew."""
    members = {now[at] for at in group.references if at in now}
    return len(members) > 2 and any(pair <= members for pair in apart)


def _by_rule(groups: Sequence[Group]) -> tuple[RuleGroups, ...]:
    order = {rule.name: at for at, rule in enumerate(STANDARD.same)}
    found: dict[Rule, list[Group]] = {}
    for group in groups:
        if group.matches:
            weakest = max((match.rule for match in group.matches), key=lambda rule: order[rule.name])
            found.setdefault(weakest, []).append(group)
    return tuple(
        RuleGroups(rule, tuple(found[rule]), sum(len(group.references) for group in found[rule]))
        for rule in sorted(found, key=lambda each: order[each.name])
    )


def waiting(reader: Reader) -> int:
    """Return how many pairs wait for a person, fast enough to be asked after every edit."""
    pairs = [tuple(pair) for pair in json.loads(setting(reader, PAIRS) or "[]")]
    if not pairs:
        return 0
    now = found_duplicates.led_to(reader, {at for pair in pairs for at in pair})
    apart = {frozenset(pair) for pair in duplicates.judged_different(reader)}
    ends = ((now.get(one), now.get(other)) for one, other in pairs)
    live = {frozenset(pair) for pair in ends if None not in pair and pair[0] != pair[1]}
    return len(live - apart)
