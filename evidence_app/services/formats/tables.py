"""CSV, TSV and xlsx of databases and programs, known by their headers; any other by a mapping one gives."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any, Final

from evidence_app.services.formats import workbooks
from evidence_app.services.formats.cells import restored
from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.foreign import ForeignMarks
from evidence_app.services.formats.mappings import ovid, own_table, table_headers, wos
from evidence_app.services.formats.records import RawRecord, ReadFile, ReadRecord, Unplaced

_DELIMITERS: Final = ("\t", ";", ",", "|")
_ABOVE: Final = 12
"""How many lines are looked through for the headers of a table."""
_SURELY: Final = 3
"""So many headers we know make a line the headers of a table."""
_LONGEST_HEADER: Final = 80
_WIDEST: Final = 1 << 27
_SHOWN: Final = 1_000_000
"""How much is listed of what is no table, in characters."""
_NOTHING: Final = " \t\r\n\x1a\ufeff"
"""What a row without a record is made of; old programs end their files with the control character."""


def lines_above(sample: str) -> int:
    """Return how many lines stand above the headers: Dimensions and others tell there what was searched."""
    lines = _first_lines(sample)[:_ABOVE]
    known = [max(_known_in(line, mark) for mark in _DELIMITERS) for line in lines]
    if not known or known[0] > 1:
        return 0
    return next((at for at, count in enumerate(known) if count >= _SURELY), 0)


def _known_in(line: str, delimiter: str) -> int:
    try:
        row = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return 0
    return known_headers(row) if all(len(name) < _LONGEST_HEADER for name in row) else 0


def below(sample: str) -> str:
    """Return a sample from its headers on."""
    above = lines_above(sample)
    return sample.lstrip("\ufeff\n ").split("\n", above)[above] if above else sample


def looks_like(sample: str, surely: bool = False) -> bool:
    """Whether the first line is a header we can make sense of; `surely` asks for three headers we know."""
    sample = below(sample)
    if _turned(sample):
        return True
    delimiter = _delimiter(sample)
    if delimiter is None or not surely:
        return delimiter is not None
    header = _header(sample, delimiter)
    return is_wos(header) or known_headers(header) >= _SURELY


def known_headers(names: Sequence[str]) -> int:
    """Return how many of these headers we can place."""
    return sum(table_headers.is_known(name) for name in names)


def format_of(sample: str) -> str:
    """Return which of the table formats the text is."""
    sample = below(sample)
    delimiter = _turned(sample) or _delimiter(sample)
    if delimiter == "\t":
        return "wos-tab" if is_wos(_header(sample, "\t")) else "tsv"
    return "csv"


def is_wos(header: Sequence[str]) -> bool:
    """Return whether the columns are the tags of Web of Science."""
    return _are_codes(header) and not is_ovid(header)


def is_ovid(header: Sequence[str]) -> bool:
    """Return whether the columns are the tags of Ovid, which names its version or database in each row."""
    return _are_codes(header) and bool({"VN", "DB"} & set(header))


def _are_codes(header: Sequence[str]) -> bool:
    codes = [name for name in header if name]
    return len(codes) > 4 and all(re.fullmatch(r"[A-Z][A-Z0-9]", name) for name in codes)


def _header(sample: str, delimiter: str) -> list[str]:
    row = next(csv.reader(_first_lines(sample), delimiter=delimiter), [])
    return [name.strip("\ufeff \t\"'") for name in row]


def _first_lines(sample: str) -> list[str]:
    return [f"{line}\n" for line in sample.lstrip("\ufeff\n ").split("\n")[:50]]


def _delimiter(sample: str) -> str | None:
    """Return the delimiter that splits the first line into most headers, at least one of them known."""
    best, most = None, 0
    for delimiter in _DELIMITERS:
        try:
            header = _header(sample, delimiter)
        except csv.Error:
            continue
        known = sum(table_headers.is_known(name) for name in header) or (9 if is_wos(header) else 0)
        if known > most and all(len(name) < _LONGEST_HEADER for name in header):
            best, most = delimiter, known
    return best


def delimiter_of(sample: str) -> str:
    """Return what parts the columns of a text, told by headers we know, else by rows of one length."""
    if known := _delimiter(sample):
        return known
    best, most = "", 1
    for delimiter in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(_first_lines(sample)[:20], delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        width = len(rows[0]) if rows else 0
        if width > most and sum(len(row) == width for row in rows) >= max(2, 0.7 * len(rows)):
            best, most = delimiter, width
    return best


def read(source: Source, file: ReadFile) -> Iterator[ReadRecord]:
    """Yield one record for each row below the header of a CSV or TSV file."""
    sample = below(source.sample)
    turned = _turned(sample)
    delimiter = turned or delimiter_of(sample) or ","
    csv.field_size_limit(_WIDEST)
    with source.text() as text:
        lines = _Lines(text)
        _pass_over(lines, lines_above(source.sample), file)
        quoting: Any = csv.QUOTE_NONE if _is_unquoted(sample, delimiter) else csv.QUOTE_MINIMAL
        rows = _tolerant(csv.reader(lines, delimiter=delimiter, quoting=quoting), lines, file)
        yield from _by_row(rows, file) if turned else _rows(rows, file)


def _pass_over(lines: "_Lines", above: int, file: ReadFile) -> None:
    """List what stands above the headers, so that none of its words is lost."""
    while above and (line := next(lines, None)) is not None:
        if lines.number == 1 and not line.strip(_NOTHING):
            continue  # blank lines at the very top were not counted
        above -= 1
        _list_above(lines.number, line, file)


def _list_above(number: int, text: str, file: ReadFile) -> None:
    if text.strip(_NOTHING + ",;"):
        file.unplaced.append(
            Unplaced(number, text.rstrip("\n"), "This stands above the headers of the table.")
        )


def _is_unquoted(sample: str, delimiter: str) -> bool:
    """Whether quotation marks are part of the cells: Web of Science parts them by tabs and quotes none."""
    if delimiter != "\t" or '"' not in sample:
        return False
    widths = [line.rstrip("\t").count("\t") for line in _first_lines(sample)[:-1] if line.strip()]
    quoted = re.search(r'(?:^|\t)"[^"\t\n]*(?:""[^"\t\n]*)*"(?=\t|$)', sample, re.MULTILINE)
    return bool(widths) and not quoted and min(widths[1:], default=0) * 4 >= widths[0] * 3


class _Lines:
    """The lines of a table with those of the row being read, so that a row can be kept verbatim."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.number = 0
        self.row: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.row.append(line)
        return line


def _tolerant(
    reader: Iterator[list[str]], lines: _Lines, file: ReadFile
) -> Iterator[tuple[int, str, list[str]]]:
    while True:
        lines.row = []
        begins = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            file.expected += 1
            file.unplaced.append(
                Unplaced(begins, "".join(lines.row), f"This row could not be split into cells ({error}).")
            )
            continue
        yield begins, "".join(lines.row).rstrip("\n"), row


def read_xlsx(source: Source, file: ReadFile) -> Iterator[ReadRecord]:
    """Yield one record for each row below the header of every sheet that has one."""
    try:
        for sheet in workbooks.read_sheets(source.path):
            rows = ((number, "\t".join(cells), cells) for number, cells in sheet)
            first = _from_headers(list(islice(rows, _ABOVE)), file)
            read_rows = _by_row if _is_by_row([cells for _, _, cells in first]) else _rows
            yield from read_rows(chain(first, rows), file)
    except workbooks.DamagedWorkbook as error:
        file.unplaced.append(Unplaced(0, source.path.name, str(error)))


def _from_headers(rows: list[tuple[int, str, list[str]]], file: ReadFile) -> list[tuple[int, str, list[str]]]:
    """Return the first rows of a sheet from its headers on; what stands above them is listed."""
    known = [known_headers(cells) for _, _, cells in rows]
    if not known or known[0] > 1:
        return rows
    above = next((at for at, count in enumerate(known) if count >= _SURELY), 0)
    for number, text, _ in rows[:above]:
        _list_above(number, text, file)
    return rows[above:]


def _is_by_row(rows: Iterable[Sequence[str]]) -> bool:
    """Whether the table is turned: Embase can print one field a row, records parted by empty rows."""
    firsts = [row[:2] for row in islice((row for row in rows if any(row)), 10)]
    if not firsts or len(firsts[0]) < 2 or firsts[0][0].strip('\ufeff "').upper() != "TITLE":
        return False
    known = sum(table_headers.is_known(row[0]) for row in firsts[1:])
    return known >= 2 and not table_headers.is_known(firsts[0][1])


def _turned(sample: str) -> str:
    """Return the delimiter of a turned table, or nothing."""
    for delimiter in _DELIMITERS:
        try:
            if _is_by_row(csv.reader(_first_lines(sample), delimiter=delimiter)):
                return delimiter
        except csv.Error:
            continue
    return ""


def _by_row(rows: Iterator[tuple[int, str, list[str]]], file: ReadFile) -> Iterator[ReadRecord]:
    file.dialect = "Embase"
    tags: list[tuple[str, str]] = []
    texts: list[str] = []
    begins = 1
    for line, text, row in rows:
        if not any(cell.strip(_NOTHING) for cell in row):
            texts.append(text)
            continue
        if _name(row[0]) == "TITLE" and tags:
            yield table_headers.record(RawRecord(tuple(tags), "\n".join(texts), begins), "Embase")
            tags, texts = [], []
        if not tags:
            file.expected += 1
            begins = line
        texts.append(text)
        tags.append((_name(row[0]), "; ".join(cell for cell in row[1:] if cell)))
    if tags:
        yield table_headers.record(RawRecord(tuple(tags), "\n".join(texts), begins), "Embase")


def _rows(rows: Iterator[tuple[int, str, list[str]]], file: ReadFile) -> Iterator[ReadRecord]:
    header: list[str] = []
    mapping, begins, top = None, 0, ""
    foreign = ForeignMarks(file.format)
    for line, text, row in rows:
        if header and (block := foreign.found(text, line)) and foreign.begun(text):
            rest = "\n".join((text, *(below for _, below, _ in rows)))
            file.unplaced.append(replace(block, text=rest[:_SHOWN]))
            return
        cells = [restored(cell).strip("\r") for cell in row]
        if not any(cell.strip(_NOTHING) for cell in cells):
            continue
        if not header or _is_header_again(cells, header):
            begins, top = line, text
            header = [_name(cell) for cell in cells]
            mapping = _Mapping(header, file)
            continue
        file.expected += 1
        if mapping is not None:
            names = [*header, *(f"column {at}" for at in range(len(header) + 1, len(cells) + 1))]
            yield mapping.record(RawRecord(tuple(zip(names, cells, strict=False)), text, line))
    if header and not file.expected and file.format != "xlsx":
        file.unplaced.append(Unplaced(begins, top, "The table has headers and no rows."))


def _name(cell: str) -> str:
    return cell.strip('\ufeff \t"')


def _is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a second table follows in the file: its first row names columns, as no work does."""
    names = [_name(cell) for cell in cells if cell.strip()]
    if names == [name for name in header if name]:
        return True
    return is_wos(names) or (len(names) > 4 and known_headers(names) * 4 >= len(names) * 3)


class _Mapping:
    """What the columns of a table mean, settled by its header."""

    def __init__(self, header: Sequence[str], file: ReadFile) -> None:
        self._given = file.mapping
        self._own = own_table.KEY in header and own_table.SIGN in header
        self._wos = is_wos(header)
        self._ovid = is_ovid(header)
        vendor = "Web of Science" if self._wos else "Ovid" if self._ovid else table_headers.vendor_of(header)
        self._vendor = vendor
        file.dialect = own_table.SIGN if self._own else vendor

    def record(self, raw: RawRecord) -> ReadRecord:
        """Return what a row means."""
        if self._given is not None:
            return table_headers.mapped(raw, self._given)
        if self._own:
            row = dict(raw.tags)
            return ReadRecord(raw, own_table.item_of(row), row.get(own_table.KEY) or None)
        if self._wos or self._ovid:
            tags = tuple((tag, value.strip()) for tag, value in raw.tags)
            stripped = RawRecord(tags, raw.text, raw.line)
            return wos.record(stripped, "") if self._wos else ovid.record(stripped, "")
        return table_headers.record(raw, self._vendor)


def columns(source: Source) -> tuple[str, ...]:
    """Return the headers of a table, for a person to map those we do not know."""
    sample = below(source.sample)
    return tuple(_header(sample, delimiter_of(sample) or ","))


def mapped(raw: RawRecord, mapping: Mapping[str, str]) -> ReadRecord:
    """Return what a row means by a mapping a person gave: column header to what the column holds."""
    return table_headers.mapped(raw, mapping)
