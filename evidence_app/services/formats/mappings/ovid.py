"""Ovid's own exports: field names on lines of their own, or two-letter tags, under `<8>` marks.

Sources: Ovid's field guides for MEDLINE, Embase and PsycINFO (https://ospguides.ovid.com/OSPguides/medline.htm);
files of these, of BIOSIS, Zoological Record and Journals@Ovid."""

import re
from typing import Final

from evidence_app.services.formats import limits
from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rule, Rules, apply
from evidence_app.services.formats.hidden import note
from evidence_app.services.formats.mappings import ovid_sources
from evidence_app.services.formats.mappings.ovid_names import person_of
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.tagged import Grammar
from evidence_app.services.formats.values import date_of, pages_of

_MARK: Final = re.compile(r"^[ \ufeff]?<\d+\.? ?>(?:\s*of\s*<\d+>)?\s*$")
PLAIN: Final = Grammar(
    tag=re.compile(r"^([A-Z][A-Za-z0-9]*(?:[ /&()'-]+[A-Za-z0-9()]+){0,7}\.?)\s*()$"),
    mark=_MARK,
    wrapped="\n",
)
TAGGED: Final = Grammar(
    tag=re.compile(r"^[ \ufeff]?([A-Z][A-Z0-9])[ \t]{1,3}-[ \t]*(.*)$"),
    begins=frozenset({"VN"}),
    mark=_MARK,
    needs_begin=False,
    blank_parts=False,
    lists=frozenset({"AU", "MH", "KW", "SH"}),
)
_BRACKETS: Final = re.compile(r"\[[^\[\]]{0,200}\]")
_RUN_TOGETHER: Final = re.compile(r"(?:[^\W\d_][^\s.,;]*(?: [^\s.,;]+){0,3} [A-Z]{1,3}\. ?){2,400}")
_BEHIND_INITIALS: Final = re.compile(r"( [A-Z]{1,3})\. ?")
"""Authors in one run, each closed by initials and a dot: `Lind J. Smith KL.`"""
_TITLE_ENDS: Final = re.compile(r"(?<=[.?!])((?:\s*\[[A-Z][\w ,:/&-]{0,80}\])+)\.?\s*$")
_PREFIX: Final = re.compile(r"^(?:Peer Reviewed Journal|Book|Dissertation|Journal): ")
_KINDS: Final = (
    ("conference", "paper-conference"), ("chapter", "chapter"), ("book", "book"), ("dissertation", "thesis"),
    ("preprint", "article"), ("patent", "patent"),
)  # fmt: skip


def people(variable: str) -> Rule:
    """Return the rule: names parted by semicolons or lines, with degrees, marks and roles taken off."""

    def rule(draft: Draft, value: str) -> None:
        value = _BRACKETS.sub(lambda found: found[0].replace(";", ","), value)
        if ";" not in value and _RUN_TOGETHER.fullmatch(value):
            value = _BEHIND_INITIALS.sub(r"\1.\n", value)
        for piece in re.split(r";\s{2,}|;\s(?!PhD|MD|RN|FAAN)|\n", value):
            if len(piece) > limits.SHORT:
                continue
            place = "editor" if re.search(r"\[(?:Ed|Editor)\b", piece) else variable
            if name := person_of(_BRACKETS.sub("", piece)):
                draft.item.setdefault(place, []).append(name)

    return rule


def _title(draft: Draft, value: str) -> None:
    """Ovid closes a title with the kind of article, or its language, in brackets: `….[Article]`."""
    value = " ".join(value.split())
    found = _TITLE_ENDS.search(value[-300:])
    if not found:
        draft.put("title", value)
        return
    ends = [end.strip() for end in re.findall(r"\[([^\]]*)\]", found[1])]
    draft.put("title", value[: len(value) - len(found[0])])
    draft.put("genre", next((end for end in ends if end != "References"), ""), 3)


def _words(draft: Draft, value: str) -> None:
    for word in re.split(r";|\n", value):
        to.keywords()(draft, word.strip(" ."))


def _identifiers(draft: Draft, value: str) -> None:
    """PsycINFO's key concepts, parted by commas."""
    to.keywords("," if ";" not in value else ";")(draft, value)


def _source(draft: Draft, value: str) -> None:
    draft.parts["source"] = " ".join(value.split())


def _book(draft: Draft, value: str) -> None:
    draft.parts["book"] = " ".join(value.split())


def _language(draft: Draft, value: str) -> None:
    draft.put("language", value.rstrip("."))


def _kind(draft: Draft, value: str) -> None:
    draft.parts.setdefault("genre", value)
    draft.parts["kind"] = f"{draft.parts.get('kind', '')}; {value.lower()}"


def _accession(draft: Draft, value: str) -> None:
    to.identifier(draft, _PREFIX.sub("", value).rstrip("."))


def _publisher(draft: Draft, value: str) -> None:
    """`Cambridge University Press; United Kingdom`."""
    name, _, place = value.partition(";")
    draft.put("publisher", name.strip(), 1)
    draft.put("publisher-place", place.strip(), 1)


def _country(draft: Draft, value: str) -> None:
    """The country of publication; in PsycINFO the holder of the copyright bears this tag."""
    if "HOLDER:" not in value:
        draft.put("publisher-place", value, 2)


_BY_NAME: Final[Rules] = {
    "Unique Identifier": to.identifier, "Accession Number": _accession, "Author": people("author"),
    "Authors": people("author"), "Authors Full Name": people("full author"),
    "Author Name": people("author"), "Title": _title, "Chapter Title": to.part("chapter"),
    "Original Title": to.text("original-title"), "Vernacular Title": to.text("original-title"),
    "Source": _source,
    "Abstract": to.paragraphs("abstract"), "Author Keywords": _words, "Keyword Heading": _words,
    "Keywords": _words, "Subject Headings": _words, "MeSH Subject Headings": _words, "Language": _language,
    "Publication Type": _kind, "Document Type": _kind, "ISSN": to.serial_number,
    "ISSN Print": to.serial_number, "ISBN": to.serial_number, "DOI Number": to.doi(),
    "Digital Object Identifier": to.doi(), "DOI": to.doi(), "Publisher": to.text("publisher"),
    "Year of Publication": to.part("year"), "Publication Date": to.part("year"), "Status": to.part("status"),
    "URL": to.link(), "Country of Publication": to.text("publisher-place"), "Notes": note(),
    "Volume": to.text("volume"),
}  # fmt: skip
_BY_TAG: Final[Rules] = {
    "UI": to.identifier, "AN": _accession, "AU": people("author"), "FA": people("full author"),
    "TI": _title,
    "OT": to.text("original-title"), "SO": _source, "AB": to.paragraphs("abstract"), "KW": _words,
    "MH": to.keywords(), "SH": to.keywords(), "LG": _language, "PT": _kind, "DT": _kind,
    "IS": to.serial_number,
    "IB": to.serial_number, "DO": to.doi(), "YR": to.part("year"), "DP": to.part("year"),
    "PB": to.text("publisher"),
    "CP": _country, "CY": _country, "PU": _publisher, "IT": to.serial_number, "DI": to.doi(),
    "ID": _identifiers,
    "PN": to.text("number"), "BT": _book, "UR": to.link(), "XL": to.link(2), "PG": to.part("pages"),
    "VO": to.text("volume"),
    "IP": to.text("issue"), "JN": to.part("journal"), "PM": to.text("PMID"), "FN": to.part("journal"),
    "JA": to.text("container-title-short"), "AR": to.text("article-number"),
}  # fmt: skip
RULES: Final[Rules] = {**_BY_NAME, **_BY_TAG}
"""The meaning of each field name and tag."""


def record(raw: RawRecord, dialect: str) -> ReadRecord:  # noqa: ARG001
    """Return what an Ovid record means."""
    draft = apply(RULES, raw.tags)
    item, parts = draft.item, draft.parts
    if full := item.pop("full author", None):
        item["author"] = full
    csl = next((csl for word, csl in _KINDS if word in parts.get("kind", "")), "article-journal")
    if chapter := parts.get("chapter"):
        item["container-title"], item["title"] = item.get("title", ""), chapter
        csl = "chapter"
    draft.put("type", csl)
    draft.put("container-title", parts.get("journal"))
    draft.put("page", pages_of(parts.get("pages", "")))
    _place_source(draft, csl)
    for printed in (parts.get("year", ""), parts.get("status", "").rpartition(",")[2]):
        read = date_of(printed) if printed else None
        if read and "literal" not in read:
            to.date("issued", 3)(draft, printed)
    if parts.get("genre", "-") != "-":
        draft.put("genre", " ".join(parts["genre"].split()), 4)
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def _place_source(draft: Draft, csl: str) -> None:
    """Journal, volume, issue, pages and date are one sentence; a chapter names its book in it."""
    book = draft.parts.get("book", "")
    if csl == "book" and book:
        return
    read = ovid_sources.read(draft.parts.get("source", "") or book)
    for editor in read.editors:
        if name := person_of(editor):
            draft.item.setdefault("editor", []).append(name)
    draft.put("container-title", read.journal)
    draft.put("event-title", read.conference)
    draft.put("volume", read.volume)
    draft.put("issue", read.issue)
    draft.put("page", pages_of(read.pages))
    draft.put("article-number", read.article)
    if dated := date_of(read.date):
        draft.put("issued", dated, 2)
