"""RefWorks tagged text: two-letter tags, a blank, the value; records begin with RT.

Source: “RefWorks Tagged Format”, Ex Libris Knowledge Center
(https://knowledge.exlibrisgroup.com/RefWorks/Legacy_RefWorks/05Managing_References/020RefWorks_Tagged_Format)."""

import re
from typing import Final

from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rules, apply
from evidence_app.services.formats.hidden import note
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.tagged import Grammar
from evidence_app.services.formats.values import pages_of

GRAMMAR: Final = Grammar(
    tag=re.compile(r"^\ufeff?([A-Z][A-Z0-9]|U1[0-5]|PMC?ID)(?:[ \t](.*))?$"),
    begins=frozenset({"RT"}),
    lists=frozenset({"K1", "A1"}),
    wrapped=" ",
    between=re.compile(
        r"^\ufeff?(?:Refworks Export Tagged Format|Character Set=.*|Tag legend|\*{5}|[A-Z][A-Z0-9]{1,4}=.*"
        r"|Font Attribute Legend|(?:Start|End) \w+ = ?.*|BEGIN EXPORTED REFERENCES)\s*$",
        re.IGNORECASE,
    ),
)
_KINDS: Final = {
    "journal": "article-journal", "journal article": "article-journal",
    "journal, electronic": "article-journal", "book, whole": "book", "book": "book",
    "book, section": "chapter", "book chapter": "chapter", "book, edited": "book",
    "dissertation/thesis": "thesis", "dissertation/thesis, unpublished": "thesis", "thesis": "thesis",
    "conference proceedings": "paper-conference", "report": "report", "web page": "webpage",
    "newspaper article": "article-newspaper", "magazine article": "article-magazine", "patent": "patent",
    "generic": "document", "computer program": "software", "unpublished material": "manuscript",
    "case/court decisions": "legal_case", "laws/statutes": "legislation", "map": "map",
    "abstract": "article-journal", "monograph": "book", "video/ dvd": "motion_picture",
    "personal communication": "personal_communication",
}  # fmt: skip


def _kind(draft: Draft, value: str) -> None:
    draft.parts["kind"] = value.strip().lower()


RULES: Final[Rules] = {
    "RT": _kind, "SR": to.ignore, "ID": to.identifier, "A1": to.names("author"), "A2": to.names("editor"),
    "A3": to.names("collection-editor"), "A4": to.names("contributor"), "A5": to.names("translator"),
    "T1": to.title(), "T2": to.part("secondary"), "T3": to.text("collection-title"), "JF": to.part("journal"),
    "JO": to.text("container-title-short"), "YR": to.date("issued"), "FD": to.part("date"),
    "RD": to.date("accessed"),
    "VO": to.text("volume"), "IS": to.text("issue"), "SP": to.part("first"), "OP": to.part("last"),
    "K1": to.keywords(),
    "AB": to.paragraphs("abstract"), "NO": note(), "PB": to.text("publisher"),
    "PP": to.text("publisher-place"),
    "ED": to.text("edition"), "SN": to.serial_number, "DO": to.doi(), "LK": to.link(1), "UL": to.link(),
    "LA": to.text("language"), "AN": to.part("accession"), "DB": to.text("source", 1),
    "DS": to.text("source"),
    "OT": to.text("original-title"), "ST": to.text("title-short"), "WT": to.part("site"),
    "CN": to.text("call-number"), "U5": to.identifier, "PMID": to.text("PMID"), "PMCID": to.text("PMCID"),
}  # fmt: skip
"""The meaning of each tag."""


def record(raw: RawRecord, dialect: str) -> ReadRecord:  # noqa: ARG001
    """Return what a RefWorks record means."""
    draft = apply(RULES, raw.tags)
    parts = draft.parts
    csl = _KINDS.get(
        parts.get("kind", ""), "article-journal" if "journal" in parts.get("kind", "") else "document"
    )
    draft.put("type", csl)
    to.printed_date(draft)
    draft.put("container-title", parts.get("journal") or parts.get("secondary") or parts.get("site"))
    draft.put("page", pages_of(parts.get("first", ""), parts.get("last", "")))
    return ReadRecord(raw, draft.close(), draft.source_id or parts.get("accession"), draft.extras())
