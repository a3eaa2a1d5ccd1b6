"""Edits told in the user's words, each act of the program as a person would read it later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, RowOf, SetColumns, insert
from evidence_app.domain.manuscript import Block, Direction, Run, Text
from evidence_app.domain.reference import Reference
from evidence_app.services import history
from evidence_app.services.checks.mending import waive
from evidence_app.services.checks.rules import run_checks
from evidence_app.services.edit_areas import AREAS
from evidence_app.services.history import ShownChange, Story, day_words
from evidence_app.services.library import references as library
from evidence_app.services.synthesis import manuscript, themes
from evidence_app.storage import references
from evidence_app.storage.applied import Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.contents import review_contents
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of
from evidence_app.storage.schema import REVIEW_TABLES
from evidence_app.storage.trail import Asked

ADA = Acting("Ada Lovelace", "AL", "00000000-0000-4000-8000-00000000000a")
BEN = Acting("Ben Nevis", "BN", "00000000-0000-4000-8000-00000000000b")


@pytest.fixture
def project(sample_project: Project) -> Project:
    sample_project.acting = ADA
    return sample_project


@pytest.fixture
def reader(project: Project) -> Iterator[Reader]:
    with project.reader() as made:
        yield made


@pytest.fixture
def contents(reader: Reader) -> ReviewContents:
    return review_contents(reader)


def numbered(reader: Reader, number: int) -> Reference:
    found = references.by_number(reader, number)
    assert found is not None
    return found


def set_fields(project: Project, reader: Reader, number: int, **fields: object) -> int:
    reference = numbered(reader, number)
    values = {name.replace("_", "-"): value for name, value in fields.items()}
    known = references.provenance(reader, reference.id)
    return project.apply(library.set_fields(reference, values, known, origin="typed")).number


def story(reader: Reader, edit: int) -> Story:
    found = history.story(reader, edit)
    assert found is not None
    return found


def told(reader: Reader, edit: int) -> list[tuple[str, str, str]]:
    return [(each.where, each.before, each.after) for each in story(reader, edit).changes]


def reworded(block: Block) -> tuple[Run, ...]:
    return tuple(
        replace(run, text="Indeed. " + run.text) if at == 0 and isinstance(run, Text) else run
        for at, run in enumerate(block.runs)
    )


def test_a_field_is_named_as_on_its_form_with_the_work(project: Project, reader: Reader) -> None:
    title = numbered(reader, 63).title
    edit = set_fields(project, reader, 63, title="Another title")
    assert told(reader, edit) == [("Title of Evans 2013", title, "Another title")]
    place = story(reader, edit).place
    assert place is not None
    assert (place.kind, place.row) == ("reference", numbered(reader, 63).id)


def test_people_and_dates_are_written_as_they_are_typed(project: Project, reader: Reader) -> None:
    edit = set_fields(project, reader, 63, author=[{"family": "Curie", "given": "M"}],
                      issued={"date-parts": [[1903, 5]]})  # fmt: skip
    after = {where: new for where, _, new in told(reader, edit)}
    assert after == {"Authors of Curie 1903": "Curie, M", "Date of Curie 1903": "1903-05"}


def test_an_emptied_field_says_nothing_after(project: Project, reader: Reader) -> None:
    edit = set_fields(project, reader, 63, volume=None)
    assert told(reader, edit) == [("Volume of Evans 2013", "18", "")]


def test_a_passage_is_told_once_with_its_citations_in_it(
    project: Project, reader: Reader, contents: ReviewContents
) -> None:
    block = contents.findings[2]
    edit = project.apply(manuscript.write_block(block, replace(block, runs=reworded(block)))).number
    (change,) = story(reader, edit).changes
    assert change.where.startswith("Text of “Indeed. ")
    assert change.after == f"Indeed. {change.before}"
    assert "[…]" in change.before
    assert change.place == ("block", block.id)


def test_a_citation_says_which_work_it_cites_where(
    project: Project, reader: Reader, contents: ReviewContents
) -> None:
    block = contents.findings[5]
    work = numbered(reader, 12)
    edit = project.apply(manuscript.cite(block, [work.id], run=0, offset=4)).number
    changes = {each.where: each for each in story(reader, edit).changes}
    citation = next(each for where, each in changes.items() if where.startswith("Citation in “"))
    assert (citation.before, citation.after) == ("", work.short_label)


def test_a_direction_and_a_set_are_words(project: Project, reader: Reader, contents: ReviewContents) -> None:
    block = next(each for each in contents.findings if each.direction is Direction.BARRIER)
    edit = project.apply(manuscript.set_direction(block, Direction.SOLUTION)).number
    ((where, before, after),) = told(reader, edit)
    assert where.startswith("Direction of “")
    assert (before, after) == ("Barrier", "Proposed solution")
    edit = project.apply(library.set_standing([numbered(reader, 12).id], "included")).number
    assert told(reader, edit) == [(f"Set of {numbered(reader, 12).short_label}", "Background", "Included")]


def test_a_theme_is_told_by_its_name(project: Project, reader: Reader, contents: ReviewContents) -> None:
    theme = contents.main_themes()[1]
    edit = project.apply(themes.change_theme(theme, replace(theme, definition="Who leads."))).number
    ((where, _, after),) = told(reader, edit)
    assert where.startswith("Definition of “")
    assert after == "Who leads."
    assert story(reader, edit).place == ("theme", theme.id)


def test_a_waiver_gives_its_rule_and_reason(
    project: Project, reader: Reader, contents: ReviewContents
) -> None:
    result = next(each for each in run_checks(contents) if each.rule == "no-year")
    edit = project.apply(waive([result], "It bears none", RowOf("person", ADA.guid))).number
    assert told(reader, edit) == [("Reason for waiving “No year”", "", "It bears none")]


def test_what_was_removed_is_told_by_what_it_held(
    project: Project, reader: Reader, contents: ReviewContents
) -> None:
    block = contents.findings[0]
    edit = project.apply(manuscript.remove_block(block)).number
    passage = next(each for each in story(reader, edit).changes if each.where.startswith("Passage in"))
    assert passage.after == ""
    assert passage.before.startswith(block.text[:20])
    assert passage.place is None
    undo = project.undo().number
    back = next(each for each in story(reader, undo).changes if each.where.startswith("Passage in"))
    assert (back.before, back.after) == ("", passage.before)


def test_numbers_that_are_only_counted_anew_are_not_told(
    project: Project, reader: Reader, contents: ReviewContents
) -> None:
    one, two = contents.findings[0], contents.findings[1]
    shifted = tuple(
        SetColumns("block", each.id or 0, {"position": each.position}, {"position": each.position + 100})
        for each in (one, two)
    )
    assert told(reader, project.apply(Edit("Renumber", shifted)).number) == []
    swapped = tuple(
        SetColumns("block", each.id or 0, {"position": each.position + 100}, {"position": place})
        for each, place in ((one, 901.0), (two, 900.0))
    )
    ((where, before, after),) = told(reader, project.apply(Edit("Swap", swapped)).number)
    assert where == "Order of 2 passages"
    assert before.split("; ") == after.split("; ")[::-1]


def test_the_later_edit_that_stands_in_the_way_is_named(project: Project, reader: Reader) -> None:
    first = set_fields(project, reader, 85, volume="9")
    project.acting = BEN
    second = set_fields(project, reader, 85, volume="10")
    found = story(reader, first)
    assert found.obstacle.startswith(f"Edit {second} by Ben Nevis (")
    assert "changed 1 value of this edit later" in found.obstacle
    assert "Undo that first." in found.obstacle
    assert [each.note for each in found.changes] == ["changed later"]
    assert found.line.state == "changed later"
    assert story(reader, second).obstacle == ""


def test_what_was_taken_back_says_by_which_edit(project: Project, reader: Reader) -> None:
    edit = set_fields(project, reader, 85, volume="9")
    undo = project.undo().number
    newest, done = history.lines(reader, Asked(), 2)
    assert (done.edit.id, done.state) == (edit, f"undone by {undo}")
    assert newest.label.startswith("Undo: ")
    assert newest.what == f"of edit {edit}"
    redo = project.redo().number
    assert [each.state for each in history.lines(reader, Asked(), 3)] == [
        "", f"done again by {redo}", f"done again by {redo}",
    ]  # fmt: skip


def test_the_beginning_cannot_be_taken_back(reader: Reader) -> None:
    first = history.lines(reader, Asked())[-1]
    assert first.state == "cannot be taken back"
    assert "the review begins with it" in story(reader, first.edit.id).obstacle


def test_edits_are_counted_by_where_they_happened(
    project: Project, reader: Reader, contents: ReviewContents
) -> None:
    before = history.counts(reader, ADA.guid)
    edit = set_fields(project, reader, 85, volume="9")
    project.apply(manuscript.set_direction(contents.findings[0], Direction.GAP))
    after = history.counts(reader, ADA.guid)
    assert after.total == before.total + 2
    assert after.areas["references"] == before.areas["references"] + 1
    assert after.areas["manuscript"] == before.areas["manuscript"] + 1
    asked = history.asked_for(area="references")
    assert history.lines(reader, asked)[0].edit.id == edit


def test_every_change_of_a_large_edit_is_counted(project: Project, reader: Reader) -> None:
    works = [{"type": "book", "title": f"Book {at}"} for at in range(90)]
    edit = Edit("Add 90 references", tuple(insert("reference", **columns_of(work)) for work in works))
    found = story(reader, project.apply(edit).number)
    assert len(found.changes) == history.MOST
    assert found.more >= 30
    assert found.line.what == "90 references"
    assert found.changes[0] == ShownChange("Reference (book)", "", "Book 0", "", found.changes[0].place)


def test_an_edit_that_never_was_has_no_story(reader: Reader) -> None:
    assert history.story(reader, 99_999) is None


def test_days_have_names() -> None:
    today = date(2026, 3, 2)
    assert day_words(today, today) == "Today"
    assert day_words(date(2026, 3, 1), today) == "Yesterday, 1 March"
    assert day_words(date(2026, 2, 1), today) == "1 February"
    assert day_words(date(2025, 3, 2), today) == "2 March 2025"


def test_every_table_of_the_review_is_in_one_area() -> None:
    tables = [table for area in AREAS.values() for table in area.tables]
    assert sorted(tables) == sorted(REVIEW_TABLES)


def test_an_edit_is_found_by_the_area_it_happened_in(sample_project: Project) -> None:
    sample_project.apply(Edit("Make a code", (insert("code", name="trust"),)))
    sample_project.apply(Edit("Judge a record", (insert("decision", reference=1, verdict="include"),)))
    with sample_project.reader() as reader:
        for area, label in (("coding", "Make a code"), ("screening", "Judge a record")):
            assert [line.label for line in history.lines(reader, history.asked_for(area=area))] == [label]
