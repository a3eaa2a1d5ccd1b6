"""What rows of the flow diagram are called in the history: joined by `services/row_names`."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Row = Mapping[str, Any]

TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "flow_note": ("note on the flow diagram", "notes on the flow diagram"),
}
UNSAID: Final[Mapping[str, frozenset[str]]] = {"flow_note": frozenset(("person", "at", "equation"))}
COLUMNS: Final[Mapping[tuple[str, str], str]] = {
    ("flow_note", "text"): "Note", ("protocol", "form"): "Form of the flow diagram",
}  # fmt: skip
NAMERS: Final[Mapping[str, Callable[[Any, Row], str]]] = {
    "flow_note": lambda _names, row: f"the equation “{row['equation']}” of the flow diagram",
}
ESSENCES: Final[Mapping[str, Callable[[Any, Row], tuple[str, str]]]] = {
    "flow_note": lambda _names, row: ("Note on the flow diagram", str(row["text"])),
}
