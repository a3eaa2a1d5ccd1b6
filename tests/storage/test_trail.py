"""The audit trail as lists read it: filtered, page by page, and what became of each edit since."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, SetColumns, SetWhere, insert, remove
from evidence_app.storage import trail
from evidence_app.storage.applied import Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.trail import Asked, TrailLine

ADA = Acting("Ada Lovelace", "AL", "00000000-0000-4000-8000-00000000000a")
BEN = Acting("Ben Nevis", "BN", "00000000-0000-4000-8000-00000000000b")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence", "Trial", ADA) as made:
        yield made


@pytest.fixture
def reader(project: Project) -> Iterator[Reader]:
    with project.reader() as made:
        yield made


def tag(project: Project, name: str) -> int:
    return project.apply(Edit(f"Add the tag {name}", (insert("tag", name=name),))).number


def rename(project: Project, row: int, before: str, after: str) -> int:
    change = SetColumns("tag", row, {"name": before}, {"name": after})
    return project.apply(Edit(f"Rename {before}", (change,))).number


def line(reader: Reader, edit: int) -> TrailLine:
    found = trail.line(reader, edit)
    assert found is not None
    return found


def labels(reader: Reader, **asked: object) -> list[str]:
    return [each.label for each in trail.lines(reader, Asked(**asked))]  # type: ignore[arg-type]


def test_the_newest_comes_first_and_pages_follow_each_other(project: Project, reader: Reader) -> None:
    numbers = [tag(project, name) for name in "abcde"]
    first = trail.lines(reader, Asked(), 2)
    assert [each.id for each in first] == numbers[:-3:-1]
    second = trail.lines(reader, Asked(), 2, first[-1].id)
    assert [each.id for each in second] == [numbers[2], numbers[1]]


def test_words_of_the_label_are_found_without_accents(project: Project, reader: Reader) -> None:
    tag(project, "Øvretveit")
    tag(project, "other")
    assert labels(reader, words="ovretveit") == ["Add the tag Øvretveit"]
    assert labels(reader, words="add OTHER") == ["Add the tag other"]
    assert labels(reader, words="100%") == []


def test_an_edit_is_found_by_its_number(project: Project, reader: Reader) -> None:
    number = tag(project, "x")
    assert labels(reader, words=str(number)) == ["Add the tag x"]


def test_edits_are_told_apart_by_person_and_table(project: Project, reader: Reader) -> None:
    tag(project, "mine")
    project.acting = BEN
    project.apply(Edit("Ask", (insert("question", text="Why?"),)))
    people = {each.name: each for each in trail.counts(reader).persons}
    assert labels(reader, person=people["Ben Nevis"].id) == ["Ask"]
    assert labels(reader, tables=frozenset(("tag",))) == ["Add the tag mine"]
    assert line(reader, 3).initials == "BN"


def test_an_edit_that_was_undone_says_by_which(project: Project, reader: Reader) -> None:
    number = tag(project, "x")
    undo = project.undo().number
    assert (line(reader, number).taken_back, line(reader, number).turned_by) == (True, undo)
    assert (line(reader, undo).kind, line(reader, undo).about) == ("undo", number)
    assert labels(reader, taken_back=True) == ["Add the tag x"]


def test_what_was_done_again_stands_and_is_about_the_first(project: Project, reader: Reader) -> None:
    number = tag(project, "x")
    project.undo()
    redo = project.redo().number
    assert (line(reader, number).taken_back, line(reader, number).turned_by) == (False, redo)
    assert line(reader, redo).about == number
    assert labels(reader, taken_back=True) == []
    assert trail.counts(reader).taken_back == 0


def test_a_value_that_moved_on_marks_the_edit(project: Project, reader: Reader) -> None:
    tag(project, "a")
    first = rename(project, 1, "a", "b")
    assert not line(reader, first).changed_later
    second = rename(project, 1, "b", "c")
    assert line(reader, first).changed_later
    assert not line(reader, second).changed_later
    (moved,) = trail.moved_on(reader, first)
    assert (moved.table, moved.row, moved.column, moved.later) == ("tag", 1, "name", second)


def test_a_value_that_came_back_is_in_nobodys_way(project: Project, reader: Reader) -> None:
    tag(project, "a")
    first = rename(project, 1, "a", "b")
    rename(project, 1, "b", "c")
    rename(project, 1, "c", "b")
    assert not line(reader, first).changed_later


def test_a_row_changed_after_it_was_made_is_in_the_way_of_undoing_that(
    project: Project, reader: Reader
) -> None:
    made = tag(project, "a")
    later = rename(project, 1, "a", "b")
    (moved,) = trail.moved_on(reader, made)
    assert (moved.column, moved.later) == ("", later)
    project.undo()
    assert list(trail.moved_on(reader, made)) == []


def test_many_rows_changed_alike_are_counted_and_told(project: Project, reader: Reader) -> None:
    for name in "ab":
        tag(project, name)
    number = project.apply(Edit("Call all x", (SetWhere("tag", "name", "x", [1, 2]),))).number
    assert line(reader, number).rows == {"tag": 2}
    told = trail.rows_before(reader, number, "tag", "name")
    assert [(each.row, each.before, each.after) for each in told] == [(1, "a", "x"), (2, "b", "x")]
    later = rename(project, 2, "x", "y")
    (moved,) = trail.moved_on(reader, number)
    assert (moved.row, moved.later) == (2, later)


def test_a_later_edit_of_many_rows_is_named_too(project: Project, reader: Reader) -> None:
    tag(project, "a")
    first = rename(project, 1, "a", "b")
    later = project.apply(Edit("Call all x", (SetWhere("tag", "name", "x", [1]),))).number
    (moved,) = trail.moved_on(reader, first)
    assert moved.later == later


def test_undo_comes_to_the_last_edit_of_the_person_that_stands(project: Project, reader: Reader) -> None:
    first = tag(project, "a")
    second = tag(project, "b")
    assert trail.next_undo(reader, ADA.guid) == second
    assert trail.next_undo(reader, BEN.guid) is None
    project.undo()
    assert trail.next_undo(reader, ADA.guid) == first


def test_a_removed_row_is_read_but_not_live(project: Project, reader: Reader) -> None:
    tag(project, "a")
    project.apply(Edit("Remove", (remove("tag", 1),)))
    found = trail.row_of(reader, "tag", 1)
    assert found is not None
    assert found["name"] == "a"
    assert not trail.is_live(reader, "tag", 1)
    assert trail.row_of(reader, "sqlite_master", 1) is None
