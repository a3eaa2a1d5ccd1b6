"""The matrix as a Word document: one table for each theme, branch or characteristic, on landscape pages."""

from evidence_app.domain.matrix import By, CellQuotation, Per
from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.matrix.sheet import ABSENT, Sheet, printed_quotation
from evidence_app.services.publishing.summary.documents import write_document
from evidence_app.services.publishing.summary.model import (
    Bullets,
    Heading,
    Look,
    Page,
    Paragraph,
    Part,
    Summary,
    Table,
    Words,
    said,
    strong,
)
from evidence_app.services.publishing.summary.rendering import Rendered
from evidence_app.services.synthesis.matrix import Band, ColumnKind, units

WIDEST = 9
"""How many columns of cells fit on a landscape page; a theme with more has a further table."""


_SIGNS = "Number of {counts}; “{absent}”: looked at, absent; empty: not yet looked at."
_FOUND = {By.THEMES: "{rows} cited", By.CODES: "{rows} coded", By.CHARACTERISTICS: "{rows} with it"}
_OVERVIEW = {
    By.THEMES: (
        "Evidence anchors, and the included {rows} they cite, by theme", "Theme and topics", "Anchors",
    ),
    By.CODES: ("Quotations, and the {rows} they are from, by code", "Branch and codes", "Quotations"),
    By.CHARACTERISTICS: (
        "Reports, and the {rows} they tell of, by value", "Characteristic and values", "Reports",
    ),
}  # fmt: skip


def docx_bytes(sheet: Sheet, report: Report = silent) -> bytes:
    """Return the document. Raises `PublishingError`."""
    review = sheet.matrix.contents.review
    opening: list[Part] = [
        Paragraph(said(sheet.name), Look.TITLE),
        Paragraph(said(review.title), Look.SUBTITLE),
        Paragraph(said(" ".join(sheet.notes()))),
    ]
    if sheet.matrix.bands:
        opening.append(_overview(sheet))
    pages = [Page(key="matrix", parts=tuple(opening))]
    for at, (band, columns) in enumerate(_pieces(sheet)):
        pages.append(Page(key=f"table-{at}", parts=(_table(sheet, band, columns),), landscape=True))
    pages.append(Page(key="summaries", parts=tuple(_summaries(sheet))))
    names = tuple(str(author.get("name", "")) for author in review.authors)
    summary = Summary(profile="commissioner", title=sheet.title, authors=names, pages=tuple(pages))
    return write_document(
        summary, Rendered({}, (), styles.style_source(styles.DEFAULT_STYLE)), "docx", report
    )


def _overview(sheet: Sheet) -> Table:
    """Return what is counted for each theme, branch or characteristic, on the first page."""
    rows: list[tuple[Words, ...]] = []
    matrix = sheet.matrix
    for band in matrix.bands:
        whole = matrix.columns[band.last].kind is ColumnKind.SUM
        if not whole:
            rows.append((strong(band.of.name), said(""), said("")))
        for at in (band.last, *range(band.first, band.last)) if whole else band.columns:
            column = matrix.columns[at]
            head = whole and at == band.last
            name = strong(band.of.name) if head else said(f"\u2003{column.name}")
            rows.append((name, said(str(column.total)), said(str(column.rows))))
    caption, first, counted_head = _OVERVIEW[matrix.by]
    unit = units(2, matrix.per).split()[-1]
    if matrix.by is By.CHARACTERISTICS and matrix.per is Per.REPORT:  # both numbers are the same
        rows, caption = [row[:2] for row in rows], "Reports by value"
        return Table(
            caption=said(caption), header=(first, counted_head), rows=tuple(rows), widths=(82, 18),
            numeric=frozenset((1,)), key="matrix-themes",
        )  # fmt: skip
    of_themes = matrix.by is By.THEMES and matrix.per is Per.REPORT
    return Table(
        caption=said(caption.format(rows=unit)),
        header=(first, counted_head, unit.capitalize()),
        rows=tuple(rows),
        widths=(64, 18, 18),
        note=said("A report counts once for a theme, however many of its topics cite it.")
        if of_themes
        else (),
        numeric=frozenset((1, 2)),
        key="matrix-themes",
    )


def _summaries(sheet: Sheet) -> list[Part]:
    """Return the framework summaries and the quotations, row by row."""
    parts: list[Part] = []
    before = None
    for row, at, summary, quoted in sheet.told_cells():
        if row is not before:
            parts.append(Heading(2, said(" ".join(sheet.row_words(row)[:2]))))
            before = row
        name = strong(f"{sheet.matrix.columns[at].of.name}. ")
        parts.append(Paragraph((*name, *said(summary))))
        if quoted:
            parts.append(Bullets(tuple(_quoted(each) for each in quoted)))
    none = Paragraph(said("No framework summary is written yet, and nothing is quoted."))
    head = "Framework summaries and quotations" if sheet.quotations else "Framework summaries"
    return [Heading(1, said(head), key="summaries"), *(parts or (none,))]


def _quoted(each: CellQuotation) -> Words:
    return said(printed_quotation(each))


def _pieces(sheet: Sheet) -> list[tuple[Band, list[int]]]:
    pieces = []
    for band in sheet.matrix.bands:
        columns = list(band.columns)
        for first in range(0, len(columns), WIDEST):
            pieces.append((band, columns[first : first + WIDEST]))
    return pieces


def _table(sheet: Sheet, band: Band, columns: list[int]) -> Table:
    matrix, heads = sheet.matrix, sheet.row_heads()
    rows: list[tuple[Words, ...]] = []
    for row in sheet.rows:
        printed = [str(sheet.printed(row.id, at)) for at in columns]
        rows.append((*map(said, sheet.row_words(row)), *(said(each) for each in printed)))
    cited = dict(zip(band.columns, sheet.cited_in(band, sheet.rows), strict=True))
    blank = [said("")] * (len(heads) - 2)
    rows.append(
        (
            said(""),
            said(_FOUND[matrix.by].format(rows=units(2, matrix.per).split()[-1]).capitalize()),
            *blank,
            *(said(str(cited[at])) for at in columns),
        )
    )
    widths = _widths(len(heads), len(columns))
    return Table(
        caption=strong(band.of.name),
        header=(*heads, *(matrix.columns[at].name for at in columns)),
        rows=tuple(rows),
        widths=widths,
        note=said(_SIGNS.format(counts=f"{matrix.words.counts}s", absent=ABSENT)) if columns[0] == 0 else (),
        numeric=frozenset((0, *range(len(heads), len(heads) + len(columns)))),
        total=True,
        key=f"matrix-{band.of.id}-{columns[0]}",
    )


def _widths(heads: int, cells: int) -> tuple[int, ...]:
    """Return the width of each column in hundredths of the page."""
    words = [6, 22, *[12] * (heads - 2)]
    return (*words, *[max(5, (100 - sum(words)) // cells)] * cells)
