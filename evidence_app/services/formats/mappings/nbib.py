"""MEDLINE / PubMed tagged text (nbib), with what PMC and ERIC do differently.

Source: the National Library of Medicine's table of MEDLINE display tags."""

import re
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rules, apply
from evidence_app.services.formats.hidden import note
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.tagged import Grammar
from evidence_app.services.formats.values import doi_in, pages_of

GRAMMAR: Final = Grammar(
    tag=re.compile(r"^\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}-(.*)$"),
    begins=frozenset({"PMID", "PMC"}),
    needs_begin=False,
    blank_parts=True,
)
OWN: Final = "Evidence Desk"
_TYPES: Final = (
    ("preprint", "article"), ("book", "book"), ("dataset", "dataset"), ("dissertation", "thesis"),
    ("thes", "thesis"), ("report", "report"), ("legislation", "legislation"), ("webcast", "webpage"),
    ("newspaper article", "article-newspaper"), ("speech", "speech"), ("congress", "paper-conference"),
)  # fmt: skip
TO_PT: Final = {
    "article-journal": "Journal Article", "article": "Preprint", "book": "Book", "dataset": "Dataset",
    "thesis": "Dissertation", "report": "Technical Report", "legislation": "Legislation",
    "article-newspaper": "Newspaper Article", "paper-conference": "Congress", "chapter": "Book Chapter",
}  # fmt: skip


def _article_id(draft: Draft, value: str) -> None:
    """`10.1000/x [doi]`, `S0140-6736(20)30183-5 [pii]`, `PMC7092819 [pmc]`."""
    bare, _, kind = value.partition(" [")
    kind = kind.rstrip("]").lower()
    if kind == "doi" or (not kind and doi_in(value)):
        draft.put("DOI", doi_in(bare))
    elif kind in {"pmc", "pmcid"}:
        draft.put("PMCID", bare)
    elif kind == "pii" and re.match(r"^e\d+$", bare):
        draft.put("article-number", bare)


def _serial(draft: Draft, value: str) -> None:
    to.serial_number(draft, re.sub(r"\s*\((?:Print|Electronic|Linking)\)", "", value))


def _pmc(draft: Draft, value: str) -> None:
    draft.put("PMCID", value if value.upper().startswith("PMC") else f"PMC{value}")


def _full_author(draft: Draft, value: str) -> None:
    to.names("author")(draft, value)


def _kind(draft: Draft, value: str) -> None:
    draft.parts["kind"] = f"{draft.parts.get('kind', '')}; {value}".strip("; ")


def _body(draft: Draft, value: str) -> None:
    draft.parts["bodies"] = f"{draft.parts.get('bodies', '')}\n{value}".strip("\n")


def _owner(draft: Draft, value: str) -> None:
    draft.parts["owner"] = value


RULES: Final[Rules] = {
    "PMID": to.text("PMID"), "PMC": _pmc, "OWN": _owner, "OID": to.part("other"), "TI": to.title(),
    "BTI": to.text("book-title"), "CTI": to.text("collection-title"), "TT": to.text("original-title"),
    "AB": to.paragraphs("abstract"), "OAB": to.paragraphs("original-abstract"), "FAU": _full_author,
    "AU": to.names("author", 1), "CN": _body, "FED": to.names("editor"), "ED": to.names("editor", 1),
    "DP": to.date("issued"), "DEP": to.date("published-online"), "JT": to.text("container-title"),
    "TA": to.text("container-title-short"), "SO": to.part("source"), "VI": to.text("volume"),
    "IP": to.text("issue"),
    "PG": to.part("pages"), "LID": _article_id, "AID": _article_id, "IS": _serial, "ISBN": _serial,
    "LA": to.text("language"), "PT": _kind, "MH": to.keywords(), "OT": to.keywords(),
    "PL": to.text("publisher-place"),
    "PB": to.text("publisher"), "EN": to.text("edition"), "VTI": to.text("volume-title"), "GN": note(),
    "NM": note(),
    "URL": to.text("URL"), "LR": to.ignore, "DOI": _article_id, "CI": to.text("license"),
}  # fmt: skip
"""The meaning of each tag."""


def dialect_of(sample: str) -> str:
    """Return who wrote the file."""
    if re.search(r"^OWN ?- Evidence Desk", sample, re.M):
        return OWN
    if re.search(r"^OWN ?- ERIC", sample, re.M):
        return "ERIC"
    return "PubMed Central" if re.search(r"(?:\A\s*|\n[^\S\n]*)\nPMC ?- ", sample) else "PubMed"


def record(raw: RawRecord, dialect: str) -> ReadRecord:  # noqa: ARG001
    """Return what a MEDLINE record means."""
    draft = apply(RULES, raw.tags)
    item, parts = draft.item, draft.parts
    own = parts.get("owner") == OWN
    kinds = parts.get("kind", "").lower()
    _add_bodies(draft)
    book = item.pop("book-title", "")
    if book and "title" in item:
        draft.put("container-title", book)
    draft.put("title", book)
    found = type_of(kinds)
    draft.put("type", "chapter" if book and item["title"] != book else "book" if book else found)
    if own and (owned := next((csl for csl, pt in TO_PT.items() if pt.lower() == kinds), "")):
        item["type"] = owned
    draft.put("page", expanded(parts.get("pages", "")) if not own else parts.get("pages"))
    if not own and parts.get("kind"):
        draft.put("genre", parts["kind"])
    draft.source_id = item.get("PMID") or item.get("PMCID") or parts.get("other")
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def type_of(kinds: str) -> str:
    """Return the CSL type of PubMed publication types in lower case."""
    return next((csl for word, csl in _TYPES if word in kinds), "article-journal")


def _add_bodies(draft: Draft) -> None:
    for body in draft.parts.get("bodies", "").split("\n"):
        if body:
            draft.item.setdefault("author", []).append({"literal": body})


def expanded(pages: str) -> str:
    """Return pages in full: PubMed shortens last pages (`454-81`); the full range is kept (`454-481`)."""
    first, dash, last = pages_of(pages.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0]).partition("-")
    if dash and first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}{dash}{last}"


def own_item(raw: RawRecord) -> CslItem:
    """Return the item of a record our own writer wrote."""
    return record(raw, OWN).item
