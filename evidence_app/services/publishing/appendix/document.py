"""The tables beside the diagram as a Word document."""

from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.appendix.table import Appendix, Cell
from evidence_app.services.publishing.summary.documents import write_document
from evidence_app.services.publishing.summary.model import (
    Heading,
    Look,
    Page,
    Paragraph,
    Part,
    Summary,
    Table,
    Words,
    said,
)
from evidence_app.services.publishing.summary.rendering import Rendered


def docx_bytes(table: Appendix, report: Report = silent) -> bytes:
    """Return the document. Raises `PublishingError`."""
    parts: list[Part] = [Paragraph(said(table.title), Look.TITLE), Paragraph(said(table.note))]
    parts += _each_row(table) if table.long else [_one_table(table)] if table.rows else []
    summary = Summary(
        profile="commissioner", title=table.title, authors=(),
        pages=(Page(key="appendix", parts=tuple(parts), landscape=not table.long),),
    )  # fmt: skip
    return write_document(
        summary, Rendered({}, (), styles.style_source(styles.DEFAULT_STYLE)), "docx", report
    )


def _one_table(table: Appendix) -> Table:
    rows = tuple(tuple(_words(cell) for cell in row) for row in table.rows)
    return Table(
        caption=said(table.title), header=table.heads, rows=rows, widths=table.widths, key="appendix"
    )


def _each_row(table: Appendix) -> list[Part]:
    """Return a heading and a small table for each row: what is said of it, line by line."""
    parts: list[Part] = []
    for at, row in enumerate(table.rows):
        said_of_it = [
            (said(head), _words(cell)) for head, cell in zip(table.heads[1:], row[1:], strict=True)
            if cell not in (None, "")
        ]  # fmt: skip
        parts.append(Heading(2, _words(row[0])))
        parts.append(
            Table(caption=_words(row[0]), header=("PRISMA-S", "As searched"), rows=tuple(said_of_it),
                  widths=(28, 72), key=f"appendix-{at}")
        )  # fmt: skip
    return parts


def _words(cell: Cell) -> Words:
    return said("" if cell is None else f"{cell:,}" if isinstance(cell, int) and cell > 9999 else str(cell))
