"""BibTeX and BibLaTeX: entry types and fields, to CSL items.

Sources: the BibTeX and BibLaTeX manuals; the fields JabRef, Mendeley, Zotero and databases add."""

import re
from collections.abc import Mapping
from typing import Any, Final

from evidence_app.services.formats import bibtex_names
from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rule, Rules
from evidence_app.services.formats.hidden import note as note_rule
from evidence_app.services.formats.latex import decoded
from evidence_app.services.formats.values import date_of, doi_in, pages_of

TYPES: Final = {
    "article": "article-journal", "book": "book", "mvbook": "book", "inbook": "chapter",
    "bookinbook": "chapter", "suppbook": "chapter", "booklet": "pamphlet", "collection": "book",
    "mvcollection": "book", "incollection": "chapter", "suppcollection": "chapter", "dataset": "dataset",
    "data": "dataset", "manual": "report", "misc": "document", "online": "webpage", "www": "webpage",
    "electronic": "webpage", "patent": "patent", "periodical": "periodical",
    "suppperiodical": "article-journal", "proceedings": "book", "mvproceedings": "book",
    "inproceedings": "paper-conference", "conference": "paper-conference", "reference": "book",
    "mvreference": "book", "inreference": "entry-encyclopedia", "report": "report", "techreport": "report",
    "software": "software", "softwareversion": "software", "thesis": "thesis", "phdthesis": "thesis",
    "mastersthesis": "thesis", "unpublished": "manuscript", "audio": "song", "music": "song",
    "video": "motion_picture", "movie": "motion_picture", "artwork": "graphic", "image": "graphic",
    "commentary": "legislation", "jurisdiction": "legal_case", "legislation": "legislation",
    "legal": "legislation", "letter": "personal_communication", "performance": "performance",
    "review": "review", "standard": "standard", "bibnote": "document", "set": "document", "map": "map",
    "newsarticle": "article-newspaper", "magazine": "article-magazine", "newspaper": "article-newspaper",
    "bill": "bill", "presentation": "speech",
}  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EDTF: Final = re.compile(r"^(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?([~?%]?)$")
_LONG: Final = frozenset(("abstract", "annote"))
_SEASONS: Final = {21: 1, 22: 2, 23: 3, 24: 4}


def text(variable: str, rank: int = 0) -> Rule:
    """Return the rule: the field is this variable, in LaTeX."""

    def rule(draft: Draft, value: str) -> None:
        plain = decoded(value)
        draft.put(
            variable, plain if variable in _LONG else plain.replace("\u00a0", " ").replace("\n", " "), rank
        )

    return rule


def people(variable: str) -> Rule:
    """Return the rule: the field is a name list."""

    def rule(draft: Draft, value: str) -> None:
        draft.put(variable, bibtex_names.names_of(value))

    return rule


def listed(variable: str) -> Rule:
    """Return the rule: the field is a literal list, its parts joined by `and`."""

    def rule(draft: Draft, value: str) -> None:
        pieces = bibtex_names.split_outside(value, re.compile(r"\s+and(?=\s)"))
        draft.put(variable, "; ".join(decoded(piece) for piece in pieces))

    return rule


def dated(variable: str) -> Rule:
    """Return the rule: the field is a BibLaTeX date (EDTF), or whatever stands in its place."""

    def rule(draft: Draft, value: str) -> None:
        draft.put(variable, edtf(decoded(value) if "\\" in value else value.strip("{} ")))

    return rule


def raw(name: str) -> Rule:
    """Return the rule: the field is kept until the entry is complete."""

    def rule(draft: Draft, value: str) -> None:
        draft.parts.setdefault(name, value)

    return rule


def _verbatim(variable: str) -> Rule:
    def rule(draft: Draft, value: str) -> None:
        draft.put(variable, re.sub(r"\\([_%#&{}~])", r"\1", value).strip("<>{} "))

    return rule


def _doi(draft: Draft, value: str) -> None:
    plain = value.replace("\\_", "_").replace("{", "").replace("}", "")
    draft.put("DOI", doi_in(plain) or decoded(value))


def _keywords(draft: Draft, value: str) -> None:
    plain = decoded(value)
    mark = ";" if ";" in plain else "," if "," in plain else "\n"
    draft.keywords += [word.strip() for word in plain.split(mark) if word.strip()]


def _serial(draft: Draft, value: str) -> None:
    to.serial_number(draft, decoded(value))


def _note(draft: Draft, value: str) -> None:
    note_rule()(draft, decoded(value))


def _files(draft: Draft, value: str) -> None:
    """JabRef, Mendeley, Zotero and Calibre each write `description:path:type` with their own escapes."""
    for piece in re.split(r"(?<!\\);", value):
        fields = re.split(r"(?<!\\):(?!\\|/)", piece.strip())
        if len(fields) == 2 and "." not in fields[1]:  # `:/home/ada/a.pdf:pdf`, a whole path
            fields = ["", fields[0].removeprefix(":"), fields[1]]
        path = fields[1] if len(fields) >= 3 else fields[-1] if fields else ""
        path = path or fields[0]
        path = re.sub(r"\\(.)", r"\1", path).replace("$backslash$", "\\").strip()
        if path:
            draft.attachments.append(path)


def _groups(draft: Draft, value: str) -> None:
    draft.collections += [group.strip() for group in decoded(value).split(",") if group.strip()]


RULES: Final[Rules] = {
    "title": raw("title"), "subtitle": raw("subtitle"), "titleaddon": text("genre", 3),
    "shorttitle": text("title-short"), "origtitle": text("original-title"),
    "journaltitle": text("container-title"), "journal": text("container-title", 1),
    "booktitle": text("container-title", 2), "maintitle": text("collection-title", 3),
    "journalsubtitle": raw("journalsubtitle"), "booksubtitle": raw("booksubtitle"),
    "shortjournal": text("container-title-short"), "journalabbr": text("container-title-short", 1),
    "series": text("collection-title"), "author": people("author"), "editor": people("editor"),
    "translator": people("translator"), "bookauthor": people("container-author"),
    "director": people("director"), "commentator": people("contributor"), "holder": people("recipient"),
    "publisher": listed("publisher"), "institution": listed("publisher"), "school": listed("publisher"),
    "organization": listed("publisher"), "howpublished": raw("howpublished"),
    "location": listed("publisher-place"), "address": listed("publisher-place"),
    "venue": text("event-place"), "eventtitle": text("event-title"), "eventdate": dated("event-date"),
    "origdate": dated("original-date"), "urldate": dated("accessed"), "date": dated("issued"),
    "year": raw("year"), "month": raw("month"), "day": raw("day"), "volume": text("volume"),
    "number": raw("number"), "issue": raw("issue"), "pages": raw("pages"), "page": raw("pages"),
    "pagetotal": text("number-of-pages"), "numpages": text("number-of-pages", 1),
    "chapter": text("chapter-number"), "edition": text("edition"), "volumes": text("number-of-volumes"),
    "version": text("version"), "part": text("part-number"), "doi": _doi, "url": _verbatim("URL"),
    "isbn": _serial, "issn": _serial, "pmid": text("PMID"), "pmcid": text("PMCID"), "eprint": raw("eprint"),
    "eprinttype": raw("eprinttype"), "archiveprefix": raw("eprinttype"), "language": text("language"),
    "langid": text("language", 1), "abstract": text("abstract"), "keywords": _keywords,
    "keyword": _keywords, "author_keywords": _keywords, "note": _note, "annote": text("annote"),
    "annotation": text("annote", 1), "type": text("genre"), "library": text("archive"), "file": _files,
    "groups": _groups, "mendeley-groups": _groups, "eid": text("article-number"),
    "article_number": text("article-number", 1), "pubstate": text("status"),
    "call-number": text("call-number"), "origpublisher": text("original-publisher"),
    "origlocation": text("original-publisher-place"), "source": text("source"),
    "copyright": text("license"),
}  # fmt: skip
"""The meaning of each field."""


def edtf(value: str) -> dict[str, Any] | None:
    """Read a BibLaTeX date: EDTF with ranges, uncertain marks and seasons; else as exporters write dates."""
    ends = [_EDTF.match(end.strip()) for end in value.split("/")]
    real = [end for end in ends if end]
    if not real or len(real) < len([end for end in value.split("/") if end.strip(" .")]) or len(ends) > 2:
        return date_of(value)
    parts: list[list[int]] = []
    date: dict[str, Any] = {}
    for end in real:
        numbers = [int(part) for part in end.groups()[:3] if part]
        if len(numbers) > 1 and numbers[1] in _SEASONS:
            date["season"] = _SEASONS[numbers[1]]
            numbers = numbers[:1]
        if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
            numbers = numbers[:1]
        parts.append(numbers)
        if end[4]:
            date["circa"] = True
    return {"date-parts": parts, **date}


def item_of(kind: str, key: str, fields: Mapping[str, str]) -> Draft:
    """Return the draft of one entry; close it for its item."""
    draft = Draft(source_id=key or None)
    lowered = {name.lower(): value for name, value in fields.items()}
    for name, value in lowered.items():
        if name.startswith("csl-"):
            draft.restored.append(f"csl.{name[4:]}: {value}" if value else f"csl.{name[4:]}:")
        elif (rule := RULES.get(name)) and value.strip():
            rule(draft, value)
    draft.restored = [_named(line) for line in draft.restored]
    _finish(draft, kind.lower(), lowered)
    return draft


def _named(line: str) -> str:
    """Field names lose their case in BibTeX; CSL's few capitals come back here."""
    for name in ("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL"):
        if line.lower().startswith(f"csl.{name.lower()}:"):
            return f"csl.{name}{line[4 + len(name) :]}"
    return line


def _finish(draft: Draft, kind: str, fields: Mapping[str, str]) -> None:
    parts = draft.parts
    csl = TYPES.get(kind, "document")
    if csl == "book" and fields.get("document_type", "").strip("{} ").lower() == "book chapter":
        csl = "chapter"  # Scopus calls chapters books, and says so beside
    if csl == "article-journal":
        sub = fields.get("entrysubtype", "").lower()
        csl = {"magazine": "article-magazine", "newspaper": "article-newspaper"}.get(sub, csl)
    draft.put("type", csl)
    _titles(draft, csl)
    if "issued" not in draft.item or "literal" in draft.item["issued"]:
        issued = _year_month(parts.get("year", ""), parts.get("month", ""), parts.get("day", ""))
        if issued:
            draft.item["issued"] = issued
    number, issue = (decoded(parts.get(name, "")) for name in ("number", "issue"))
    if csl in {"article-journal", "article-magazine", "article-newspaper", "periodical"}:
        draft.put("issue", number or issue)
    elif csl in {"book", "chapter", "paper-conference"}:
        draft.put("collection-number", number)
        draft.put("issue", issue)
    else:
        draft.put("number", number)
        draft.put("issue", issue)
    if pages := decoded(parts.get("pages", "")):
        draft.put("page", pages_of(pages))
    if kind in {"phdthesis", "mastersthesis"}:
        draft.put("genre", {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}[kind], 4)
    _eprint(draft, decoded(parts.get("eprint", "")), parts.get("eprinttype", "").lower())
    how = parts.get("howpublished", "")
    if how and "http" in how:
        link = re.search(r"https?://[^\s{}]+", how)
        draft.put("URL", link[0] if link else "", 2)
    elif how:
        draft.put("publisher", decoded(how), 5)


def _titles(draft: Draft, csl: str) -> None:
    parts = draft.parts
    title = decoded(parts.get("title", ""))
    subtitle = decoded(parts.get("subtitle", ""))
    title = f"{title}: {subtitle}" if title and subtitle else title or subtitle
    draft.put("title", title.replace("\u00a0", " ").replace("\n", " "))
    below = decoded(parts.get("booksubtitle") or parts.get("journalsubtitle") or "")
    container = draft.item.get("container-title")
    if container and below:
        draft.item["container-title"] = f"{container}: {below}"
    if csl == "book" and container:
        if "title" not in draft.item:
            draft.item["title"] = draft.item.pop("container-title")
        elif container == draft.item["title"]:
            del draft.item["container-title"]


def _eprint(draft: Draft, eprint: str, kind: str) -> None:
    if kind in {"pubmed", "pmid"} and eprint:
        draft.put("PMID", eprint, 2)
    elif kind in {"pmc", "pmcid"} and eprint:
        draft.put("PMCID", eprint, 2)
    elif eprint and (kind == "arxiv" or re.match(r"^(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})", eprint)):
        draft.put("number", f"arXiv:{eprint.removeprefix('arXiv:')}", 4)
        draft.put("archive", "arXiv", 3)


def _year_month(year: str, month: str, day: str) -> dict[str, Any] | None:
    plain, month = decoded(year), decoded(month).strip(". ").lower()
    read = edtf(plain) if plain else None
    if (
        read
        and "literal" not in read
        and read.get("date-parts")
        and len(read["date-parts"][0]) == 1
        and month
    ):
        number = (
            int(month)
            if month.isdigit()
            else next((at for at, name in enumerate(_MONTHS, 1) if month.startswith(name)), 0)
        )
        if 1 <= number <= 12 and len(read["date-parts"]) == 1:
            read["date-parts"][0].append(number)
            if day.strip("{} ").isdigit() and 1 <= int(day.strip("{} ")) <= 31:
                read["date-parts"][0].append(int(day.strip("{} ")))
    return read
