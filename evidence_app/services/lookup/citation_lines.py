"""The one line of a pasted record that says where a work appeared, and the line that says who wrote it."""

import re
from typing import Final

from evidence_app.domain.csl import CslItem, without_empty
from evidence_app.domain.dates import parse_date
from evidence_app.domain.names import PARTICLES, CslName, parse_names
from evidence_app.services.lookup.identifiers import identifiers_in

_DASH: Final = r"\u2010\u2011\u2012\u2013\u2014\-"
_MONTH: Final = r"[A-Z][a-z]{2,8}"
_PLACE: Final = r"(?P<volume>[\w.]{1,12})?\s*(?:\((?P<issue>[^()]{1,30})\))?"
_PAGES: Final = rf"(?P<page>[A-Za-z]?\d[\w.{_DASH}/]*)"
_LINES: Final = (
    # PubMed: BMC Health Serv Res. 2019 Apr 15;19(1):228.
    re.compile(
        rf"^(?P<journal>[^.\d][^.]{{1,120}})\.\s+(?P<date>\d{{4}}(?:\s+{_MONTH}(?:[{_DASH}]{_MONTH})?(?:\s+\d{{1,2}})?)?)"
        rf"\s*;\s*{_PLACE}\s*(?::\s*{_PAGES})?\s*(?:\.|$)"
    ),
    # A bulletin: Journal of Integrated Care, v26(1), pp.87-96, January 2018
    re.compile(
        rf"^(?P<journal>\D.{{1,120}}?),\s*(?:v|vol|volume)\.?\s*{_PLACE}(?:,\s*(?:no|issue)\.?\s*(?P<number>\w+))?"
        rf"(?:,\s*pp?\.?\s*{_PAGES})?,\s*(?P<date>(?:\d{{1,2}}\s+)?(?:{_MONTH}\s+)?\d{{4}})\b",
        re.IGNORECASE,
    ),
    # A catalogue: Health expectations 2024-06, Vol.27 (3), p.e14053-n/a
    re.compile(
        rf"^(?P<journal>\D.{{1,200}}?)[,.]?\s+\(?(?P<date>\d{{4}}(?:-\d\d){{0,2}})\)?,\s*Vol\.?\s*{_PLACE}"
        rf"(?:,\s*pp?\.?\s*{_PAGES})?",
        re.IGNORECASE,
    ),
    # Vancouver and APA ends: J Integr Care 2018;26(1):87-96 · J Integr Care, 26(1), 87-96
    re.compile(rf"^(?P<journal>\D[^;:]{{1,120}}?)[,.]?\s+(?P<date>\d{{4}})\s*;\s*{_PLACE}\s*:\s*{_PAGES}"),
    re.compile(
        rf"^(?P<journal>\D[^;:]{{1,120}}?),\s+(?P<volume>\d{{1,4}})\s?\((?P<issue>[^()]{{1,20}})\),\s*{_PAGES}"
    ),
)
_GREY: Final = re.compile(
    r"^(?P<who>[^.?!]{2,200})\.\s+(?P<title>[^.?!]{8,300}[?!]?)\.?\s+"
    r"(?:(?P<publisher>[^.;\d][^.;]{1,120});\s*)?(?P<year>\d{4})\b"
)
_GIVEN_NAMES: Final = """
    adam alan alex alice alison amanda amy andrea andrew angela anna anne anthony barbara ben benjamin
    brian caroline catherine charles charlotte chris christine christopher claire colin daniel david
    deborah diana donna edward elizabeth ellen emily emma eric fiona frances frank gareth gary geoffrey
    george gerald gillian graham hannah harry heather helen henry holly ian jack jacqueline james jane
    janet jason jean jennifer jessica joan joanna john jonathan joseph joyce judith julia julie karen kate
    katherine kathryn keith kenneth kevin laura lauren lesley linda lisa louise lucy margaret maria mark
    martin mary matthew maureen melanie michael michelle natalie neil nicholas nicola nigel oliver pamela
    patricia patrick paul paula peter philip rachel rebecca richard robert robin roger ruth samantha
    samuel sandra sarah sharon simon sophie stephanie stephen steven stuart susan suzanne teresa thomas
    tim timothy tracey victoria vincent wendy william zoe
"""
_GIVEN: Final = frozenset(_GIVEN_NAMES.split())
_MARKS_OF_AUTHORS: Final = re.compile(
    r"(?<=[A-Za-z.])\s*[\d¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§]+(?:[\s,]*[\d¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§]+)*(?=\s*(?:,|;|$| and ))"
)
_ADDRESS: Final = re.compile(
    r"\b(?:University|Hospital|Department|Institute|School|Centre|Center|College|Faculty|Unit|Division|Street|Road"
    r"|Laboratory|Trust|Council|Foundation|Ltd|Inc)\b"
)


def is_address(line: str) -> bool:
    """Whether a line is the affiliation of an author."""
    return (
        bool(_ADDRESS.search(line)) and line.count(",") >= 1 and len(line) < 300 and not _has_sentence(line)
    )


def _has_sentence(line: str) -> bool:
    return bool(re.search(r"[a-z]{3,}\. [A-Z][a-z]+ [a-z]+ [a-z]+", line))


def citation_in(line: str) -> CslItem:
    """Return journal, date, volume, issue and pages of a line that cites a work, or an empty item."""
    line = re.sub(r"\s+", " ", line).strip(" •-")
    for form in _LINES:
        if found := form.match(line):
            return _cited(found.groupdict())
    return {}


def reference_in(line: str) -> CslItem:
    """Return what a whole reference on one line says: authors, title, then where it appeared (Vancouver
    order).

    Nothing is returned unless all three are there."""
    parts = re.split(r"(?<=[.?!])\s+", re.sub(r"^\s*(?:\[?\d{1,4}[\].)]\s+|[•*–-]\s+)", "", line))
    people = authors_in(parts[0]) if len(parts) > 2 else []
    for at in range(len(parts) - 1, 1, -1):
        if people and citation_in(" ".join(parts[at:])):
            start = _start_of_journal(parts, at)
            title = " ".join(parts[1:start]).rstrip(".")
            cited = citation_in(" ".join(parts[start:]))
            return {"type": "article-journal", "author": people, "title": title, **cited}
    return {}


def _start_of_journal(parts: list[str], at: int) -> int:
    """Return where a journal begins whose abbreviated words end in full stops: `Polym. Eng. Sci.`"""
    while at > 2 and re.fullmatch(r"[A-Z][A-Za-z]{0,6}\.", parts[at - 1]):
        at -= 1
    return at


def grey_in(line: str) -> CslItem:
    """Return what a reference to a report or page says before its address: who, title, publisher, year,
    access."""
    line = re.sub(r"[<(\[\s]+$", "", re.sub(r"^\s*(?:\[?\d{1,4}[\].)]\s+|[•*–-]\s+)", "", line))
    if not (found := _GREY.match(line)):
        return {}
    people = authors_in(found["who"])
    if not all(re.fullmatch(r"[A-Z][A-Z-]{0,4}", name.get("given", "X")) for name in people) or not people:
        people = [{"literal": found["who"].strip()}]
    accessed = re.search(r"\b[Aa]ccessed:?\s+([A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})", line)
    return without_empty(
        {
            "author": people,
            "title": found["title"].strip(),
            "publisher": (found["publisher"] or "").strip(),
            "issued": parse_date(found["year"]),
            "accessed": parse_date(accessed[1]) if accessed else None,
        }
    )


def _cited(parts: dict[str, str | None]) -> CslItem:
    said = {name: (value or "").strip(" .,") for name, value in parts.items()}
    if not any(said.get(name) for name in ("volume", "issue", "page")):
        return {}
    date = re.sub(rf"(\d{{4}} {_MONTH})[{_DASH}]{_MONTH}", r"\1", said.get("date", ""))
    return without_empty(
        {
            "container-title": said["journal"],
            "issued": parse_date(date),
            "volume": said.get("volume"),
            "issue": said.get("issue") or said.get("number"),
            "page": pages(said.get("page") or ""),
        }
    )


def pages(text: str) -> str:
    """Return pages with a plain hyphen; `e14053-n/a`, as some catalogues print it, is one page."""
    text = re.sub(f"[{_DASH}]+", "-", text).strip(" .,")
    return re.sub(r"-n/?a?$", "", text, flags=re.IGNORECASE)


def authors_in(line: str, family_first: bool = False) -> list[CslName]:
    """Return the people of a line of authors, or none if it is something else.

    Read are `Scott, Rebecca J., Mathie, Elspeth`, `Smith J, Lee AB`, `Ann Lee 1, Cy Dee 2` and, where given
    names or `family_first` say so, `Smith Judith, Lee Ann`."""
    line = _MARKS_OF_AUTHORS.sub("", line).strip(" .,;")
    if not line or _ADDRESS.search(line) or identifiers_in(line) or re.search(r"[:?!()]|\d", line):
        return []
    if ";" in line:
        return [name.to_csl() for name in parse_names(line)]
    parts = [part.strip() for part in re.split(r",|\s+(?:and|&)\s+", line) if part.strip()]
    if not all(_is_name_part(part) for part in parts):
        return []
    if len(parts) % 2 == 0 and all(_is_family(part) for part in parts[::2]):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [name.to_csl() for name in parse_names("; ".join(map(", ".join, pairs)))]
    if any(len(part.split()) < 2 for part in parts if part.casefold().rstrip(".") != "et al"):
        return []
    return _whole_names(parts, family_first)


def _is_name_part(part: str) -> bool:
    words = part.split()
    return 0 < len(words) <= 5 and all(
        word[0].isupper() or word.lower() in {*PARTICLES, "et", "al."} for word in words
    )


def _is_family(part: str) -> bool:
    words = [word for word in part.split() if word.lower() not in PARTICLES]
    return len(words) == 1 and len(words[0].strip(".")) > 1


def _whole_names(parts: list[str], family_first: bool) -> list[CslName]:
    if all(re.search(r"\s[A-Z]{1,3}$", part) or "et al" in part for part in parts):
        return [name.to_csl() for name in parse_names(", ".join(parts))]
    given_last = sum(part.split()[-1].lower() in _GIVEN for part in parts)
    given_first = sum(part.split()[0].lower() in _GIVEN for part in parts)
    turned = given_last > given_first or (family_first and given_last == given_first)
    ordered = [_turned(part) if turned else part for part in parts]
    return [name.to_csl() for name in parse_names("; ".join(ordered))]


def _turned(name: str) -> str:
    family, _, given = name.partition(" ")
    return f"{family}, {given}"
