"""Reading a file that another program wrote into: nothing sinks, what makes no sense is shown as missing."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, SetColumns, insert
from evidence_app.domain.manuscript import Direction, Role, Text
from evidence_app.services.projects import new_sample
from evidence_app.storage import coding, found_duplicates, references, searches
from evidence_app.storage.contents import review_contents
from evidence_app.storage.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_sample(tmp_path / "sample.evidence") as made:
        yield made


def written(project: Project, *statements: str) -> ReviewContents:
    """Return what the review holds after another program ran these statements."""
    other = sqlite3.connect(project.path, isolation_level=None)
    for statement in statements:
        other.execute(statement)
    other.close()
    while project.index_some():
        pass
    with project.reader() as reader:
        return review_contents(reader)


def test_sections_in_a_circle_are_kept_with_their_blocks(project: Project) -> None:
    with project.reader() as reader:
        before = review_contents(reader)
    last = max(section.id for section in before.sections)
    after = written(
        project, f"UPDATE section SET parent = {last} WHERE id = 1",
        f"UPDATE section SET parent = 1 WHERE id = {last}",
        "UPDATE section SET parent = 3 WHERE id = 3",
    )  # fmt: skip
    assert {section.id for section in after.sections} == {section.id for section in before.sections}
    assert len(after.sections) == len(before.sections)
    assert len(after.blocks) == len(before.blocks)


def test_themes_in_a_circle_are_kept(project: Project) -> None:
    after = written(
        project,
        "INSERT INTO theme_parent (guid, theme, parent) VALUES ('a', 1, 2), ('b', 2, 1), ('c', 3, 3)",
    )
    assert {theme.id for theme in after.themes} >= {1, 2, 3}
    assert after.findings


def test_json_that_is_none_is_missing(project: Project) -> None:
    after = written(
        project,
        "UPDATE reference SET author = 'not json', issued = '{', custom = '[1' WHERE id = 1",
        """UPDATE reference SET author = '[1, null, {"family": 5}]',
           issued = '{"date-parts": [["a"], [2001, 2]]}',
           changed_since_check = 'x' WHERE id = 2""",
        "UPDATE review SET authors = 'x', keywords = '[1, \"kept\"]', facts = '[]'",
        "UPDATE passage SET runs = 'x', details = '[1]'",
        "INSERT INTO cache_crossref (asked, state, fetched_at, work) "
        "SELECT lower(doi), '?', 'once', '{\"updated-by\": [1]}' FROM reference WHERE doi IS NOT NULL",
    )
    assert "author" not in after.by_id[1].item
    assert "issued" not in after.by_id[1].item
    assert after.by_id[2].item["author"] == [{"family": "5"}]
    assert after.by_id[2].item["issued"] == {"date-parts": [[2001, 2]]}
    assert (after.review.authors, after.review.keywords, after.review.facts) == ((), ("kept",), {})


def test_halves_of_characters_become_the_sign_for_what_cannot_be_read(project: Project) -> None:
    after = written(project, """UPDATE reference SET author = '[{"literal": "\\ud800 body"}]' WHERE id = 1""")
    assert after.by_id[1].item["author"] == [{"literal": "\ufffd body"}]
    project.apply(Edit("Add", (insert("tag", name="half \udfff"),)))
    with project.reader() as reader:
        assert reader.value("SELECT name FROM live_tag") == "half \ufffd"


def test_words_we_do_not_know_are_read_with_care(project: Project) -> None:
    after = written(
        project, "UPDATE theme SET kind = 'galaxy'", "UPDATE block SET kind = 'poem', direction = 'sideways'",
        "UPDATE anchor SET role = 'whatever'", "UPDATE stated_number SET state = '?'",
        "UPDATE characteristic SET state = '?'", "UPDATE reference SET type = 'hologram'",
    )  # fmt: skip
    anchors = [anchor for block in after.blocks for anchor in block.anchors]
    assert {anchor.role for anchor in anchors} == {Role.CONTEXT}
    assert {block.direction for block in after.blocks} == {Direction.NEITHER}
    assert {reference.item["type"] for reference in after.references} == {"hologram"}


def test_runs_we_cannot_read_leave_the_text_of_the_block(project: Project) -> None:
    after = written(
        project, "UPDATE block SET runs = 'not json', text = 'The text' WHERE id = 1",
        """UPDATE block SET runs = '[1, null, [], ["kept", "blink"], {}, {"cite": "x"}]' WHERE id = 2""",
    )  # fmt: skip
    runs = {block.id: block.runs for block in after.blocks}
    assert runs[1] == (Text("The text"),)
    assert runs[2][0] == Text("kept")


def test_a_field_nobody_can_read_can_be_given_a_value(project: Project) -> None:
    written(project, "UPDATE reference SET author = 'not json' WHERE id = 1")
    project.apply(
        Edit("Set", (SetColumns("reference", 1, {"author": None}, {"author": '[{"family": "New"}]'}),))
    )
    with project.reader() as reader:
        found = references.reference(reader, 1)
    assert found is not None
    assert found.item["author"] == [{"family": "New"}]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bibliography_entry SET number = -5 WHERE id = 1",
        "UPDATE bibliography_entry SET number = 7 WHERE id < 5",
        "UPDATE reference SET merged_into = 3 - id WHERE id < 3",
        "UPDATE reference SET merged_into = id WHERE id = 3",
        "UPDATE reference SET removed = 1",
        "UPDATE anchor SET removed = 1 WHERE id % 2",
        "UPDATE citation SET removed = 1 WHERE id % 2",
        "UPDATE bibliography SET removed = 1",
        "INSERT INTO bibliography (guid, title) VALUES ('b2', 'Second')",
    ],
)
def test_links_that_lead_nowhere_are_read(project: Project, statement: str) -> None:
    assert written(project, statement).blocks


def test_names_nobody_can_read_leave_a_reference_its_title_in_the_list_of_pairs(project: Project) -> None:
    written(project, "UPDATE reference SET author = 'Gill, Ann', title = 'On joint work' WHERE id = 1")
    with project.reader() as reader:
        assert found_duplicates.named(reader, [1])[1].label.startswith("On joint work ")


def test_blocks_of_a_file_nobody_can_read_are_missing() -> None:
    assert searches.blocks_of("not JSON") == ()
    assert [each.text for each in searches.blocks_of('["x", {"text": "TY  - JOUR"}]')] == ["TY  - JOUR"]


def test_more_quotations_can_be_asked_for_than_a_statement_takes_values(project: Project) -> None:
    with project.reader() as reader:
        assert coding.quotations_by_id(reader, range(1, 300_000)) == {}
