"""MEDLINE tagged text as PubMed writes it; what it has no tag for goes into general notes (GN)."""

from collections.abc import Sequence
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import MONTHS
from evidence_app.services.formats.leftovers import lossless, shown, written
from evidence_app.services.formats.mappings import nbib
from evidence_app.services.formats.records import RawRecord
from evidence_app.services.formats.tagged import TaggedReader
from evidence_app.services.formats.values import typed_name

_TEXTS: Final = (
    ("title", "TI"), ("original-title", "TT"), ("collection-title", "CTI"), ("volume-title", "VTI"),
    ("abstract", "AB"), ("original-abstract", "OAB"), ("language", "LA"), ("container-title", "JT"),
    ("container-title-short", "TA"), ("volume", "VI"), ("issue", "IP"), ("page", "PG"), ("URL", "URL"),
    ("publisher-place", "PL"), ("publisher", "PB"), ("edition", "EN"), ("license", "CI"),
)  # fmt: skip


def record_text(key: str, item: CslItem) -> str:  # noqa: ARG001
    """Return one reference as a MEDLINE record, followed by a blank line."""
    item = written(item)
    return lossless(item, lambda notes: _render(shown(item), notes), _read)


def _read(record: str) -> CslItem | None:
    blocks = list(TaggedReader(nbib.GRAMMAR).read(record.split("\n")))
    if len(blocks) != 1 or not isinstance(blocks[0], RawRecord):
        return None
    return nbib.own_item(blocks[0])


def _render(item: CslItem, notes: Sequence[str]) -> str:
    lines = [f"PMID- {' '.join(str(item['PMID']).split())}"] if item.get("PMID") else []
    lines.append(f"OWN - {nbib.OWN}")

    def add(tag: str, value: str) -> None:
        lines.append(f"{tag:<4}- {value.replace(chr(10), ' ')}")

    for variable, tag in _TEXTS:
        if item.get(variable):
            add(tag, str(item[variable]))
    for name in item.get("author", ()):
        add("CN" if name.get("literal") else "FAU", name.get("literal") or typed_name(name))
    for name in item.get("editor", ()):
        add("FED", typed_name(name))
    ends = (item.get("issued") or {}).get("date-parts") or []
    if ends and ends[0]:
        add("DP", _printed([int(part) for part in ends[0]]))
    if item.get("DOI"):
        add("AID", f"{item['DOI']} [doi]")
    if item.get("PMCID"):
        add("PMC", str(item["PMCID"]))
    for number in filter(None, str(item.get("ISSN", "")).split(", ")):
        add("IS", number)
    if item.get("ISBN"):
        add("ISBN", str(item["ISBN"]))
    add("PT", nbib.TO_PT.get(str(item["type"]), "Journal Article"))
    for word in filter(None, map(str.strip, str(item.get("keyword", "")).split(";"))):
        add("OT", word)
    for note in filter(None, (*str(item.get("note", "")).split("\n"), *notes)):
        add("GN", note)
    return "\n".join([*lines, "", ""])


def _printed(parts: Sequence[int]) -> str:
    month = MONTHS[parts[1] - 1][:3].title() if len(parts) > 1 and 1 <= parts[1] <= 12 else ""
    day = str(parts[2]) if len(parts) > 2 else ""
    return " ".join(piece for piece in (f"{parts[0]:04d}", month, day) if piece)
