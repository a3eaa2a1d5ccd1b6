"""Which records are worth comparing: those that share one of several keys, none of them held by too many."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from evidence_app.services.deduplication.records import DedupeRecord
from evidence_app.services.deduplication.titles import STOP_WORDS

LARGEST_BLOCK: Final = 40
"""A key that more records share says too little; their other keys must bring them together."""
_RAREST: Final = 5
_FEWEST_LETTERS: Final = 3


def candidates(records: Sequence[DedupeRecord]) -> list[tuple[int, int]]:
    """Return the pairs of places in `records` that share a key, each once and the lower first."""
    common = Counter(word for record in records for word in set(record.title.words))
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for key in set(keys_of(record, common)):
            blocks[key].append(at)
    found: set[tuple[int, int]] = set()
    for block in blocks.values():
        if 1 < len(block) <= LARGEST_BLOCK:
            found.update(combinations(block, 2))
    return sorted(found)


def keys_of(record: DedupeRecord, common: Counter[str]) -> Iterator[tuple[object, ...]]:
    """Yield the keys of one record; `common` says how often each word occurs in all titles."""
    yield from _identifiers(record)
    yield from _titles(record, common)
    yield from _places(record)


def _identifiers(record: DedupeRecord) -> Iterator[tuple[object, ...]]:
    first = record.authors[0].family if record.authors else ""
    if record.doi:
        yield "doi", record.doi
        yield "doi and title", record.doi, record.title.letters[:20]
    if record.pmid:
        yield "pmid", record.pmid
    for trial in record.trials:
        yield "trial", trial
    if record.abstract:
        yield "abstract", record.abstract[:60]
    if first and record.isbn:
        yield "isbn", record.isbn, first


def _titles(record: DedupeRecord, common: Counter[str]) -> Iterator[tuple[object, ...]]:
    first = record.authors[0].family[:5] if record.authors else ""
    letters = record.title.letters
    if letters:
        yield "title", letters
        yield "title and year", letters[:40], record.year
        yield "title and author", letters[:24], first
        yield "title, author, year", letters, first, record.year, record.pages.first
    for letters in filter(None, (record.title.main, record.title.other, record.original_title.letters)):
        yield "title", letters
    words = {word for word in record.title.words if len(word) >= _FEWEST_LETTERS and word not in STOP_WORDS}
    rare = sorted((word for word in words if common[word] > 1), key=lambda word: (common[word], word))[
        :_RAREST
    ]
    yield from (("words", *pair) for pair in combinations(sorted(rare), 2))
    yield from (("words, year", pair, record.year) for pair in combinations(sorted(rare), 2))


def _places(record: DedupeRecord) -> Iterator[tuple[object, ...]]:
    first, volume = record.pages.first, record.volume.number
    if first is not None and volume:
        yield "page and volume", first, volume
        yield "page, volume, year", first, volume, record.year
    for author in _ends(record):
        if first is not None:
            yield "author and page", author, first
        if volume:
            yield "author, volume, year", author, volume, record.year


def _ends(record: DedupeRecord) -> Iterable[str]:
    return {author.family for author in (record.authors[:1] + record.authors[-1:])}
