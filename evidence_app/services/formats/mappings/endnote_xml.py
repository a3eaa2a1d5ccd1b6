"""EndNote XML: the fields of a `<record>` by their path, to CSL items.

Source: EndNote's XML export and its table of reference type numbers."""

from collections.abc import Sequence
from typing import Any, Final

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rules, apply
from evidence_app.services.formats.hidden import note
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.values import pages_of
from evidence_app.services.formats.xml_stream import content, local, marked

TYPES: Final = {
    "0": "article-journal", "2": "graphic", "3": "motion_picture", "4": "bill", "5": "chapter", "6": "book",
    "7": "legal_case", "8": "report", "9": "software", "10": "paper-conference", "12": "webpage",
    "13": "document", "14": "hearing", "17": "article-journal", "19": "article-magazine", "20": "map",
    "21": "motion_picture", "23": "article-newspaper", "25": "patent", "26": "personal_communication",
    "27": "report", "28": "book", "31": "legislation", "32": "thesis", "34": "manuscript",
    "35": "post-weblog", "36": "manuscript", "37": "figure", "38": "figure", "39": "figure",
    "40": "webpage", "43": "article-journal", "44": "book", "45": "dataset", "46": "report",
    "47": "paper-conference", "48": "webpage", "49": "classic", "50": "regulation", "51": "classic",
    "52": "entry-dictionary", "53": "entry-encyclopedia", "54": "report", "57": "periodical",
    "58": "standard", "59": "dataset", "60": "chapter", "61": "musical_score", "64": "interview",
    "65": "pamphlet", "66": "post",
}  # fmt: skip
NAMES: Final = {
    "0": "Generic", "2": "Artwork", "3": "Audiovisual Material", "4": "Bill", "5": "Book Section",
    "6": "Book", "7": "Case", "8": "Government Document", "9": "Computer Program",
    "10": "Conference Proceedings", "12": "Web Page", "13": "Generic", "14": "Hearing",
    "17": "Journal Article", "19": "Magazine Article", "20": "Map", "21": "Film or Broadcast",
    "23": "Newspaper Article", "25": "Patent", "26": "Personal Communication", "27": "Report",
    "31": "Statute", "32": "Thesis", "34": "Unpublished Work", "36": "Manuscript", "37": "Figure",
    "47": "Conference Paper", "49": "Classical Work", "50": "Legal Rule or Regulation",
    "51": "Ancient Text", "52": "Dictionary", "53": "Encyclopedia", "56": "Blog", "57": "Serial",
    "58": "Standard", "59": "Dataset", "61": "Music", "64": "Interview", "65": "Pamphlet",
    "66": "Social Media",
}  # fmt: skip
TO_XML: Final = {
    "article-journal": "17", "article-magazine": "19", "article-newspaper": "23", "bill": "4", "book": "6",
    "chapter": "5", "dataset": "59", "document": "13", "entry-dictionary": "52", "entry-encyclopedia": "53",
    "figure": "37", "graphic": "2", "hearing": "14", "legal_case": "7", "legislation": "31",
    "manuscript": "36", "map": "20", "motion_picture": "21", "musical_score": "61", "pamphlet": "65",
    "paper-conference": "47", "patent": "25", "periodical": "57", "personal_communication": "26",
    "report": "27", "software": "9", "standard": "58", "thesis": "32", "webpage": "12", "interview": "64",
    "regulation": "50", "classic": "49", "post": "66",
}  # fmt: skip
OWN: Final = "Evidence Desk"
SERIES: Final = frozenset(("book", "thesis", "report", "standard", "map"))
NUMBERED: Final = frozenset(("report", "patent", "standard", "bill", "legislation", "legal_case"))


_STYLED: Final = frozenset(("titles/title", "titles/secondary-title"))

RULES: Final[Rules] = {
    "ref-type": to.part("kind"), "rec-number": to.identifier, "database": to.part("database"),
    "source-app": to.ignore,
    "contributors/authors": to.names("author"), "contributors/secondary-authors": to.names("editor"),
    "contributors/tertiary-authors": to.names("collection-editor"),
    "contributors/subsidiary-authors": to.names("contributor"),
    "contributors/translated-authors": to.names("translator"), "titles/title": to.text("title"),
    "titles/secondary-title": to.part("secondary"), "titles/tertiary-title": to.part("tertiary"),
    "titles/alt-title": to.part("alternative"), "titles/short-title": to.text("title-short"),
    "titles/translated-title": to.text("original-title"), "periodical/full-title": to.part("periodical"),
    "periodical/abbr-1": to.text("container-title-short"),
    "alt-periodical/full-title": to.part("alternative", 1),
    "pages": to.part("first"), "volume": to.text("volume"), "number": to.part("number"),
    "issue": to.part("number", 1),
    "edition": to.text("edition"), "section": to.text("section"), "num-vols": to.text("number-of-volumes"),
    "keywords/keyword": to.keywords(), "dates/year": to.date("issued"),
    "dates/pub-dates/date": to.part("date"),
    "pub-location": to.text("publisher-place"), "publisher": to.text("publisher"), "isbn": to.serial_number,
    "accession-num": to.part("accession"), "electronic-resource-num": to.doi(),
    "call-num": to.text("call-number"),
    "abstract": to.paragraphs("abstract"), "notes": note(), "research-notes": note(),
    "label": to.part("label"),
    "language": to.text("language"), "work-type": to.text("genre"),
    "reviewed-item": to.text("reviewed-title"),
    "remote-database-name": to.text("source"), "remote-database-provider": to.part("provider"),
    "urls/related-urls/url": to.link(), "urls/web-urls/url": to.link(1), "urls/pdf-urls/url": to.attachment,
    "access-date": to.date("accessed"), "custom2": to.part("custom2"), "custom7": to.text("article-number"),
    "orig-pub": to.text("original-publisher"),
}  # fmt: skip
"""The meaning of each path below `<record>`."""


def record(raw: RawRecord, fields: Sequence[tuple[str, str]]) -> ReadRecord:
    """Return what an EndNote XML record means, its values by path."""
    item, source_id, draft = _meaning(fields)
    return ReadRecord(raw, item, source_id, draft.extras())


def item_of(fields: Sequence[tuple[str, str]]) -> CslItem:
    """Return the item of a record's fields."""
    return _meaning(fields)[0]


def fields_of(element: Any) -> list[tuple[str, str]]:
    """Return the values of a `<record>` by path; `<style>` runs are joined, not told apart."""
    fields: list[tuple[str, str]] = []
    for child in element:
        if isinstance(child.tag, str):
            _collect(child, local(child), fields)
    return fields


def _collect(element: Any, path: str, fields: list[tuple[str, str]]) -> None:
    children = [child for child in element if isinstance(child.tag, str) and local(child) != "style"]
    if not children:
        value = marked(element) if path in _STYLED else content(element)
        if value:
            fields.append((path, value))
        return
    for child in children:
        below = local(child)
        _collect(child, path if below == "author" else f"{path}/{below}", fields)


def _meaning(tags: Sequence[tuple[str, str]]) -> tuple[CslItem, str | None, Draft]:
    draft = apply(RULES, tags)
    parts = draft.parts
    csl = TYPES.get(parts.get("kind", "17"), "document")
    draft.put("type", csl)
    to.printed_date(draft)
    secondary = parts.get("secondary", "")
    if csl in SERIES:
        draft.put("collection-title", secondary or parts.get("tertiary"))
        draft.put("container-title", parts.get("periodical") if parts.get("periodical") != secondary else "")
    else:
        draft.put("container-title", secondary or parts.get("periodical") or parts.get("alternative"))
        draft.put("collection-title", parts.get("tertiary"))
    alternative = parts.get("alternative", "")
    if alternative != draft.item.get("container-title"):
        draft.put("container-title-short", alternative)
    draft.put("number" if csl in NUMBERED else "issue", parts.get("number", ""))
    draft.put("page", pages_of(parts.get("first", "")))
    if parts.get("custom2", "").startswith("PMC"):
        draft.put("PMCID", parts["custom2"])
    accession = parts.get("accession", "")
    if accession.isdigit() and len(accession) <= 8:
        draft.put("PMID", accession)
    return draft.close(), parts.get("label") if parts.get("provider") == OWN else draft.source_id, draft
