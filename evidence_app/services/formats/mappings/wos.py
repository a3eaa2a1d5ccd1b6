"""Web of Science: tagged and tab-delimited exports share their tags.

Source: Clarivate's table of field tags, and the older ISI export with its Inspec and MEDLINE variants."""

import re
from typing import Final

from evidence_app.services.formats import meanings as to
from evidence_app.services.formats.draft import Draft, Rule, Rules, apply
from evidence_app.services.formats.records import RawRecord, ReadRecord
from evidence_app.services.formats.tagged import Grammar
from evidence_app.services.formats.values import date_of, name_of, pages_of

GRAMMAR: Final = Grammar(
    tag=re.compile(r"^\ufeff?([A-Z][A-Z0-9])(?: (.*))?$"),
    begins=frozenset({"PT"}),
    ends=frozenset({"ER"}),
    headers=frozenset({"FN", "VR", "EF"}),
    titles=frozenset({"TI"}),
    needs_begin=False,
    lists=frozenset({"AU", "AF", "BA", "BF", "CA", "GP", "BE", "CR", "SN", "C1"}),
)
_KINDS: Final = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent", "C": "paper-conference"}
_DOCUMENTS: Final = (
    ("proceedings paper", "paper-conference"), ("book chapter", "chapter"), ("book review", "review-book"),
    ("book", "book"), ("data set", "dataset"), ("dissertation", "thesis"), ("preprint", "article"),
    ("news item", "article-newspaper"), ("software", "software"),
)  # fmt: skip


def people(variable: str, rank: int = 0) -> Rule:
    """Return the rule: one name a line, or several parted by semicolons."""
    return to.names(variable, rank, several=";")


def _bodies(draft: Draft, value: str) -> None:
    draft.parts["bodies"] = f"{draft.parts.get('bodies', '')}\n{value}".strip("\n")


def _words(draft: Draft, value: str) -> None:
    """Keywords by semicolon; Inspec parts its groups by slashes."""
    plain = " ".join(value.split())
    draft.keywords += [word.strip() for word in re.split(r";|/ ", plain) if word.strip()]


RULES: Final[Rules] = {
    "PT": to.part("kind"), "DT": to.part("document"), "TI": to.title(), "FT": to.text("original-title", 1),
    "AF": people("author"), "AU": people("author", 1), "CA": _bodies, "GP": _bodies, "BE": people("editor"),
    "ED": people("editor", 1), "BA": people("container-author", 1), "BF": people("container-author"),
    "SO": to.text("container-title"), "JI": to.text("container-title-short"),
    "J9": to.text("container-title-short", 1), "SE": to.text("collection-title"),
    "BS": to.text("collection-title", 1), "CT": to.text("event-title"), "CY": to.part("event date"),
    "CL": to.text("event-place"), "PY": to.date("issued"), "PD": to.part("printed"),
    "EA": to.date("published-online"),
    "VL": to.text("volume"), "IS": to.text("issue"), "BP": to.part("first"), "EP": to.part("last"),
    "PS": to.part("range"),
    "AR": to.part("article"), "PG": to.text("number-of-pages"), "DI": to.doi(), "D2": to.doi(1),
    "PM": to.text("PMID"),
    "SN": to.serial_number, "EI": to.serial_number, "BN": to.serial_number, "LA": to.text("language"),
    "DE": _words,
    "ID": _words, "AB": to.paragraphs("abstract"), "PU": to.text("publisher"),
    "PI": to.text("publisher-place"),
    "UT": to.identifier, "UR": to.link(), "PN": to.text("part-number"), "SU": to.text("supplement-number"),
    "AN": to.part("accession"), "MH": to.keywords(";"),
}  # fmt: skip
"""The meaning of each tag."""


def dialect_of(sample: str) -> str:
    """Return who wrote the file."""
    if "Clarivate" in sample[:300]:
        return "Clarivate"
    if re.search(r"^UT (INSPEC|MEDLINE|BCI|ZOOREC|FSTA)", sample, re.M):
        return "Web of Science: other database"
    return "ISI" if "ISI Export" in sample[:300] else "Web of Science"


def record(raw: RawRecord, dialect: str) -> ReadRecord:  # noqa: ARG001
    """Return what a Web of Science record means."""
    draft = apply(RULES, raw.tags)
    item, parts = draft.item, draft.parts
    document = parts.get("document", "").lower()
    kind = _KINDS.get(parts.get("kind", "J"), "article-journal")
    found = next((csl for word, csl in _DOCUMENTS if word in document), kind)
    draft.put("type", found if found != "chapter" or kind != "article-journal" else kind)
    for body in parts.get("bodies", "").split("\n"):
        if body and (name := name_of(f"{body},")):
            item.setdefault("author", []).append(name)
    _add_date(draft)
    article = parts.get("article", "")
    if "-" in article and "first" not in parts:
        parts.setdefault("range", article)
        article = ""
    draft.put("article-number", article)
    first, last = parts.get("first", ""), parts.get("last", "")
    draft.put("page", pages_of(parts.get("range", "")) if "range" in parts else pages_of(first, last))
    if parts.get("event date"):
        draft.put("event-date", date_of(parts["event date"]))
    return ReadRecord(raw, draft.close(), draft.source_id or parts.get("accession"), draft.extras())


def _add_date(draft: Draft) -> None:
    """`PD` prints month and day without the year, which `PY` has: `SEP 12`, `JUL-AUG`, `04 2006`."""
    printed = draft.parts.get("printed", "")
    known = draft.item.get("issued")
    year = str(known["date-parts"][0][0]) if known and known.get("date-parts") else ""
    if found := re.fullmatch(r"(\d{2}) (\d{4})", printed):
        to.date("issued", 2)(draft, f"{found[2]}/{found[1]}//")
    elif printed:
        bare = printed.replace(year, "").strip() if year else printed
        fuller = date_of(f"{year} {bare}".strip())
        if fuller and "literal" not in fuller:
            if known and len(fuller["date-parts"]) == 2:
                draft.item["issued"] = fuller
            to.date("issued", 2)(draft, f"{year} {bare}".strip())
