"""What rows of documents, quotations and codes are called in the history: joined by `services/row_names`."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from evidence_app.domain.wrapped import one_line

Row = Mapping[str, Any]
_LONGEST: Final = 48


class Names(Protocol):
    """What names other rows: `RowNames`."""

    def row(self, table: str, row: int | None) -> Row | None:
        """Return a row."""

    def name(self, table: str, row: int | None) -> str:
        """Return what a row is called."""


TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "document": ("document", ""), "quotation": ("quotation", ""), "code": ("code", ""),
    "coding": ("coding", ""), "quotation_link": ("link between quotations", "links between quotations"),
    "region": ("part to be coded", "parts to be coded"), "layer": ("layer of codings", "layers of codings"),
    "coding_status": ("coding status", "coding statuses"),
}  # fmt: skip
_FOLLOWING: Final = frozenset(("person", "at"))
UNSAID: Final[Mapping[str, frozenset[str]]] = {
    "document": _FOLLOWING | {"sha256", "text_sha256", "pages", "text"},
    "quotation": _FOLLOWING
    | {"document_sha256", "prefix", "suffix", "rectangles", "start", "end", "area", "origin"},
    "code": _FOLLOWING | {"made_from", "position"},
    "coding": _FOLLOWING | {"layer"},
    "region": _FOLLOWING,
    "coding_status": _FOLLOWING,
}  # fmt: skip
COLUMNS: Final[Mapping[tuple[str, str], str]] = {
    ("quotation", "exact"): "Words", ("quotation", "text"): "Own words",
    ("quotation", "core"): "Core statement", ("quotation", "kind"): "Kind",
    ("quotation", "state"): "State", ("code", "parent"): "Place in the code book",
    ("code", "merged_into"): "Merged into", ("code", "codable"): "Can be given",
    ("coding", "memo"): "Why given", ("code", "inclusion"): "What belongs in",
    ("code", "exclusion"): "What does not belong",
}  # fmt: skip
REFERS: Final[Mapping[str, str]] = {"document": "document", "quotation": "quotation", "code": "code"}


def _quoted(text: str) -> str:
    text = one_line(text)
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return f"“{text}”"


def _quotation(_names: Names, row: Row) -> str:
    words = str(row["exact"]).strip() or str(row["text"]).strip()
    return _quoted(words) if words else f"an area of page {row['page']}"


def _named(column: str) -> Callable[[Names, Row], str]:
    return lambda _names, row: f"“{row[column]}”"


def _coding(names: Names, row: Row) -> str:
    return f"{names.name('code', row['code'])} on {names.name('quotation', row['quotation'])}"


NAMERS: Final[Mapping[str, Callable[[Any, Row], str]]] = {
    "document": _named("name"), "code": _named("name"), "layer": _named("name"),
    "quotation": _quotation, "coding": _coding,
    "region": lambda names, row: f"{row['kind']} of {names.name('document', row['document'])}",
    "coding_status": lambda names, row: f"the coding status of {names.name('reference', row['reference'])}",
    "quotation_link": lambda names, row: f"the link of {names.name('quotation', row['quotation_a'])} to "
                                         f"{names.name('quotation', row['quotation_b'])}",
}  # fmt: skip

ESSENCES: Final[Mapping[str, Callable[[Any, Row], tuple[str, str]]]] = {
    "document": lambda names, row: (
        f"Document of {names.name('reference', row['reference'])}", str(row["name"])),
    "quotation": lambda names, row: (
        f"Quotation from {names.name('document', row['document'])}",
        one_line(str(row["exact"] or row["text"])) or f"Area of page {row['page']}"),
    "coding": lambda names, row: (
        f"Code {names.name('code', row['code'])}", names.name("quotation", row["quotation"])),
    "code": lambda _names, row: ("Code", str(row["name"])),
    "region": lambda names, row: (
        "To be coded", f"{row['kind']} of {names.name('document', row['document'])}"),
    "coding_status": lambda names, row: (
        f"Coding of {names.name('reference', row['reference'])}", str(row["state"])),
}  # fmt: skip
