"""The matrix as a Word document: one table for each main theme, on landscape pages."""

from evidence_app.services.publishing import styles
from evidence_app.services.publishing.matrix.sheet import ABSENT, TITLE, Sheet
from evidence_app.services.publishing.pandoc import Report, silent
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
    strong,
)
from evidence_app.services.publishing.summary.rendering import Rendered
from evidence_app.services.synthesis.matrix import Band

WIDEST = 9
"""How many columns of cells fit on a landscape page; a theme with more has a further table."""


_SIGNS = f"Number of evidence anchors; “{ABSENT}”: looked at, absent; empty: not yet looked at."


def docx_bytes(sheet: Sheet, report: Report = silent) -> bytes:
    """Return the document. Raises `PublishingError`."""
    review = sheet.matrix.contents.review
    opening: list[Part] = [
        Paragraph(said(TITLE), Look.TITLE),
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
    """Return what is counted for each theme, on the first page."""
    rows: list[tuple[Words, ...]] = []
    for band in sheet.matrix.bands:
        for at in (band.last, *range(band.first, band.last)):
            column = sheet.matrix.columns[at]
            name = strong(band.theme.name) if at == band.last else said(f"\u2003{column.name}")
            rows.append((name, said(str(column.anchors)), said(str(column.reports))))
    return Table(
        caption=said("Evidence anchors, and the included reports they cite, by theme"),
        header=("Theme and topics", "Anchors", "Reports"),
        rows=tuple(rows),
        widths=(64, 18, 18),
        note=said("A report counts once for a theme, however many of its topics cite it."),
        numeric=frozenset((1, 2)),
        key="matrix-themes",
    )


def _summaries(sheet: Sheet) -> list[Part]:
    """Return the framework summaries, report by report."""
    parts: list[Part] = []
    for row in sheet.rows:
        told: dict[int, str] = {}
        for at, column in enumerate(sheet.matrix.columns):
            if text := sheet.matrix.cell(row.id, at).summary:
                told.setdefault(column.theme.id, text)
        names = sheet.matrix.contents.theme_by_id
        if told:
            parts.append(Heading(2, said(" ".join(sheet.row_words(row)[:2]))))
        parts += [Paragraph((*strong(f"{names[theme].name}. "), *said(text))) for theme, text in told.items()]
    none = Paragraph(said("No framework summary is written yet."))
    return [Heading(1, said("Framework summaries"), key="summaries"), *(parts or (none,))]


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
    rows.append((said(""), said("Reports cited"), *blank, *(said(str(cited[at])) for at in columns)))
    widths = _widths(len(heads), len(columns))
    return Table(
        caption=strong(band.theme.name),
        header=(*heads, *(matrix.columns[at].name for at in columns)),
        rows=tuple(rows),
        widths=widths,
        note=said(_SIGNS) if columns[0] == 0 else (),
        numeric=frozenset((0, *range(len(heads), len(heads) + len(columns)))),
        total=True,
        key=f"matrix-{band.theme.id}-{columns[0]}",
    )


def _widths(heads: int, cells: int) -> tuple[int, ...]:
    """Return the width of each column in hundredths of the page."""
    words = [6, 22, *[12] * (heads - 2)]
    return (*words, *[max(5, (100 - sum(words)) // cells)] * cells)
