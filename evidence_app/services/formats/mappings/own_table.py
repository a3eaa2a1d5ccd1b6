"""Our own table of references: one column for each CSL variable, under the words a reader knows."""

from collections.abc import Mapping
from typing import Any, Final

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, VARIABLES, CslItem
from evidence_app.domain.dates import format_date, parse_date
from evidence_app.domain.names import names_of, parse_names, shown
from evidence_app.services.formats.leftovers import restore

KEY: Final = "Key"
NUMBER: Final = "Number"
SIGN: Final = "Evidence Desk"
"""The header of the last column, by which the table is known again; it holds what no cell can."""

LABELS: Final = {
    "type": "Type", "author": "Authors", "issued": "Date", "title": "Title", "container-title": "Container",
    "volume": "Volume", "issue": "Issue", "page": "Pages", "article-number": "Article number",
    "publisher": "Publisher", "publisher-place": "Place", "editor": "Editors", "DOI": "DOI", "PMID": "PMID",
    "PMCID": "PMCID", "URL": "URL", "accessed": "Accessed", "abstract": "Abstract", "keyword": "Keywords",
    "language": "Language", "note": "Note",
}  # fmt: skip
"""The columns everyone looks for, in reading order; other variables follow under their CSL name."""

ORDER: Final = (*LABELS, *(name for name in VARIABLES if name not in LABELS and name != "custom"))
_VARIABLES: Final = {LABELS.get(name, name): name for name in ORDER}


def cell(name: str, value: Any) -> str:
    """Return a variable as a person types it."""
    if name in NAME_VARIABLES:
        return shown(names_of(value))
    if name in ALL_DATES:
        return format_date(value)
    return str(value)


def value_of(name: str, typed: str) -> Any:
    """Return the variable a cell holds."""
    if name in NAME_VARIABLES:
        return [read.to_csl() for read in parse_names(typed)]
    if name in ALL_DATES:
        return parse_date(typed)
    return typed


def item_of(row: Mapping[str, str]) -> CslItem:
    """Return the item of a row, its cells by column header."""
    item: CslItem = {}
    for header, typed in row.items():
        name = _VARIABLES.get(header)
        if name and typed:
            item[name] = value_of(name, typed)
    rest = "".join(typed for header, typed in row.items() if header.startswith(SIGN))
    for line in rest.split("\n"):
        restore(item, line)
    return item
