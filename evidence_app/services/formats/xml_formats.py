"""PubMed XML, EndNote XML, MODS and Zotero RDF, each streamed element by element."""

import re
from collections.abc import Iterator
from typing import Any, Final

from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.mappings import endnote_xml, mods, pubmed_xml, zotero_rdf
from evidence_app.services.formats.records import RawRecord, ReadFile, ReadRecord
from evidence_app.services.formats.xml_stream import Elements


def read(source: Source, file: ReadFile) -> Iterator[ReadRecord]:
    """Yield the records of an XML file."""
    if file.format == "zotero-rdf":
        yield from zotero_rdf.read(source, file)
        return
    names, record = _READERS[file.format]
    if file.format == "endnote-xml":
        version = re.search(r'<source-app name="([^"]+)"', source.sample)
        file.dialect = version[1] if version else ""
    for raw, element in Elements(source, file, names):
        yield record(raw, element)


def _endnote(raw: RawRecord, element: Any) -> ReadRecord:
    return endnote_xml.record(raw, endnote_xml.fields_of(element))


def _pubmed(raw: RawRecord, element: Any) -> ReadRecord:
    draft = pubmed_xml.draft_of(element)
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


def _mods(raw: RawRecord, element: Any) -> ReadRecord:
    draft = mods.draft_of(element)
    return ReadRecord(raw, draft.close(), draft.source_id, draft.extras())


_READERS: Final = {
    "endnote-xml": (frozenset(("record",)), _endnote),
    "pubmed-xml": (pubmed_xml.RECORDS, _pubmed),
    "mods": (mods.RECORDS, _mods),
}
