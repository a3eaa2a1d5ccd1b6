"""CSV and xlsx: one reference a row, one variable a column, formulas neutralised."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from evidence_app.domain.csl import CslItem
from evidence_app.domain.reference import Reference
from evidence_app.services.formats.cells import guarded
from evidence_app.services.formats.keys import keyed
from evidence_app.services.formats.leftovers import differences, shown, written
from evidence_app.services.formats.mappings import own_table

_CELL: Final = 32_000
"""A spreadsheet cell holds at most 32,767 characters."""


def write_csv(references: Sequence[Reference], path: Path) -> None:
    """Write the references as CSV in UTF-8 with a mark, so that spreadsheets read the letters right."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerows(_rows(references))


def write_xlsx(references: Sequence[Reference], path: Path) -> None:
    """Write the references as an Excel workbook with one sheet."""
    from evidence_app.services.formats.workbooks import write_workbook

    write_workbook(path, "References", _rows(references))


def _rows(references: Sequence[Reference]) -> Iterator[list[str]]:
    names = _columns(references)
    rests = max((len(_chunks(_rest(written(reference.item)))) for reference in references), default=1)
    signs = [own_table.SIGN, *(f"{own_table.SIGN} {number}" for number in range(2, rests + 1))]
    yield [own_table.NUMBER, own_table.KEY, *(own_table.LABELS.get(name, name) for name in names), *signs]
    for key, reference in keyed(references):
        item = written(reference.item)
        cells = [_cell(name, item) for name in names]
        chunks = _chunks(_rest(item))
        chunks += [""] * (len(signs) - len(chunks))
        number = "" if reference.number is None else str(reference.number)
        yield [guarded(typed) for typed in (number, key, *cells, *chunks)]


def _columns(references: Sequence[Reference]) -> list[str]:
    used = {name for reference in references for name in written(reference.item)}
    used |= {"type", "author", "issued", "title", "container-title", "DOI"}
    return [name for name in own_table.ORDER if name in used]


def _cell(name: str, item: CslItem) -> str:
    return own_table.cell(name, shown({name: item[name]})[name])[:_CELL] if name in item else ""


def _rest(item: CslItem) -> str:
    """Return what the cells of the row cannot hold, as note lines."""
    row = {own_table.LABELS.get(name, name): _cell(name, item).strip() for name in item if name != "custom"}
    return "\n".join(differences(item, own_table.item_of(row)))


def _chunks(text: str) -> list[str]:
    return [text[at : at + _CELL] for at in range(0, len(text), _CELL)] or [""]
