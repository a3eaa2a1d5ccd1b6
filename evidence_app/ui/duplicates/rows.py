"""What stands in the list at the left: headings, rules, pairs, merged works; as rows of data."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from evidence_app.domain.edit import counted
from evidence_app.services.deduplication.queue import Queue, RuleGroups, Suggestion
from evidence_app.storage.found_duplicates import JudgedPair, Named


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over rows."""

    words: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule that merges automatically, with the groups it holds together."""

    found: RuleGroups

    @property
    def key(self) -> tuple[object, ...]:
        """What the row is found again by."""
        return ("rule", self.found.rule.name)


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair that waits for a person, or was put off."""

    pair: Suggestion
    named: Named
    is_later: bool

    @property
    def key(self) -> tuple[object, ...]:
        """What the row is found again by."""
        return ("pair", *self.pair.key)


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A work that others were merged into."""

    kept: int
    merged: tuple[int, ...]
    named: Named

    @property
    def key(self) -> tuple[object, ...]:
        """What the row is found again by."""
        return ("merged", self.kept)


@dataclass(frozen=True, slots=True)
class DifferentRow:
    """Two references judged to be two works."""

    judged: JudgedPair
    named: Named

    @property
    def key(self) -> tuple[object, ...]:
        """What the row is found again by."""
        return ("different", self.judged.id)


Row = Head | RuleRow | PairRow | MergedRow | DifferentRow
Key = tuple[object, ...]


def key_of(row: Row | None) -> Key:
    """Return what a row is found again by; nothing for a heading."""
    return () if row is None or isinstance(row, Head) else row.key


def rows_of(queue: Queue, shown: str, gone: Set[Key] = frozenset()) -> list[Row]:
    """Return the rows of the list: what waits, what was merged, or what was judged different.

    Pairs that are `gone` are being written, and are not shown any more."""
    if shown == "merged":
        return _merged(queue)
    if shown == "different":
        return _different(queue)
    return [
        *_rules(queue),
        *_pairs(queue, [each for each in queue.waiting if ("pair", *each.key) not in gone], later=False),
        *_pairs(queue, [each for each in queue.later if ("pair", *each.key) not in gone], later=True),
    ]


def _named(queue: Queue, row: int) -> Named:
    return queue.names.get(row) or Named(id=row, label="A reference that is gone", title="")


def _rules(queue: Queue) -> list[Row]:
    if not queue.automatic:
        return []
    return [
        Head("The same beyond doubt", counted(queue.removable, "duplicate")),
        *map(RuleRow, queue.automatic),
    ]


def _pairs(queue: Queue, pairs: Sequence[Suggestion], *, later: bool) -> list[Row]:
    if not pairs:
        return []
    words = f"{counted(len(pairs), 'pair')} {'put off' if later else 'to judge'}"
    rows = [PairRow(each, _named(queue, each.one), later) for each in pairs]
    return [Head(words, "Likeness"), *rows]


def _merged(queue: Queue) -> list[Row]:
    if not queue.merged:
        return []
    rows = [MergedRow(kept, tuple(others), _named(queue, kept)) for kept, others in queue.merged.items()]
    number = sum(len(row.merged) for row in rows)
    return [Head(f"{counted(len(rows), 'work')} of {number + len(rows):,} records", "Records"), *rows]


def _different(queue: Queue) -> list[Row]:
    if not queue.different:
        return []
    rows = [DifferentRow(each, _named(queue, each.one)) for each in queue.different]
    return [Head(f"{counted(len(rows), 'pair')} judged different"), *rows]


def spoken(row: Row) -> str:
    """Return a row as a screen reader says it."""
    match row:
        case Head():
            return f"{row.words}, {row.beside}".strip(", ")
        case RuleRow():
            return f"Rule: {row.found.rule.label}, {counted(row.found.removed, 'duplicate')}"
        case PairRow():
            return f"{row.named.label}, {row.pair.likeness} % alike, {row.named.title}"
        case MergedRow():
            return f"{row.named.label}, {counted(len(row.merged) + 1, 'record')}, {row.named.title}"
        case DifferentRow():
            return f"{row.named.label}, judged different, {row.named.title}"
