"""Turn a reference into the CSL item that pandoc should get.

The stored item holds what the source prints; a citation engine wants a little less and a little other."""

import re
from collections.abc import Mapping
from typing import Any, Final

from evidence_app.domain.csl import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    OWN_VARIABLES,
    TYPES,
    CslItem,
)
from evidence_app.domain.names import Name, names_of

_NOT_PRINTED: Final = frozenset(
    (*OWN_VARIABLES, "abstract", "original-abstract", "custom", "citation-number")
)
_INITIALS = re.compile(r"^[A-ZÀ-ÖØ-Þ]{2,4}$")
_MARKUP_TAG = re.compile(r"<(/?)(i|b|sub|sup|span|sc)\b([^>]*)>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_OTHERS: Final = {"literal": "others"}
"""How pandoc writes “and others” in the style's own words; the stored name is the literal `et al.`"""


def cleaned(text: str) -> str:
    """Return text without what no document may hold: control characters and halves of characters."""
    return _CONTROL.sub("", text)


def publishable(item: CslItem, item_id: str, ordering: tuple[str, str] | None = None) -> CslItem:
    """Return the item as pandoc should get it, under this id.

    `ordering` is a variable with the value the list is sorted by; see `styles.with_own_numbers`."""
    made: CslItem = {"id": item_id, "type": item["type"] if item.get("type") in TYPES else "document"}
    for variable, value in item.items():
        if variable not in _NOT_PRINTED and variable not in ("id", "type"):
            made[variable] = _value(variable, value)
    if not made.get("page") and item.get("article-number"):
        made["page"] = cleaned(str(item["article-number"]))
    if ordering:
        made[ordering[0]] = ordering[1]
    return {variable: value for variable, value in made.items() if value not in ("", [], {}, None)}


def _value(variable: str, value: Any) -> Any:
    if variable in NAME_VARIABLES:
        return [_name(name) for name in names_of(value)]
    if variable in DATE_VARIABLES:
        return _date(value)
    if isinstance(value, list | tuple):
        return ", ".join(cleaned(str(part)) for part in value)
    text = " ".join(cleaned(str(value)).split())
    return text if variable in NUMBER_VARIABLES else balanced(text)


def _name(name: Name) -> dict[str, str]:
    """Part initials printed together: styles would take `NR` for one name and print `N`."""
    if name.is_et_al:
        return _OTHERS
    parts = {part: cleaned(text) for part, text in name.to_csl().items()}
    if _INITIALS.match(parts.get("given", "")):
        parts["given"] = " ".join(parts["given"])
    return parts


def _date(value: Any) -> Any:
    """Leave out a date that says nothing: pandoc refuses `{}` and empty parts."""
    if not isinstance(value, Mapping):
        return {"literal": cleaned(str(value))} if value else {}
    date = {key: part for key, part in value.items() if part not in ("", None, [], {})}
    if parts := [end for end in date.get("date-parts", []) if end]:
        date["date-parts"] = parts
        return date
    date.pop("date-parts", None)
    return date if date.get("literal") or date.get("raw") else {}


def balanced(text: str) -> str:
    """Return a title whose marks are all closed; a mark without its partner is left out."""
    if "<" not in text:
        return text
    open_at: list[tuple[str, re.Match[str]]] = []
    dropped: set[int] = set()
    for tag in _MARKUP_TAG.finditer(text):
        name = tag[2].lower()
        if not tag[1]:
            open_at.append((name, tag))
        elif open_at and open_at[-1][0] == name:
            open_at.pop()
        else:
            dropped.add(tag.start())
    dropped.update(tag.start() for _, tag in open_at)
    return _MARKUP_TAG.sub(lambda tag: "" if tag.start() in dropped else tag[0], text)
