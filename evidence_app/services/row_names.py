"""What rows and columns of the project are called in the user's words: "Title of Evans 2013"."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from evidence_app.domain.manuscript import AnchorPlace, runs_from_json
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.services.checks.rules import rule_named
from evidence_app.services.coding import row_words as coding_words
from evidence_app.services.flow import row_words as flow_words
from evidence_app.services.library.fields import label_of, shown_value, type_label
from evidence_app.services.screening import row_words as screening_words
from evidence_app.services.studies import row_words as study_words
from evidence_app.services.synthesis import row_words as board_words
from evidence_app.storage import trail
from evidence_app.storage.connections import Reader
from evidence_app.storage.references import item_of
from evidence_app.storage.schema import CSL_COLUMNS

Row = Mapping[str, Any]
_LONGEST: Final = 48

UNSAID: Final[Mapping[str, frozenset[str]]] = {
    "reference": frozenset(("sort_title", "sort_author", "year", "checked_by", "changed_since_check")),
    "note": frozenset(("person", "at")),
    "waiver": frozenset(("person", "at")),
    "absence": frozenset(("person", "at")),
    "cell_summary": frozenset(("person", "at")),
    "cell_mark": frozenset(("person", "at", "kind")),
    "provenance": frozenset(("origin", "at", "source", "variable")),
    "attachment": frozenset(("sha256", "size")),
    "capture": frozenset(("sha256", "size")),
    **coding_words.UNSAID,
    **flow_words.UNSAID,
    **screening_words.UNSAID,
    **board_words.UNSAID,
    **study_words.UNSAID,
}
"""Columns that only follow from others."""
SILENT: Final = frozenset(("provenance", "anchor", "tag", "record", "bibliography", "search_file"))
"""Tables whose rows come and go with others that say more."""

_COLUMNS: Final[Mapping[tuple[str, str], str]] = {
    ("reference", "standing"): "Set", ("reference", "checked_at"): "Checked against the original",
    ("reference", "merged_into"): "Merged into", ("reference", "type"): "Type",
    ("block", "runs"): "Marks and citations", ("block", "kind"): "Kind", ("anchor", "role"): "Role",
    ("citation", "label"): "Kind of locator", ("review", "short_title"): "Short title",
    ("review", "facts"): "Facts", ("stated_number", "state"): "State", ("stated_number", "basis"): "Source",
    ("characteristic", "state"): "State", ("characteristic", "basis"): "Source",
    ("search", "searched_from"): "First day", ("search", "searched_to"): "Last day",
    ("search", "claimed"): "Records found", ("bibliography_entry", "number"): "Citation number",
    **coding_words.COLUMNS, **flow_words.COLUMNS, **screening_words.COLUMNS,
    **board_words.COLUMNS, **study_words.COLUMNS,
}  # fmt: skip
_SETS: Final = {"included": "Included", "background": "Background"}
_TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "reference": ("reference", ""), "block": ("passage", ""), "citation": ("citation", ""),
    "anchor": ("place of citations", "places of citations"), "theme": ("theme", ""),
    "theme_parent": ("link between themes", "links between themes"), "section": ("section", ""),
    "reference_tag": ("tag", ""), "note": ("note", ""), "attachment": ("file", ""), "waiver": ("waiver", ""),
    "characteristic": ("characteristic", ""), "question": ("research question", ""),
    "criterion": ("criterion", "criteria"), "search": ("search", "searches"), "source": ("source", ""),
    "stated_number": ("stated number", ""), "saved_search": ("saved search", "saved searches"),
    "bibliography_entry": ("citation number", ""), "study": ("study", "studies"), "record": ("record", ""),
    "search_file": ("file of a search", "files of searches"), "search_work": ("kept work", ""),
    "capture": ("captured page", ""),
    "absence": ("mark “looked at, absent”", "marks “looked at, absent”"),
    "cell_summary": ("framework summary", "framework summaries"),
    "cell_mark": ("word on a cell of the matrix", "words on cells of the matrix"),
    "packet": ("reviewer packet", ""), "packet_answer": ("answer to a packet", "answers to packets"),
    "field_conflict": ("field changed on both sides", "fields changed on both sides"),
    "passage": ("text of the summary", "texts of the summary"), "person": ("person", ""),
    **coding_words.TABLES, **flow_words.TABLES, **screening_words.TABLES, **study_words.TABLES,
    **board_words.TABLES,
}  # fmt: skip


def table_words(table: str, number: int) -> str:
    """Return a number of rows in words: "12 references"."""
    one, many = _TABLES.get(table, (table.replace("_", " "), ""))
    return f"{number:,} {one if number == 1 else many or one + 's'}"


class RowNames:
    """Names rows of one project as they are now; each row is read once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._rows: dict[tuple[str, int], Row | None] = {}

    def row(self, table: str, row: int | None) -> Row | None:
        """Return a row, one that was removed too."""
        if row is None:
            return None
        key = (table, row)
        if key not in self._rows:
            self._rows[key] = trail.row_of(self.reader, table, row)
        return self._rows[key]

    def name(self, table: str, row: int | None) -> str:
        """Return what a row is called inside a sentence."""
        found = self.row(table, row)
        if found is None:
            return f"a {table_words(table, 1)[2:]} that is gone"
        namer = _NAMERS.get(table)
        return namer(self, found) if namer else f"{table_words(table, 1)[2:]} {row}"

    def essence(self, table: str, row: int) -> tuple[str, str] | None:
        """Return what a row is, and the words it holds: for one made or removed; None if silent."""
        found = self.row(table, row)
        if found is None or table in SILENT:
            return None
        teller = _ESSENCES.get(table)
        if teller is not None:
            return teller(self, found)
        return f"{table_words(table, 1)[2:].capitalize()}", _first_text(found)

    def column(self, table: str, row: int, column: str) -> str:
        """Return what a column of a row is called: "Title of Evans 2013"."""
        known = _COLUMNS.get((table, column))
        if table == "review":
            return f"{known or _words(column).capitalize()} of the review"
        if table == "characteristic" and column == "value":
            found = self.row(table, row)
            known = _words(str(found["name"])).capitalize() if found else None
            name = self.name("reference", found["reference"] if found else None)
            return f"{known or 'Characteristic'} of {name}"
        if known is None and table == "reference" and column in CSL_COLUMNS:
            found = self.row(table, row)
            known = label_of(CSL_COLUMNS[column], str(found["type"]) if found else "")
        return f"{known or _words(column).capitalize()} of {self.name(table, row)}"

    def value(self, table: str, column: str, value: Any) -> str:
        """Return a stored value as the user would write it; nothing stored is nothing said."""
        if value in (None, "", "[]", "{}"):
            return ""
        if table == "reference" and column in CSL_COLUMNS:
            item = item_of({"type": "document", column: value})
            variable = CSL_COLUMNS[column]
            return shown_value(variable, item.get(variable))
        if (table, column) in _VALUES:
            return _VALUES[table, column](self, value)
        if column in _REFERS:
            own = column in ("parent", "merged_into") and table in ("section", "code")
            other = table if own else _REFERS[column]
            return self.name(other, int(value))
        if column == "runs":
            return text_of_runs(str(value))
        if isinstance(value, str) and value[:1] in "[{":
            return _flat(value)
        return str(value)


def text_of_runs(stored: str) -> str:
    """Return runs as text, a citation as […]."""
    try:
        runs = runs_from_json(json.loads(stored))
    except (ValueError, KeyError, TypeError, IndexError):
        return stored
    return "".join("[…]" if isinstance(run, AnchorPlace) else run.text for run in runs)


def moment(stored: str) -> str:
    """Return a stored moment as a day and a time of this place."""
    try:
        at = datetime.fromisoformat(stored).astimezone()
    except ValueError:
        return stored
    return f"{at.day} {at:%B} {at.year}, {at:%H:%M}"


def quoted(text: str) -> str:
    """Return the first words of a text in quotation marks."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return f"“{text}”"


def _flat(stored: str) -> str:
    try:
        held = json.loads(stored)
    except ValueError:
        return stored
    if isinstance(held, dict):
        return "; ".join(f"{_words(str(key))}: {value}" for key, value in held.items())
    return ", ".join(str(each) for each in held) if isinstance(held, list) else stored


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _first_text(row: Row) -> str:
    for column in ("title", "name", "label", "text", "value"):
        if row.get(column):
            return str(row[column])
    return f"Number {row['id']}"


def _reference(row: Row) -> Reference:
    return Reference(id=ReferenceId(row["id"]), guid=str(row["guid"]), item=item_of(row))


def _reference_name(_names: RowNames, row: Row) -> str:
    return _reference(row).short_label


def _block_name(_names: RowNames, row: Row) -> str:
    return quoted(str(row["text"])) if str(row["text"]).strip() else "a passage without words"


def _title_name(column: str) -> Callable[[RowNames, Row], str]:
    def named(_names: RowNames, row: Row) -> str:
        return quoted(str(row[column])) if row[column] else f"number {row['id']}"

    return named


_PLACES: Final = tuple(
    (name, name) for name in ("reference", "theme", "block", "code", "quotation", "document")
)


def _place_of(names: RowNames, row: Row) -> str:
    for column, table in _PLACES:
        if row.get(column) is not None:
            return names.name(table, row[column])
    return "the review"


def _anchor_name(names: RowNames, row: Row) -> str:
    return f"the citation in {names.name('block', row['block'])}"


def _citation_name(names: RowNames, row: Row) -> str:
    anchor = names.row("anchor", row["anchor"])
    place = names.name("block", anchor["block"]) if anchor else "a passage that is gone"
    return f"{names.name('reference', row['reference'])} in {place}"


def _cell_name(names: RowNames, row: Row) -> str:
    return f"{names.name('theme', row['theme'])} in {names.name('reference', row['reference'])}"


def _mark_name(names: RowNames, row: Row) -> str:
    value = f"“{_words(str(row['name']))}: {row['value']}”"
    of = names.name("code", row["code"]) if row["code"] is not None else value
    return f"{of} in {names.name('reference', row['reference'])}"


def _mark_words(names: RowNames, row: Row) -> tuple[str, str]:
    if row["kind"] == "absent":
        return "Looked at, absent", _mark_name(names, row)
    return f"Framework summary of {_mark_name(names, row)}", str(row["text"])


def _waiver_name(_names: RowNames, row: Row) -> str:
    rule = rule_named(str(row["rule"]))
    return quoted(rule.title if rule else str(row["rule"]))


def _of(what: str) -> Callable[[RowNames, Row], str]:
    def named(names: RowNames, row: Row) -> str:
        return f"{what} {_place_of(names, row)}"

    return named


_NAMERS: Final[Mapping[str, Callable[[RowNames, Row], str]]] = {
    "reference": _reference_name, "block": _block_name, "anchor": _anchor_name, "citation": _citation_name,
    "theme": _title_name("name"), "section": _title_name("title"), "tag": _title_name("name"),
    "question": _title_name("text"), "criterion": _title_name("text"), "source": _title_name("name"),
    "stated_number": _title_name("label"), "saved_search": _title_name("name"), "person": _title_name("name"),
    "theme_parent": lambda names, row: names.name("theme", row["theme"]), "waiver": _waiver_name,
    "search": lambda names, row: f"the search in {names.name('source', row['source'])}",
    "absence": lambda names, row: f"“looked at, absent” for {_cell_name(names, row)}",
    "cell_summary": lambda names, row: f"the framework summary of {_cell_name(names, row)}",
    "cell_mark": lambda names, row: f"what was said of {_mark_name(names, row)}",
    "note": _of("the note on"), "attachment": _of("the file of"),
    "characteristic": _of("a characteristic of"),
    "reference_tag": _of("a tag of"), "bibliography_entry": _place_of, "provenance": _place_of,
    "review": lambda _names, _row: "the review", **coding_words.NAMERS, **flow_words.NAMERS,
    **screening_words.NAMERS, **board_words.NAMERS, **study_words.NAMERS,
}  # fmt: skip


def _citation_words(names: RowNames, row: Row) -> tuple[str, str]:
    anchor = names.row("anchor", row["anchor"])
    place = names.name("block", anchor["block"]) if anchor else "a passage that is gone"
    locator = f", {row['label']} {row['locator']}" if row["locator"] else ""
    return f"Citation in {place}", names.name("reference", row["reference"]) + locator


def _reference_words(_names: RowNames, row: Row) -> tuple[str, str]:
    reference = _reference(row)
    kind = type_label(str(row["type"]))
    title = f"{reference.short_label}: {reference.title}" if reference.authors else reference.title
    return f"Reference ({kind[:1].lower()}{kind[1:]})", title


def _waiver_words(_names: RowNames, row: Row) -> tuple[str, str]:
    return f"Reason for waiving {_waiver_name(_names, row)}", str(row["reason"])


def _held(what: str, column: str) -> Callable[[RowNames, Row], tuple[str, str]]:
    def told(names: RowNames, row: Row) -> tuple[str, str]:
        return f"{what} {_place_of(names, row)}", str(row[column])

    return told


_ESSENCES: Final[Mapping[str, Callable[[RowNames, Row], tuple[str, str]]]] = {
    "reference": _reference_words, "citation": _citation_words, "waiver": _waiver_words,
    "block": lambda names, row: (f"Passage in {names.name('section', row['section'])}",
                                 text_of_runs(str(row["runs"]))),
    "theme_parent": lambda names, row: (f"Place of {names.name('theme', row['theme'])} in the outline",
                                        f"under {names.name('theme', row['parent'])}"),
    "reference_tag": lambda names, row: (f"Tags of {names.name('reference', row['reference'])}",
                                         names.name("tag", row["tag"]).strip("“”")),
    "absence": lambda names, row: ("Looked at, absent", _cell_name(names, row)),
    "cell_summary": lambda names, row: (f"Framework summary of {_cell_name(names, row)}", str(row["text"])),
    "cell_mark": _mark_words,
    "note": _held("Note on", "text"), "attachment": _held("File of", "name"),
    "bibliography_entry": _held("Citation number of", "number"),
    "characteristic": lambda names, row: (
        f"{_words(str(row['name'])).capitalize()} of {_place_of(names, row)}", str(row["value"])),
    "saved_search": lambda _names, row: ("Saved search", f"{row['name']}: {row['query']}"),
    "stated_number": lambda _names, row: (str(row["label"]), str(row["value"] or row["state"])),
    "search": lambda names, row: ("Search", names.name("source", row["source"])),
    "study_report": lambda names, row: ("Report of a study", names.name("reference", row["reference"])),
    **coding_words.ESSENCES, **flow_words.ESSENCES, **screening_words.ESSENCES, **study_words.ESSENCES,
    **board_words.ESSENCES,
}  # fmt: skip


def _capital(_names: RowNames, value: Any) -> str:
    return str(value)[:1].upper() + str(value)[1:]


_VALUES: Final[Mapping[tuple[str, str], Callable[[RowNames, Any], str]]] = {
    ("reference", "standing"): lambda _names, value: _SETS.get(str(value), str(value)),
    ("reference", "checked_at"): lambda _names, value: moment(str(value)),
    ("reference", "type"): lambda _names, value: type_label(str(value)),
    ("block", "direction"): _capital, ("anchor", "role"): _capital, ("block", "kind"): _capital,
    ("theme", "kind"): _capital,
    ("criterion", "includes"): lambda _names, value: "Included" if value else "Excluded",
    **screening_words.VALUES, **board_words.VALUES,
}  # fmt: skip
_REFERS: Final = {
    "section": "section", "theme": "theme", "parent": "theme", "question": "question",
    "reference": "reference", "merged_into": "reference", "block": "block", "source": "source", "tag": "tag",
    **coding_words.REFERS, **screening_words.REFERS,
}  # fmt: skip
"""Columns that hold the row of another table."""
