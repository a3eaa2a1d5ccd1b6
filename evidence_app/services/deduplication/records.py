"""A reference as deduplication sees it: made once from a CSL item, compared many times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import years_of
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import clean_doi, folded, plain
from evidence_app.services.deduplication.people import Author, authors_of, is_cut
from evidence_app.services.deduplication.places import (
    NO_PAGES,
    NO_VOLUME,
    Pages,
    Volume,
    journal_of,
    pages_of,
    volume_of,
)
from evidence_app.services.deduplication.titles import NO_TITLE, Title, title_of, trials_in

_DATES: Final = ("issued", "published-print", "published-online", "available-date")
_REGISTRIES: Final = re.compile(
    r"clinical ?trials? ?\.?gov|clinical ?trials? regist|trial ?search|ictrp|isrctn|anzctr|eudract|drks"
    r"|eu clinical trials|chictr|umin|german clinical trials|netherlands trial|registry platform|prospero"
    r"|clinical trials information system|trial regist"
)
_ABSTRACT: Final = re.compile(
    r"conference (?:abstract|paper|review)|meeting abstract|congress|poster", re.IGNORECASE
)
_VERSION: Final = re.compile(r"\.pub(\d+)$|/v(\d+)$|\.v(\d+)$")
_PREPRINTS: Final = re.compile(
    r"biorxiv|medrxiv|arxiv|preprint|ssrn|research ?square|psyarxiv|osf|authorea|chemrxiv"
)
_LONGEST_ABSTRACT: Final = 400
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_COPYRIGHT: Final = re.compile(
    r"^\s*(?:abstract|background|objectives?|introduction|aims?|purpose)\s*[:.]?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DedupeRecord:
    """One reference, its fields in the form they are compared in; `key` is its row."""

    key: int
    title: Title
    original_title: Title = NO_TITLE
    authors: tuple[Author, ...] = ()
    is_cut: bool = False
    """Whether the source says that it lists some authors only."""
    years: frozenset[int] = frozenset()
    journal: tuple[str, ...] = ()
    short_journal: tuple[str, ...] = ()
    volume: Volume = NO_VOLUME
    pages: Pages = NO_PAGES
    doi: str = ""
    pmid: str = ""
    isbn: str = ""
    abstract: str = ""
    """The letters it begins with, without a heading."""
    trials: frozenset[str] = frozenset()
    """Registration numbers, of an entry in a register only."""
    kinds: frozenset[str] = frozenset()
    """What it is beside a plain work: erratum, retraction, reply, protocol, summary, registry, preprint."""
    type: str = ""

    @property
    def year(self) -> int | None:
        """The earliest year of publication."""
        return min(self.years, default=None)


def record_of(key: int, item: CslItem) -> DedupeRecord:
    """Return a CSL item as it is compared."""
    title = title_of(_text(item, "title"))
    journal = plain(_text(item, "container-title") or _text(item, "event-title") or _text(item, "publisher"))
    names = names_of(item.get("author")) or names_of(item.get("editor"))
    trials = _registered(item, journal)
    return DedupeRecord(
        key=key, title=title, original_title=title_of(_text(item, "original-title")),
        authors=authors_of(names), is_cut=is_cut(names), years=_years(item), journal=journal_of(journal),
        short_journal=journal_of(plain(_text(item, "container-title-short"))),
        volume=volume_of(_text(item, "volume"), _text(item, "issue")),
        pages=pages_of(_text(item, "page") or _text(item, "page-first") or _text(item, "article-number")),
        doi=clean_doi(_text(item, "DOI")) or "", pmid=_text(item, "PMID").strip(),
        isbn=re.sub(r"[^\dXx]", "", _text(item, "ISBN"))[:13], abstract=_abstract(_text(item, "abstract")),
        trials=trials, kinds=title.kinds | _kinds(item, journal, trials), type=_text(item, "type"),
    )  # fmt: skip


def records_of(items: Mapping[int, CslItem]) -> list[DedupeRecord]:
    """Return CSL items as they are compared, each under its row."""
    return [record_of(key, item) for key, item in items.items()]


def _text(item: CslItem, variable: str) -> str:
    value: Any = item.get(variable)
    return value if isinstance(value, str) else "" if value is None else str(value)


def _years(item: CslItem) -> frozenset[int]:
    return frozenset(year for name in _DATES for year in years_of(item.get(name)))


def _registered(item: CslItem, journal: str) -> frozenset[str]:
    """Return the registration numbers of an entry in a register; an article that names some has none."""
    where = f"{journal} {_text(item, 'URL')} {_text(item, 'archive')}".lower()
    named = trials_in(
        " ".join(
            _text(item, name) for name in ("title", "number", "call-number", "URL", "DOI", "page", "note")
        )
        + f" {journal}"
        + " "
        + " ".join(name.family_or_literal for name in names_of(item.get("author")))
    )
    return named if named and _REGISTRIES.search(where) else frozenset()


def _kinds(item: CslItem, journal: str, trials: frozenset[str]) -> frozenset[str]:
    kinds = set()
    if trials or _REGISTRIES.search(journal.lower()):
        kinds.add("registry")
    if _PREPRINTS.search(journal.lower()) and not _text(item, "volume"):
        kinds.add("preprint")
    if _ABSTRACT.search(_text(item, "genre")):
        kinds.add("conference")
    return frozenset(kinds)


def _abstract(text: str) -> str:
    bare = _COPYRIGHT.sub("", plain(text[: 2 * _LONGEST_ABSTRACT]))
    return _NO_LETTERS.sub("", folded(bare))[:_LONGEST_ABSTRACT]


def version_of(doi: str) -> str:
    """Return which version of a work a DOI names, where it says so (Cochrane reviews, preprints)."""
    found = _VERSION.search(doi)
    return next(filter(None, found.groups()), "") if found else ""
