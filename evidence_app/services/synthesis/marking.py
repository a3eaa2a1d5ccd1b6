"""What a reviewer says of cells of the matrix; each act returns an edit and writes nothing."""

from collections.abc import Sequence

from evidence_app.domain.edit import Edit, Insert, RowOf, counted, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.matrix import By, CellMarks, CellPlace, CellState
from evidence_app.services.synthesis.matrix import Matrix
from evidence_app.storage.project import now

Person = int | RowOf | None


def places_of(matrix: Matrix, cells: Sequence[tuple[int, int]]) -> list[CellPlace]:
    """Return the places that cells (row, place of the column) stand for: one for each report of a row."""
    rows = {row.id: row for row in matrix.rows}
    found: dict[CellPlace, None] = {}
    for row, column in cells:
        for report in rows[row].reports:
            found[matrix.columns[column].place(report)] = None
    return list(found)


def looked_at_absent(
    matrix: Matrix, marks: CellMarks, cells: Sequence[tuple[int, int]], person: Person
) -> Edit:
    """Return the edit that says of cells (row, place of the column): looked at, absent.

    Cells in which something is found, and those marked before, are left alone. Raises `EvidenceError` where
    something is found in all of them, and where cells are of characteristics."""
    if matrix.by is By.CHARACTERISTICS:
        raise EvidenceError(
            "What a report has of a characteristic is said on the screen Studies. Nothing was changed."
        )
    free = [cell for cell in cells if not matrix.cell(*cell).state.is_there]
    if not free:
        raise EvidenceError(_why_not(matrix, cells[0]))
    at = now()
    places = places_of(matrix, free)
    new = [_absence(place, person, at) for place in places if place not in marks.absences]
    return Edit(_label("Looked at, absent", matrix, free), tuple(new))


def _why_not(matrix: Matrix, cell: tuple[int, int]) -> str:
    if matrix.cell(*cell).state is CellState.CITED:
        return "A finding cites the report there, so the theme is not absent. Nothing was changed."
    what = "code" if matrix.by is By.CODES else "theme"
    return f"Passages of the report are coded there, so the {what} is not absent. Nothing was changed."


def _absence(place: CellPlace, person: Person, at: str) -> Insert:
    if place.theme:
        return insert("absence", reference=place.reference, theme=place.theme, person=person, at=at)
    return insert("cell_mark", **_of(place), kind="absent", person=person, at=at)


def _of(place: CellPlace) -> dict[str, int | str | None]:
    return {
        "reference": place.reference, "code": place.code or None, "name": place.name, "value": place.value,
    }  # fmt: skip


def not_looked_at(matrix: Matrix, marks: CellMarks, cells: Sequence[tuple[int, int]]) -> Edit:
    """Return the edit that takes "looked at, absent" back from cells."""
    held = [cell for cell in cells if any(each in marks.absences for each in places_of(matrix, [cell]))]
    places = [place for place in places_of(matrix, held) if place in marks.absences]
    gone = [
        remove("absence" if place.theme else "cell_mark", row)
        for place in places
        for row in (marks.absences[place].id, *marks.absences[place].earlier)
    ]
    return Edit(_label("Not yet looked at", matrix, held), tuple(gone))


def summarise(marks: CellMarks, place: CellPlace, text: str, person: Person) -> Edit:
    """Return the edit that writes what a report says on a theme, code or value; an empty text removes it."""
    held, text = marks.summaries.get(place), text.strip()
    table = "cell_summary" if place.theme else "cell_mark"
    if held is None:
        if not text:
            return Edit("Write a framework summary")
        values = {"reference": place.reference, "theme": place.theme} if place.theme else _of(place)
        kind = {} if place.theme else {"kind": "summary"}
        new = insert(table, **values, **kind, text=text, person=person, at=now())
        return Edit("Write a framework summary", (new,))
    if not text:
        gone = tuple(remove(table, row) for row in (held.id, *held.earlier))
        return Edit("Remove a framework summary", gone)
    changes = set_columns(table, held.id, {"text": held.text}, {"text": text})
    return Edit("Reword a framework summary", tuple(changes))


def _label(act: str, matrix: Matrix, cells: Sequence[tuple[int, int]]) -> str:
    if len(cells) != 1:
        return f"{act}: {counted(len(cells), 'cell')}"
    (row, column), rows = cells[0], {each.id: each for each in matrix.rows}
    return f"{act}: “{matrix.columns[column].of.name}” in {rows[row].short_label}"
