"""The sample review written into a project and read back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.errors import AlreadyExists, NothingToUndo
from evidence_app.services.projects import first_free_path, new_sample
from evidence_app.services.sample_review import sample_edit, sample_guid
from evidence_app.storage.contents import review_contents
from evidence_app.storage.project import Project
from tests.sample.files import anchors, blocks, items, sample, words_of


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_sample(tmp_path / "sample.evidence") as project:
        yield project


@pytest.fixture
def contents(project: Project) -> Iterator[ReviewContents]:
    reader = project.reader()
    yield review_contents(reader)
    reader.close()


def test_the_references_come_back_as_they_were_written(contents: ReviewContents) -> None:
    assert {reference.number: reference.item for reference in contents.references} == items()
    assert [reference.number for reference in contents.included] == list(range(55, 102))


def test_the_manuscript_comes_back_with_every_anchor_in_its_place(contents: ReviewContents) -> None:
    assert [block.text for block in contents.blocks] == [words_of(block["runs"]) for _, block in blocks()]
    read = [(contents.numbers_of(anchor), anchor.role.value) for _, anchor in contents.anchors()]
    written = [(anchor["cite"], anchor["role"]) for _, block in blocks() for anchor in anchors(block)]
    assert read == written


def test_no_stated_number_differs_from_what_the_project_counts(contents: ReviewContents) -> None:
    counted = [number.key for number in contents.numbers if number.derived is not None]
    assert not [number.key for number in contents.numbers if number.differs]
    assert {"included_reports", "records_identified", "country:England", "kind:thesis"} <= set(counted)
    assert len([key for key in counted if key.startswith("service:")]) == 17


def test_findings_hang_on_topics_and_only_55_and_92_support_none(contents: ReviewContents) -> None:
    assert len(contents.findings) == 93
    assert contents.theme_path(contents.findings[0])[-1] == "Funding cycles and models"
    supporting = {report.number for theme in contents.themes for report in contents.supporting(theme.id)}
    assert set(range(55, 102)) - supporting == {55, 92}


def test_passages_cite_references_of_the_project(contents: ReviewContents) -> None:
    assert len(contents.passages) == len(sample("summary"))
    known = {reference.id for reference in contents.references}
    messages = [passage for passage in contents.passages if passage.kind == "message"]
    topics = {theme.guid for theme in contents.themes}
    for message in messages:
        assert set(message.cited()) <= known
        assert list(message.cited())
        assert set(message.details["topics"]) <= topics
    rows = [passage for passage in contents.passages if passage.kind == "row"]
    assert all(set(row.cited()) <= known and list(row.cited()) for row in rows)


def test_the_title_page_is_the_samples_alone(contents: ReviewContents) -> None:
    assert contents.review.title == sample("review")["title"]
    assert contents.review.authors[0]["name"] == "Rebecca J. Scott"


def test_two_samples_have_the_same_identities(contents: ReviewContents) -> None:
    assert sample_edit() == sample_edit()
    guids = [change.guid for change in sample_edit().changes if hasattr(change, "guid")]
    assert len(guids) == len(set(guids)) == len(sample_edit().changes)
    assert contents.references[84].guid == sample_guid("reference", 85)


def test_undo_does_not_reach_behind_the_sample(project: Project) -> None:
    assert project.undoable() is None
    with pytest.raises(NothingToUndo):
        project.undo()


def test_an_existing_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.evidence"
    path.write_text("mine")
    with pytest.raises(AlreadyExists):
        new_sample(path)
    assert path.read_text() == "mine"


def test_a_free_name_is_found_beside_those_taken(tmp_path: Path) -> None:
    path = tmp_path / "sample.evidence"
    assert first_free_path(path) == path
    path.touch()
    assert first_free_path(path) == tmp_path / "sample 2.evidence"
