"""What is written into the log of searches: each act is one edit."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from evidence_app.domain.edit import (
    THIS_EDIT,
    Change,
    Edit,
    RowOf,
    SetWhere,
    counted,
    insert,
    remove,
    set_columns,
)
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.searches.days import read_days, shown_days
from evidence_app.services.searches.kinds import form_of
from evidence_app.storage.searches import KeptWork, LoggedSearch

OF_SOURCE: Final = {"name": "name", "platform": "platform", "kind": "kind", "source_note": "note"}
"""The fields that are said of the source, and their columns there."""


def shown(search: LoggedSearch, column: str) -> str:
    """Return the value of a field of the form as it is shown; nothing where it is not reported."""
    if column in OF_SOURCE:
        return str({"name": search.name, "platform": search.platform, "kind": search.kind,
                    "source_note": search.source_note}[column])  # fmt: skip
    if column == "run":
        return shown_days(search.text("searched_from"), search.text("searched_to"))
    if column in ("claimed", "seen", "kept"):
        number = search.number(column)
        return "" if number is None else f"{number:,}"
    return search.text(column)


def set_field(search: LoggedSearch, column: str, text: str) -> Edit:
    """Return the edit that gives a field of the form what was typed; a source gets its first run by it.

    Raises `EvidenceError` for a number or a date that is none."""
    label = f"Change {_label(search, column)} of {search.name}"
    if column in OF_SOURCE:
        text = text.strip()
        if column == "name" and not text:
            raise EvidenceError("A source needs a name. It was left as it was.")
        before = {OF_SOURCE[column]: shown(search, column)}
        return Edit(label, tuple(set_columns("source", search.source, before, {OF_SOURCE[column]: text})))
    after = _values(column, text)
    if search.search is None:
        said = {name: value for name, value in after.items() if value not in ("", None)}
        if not said:
            return Edit(label)
        return Edit(label, (insert("search", source=search.source, **said),))
    before = {name: search.values[name] for name in after}
    return Edit(label, tuple(set_columns("search", search.search, before, after)))


def _label(search: LoggedSearch, column: str) -> str:
    if column == "query":
        return "the query"
    fields = (field for row in form_of(search.kind) for field in row)
    found = next((field.label for field in fields if field.column == column), column.replace("_", " "))
    return f"“{found}”"


def _values(column: str, text: str) -> dict[str, Any]:
    if column == "run":
        first, last = read_days(text)
        return {"searched_from": first, "searched_to": last}
    if column in ("claimed", "seen", "kept"):
        return {column: read_number(text)}
    return {column: text if column == "query" else text.strip()}


def read_number(text: str) -> int | None:
    """Read a number as it is typed, with or without separators; nothing, or a dash, is not reported.

    Raises `EvidenceError` for anything else."""
    bare = "".join(text.replace(",", "").replace("\u202f", "").split())
    if bare.lower() in ("", "-", "–", "?", "notreported"):
        return None
    if not bare.isascii() or not bare.isdigit() or len(bare) > 9:
        raise EvidenceError(f"“{text.strip()}” is not a number of records. It was left as it was.")
    return int(bare)


def new_search(name: str, kind: str, position: float, *, platform: str = "", **said: Any) -> Edit:
    """Return the edit that enters a source with its first run; `said` holds columns of the search."""
    source = insert("source", name=name.strip(), kind=kind, platform=platform.strip(), position=position)
    search = insert("search", source=RowOf("source", source.guid), **said)
    return Edit(f"Add the search of {name.strip()}", (source, search))


def another_run(search: LoggedSearch) -> Edit:
    """Return the edit that enters one more run on the same source, with the query of this one."""
    made = insert("search", source=search.source, query=search.text("query"), indexes=search.text("indexes"))
    return Edit(f"Add a run of {search.name}", (made,))


def remove_search(search: LoggedSearch, references: Sequence[int], *, runs_left: int = 0) -> Edit:
    """Return the edit that takes a search out, with the references that it alone brought in.

    The source goes too when no other run of it is left. The records stay in the file, marked."""
    changes: list[Change] = []
    if search.search is not None:
        changes.append(remove("search", search.search))
    if references:
        changes.append(SetWhere("reference", "removed", THIS_EDIT, references))
    if not runs_left:
        changes.append(remove("source", search.source))
    return Edit(f"Remove the search of {search.name}", tuple(changes))


def keep_work(
    search: LoggedSearch, reference: int, rank: int | None, note: str = "", label: str = "a work"
) -> Edit:
    """Return the edit that notes a work kept from a search without a file, with its place there."""
    change, row = with_run(search)
    made = insert("search_work", search=row, reference=reference, rank=rank, note=note.strip())
    return Edit(f"Keep {label} from {search.name}", (*change, made))


def change_kept(work: KeptWork, rank: int | None, note: str) -> Edit:
    """Return the edit that corrects the place of a kept work, or the note on it."""
    before: Mapping[str, Any] = {"rank": work.rank, "note": work.note}
    changes = set_columns("search_work", work.id, before, {"rank": rank, "note": note.strip()})
    return Edit("Change the place of a kept work", tuple(changes))


def drop_work(work: KeptWork) -> Edit:
    """Return the edit that takes a kept work off its search; the reference stays in the library."""
    return Edit("Take a kept work off its search", (remove("search_work", work.id),))


def with_run(search: LoggedSearch) -> tuple[tuple[Change, ...], int | RowOf]:
    """Return the row of the run, and the change that makes it where the source has none yet."""
    if search.search is not None:
        return (), search.search
    made = insert("search", source=search.source)
    return (made,), RowOf("search", made.guid)


def records_fact(searches: Sequence[tuple[LoggedSearch, int | None, bool]]) -> str:
    """Return the one fact about all databases: each with its number, and whether it was typed."""
    known = [(number, typed) for _, number, typed in searches if number is not None]
    if not known:
        return counted(len(searches), "database") if searches else ""
    total = sum(number for number, _ in known)
    typed_total = sum(number for number, typed in known if typed)
    how = " typed" if typed_total == total else f" ({typed_total:,} typed)" if typed_total else ""
    fact = f"{counted(total, 'record')}{how} from {counted(len(known), 'database')}"
    missing = len(searches) - len(known)
    return f"{fact}, {missing} not reported" if missing else fact
