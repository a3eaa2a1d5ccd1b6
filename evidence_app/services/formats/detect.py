"""What a file is, told by its content: suffixes lie, since databases name their exports as they please."""

import re
import zipfile
from typing import Final

from evidence_app.services.formats import reference_lists, tables
from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.records import UnknownFormat

_OVID_NAMES: Final = (
    r"(?:Score|VN|Database|Accession Number|Unique Identifier|Authors?|Title|Record Owner|UI|AN|AU|TI)"
    r"[^\S\n]*\n"
)  # fmt: skip
_REFWORKS: Final = "Journal|Book|Web|Report|Diss|Thesis|Conf|News|Mag|Gen|Pat|Comp|Unp|Mono|Map|Law|Abstract"
_COMMON_ENTRIES: Final = "article|book|misc|inproceedings|comment|string|preamble"
_LINES: Final = tuple(
    (name, re.compile(sign, re.MULTILINE))
    for name, sign in (
        ("ris", r"^[ \ufeff]{0,3}TY(?:[ \t]{1,3}-(?=\s|$)|  -)"),
        ("refworks", rf"^\ufeff?RT (?:{_REFWORKS})"),
        ("wos", r"\A\s*(?:FN .*\s+VR |VR \d)|^\ufeff?PT [JBSPCK][ \t]*$"),
        ("ovid", rf"^[ \ufeff]?<\d+\.? ?>\s{{1,99}}{_OVID_NAMES}|^{_OVID_NAMES} {{2,}}\S"),
        ("ovid-tagged", r"^[ \ufeff]?<\d+\.? ?>\s{1,99}[A-Z][A-Z0-9] {1,3}- |^ ?VN  - Ovid"),
        ("nbib", r"^\ufeff?(?:PMID ?-|PMC ?-|OWN ?- |OCOM- |STAT- |FAU ?- )"),
        ("enw", r"^\ufeff?%(?:0 [A-Z]|[ATE] \S)"),
        ("bibtex", rf"^[^%\n]{{0,3}}@\s*[A-Za-z][\w+-]*\s*[{{(]|@(?i:{_COMMON_ENTRIES})\s*[{{(]"),
    )
)
_PUBMED: Final = "PubmedArticleSet|PubmedArticle|MedlineCitation|MedlineCitationSet|PubmedBookArticle(?:Set)?"
_XML: Final = (
    ("pubmed-xml", re.compile(rf"<(?:{_PUBMED})\b")),
    ("endnote-xml", re.compile(r"<(?:ref-type|source-app|rec-number)\b|<xml>\s*<records>", re.IGNORECASE)),
    ("mods", re.compile(r"<(?:\w+:)?mods(?:Collection)?\b|loc\.gov/mods", re.IGNORECASE)),
    ("zotero-rdf", re.compile(r"<rdf:RDF\b", re.IGNORECASE)),
)
_XML_START: Final = re.compile(r"\A[\s\ufeff]*<(?:\?xml|!DOCTYPE|!--|[A-Za-z_])")
_HEADER_ENTRY: Final = re.compile(r"^% Encoding:|^%\s*This file was created with JabRef", re.M)


def format_of(source: Source) -> str:
    """Return the name of the format; raises `UnknownFormat`."""
    if source.head.startswith(b"PK\x03\x04"):
        return _zipped(source)
    sample = source.sample
    if not sample.strip("\ufeff \t\r\n\x00"):
        raise UnknownFormat(f"{source.path.name} is empty. Nothing was imported.")
    if _XML_START.match(sample):
        found = next((name for name, sign in _XML if sign.search(sample)), None)
        if found:
            return found
    if re.match(r"\A[\s\ufeff]*(?:\[\s*[{\]]|\{\s*[\"}])", sample):
        return "csljson"
    if tables.looks_like(sample, surely=True):
        return tables.format_of(sample)
    found = _tagged(sample)
    if found:
        return found
    if tables.looks_like(sample):
        return tables.format_of(sample)
    if _HEADER_ENTRY.search(sample):
        return "bibtex"
    if len(re.findall(r"^[A-Z][A-Z0-9]  - ", sample, re.MULTILINE)) >= 3:
        return "ris"
    if reference_lists.looks_like(sample):
        return "references"
    raise UnknownFormat(
        f"{source.path.name} is in none of the formats Evidence Desk reads. Nothing was imported; "
        "export it from its program as RIS, BibTeX or CSV."
    )


def _tagged(sample: str) -> str | None:
    """Return the tagged format with the most marks; the order of the list settles a draw."""
    counts = {name: len(sign.findall(sample)) for name, sign in _LINES}
    if counts["ovid-tagged"] and not counts["ris"]:
        return "ovid-tagged"
    best = max(counts, key=lambda name: counts[name])
    if counts["bibtex"] and best == "nbib" and re.match(r"\s*@", sample):
        return "bibtex"
    return best if counts[best] else None


def _zipped(source: Source) -> str:
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        names = []
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise UnknownFormat(
        f"{source.path.name} is an archive, not an export. Unpack it and import the files inside."
    )
