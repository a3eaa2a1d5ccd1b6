"""The code book as a table or a Word document: every code at its place, with its words and counts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from evidence_app.domain.board import Board
from evidence_app.domain.coding import CodeCount, PlacedCode, code_tree
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.book_groups import (
    group_parts,
    group_rows,
    groups_with_codes,
    names_of_groups,
)
from evidence_app.services.publishing.summary.model import Heading, Look, Page, Paragraph, Part, Summary, said
from evidence_app.storage import coding
from evidence_app.storage.board import board
from evidence_app.storage.connections import Reader

FORMATS: Final = {
    ".xlsx": "Excel workbook", ".csv": "Table (CSV)", ".docx": "Word document", ".qdc": "REFI-QDA code book",
}  # fmt: skip
"""What a code book can be written as, by the ending of the file."""
_HEADS: Final = (
    "Code", "Stands under", "Definition", "Use it for", "Do not use it for",
    "Quotations", "Reports", "Studies", "Groups",
    "Colour", "Id",
)  # fmt: skip

Row = list[str | int | float | None]


def write_book(reader: Reader, out: Path, viewer: int | None = None) -> int:
    """Write the code book whole or not at all, and return how many codes it has.

    Raises `EvidenceError` for an ending that is no format, and where there is no code."""
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise EvidenceError(
            f"“{out.suffix or out.name}” is not a format a code book can have. Nothing was written. "
            f"Use one of: {', '.join(FORMATS)}."
        )
    tree = code_tree(coding.codes(reader))
    if not tree:
        raise EvidenceError("There is no code in this review yet, so no code book was written.")
    held = board(reader, viewer)
    if ending == ".qdc":
        from evidence_app.services.coding.exchange.files import send_out

        send_out(reader, out)
    elif ending == ".xlsx":
        from evidence_app.services.formats.workbooks import write_tables

        sheets = [("Code book", rows(tree, held))]
        if groups_with_codes(held):
            sheets.append(("Groups", group_rows(held)))
        write_tables(out, sheets)
    else:
        from evidence_app.services.formats.cells import csv_of
        from evidence_app.services.publishing.files import write_whole

        write_whole(out, csv_of(rows(tree, held)) if ending == ".csv" else _docx(tree, held))
    return len(tree)


def rows(tree: Sequence[PlacedCode], held: Board) -> list[Row]:
    """Return one row for each code as the tree goes, below a row of heads."""
    table: list[Row] = [list(_HEADS)]
    for placed in tree:
        code, count = placed.code, held.counts.get(placed.code.id, CodeCount())
        table.append([
            code.name, " / ".join(placed.path[:-1]), code.definition, code.inclusion, code.exclusion,
            count.quotations, count.reports, count.studies, names_of_groups(held, code.id), code.colour,
            code.guid,
        ])  # fmt: skip
    return table


def _docx(tree: Sequence[PlacedCode], held: Board) -> bytes:
    from evidence_app.services.publishing import styles
    from evidence_app.services.publishing.summary.documents import write_document
    from evidence_app.services.publishing.summary.rendering import Rendered

    parts: list[Part] = [
        Paragraph(said("Code book"), Look.TITLE),
        Paragraph(said(f"{counted(len(tree), 'code')}, as the tree stands."), Look.SUBTITLE),
    ]
    for placed in tree:
        parts += _described(placed, held.counts.get(placed.code.id, CodeCount()))
    parts += group_parts(held)
    page = Page(key="codes", parts=tuple(parts))
    summary = Summary(profile="commissioner", title="Code book", authors=(), pages=(page,))
    return write_document(summary, Rendered({}, (), styles.style_source(styles.DEFAULT_STYLE)), "docx")


def _described(placed: PlacedCode, count: CodeCount) -> list[Part]:
    code = placed.code
    parts: list[Part] = [Heading(min(placed.depth + 1, 3), said(code.name))]
    if code.definition:
        parts.append(Paragraph(said(code.definition), Look.DEFINITION))
    for head, words in (("Use it for", code.inclusion), ("Do not use it for", code.exclusion)):
        if words:
            parts.append(Paragraph(said(f"{head}: {words}")))
    told = f"{counted(count.quotations, 'quotation')} from {counted(count.reports, 'report')}"
    return [*parts, Paragraph(said(told if code.codable else f"Holds other codes. {told}"), Look.NOTE)]
