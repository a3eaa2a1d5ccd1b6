"""Works cited for the first time get the next free number, in the same edit and the same undo."""

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.manuscript import Block
from evidence_app.services.synthesis import manuscript
from evidence_app.services.synthesis.numbering import Numbering, number_line, number_new_works
from evidence_app.storage import contents, references
from evidence_app.storage.manuscript import numbers_given
from evidence_app.storage.project import Project


def numbering(project: Project) -> Numbering:
    with project.reader() as reader:
        bibliography, numbers = numbers_given(reader)
    return Numbering(bibliography, numbers, max(numbers.values(), default=0))


def read(project: Project) -> ReviewContents:
    with project.reader() as reader:
        return contents.review_contents(reader)


def new_work(project: Project, title: str) -> int:
    project.apply(Edit("Add", (insert("reference", type="report", title=title),)))
    return max(reference.id for reference in read(project).references)


def first_finding(project: Project) -> Block:
    return read(project).findings[0]


def test_a_work_cited_for_the_first_time_gets_the_next_free_number(sample_project: Project) -> None:
    work = new_work(sample_project, "Newly found")
    edit = manuscript.cite(first_finding(sample_project), [work], run=0, offset=3)
    sample_project.apply(number_new_works(edit, numbering(sample_project)))
    with sample_project.reader() as reader:
        cited = references.reference(reader, work)
    assert cited is not None
    assert cited.number == 111


def test_the_number_goes_with_the_citation_when_it_is_taken_back(sample_project: Project) -> None:
    work = new_work(sample_project, "Newly found")
    edit = manuscript.cite(first_finding(sample_project), [work], run=0, offset=3)
    sample_project.apply(number_new_works(edit, numbering(sample_project)))
    sample_project.undo()
    assert work not in numbering(sample_project).numbers
    sample_project.redo()
    assert numbering(sample_project).numbers[work] == 111


def test_a_project_without_a_bibliography_gets_one(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with Project.create(tmp_path / "new.evidence", "New") as project:
        first, second = new_work(project, "One"), new_work(project, "Two")
        project.apply(manuscript.new_section("Results"))
        project.apply(manuscript.new_block(manuscript.blank_block(read(project).sections[0].id)))
        edit = manuscript.cite(read(project).blocks[0], [second, first, second], run=0, offset=0)
        project.apply(number_new_works(edit, numbering(project)))
        assert numbering(project).numbers == {second: 1, first: 2}


def test_works_that_have_a_number_are_left_as_they_are(sample_project: Project) -> None:
    block = first_finding(sample_project)
    edit = manuscript.cite(block, [block.anchors[0].works[0].reference], run=0, offset=0)
    assert number_new_works(edit, numbering(sample_project)) == edit


def test_three_numbers_that_follow_on_are_a_range() -> None:
    assert number_line([57, 62, 63, 66, 68]) == "57,62,63,66,68"
    assert number_line([55, 56, 57, 60]) == "55–57,60"
    assert number_line([]) == ""


@given(st.lists(st.integers(1, 200), max_size=20))
def test_a_line_of_numbers_says_every_number_in_its_order(numbers: list[int]) -> None:
    said: list[int] = []
    for part in number_line(numbers).split(",") if numbers else []:
        first, _, last = part.partition("–")
        said += range(int(first), int(last or first) + 1)
    assert said == numbers
