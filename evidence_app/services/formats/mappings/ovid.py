"""Ovid's own exports: field names on lines of their own, or two-letter tags, under `<8>` marks.

Sources: Ovid's field guides for MEDLINE, Embase and PsycINFO (https://ospguides.ovid.com/OSPguides/medline.htm);
files of all three."""

import re
from typing import Final

from evidence_app.services.formats import limits
from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rule, Rules, apply
from evidence_app.services.formats.hidden import note
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.tagged import Grammar
from evidence_app.services.formats.values import date_of, name_of, pages_of

_MARK: Final = re.compile(r"^\ufeff?<\d+>\s*(?:of\s*<\d+>)?\s*$")
PLAIN: Final = Grammar(
    tag=re.compile(r"^([A-Z][A-Za-z0-9]*(?:[ /&()'-]+[A-Za-z0-9()]+){0,7}\.?)\s*()$"),
    mark=_MARK,
    wrapped="\n",
)
TAGGED: Final = Grammar(
    tag=re.compile(r"^\ufeff?([A-Z][A-Z0-9])[ \t]{1,3}-[ \t]*(.*)$"),
    begins=frozenset({"VN"}),
    mark=_MARK,
    needs_begin=False,
    blank_parts=False,
    lists=frozenset({"AU", "MH", "KW", "SH"}),
)
_DEGREES: Final = re.compile(
    r"(?:[\s,;]+(?:MD|PhD|MSc|MPH|RN|BSc|MA|MS|DO|DrPH|FAAN|FRCP|MBBS|MBChB|PharmD|EdD|PsyD|FACS|Prof\.?|Dr\.?))+\b"
)
_MARKS: Final = re.compile(r"(?:\s+(?:\d+(?:,\s*\d+)*|[*+|S#P]|\(\d+\)|\[[^\]]*\]))+\s*$")
_SOURCE: Final = re.compile(
    r"^(?P<journal>.*?)\.\s+(?P<volume>[\w.]+)?\s*(?:\((?P<issue>[^)]*)\))?(?:\s*:\s*(?P<pages>[^,;]*))?"
    r"\s*[,;.]\s*(?P<date>[^.]*\d{4}[^.]*)\.?"
)
_KINDS: Final = (
    ("conference", "paper-conference"), ("chapter", "chapter"), ("book", "book"), ("dissertation", "thesis"),
    ("preprint", "article"),
)  # fmt: skip


def people(variable: str) -> Rule:
    """Return the rule: names parted by semicolons or lines, with degrees and affiliation marks taken off."""

    def rule(draft: Draft, value: str) -> None:
        pieces = re.split(r";\s{2,}|;\s(?!PhD|MD|RN|FAAN)|\n", value)
        for piece in pieces:
            if len(piece) > limits.SHORT:
                continue
            bare = _MARKS.sub("", f" {piece.strip()}").strip()
            place = "editor" if re.search(r"\[(?:Ed|Editor)\]", piece) else variable
            bare = _DEGREES.sub("", bare).strip(" .,;*+")
            if bare and bare != "-" and (name := name_of(bare)):
                draft.item.setdefault(place, []).append(name)

    return rule


def _title(draft: Draft, value: str) -> None:
    """Ovid closes a title with the kind of article in brackets: `….[Article]`."""
    found = re.search(r"\.\[([A-Z][\w ,:/&-]*)\]\s*$", value)
    draft.put("title", " ".join((value[: found.start() + 1] if found else value).split()))
    if found:
        draft.put("genre", found[1], 3)


def _words(draft: Draft, value: str) -> None:
    draft.keywords += [word.strip(" .") for word in re.split(r";|\n", value) if word.strip(" .")]


def _source(draft: Draft, value: str) -> None:
    draft.parts["source"] = " ".join(value.split())


def _language(draft: Draft, value: str) -> None:
    draft.put("language", value.rstrip("."))


_BY_NAME: Final[Rules] = {
    "Unique Identifier": to.identifier, "Accession Number": to.identifier, "Author": people("author"),
    "Authors": people("author"), "Authors Full Name": people("full author"),
    "Author Name": people("author"), "Title": _title, "Chapter Title": to.part("chapter"),
    "Original Title": to.text("original-title"), "Vernacular Title": to.text("original-title"),
    "Source": _source,
    "Abstract": to.paragraphs("abstract"), "Author Keywords": _words, "Keyword Heading": _words,
    "Keywords": _words, "Subject Headings": _words, "MeSH Subject Headings": _words, "Language": _language,
    "Publication Type": to.part("kind"), "Document Type": to.part("kind"), "ISSN": to.serial_number,
    "ISSN Print": to.serial_number, "ISBN": to.serial_number, "DOI Number": to.doi(),
    "Digital Object Identifier": to.doi(), "DOI": to.doi(), "Publisher": to.text("publisher"),
    "Year of Publication": to.part("year"), "Publication Date": to.part("year"), "Status": to.part("status"),
    "URL": to.link(), "Country of Publication": to.text("publisher-place"), "Notes": note(),
    "Volume": to.text("volume"),
}  # fmt: skip
_BY_TAG: Final[Rules] = {
    "UI": to.identifier, "AN": to.identifier, "AU": people("author"), "FA": people("full author"),
    "TI": _title,
    "OT": to.text("original-title"), "SO": _source, "AB": to.paragraphs("abstract"), "KW": _words,
    "MH": to.keywords(), "SH": to.keywords(), "LG": _language, "PT": to.part("kind"), "IS": to.serial_number,
    "IB": to.serial_number, "DO": to.doi(), "YR": to.part("year"), "DP": to.part("year"),
    "PB": to.text("publisher"),
    "CP": to.text("publisher-place"), "UR": to.link(), "XL": to.link(2), "PG": to.part("pages"),
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
    kinds = parts.get("kind", "").lower()
    csl = next((csl for word, csl in _KINDS if word in kinds), "article-journal")
    if chapter := parts.get("chapter"):
        item["container-title"], item["title"] = item.get("title", ""), chapter
        csl = "chapter"
    draft.put("type", csl)
    _place_source(draft)
    draft.put("container-title", parts.get("journal"))
    draft.put("page", pages_of(parts.get("pages", "")))
    for printed in (parts.get("year", ""), parts.get("status", "").rpartition(",")[2]):
        read = date_of(printed) if printed else None
        if read and "literal" not in read:
            draft.put("issued", read, 3)
    if parts.get("kind", "-") != "-":
        draft.put("genre", " ".join(parts["kind"].split()), 4)
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def _place_source(draft: Draft) -> None:
    """`Ecohydrology.   8(6):1048-1064, September 2015.` holds journal, volume, issue, pages and date."""
    source = draft.parts.get("source", "")
    found = _SOURCE.match(source)
    if not found:
        draft.put("container-title", source.rstrip(". "))
        return
    draft.put("container-title", found["journal"].strip())
    draft.put("volume", found["volume"])
    draft.put("issue", found["issue"])
    draft.put("page", pages_of(found["pages"] or ""))
    draft.put("issued", date_of(found["date"]), 2)
