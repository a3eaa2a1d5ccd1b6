"""MODS: library records. Source: the Library of Congress' MODS user guidelines, version 3."""

from typing import Any, Final

from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft
from evidence_app.services.formats.hidden import take_note
from evidence_app.services.formats.values import date_of, doi_in, name_of, pages_of
from evidence_app.services.formats.xml_stream import joined, local

RECORDS: Final = frozenset(("mods",))
_GENRES: Final = (
    ("conference", "paper-conference"), ("chapter", "chapter"), ("thesis", "thesis"), ("theses", "thesis"),
    ("dissertation", "thesis"), ("report", "report"), ("web", "webpage"), ("patent", "patent"),
    ("newspaper", "article-newspaper"), ("magazine", "article-magazine"), ("map", "map"), ("book", "book"),
    ("article", "article-journal"), ("journal", "article-journal"), ("letter", "personal_communication"),
)  # fmt: skip
_ROLES: Final = {
    "aut": "author", "author": "author", "cre": "author", "creator": "author", "edt": "editor",
    "editor": "editor", "trl": "translator", "translator": "translator", "ill": "illustrator",
    "ths": "contributor", "ctb": "contributor", "rcp": "recipient", "ivr": "interviewer",
}  # fmt: skip
_DATES: Final = ("dateIssued", "copyrightDate", "dateCreated", "dateCaptured", "dateModified", "dateOther")


def draft_of(element: Any) -> Draft:
    """Return the draft of a `<mods>` element."""
    draft = Draft()
    host = next((item for item in _all(element, "relatedItem") if item.get("type") == "host"), None)
    series = next((item for item in _all(element, "relatedItem") if item.get("type") == "series"), None)
    _titles(draft, element, host, series)
    _names(draft, element, "author")
    if host is not None:
        _names(draft, host, "editor")
    for place in (element, host):
        if place is not None:
            _origin(draft, place)
            _part(draft, place)
            _identifiers(draft, place, own=place is element)
    _descriptions(draft, element)
    draft.put("type", _type(element, host))
    draft.source_id = draft.source_id or element.get("ID")
    return draft


def _all(element: Any, name: str) -> list[Any]:
    return [child for child in element if local(child) == name]


def _first(element: Any, *path: str) -> str:
    """Return the text of the first element at the path."""
    for name in path[:-1]:
        element = next(iter(_all(element, name)), None)
        if element is None:
            return ""
    found = next(iter(_all(element, path[-1])), None)
    return joined(found) if found is not None else ""


def _title(info: Any) -> str:
    parts = [_first(info, "nonSort"), _first(info, "title")]
    title = " ".join(part for part in parts if part)
    below = _first(info, "subTitle")
    return f"{title}: {below}" if below else title


def _titles(draft: Draft, element: Any, host: Any, series: Any) -> None:
    for info in _all(element, "titleInfo"):
        kind = info.get("type", "")
        name = {"abbreviated": "title-short", "translated": "original-title"}.get(kind, "title")
        draft.put(name, _title(info), 0 if not kind else 2)
    for below, name in ((host, "container-title"), (series, "collection-title")):
        if below is not None:
            for info in _all(below, "titleInfo"):
                draft.put(f"{name}-short" if info.get("type") == "abbreviated" else name, _title(info))


def _names(draft: Draft, element: Any, default: str) -> None:
    for person in _all(element, "name"):
        roles = [
            joined(term).lower().rstrip(".")
            for role in _all(person, "role")
            for term in _all(role, "roleTerm")
        ]
        variable = next((_ROLES[role] for role in roles if role in _ROLES), default)
        name = _name(person)
        if name:
            draft.item.setdefault(variable, []).append(name)


def _name(person: Any) -> dict[str, str] | None:
    parts: dict[str, list[str]] = {}
    for part in _all(person, "namePart"):
        parts.setdefault(part.get("type", ""), []).append(joined(part))
    if person.get("type") in {"corporate", "conference"}:
        return {"literal": " ".join(word for words in parts.values() for word in words)}
    if "family" in parts:
        given = " ".join(parts.get("given", []))
        suffix = " ".join(parts.get("termsOfAddress", []))
        full = {"family": " ".join(parts["family"]), "given": given, "suffix": suffix}
        return {name: value for name, value in full.items() if value}
    plain = ", ".join(parts.get("", []))
    return name_of(plain) if plain else None


def _origin(draft: Draft, element: Any) -> None:
    for origin in _all(element, "originInfo"):
        draft.put("publisher", _first(origin, "publisher"))
        terms = [
            term
            for place in _all(origin, "place")
            for term in _all(place, "placeTerm")
            if term.get("type") != "code"
        ]
        draft.put("publisher-place", joined(terms[0]) if terms else "")
        draft.put("edition", _first(origin, "edition"))
        for rank, name in enumerate(_DATES):
            draft.put("issued", date_of(_first(origin, name).strip("[]c©. ")), rank)


def _part(draft: Draft, element: Any) -> None:
    for part in _all(element, "part"):
        for detail in _all(part, "detail"):
            kind = {"volume": "volume", "issue": "issue", "number": "issue"}.get(detail.get("type", ""))
            if kind:
                draft.put(kind, _first(detail, "number") or _first(detail, "caption"))
        for extent in _all(part, "extent"):
            pages = pages_of(_first(extent, "start"), _first(extent, "end"))
            draft.put("page", pages or _first(extent, "list") or _first(extent, "total"))
        draft.put("issued", date_of(_first(part, "date")), 9)


def _identifiers(draft: Draft, element: Any, own: bool) -> None:
    for found in _all(element, "identifier"):
        kind, value = found.get("type", "").lower(), joined(found)
        if kind == "doi":
            draft.put("DOI", doi_in(value) or value, 0 if own else 5)
        elif kind in {"isbn", "issn"}:
            to.serial_number(draft, value)
        elif kind in {"pmid", "pubmed", "medline"} and own:
            draft.put("PMID", value)
        elif kind == "uri" and own:
            draft.put("URL", value, 2)
        elif kind in {"citekey", "local", "oclc", "lccn"} and own:
            draft.source_id = value if kind == "citekey" else draft.source_id or value


def _descriptions(draft: Draft, element: Any) -> None:
    for abstract in _all(element, "abstract"):
        known = draft.item.get("abstract")
        draft.item["abstract"] = f"{known}\n{joined(abstract)}" if known else joined(abstract)
    for subject in _all(element, "subject"):
        words = [joined(child) for child in subject if isinstance(child.tag, str) and joined(child)]
        if words:
            to.keywords("\x00")(draft, " -- ".join(words))
    for note in _all(element, "note"):
        if joined(note):
            take_note(draft, joined(note))
    for language in _all(element, "language"):
        draft.put("language", joined(language))
    for location in _all(element, "location"):
        draft.put("URL", _first(location, "url"))
        draft.put("archive", _first(location, "physicalLocation"))
        draft.put("call-number", _first(location, "shelfLocator"))
    for number in _all(element, "classification"):
        draft.put("call-number", joined(number), 2)
    draft.put("license", _first(element, "accessCondition"))
    draft.put("source", _first(element, "recordInfo", "recordContentSource"))
    draft.source_id = draft.source_id or _first(element, "recordInfo", "recordIdentifier") or None


def _type(element: Any, host: Any) -> str:
    genres = " ".join(joined(genre) for genre in _all(element, "genre")).lower()
    above = " ".join(joined(genre) for genre in _all(host, "genre")).lower() if host is not None else ""
    found = next((csl for word, csl in _GENRES if word in genres), "")
    if found == "article-journal" or (not genres and host is not None):
        return (
            "paper-conference"
            if "conference" in above
            else "chapter"
            if "book" in above
            else "article-journal"
        )
    if found:
        return found
    kind = _first(element, "typeOfResource")
    kinds = {
        "still image": "graphic",
        "cartographic": "map",
        "software, multimedia": "software",
        "moving image": "motion_picture",
    }
    return kinds.get(kind, "book" if kind == "text" else "document")
