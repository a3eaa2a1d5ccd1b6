"""Write the matrix to a file; the ending says as what."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from evidence_app.domain.matrix import By
from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.files import write_whole
from evidence_app.services.publishing.matrix.sheet import Sheet

FORMATS: Final = {
    ".xlsx": "Excel workbook", ".csv": "Table (CSV)", ".json": "JSON", ".docx": "Word document",
    ".svg": "Heat map (SVG)",
}  # fmt: skip
"""What a matrix can be written as, by the ending of the file."""

_HEADS: Final = {
    By.THEMES: ("Main theme", "Theme"), By.CODES: ("Branch", "Code"),
    By.CHARACTERISTICS: ("Characteristic", "Value"),
}  # fmt: skip


def write_matrix(sheet: Sheet, out: Path, report: Report = silent) -> None:
    """Write the matrix whole or not at all.

    Raises `PublishingError` for an ending that is no format, and `EvidenceError` where the file cannot be
    written."""
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise PublishingError(
            f"“{out.suffix or out.name}” is not a format a matrix can have. Nothing was written. "
            f"Use one of: {', '.join(FORMATS)}."
        )
    if ending == ".xlsx":
        from evidence_app.services.formats.workbooks import write_tables

        write_tables(out, sheets(sheet))
        return
    write_whole(out, _made(sheet, ending, report))


def _made(sheet: Sheet, ending: str, report: Report) -> bytes:
    if ending == ".docx":
        from evidence_app.services.publishing.matrix.document import docx_bytes

        return docx_bytes(sheet, report)
    if ending == ".svg":
        from evidence_app.services.publishing.matrix.heat_map import heat_map

        return heat_map(sheet).encode("utf-8", "replace")
    from evidence_app.services.publishing.matrix import records

    return records.json_bytes(sheet) if ending == ".json" else records.csv_bytes(sheet)


def sheets(sheet: Sheet) -> list[tuple[str, Iterable[Sequence[str | int]]]]:
    """Return the sheets of the workbook: the matrix, summaries, quotations, and what is counted."""
    matrix = sheet.matrix
    rows: list[Sequence[str | int]] = [(*sheet.row_heads(), *sheet.column_heads())]
    rows += [(*_numbered(sheet.row_words(row)), *sheet.cells(row)) for row in sheet.rows]
    heads = (*sheet.row_heads()[:2], *_HEADS[matrix.by])
    summaries: list[Sequence[str | int]] = [(*heads, "Summary")]
    quotations: list[Sequence[str | int]] = [(*heads, "Quotation", "Source", "Codes")]
    for row, at, summary, quoted in sheet.told_cells():
        column = matrix.columns[at]
        place = (*_numbered(sheet.row_words(row)[:2]), matrix.bands[column.band].of.name, column.of.name)
        if summary:
            summaries.append((*place, summary))
        quotations += [(*place, each.words, each.source, "; ".join(each.codes)) for each in quoted]
    about: list[Sequence[str | int]] = [(sheet.title,), *((note,) for note in sheet.notes())]
    told: list[tuple[str, Iterable[Sequence[str | int]]]] = [("Matrix", rows), ("Summaries", summaries)]
    return [*told, *([("Quotations", quotations)] if len(quotations) > 1 else []), ("About", about)]


def _numbered(words: Sequence[str]) -> list[str | int]:
    return [int(words[0]) if words[0].isdecimal() else words[0], *words[1:]]
