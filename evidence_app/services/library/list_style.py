"""What only a whole printed list tells: who is no person, what is the title's end, what to look at first."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.names import Name, names_of
from evidence_app.services.formats.reference_lists import PrintedReference

ENOUGH: Final = 8
"""People a list must name before it says how it prints them."""
MOST_OF: Final = 0.9
FEW: Final = 0.1
"""The share of a list above which a doubt of the same kind says nothing any more."""
_INITIALS: Final = re.compile(r"^(?:[^\W\d_]\.?[\s-]?){1,4}$")
_SENTENCE: Final = re.compile(r"[^\W\d_]{5,}[.?!] ")
_ROLES: Final = ("author", "editor")


def agreed(entries: Sequence[PrintedReference]) -> list[PrintedReference]:
    """Return the references of a list as its own style tells, with what a person should look at.

    Where nearly everybody is printed with initials, `Ageing Better` is a body."""
    found = [_with_bodies(each) for each in entries] if _prints_initials(entries) else list(entries)
    return _doubting_kinds([_doubting_titles(each) for each in found])


def _prints_initials(entries: Sequence[PrintedReference]) -> bool:
    given = [name.given for each in entries for name in _people(each.item) if name.given]
    return len(given) >= ENOUGH and sum(map(_is_initials, given)) >= MOST_OF * len(given)


def _is_initials(given: str) -> bool:
    return bool(_INITIALS.match(given)) and (len(given) < 4 or given.isupper() or "." in given)


def _people(item: CslItem) -> list[Name]:
    return [name for role in _ROLES for name in names_of(item.get(role)) if name.family]


def _with_bodies(printed: PrintedReference) -> PrintedReference:
    item: dict[str, Any] = dict(printed.item)
    doubts = []
    for role in _ROLES:
        names = names_of(item.get(role))
        bodies = {name: Name(literal=_as_said(name)) for name in names if _may_be_body(name)}
        if bodies:
            item[role] = [bodies.get(name, name).to_csl() for name in names]
            doubts += [f"{body.literal}: a body or a person" for body in bodies.values()]
    return replace(printed, item=item, doubts=(*printed.doubts, *doubts)) if doubts else printed


def _may_be_body(name: Name) -> bool:
    return bool(name.family and name.given) and not name.suffix and not _is_initials(name.given)


def _as_said(name: Name) -> str:
    return " ".join(part for part in (name.given, name.particle, name.family) if part)


def _doubting_titles(printed: PrintedReference) -> PrintedReference:
    container = str(printed.item.get("container-title", ""))
    if not _SENTENCE.search(container):
        return printed
    return replace(printed, doubts=(*printed.doubts, "where the title ends"))


def _doubting_kinds(entries: Sequence[PrintedReference]) -> list[PrintedReference]:
    """Doubt the kind of what only names a publisher, in a list where that is seldom."""
    doubtful = [_is_of_a_publisher_only(each.item) for each in entries]
    if sum(doubtful) > FEW * len(entries):
        return list(entries)
    return [
        replace(each, doubts=(*each.doubts, "a book or a report")) if unclear else each
        for each, unclear in zip(entries, doubtful, strict=True)
    ]


def _is_of_a_publisher_only(item: CslItem) -> bool:
    told = ("publisher-place", "edition", "ISBN", "editor", "number", "container-title", "URL")
    return item.get("type") == "book" and bool(item.get("publisher")) and not any(map(item.get, told))
