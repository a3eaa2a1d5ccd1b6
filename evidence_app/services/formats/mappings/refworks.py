"""RefWorks tagged text: two-letter tags, a blank, the value; records begin with RT.

Source: RefWorks' table of import tags."""

import re
from typing import Final

from evidence_app.services.formats.draft import (
    Draft,
    Rules,
    apply,
    date,
    doi,
    identifier,
    ignore,
    keywords,
    link,
    names,
    paragraphs,
    part,
    serial_number,
    text,
    title,
)  # fmt: skip
from evidence_app.services.formats.hidden import note
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.tagged import Grammar
from evidence_app.services.formats.values import pages_of, with_year

GRAMMAR: Final = Grammar(
    tag=re.compile(r"^\ufeff?([A-Z][A-Z0-9])(?:[ \t](.*))?$"),
    begins=frozenset({"RT"}),
    lists=frozenset({"K1", "A1"}),
    wrapped=" ",
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
    "RT": _kind, "SR": ignore, "ID": identifier, "A1": names("author"), "A2": names("editor"),
    "A3": names("collection-editor"), "A4": names("contributor"), "A5": names("translator"),
    "T1": title(), "T2": part("secondary"), "T3": text("collection-title"), "JF": part("journal"),
    "JO": text("container-title-short"), "YR": date("issued"), "FD": part("date"), "RD": date("accessed"),
    "VO": text("volume"), "IS": text("issue"), "SP": part("first"), "OP": part("last"), "K1": keywords(),
    "AB": paragraphs("abstract"), "NO": note(), "PB": text("publisher"), "PP": text("publisher-place"),
    "ED": text("edition"), "SN": serial_number, "DO": doi(), "LK": link(1), "UL": link(),
    "LA": text("language"), "AN": part("accession"), "DB": text("source", 1), "DS": text("source"),
    "OT": text("original-title"), "CN": text("call-number"), "U5": identifier,
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
    if printed := parts.get("date"):
        date("issued", 2)(draft, with_year(printed, draft.item.get("issued")))
    draft.put("container-title", parts.get("journal") or parts.get("secondary"))
    draft.put("page", pages_of(parts.get("first", ""), parts.get("last", "")))
    return ReadRecord(raw, draft.close(), draft.source_id or parts.get("accession"), draft.extras())
