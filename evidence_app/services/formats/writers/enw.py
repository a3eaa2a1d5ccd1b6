"""EndNote's import format (.enw); what it has no tag for goes into research notes (`%<`)."""

from collections.abc import Sequence
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.dates import MONTHS
from evidence_app.services.formats.leftovers import lossless, shown, written
from evidence_app.services.formats.mappings import enw
from evidence_app.services.formats.records import RawRecord
from evidence_app.services.formats.tagged import TaggedReader
from evidence_app.services.formats.values import typed_name

_TEXTS: Final = (
    ("title", "T"), ("title-short", "!"), ("original-title", "Q"), ("container-title-short", "O"),
    ("volume", "V"), ("page", "P"), ("publisher", "I"), ("publisher-place", "C"), ("edition", "7"),
    ("genre", "9"), ("number-of-volumes", "6"), ("section", "&"), ("call-number", "L"), ("source", "W"),
    ("DOI", "R"), ("URL", "U"), ("PMID", "1"), ("PMCID", "2"), ("ISSN", "@"), ("ISBN", "@"),
    ("language", "G"), ("abstract", "X"),
)  # fmt: skip
_NAMES: Final = (("author", "A"), ("editor", "E"), ("collection-editor", "Y"), ("translator", "?"))
_NUMBERED: Final = frozenset(("report", "patent", "standard", "bill", "legislation"))
_SERIES_FIRST: Final = frozenset(("book", "thesis", "report", "map"))


def record_text(key: str, item: CslItem) -> str:
    """Return one reference as an EndNote record, followed by a blank line."""
    item = written(item)
    return lossless(item, lambda notes: _render(key, shown(item), notes), _read)


def _read(record: str) -> CslItem | None:
    blocks = list(TaggedReader(enw.GRAMMAR).read(record.split("\n")))
    if len(blocks) != 1 or not isinstance(blocks[0], RawRecord):
        return None
    return enw.own_item(blocks[0])


def _render(key: str, item: CslItem, notes: Sequence[str]) -> str:
    csl = str(item["type"])
    lines = [f"%0 {enw.TO_ENW.get(csl, 'Generic')}"]

    def add(tag: str, value: str) -> None:
        lines.append(f"%{tag} {value.replace(chr(10), ' ')}")

    for variable, tag in _NAMES:
        for name in item.get(variable, ()):
            add(tag, typed_name(name))
    for variable, tag in _TEXTS:
        if item.get(variable):
            add(tag, str(item[variable]))
    if item.get("container-title"):
        add("J" if csl.startswith("article") or csl in _SERIES_FIRST else "B", str(item["container-title"]))
    if item.get("collection-title"):
        add("S", str(item["collection-title"]))
    number = item.get("number" if csl in _NUMBERED else "issue")
    if number:
        add("N", str(number))
    ends = (item.get("issued") or {}).get("date-parts") or []
    if ends and ends[0]:
        _add_date(lines, [int(part) for part in ends[0]])
    for word in filter(None, map(str.strip, str(item.get("keyword", "")).split(";"))):
        add("K", word)
    add("M", key)
    for note in filter(None, str(item.get("note", "")).split("\n")):
        add("Z", note)
    for line in notes:
        add("<", line)
    return "\n".join([*lines, f"%~ {enw.OWN}", "", ""])


def _add_date(lines: list[str], parts: Sequence[int]) -> None:
    lines.append(f"%D {parts[0]:04d}")
    if len(parts) > 1 and 1 <= parts[1] <= 12:
        day = f" {parts[2]}" if len(parts) > 2 else ""
        lines.append(f"%8 {parts[0]:04d} {MONTHS[parts[1] - 1].title()}{day}")
