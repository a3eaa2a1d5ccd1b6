"""Two records side by side as a person reads them: the fields in which they differ, in words."""

from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import format_date
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import folded, plain

SHOWN: Final = (
    "title", "author", "issued", "container-title", "volume", "issue", "page", "DOI", "PMID", "abstract",
)  # fmt: skip
"""The fields a person compares, in the order of the eye."""


def shown(item: CslItem, variable: str) -> str:
    """Return a field as one reads it."""
    value: Any = item.get(variable)
    if not value:
        return ""
    if variable == "author":
        return "; ".join(
            ", ".join(filter(None, (name.family_or_literal, name.given if name.family else "")))
            for name in names_of(value)
        )
    return format_date(value) if variable == "issued" else plain(str(value))


def differing(one: CslItem, other: CslItem) -> dict[str, list[str]]:
    """Return the fields that differ in more than case and punctuation, with what each record says."""
    pairs = {variable: [shown(one, variable), shown(other, variable)] for variable in SHOWN}
    return {variable: pair for variable, pair in pairs.items() if _bare(pair[0]) != _bare(pair[1])}


def _bare(text: str) -> str:
    return "".join(letter for letter in folded(text) if letter.isalnum())
