"""What rows of the theme board are called in the history: joined by `services/row_names`."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

Row = Mapping[str, Any]


class Names(Protocol):
    """What names other rows: `RowNames`."""

    def name(self, table: str, row: int | None) -> str:
        """Return what a row is called."""


TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "theme_code": ("code under a theme", "codes under themes"),
    "theme_relation": ("relation between themes", "relations between themes"),
    "theme_version": ("version of the theme board", "versions of the theme board"),
    "board_place": ("place of a card", "places of cards"),
}  # fmt: skip
UNSAID: Final[Mapping[str, frozenset[str]]] = {
    "theme_code": frozenset(("position",)),
    "theme_version": frozenset(("board", "person", "at")),
}
COLUMNS: Final[Mapping[tuple[str, str], str]] = {
    ("theme", "rationale"): "Why", ("theme", "question"): "Question answered",
    ("theme_relation", "kind"): "How they are related", ("theme_relation", "note"): "Note",
    ("board_place", "x"): "Place from the left", ("board_place", "y"): "Place from the top",
}  # fmt: skip
_RELATIONS: Final = {"supports": "supports", "contradicts": "speaks against"}


def _held(names: Names, row: Row) -> str:
    return f"{names.name('code', row['code'])} under {names.name('theme', row['theme'])}"


def _related(names: Names, row: Row) -> str:
    verb = _RELATIONS.get(str(row["kind"]), str(row["kind"]))
    return f"{names.name('theme', row['theme_a'])} {verb} {names.name('theme', row['theme_b'])}"


def _card(names: Names, row: Row) -> str:
    table = "theme" if row["theme"] is not None else "code"
    return f"the card of {names.name(table, row[table])}"


NAMERS: Final[Mapping[str, Callable[[Any, Row], str]]] = {
    "theme_code": _held, "theme_relation": _related, "board_place": _card,
    "theme_version": lambda _names, row: f"“{row['name']}”",
}  # fmt: skip
ESSENCES: Final[Mapping[str, Callable[[Any, Row], tuple[str, str]]]] = {
    "theme_code": lambda names, row: (
        f"Code under {names.name('theme', row['theme'])}", names.name("code", row["code"])),
    "theme_relation": lambda names, row: ("Relation between themes", _related(names, row)),
    "theme_version": lambda _names, row: ("Version of the theme board", str(row["name"])),
    "board_place": lambda names, row: (
        "Place on the board", _card(names, row)),
}  # fmt: skip
VALUES: Final[Mapping[tuple[str, str], Callable[[Any, Any], str]]] = {
    ("theme_relation", "kind"): lambda _names, value: _RELATIONS.get(str(value), str(value)),
}
