"""Citation keys: what BibTeX and its kin call a reference, readable and without collisions."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from evidence_app.domain.reference import Reference, folded

_UNSAFE = re.compile(r"[^A-Za-z0-9_:.+/-]+")
_SMALL = frozenset(
    ("a", "an", "the", "on", "of", "in", "and", "for", "to", "is", "what", "how", "do", "does")
)


def keyed(references: Iterable[Reference]) -> Iterator[tuple[str, Reference]]:
    """Yield each reference with its key: its own where it has one, else author, year and title word.

    A key taken already gets a letter, then a number; two keys never differ by case alone, since some
    programs fold it."""
    taken: set[str] = set()
    for reference in references:
        key = _free(str(reference.item.get("citation-key") or "") or made_key(reference), taken)
        taken.add(key.casefold())
        yield key, reference


def made_key(reference: Reference) -> str:
    """Return the key a reference gets by its first author, year and first telling title word."""
    authors = reference.authors
    first = folded(authors[0].family_or_literal if authors else "")
    first = _UNSAFE.sub("", first.split(",")[0])[:24] or "anon"
    words = re.findall(r"[a-z0-9]+", folded(reference.title))
    telling = next((word for word in words if word not in _SMALL), "")
    return f"{first}{reference.year or ''}{telling[:16]}"


def _free(wish: str, taken: set[str]) -> str:
    key = _UNSAFE.sub("", folded_ascii(wish)) or "reference"
    if key.casefold() not in taken:
        return key
    for letter in "abcdefghijklmnopqrstuvwxyz":
        if (key + letter).casefold() not in taken:
            return key + letter
    number = 2
    while f"{key}-{number}".casefold() in taken:
        number += 1
    return f"{key}-{number}"


def folded_ascii(text: str) -> str:
    """Return the text without accents, its case kept."""
    spread = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
