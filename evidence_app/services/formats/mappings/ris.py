"""RIS: the tags of the specification, and what each exporter means by its own."""

import re
from collections.abc import Mapping
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.names import CslName
from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rules, apply
from evidence_app.services.formats.hidden import note
from evidence_app.services.formats.mappings import types
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.tagged import Grammar
from evidence_app.services.formats.values import doi_in, name_of, pages_of

GRAMMAR: Final = Grammar(
    tag=re.compile(r"^[ \ufeff]{0,3}([A-Z][A-Z0-9]|PMC?ID)(?:[ \t]{1,3}-(?=\s|$)|  -)(.*)$"),
    begins=frozenset({"TY"}),
    ends=frozenset({"ER"}),
    titles=frozenset({"TI", "T1"}),
    lists=frozenset({"KW", "AU", "A1"}),
    between=re.compile(
        r"^\s*(?:\d+\.|<\d+>|Record #\d+ of \d+|(?:Provider|Content|Database)\s*:.*"
        r"|Link to the Ovid (?:Full Text|record).*|https?://\S+)\s*$"
    ),
)
BEGINS: Final = re.compile(r"^[ \ufeff]{0,3}TY[ \t]{1,3}-", re.MULTILINE)
OWN: Final = "Evidence Desk"
_VOLUME_ISSUE: Final = re.compile(r"(\w{1,8}) ?\(([\w .-]{1,20})\)")
_OVID_MEDLINE: Final = re.compile(r"[?&]D=(?:med|prem|ppez)\w*&(?:\w+=\w*&){0,4}AN=(\d{5,9})(?!\d)")


def _kind(draft: Draft, value: str) -> None:
    draft.parts.setdefault("kind", value.split("\n", maxsplit=1)[0].strip().upper())


def _custom_id(draft: Draft, value: str) -> None:
    """Dimensions and others: `35957633 [PMID]`, `PMC9371234 [PMCID]`."""
    for number, kind in re.findall(r"(?<!\S)(\S+) \[(PMID|PMCID|pmid|pmcid)\]", value):
        draft.put(kind.upper(), number)


def _pubmed_ids(draft: Draft, value: str) -> None:
    """Cochrane's C3 and others' AN: `PUBMED 24345678,EMBASE 71234567`."""
    if found := re.search(r"\bPUBMED (\d+)", value):
        draft.put("PMID", found[1])


def _pmc(draft: Draft, value: str) -> None:
    if re.match(r"PMC\d+$", value):
        draft.put("PMCID", value)


def _work_type(draft: Draft, value: str) -> None:
    """The kind of work; PsycNET prints a DOI here."""
    if value.lower().startswith(("doi:", "10.", "http")):
        draft.put("DOI", doi_in(value), 3)
    else:
        draft.put("genre", value)


def _ovid_link(draft: Draft, value: str) -> None:
    """MEDLINE's records on Ovid are called by their PubMed number."""
    to.link(4)(draft, value)
    if found := _OVID_MEDLINE.search(value):
        draft.put("PMID", found[1])


def _cochrane_journal(draft: Draft, value: str) -> None:
    if not value.startswith("http"):
        draft.put("container-title-short", value, 1)
    else:
        draft.put("URL", value, 3)


RULES: Final[Rules] = {
    "TY": _kind, "ID": to.identifier, "AN": to.part("accession"), "TI": to.title(),
    "T1": to.title(rank=1),
    "CT": to.title(rank=2), "ST": to.text("title-short"), "OT": to.text("original-title"),
    "TT": to.part("translated"), "AU": to.names("author"), "A1": to.names("author", 1),
    "A2": to.names("editor"),
    "ED": to.names("editor"), "A3": to.names("collection-editor"), "A4": to.names("translator"),
    "JF": to.part("container"), "T2": to.part("secondary"), "JO": to.part("container", 2),
    "BT": to.part("book"),
    "C3": to.part("proceedings"), "T3": to.part("series"), "JA": to.part("short", 1), "J2": to.part("short"),
    "J1": to.part("short", 2), "PY": to.date("issued"), "Y1": to.date("issued", 1), "DA": to.part("date"),
    "Y2": to.date("accessed"), "VL": to.text("volume"), "VO": to.text("volume", 1), "IS": to.text("issue"),
    "CP": to.text("issue", 1), "M1": to.part("number"), "SP": to.part("first"), "EP": to.part("last"),
    "SN": to.serial_number, "DO": to.doi(), "DI": to.doi(1), "UR": to.link(), "LK": to.link(2),
    "L1": to.attachment,
    "L2": to.link(4), "L3": to.link(3), "L4": to.attachment, "KW": to.keywords(), "PB": to.text("publisher"),
    "CY": to.text("publisher-place"), "PP": to.text("publisher-place", 1), "AB": to.paragraphs("abstract"),
    "N2": to.paragraphs("abstract", 1), "N1": note(), "RN": note(), "LA": to.text("language"),
    "ET": to.text("edition"), "M3": _work_type, "SE": to.text("section"),
    "NV": to.text("number-of-volumes"),
    "CN": to.text("call-number"), "AV": to.text("archive_location"), "DB": to.text("source"),
    "DP": to.text("source", 1), "RI": to.text("reviewed-title"), "OP": to.text("original-publisher"),
    "C2": _pmc, "PMID": to.text("PMID"), "PMCID": to.text("PMCID"),
    "C7": to.text("article-number"), "U1": _custom_id,
}  # fmt: skip
"""The meaning of each tag where no vendor says otherwise."""

DIALECTS: Final[dict[str, Rules]] = {
    OWN: {"DP": to.ignore, "JF": to.ignore},
    "Embase": {"M1": to.ignore, "LK": to.ignore, "U2": to.identifier, "L2": to.link(4)},
    "Ovid": {"M3": to.ignore, "PT": to.text("genre"), "A2": to.ignore, "M1": to.ignore, "L2": _ovid_link},
    "Cochrane": {"C3": _pubmed_ids, "JA": _cochrane_journal, "M3": to.text("genre")},
    "ProQuest": {"L2": to.link(6), "M1": to.part("number")},
    "Dimensions": {"U1": _custom_id, "U2": to.ignore},
    "Scopus": {"C3": to.part("proceedings"), "M3": to.text("genre")},
    "Web of Science": {"AN": to.identifier, "C6": to.ignore},
    "PubMed": {"C2": _pmc},
}
"""What a vendor means by a tag otherwise than the table above."""

SIGNS: Final = (
    (OWN, re.compile(r"^DP  - Evidence Desk", re.M)),
    ("EndNote", re.compile(r"^ID  - \d+\nER  -", re.MULTILINE)),
    ("Embase", re.compile(r"^(?:U2  - L\d+|LK  - |UR  - https?://www\.embase\.com)", re.M)),
    ("Ovid", re.compile(r"ovidsp\.ovid|Link to the Ovid|^DB  - Ovid", re.M)),
    ("Cochrane", re.compile(r"cochranelibrary|^DB  ?- +Cochrane|Provider: John Wiley", re.M | re.I)),
    ("ProQuest", re.compile(r"search\.proquest\.com|www\.proquest\.com", re.M)),
    ("EBSCO", re.compile(r"search\.ebscohost\.com", re.M)),
    ("Scopus", re.compile(r"scopus\.com/inward|^DB  - Scopus", re.M)),
    ("Dimensions", re.compile(r"app\.dimensions\.ai|\[PMID\]$", re.M)),
    ("Lens", re.compile(r"lens\.org", re.M)),
    ("Web of Science", re.compile(r"^AN  - WOS:|^UR  - .*WebOfScience|<Go to ISI>", re.M)),
    ("Rayyan", re.compile(r"RAYYAN-|rayyan", re.M)),
    ("Covidence", re.compile(r"covidence", re.M | re.I)),
    ("JSTOR", re.compile(r"^Provider: JSTOR|www\.jstor\.org/stable", re.M)),
    ("IEEE", re.compile(r"ieeexplore\.ieee\.org", re.M)),
    ("PubMed", re.compile(r"^(?:DB|DP)  - (?:PubMed|NLM|Medline)|ncbi\.nlm\.nih\.gov/pubmed", re.M | re.I)),
    ("ASReview", re.compile(r"ASReview_", re.M)),
    ("Mendeley", re.compile(r"mendeley", re.M | re.I)),
    ("Zotero", re.compile(r"^L[14]  - .*(?:zotero|/storage/)|<p>", re.M | re.I)),
    ("Zotero", re.compile(r"^DA  - \d{4}/\d*/\d*/?\nPY  - \d{4}\n", re.MULTILINE)),
    ("Google Scholar", re.compile(r"\ATY  - \w+\s+T1  - [^\n]*\n(?:A1  - [^\n]*\n)+J[OF]  - ")),
)
"""By what an exporter is known, the surest signs first."""


def record(raw: RawRecord, dialect: str) -> ReadRecord:
    """Return what a RIS record means in its exporter's dialect."""
    rules = RULES
    if own := DIALECTS.get(dialect):
        rules = {**RULES, **own}
    if ("DP", OWN) in raw.tags:
        rules = {**RULES, **DIALECTS[OWN]}
    draft = apply(rules, raw.tags)
    if rules.get("DP") is not to.ignore:  # what we wrote ourselves has one name a line
        _part_joined(draft)
    _finish(draft)
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def _part_joined(draft: Draft) -> None:
    """Part names that share a line, and the issue that stands behind its volume: `12(3)`."""
    for variable in ("author", "editor"):
        if any(_is_joined(name) for name in draft.item.get(variable, ())):
            draft.item[variable] = [one for name in draft.item[variable] for one in _parted(name)]
    if (found := _VOLUME_ISSUE.fullmatch(draft.item.get("volume", ""))) and "issue" not in draft.item:
        draft.item["volume"] = found[1]
        draft.put("issue", found[2])


def _is_joined(name: Mapping[str, str]) -> bool:
    return any(mark in part for part in name.values() for mark in ("; ", ", and ", " and "))


def _parted(name: Mapping[str, str]) -> list[CslName]:
    whole = name.get("literal") or ", ".join(filter(None, (name.get("family"), name.get("given"))))
    pieces = [piece.strip() for piece in whole.split(";") if piece.strip()]
    if len(pieces) < 2:
        pieces = re.split(r",? and ", whole)
    one_each = len(pieces) > 1 and all(re.fullmatch(r"[^,]{1,60}, [^,]{1,60}", piece) for piece in pieces)
    if not one_each:
        return [{**name}]
    return [read for piece in pieces if (read := name_of(piece))]


def _finish(draft: Draft) -> None:
    parts = draft.parts
    kind = parts.get("kind", "")
    csl = types.RIS.get(kind, "document" if kind else "article-journal")
    draft.put("type", csl)
    to.printed_date(draft)
    _place_titles(draft, csl)
    draft.put("page", pages_of(parts.get("first", ""), parts.get("last", "")))
    if draft.item.get("page") == "No-Specified":
        del draft.item["page"]
    _place_number(draft, csl)
    accession = parts.get("accession", "")
    if accession:
        draft.source_id = draft.source_id or accession
        if draft.item.get("source", "").lower() in {"pubmed", "medline", "nlm"} and accession.isdigit():
            draft.put("PMID", accession)


def _place_number(draft: Draft, csl: str) -> None:
    number = draft.parts.get("number", "")
    if csl in {"report", "patent", "standard", "bill", "legislation", "legal_case"}:
        draft.put("number", draft.item.pop("issue", "") or number)
    elif number.isdigit() and len(number) <= 4:
        draft.put("issue", number)


def _place_titles(draft: Draft, csl: str) -> None:
    """The secondary title is a journal, a book, proceedings or a series, by type."""
    parts = draft.parts
    short = parts.get("short", "")
    container, secondary = parts.get("container", ""), parts.get("secondary", "")
    if csl in {"book", "thesis", "report", "standard", "map"}:
        draft.put("title", parts.get("book"), 3)
        series = parts.get("series") or secondary
        draft.put("collection-title", series)
        draft.put("container-title", container if container != series else "")
        return
    draft.put(
        "container-title", container or secondary or parts.get("book") or parts.get("proceedings") or short
    )
    if csl == "paper-conference":
        proceedings = parts.get("proceedings")
        draft.put("event-title", proceedings if proceedings != draft.item.get("container-title") else "")
    if short != draft.item.get("container-title"):
        draft.put("container-title-short", short)
    draft.put("collection-title", parts.get("series"))


def own_item(raw: RawRecord) -> CslItem:
    """Return the item of a record our own writer wrote."""
    return record(raw, OWN).item
