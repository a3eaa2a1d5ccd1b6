"""The formats we read and write, declared once; the door through which files come in and go out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import Reference
from evidence_app.services.formats import bibtex as bibtex_reader
from evidence_app.services.formats import csljson as csljson_reader
from evidence_app.services.formats import detect, families, reference_lists, xml_formats
from evidence_app.services.formats import tables as tables_reader
from evidence_app.services.formats.decoding import Source, source
from evidence_app.services.formats.foreign import ForeignMarks
from evidence_app.services.formats.keys import keyed
from evidence_app.services.formats.limits import Clock, TookTooLong
from evidence_app.services.formats.records import ReadFile, ReadRecord, Unplaced
from evidence_app.services.formats.writers import bibtex, csljson, endnote_xml, enw, nbib, ris, tables
from evidence_app.services.progress import Report, silent
from evidence_app.services.whole_files import replacing


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name in commands, its label on screen and the suffixes files of it carry."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    reads: bool
    writes: bool


FORMATS: Final[tuple[Format, ...]] = (
    Format("ris", "RIS", (".ris",), True, True),
    Format("bibtex", "BibTeX", (".bib",), True, True),
    Format("biblatex", "BibLaTeX", (".bib",), True, True),
    Format("csljson", "CSL-JSON", (".json",), True, True),
    Format("endnote-xml", "EndNote XML", (".xml",), True, True),
    Format("nbib", "MEDLINE (PubMed, PMC, ERIC)", (".nbib", ".txt"), True, True),
    Format("enw", "EndNote import (.enw)", (".enw", ".txt"), True, True),
    Format("csv", "CSV table", (".csv",), True, True),
    Format("xlsx", "Excel workbook", (".xlsx",), True, True),
    Format("tsv", "Tab-separated table", (".tsv", ".txt"), True, False),
    Format("pubmed-xml", "PubMed XML", (".xml",), True, False),
    Format("wos", "Web of Science, tagged", (".txt", ".ciw", ".isi"), True, False),
    Format("wos-tab", "Web of Science, tab-delimited", (".txt",), True, False),
    Format("ovid", "Ovid, field names", (".txt",), True, False),
    Format("ovid-tagged", "Ovid, tagged", (".txt", ".cgi"), True, False),
    Format("refworks", "RefWorks, tagged", (".txt",), True, False),
    Format("mods", "MODS", (".xml",), True, False),
    Format("zotero-rdf", "Zotero RDF", (".rdf",), True, False),
    Format("references", "Printed list of references", (".txt",), True, False),
)

_READERS: Final[dict[str, Callable[[Source, ReadFile], Iterator[ReadRecord]]]] = {
    **dict.fromkeys(families.FAMILIES, families.read),
    **dict.fromkeys(("bibtex", "biblatex"), bibtex_reader.read),
    **dict.fromkeys(("csv", "tsv", "wos-tab"), tables_reader.read),
    **dict.fromkeys(("pubmed-xml", "endnote-xml", "mods", "zotero-rdf"), xml_formats.read),
    "csljson": csljson_reader.read,
    "references": reference_lists.read,
    "xlsx": tables_reader.read_xlsx,
}

_RECORDS: Final[dict[str, Callable[[str, CslItem], str]]] = {
    "ris": ris.record_text,
    "bibtex": bibtex.record_text,
    "biblatex": lambda key, item: bibtex.record_text(key, item, biblatex=True),
    "csljson": csljson.record_text,
    "endnote-xml": endnote_xml.record_text,
    "nbib": nbib.record_text,
    "enw": enw.record_text,
}


class NoSuchFormat(EvidenceError):
    """The format is none of those we write; nothing was written."""


def format_named(name: str) -> Format:
    """Return the format of that name; raises `NoSuchFormat` naming those there are."""
    found = next((known for known in FORMATS if known.name == name.lower()), None)
    if found is None:
        names = ", ".join(known.name for known in FORMATS)
        raise NoSuchFormat(f"There is no format “{name}”. The formats are {names}.")
    return found


def format_for(path: Path) -> Format:
    """Return the format to write to a path, by its suffix; raises `NoSuchFormat`."""
    suffix = path.suffix.lower()
    found = next((known for known in FORMATS if known.writes and suffix in known.suffixes), None)
    if found is None:
        suffixes = ", ".join(dict.fromkeys(s for known in FORMATS if known.writes for s in known.suffixes))
        raise NoSuchFormat(
            f"References cannot be written as “{suffix or path.name}”. Choose one of {suffixes}."
        )
    return found


_SHOWN_OF_REST: Final = 1_000_000
"""How much is listed of what was not read."""


def read_file(
    path: Path,
    report: Report = silent,
    format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    clock: Clock | None = None,
) -> ReadFile:
    """Open a file for reading, its format told by its content unless one is named.

    `mapping` says what the columns of a table hold, by header. Reading that takes longer than its
    `clock` allows ends, and what follows is listed as unplaced.

    The records stream from `ReadFile.records`; memory does not grow with the file. Raises
    `UnknownFormat` or `UnreadableFile` at once; afterwards what cannot be read is listed as unplaced."""
    opened = source(path)
    name = format_named(format).name if format else detect.format_of(opened)
    clock = clock or Clock(opened.size)
    opened = replace(opened, clock=clock)
    file = ReadFile(name, "", iter(()), mapping=mapping)
    if name in families.FAMILIES:
        file.dialect = families.FAMILIES[name].dialect_of(opened.sample)
    records = _timed(_READERS[name](opened, file), file, opened, clock)
    file.records = _counted(_begun(records), file, opened, report)
    return file


def _begun(records: Iterator[ReadRecord]) -> Iterator[ReadRecord]:
    """Read the first record at once: it settles who wrote the file."""
    first = next(records, None)
    return records if first is None else chain((first,), records)


def _timed(
    records: Iterator[ReadRecord], file: ReadFile, opened: Source, clock: Clock
) -> Iterator[ReadRecord]:
    """Stop where reading takes too long; what was read until then stays."""
    last: ReadRecord | None = None
    while True:
        try:
            with clock.running():
                clock.look()
                record = next(records, None)
        except TookTooLong:
            file.unplaced.append(_rest(file, opened, clock, last))
            return
        if record is None:
            return
        last = record
        yield record


def _rest(file: ReadFile, opened: Source, clock: Clock, last: ReadRecord | None) -> Unplaced:
    """Return what was not read, from the line behind the last record on."""
    line = last.raw.line + last.raw.text.count("\n") + 1 if last else 1
    text = ""
    if file.format != "xlsx":
        with replace(opened, clock=None).text() as lines:
            text = "".join(islice(lines, line - 1, None))[:_SHOWN_OF_REST]
    read = f"{counted(file.placed, 'record')} before it came in" if file.placed else "no record came in"
    seconds = counted(round(clock.allowed), "second")
    return Unplaced(
        line, text, f"Reading took longer than {seconds} and was stopped here: {read}, what follows was not "
        "read. Import the rest as a file of its own."
    )  # fmt: skip


def _counted(
    records: Iterator[ReadRecord], file: ReadFile, opened: Source, report: Report
) -> Iterator[ReadRecord]:
    """Count what is placed, report progress, and account for every record the file begins."""
    read_bytes = 0
    foreign = ForeignMarks(file.format)
    report(0, opened.size)
    for record in records:
        if foreign.possible(record.raw) and (block := foreign.found(record.raw.text, record.raw.line)):
            file.unplaced.append(block)
        file.placed += 1
        read_bytes += len(record.raw.text)
        if file.placed % 100 == 0:
            report(min(read_bytes, opened.size), opened.size)
        yield record
    missing = file.expected - file.placed - len(file.unplaced)
    for _ in range(missing):
        file.unplaced.append(Unplaced(0, "", "A record begins here that could not be found again."))
    report(opened.size, opened.size)


def write_references(references: Sequence[Reference], out_path: Path, format: str | None = None) -> Format:
    """Write references to a file in the named format, or the one its suffix names; return the format.

    The file appears whole or not at all: it is written beside its place and moved there at the end."""
    chosen = format_named(format) if format else format_for(out_path)
    if not chosen.writes:
        raise NoSuchFormat(f"{chosen.label} can be read but not written. Nothing was written.")
    with replacing(out_path) as beside:
        if chosen.name == "csv":
            tables.write_csv(references, beside)
        elif chosen.name == "xlsx":
            tables.write_xlsx(references, beside)
        else:
            with beside.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
                file.writelines(_texts(references, chosen.name))
    return chosen


def _texts(references: Sequence[Reference], name: str) -> Iterator[str]:
    render = _RECORDS[name]
    records = (render(key, reference.item) for key, reference in keyed(references))
    if name == "csljson":
        yield "["
        for at, record in enumerate(records):
            yield (",\n" if at else "\n") + record
        yield "\n]\n"
    elif name == "endnote-xml":
        yield endnote_xml.OPENING
        yield from records
        yield endnote_xml.CLOSING
    else:
        yield from records
