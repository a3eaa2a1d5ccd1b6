"""The passages of the summary are reworded, added, moved and removed, each act one undo."""

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.edit import Edit, set_columns
from evidence_app.domain.manuscript import Mark, Text
from evidence_app.domain.passages import (
    Passage,
    PassageCitation,
    PassageRun,
    passage_runs,
    passage_runs_to_json,
)
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis import passages
from evidence_app.storage.passages import passages as read_passages
from evidence_app.storage.project import Project

WORDS = st.builds(
    Text, st.text(min_size=1, max_size=12), st.sampled_from([(), (Mark.STRONG,), (Mark.EMPHASIS,)])
)
CITED = st.builds(
    PassageCitation, st.lists(st.integers(1, 9).map(ReferenceId), min_size=1, max_size=3).map(tuple)
)
GUIDS = {at: f"guid-{at}" for at in range(1, 10)}


def held(project: Project, kind: str) -> list[Passage]:
    with project.reader() as reader:
        return [each for each in read_passages(reader) if each.kind == kind]


def one(project: Project, kind: str, at: int = 0) -> Passage:
    return held(project, kind)[at]


def done(project: Project, edit: Edit) -> None:
    assert edit
    project.apply(edit)


def guids(project: Project) -> dict[int, str]:
    with project.reader() as reader:
        return {row["id"]: row["guid"] for row in reader.rows("SELECT id, guid FROM reference")}


@given(st.lists(st.one_of(WORDS, CITED), max_size=6))
def test_runs_are_read_as_they_were_written(runs: list[PassageRun]) -> None:
    plain = passage_runs_to_json(runs, GUIDS)
    assert passage_runs(plain, {guid: row for row, guid in GUIDS.items()}) == tuple(runs)


def test_rewording_keeps_the_citations_named_and_undo_takes_it_back(sample_project: Project) -> None:
    before = one(sample_project, "disagreement")
    runs = (Text("Other words"), *before.runs[1:])
    done(sample_project, passages.reword(before, "text", runs, guids(sample_project)))
    after = one(sample_project, "disagreement")
    assert after.runs == runs
    assert list(after.cited()) == list(before.cited())
    sample_project.undo()
    assert one(sample_project, "disagreement") == before


def test_the_same_words_again_are_no_edit(sample_project: Project) -> None:
    passage = one(sample_project, "message")
    assert not passages.reword(passage, "text", passage.runs, guids(sample_project))


def test_a_row_is_written_cell_by_cell_and_the_others_stay(sample_project: Project) -> None:
    before = one(sample_project, "row")
    assert passages.cells(before)[:3] == ["blocks", "helps", "who:0"]
    work = next(before.cited())
    new = (Text("Only this"), PassageCitation((work,)))
    done(sample_project, passages.reword(before, "helps", new, guids(sample_project)))
    after = one(sample_project, "row")
    assert passages.words_in(after, "helps") == new
    assert passages.words_in(after, "blocks") == passages.words_in(before, "blocks")
    done(sample_project, passages.reword(after, "who:0", new, guids(sample_project)))
    assert passages.words_in(one(sample_project, "row"), "who:0") == new


def test_who_can_act_is_added_marked_and_taken_out(sample_project: Project) -> None:
    row = one(sample_project, "row")
    count = len(passages.cells(row))
    done(sample_project, passages.add_actor(row))
    row = one(sample_project, "row")
    last = passages.cells(row)[-1]
    assert len(passages.cells(row)) == count + 1
    assert not passages.is_inferred(row, last)
    done(sample_project, passages.infer(row, last, inferred=True))
    row = one(sample_project, "row")
    assert passages.is_inferred(row, last)
    done(sample_project, passages.remove_actor(row, last))
    assert len(passages.cells(one(sample_project, "row"))) == count


def test_a_passage_is_added_behind_the_others_and_removed_again(sample_project: Project) -> None:
    before = held(sample_project, "unknown")
    with sample_project.reader() as reader:
        everything = read_passages(reader)
    done(sample_project, passages.add(everything, "unknown", theme=before[0].theme, text="Whether it lasts."))
    after = held(sample_project, "unknown")
    assert after[:-1] == before
    assert after[-1].text == "Whether it lasts."
    assert after[-1].theme == before[0].theme
    done(sample_project, passages.drop(after[-1]))
    assert held(sample_project, "unknown") == before


def test_moving_goes_one_place_and_stops_at_the_ends(sample_project: Project) -> None:
    messages = held(sample_project, "message")
    done(sample_project, passages.move(messages, messages[0], 1))
    moved = held(sample_project, "message")
    assert [each.id for each in moved[:2]] == [messages[1].id, messages[0].id]
    assert [each.position for each in moved] == [each.position for each in messages]
    assert not passages.move(moved, moved[0], -1)
    assert not passages.move(moved, moved[-1], 1)


def test_passages_at_one_position_can_be_moved_too(sample_project: Project) -> None:
    first, second = held(sample_project, "message")[:2]
    alike = set_columns("passage", second.id, {"position": second.position}, {"position": first.position})
    done(sample_project, Edit("Same place", tuple(alike)))
    group = held(sample_project, "message")
    done(sample_project, passages.move(group, group[0], 1))
    assert [each.id for each in held(sample_project, "message")[:2]] == [second.id, first.id]


def test_headings_and_themes_are_changed(sample_project: Project) -> None:
    message = one(sample_project, "message")
    done(sample_project, passages.retitle(message, "Money"))
    done(sample_project, passages.put_under(one(sample_project, "message"), None))
    assert (one(sample_project, "message").title, one(sample_project, "message").theme) == ("Money", None)
