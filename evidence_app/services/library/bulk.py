"""What a reviewer does to many references at once; each act is one edit, previewed before it is written."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.csl import NUMBER_VARIABLES, TEXT_VARIABLES
from evidence_app.domain.edit import THIS_EDIT, Change, Edit, RowOf, SetWhere, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.services.library.fields import NOT_OFFERED, label_of
from evidence_app.services.library.references import set_fields
from evidence_app.storage.project import now
from evidence_app.storage.references import Provenance

REPLACEABLE: Final = tuple(
    name for name in (*TEXT_VARIABLES, *NUMBER_VARIABLES, "original-abstract", "article-number")
    if name not in NOT_OFFERED
)  # fmt: skip
"""The variables that hold text and so can be searched and replaced in."""

COMMON: Final = (
    "title", "container-title", "publisher", "publisher-place", "volume", "issue", "page", "DOI", "URL",
    "abstract", "keyword", "note", "language", "genre",
)  # fmt: skip
"""Offered first."""


class BadPattern(EvidenceError):
    """The pattern to find is not a regular expression; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One field of one reference, before and after."""

    reference: Reference
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to find in which field and what to put in its place."""

    variable: str
    find: str
    put: str = ""
    match_case: bool = False
    whole_words: bool = False
    pattern: bool = False
    """`find` is a regular expression, and `put` may name its groups (`\\1`)."""


def replacer(wanted: Wanted) -> Callable[[str], str]:
    """Return what does the replacing. Raises `BadPattern` with the reason."""
    source = wanted.find if wanted.pattern else re.escape(wanted.find)
    if wanted.whole_words:
        source = rf"(?<!\w)(?:{source})(?!\w)"
    try:
        found = re.compile(source, 0 if wanted.match_case else re.IGNORECASE)
        if wanted.pattern:
            found.sub(wanted.put, "")
            return lambda text: found.sub(wanted.put, text)
    except (re.error, IndexError) as error:
        raise BadPattern(f"The pattern cannot be read: {error}. Nothing was changed.") from error
    return lambda text: found.sub(lambda _: wanted.put, text)


def replacements(references: Sequence[Reference], wanted: Wanted) -> list[Replacement]:
    """Return the fields that would change, with their text before and after; nothing is written."""
    if not wanted.find:
        return []
    change = replacer(wanted)
    found = []
    for reference in references:
        before = reference.item.get(wanted.variable)
        if isinstance(before, str) and (after := change(before)) != before:
            found.append(Replacement(reference, before, after))
    return found


def replace(
    chosen: Sequence[Replacement], variable: str, known: Mapping[int, Mapping[str, Provenance]]
) -> Edit:
    """Return the one edit that writes these replacements; `known` is where the fields came from so far."""
    changes: list[Change] = []
    for each in chosen:
        fields = {variable: each.after.strip() or None}
        changes += set_fields(each.reference, fields, known.get(each.reference.id, {})).changes
    if not changes:
        return Edit("Change nothing")
    where = label_of(variable).lower()
    return Edit(f"Replace in {where} of {counted(len(chosen), 'reference')}", tuple(changes))


def mark_checked(references: Sequence[int], person: int | RowOf | None) -> Edit:
    """Return the edit that ticks many references as checked against the original, by this person, now."""
    at = now()
    values = {"checked_at": at, "checked_by": person, "changed_since_check": "[]"}
    return Edit(
        f"Mark {counted(len(references), 'reference')} as checked against the original",
        tuple(SetWhere("reference", column, value, references) for column, value in values.items()),
    )


def remove(references: Sequence[int]) -> Edit:
    """Return the edit that takes many references out of the review; they stay in the file."""
    label = f"Remove {counted(len(references), 'reference')}"
    return Edit(label, (SetWhere("reference", "removed", THIS_EDIT, references),))


def fields_to_replace_in() -> Iterator[tuple[str, str]]:
    """Yield the variables that can be replaced in with their labels, the common ones first."""
    others = sorted((name for name in REPLACEABLE if name not in COMMON), key=label_of)
    for name in (*COMMON, *others):
        yield name, label_of(name)
