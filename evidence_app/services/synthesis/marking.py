"""What a reviewer says of cells of the matrix; each act returns an edit and writes nothing."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, RowOf, counted, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.matrix import CellMarks, CellPlace, CellState
from evidence_app.services.synthesis.matrix import Matrix

Person = int | RowOf | None


def looked_at_absent(
    matrix: Matrix, marks: CellMarks, cells: Sequence[tuple[int, int]], person: Person
) -> Edit:
    """Return the edit that says of cells (report, place of the column): looked at, absent.

    Cells in which a report is cited, and those marked before, are left alone. Raises `EvidenceError` where
    all of them are cited."""
    asked = [(reference, column, _place(matrix, reference, column)) for reference, column in cells]
    free = [place for reference, column, place in asked
            if matrix.cell(reference, column).state is not CellState.CITED]  # fmt: skip
    if not free:
        raise EvidenceError(
            "A finding cites the report there, so the theme is not absent. Nothing was changed."
        )
    at = _now()
    new = [
        insert("absence", reference=place.reference, theme=place.theme, person=person, at=at)
        for place in dict.fromkeys(free)
        if place not in marks.absences
    ]
    return Edit(_label("Looked at, absent", matrix.contents, free), tuple(new))


def not_looked_at(matrix: Matrix, marks: CellMarks, cells: Sequence[tuple[int, int]]) -> Edit:
    """Return the edit that takes "looked at, absent" back from cells."""
    places = dict.fromkeys(_place(matrix, reference, column) for reference, column in cells)
    held = [place for place in places if place in marks.absences]
    rows = [row for place in held for row in (marks.absences[place].id, *marks.absences[place].earlier)]
    gone = tuple(remove("absence", row) for row in rows)
    return Edit(_label("Not yet looked at", matrix.contents, held), gone)


def summarise(marks: CellMarks, place: CellPlace, text: str, person: Person) -> Edit:
    """Return the edit that writes what a report says on a theme; an empty text removes it."""
    held, text = marks.summaries.get(place), text.strip()
    if held is None:
        if not text:
            return Edit("Write a framework summary")
        values = {"reference": place.reference, "theme": place.theme, "text": text}
        return Edit(
            "Write a framework summary", (insert("cell_summary", **values, person=person, at=_now()),)
        )
    if not text:
        gone = tuple(remove("cell_summary", row) for row in (held.id, *held.earlier))
        return Edit("Remove a framework summary", gone)
    changes = set_columns("cell_summary", held.id, {"text": held.text}, {"text": text})
    return Edit("Reword a framework summary", tuple(changes))


def _place(matrix: Matrix, reference: int, column: int) -> CellPlace:
    return CellPlace(reference, matrix.columns[column].theme.id)


def _label(act: str, contents: ReviewContents, places: Iterable[CellPlace]) -> str:
    named = list(places)
    if len(named) != 1:
        return f"{act}: {counted(len(named), 'cell')}"
    report = next(each.short_label for each in contents.included if each.id == named[0].reference)
    return f"{act}: “{contents.theme_by_id[named[0].theme].name}” in {report}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
