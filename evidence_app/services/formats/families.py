"""The tagged formats: each a grammar of lines and a mapping of tags."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.mappings import enw, nbib, ovid, refworks, ris, wos
from evidence_app.services.formats.records import RawRecord, ReadFile, ReadRecord
from evidence_app.services.formats.tagged import Grammar, TaggedReader


@dataclass(frozen=True, slots=True)
class Family:
    """A tagged format: how its lines are read, who wrote them, what the tags mean."""

    grammar: Grammar
    dialect_of: Callable[[str], str]
    record: Callable[[RawRecord, str], ReadRecord]


def _ris_dialect(sample: str) -> str:
    """Return the exporter whose sign a third of the records carry: a library holds records of many."""
    records = len(ris.BEGINS.findall(sample))
    return next((name for name, sign in ris.SIGNS if len(sign.findall(sample)) * 3 >= max(records, 1)), "")


FAMILIES: Final = {
    "ris": Family(ris.GRAMMAR, _ris_dialect, ris.record),
    "nbib": Family(nbib.GRAMMAR, nbib.dialect_of, nbib.record),
    "enw": Family(enw.GRAMMAR, enw.dialect_of, enw.record),
    "wos": Family(wos.GRAMMAR, wos.dialect_of, wos.record),
    "ovid": Family(ovid.PLAIN, lambda _sample: "Ovid", ovid.record),
    "ovid-tagged": Family(ovid.TAGGED, lambda _sample: "Ovid", ovid.record),
    "refworks": Family(refworks.GRAMMAR, lambda _sample: "RefWorks", refworks.record),
}


def read(source: Source, file: ReadFile) -> Iterator[ReadRecord]:
    """Yield the records of a tagged file; what has no place goes to `file.unplaced`."""
    family = FAMILIES[file.format]
    reader = TaggedReader(family.grammar)
    with source.text() as lines:
        for block in reader.read(lines):
            file.expected = reader.expected
            if isinstance(block, RawRecord):
                yield family.record(block, file.dialect)
            else:
                file.unplaced.append(block)
    file.expected = reader.expected
