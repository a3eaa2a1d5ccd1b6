"""The columns of tables: what databases and programs call them, to CSL variables."""

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Final

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, TYPES
from evidence_app.domain.reference import folded
from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rule, Rules, apply
from evidence_app.services.formats.hidden import VERDICTS, note
from evidence_app.services.formats.mappings import types
from evidence_app.services.formats.records import FoundDecision, FoundNote, RawRecord, ReadRecord
from evidence_app.services.formats.values import name_of, pages_of, without_markup

_INITIALS: Final = re.compile(r"\s(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}$|\s[A-ZÀ-Þ]{1,3}$")
_SOURCE: Final = re.compile(
    r"^(?P<journal>.+?) \((?P<year>\d{4})\) (?P<volume>[^: ]+)?(?::(?P<issue>[^ ]+))?"
    r"(?: \((?P<pages>[^)]*)\))?"
)


def _list(value: str) -> list[str] | None:
    """Return the parts of a value that is a list as Python or JSON prints it."""
    if not (value.startswith("[") and value.endswith("]")):
        return None
    try:
        read = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return [str(piece) for piece in read] if isinstance(read, list) else None


def people(variable: str, rank: int = 0) -> Rule:
    """Return the rule: names parted by semicolons, bars or commas, whichever the column uses."""

    def rule(draft: Draft, value: str) -> None:
        read = [name for piece in _people(value) if (name := name_of(piece))]
        draft.put(variable, read, rank)

    return rule


def _people(value: str) -> list[str]:
    listed = _list(value)
    if listed is not None:
        return listed
    for mark in (";", "|", "\n"):
        if mark in value:
            return [piece for piece in value.split(mark) if piece.strip()]
    joined = value.split(" and ")
    if _as_in_bibtex(joined):
        return joined
    bare = value.rstrip(",. ")
    parts = re.split(r",| and (?=[^,]*$)", bare) if len(joined) == 2 else bare.split(",")
    pieces = [piece.strip() for piece in parts if piece.strip()]
    if len(pieces) > 1 and value.endswith(".") and any("." in piece for piece in pieces):
        pieces[-1] += "."
    short = sum(bool(_INITIALS.search(piece)) for piece in pieces)
    if len(pieces) > 1 and short * 2 > len(pieces):
        return pieces
    if len(pieces) > 1 and all(" " in piece for piece in pieces):
        return pieces
    if len(pieces) > 3 and len(pieces) % 2 == 0 and all(len(piece.split()) <= 3 for piece in pieces):
        return [", ".join(pieces[at : at + 2]) for at in range(0, len(pieces), 2)]
    return [value]


def _as_in_bibtex(joined: list[str]) -> bool:
    """Return whether names joined by `and` are family, given each, and no list with an `and` at its end."""
    return len(joined) > 1 and all(
        1 <= piece.count(",") <= 2 and not _INITIALS.search(piece.partition(",")[0]) for piece in joined[:-1]
    )


def _words(draft: Draft, value: str) -> None:
    mark = ";" if ";" in value else "|" if "|" in value else "," if "," in value else "\n"
    for word in _list(value) or value.split(mark):
        to.keywords()(draft, word.strip())


def _title(draft: Draft, value: str) -> None:
    draft.put("title", " ".join(value.split()))


def _verdict(stage: str) -> Rule:
    def rule(draft: Draft, value: str) -> None:
        verdict = VERDICTS.get(value.strip().lower().removesuffix(".0"))
        if verdict:
            draft.decisions.append(FoundDecision(verdict, "", "", stage, ""))

    return rule


def _labels(draft: Draft, value: str) -> None:
    draft.labels += [label.strip() for label in re.split(r"[;,]", value) if label.strip()]


def _embase_source(draft: Draft, value: str) -> None:
    """`Endoscopic Ultrasound (2014) 3:3 (152-160). Date of Publication: 2014`."""
    found = _SOURCE.match(value)
    if not found:
        draft.parts.setdefault("source", value.split(".", maxsplit=1)[0])
        return
    draft.put("container-title", found["journal"].strip())
    draft.put("issued", {"date-parts": [[int(found["year"])]]}, 1)
    draft.put("volume", found["volume"])
    draft.put("issue", found["issue"])
    draft.put("page", pages_of(found["pages"] or ""))
    if article := re.search(r"Article Number: ([\w.-]+?)\.?(?=\s|$)", value):
        draft.put("article-number", article[1])


def _pubmed_id(draft: Draft, value: str) -> None:
    if found := re.search(r"(\d{1,9})(?:\.0)?/?$", value.strip()):
        draft.put("PMID", found[1])


def _kind(draft: Draft, value: str) -> None:
    draft.parts.setdefault("kind", value.strip())


def _openalex(draft: Draft, value: str) -> None:
    draft.source_id = draft.source_id or value


def _doi(draft: Draft, value: str) -> None:
    to.doi()(draft, value)
    if "DOI" not in draft.item and value.strip().lower() not in {"na", "nan", "none", "null"}:
        draft.put("DOI", value.strip(), 9)


TAG: Final = "tag"
REMARK: Final = "remark"
DECISION: Final = "decision"
ID: Final = "id"

_NAMES: Final[tuple[tuple[Rule, str], ...]] = (
    (to.text("title-short"), "short title"),
    (
        _title,
        "title; article title; primary title; document title; item title; titles; ti; study title; "
        "scientific title; public title; titel; titre; titulo; titolo; 题名; 标题; 篇名",
    ),
    (to.text("number"), "nct number; trialid; trial id"),
    (to.text("original-title"), "original title; original non english title; vernacular title"),
    (
        people("author"),
        "authors; author; author names; author s; authors full names; author full names; first authors; au; "
        "author list; authorlist; autoren; autor; verfasser; auteurs; auteur; autores; autori; 作者",
    ),
    (people("author", 1), "first author; creators; authorships author display name"),
    (to.part("month"), "month; published month; publication month"),
    (to.part("day"), "day"),
    (people("editor"), "editors; editor; secondary authors; book editors"),
    (people("translator"), "translators"),
    (
        to.date("issued"),
        "year; publication year; py; pub year; pubyear; year of publication; published year; "
        "publicationyear; publicationdateyear; publication date year; jahr; erscheinungsjahr; annee; ano; "
        "anno; 年; 年份",
    ),
    (
        to.date("issued", 1),
        "date; publication date; date published; online publication date; date of publication; published; "
        "pubdate; pub date; pubtime; publicationdate; date registration; start date; datum",
    ),
    (
        to.part("container"),
        "journal; source title; publication title; journal book; container; journal name; "
        "publication; host venue; secondary title; primary location display name; journal title; "
        "primary location source display name; "
        "alternate title3; booktitle; so; journaltitle; pubtitle; parent title; parenttitle; periodical; "
        "venue; source name; zeitschrift; revue; revista; rivista; 期刊; 刊名",
    ),
    (
        to.part("short"),
        "journal abbreviation; abbreviated source title; alternate title2; journal abbr; iso abbreviation",
    ),
    (_embase_source, "source"),
    (to.text("volume"), "volume; journal volume; vl; vol; biblio volume; band; jahrgang; tome; volumen; 卷"),
    (to.text("issue"), "issue; journal issue; number; issue number; biblio issue; heft; numero; 期"),
    (
        to.part("range"),
        "pages; page; page range; pagination; pagerange; pages from to; pp; seiten; paginas; pagine; 页码",
    ),
    (
        to.part("first"),
        "page start; start page; first page; sp; biblio first page; bp; startpage",
    ),
    (to.part("last"), "page end; end page; last page; biblio last page; ep; endpage"),
    (to.text("article-number"), "art no; article number"),
    (to.text("number-of-pages"), "num pages; number of pages"),
    (_doi, "doi; item doi; digital object identifier; doi link; digitalobjectidentifier; externalids doi"),
    (_pubmed_id, "pmid; pubmed id; pubmedid; pubmed; ids pmid"),
    (to.text("PMCID"), "pmcid; pmc id"),
    (to.link(), "url; link; urls; item url; external url; pdf link; study url; web address; articleurl"),
    (to.link(1), "open url link; embase link; full text link"),
    (
        to.paragraphs("abstract"),
        "abstract; abstract note; notes abstract; ab; abstracts; summary; brief summary; zusammenfassung; "
        "resume; resumen; riassunto; 摘要",
    ),
    (to.paragraphs("original-abstract"), "original abstract"),
    (
        _words,
        "keywords; author keywords; index keywords; manual tags; automatic tags; mesh terms; "
        "mesh; subjects; de; emtree drug index terms; emtree medical index terms; emtree medical "
        "index terms major focus; emtree drug index terms major focus; keyword; subject; keywords "
        "plus; schlagworter; schlagworte; mots cles; palabras clave; 关键词",
    ),
    (to.serial_number, "issn; isbn; eissn; issns; e issn; print issn; primary location source issn"),
    (to.text("language"), "language; language of original document; la"),
    (to.text("publisher"), "publisher; pub"),
    (to.text("publisher-place"), "place published; place; publisher location; publisher city; country"),
    (
        _kind,
        "type; document type; publication type; item type; type of reference; content type; item type name",
    ),
    (to.text("source", 2), "database; source database; data provider; library catalog"),
    (note(), "notes; note; extra; comments"),
    (to.identifier, "id; key; record id; lens id; eid; accession number; ut; recordid; record number"),
    (_openalex, "openalex id; openalex"),
    (to.text("collection-title"), "book series title; series; series title; collection"),
    (to.text("event-title"), "conference name; conference title; meeting title"),
    (to.text("event-place"), "conference location"),
    (to.text("edition"), "edition"),
    (to.text("call-number"), "call number"),
    (to.text("license"), "rights; copyright"),
    (to.attachment, "file attachments; file attachments1; file attachments2; file attachments 1; pdf"),
    (
        _verdict(""),
        "included; label included; label; asreview label; decision; include; is included; final included",
    ),
    (
        _verdict("title-abstract"),
        "label abstract screening; abstract screening; rayyan decision; title abstract decision",
    ),
    (_verdict("full text"), "full text decision; label full text screening"),
    (_labels, "tags; labels; rayyan labels"),
    (to.text("archive"), "archive"),
    (to.date("accessed"), "access date; accessed"),
    (to.text("genre", 3), "thesis type; genre"),
    (to.part("citation"), "citation; details; description; shortdetails; properties; db; type pubmed"),
)
RULES: Final[Rules] = {header.strip(): rule for rule, headers in _NAMES for header in headers.split(";")}
"""The meaning of each header, folded by `folded_header`."""

_VENDORS: Final = (
    ("Scopus", {"source title", "eid"}), ("Embase", {"emtree medical index terms"}),
    ("Embase", {"author names", "source"}), ("PubMed", {"pmid", "journal book"}),
    ("PubMed", {"description", "details", "shortdetails"}), ("Lens", {"lens id"}),
    ("OpenAlex", {"openalex id"}), ("OpenAlex", {"authorships author display name"}),
    ("Zotero", {"item type", "publication title"}), ("Rayyan", {"key", "rayyan labels"}),
    ("Rayyan", {"key", "issn", "notes", "abstract", "publisher", "url"}),
    ("Cochrane", {"cochrane review group code"}),
    ("Dimensions", {"publication id", "source title anthology title"}), ("IEEE", {"ieee terms"}),
    ("ASReview", {"asreview label"}), ("ASReview", {"label included"}), ("ASReview", {"included"}),
    ("Springer", {"item title"}), ("Covidence", {"covidence"}), ("ProQuest", {"storeid"}),
    ("Europe PMC", {"source", "pubmed id", "citation"}), ("ERIC", {"eric number"}),
)  # fmt: skip
_VENDOR_RULES: Final[Mapping[str, Rules]] = {
    "Zotero": {"number": to.text("number"), "date": to.date("issued"),
               "publication year": to.date("issued", 1)},
    "Scopus": {"source": to.text("source"), "source title": to.part("container"), "number": to.text("issue")},
    "Lens": {"source country": to.ignore, "source title": to.part("container"),
             "date published": to.date("issued")},
    "Dimensions": {"source title anthology title": to.part("container")},
    "PubMed": {"title": to.text("title"), "description": people("author"), "authors": people("author")},
    "Rayyan": {"notes": note(), "location": to.text("publisher-place")},
    "ERIC": {"description": to.paragraphs("abstract")},
    "Europe PMC": {"source": to.ignore},
}  # fmt: skip
_KINDS: Final = {
    "article": "article-journal", "journal article": "article-journal", "journalarticle": "article-journal",
    "review": "article-journal", "book chapter": "chapter", "booksection": "chapter",
    "book section": "chapter", "conference paper": "paper-conference",
    "conferencepaper": "paper-conference", "proceedings article": "paper-conference", "book": "book",
    "thesis": "thesis", "dissertation": "thesis", "report": "report", "webpage": "webpage",
    "web page": "webpage", "preprint": "article", "posted content": "article", "dataset": "dataset",
    "letter": "article-journal", "editorial": "article-journal", "magazinearticle": "article-magazine",
    "newspaperarticle": "article-newspaper", "document": "document", "blogpost": "post-weblog",
    "patent": "patent", "conference proceedings article": "paper-conference", "manuscript": "manuscript",
    "presentation": "speech", "computerprogram": "software", "standard": "standard",
}  # fmt: skip


def folded_header(name: str) -> str:
    """Return a header without case, accents, punctuation and counters of sheets."""
    bare = folded(name)
    words = re.findall(r"[a-z0-9]+", bare) or re.findall(r"[^\W_]+", bare)  # `Title-题名`, else `题名`
    return " ".join(words)


def is_known(name: str) -> bool:
    """Whether a header is one we can place."""
    return folded_header(name) in RULES


def vendor_of(header: Sequence[str]) -> str:
    """Return who wrote a table, by the columns only it has."""
    folded = {folded_header(name) for name in header}
    return next((vendor for vendor, signs in _VENDORS if signs <= folded), "")


def record(raw: RawRecord, vendor: str) -> ReadRecord:
    """Return what a row means, its columns named as the vendor names them."""
    rules = {**RULES, **_VENDOR_RULES.get(vendor, {})}
    tags = [(folded_header(name), value.strip()) for name, value in raw.tags if value.strip()]
    draft = apply(rules, [(name, without_markup(value)) for name, value in tags])
    if vendor == "PubMed" and "citation" in draft.parts:
        _pubmed_citation(draft, draft.parts["citation"])
    _finish(draft)
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def _finish(draft: Draft) -> None:
    parts = draft.parts
    kind = parts.get("kind", "")
    csl = types.RIS.get(kind.upper()) or _KINDS.get(kind.lower())
    if csl is None and kind.lower() in TYPES:
        csl = kind.lower()
    draft.put("type", csl or "article-journal")
    short = parts.get("short", "")
    draft.put("container-title", parts.get("container") or short or parts.get("source"))
    if short != draft.item.get("container-title"):
        draft.put("container-title-short", short)
    _complete_date(draft)
    whole, first, last = (parts.get(name, "").removesuffix(".0") for name in ("range", "first", "last"))
    draft.put("page", pages_of(whole) if whole and not last else pages_of(first or whole, last))


def _complete_date(draft: Draft) -> None:
    """Some tables print month and day in columns of their own."""
    known = draft.item.get("issued", {}).get("date-parts")
    month, day = draft.parts.get("month", ""), draft.parts.get("day", "")
    if month and known and len(known) == 1 and len(known[0]) == 1:
        to.date("issued")(draft, f"{known[0][0]} {month} {day}".strip())


def _pubmed_citation(draft: Draft, citation: str) -> None:
    """`Nature. 2021 Dec 21;1(2):10-11. doi: 10.1111/nature1111.` — volume, issue and pages have no column."""
    found = re.search(r";([^(:;]*)(?:\(([^)]*)\))?:([^.;]*)", citation)
    if found:
        draft.put("volume", found[1].strip(), 5)
        draft.put("issue", found[2], 5)
        draft.put("page", pages_of(found[3]), 5)


def mapped(raw: RawRecord, mapping: Mapping[str, str]) -> ReadRecord:
    """Return what a row means by a mapping of headers, to CSL variables or what lies beside a work.

    Headers are compared without case and punctuation; a column that is not mapped stays in the raw record."""
    wanted = {folded_header(header): target for header, target in mapping.items() if target}
    draft = Draft()
    for header, value in raw.tags:
        target = wanted.get(folded_header(header))
        if target and value.strip():
            _rule_for(target)(draft, without_markup(value.strip()))
    _finish(draft)
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def _rule_for(target: str) -> Rule:
    if target in _TARGETS:
        return _TARGETS[target]
    if target in NAME_VARIABLES:
        return people(target)
    return to.date(target) if target in ALL_DATES else to.text(target)


def _remark(draft: Draft, value: str) -> None:
    draft.memos.append(FoundNote(value))


def _pages(draft: Draft, value: str) -> None:
    draft.put("page", pages_of(value))


_TARGETS: Final[Rules] = {
    TAG: _labels, REMARK: _remark, DECISION: _verdict(""), ID: to.identifier, "type": _kind, "title": _title,
    "DOI": _doi, "PMID": _pubmed_id, "keyword": _words, "abstract": to.paragraphs("abstract"),
    "URL": to.link(),
    "page": _pages, "note": note(),
}  # fmt: skip
