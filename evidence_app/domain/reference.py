"""A reference: the bibliographic description of one work."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NewType

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import year_of
from evidence_app.domain.names import Name, names_of

ReferenceId = NewType("ReferenceId", int)

_MARK = re.compile(r"</?(?:i|b|sub|sup|span)\b[^>]*>", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
_EXTRA = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
     "œ": "oe", "Œ": "Oe", "ı": "i", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"},
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One bibliographic record in the project; `number` is its place in the review's bibliography."""

    id: ReferenceId
    guid: str
    item: CslItem = field(default_factory=dict)
    number: int | None = None
    included: bool | None = None
    """True for an included report, False for background, None while undecided."""
    checked_by: int | None = None
    checked_at: str | None = None
    changed_since_check: tuple[str, ...] = ()
    """CSL variables that changed after the reference was checked against the original."""

    @property
    def title(self) -> str:
        """The title without marks, for lists and matching."""
        return plain(str(self.item.get("title", "")))

    @property
    def authors(self) -> tuple[Name, ...]:
        """The authors, or the editors of a work that has none."""
        return names_of(self.item.get("author")) or names_of(self.item.get("editor"))

    @property
    def year(self) -> int | None:
        """The year of publication lists sort by."""
        return year_of(self.item.get("issued"))

    @property
    def doi(self) -> str | None:
        """The DOI as stored."""
        doi = self.item.get("DOI")
        return str(doi) if doi else None

    @property
    def container(self) -> str:
        """Where it appeared: journal, book or site, else its publisher."""
        return plain(str(self.item.get("container-title") or self.item.get("publisher") or ""))

    @property
    def short_label(self) -> str:
        """How the reference is named in lists: first author and year."""
        first = self.authors[0].family_or_literal if self.authors else self.title[:40]
        return f"{first} {self.year or 'n.d.'}"


def authors_line(names: tuple[Name, ...]) -> str:
    """Return the authors as one line of a table: one, two, or the first with et al."""
    people = [name for name in names if not name.is_et_al]
    if not people:
        return ""
    first = people[0].family_or_literal
    if len(people) == 1 and len(names) == 1:
        return first
    if len(people) == 2 and len(names) == 2:
        return f"{first} and {people[1].family_or_literal}"
    return f"{first} et al."


def plain(text: str) -> str:
    """Return text without the inline marks CSL allows."""
    return _MARK.sub("", text) if "<" in text else text


def folded(text: str) -> str:
    """Return text for comparing: lower case, no accents, special letters by their plain form."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text).translate(_EXTRA)
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).casefold()


def sort_title(item: CslItem) -> str:
    """Return the key titles are ordered by: folded, without marks, quotes and a leading article."""
    title = folded(plain(str(item.get("title", "")))).lstrip("'\"‘“«([ ")
    return _ARTICLE.sub("", title)


def sort_author(item: CslItem) -> str:
    """Return the key authors are ordered by: families without particles (van der Berg under B)."""
    names = _first_names(item.get("author")) or _first_names(item.get("editor"))
    return folded("; ".join(map(_sort_key, names)))


def _sort_key(name: Mapping[str, str]) -> str:
    """Return what `Name.sort_key` says of a name; a large import asks it of every one."""
    given = str(name.get("given") or "")
    return f"{name.get('literal') or name.get('family') or given} {given}".strip()


def _first_names(value: object) -> list[Mapping[str, str]]:
    if not isinstance(value, list | tuple):
        return []
    return list(islice((name for name in value if isinstance(name, Mapping)), 3))


def clean_doi(text: str) -> str | None:
    """Return the DOI in a text as one stores it (no resolver, lower case), or None if there is none."""
    found = _DOI.search(text.strip())
    return _without_trailing(found[0]).lower() if found else None


def _without_trailing(doi: str) -> str:
    """Take off what a sentence puts behind a DOI: stops, quotation marks, brackets the DOI did not open."""
    while doi:
        last = doi[-1]
        opened = {")": "(", "]": "[", ">": "<", "}": "{"}.get(last)
        if last in ".,;:'\"”’" or (opened and doi.count(last) > doi.count(opened)):
            doi = doi[:-1]
        else:
            break
    return doi
