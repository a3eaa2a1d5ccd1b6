"""An appendix written to a file: the ending says as what."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from evidence_app.services.formats.cells import guarded
from evidence_app.services.publishing.appendix.table import Appendix, Cell
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.files import write_whole

FORMATS: Final = {".docx": "Word document", ".xlsx": "Excel workbook", ".csv": "Table (CSV)"}
"""What the tables can be written as, by the ending of the file."""


def write_table(table: Appendix, out: Path) -> None:
    """Write a table; the ending says as what. Raises `EvidenceError` where it cannot be written."""
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise PublishingError(
            f"“{out.suffix or out.name}” is not a format this table can have. Nothing was written. "
            f"Use one of: {', '.join(FORMATS)}."
        )
    if ending == ".xlsx":
        from evidence_app.services.formats import workbooks

        workbooks.write_table(out, table.title[:31], [list(table.heads), *(list(row) for row in table.rows)])
    elif ending == ".csv":
        write_whole(out, csv_bytes(table))
    else:
        from evidence_app.services.publishing.appendix.document import docx_bytes

        write_whole(out, docx_bytes(table))


def csv_bytes(table: Appendix) -> bytes:
    """Return a table as CSV that a spreadsheet reads as it is: UTF-8 with its mark, no cell a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.heads)
    writer.writerows(_safe(row) for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _safe(row: Sequence[Cell]) -> Iterable[Cell]:
    return ["" if cell is None else guarded(cell) if isinstance(cell, str) else cell for cell in row]
