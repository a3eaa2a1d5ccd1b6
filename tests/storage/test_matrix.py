"""Marks on cells of the matrix in the project file, and how a file made before them gets their tables."""

import sqlite3
from pathlib import Path

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.matrix import CellMarks, CellPlace
from evidence_app.storage.matrix import cell_marks
from evidence_app.storage.project import Project

TABLES = ("absence", "cell_summary")


def before_marks(path: Path, *, views: bool) -> None:
    """Make the file what it was before marks were kept; `views` as an even older one has them by now."""
    connection = sqlite3.connect(path)
    for table in TABLES:
        if not views:
            connection.execute(f'DROP VIEW "live_{table}"')
        connection.execute(f'DROP TABLE "{table}"')
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'matrix_marks'")
    connection.commit()
    connection.close()


def marked(path: Path) -> CellMarks:
    with Project.open(path) as project:
        rows = (
            insert("reference", type="book", title="One"), insert("theme", name="Power", kind="topic"),
        )  # fmt: skip
        project.apply(Edit("Add", rows))
        marks = (
            insert("absence", reference=1, theme=1), insert("absence", reference=1, theme=1),
            insert("cell_summary", reference=1, theme=1, text="None"),
        )  # fmt: skip
        project.apply(Edit("Mark", marks))
        with project.reader() as reader:
            return cell_marks(reader)


def test_a_file_made_before_the_matrix_gets_its_tables(tmp_path: Path) -> None:
    for views in (False, True):
        path = tmp_path / f"old-{views}.evidence"
        Project.create(path, "A review").close()
        before_marks(path, views=views)
        found = marked(path)
        assert list(found.absences) == list(found.summaries) == [CellPlace(1, 1)]
        assert found.absences[CellPlace(1, 1)].earlier == (1,)


def test_an_earlier_file_becomes_what_a_new_one_is(tmp_path: Path) -> None:
    old, new = tmp_path / "old.evidence", tmp_path / "new.evidence"
    for path in (old, new):
        Project.create(path, "A review").close()
    before_marks(old, views=False)
    Project.open(old).close()
    assert _names(old) == _names(new)


def _names(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("SELECT name FROM sqlite_master ORDER BY name")]
    connection.close()
    return found


def before_codes(path: Path, *, views: bool) -> None:
    """Make the file what it was before cells by code were marked; `views` as an even older one has them."""
    connection = sqlite3.connect(path)
    if not views:
        connection.execute('DROP VIEW "live_cell_mark"')
    connection.execute('DROP TABLE "cell_mark"')
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'matrix_by_code'")
    connection.commit()
    connection.close()


def test_a_file_made_before_the_matrix_by_code_gets_its_table(tmp_path: Path) -> None:
    new = tmp_path / "new.evidence"
    Project.create(new, "A review").close()
    for views in (False, True):
        path = tmp_path / f"old-codes-{views}.evidence"
        Project.create(path, "A review").close()
        before_codes(path, views=views)
        with Project.open(path) as project:
            project.apply(Edit("Add", (insert("reference", title="One"), insert("code", name="Money"))))
            marks = (
                insert("cell_mark", reference=1, code=1, kind="absent"),
                insert("cell_mark", reference=1, name="country", value="Wales", kind="summary", text="Rural"),
            )
            project.apply(Edit("Mark", marks))
            with project.reader() as reader:
                found = cell_marks(reader)
        assert list(found.absences) == [CellPlace(1, code=1)]
        assert list(found.summaries) == [CellPlace(1, name="country", value="Wales")]
        assert _names(path) == _names(new)
