"""What the matrix is made of, and what people said of its cells: looked at and absent, and summaries."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from evidence_app.domain.coding import CodingState
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.matrix import (
    Absence,
    CellMarks,
    CellPlace,
    CellQuotation,
    CellSummary,
    Coded,
    CodeUse,
    LookedAt,
)
from evidence_app.domain.reference import folded
from evidence_app.domain.studies import Study
from evidence_app.storage import coding, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.studies import stated, stored_studies
from evidence_app.storage.synthesis import synthesis

_STATED_STUDIES = "included_studies"
_DONE = (CodingState.CODED, CodingState.ABSENT)


@dataclass(frozen=True, slots=True)
class MatrixSource:
    """What the matrix is made of, read at one moment."""

    contents: ReviewContents
    marks: CellMarks
    coded: Coded = field(default_factory=Coded)
    studies: tuple[Study, ...] = ()
    """The studies somebody made; a report in none of them is a row of its own."""
    alone_counts: bool = True
    """Whether a report in no study counts as one: not where the review states how many studies it has."""


def matrix_source(reader: Reader, viewer: int | None = None) -> MatrixSource:
    """Return themes, findings, codings, characteristics, studies, and the marks on cells.

    `viewer` is who looks: what others code blind is not shown to them."""
    return MatrixSource(
        synthesis(reader).contents, cell_marks(reader), coded(reader, viewer), tuple(stored_studies(reader)),
        alone_counts=_STATED_STUDIES not in stated(reader),
    )  # fmt: skip


# -- what was coded


def coded(reader: Reader, viewer: int | None = None) -> Coded:
    """Return the codes, their uses by report, and which reports are coded."""
    uses = reader.rows(
        f"""SELECT DISTINCT q.id AS quotation, {coding.BECAME} AS code, d.reference
            FROM live_coding g JOIN live_quotation q ON q.id = g.quotation
            JOIN live_document d ON d.id = q.document JOIN live_code c ON c.id = g.code
            WHERE {coding.SHOWN_CODING} ORDER BY q.document, q.start, q.id""",
        viewer=viewer,
    )
    return Coded(
        codes=tuple(coding.codes(reader)),
        uses=tuple(CodeUse(row["quotation"], row["code"], row["reference"]) for row in uses),
        looked=_looked(reader, viewer), theme_codes=coding.theme_codes(reader), supports=_supports(reader),
    )  # fmt: skip


def _looked(reader: Reader, viewer: int | None) -> dict[int, LookedAt]:
    """Return who coded each report to its end; the latest word of each coder counts."""
    latest: dict[tuple[int, int | None], sqlite3.Row] = {}
    for row in reader.rows(
        f"""SELECT s.reference, s.person, s.state, s.at, coalesce(p.name, '') AS name
            FROM live_coding_status s LEFT JOIN person p ON p.id = s.person
            WHERE s.person IS NULL OR s.person NOT IN {coding.HIDDEN_PEOPLE} ORDER BY s.id""",
        viewer=viewer,
    ):
        latest[row["reference"], row["person"]] = row
    return {
        reference: LookedAt(row["name"], row["at"])
        for (reference, _), row in latest.items()
        if row["state"] in _DONE
    }


def _supports(reader: Reader) -> dict[int, tuple[tuple[int, int], ...]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for row in reader.rows(
        """SELECT s.block, q.id AS quotation, d.reference FROM live_support s
           LEFT JOIN live_coding g ON g.id = s.coding
           JOIN live_quotation q ON q.id = coalesce(s.quotation, g.quotation)
           JOIN live_document d ON d.id = q.document
           WHERE s.disconfirms = 0 ORDER BY s.block, s.position, s.id"""
    ):
        found.setdefault(row["block"], []).append((row["quotation"], row["reference"]))
    return {block: tuple(pairs) for block, pairs in found.items()}


def cell_quotations(
    reader: Reader, rows: Iterable[int], viewer: int | None = None
) -> dict[int, CellQuotation]:
    """Return quotations by their ids as cells show them: words, report with page, codes."""
    found = coding.quotations_by_id(reader, dict.fromkeys(rows))
    documents = {
        row: document
        for row in {each.document for each in found.values()}
        if (document := coding.document(reader, row)) is not None
    }
    works = references.references(reader, {each.reference for each in documents.values()})
    labels = {int(each.id): each.short_label for each in works}
    names = {each.id: each.name for each in coding.codes(reader)}
    held: dict[int, dict[str, None]] = {}
    for each in coding.codings(reader, viewer=viewer, only=found):
        if each.code in names:
            held.setdefault(each.quotation, {})[names[each.code]] = None
    shown: dict[int, CellQuotation] = {}
    for row, quotation in found.items():
        if (document := documents.get(quotation.document)) is None:
            continue
        page = quotation.anchor.page
        printed = f", p. {document.printed_page(page)}" if page else ""
        source = f"{labels.get(document.reference, document.name)}{printed}"
        shown[row] = CellQuotation(row, quotation.words, source, tuple(held.get(row, ())))
    return shown


def quotations_saying(
    reader: Reader, reports: Iterable[int], words: str, viewer: int | None = None
) -> tuple[int, ...]:
    """Return the quotations of these reports in which words stand, capitals and accents aside."""
    asked = " ".join(folded(words).split())
    found = [
        each.id
        for report in reports
        for document in coding.documents(reader, report)
        for each in coding.quotations(reader, document.id, viewer)
        if asked and asked in " ".join(folded(f"{each.anchor.exact} {each.text} {each.core}").split())
    ]
    return tuple(found)


# -- what people said of cells

_MARKS = """
    SELECT m.*, coalesce(p.name, '') AS by_name FROM (
        SELECT id, reference, theme, 0 AS code, '' AS name, '' AS value, 'absent' AS kind, '' AS text,
            person, at FROM live_absence
        UNION ALL
        SELECT id, reference, theme, 0, '', '', 'summary', text, person, at FROM live_cell_summary
        UNION ALL
        SELECT k.id, k.reference, 0, coalesce(c.merged_into, k.code, 0), k.name, k.value, k.kind, k.text,
            k.person, k.at FROM live_cell_mark k LEFT JOIN code c ON c.id = k.code
    ) m LEFT JOIN person p ON p.id = m.person ORDER BY m.theme = 0, m.id"""


def cell_marks(reader: Reader) -> CellMarks:
    """Return the marks on cells; those of a merged reference or code stand with what it became."""
    absences: dict[CellPlace, Absence] = {}
    summaries: dict[CellPlace, CellSummary] = {}
    for row in reader.rows(_MARKS):
        place = CellPlace(row["reference"], row["theme"], row["code"], row["name"], row["value"])
        if row["kind"] == "absent":
            earlier = _rows_of(absences.get(place))
            absences[place] = Absence(row["id"], row["by_name"], row["at"], earlier)
        else:
            earlier = _rows_of(summaries.get(place))
            summaries[place] = CellSummary(row["id"], row["text"], row["by_name"], row["at"], earlier)
    return CellMarks(absences, summaries)


def _rows_of(mark: Absence | CellSummary | None) -> tuple[int, ...]:
    return (*mark.earlier, mark.id) if mark else ()
