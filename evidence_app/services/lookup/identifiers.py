"""Identifiers in any text: DOIs, PMIDs, PMCIDs, ISBNs and arXiv ids, as typed, pasted or inside addresses.

Sources: the DOI handbook (prefix `10.` and registrant, any printable suffix), Crossref's advice on matching
DOIs, the ISBN check digits of ISO 2108, the identifier forms of arXiv."""

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import unquote

Kind = Literal["doi", "pmid", "pmcid", "isbn", "arxiv"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier as printed; `start` and `end` are its place in the text.

    `alternatives` are other readings, likeliest first, where what follows has run into it: ask for the value
    first."""

    kind: Kind
    value: str
    alternatives: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_NOT_IN_DOI: Final = r"\s\u2018\u2019\u201c\u201d«»\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u00a0"
_DOI: Final = re.compile(rf"(?<![\d.])10\.\d{{4,9}}(?:\.\d+)*(?:/|%2[Ff])[ ]?[^{_NOT_IN_DOI}]+")
_NEXT_DOI: Final = re.compile(r"[,;|]?(?:https?://|doi:\s*|[,;|]\s*(?=10\.\d{4,9}/))", re.IGNORECASE)
_PAGE_OF_PUBLISHER: Final = re.compile(
    r"(?:/(?:full(?:text|\.html|\.pdf)?|abstract|pdf|epdf|meta|summary|html|tables|references)|\.pdf|\.html?)+/?$",
    re.IGNORECASE,
)
_RUN_ON: Final = re.compile(
    r"(?<=\d)(?:Abstract|Published|Received|Accepted|Epub|PMID|PMCID|Downloaded|Copyright|Citation|Keywords|ISSN"
    r"|Correspondence|Available|Full)[A-Za-z]*:?.*$"
)
_DATE_AFTER: Final = re.compile(rf"\s(?:{_MONTHS})\.?\s(?:19|20)\d\d\b")
_CLOSING: Final = {")": "(", "]": "[", "}": "{", ">": "<"}

_PMID: Final = re.compile(
    r"(?:\bPMID\s*[:\-–]?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|europepmc\.org/\w+/MED/)(\d{1,8})\b",
    re.IGNORECASE,
)
_PMCID: Final = re.compile(r"\bPMC\s?(\d{4,8})\b")
_ISBN: Final = re.compile(
    r"\bISBN(?:-?1[03])?\s*[:=]?\s*((?:\d[\s\u2010-\u2015-]?){9,12}[\dXx])(?!\d)"
    r"|(?<![\d/.-])(97[89](?:[\s\u2010-\u2015-]?\d){10})(?!\d)"
)
_ARXIV: Final = re.compile(
    r"(?:\barXiv\s*:\s*|arxiv\.org/(?:abs|pdf)/)((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)",
    re.IGNORECASE,
)


def identifiers_in(text: str) -> list[Identifier]:
    """Return every identifier of a text once, in the order of their places."""
    found = [*_dois(text), *_pmids(text), *_isbns(text), *_arxiv_ids(text)]
    unique: dict[tuple[str, str], Identifier] = {}
    for identifier in sorted(found, key=lambda one: one.start):
        unique.setdefault((identifier.kind, identifier.value.casefold()), identifier)
    return list(unique.values())


def _dois(text: str) -> list[Identifier]:
    found: list[Identifier] = []
    at = 0
    while match := _DOI.search(text, at):
        raw = match[0]
        following = _NEXT_DOI.search(raw, 8)
        if following:
            raw = raw[: following.start()]
        doi = _doi_in(raw, _in_address(text, match.start()))
        end = match.start() + len(raw)
        at = max(end, match.start() + 8)
        if doi:
            bare_end = match.start() + len(raw.rstrip())
            readings = _readings(doi, text, bare_end) if raw.rstrip().endswith(doi[-3:]) else [doi]
            found.append(Identifier("doi", readings[0], tuple(readings[1:]), match.start(), end))
    return found


def _in_address(text: str, at: int) -> bool:
    before = text[max(0, at - 200) : at]
    return bool(re.search(r"(?:https?://|www\.)\S*$", before, re.IGNORECASE))


def _doi_in(raw: str, in_address: bool) -> str:
    """Return the DOI of a run of text as printed, without what punctuation, pages and tags add to it."""
    raw = re.split(r"</|&lt;/|\"", raw, maxsplit=1)[0].replace("/ ", "/", 1)
    if in_address:
        raw = _PAGE_OF_PUBLISHER.sub("", re.split(r"[?#&]", raw, maxsplit=1)[0])
    if "%" in raw:
        raw = unquote(raw)
    raw = raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    raw = re.sub("[\u2010\u2011\u2212]", "-", _RUN_ON.sub("", raw))
    while raw and (raw[-1] in ".,;:'`*†‡…|\\_-" or _unopened(raw)):
        raw = raw[:-1]
    prefix, _, suffix = raw.partition("/")
    return raw if suffix and prefix else ""


def _unopened(raw: str) -> bool:
    opening = _CLOSING.get(raw[-1])
    return opening is not None and raw.count(raw[-1]) > raw.count(opening)


def _readings(doi: str, text: str, end: int) -> list[str]:
    """Return the readings of a DOI whose last digits may be the day of a date that follows (`…5331 January
    2018`)."""
    if not _DATE_AFTER.match(text, end) or not re.search(r"\d{3}$", doi):
        return [doi]
    two, one = doi[:-2], doi[:-1]
    if 10 <= int(doi[-2:]) <= 31:
        return [two, doi, one]
    return [doi, one]


def _pmids(text: str) -> list[Identifier]:
    pmids = [Identifier("pmid", one[1], (), one.start(), one.end()) for one in _PMID.finditer(text)]
    pmcids = [
        Identifier("pmcid", f"PMC{one[1]}", (), one.start(), one.end()) for one in _PMCID.finditer(text)
    ]
    return pmids + pmcids


def _isbns(text: str) -> list[Identifier]:
    found = []
    for match in _ISBN.finditer(text):
        isbn = re.sub(r"[^\dX]", "", (match[1] or match[2]).upper())
        if is_isbn(isbn):
            found.append(Identifier("isbn", isbn, (), match.start(), match.end()))
    return found


def is_isbn(isbn: str) -> bool:
    """Whether ten or thirteen digits (the last of ten may be X) have the right check digit."""
    if re.fullmatch(r"\d{9}[\dX]", isbn):
        digits = [10 if digit == "X" else int(digit) for digit in isbn]
        return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", isbn):
        return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(isbn)) % 10 == 0
    return False


def _arxiv_ids(text: str) -> list[Identifier]:
    return [Identifier("arxiv", one[1].lower(), (), one.start(), one.end()) for one in _ARXIV.finditer(text)]
