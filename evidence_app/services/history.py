"""The history in the user's words: what each edit was about, what it changed, and what stands in its way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from evidence_app.domain.edit import counted
from evidence_app.services.edit_areas import AREAS
from evidence_app.services.row_names import SILENT, UNSAID, RowNames, table_words
from evidence_app.storage import history, trail
from evidence_app.storage.connections import Reader
from evidence_app.storage.history import PastChange
from evidence_app.storage.trail import Asked, Moved, TrailLine

MOST: Final = 60
"""Changes of one edit that are told; of an edit of more the rest is counted."""


class Place(NamedTuple):
    """Where the window shows what an edit was about: reference, block or theme, and its row."""

    kind: str
    row: int


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One edit as a list shows it."""

    edit: TrailLine
    area: str
    what: str
    """How much it changed, or which edit it takes back."""
    state: str
    """What became of it: "undone by 1,313", "changed later", "cannot be taken back"."""

    @property
    def label(self) -> str:
        """The label, with what kind of edit it is."""
        kind = {"undo": "Undo: ", "redo": "Redo: "}.get(self.edit.kind, "")
        return f"{kind}{self.edit.label}"

    @property
    def day(self) -> date:
        """The day at the place where the window is."""
        return datetime.fromisoformat(self.edit.at).astimezone().date()

    @property
    def time(self) -> str:
        """The time at the place where the window is."""
        return f"{datetime.fromisoformat(self.edit.at).astimezone():%H:%M}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many edits there are: all, by area, taken back, and by person (row, name, edits)."""

    total: int
    taken_back: int
    areas: Mapping[str, int]
    persons: tuple[trail.TrailPerson, ...]
    next_undo: int | None


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One thing an edit changed: what it is called, its text before and after, and whether it moved on."""

    where: str
    before: str
    after: str
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One edit told: its line, its changes, how many more there are, what is in the way, where it was."""

    line: HistoryLine
    changes: tuple[ShownChange, ...]
    more: int
    obstacle: str
    origin: str
    place: Place | None


# -- the list


def lines(
    reader: Reader, asked: Asked, limit: int = trail.PAGE, before: int | None = None
) -> list[HistoryLine]:
    """Return the newest edits that were asked for, at most `limit`, older than edit `before`."""
    return [told(line) for line in trail.lines(reader, asked, limit, before)]


def told(line: TrailLine) -> HistoryLine:
    """Return an edit with its area, what it changed and what became of it."""
    return HistoryLine(line, area_of(line), _what(line), _state(line))


def area_of(line: TrailLine) -> str:
    """Return the key of the area an edit happened in: that of the first table it changed."""
    for table in line.rows:
        for key, area in AREAS.items():
            if table in area.tables:
                return key
    return ""


def asked_for(words: str = "", area: str = "", person: int | None = None) -> Asked:
    """Return the question for edits of an area (or "taken back") by a person, with these words."""
    tables = AREAS[area].tables if area in AREAS else frozenset[str]()
    return Asked(words=words, person=person, tables=tables, taken_back=area == "taken back")


def counts(reader: Reader, person: str) -> Counted:
    """Return how many edits there are; `person` is the guid of who would undo."""
    found = trail.counts(reader)
    by_area = {
        key: len({edit for edit, table in found.tables if table in area.tables})
        for key, area in AREAS.items()
    }
    return Counted(found.total, found.taken_back, by_area, found.persons, trail.next_undo(reader, person))


def _what(line: TrailLine) -> str:
    if line.about is not None:
        return f"of edit {line.about:,}"
    table, number = next(((each, n) for each, n in line.rows.items() if each not in SILENT), ("", 0))
    if number > 1:
        return table_words(table, number)
    area = area_of(line)
    return AREAS[area].name if area else ""


def _state(line: TrailLine) -> str:
    if line.taken_back:
        return f"undone by {line.turned_by:,}"
    if line.turned_by is not None:
        return f"done again by {line.turned_by:,}"
    if line.forgotten:
        return "cannot be taken back"
    return "changed later" if line.changed_later else ""


def day_words(day: date, today: date) -> str:
    """Return a day as a heading: Today, Yesterday, 14 June, or with its year where that is another."""
    named = f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B} {day.year}"
    if day == today:
        return "Today"
    return f"Yesterday, {named}" if (today - day).days == 1 else named


# -- one edit


def story(reader: Reader, edit: int) -> Story | None:
    """Return what an edit changed in words, and what stands in the way of taking it back."""
    line = trail.line(reader, edit)
    if line is None:
        return None
    names = RowNames(reader)
    past = history.changes(reader, edit, MOST * 4)
    moved = list(trail.moved_on(reader, edit)) if line.turned_by is None and line.kind != "undo" else []
    noted = {(each.table, each.row, each.column) for each in moved}
    shown = [each for change in past for each in _shown(change, names, noted, edit)]
    shown = [*_without_runs(shown), *_reordered(past, names)]
    kept = trail.how_many_changes(reader, edit)
    more = max(0, len(shown) - MOST) + max(0, kept - len(past))
    place = next((each.place for each in shown if each.place), None) or _first_place(past, names)
    return Story(
        told(line), tuple(shown[:MOST]), more, _obstacle(reader, line, moved), _origin(past, names), place
    )


def _shown(
    change: PastChange, names: RowNames, moved: set[tuple[str, int, str]], edit: int
) -> Iterator[ShownChange]:
    table, row = change.table, change.row
    if change.change == "where":
        yield from _alike(change, names, edit)
    elif change.change in ("range", "hidden"):
        words = "added" if change.change == "range" else "taken out"
        yield ShownChange(
            table_words(table, 2)[2:].capitalize(), "", f"{table_words(table, change.rows)} {words}"
        )
    elif row is None:
        return
    elif change.change == "insert":
        yield from _came(table, row, names, gone=False, note=_note((table, row, "") in moved))
    elif "removed" in change.after:
        yield from _came(table, row, names, gone=change.after["removed"] is not None)
    elif table not in SILENT or table == "anchor":
        yield from _columns(change, row, names, moved)


def _came(table: str, row: int, names: RowNames, *, gone: bool, note: str = "") -> Iterator[ShownChange]:
    essence = names.essence(table, row)
    if essence is not None:
        where, words = essence
        place = place_of(table, row, names)
        yield ShownChange(where, words if gone else "", "" if gone else words, note, place)


def _columns(
    change: PastChange, row: int, names: RowNames, moved: set[tuple[str, int, str]]
) -> Iterator[ShownChange]:
    table = change.table
    unsaid = UNSAID.get(table, frozenset())
    place = place_of(table, row, names)
    for column, after in change.after.items():
        if column in unsaid or column == "position":
            continue
        note = _note((table, row, column) in moved)
        before = names.value(table, column, change.before.get(column))
        where = names.column(table, row, column)
        yield ShownChange(where, before, names.value(table, column, after), note, place)


def _reordered(past: Iterable[PastChange], names: RowNames) -> Iterator[ShownChange]:
    """Tell of a new order; numbers that were only counted anew are not told."""
    moved: dict[str, list[tuple[float, float, int]]] = {}
    for each in past:
        if each.change == "columns" and each.row is not None and each.after.get("position") is not None:
            old, new = float(each.before.get("position") or 0), float(each.after["position"])
            moved.setdefault(each.table, []).append((old, new, each.row))
    for table, places in moved.items():
        before = [row for _, _, row in sorted(places)]
        after = [row for _, _, row in sorted(places, key=lambda each: each[1:])]
        if len(places) == 1:
            old, new, only = places[0]
            words = "moved down" if new > old else "moved up"
            where = f"Place of {names.name(table, only)}"
            yield ShownChange(where, "", words, "", place_of(table, only, names))
        elif before != after:
            old_order, new_order = (_listed(table, rows, names) for rows in (before, after))
            yield ShownChange(f"Order of {table_words(table, len(places))}", old_order, new_order)


def _listed(table: str, rows: Iterable[int], names: RowNames) -> str:
    return "; ".join(names.name(table, row) for row in rows)


def _note(moved: object) -> str:
    return "changed later" if moved else ""


def _alike(change: PastChange, names: RowNames, edit: int) -> Iterator[ShownChange]:
    """Tell of one column of many rows."""
    table, column = change.table, change.column or ""
    if column in UNSAID.get(table, frozenset()) or table in SILENT:
        return
    for each in trail.rows_before(names.reader, edit, table, column, MOST):
        place = place_of(table, each.row, names)
        if column == "removed":
            yield from _came(table, each.row, names, gone=each.after is not None)
            continue
        before, after = names.value(table, column, each.before), names.value(table, column, each.after)
        yield ShownChange(names.column(table, each.row, column), before, after, "", place)


def _without_runs(shown: list[ShownChange]) -> list[ShownChange]:
    """Leave out the plain text of a passage where its text with citations is told too."""
    runs = {each.where.removeprefix("Marks and citations of ") for each in shown if "Marks and" in each.where}
    kept = []
    for each in shown:
        told_twice = each.where.startswith("Text of ") and each.where.removeprefix("Text of ") in runs
        passage = each.where.removeprefix("Marks and citations of ")
        if passage != each.where:
            words = "Text" if each.before != each.after else "Marks"
            kept.append(replace(each, where=f"{words} of {passage}"))
        elif not told_twice:
            kept.append(each)
    return kept


def _obstacle(reader: Reader, line: TrailLine, moved: list[Moved]) -> str:
    if line.forgotten:
        return (
            "This edit cannot be taken back: the review begins with it, it did not end, or it is so old that "
            "what that needs is no longer kept. Its line here always is."
        )
    if line.taken_back or not moved:
        return ""
    later = {each.later for each in moved if each.later is not None}
    values = {(each.table, each.row, each.column) for each in moved if _is_told(each)}
    fields = f"{counted(len(values), 'value')} of this edit" if values else "what this edit did"
    if not later:
        return "What this edit did has changed since, so it cannot be taken back as it is."
    edit = trail.line(reader, max(later))
    if edit is None:
        return ""
    by = f" by {edit.person}" if edit.person else ""
    more = f" and {counted(len(later) - 1, 'other edit')}" if len(later) > 1 else ""
    return (
        f"Edit {edit.id:,}{by} ({edit.label}){more} changed {fields} later, so it cannot be taken "
        f"back yet. Undo that first."
    )


def _is_told(moved: Moved) -> bool:
    return moved.table not in SILENT and moved.column not in UNSAID.get(moved.table, frozenset())


def _origin(past: Iterable[PastChange], names: RowNames) -> str:
    """Return where new values came from, if the edit says so."""
    for change in past:
        if change.table == "provenance" and change.row is not None:
            row = names.row("provenance", change.row)
            origin = change.after.get("origin") or (row["origin"] if row else "")
            source = change.after.get("source") or (row["source"] if row else "")
            if origin == "crossref":
                return f"From Crossref: {source}" if source else "From Crossref"
    return ""


def place_of(table: str, row: int, names: RowNames) -> Place | None:
    """Return where the window shows a row that is in the review now."""
    found = names.row(table, row)
    if found is None:
        return None
    target: tuple[str, int | None] = (table, row)
    match table:
        case "anchor":
            target = ("block", found["block"])
        case "citation":
            anchor = names.row("anchor", found["anchor"])
            target = ("block", anchor["block"] if anchor else None)
        case "theme_parent":
            target = ("theme", found["theme"])
        case _ if table not in ("reference", "block", "theme"):
            target = ("reference", found.get("reference"))
    kind, at = target
    return Place(kind, at) if at is not None and trail.is_live(names.reader, kind, at) else None


def _first_place(past: Iterable[PastChange], names: RowNames) -> Place | None:
    found = (place_of(each.table, each.row, names) for each in past if each.row is not None)
    return next((place for place in found if place is not None), None)
