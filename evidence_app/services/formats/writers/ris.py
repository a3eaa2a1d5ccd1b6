"""RIS as EndNote, Zotero and Rayyan read it; what RIS has no tag for goes into notes."""

from collections.abc import Callable, Sequence
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats.leftovers import lossless, shown, written
from evidence_app.services.formats.mappings import ris, types
from evidence_app.services.formats.records import RawRecord
from evidence_app.services.formats.tagged import TaggedReader
from evidence_app.services.formats.values import typed_name

_TEXTS: Final = (
    ("title", "TI"), ("title-short", "ST"), ("original-title", "OT"), ("container-title", "T2"),
    ("container-title-short", "J2"), ("volume", "VL"), ("issue", "IS"), ("article-number", "C7"),
    ("edition", "ET"), ("section", "SE"), ("number-of-volumes", "NV"), ("publisher", "PB"),
    ("publisher-place", "CY"), ("DOI", "DO"), ("PMCID", "C2"), ("URL", "UR"), ("language", "LA"),
    ("genre", "M3"), ("call-number", "CN"), ("archive_location", "AV"), ("source", "DB"),
    ("reviewed-title", "RI"), ("original-publisher", "OP"), ("abstract", "AB"),
)  # fmt: skip
_NAMES: Final = (("author", "AU"), ("editor", "A2"), ("collection-editor", "A3"), ("translator", "A4"))
_SERIES_IN_T2: Final = frozenset(("book", "thesis", "report", "standard", "map"))


def record_text(key: str, item: CslItem) -> str:
    """Return one reference as a RIS record, ended by a blank line."""
    item = written(item)
    return lossless(item, lambda notes: _render(key, shown(item), notes), _read)


def _read(record: str) -> CslItem | None:
    blocks = list(TaggedReader(ris.GRAMMAR).read(record.split("\n")))
    if len(blocks) != 1 or not isinstance(blocks[0], RawRecord):
        return None
    return ris.own_item(blocks[0])


def _render(key: str, item: CslItem, notes: Sequence[str]) -> str:
    lines = [f"TY  - {types.TO_RIS.get(item['type'], 'GEN')}", f"ID  - {key}"]

    def add(tag: str, value: str) -> None:
        lines.append(f"{tag}  - {value.replace(chr(10), ' ')}")

    for variable, tag in _TEXTS:
        if item.get(variable):
            add(tag, str(item[variable]))
    for variable, tag in _NAMES:
        for name in item.get(variable, ()):
            add(tag, typed_name(name))
    series = item.get("collection-title")
    if series:
        add("T2" if item["type"] in _SERIES_IN_T2 else "T3", str(series))
    _add_dates(item, add)
    _add_pages(str(item.get("page", "")), add)
    for number in [*str(item.get("ISSN", "")).split(", "), str(item.get("ISBN", ""))]:
        if number:
            add("SN", number)
    if item.get("number"):
        add("M1", str(item["number"]))
    for word in str(item.get("keyword", "")).split(";"):
        if word.strip():
            add("KW", word.strip())
    for note in (*str(item.get("note", "")).split("\n"), *notes):
        if note:
            add("N1", note)
    return "\n".join([*lines, f"DP  - {ris.OWN}", "ER  - ", "", ""])


def _add_dates(item: CslItem, add: Callable[[str, str], None]) -> None:
    for variable, short, full in (("issued", "PY", "DA"), ("accessed", "Y2", "Y2")):
        date = item.get(variable) or {}
        ends = date.get("date-parts") or []
        parts = [str(part) for part in ends[0]] if ends else []
        if not parts:
            if date.get("literal"):
                add(short, str(date["literal"]))
            continue
        if short != full:
            add(short, parts[0].zfill(4))
        if len(parts) > 1 or short == full:
            padded = [parts[0].zfill(4), *(part.zfill(2) for part in parts[1:])]
            add(full, "/".join([*padded, "", ""][:3]) + "/")


def _add_pages(page: str, add: Callable[[str, str], None]) -> None:
    first, dash, last = page.partition("-")
    if page:
        add("SP", first if dash and "-" not in last else page)
    if dash and "-" not in last and last:
        add("EP", last)
