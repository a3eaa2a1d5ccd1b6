"""The sentence in which Ovid prints journal, volume, issue, pages and date, each database its own way.

Sources: exports of MEDLINE, Embase, PsycINFO, BIOSIS, Zoological Record and Journals@Ovid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 1_500
"""The longest sentence that is read; more is no source."""
_MONTH: Final = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[a-z]*\.?"
)
_EDITORS: Final = re.compile(r"[^\[\]]{2,80}?\s\[(?:Eds?|Editors?)\b[^\[\]]{0,80}\]?\][,.;]?\s*")
_MORE: Final = re.compile(
    r"\.?\s+(Date of Publication|Article Number|Conference Start|Conference End|Chapter pagination)"
    r":\s*([^:]{1,80}?)(?=\.?$|\.\s)"
)
_CONFERENCE: Final = re.compile(r"\.\s+Conference:\s*")
_VOLUME: Final = (
    r"(?:(?:Suppl|SUPPL|Spec|Part|Pt|Vol|No)\w{0,8}\.? )?[A-Za-z]{0,4}\d[\w./-]{0,14}"
    r"(?: (?:Suppl|Spec|Part|Pt|SUPPL)[\w. ]{0,14})?"
)
_PSYC: Final = re.compile(
    r"\.\s+Vol\.?\s*(?P<volume>[^(),]{1,30})(?:\((?P<issue>[^)]{0,40})\))?[^,]{0,40},\s*"
    r"(?P<date>[^,]{0,40}\d{4})(?:,\s*(?:pp\.\s*)?(?P<pages>[^,.\[]{0,60}))?"
)
_JOURNALS: Final = re.compile(
    rf"\.?\s+(?P<date>(?:{_MONTH}(?:/{_MONTH})?\s+)?(?:\d{{1,2}},?\s+)?(?:1[6-9]|20)\d\d);"
    r"(?P<volume>[^(:;\s][^(:;]{0,30}|(?=[(:]))(?:\((?P<issue>[^)]{0,40})\))?(?::(?P<pages>[^;]{0,60}))?\.?$"
)
_TAIL: Final = re.compile(
    rf"(?P<volume>{_VOLUME})?\s*(?:\((?P<issue>(?!pp |no pag|var)[^)]{{0,40}})\))?"
    r"\s*(?:\((?:pp?\s*(?P<printed>[^)]{1,40})|no pagination|var\.? ?pagings)\))?"
    rf"\s*(?::\s*(?P<pages>[^,;]{{0,60}}))?\s*[,;.]\s*"
    r"(?P<date>[^;:]{0,60}?\d{4}[^;:]{0,20}?)(?::\s*(?P<behind>[^;:]{1,40}?))?\.{0,2}$"
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<date>\d{4}(?: \d{1,2})?(?: [A-Z][a-z]+)?(?:[-/][A-Z][a-z]+)?);\s*(?P<pages>[^;]{0,60}?)\.{0,2}$"
)
_BOOK: Final = re.compile(r"\s(?P<date>\d{4}):\s*(?P<pages>[^.]{1,40})\.?$")


@dataclass(slots=True)
class Source:
    """What the sentence says; what it does not say is empty."""

    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article: str = ""
    date: str = ""
    conference: str = ""
    editors: tuple[str, ...] = ()


def read(sentence: str) -> Source:
    """Return what a source sentence says."""
    text = " ".join(sentence.split())
    if len(text) > _LONGEST:
        return Source(journal=text)
    found = Source()
    text = _without_editors(text, found)
    more = dict(_MORE.findall(text))
    text = _MORE.sub("", text)
    head, conference, rest = _parted_conference(text)
    found.conference = conference
    _split(head, rest, found)
    found.article = found.article or more.get("Article Number", "").strip()
    found.pages = more.get("Chapter pagination", "").strip() or found.pages
    found.date = more.get("Date of Publication", "").strip() or found.date
    return found


def _without_editors(text: str, found: Source) -> str:
    editors = []
    while name := _EDITORS.match(text):
        editors.append(name[0][: name[0].index("[")].strip(" ,.;"))
        text = text[name.end() :]
    found.editors = tuple(editors)
    return text


def _parted_conference(text: str) -> tuple[str, str, str]:
    """Embase: `Journal. Conference: Name. Place. Conference Publication: (var.pagings). 46 (2), 2015.`"""
    parts = _CONFERENCE.split(text, maxsplit=1)
    if len(parts) == 1:
        return text, "", ""
    name = re.split(r"\.\s", parts[1], maxsplit=1)[0]
    return parts[0], name.rstrip("."), parts[1]


def _split(head: str, rest: str, found: Source) -> None:
    for pattern in (_PSYC, _JOURNALS):
        if match := pattern.search(head):
            _take(match, head[: match.start()], found)
            return
    text = f"{head}. {rest}" if rest else head
    for at, tail in _tails(text):
        if match := _TAIL.match(tail) or _YEAR_FIRST.match(tail):
            _take(match, head if rest else text[:at], found)
            return
    if found.editors and (match := _BOOK.search(text)):
        _take(match, re.split(r"\.\]?\s", text, maxsplit=1)[0].lstrip("["), found)
        return
    found.journal = head.rstrip(". ")


def _tails(text: str) -> Iterator[tuple[int, str]]:
    """Yield what follows each dot, from the left: journals with dots in their names come first."""
    for dot in re.finditer(r"\.(?=[\s:])\s*", text):
        yield dot.start(), text[dot.end() :]


def _take(match: re.Match[str], journal: str, found: Source) -> None:
    said = {name: (value or "").strip(" .") for name, value in match.groupdict().items()}
    pages = said.get("printed") or said.get("pages") or said.get("behind") or ""
    found.journal = journal.strip(" .")
    found.volume, found.issue = said.get("volume", ""), said.get("issue", "")
    if pages.startswith("ArtID"):
        found.article = pages[5:].strip(" .:")
    elif pages.lower() not in {"no pagination specified", "unpaginated"} and not pages.endswith("pp"):
        found.pages = re.sub(r"^(?:pp?\.?\s+)", "", pages)
    found.date = said.get("date", "")
    if yeared := re.fullmatch(r"(\S+) ((?:19|20)\d\d)", found.volume):  # `Vol.10 2019, ArtID 1234`
        found.article = found.article or found.date.removeprefix("ArtID").strip()
        found.volume, found.date = yeared[1], yeared[2]
