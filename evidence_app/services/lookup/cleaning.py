"""A Crossref record made into a CSL item: one pure function, with a rule for each quirk of the records.

Sources: the Crossref REST API's work format; the quirks counted over 2,271 recorded works in the project's
notes; CSL 1.0.2 for what comes out. Titles are never recased; of names only surnames wholly in capitals
are."""

import re
from collections.abc import Mapping
from typing import Any, Final

from evidence_app.domain.contents import UPDATE_GROUPS
from evidence_app.domain.csl import CslItem, without_empty
from evidence_app.domain.dates import CslDate
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import folded, plain
from evidence_app.services.lookup.markup import collapsed, paragraphs, plain_line, rich_line
from evidence_app.services.lookup.names_from_crossref import names_from

TYPES: Final[Mapping[str, str]] = {
    "journal-article": "article-journal",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings":
    "book", "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter", "book-track":
    "chapter", "reference-entry": "entry-encyclopedia",
    "proceedings-article": "paper-conference",
    "report": "report", "report-component": "report",
    "dissertation": "thesis",
    "posted-content": "article",
    "dataset": "dataset", "database": "dataset",
    "standard": "standard",
    "peer-review": "review",
}  # fmt: skip

_NOT_WORKS: Final[Mapping[str, str]] = {
    "journal": "a whole journal", "journal-volume": "a whole volume of a journal",
    "journal-issue": "a whole issue of a journal", "component": "a part of another work",
    "book-series": "a series of books", "book-set": "a set of books", "proceedings-series": "a series",
    "report-series": "a series of reports", "grant": "a grant, not a work",
}  # fmt: skip
NOTICE_TYPES: Final = frozenset(UPDATE_GROUPS)
_SERIES: Final = re.compile(
    r"\b(?:series|lecture notes|studies in|progress in|communications in computer|springerbriefs|schriften"
    r"|advances in intelligent|contemporary mathematics|monographs|colloquia"
    r"|SPIE proceedings|topics in|reihe|collection)\b",
    re.IGNORECASE,
)
_NO_PAGE: Final = re.compile(r"^(?:n/?a|no|none|-+|0+|ifc)(?:\s*[-–]\s*(?:n/?a|no|none|0+))?$", re.IGNORECASE)


class NotAReference(EvidenceError):
    """The record is a notice, a journal, an issue or a part, which a bibliography does not list as a work."""


def csl_from_crossref(work: Mapping[str, Any]) -> CslItem:
    """Return what a Crossref record says as a CSL item.

    Raises `NotAReference`, with the reason, for notices and for what is not a work."""
    if reason := refusal(work):
        raise NotAReference(reason)
    kind = csl_type(work)
    return without_empty(
        {
            "type": kind,
            "DOI": str(work.get("DOI") or "").lower(),
            **_titles(work),
            **_people(work),
            **_dates(work),
            **_container(work, kind),
            **_place_in_container(work),
            **_publisher(work, kind),
            **_numbers(work),
            "abstract": paragraphs(_first(work, "abstract")),
            "language": _first(work, "language"),
            "URL": _address(work),
        }
    )


def refusal(work: Mapping[str, Any]) -> str | None:
    """Return why a record cannot stand as a reference, or nothing if it can."""
    doi = str(work.get("DOI") or "").casefold()
    kind = str(work.get("type") or "other")
    if kind in _NOT_WORKS:
        return f"{doi} is {_NOT_WORKS[kind]}. It was not taken as a reference."
    if notice := _as_notice(work):
        return f"{doi} is a notice ({notice[0]}) about {notice[1]}, not the work itself. Look up {notice[1]}."
    if csl_type(work) == "":
        return f"{doi} is registered without saying what kind of work it is ({kind}). Enter it by hand."
    return None


def csl_type(work: Mapping[str, Any]) -> str:
    """Return the CSL type of a record, or empty text for a kind that is no work."""
    kind = str(work.get("type") or "other")
    if kind == "other" and work.get("container-title") and (work.get("ISBN") or work.get("page")):
        return "chapter"
    return TYPES.get(kind, "")


def _as_notice(work: Mapping[str, Any]) -> tuple[str, str] | None:
    own = str(work.get("DOI") or "").casefold()
    if work.get("updated-by") and re.match(
        r"\W*(?:retracted|withdrawn)\b", _first(work, "title"), re.IGNORECASE
    ):
        return None
    for update in _mappings(work.get("update-to")):
        target = str(update.get("DOI") or "").casefold()
        if target and target != own and update.get("type") in NOTICE_TYPES:
            return str(update.get("label") or update["type"]).lower(), target
    return None


def _first(work: Mapping[str, Any], name: str) -> str:
    """Return the first text under a name, which Crossref gives as a text, a list, an empty list or not at
    all."""
    return next(iter(_texts(work.get(name))), "")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the records of a list, or the one that stands alone as Crossref writes it in older works."""
    values = value if isinstance(value, list | tuple) else [value]
    return [one for one in values if isinstance(one, Mapping)]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in values if one and isinstance(one, str | int)]


def _titles(work: Mapping[str, Any]) -> CslItem:
    title = rich_line(_first(work, "title"))
    original = rich_line(_first(work, "original-title"))
    for part in _texts(work.get("subtitle")):
        title = _with_subtitle(title, rich_line(part))
    return {
        "title": title or original,
        "original-title": original if title and folded(plain(original)) != folded(plain(title)) else "",
        "title-short": _short_title(work, title),
    }


def _with_subtitle(title: str, subtitle: str) -> str:
    if not title or not subtitle:
        return title or subtitle
    if _letters(subtitle) in _letters(title):
        return title
    if _letters(title) in _letters(subtitle):
        return subtitle
    return f"{title} {subtitle}" if title[-1] in "?!:" else f"{title}: {subtitle}"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", folded(plain(text))).strip()


def _short_title(work: Mapping[str, Any], title: str) -> str:
    short = plain_line(_first(work, "short-title"))
    return short if short and _letters(short) != _letters(title) else ""


def _people(work: Mapping[str, Any]) -> CslItem:
    return {role: names_from(work.get(role)) for role in ("author", "editor", "translator", "chair")}


def _dates(work: Mapping[str, Any]) -> CslItem:
    issue = _mapping(work.get("journal-issue"))
    printed = _date(work.get("published-print")) or _date(issue.get("published-print"))
    online = _date(work.get("published-online")) or _date(issue.get("published-online"))
    others = (_date(work.get(name)) for name in ("issued", "published", "posted", "published-other"))
    issued = next((date for date in others if date), None)
    in_an_issue = bool(work.get("volume") or work.get("issue"))
    event = _mapping(work.get("event"))
    return {
        "issued": (printed if in_an_issue else None) or issued or printed or online,
        "published-print": printed,
        "published-online": online,
        "event-date": _date(event.get("start")),
    }


def _date(value: Any) -> CslDate | None:
    """Return a Crossref date; `[[null]]`, which stands for no date, and impossible parts are left out."""
    lists = _mapping(value).get("date-parts")
    first = lists[0] if isinstance(lists, list | tuple) and lists else None
    parts: list[int] = []
    for at, part in enumerate(first if isinstance(first, list | tuple) else ()):
        if not str(part).isdecimal() or not _is_possible(at, int(part)):
            break
        parts.append(int(part))
    return {"date-parts": [parts]} if parts else None


def _is_possible(at: int, part: int) -> bool:
    return (1000 <= part <= 2200, 1 <= part <= 12, 1 <= part <= 31)[at] if at < 3 else False


def _container(work: Mapping[str, Any], kind: str) -> CslItem:
    titles = [title for text in _texts(work.get("container-title")) if (title := plain_line(text))]
    item: CslItem = {"container-title-short": plain_line(_first(work, "short-container-title"))}
    if kind in {"chapter", "paper-conference", "entry-encyclopedia"} and len(titles) > 1:
        book = _book_among(titles)
        item["collection-title"] = next(title for title in titles if title != book)
        item["container-title"] = book
    elif titles:
        item["collection-title" if kind == "book" else "container-title"] = titles[0]
    if _letters(item["container-title-short"]) == _letters(item.get("container-title", "")):
        item["container-title-short"] = ""
    event = _mapping(work.get("event"))
    return {
        **item,
        "event-title": plain_line(str(event.get("name") or "")),
        "event-place": plain_line(str(event.get("location") or "")),
    }


def _book_among(titles: list[str]) -> str:
    """Return the book of a chapter's two containers: not the one named like a series, else the last."""
    books = [title for title in titles if not _SERIES.search(title)]
    return books[-1] if len(books) != len(titles) and books else titles[-1]


def _place_in_container(work: Mapping[str, Any]) -> CslItem:
    number = collapsed(_first(work, "article-number"))
    page = _page(_first(work, "page"))
    return {
        "volume": collapsed(_first(work, "volume")),
        "issue": collapsed(_first(work, "issue")),
        "page": page or number,
        "article-number": number,
    }


def _page(text: str) -> str:
    text = collapsed(text)
    if _NO_PAGE.match(text):
        return ""
    first, _, last = text.partition("-")
    return first if first == last else text


def _publisher(work: Mapping[str, Any], kind: str) -> CslItem:
    institutions = _mappings(work.get("institution"))
    named = next((plain_line(str(one.get("name") or "")) for one in institutions), "")
    takes_over = kind == "thesis" or (kind == "article" and named)
    return {
        "publisher": named if named and takes_over else plain_line(_first(work, "publisher")),
        "publisher-place": plain_line(_first(work, "publisher-location")),
        "genre": _genre(work, kind),
    }


def _genre(work: Mapping[str, Any], kind: str) -> str:
    if kind == "thesis":
        return plain_line(_first(work, "degree"))
    subtype = _first(work, "subtype").replace("_", " ")
    return subtype.capitalize() if kind == "article" else ""


def _numbers(work: Mapping[str, Any]) -> CslItem:
    return {
        "ISSN": ", ".join(_by_medium(work, "ISSN", "issn-type")),
        "ISBN": ", ".join(_by_medium(work, "ISBN", "isbn-type")),
        "custom": _numbers_by_medium(work),
        "edition": collapsed(_first(work, "edition-number")),
        "number": collapsed(_first(work, "report-number")),
    }


def _by_medium(work: Mapping[str, Any], name: str, typed: str) -> list[str]:
    """Return the numbers, print before electronic, each once."""
    order = {"print": 0, "electronic": 1}
    listed = sorted(_mappings(work.get(typed)), key=lambda one: order.get(str(one.get("type")), 2))
    numbers = [str(one.get("value") or "") for one in listed] + _texts(work.get(name))
    return list(dict.fromkeys(_bare(number) for number in numbers if number))


def _numbers_by_medium(work: Mapping[str, Any]) -> dict[str, str]:
    return {
        f"{name}-{one['type']}": _bare(str(one["value"]))
        for name, typed in (("ISSN", "issn-type"), ("ISBN", "isbn-type"))
        for one in _mappings(work.get(typed))
        if one.get("type") and one.get("value")
    }


def _bare(number: str) -> str:
    return re.sub(r"^https?://\S*?/isbn/", "", number, flags=re.IGNORECASE).strip()


def _address(work: Mapping[str, Any]) -> str:
    """Return the address of the work, unless it only repeats the DOI."""
    address = _first(work, "URL")
    return "" if re.search(r"//(?:dx\.)?doi\.org/", address) else address
