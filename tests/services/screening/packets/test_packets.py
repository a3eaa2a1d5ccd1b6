"""A packet goes out, is judged elsewhere, and comes back, however often and in whatever order."""

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.packets import Packet
from evidence_app.domain.screening import Outcome, Stage, Verdict
from evidence_app.services.library.references import set_fields
from evidence_app.services.screening import deciding
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.services.screening.packets import choosing, making
from evidence_app.services.screening.packets.answers import answers_in
from evidence_app.services.screening.packets.fields import choose
from evidence_app.services.screening.packets.merging import WhoJudged, merge
from evidence_app.storage import packets, references, screening
from evidence_app.storage.applied import NOBODY, Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project

ADA = Acting("Ada Lovelace", "AL", "11111111-0000-4000-8000-000000000001")
BEN = Acting("Ben Okri", "BO", "22222222-0000-4000-8000-000000000002")


def stocked(path: Path, works: int = 6) -> Project:
    """Make a review with records of one search, reasons and a criterion."""
    project = Project.create(path, "A review of packets", ADA)
    source = insert("source", name="Medline")
    search = insert("search", source=RowOf("source", source.guid))
    file = insert("search_file", search=RowOf("search", search.guid), name="medline.ris")
    changes = [source, search, file]
    for number in range(1, works + 1):
        work = insert(
            "reference",
            title=f"Work {number}",
            abstract=f"About {number} and </script>",
            doi=f"10.1/{number}",
        )
        record = insert(
            "record",
            reference=RowOf("reference", work.guid),
            search_file=RowOf("search_file", file.guid),
            raw="{}",
        )
        changes += [work, record]
    changes.append(insert("exclusion_reason", stage="title-abstract", name="Not about care", position=1.0))
    changes.append(insert("exclusion_reason", stage="title-abstract", name="Wrong design", position=2.0))
    changes.append(insert("criterion", text="In the United Kingdom", includes=1, code="I1"))
    project.apply(Edit("Stock the review", tuple(changes)))
    return project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with stocked(tmp_path / "review.evidence") as made:
        yield made


def give_out(project: Project, out: Path) -> Packet:
    """Write a packet of all records for Ben, and remember it."""
    with project.reader() as reader:
        made = making.packet(
            reader, choosing.records_for(reader, Stage.TITLE_ABSTRACT, None), Stage.TITLE_ABSTRACT, BEN
        )
        making.write_project(made, out)
        project.apply(making.given_out(reader, made))
    return made


def judge(path: Path, number: int, verdict: Verdict | None, reasons: int = 0, who: Acting = BEN) -> None:
    """Judge the n-th work in a packet's file, or take the decision back."""
    with Project.open(path, who) as packet, packet.reader() as reader:
        work = screening.screened(reader)[number - 1]
        me: Any = RowOf("person", who.guid)
        if verdict is None:
            packet.apply(deciding.unset(reader, work, Stage.TITLE_ABSTRACT, me))
            return
        given = [reason.id for reason in screening.reasons(reader, Stage.TITLE_ABSTRACT)][:reasons]
        first, further = (given[0], given[1:]) if given else (None, [])
        packet.apply(deciding.decide(reader, work, Stage.TITLE_ABSTRACT, verdict, me, first, further))


def take_in(project: Project, path: Path) -> list[Any]:
    """Merge an answer and return what each came to."""
    told = []
    with project.reader() as reader:
        for answer in answers_in(path):
            edit, came = merge(reader, answer)
            if edit:
                project.apply(edit)
            told.append(came)
    return told


def decided(project: Project) -> dict[str, tuple[str, int]]:
    """Return the live decisions: verdict and number of reasons by title."""
    with project.reader() as reader:
        return {
            reader.value("SELECT title FROM reference WHERE id = :id", id=each.reference): (
                each.verdict.value,
                len(each.reasons),
            )
            for each in screening.decisions(reader)
        }


def test_a_packet_holds_what_is_to_be_judged_and_nothing_anybody_decided(
    project: Project, tmp_path: Path
) -> None:
    with project.reader() as reader:
        first = screening.screened(reader)[0]
        me: Any = RowOf("person", ADA.guid)
        project.apply(
            deciding.decide(reader, first, Stage.TITLE_ABSTRACT, Verdict.INCLUDE, me, note="My secret")
        )
    out = tmp_path / "packet.evidence"
    give_out(project, out)
    with Reader(out) as reader:
        assert len(screening.screened(reader)) == 6
        assert screening.decisions(reader) == []
        assert [reason.name for reason in screening.reasons(reader, Stage.TITLE_ABSTRACT)] == [
            "Not about care", "Wrong design",
        ]  # fmt: skip
        assert [each.code for each in packets.criteria(reader)] == ["I1"]
        assert screening.protocol(reader).blind
    assert b"My secret" not in out.read_bytes()


def test_an_answer_brings_decisions_with_their_reasons_and_one_undo_takes_them_back(
    project: Project, tmp_path: Path
) -> None:
    out = tmp_path / "packet.evidence"
    give_out(project, out)
    judge(out, 1, Verdict.INCLUDE)
    judge(out, 2, Verdict.EXCLUDE, reasons=2)
    came = take_in(project, out)
    assert (came[0].decisions, came[0].unknown) == (2, [])
    assert decided(project) == {"Work 1": ("include", 0), "Work 2": ("exclude", 2)}
    with project.reader() as reader:
        people = {each.name for each in screening.decisions(reader)}
        assert people == {"Ben Okri"}
    project.undo()
    assert decided(project) == {}
    take_in(project, out)
    assert decided(project) == {"Work 1": ("include", 0), "Work 2": ("exclude", 2)}


def test_the_same_answer_twice_changes_nothing(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "packet.evidence"
    give_out(project, out)
    judge(out, 1, Verdict.INCLUDE)
    take_in(project, out)
    with project.reader() as reader:
        before = reader.value("SELECT count(*) FROM edit")
        came = take_in(project, out)
        assert reader.value("SELECT count(*) FROM edit") == before
    assert (came[0].decisions, came[0].unchanged) == (0, 1)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_copies_of_one_packet_come_to_the_same_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    with stocked(tmp_path / "review.evidence") as project:
        out = tmp_path / "packet.evidence"
        give_out(project, out)
        copies = [tmp_path / f"copy-{number}.evidence" for number in range(3)]
        judge(out, 1, Verdict.INCLUDE)
        judge(out, 2, Verdict.MAYBE)
        shutil.copy(out, copies[0])
        judge(out, 1, Verdict.EXCLUDE, reasons=1)
        judge(out, 3, Verdict.INCLUDE)
        shutil.copy(out, copies[1])
        judge(out, 2, None)
        judge(out, 3, None)
        judge(out, 3, Verdict.MAYBE)
        shutil.copy(out, copies[2])
        for number in order:
            take_in(project, copies[number])
        assert decided(project) == {"Work 1": ("exclude", 1), "Work 3": ("maybe", 0)}


def test_a_decision_taken_back_and_done_again_in_the_packet_comes_again(
    project: Project, tmp_path: Path
) -> None:
    out = tmp_path / "packet.evidence"
    give_out(project, out)
    judge(out, 1, Verdict.INCLUDE)
    judge(out, 1, None)
    take_in(project, out)
    assert decided(project) == {}
    with Project.open(out, BEN) as packet:
        packet.undo()
    take_in(project, out)
    assert decided(project) == {"Work 1": ("include", 0)}


def test_whoever_judges_under_the_same_name_on_another_machine_is_the_reviewer_meant(
    project: Project, tmp_path: Path
) -> None:
    out = tmp_path / "packet.evidence"
    give_out(project, out)
    judge(out, 1, Verdict.INCLUDE, who=Acting("ben okri", "", "33333333-0000-4000-8000-000000000003"))
    take_in(project, out)
    with project.reader() as reader:
        assert [each.name for each in screening.decisions(reader)] == ["Ben Okri"]


def test_somebody_whose_entering_was_undone_is_named_again_with_what_they_send(
    project: Project, tmp_path: Path
) -> None:
    enter = Edit("Draw a sample for Ben", (insert("person", BEN.guid, name=BEN.name),))
    project.apply(enter)
    project.undo()
    give_out(project, tmp_path / "packet.evidence")
    judge(tmp_path / "packet.evidence", 1, Verdict.EXCLUDE)
    take_in(project, tmp_path / "packet.evidence")
    with project.reader() as reader:
        assert reader.value("SELECT name FROM live_person WHERE guid = :guid", guid=BEN.guid) == BEN.name
    project.undo()
    project.undo()
    project.apply(enter)
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_person WHERE name = :name", name=BEN.name) == 1
        assert reader.value("SELECT count(*) FROM live_decision") == 0


def test_whoever_gave_no_name_in_the_packet_is_not_taken_for_whoever_gave_none_here(
    project: Project, tmp_path: Path
) -> None:
    give_out(project, tmp_path / "packet.evidence")
    project.acting = NOBODY
    with project.reader() as reader:
        first = int(reader.value("SELECT min(id) FROM live_reference"))
        own = deciding.decide(
            reader, first, Stage.TITLE_ABSTRACT, Verdict.INCLUDE, RowOf("person", NOBODY.guid)
        )
    project.apply(own)
    judge(tmp_path / "packet.evidence", 1, Verdict.EXCLUDE, who=NOBODY)
    (came,) = take_in(project, tmp_path / "packet.evidence")
    assert (came.person, came.decisions) == ("Ben Okri", 1)
    with project.reader() as reader:
        held = reader.rows(
            "SELECT verdict, p.name FROM live_decision d JOIN person p ON p.id = d.person ORDER BY d.id"
        )
    assert [tuple(each) for each in held] == [("include", "Reviewer"), ("exclude", "Ben Okri")]


def test_whom_the_review_knows_as_somebody_else_is_taken_for_nobody_until_it_is_said(
    project: Project, tmp_path: Path
) -> None:
    out = tmp_path / "packet.evidence"
    give_out(project, out)
    with project.reader() as reader:
        first = screening.screened(reader)[0]
        me: Any = RowOf("person", ADA.guid)
        project.apply(deciding.decide(reader, first, Stage.TITLE_ABSTRACT, Verdict.EXCLUDE, me))
    judge(out, 1, Verdict.INCLUDE, who=ADA)  # two machines with one login name
    with pytest.raises(WhoJudged, match="made for Ben Okri, and was judged as Ada Lovelace"):
        take_in(project, out)
    assert decided(project) == {"Work 1": ("exclude", 0)}

    def names(by: str) -> list[tuple[str, str]]:
        with project.reader() as reader:
            for answer in answers_in(out):
                edit, _ = merge(reader, answer, by)
                if edit:
                    project.apply(edit)
            return sorted((each.name, each.verdict.value) for each in screening.decisions(reader))

    assert names("ben okri") == [("Ada Lovelace", "exclude"), ("Ben Okri", "include")]
    assert names("ben okri") == [("Ada Lovelace", "exclude"), ("Ben Okri", "include")]
    project.undo()
    assert names("Ada Lovelace") == [("Ada Lovelace", "include")]
    take_in(project, out)  # said once of this packet, it is known
    project.undo()
    assert names("Cleo Third") == [("Ada Lovelace", "exclude"), ("Cleo Third", "include")]


def test_a_packet_of_another_review_and_a_review_itself_are_refused(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other.evidence"
    with stocked(other) as elsewhere:
        give_out(elsewhere, tmp_path / "theirs.evidence")
    judge(tmp_path / "theirs.evidence", 1, Verdict.INCLUDE)
    with pytest.raises(EvidenceError, match="another review"):
        take_in(project, tmp_path / "theirs.evidence")
    with pytest.raises(EvidenceError, match="not a packet"):
        take_in(project, other)
    assert decided(project) == {}


def test_a_field_repaired_in_the_packet_is_taken_over_and_one_changed_on_both_sides_waits(
    project: Project, tmp_path: Path
) -> None:
    out = tmp_path / "packet.evidence"
    give_out(project, out)
    _rename(out, BEN, 1, title="Work one", abstract="Repaired")
    with project.reader() as reader:
        mine = references.reference(reader, screening.screened(reader)[0])
        assert mine is not None
        project.apply(set_fields(mine, {"title": "The first work"}, {}))
        came = take_in(project, out)
        assert (came[0].fields, came[0].conflicts) == (1, 1)
        now = references.reference(reader, mine.id)
        assert now is not None
        assert (now.item["title"], now.item["abstract"]) == ("The first work", "Repaired")
        conflict = packets.field_conflicts(reader)[0]
        assert (conflict.base, conflict.mine, conflict.theirs) == ("Work 1", "The first work", "Work one")
        assert take_in(project, out)[0].conflicts == 0
        project.apply(choose(reader, conflict, theirs=True))
        settled = references.reference(reader, mine.id)
        assert settled is not None
        assert settled.item["title"] == "Work one"
        assert packets.field_conflicts(reader) == []
        project.undo()
        assert len(packets.field_conflicts(reader)) == 1


def test_a_work_merged_meanwhile_brings_its_vote_to_what_it_became(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "packet.evidence"
    give_out(project, out)
    judge(out, 2, Verdict.INCLUDE)
    with project.reader() as reader:
        first, second = screening.screened(reader)[:2]
        project.apply(Edit("Merge", _set("reference", second, "merged_into", first)))
        take_in(project, out)
        assert outcomes(reader, Stage.TITLE_ABSTRACT)[first] is Outcome.INCLUDE


def test_a_file_that_is_no_answer_says_what_to_ask_for(project: Project, tmp_path: Path) -> None:
    for name, text in (
        ("a.json", "[]"),
        ("b.json", "{"),
        ("c.txt", "hello"),
        ("d.json", '{"format": "other"}'),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        with pytest.raises(EvidenceError, match="neither a packet nor an answer"):
            take_in(project, tmp_path / name)


def test_the_answer_of_the_page_comes_to_the_same_as_the_packets_file(
    project: Project, tmp_path: Path
) -> None:
    out = tmp_path / "packet.evidence"
    made = give_out(project, out)
    answer = {
        "format": "evidence-desk-answer", "version": 1, "packet": made.guid, "review": made.review,
        "person": {"guid": BEN.guid, "name": BEN.name}, "saved_at": "2026-01-02T00:00:00.000Z",
        "answers": [
            {"reference": made.records[0].guid, "verdict": "include", "reasons": [],
             "note": "Look at table 2", "flag": True, "at": "2026-01-01T10:00:00.000Z",
             "decision": "aaaaaaaa-0000-4000-8000-00000000000a"},
            {"reference": made.records[1].guid, "verdict": "exclude", "note": "", "flag": False,
             "reasons": [made.reasons[1].guid, made.reasons[0].guid], "at": "2026-01-01T10:01:00.000Z",
             "decision": "aaaaaaaa-0000-4000-8000-00000000000b"},
            {"reference": made.records[2].guid, "verdict": None, "reasons": [], "note": "", "flag": False,
             "at": "2026-01-01T10:02:00.000Z"},
        ],
    }  # fmt: skip
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answer), "utf-8")
    came = take_in(project, file)
    assert (came[0].decisions, came[0].notes, came[0].flags) == (2, 1, 1)
    assert decided(project) == {"Work 1": ("include", 0), "Work 2": ("exclude", 2)}
    assert take_in(project, file)[0].decisions == 0


def _rename(path: Path, who: Acting, number: int, **values: str) -> None:
    with Project.open(path, who) as packet, packet.reader() as reader:
        work = references.reference(reader, screening.screened(reader)[number - 1])
        assert work is not None
        packet.apply(set_fields(work, values, {}))


def _set(table: str, row: int, column: str, value: Any) -> Any:
    from evidence_app.domain.edit import SetColumns

    return (SetColumns(table, row, {column: None}, {column: value}),)
