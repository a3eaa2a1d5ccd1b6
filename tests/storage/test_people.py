"""Somebody who was named in the project before they acted in it is known again."""

from pathlib import Path

from evidence_app.domain.edit import Edit, insert
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from tests.doubles import a_person

BEN = Acting("Ben Two", "BT", "22222222-2222-4222-8222-222222222222")


def people_of(path: Path, acting: Acting) -> list[tuple[str, str]]:
    """Open a project as somebody, write, and return the names with their identities."""
    with Project.open(path, acting) as project, project.reader() as reader:
        project.apply(Edit("Tag", (insert("tag", name="later"),)))
        return [tuple(row) for row in reader.rows("SELECT name, guid FROM person ORDER BY id")]


def test_who_was_named_for_a_role_is_that_person_when_they_open_the_project(tmp_path: Path) -> None:
    path = tmp_path / "r.evidence"
    with Project.create(path, "Review") as project:
        row = a_person(project, "ben two", "adjudicator")
    with Project.open(path, BEN) as project, project.reader() as reader:
        assert reader.value("SELECT guid FROM person WHERE id = :row", row=row) == BEN.guid
        assert reader.value("SELECT initials FROM person WHERE id = :row", row=row) == "BT"
    assert [name for name, guid in people_of(path, BEN) if guid == BEN.guid] == ["ben two"]


def test_somebody_of_the_same_name_who_acted_is_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "r.evidence"
    other = Acting("Ben Two", "B", "33333333-3333-4333-8333-333333333333")
    Project.create(path, "Review", other).close()
    assert [guid for _, guid in people_of(path, BEN)] == [other.guid, BEN.guid]


def test_of_two_with_one_name_nobody_is_taken_for_the_other(tmp_path: Path) -> None:
    path = tmp_path / "r.evidence"
    with Project.create(path, "Review") as project:
        rows = {a_person(project, "Ben Two"), a_person(project, "Ben Two")}
    assert len(rows) == 2
    assert BEN.guid == people_of(path, BEN)[-1][1]
    assert len(people_of(path, BEN)) == 4
