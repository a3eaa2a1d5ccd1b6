"""Checks and calibration rounds: how far they are, and the stated rule for what follows a poor one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.screening import Protocol, Purpose, Stage, Verdict
from evidence_app.services.screening.agreement import agreements
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.methods import screening_paragraphs
from evidence_app.services.screening.protocol import set_protocol
from evidence_app.services.screening.rounds import asked_for, next_round, poor_pair, rounds, told_well
from evidence_app.services.screening.sampling import draw_sample
from evidence_app.storage import screening
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
PLANNED = Protocol(
    calibration=4, least_agreement=0.6, after_poor_check="Talk the criteria over and draw another round.",
    double_share=0.1,
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A review of 20 records whose protocol plans a calibration round of 4 and a check of a tenth."""
    with a_screening_project(tmp_path / "r.evidence", 20) as made, made.reader() as reader:
        made.apply(set_protocol(reader, PLANNED))
        yield made


def draw(project: Project, purpose: Purpose, number: int, seed: int) -> tuple[int, ...]:
    with project.reader() as reader:
        project.apply(draw_sample(reader, FIRST, purpose, number=number, seed=seed))
        return screening.samples(reader)[-1].members


def judge(project: Project, rows: tuple[int, ...], verdicts: str, person: int) -> None:
    """Let a person judge records: i for include, e for exclude."""
    with project.reader() as reader:
        for row, letter in zip(rows, verdicts, strict=True):
            verdict = Verdict.INCLUDE if letter == "i" else Verdict.EXCLUDE
            project.apply(decide(reader, row, FIRST, verdict, person))


def asked(project: Project, stage: Stage = FIRST) -> tuple[str, ...]:
    with project.reader() as reader:
        return asked_for(reader, stage)


def test_what_the_protocol_plans_and_nobody_drew_is_asked_for(project: Project) -> None:
    assert asked(project) == (
        "The protocol plans a calibration round of 4 records before the start. None was drawn yet.",
        "The protocol plans that two people judge 10 %. No share was drawn yet.",
    )
    assert asked(project, FULL) == ()
    draw(project, Purpose.CALIBRATION, 4, 1)
    draw(project, Purpose.CHECK, 2, 2)
    assert asked(project) == ("The calibration round is not finished: 0 of 4 records have two votes.",)


def test_a_poor_round_asks_for_what_the_protocol_says_until_a_better_one(project: Project) -> None:
    ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
    draw(project, Purpose.CHECK, 2, 2)
    poor = draw(project, Purpose.CALIBRATION, 4, 1)
    judge(project, poor, "iiee", ada)
    judge(project, poor, "ieie", ben)
    (said,) = asked(project)
    assert said == (
        "After the calibration round: Cohen’s κ of 0.00 is below the 0.60 the protocol asks for. "
        "Talk the criteria over and draw another round."
    )
    better = draw(project, Purpose.CALIBRATION, 4, 1)
    assert set(better).isdisjoint(poor)
    assert asked(project)[-1] == said
    judge(project, better, "iiee", ada)
    judge(project, better, "iiee", ben)
    assert asked(project) == ()
    with project.reader() as reader:
        found = rounds(reader, FIRST)
        assert [each.before_start for each in found] == [False, True, True]
        (pair,) = agreements(reader, FIRST)
        assert pair.kappa is not None
        assert pair.kappa.value < 0.6
        assert poor_pair(pair, found, PLANNED) == ""
        assert poor_pair(pair, found[:2], PLANNED) == said
        assert poor_pair(pair, (), PLANNED).startswith("Cohen’s κ of 0.50 is below the 0.60")
        assert told_well(PLANNED, found) == (
            "The last calibration round reached a Cohen’s κ of 1.00. The protocol asks for 0.60 or more."
        )


def test_a_round_in_which_both_said_one_thing_only_says_that_kappa_is_not_defined(project: Project) -> None:
    ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
    members = draw(project, Purpose.CALIBRATION, 4, 1)
    for person in (ada, ben):
        judge(project, members, "eeee", person)
    with project.reader() as reader:
        found = rounds(reader, FIRST)
    assert told_well(PLANNED, found) == (
        "In the last calibration round all said the same of every record. Cohen’s κ is not defined then."
    )
    assert told_well(Protocol(), found) == ""


def test_the_round_that_comes_next_is_what_the_protocol_plans_and_what_a_poor_one_asks_for(
    project: Project,
) -> None:
    def comes_next(protocol: Protocol = PLANNED) -> Purpose | None:
        with project.reader() as reader:
            return next_round(protocol, FIRST, rounds(reader, FIRST))

    ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
    assert comes_next(Protocol()) is Purpose.CHECK
    assert comes_next() is Purpose.CALIBRATION
    poor = draw(project, Purpose.CALIBRATION, 4, 1)
    assert comes_next() is None
    judge(project, poor, "iiee", ada)
    judge(project, poor, "ieie", ben)
    assert comes_next() is Purpose.CALIBRATION
    better = draw(project, Purpose.CALIBRATION, 4, 1)
    for person in (ada, ben):
        judge(project, better, "iiee", person)
    assert comes_next() is Purpose.CHECK
    draw(project, Purpose.CHECK, 2, 2)
    assert comes_next() is None


def test_the_methods_tell_who_judged_a_calibration_round_and_what_followed(project: Project) -> None:
    ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
    members = draw(project, Purpose.CALIBRATION, 4, 1)
    judge(project, members, "iiee", ada)
    with project.reader() as reader:
        assert (
            "In a calibration round 4 records drawn at random (20 % of 20, seed 1) are to be judged by all; "
            "so far none was judged by two people." in screening_paragraphs(reader)[0]
        )
    judge(project, members, "ieie", ben)
    with project.reader() as reader:
        told = screening_paragraphs(reader)[0]
    assert (
        "In a calibration round before the start 4 records drawn at random (20 % of 20, seed 1) "
        "were judged by Ada and Ben. After this calibration round: Cohen’s κ of 0.00 is below" in told
    )


def test_the_methods_tell_how_well_people_agreed_in_a_round(project: Project) -> None:
    ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
    for verdicts in ("ieie", "iiee"):
        members = draw(project, Purpose.CALIBRATION, 4, 1)
        judge(project, members, "iiee", ada)
        judge(project, members, verdicts, ben)
    with project.reader() as reader:
        told = screening_paragraphs(reader)[0]
    assert told.count("After this calibration round") == told.count("Cohen’s κ of this") == 1
    assert "were judged by Ada and Ben. Cohen’s κ of this calibration round was 1.00." in told


def test_a_round_finished_after_others_began_was_not_before_the_start(project: Project) -> None:
    ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
    members = draw(project, Purpose.CALIBRATION, 4, 1)
    judge(project, members, "iiii", ada)
    other = next(row for row in range(1, 21) if row not in members)
    judge(project, (other,), "e", ada)
    judge(project, members, "iiie", ben)
    with project.reader() as reader:
        (found,) = rounds(reader, FIRST)
        assert (found.is_finished, found.before_start, found.people) == (True, False, (ada, ben))
        assert "In a calibration round 4 records" in screening_paragraphs(reader)[0]
