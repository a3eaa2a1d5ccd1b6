"""EndNote's import format (.enw), the refer family: `%` tags, with CNKI's and Google Scholar's habits.

Source: EndNote's table of tags for the Refer/BibIX filter."""

import re
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rules, apply
from evidence_app.services.formats.hidden import note
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.tagged import Grammar
from evidence_app.services.formats.values import pages_of

GRAMMAR: Final = Grammar(
    tag=re.compile(r"^\ufeff?%([0-9A-Z!@#$&()*+\[\]<>=~?^|:;,./'-])(?=\s|$)(.*)$"),
    begins=frozenset({"0"}),
    needs_begin=False,
    blank_parts=True,
    mark_holds=True,
    lists=frozenset({"K"}),
    wrapped="\n",
)
OWN: Final = "Evidence Desk"
TYPES: Final = {
    "journal article": "article-journal", "electronic article": "article-journal", "book": "book",
    "edited book": "book", "book section": "chapter", "electronic book": "book", "thesis": "thesis",
    "conference paper": "paper-conference", "conference proceedings": "paper-conference",
    "report": "report", "government document": "report", "web page": "webpage",
    "newspaper article": "article-newspaper", "magazine article": "article-magazine", "patent": "patent",
    "generic": "document", "unpublished work": "manuscript", "manuscript": "manuscript",
    "personal communication": "personal_communication", "computer program": "software",
    "dataset": "dataset", "standard": "standard", "map": "map", "artwork": "graphic",
    "film or broadcast": "motion_picture", "audiovisual material": "motion_picture", "bill": "bill",
    "case": "legal_case", "statute": "legislation", "hearing": "hearing", "blog": "post-weblog",
    "encyclopedia": "entry-encyclopedia", "dictionary": "entry-dictionary", "pamphlet": "pamphlet",
    "legal rule or regulation": "regulation", "serial": "periodical", "interview": "interview",
    "figure": "figure", "music": "musical_score", "online database": "dataset", "ancient text": "classic",
    "classical work": "classic", "press release": "article",
}  # fmt: skip
TO_ENW: Final = {csl: name.title().replace(" Or ", " or ") for name, csl in reversed(TYPES.items())}


def _kind(draft: Draft, value: str) -> None:
    draft.parts["kind"] = value.strip().lower()


RULES: Final[Rules] = {
    "0": _kind, "A": to.names("author"), "E": to.names("editor"), "Y": to.names("collection-editor"),
    "?": to.names("translator"), "T": to.title(), "!": to.text("title-short"), "J": to.part("journal"),
    "B": to.part("secondary"), "S": to.text("collection-title"), "D": to.date("issued"), "8": to.part("date"),
    "V": to.text("volume"), "N": to.part("number"), "P": to.part("pages"), "I": to.text("publisher"),
    "C": to.text("publisher-place"), "@": to.serial_number, "R": to.doi(), "U": to.link(),
    "X": to.paragraphs("abstract"),
    "K": to.keywords(), "G": to.text("language"), "7": to.text("edition"), "9": to.text("genre"),
    "6": to.text("number-of-volumes"), "&": to.text("section"), "L": to.text("call-number"),
    "M": to.identifier,
    "F": to.identifier, "W": to.text("source"), "~": to.text("source", 1), "Z": note(), "<": note(),
    ">": to.attachment,
    "[": to.date("accessed"), "Q": to.text("original-title"), "O": to.text("container-title-short"),
    "2": to.text("PMCID"), "1": to.text("PMID"),
}  # fmt: skip
"""The meaning of each tag."""


def dialect_of(sample: str) -> str:
    """Return who wrote the file."""
    if re.search(r"^%~ Evidence Desk", sample, re.M):
        return OWN
    if re.search(r"^%\+ |^%W CNKI|^%~ CNKI", sample, re.M):
        return "CNKI"
    scholar = re.match(r"%0 [^\n]+\n%T [^\n]+\n(?:%A [^\n]+\n)+%J ", sample)
    return "Google Scholar" if scholar and "%U " not in sample and "%X " not in sample else "EndNote"


def record(raw: RawRecord, dialect: str) -> ReadRecord:
    """Return what an EndNote record means."""
    own = ("~", OWN) in raw.tags
    tags = [pair for pair in raw.tags if pair != ("~", OWN)]
    rules = RULES if own else {**RULES, "1": to.part("one"), "2": to.part("two"), "O": to.part("other")}
    draft = apply(rules, tags)
    parts = draft.parts
    csl = TYPES.get(parts.get("kind", ""), "document" if parts.get("kind") else "article-journal")
    if "kind" not in parts and "I" in dict(tags) and "journal" not in parts:
        csl = "book"
    draft.put("type", csl)
    if "date" in parts:
        to.date("issued", 2)(draft, parts["date"])
    secondary = parts.get("secondary", "")
    if csl in {"book", "thesis", "report", "map"} and secondary and "journal" not in parts:
        draft.put("collection-title", secondary)
    draft.put(
        "container-title",
        parts.get("journal")
        or (secondary if "collection-title" not in draft.item or csl not in {"book", "report"} else ""),
    )
    number = parts.get("number", "")
    draft.put("number" if csl in {"report", "patent", "standard", "bill", "legislation"} else "issue", number)
    draft.put("page", pages_of(parts.get("pages", "")))
    if dialect == "CNKI" and "title" in draft.item:
        draft.put("language", "zh", 9)
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def own_item(raw: RawRecord) -> CslItem:
    """Return the item of a record our own writer wrote."""
    return record(raw, OWN).item
