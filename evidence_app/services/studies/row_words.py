"""What rows of studies are called in the history: joined by `services/row_names`."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Row = Mapping[str, Any]

TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "retrieval": ("attempt to get a full text", "attempts to get full texts"),
    "extraction_field": ("field of the extraction form", "fields of the extraction form"),
    "study": ("study", "studies"), "study_report": ("report of a study", "reports of studies"),
    "study_link": ("link between reports", "links between reports"),
}  # fmt: skip
UNSAID: Final[Mapping[str, frozenset[str]]] = {
    "retrieval": frozenset(("person", "at")), "extraction_field": frozenset(("position",)),
    "characteristic": frozenset(("person", "at", "draft")),
}  # fmt: skip
COLUMNS: Final[Mapping[tuple[str, str], str]] = {
    ("characteristic", "place"): "Place in the report",
    ("study_report", "part"): "What it is in its study", ("study_link", "state"): "Same study or not",
    ("study", "label"): "Label of the study", ("extraction_field", "several"): "Takes several values",
    ("extraction_field", "choices"): "Choices", ("extraction_field", "kind"): "Kind of field",
}  # fmt: skip
NAMERS: Final[Mapping[str, Callable[[Any, Row], str]]] = {
    "study": lambda _names, row: f"the study {row['label']}",
    "study_report": lambda names, row: f"{names.name('reference', row['reference'])} in its study",
    "retrieval": lambda names, row: f"the full text of {names.name('reference', row['reference'])}",
    "extraction_field": lambda _names, row: f"the field {row['name']}",
    "study_link": lambda names, row: (
        f"{names.name('reference', row['reference_a'])} and {names.name('reference', row['reference_b'])}"
    ),
}  # fmt: skip
ESSENCES: Final[Mapping[str, Callable[[Any, Row], tuple[str, str]]]] = {
    "retrieval": lambda names, row: (
        f"Full text of {names.name('reference', row['reference'])}",
        "; ".join(str(each) for each in (row["state"], row["how"], row["note"]) if each),
    ),
    "extraction_field": lambda _names, row: (
        "Field of the extraction form", f"{row['name']} ({row['kind']})"),
    "study_link": lambda names, row: (
        f"{names.name('reference', row['reference_a'])} and {names.name('reference', row['reference_b'])}",
        str(row["reason"] or row["state"]),
    ),
}  # fmt: skip
