"""The queues of one person: what is wanted from them, and what is not told while screening is blind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.screening import Purpose, Stage, Verdict
from evidence_app.services.screening import beside_decisions, deciding, sampling
from evidence_app.services.screening.desk_queue import QueueState, left_for, read_queue
from evidence_app.storage import screening_cards
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project

ADA, BEN = RowOf("person", "ada"), RowOf("person", "ben")
TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "r.evidence", "Review") as made:
        source = insert("source", name="Medline")
        search = insert("search", source=RowOf("source", source.guid))
        file = insert("search_file", search=RowOf("search", search.guid), name="a.ris")
        works = [insert("reference", title=f"Work {number}", type="article") for number in range(1, 7)]
        held = RowOf("search_file", file.guid)
        records = [
            insert("record", reference=RowOf("reference", work.guid), search_file=held, raw="{}")
            for work in works
        ]
        people = [insert("person", guid, name=guid.capitalize()) for guid in ("ada", "ben")]
        made.apply(Edit("Begin", (source, search, file, *works, *records, *people)))
        yield made


@pytest.fixture
def reader(project: Project) -> Iterator[Reader]:
    with project.reader() as made:
        yield made


def judge(project: Project, who: RowOf, record: int, verdict: str, stage: Stage = TA) -> None:
    with project.reader() as reader:
        reason = None
        project.apply(deciding.decide(reader, record, stage, Verdict(verdict), who, reason))


def queue(reader: Reader, key: str = "unscreened", who: RowOf = ADA, stage: Stage = TA) -> QueueState:
    return read_queue(reader, stage, key, who)


def test_what_one_of_two_judged_is_not_wanted_from_the_other(project: Project, reader: Reader) -> None:
    judge(project, BEN, 1, "include")
    assert queue(reader).ids == (2, 3, 4, 5, 6)
    assert queue(reader, who=BEN).done == 1
    assert left_for(reader, ADA) == 5 + 1  # and one at full text


def test_a_check_asks_the_second_person_and_nobody_else(project: Project, reader: Reader) -> None:
    edit = sampling.draw_sample(reader, TA, Purpose.CHECK, number=2, seed=1, person=BEN)
    project.apply(edit)
    sample = queue(reader).samples[0]
    for record in range(1, 7):
        judge(project, ADA, record, "exclude")
    assert queue(reader).ids == ()
    assert sorted(queue(reader, "second", BEN).ids) == sorted(sample.members)
    assert queue(reader, f"sample:{sample.id}").ids == sample.members
    assert queue(reader).second_votes == 2


def test_conflicts_are_counted_and_shown_to_an_adjudicator_only(project: Project, reader: Reader) -> None:
    judge(project, ADA, 1, "include")
    judge(project, BEN, 1, "exclude")
    assert (queue(reader, "conflicts").ids, queue(reader).conflicts) == ((), 1)
    project.apply(Edit("Name", (insert("role", person=ADA, role="adjudicator"),)))
    assert queue(reader, "conflicts").ids == (1,)
    assert queue(reader, "conflicts", BEN).ids == ()
    project.apply(Edit("Lift", (insert("protocol", blind=0),)))
    assert queue(reader, "conflicts", BEN).ids == (1,)


def test_maybe_goes_on_to_full_text_and_stays_in_its_queue(project: Project, reader: Reader) -> None:
    judge(project, ADA, 3, "maybe")
    assert queue(reader, "maybe").ids == (3,)
    assert queue(reader, "all", stage=Stage.FULL_TEXT).ids == (3,)


def test_a_queue_that_is_gone_is_the_first_one(reader: Reader) -> None:
    assert queue(reader, "sample:99").key == "unscreened"


def test_a_card_tells_of_one_person_only(project: Project, reader: Reader) -> None:
    judge(project, BEN, 1, "exclude")
    before = screening_cards.cards(reader, [1], TA, None)[1]
    project.apply(beside_decisions.write_note(before, "I know this one", BEN))
    project.apply(beside_decisions.flag(before, TA, BEN))
    rows = {row["guid"]: row["id"] for row in reader.rows("SELECT guid, id FROM person")}
    ada = screening_cards.cards(reader, [1], TA, rows["ada"])[1]
    ben = screening_cards.cards(reader, [1], TA, rows["ben"])[1]
    assert (ada.decision, ada.note, ada.flag) == (None, None, None)
    assert ben.decision is not None
    assert ben.note is not None
    assert (ben.decision.verdict, ben.note.text, ben.flag is not None) == ("exclude", "I know this one", True)
    assert ada.sources == ("Medline",)
    assert screening_cards.last_decided(reader, TA, rows["ada"], 5) == []


def test_a_note_is_reworded_and_removed_when_it_is_emptied(project: Project, reader: Reader) -> None:
    row = reader.value("SELECT id FROM person WHERE guid = 'ada'")

    def card() -> screening_cards.Card:
        return screening_cards.cards(reader, [2], TA, row)[2]

    project.apply(beside_decisions.write_note(card(), "Ask", ADA))
    project.apply(beside_decisions.write_note(card(), "Ask Ben", ADA))
    note = card().note
    assert note is not None
    assert note.text == "Ask Ben"
    project.apply(beside_decisions.write_note(card(), " ", ADA))
    assert card().note is None
    assert not beside_decisions.write_note(card(), " ", ADA)


def test_a_full_text_that_is_not_to_be_had_waits_for_nobody(project: Project, reader: Reader) -> None:
    for record in range(1, 7):
        judge(project, ADA, record, "include" if record < 3 else "exclude")
    full = Stage.FULL_TEXT
    assert (queue(reader, stage=full).ids, left_for(reader, ADA)) == ((1, 2), 2)
    attempt = insert("retrieval", reference=1, state="not available", note="No library", at="2026-01-01")
    project.apply(Edit("Not available", (attempt,)))
    state = queue(reader, stage=full)
    assert (state.ids, state.total, left_for(reader, ADA)) == ((2,), 1, 1)
    assert queue(reader, "all", stage=full).ids == (1, 2)
    project.apply(Edit("It came", (insert("retrieval", reference=1, state="received", at="2026-02-01"),)))
    assert queue(reader, stage=full).ids == (1, 2)
