"""How exported files write names, dates, pages and identifiers, read into CSL values."""

import html
import re
from collections.abc import Mapping
from typing import Any

from evidence_app.domain.dates import MONTHS, CslDate, parse_date
from evidence_app.domain.names import ET_AL, SUFFIXES, CslName, Name, parse_name
from evidence_app.services.formats import limits

_BODY = re.compile(
    r"\b(?:Department|Council|Foundation|Institut\w*|Universit\w+|Cent(?:re|er)|College|Collaboration|Ministry"
    r"|Network|NHS|Organi[sz]ation|Society|Service|Agency|Association|Board|Commission|Consortium|Committee"
    r"|Group|Investigators|Study|Trial|Team|for|and|of|the)\b"
)
_PLAIN_NAME = re.compile(r"([^\s,]+), ([^\s,]+(?: [^\s,]+)*)")
"""What most names are: a family name of one word and given names."""
_REGISTRY = re.compile(
    r"^(?:NCT|ISRCTN|EUCTR|ACTRN|ChiCTR|CTRI|JPRN|DRKS|IRCT|NTR|KCT|TCTR|PACTR)[\w./:-]+$", re.IGNORECASE
)
_RIS_DATE = re.compile(r"^(\d{4})/(\d{0,2})/(\d{0,2})(?:/(.*))?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[\s/.,-]+([A-Za-z]{3,9}|\d{1,2})\.?(?:[\s/.,-]+(\d{1,2}))?$")
_MONTHS_RANGE = re.compile(r"^(\d{4})\s+([A-Za-z]{3,9})\.?\s*[-/]\s*([A-Za-z]{3,9})\.?$")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_MONTH_WORD = re.compile(r"\b(" + "|".join(month[:3] for month in MONTHS) + r")[a-z]*\b", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]{1,1000}")
_PARTED_ENTITY = re.compile(r"( ?)& (#?\w{2,8};)(?=(\w?))")
"""An entity as Web of Science prints it: `Schr & ouml;dinger`."""
_TIME = re.compile(r"^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d\S{0,20}$")
_COMPACT_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_PAGES_WORD = re.compile(r"^pp?\.?\s+(?=\w{0,3}\d)", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(/?)([a-z][a-z0-9]*(?::[a-z-]+|-[a-z-]+)?)(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>", re.I
)
_BREAK = re.compile(r"(?<!\s)\s*\n\s*")
_KEPT = {"i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sup": "sup", "sub": "sub"}
_BLOCKS = frozenset(("p", "br", "div", "h1", "h2", "h3", "h4", "h5", "li", "title", "sec"))
_DASHES = re.compile(r"\s*(?:--+|[‐‑‒–—−])\s*")
_ISSN = re.compile(r"\b(\d{4})[-‐]?(\d{3}[\dXx])\b")


def name_of(text: str) -> CslName | None:
    """Read a name as tagged files write it: `Family, Given, Suffix`, `Family AB`; a last comma: a body."""
    if len(text) > limits.NAME:
        return None
    if (found := _PLAIN_NAME.fullmatch(text)) and found[2].lower() not in SUFFIXES:
        return {"family": found[1], "given": found[2]}
    text = " ".join(text.split())
    if not text or text == ",":
        return None
    if text.rstrip(".").lower() in {"et al", "others", "and others"}:
        return {"literal": ET_AL}
    if text.endswith(",") or _REGISTRY.match(text):
        return {"literal": text.rstrip(",").rstrip().replace(",,", ",") or text}
    if "," in text:
        family, _, rest = text.partition(",")
        if len(family.split()) > 2 and _BODY.search(family):
            return {"literal": text}
        return _family_given(family.strip(), rest)
    name = parse_name(text)
    return _csl(name) if name else None


def _family_given(family: str, rest: str) -> CslName:
    parts = [part.strip() for part in rest.split(",") if part.strip()]
    suffix = next((part for part in parts if part.lower() in SUFFIXES), "")
    given = ", ".join(part for part in parts if part != suffix)
    if not given and not suffix:
        return {"literal": family}
    head = parse_name(f"{family}, x") if " " in family else None
    particle = head.particle if head else ""
    bare = head.family if head else family
    parts_of = {"family": bare, "given": given, "non-dropping-particle": particle, "suffix": suffix}
    return {part: value for part, value in parts_of.items() if value}


def _csl(name: Name) -> CslName:
    return name.to_csl()


def typed_name(name: dict[str, Any]) -> str:
    """Return a CSL name as tagged files write it; `name_of` reads back what the files can hold."""
    parsed = Name.of(name)
    if parsed.literal:
        back = name_of(parsed.literal)
        return (
            parsed.literal if back == {"literal": parsed.literal} else parsed.literal.replace(",", ",,") + ","
        )
    family = f"{parsed.particle} {parsed.family}".strip()
    return ", ".join(part for part in (family, parsed.given, parsed.suffix) if part)


def date_of(text: str) -> CslDate | None:
    """Read a date in any of the exporters' forms; what names no year is kept as a literal."""
    text = " ".join(text.split()).strip(" ;")
    if len(text) > limits.SHORT or not text.strip("/ -"):
        return None
    if len(text) == 4 and text.isdigit():
        return {"date-parts": [[int(text)]]}
    if found := _TIME.match(text):
        text = found[1]
    if found := _RIS_DATE.match(text):
        return {"date-parts": [_parts(found[1], found[2], found[3])]}
    if found := _MONTHS_RANGE.match(text):
        first, last = _month(found[2]), _month(found[3])
        if first and last:
            return {"date-parts": [[int(found[1]), first], [int(found[1]), last]]}
    if found := _YEAR_FIRST.match(text):
        return {"date-parts": [_parts(found[1], found[2], found[3] or "")]} | _season(found[2])
    typed = parse_date(text)
    if typed and "literal" not in typed:
        return typed
    if found := _COMPACT_DATE.search(text):
        return {"date-parts": [_parts(found[1], found[2], found[3])]}
    if (years := _YEAR.findall(text)) and len(set(years)) == 1:
        word = _MONTH_WORD.search(text)
        return {"date-parts": [_parts(years[0], word[1] if word else "", "")]}
    return {"literal": text}


def with_year(printed: str, known: Mapping[str, Any] | None) -> str:
    """Return a printed date with the year it lacks (`Apr 12`), where a date with a year is known."""
    parts = (known or {}).get("date-parts")
    if not parts or not parts[0] or re.search(r"\d{4}", printed):
        return printed
    return f"{parts[0][0]} {printed}"


def _season(word: str) -> CslDate:
    season = {"spr": 1, "sum": 2, "aut": 3, "fal": 3, "win": 4}.get(word[:3].lower())
    return {"season": season} if season and not _month(word) else {}


def _parts(year: str, month: str, day: str) -> list[int]:
    number = int(month) if month.isdigit() else _month(month) or 0
    parts = [int(year)]
    if 1 <= number <= 12:
        parts.append(number)
        if day.isdigit() and 1 <= int(day) <= 31:
            parts.append(int(day))
    return parts


def _month(word: str) -> int | None:
    low = word.lower()[:3]
    return next((at for at, month in enumerate(MONTHS, 1) if len(low) == 3 and month.startswith(low)), None)


def doi_in(text: str) -> str | None:
    """Return the DOI in a text or link as stored: no resolver, lower case."""
    found = _DOI.search(html.unescape(text[: limits.IDENTIFIERS].replace("%2F", "/").replace("%2f", "/")))
    if not found:
        return None
    doi = (
        _ELEMENT.split(found[0], maxsplit=1)[0]
        .split("&")[0]
        .rstrip(".,;'>" if "<" not in found[0] else ".,;'")
    )
    while doi.endswith((")", "]", "}")) and doi.count(doi[-1]) > doi.count(
        {")": "(", "]": "[", "}": "{"}[doi[-1]]
    ):
        doi = doi[:-1]
    return doi.lower()


def without_markup(text: str) -> str:
    """Return text without the markup exporters leave in it: emphasis as CSL marks, blocks as lines."""
    if "&" in text and ";" in text:
        text = html.unescape(_PARTED_ENTITY.sub(_joined_entity, text) if "& " in text else text)
    if "<" not in text or not _ELEMENT.search(text):
        return text
    return _BREAK.sub("\n", _ELEMENT.sub(_markless, text)).strip()


def _joined_entity(found: re.Match[str]) -> str:
    """A letter joins the word it was parted from; a sign between blanks keeps the blank before it."""
    letter = html.unescape(f"&{found[2]}")
    if letter.startswith("&") and len(letter) > 1:
        return found[0]
    return letter if letter.isalpha() or found[3] else f"{found[1]}&{found[2]}"


def _markless(found: re.Match[str]) -> str:
    name = found[2].lower().removeprefix("jats:")
    if name in _KEPT:
        return f"<{found[1]}{_KEPT[name]}>"
    return "\n" if name in _BLOCKS else ""


def pages_of(start: str, end: str = "") -> str:
    """Return a page range from first and last page, or from a whole range in the first."""
    if len(start) + len(end) > limits.SHORT:
        return f"{start}-{end}" if end else start
    start, end = (_PAGES_WORD.sub("", _DASHES.sub("-", part).strip(" -")) for part in (start, end))
    if not end or end == start or "-" in start:
        return start
    return f"{start}-{end}" if start else end


def issns_in(text: str) -> list[str]:
    """Return the ISSNs of a value that may hold several, with their hyphens."""
    found = (f"{first}-{last.upper()}" for first, last in _ISSN.findall(text[: limits.IDENTIFIERS]))
    return list(found)
