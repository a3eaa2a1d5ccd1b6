"""What comparing coders found as a file: agreement by code, what is left to settle, new codes per report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.coders import (
    UNIT_WORDS,
    Comparison,
    CurvePoint,
    Difference,
    new_code_curve,
    words_of,
)
from evidence_app.services.screening.coefficients import Estimate
from evidence_app.storage.coding_contents import CodingContents

FORMATS: Final = {".xlsx": "Excel workbook", ".csv": "Table (CSV)"}
"""What a comparison can be written as; CSV holds the table that is looked at, a workbook all of them."""
AGREEMENT, NEW_CODES = "Agreement", "New codes"

Row = list[str | int | float | None]


class Compared(NamedTuple):
    """Two coders side by side, with their names and what is left to settle."""

    contents: CodingContents
    comparison: Comparison
    names: tuple[str, str]
    left: Sequence[Difference]


def write_comparison(found: Compared, shown: str, out: Path) -> None:
    """Write what was compared whole or not at all. Raises `EvidenceError` for an ending that is no format."""
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise EvidenceError(
            f"“{out.suffix or out.name}” is not a format a comparison can have. Nothing was written. "
            f"Use one of: {', '.join(FORMATS)}."
        )
    curve = curve_rows(new_code_curve(found.contents))
    if ending == ".xlsx":
        from evidence_app.services.formats.workbooks import write_tables

        tables = ((AGREEMENT, agreement_rows(found)), ("To settle", difference_rows(found)))
        write_tables(out, (*tables, (NEW_CODES, curve)))
        return
    from evidence_app.services.formats.cells import csv_of
    from evidence_app.services.publishing.files import write_whole

    write_whole(out, csv_of(curve if shown == NEW_CODES else agreement_rows(found)))


def agreement_rows(found: Compared) -> list[Row]:
    """Return one row for each code below a row of heads, and last what was counted."""
    first, second = found.names
    heads: Row = ["Code", "Both", f"Only {first}", f"Only {second}", "Neither", "Agreement", "Cohen’s κ"]
    table = [[*heads, "Gwet’s AC1"]]
    for each in found.comparison.codes:
        counts = (each.both, each.first_only, each.second_only, each.neither)
        figures = (_figure(each.percent), _figure(each.kappa), _figure(each.ac1))
        table.append([found.contents.placed[each.code].full_name, *counts, *figures])
    return [*table, [f"{UNIT_WORDS} There are {len(found.comparison.units)}."]]


def difference_rows(found: Compared) -> list[Row]:
    """Return one row for each difference that is not settled, below a row of heads."""
    table: list[Row] = [["Code", "Given by", "Not given by", "Words", "Report", "Page"]]
    for each in found.left:
        who, other = found.names if each.by_first else found.names[::-1]
        quotation = each.unit.quotations[0]
        report = found.contents.report_of(quotation)
        document = found.contents.documents[quotation.document]
        table.append([
            found.contents.placed[each.code].full_name, who, other, " / ".join(words_of(each.unit)),
            report.short_label if report else "", document.cited_pages(quotation.anchor),
        ])  # fmt: skip
    return table


def curve_rows(points: Sequence[CurvePoint]) -> list[Row]:
    """Return one row for each report in the order of coding, below a row of heads."""
    table: list[Row] = [["Report", "New codes", "Codes so far", "Codings", "Which are new"]]
    for each in points:
        table.append([each.label, each.new, each.so_far, each.codings, "; ".join(each.names)])
    return table


def _figure(estimate: Estimate | None) -> float | None:
    return round(estimate.value, 4) if estimate is not None else None
