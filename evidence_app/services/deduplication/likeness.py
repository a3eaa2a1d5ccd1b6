"""How alike two records are, as a number to order pairs by, and what agrees and differs, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from evidence_app.services.deduplication.comparing import Comparison

Tone = Literal["include", "maybe", "exclude"]

_WEIGHTS: Final = {
    "title": 4.0, "authors": 2.0, "year": 1.0, "journal": 1.5, "volume": 1.0, "issue": 0.5, "pages": 2.0,
    "DOI": 2.0, "PMID": 2.0, "trial": 2.0, "abstract": 2.0, "kind": 1.0,
}  # fmt: skip
_SHARES: Final = {
    "same": 1.0, "whole": 1.0, "near": 0.9, "section": 0.9, "abbreviated": 0.9, "cut": 0.8, "part": 0.8,
    "first": 0.8, "next": 0.7, "close": 0.6, "some": 0.6, "overlap": 0.5, "differs": 0.0,
}  # fmt: skip
_CLOSE_PAGES: Final = 0.4

_WORDS: Final[Mapping[tuple[str, str], tuple[str, Tone]]] = {
    ("DOI", "same"): ("Same DOI", "include"), ("DOI", "differs"): ("Two DOIs", "exclude"),
    ("PMID", "same"): ("Same PubMed number", "include"),
    ("PMID", "differs"): ("Two PubMed numbers", "exclude"),
    ("trial", "same"): ("Same registration number", "include"),
    ("trial", "differs"): ("Two registration numbers", "exclude"),
    ("title", "same"): ("Same title", "include"), ("title", "near"): ("Title a slip apart", "include"),
    ("title", "cut"): ("Title shorter in one", "maybe"), ("title", "close"): ("Titles alike", "maybe"),
    ("title", "differs"): ("Other title", "exclude"),
    ("translation", "yes"): ("One title is translated", "maybe"),
    ("numbers", "fewer"): ("A number missing in one title", "maybe"),
    ("numbers", "differs"): ("Other numbers in the titles", "exclude"),
    ("wording", "generic"): ("A title many works bear", "maybe"),
    ("kind", "differs"): ("Erratum, reply, protocol, preprint or register entry", "exclude"),
    ("version", "differs"): ("Other version", "exclude"),
    ("authors", "same"): ("Same authors", "include"), ("authors", "some"): ("Some authors shared", "maybe"),
    ("authors", "differs"): ("Other authors", "exclude"),
    ("year", "same"): ("Same year", "include"), ("year", "next"): ("A year apart", "maybe"),
    ("year", "differs"): ("Years far apart", "exclude"),
    ("journal", "same"): ("Same journal", "include"),
    ("journal", "abbreviated"): ("Journal abbreviated", "include"),
    ("journal", "part"): ("Journal shorter in one", "include"),
    ("journal", "differs"): ("Other journal", "exclude"),
    ("volume", "same"): ("Same volume", "include"), ("volume", "differs"): ("Other volume", "exclude"),
    ("issue", "differs"): ("Other issue", "maybe"),
    ("pages", "whole"): ("Same pages", "include"), ("pages", "same"): ("Same first page", "include"),
    ("pages", "section"): ("Same pages", "include"), ("pages", "first"): ("Same first page", "include"),
    ("pages", "overlap"): ("Pages overlap", "maybe"), ("pages", "near"): ("Pages a slip apart", "maybe"),
    ("pages", "differs"): ("Other pages", "exclude"),
    ("abstract", "same"): ("Same abstract", "include"), ("abstract", "close"): ("Abstracts alike", "maybe"),
    ("abstract", "differs"): ("Other abstract", "exclude"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for or against two records being one work."""

    words: str
    tone: Tone


def likeness(found: Comparison) -> int:
    """Return how alike two records are in what both say, from 0 to 100: an order for lists, not a rule."""
    total = reached = 0.0
    for field, weight in _WEIGHTS.items():
        word = found.get(field, "unknown")
        if word == "unknown" or (field == "kind" and word == "same"):
            continue
        total += weight
        near = _CLOSE_PAGES if (field, word) == ("pages", "near") else _SHARES.get(word, 0.0)
        reached += weight * near
    return round(100 * reached / total) if total else 0


def signs(found: Comparison) -> list[Sign]:
    """Return what agrees and what differs, identifiers and titles first."""
    told = (_WORDS.get((field, word)) for field, word in _in_order(found))
    return [Sign(*each) for each in told if each is not None]


def _in_order(found: Comparison) -> list[tuple[str, str]]:
    order = list(dict.fromkeys(field for field, _ in _WORDS))
    return [(field, found[field]) for field in order if field in found]
