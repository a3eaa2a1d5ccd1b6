"""The groups of the theme board in the exported code book: each with its codes, in their order."""

from collections.abc import Iterator, Sequence
from typing import Final

from evidence_app.domain.board import Board, BoardTheme
from evidence_app.domain.coding import Code, CodeCount
from evidence_app.domain.edit import counted
from evidence_app.services.publishing.summary.model import Bullets, Heading, Look, Paragraph, Part, said

HEADS: Final = ("Group", "Kind", "Part of", "Place", "Code", "Quotations", "Reports")

Row = list[str | int | float | None]


def groups_with_codes(board: Board) -> list[tuple[BoardTheme, Sequence[Code]]]:
    """Return the groups that hold codes, and themes that do, in the order of the board."""
    found = [(each, board.codes_of(each.id)) for each in (*board.groups, *board.above)]
    return [(each, codes) for each, codes in found if codes]


def names_of_groups(board: Board, code: int) -> str:
    """Return the groups of a code, in one cell."""
    return "; ".join(each.name for each, codes in groups_with_codes(board)
                     if any(held.id == code for held in codes))  # fmt: skip


def group_rows(board: Board) -> list[Row]:
    """Return a row for each code in each group, in their order, below a row of heads."""
    table: list[Row] = [list(HEADS)]
    for group, codes in groups_with_codes(board):
        over = "; ".join(each.name for each in board.parents_of(group.id))
        for place, code in enumerate(codes, 1):
            count = board.counts.get(code.id, CodeCount())
            table.append([
                group.name, board.kind_words(group), over, place, code.name, count.quotations, count.reports,
            ])  # fmt: skip
    return table


def group_parts(board: Board) -> Iterator[Part]:
    """Yield the groups as part of a document: heading, what it says, its codes in order."""
    found = groups_with_codes(board)
    if not found:
        return
    yield Heading(1, said("Groups and their codes"))
    for group, codes in found:
        yield Heading(2, said(group.name))
        over = [each.name for each in board.parents_of(group.id)]
        if over:
            yield Paragraph(said(f"Part of {', '.join(over)}"), Look.NOTE)
        if group.proposition:
            yield Paragraph(said(group.proposition))
        yield Bullets(tuple(said(_told(board, code)) for code in codes))


def _told(board: Board, code: Code) -> str:
    count = board.counts.get(code.id, CodeCount())
    return f"{code.name}: {counted(count.quotations, 'quotation')} from {counted(count.reports, 'report')}"
