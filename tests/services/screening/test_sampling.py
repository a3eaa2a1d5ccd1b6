"""Random samples that can be drawn again anywhere."""

import random
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Outcome, Purpose, Stage, Verdict
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.services.screening.sampling import (
    audited,
    draw_sample,
    drawn,
    new_seed,
    number_of,
    remove_sample,
)
from evidence_app.storage import screening
from tests.doubles import a_person, a_screening_project

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.mark.parametrize(
    ("share", "records", "number"),
    [(0.1, 1925, 193), (0.1, 1920, 192), (0.1, 10, 1), (0.15, 20, 3), (0.07, 100, 7), (1.0, 5, 5),
     (0.1, 0, 0)],
)  # fmt: skip
def test_a_share_is_rounded_up_and_only_where_it_must_be(share: float, records: int, number: int) -> None:
    assert number_of(share, records) == number


def test_the_draw_is_the_one_the_documents_state() -> None:
    assert drawn([30, 10, 20, 40], 2, 7) == random.Random(7).sample([10, 20, 30, 40], 2)
    assert drawn(range(100), 10, 7) != drawn(range(100), 10, 8)
    assert new_seed() > 0


def test_a_sample_keeps_what_it_was_drawn_by(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 21) as project, project.reader() as reader:
        ben = a_person(project, "Ben")
        project.apply(draw_sample(reader, FIRST, Purpose.CHECK, share=0.1, seed=42, person=ben))
        (sample,) = screening.samples(reader, FIRST)
        assert (sample.seed, sample.share, sample.drawn_from, sample.person_name) == (42, 0.1, 21, "Ben")
        assert list(sample.members) == drawn(range(1, 22), 3, 42)
        assert sample.name == "Check of 3 in 21"
        project.undo()
        assert screening.samples(reader) == []


def test_a_calibration_round_is_drawn_from_what_nobody_judged(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 6) as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        for reference in (1, 2):
            project.apply(decide(reader, reference, FIRST, Verdict.EXCLUDE, ada))
        project.apply(draw_sample(reader, FIRST, Purpose.CALIBRATION, number=4, seed=1))
        (sample,) = screening.samples(reader)
        assert (sample.drawn_from, sorted(sample.members)) == (4, [3, 4, 5, 6])
        with pytest.raises(EvidenceError, match="from 4 records that nobody has judged"):
            draw_sample(reader, FIRST, Purpose.CALIBRATION, number=5, seed=1)


def test_another_check_is_drawn_from_what_two_people_have_not_judged(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 10) as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        project.apply(draw_sample(reader, FIRST, Purpose.CHECK, number=5, seed=1))
        (first,) = screening.samples(reader)
        for reference in first.members:
            for person in (ada, ben):
                project.apply(decide(reader, reference, FIRST, Verdict.EXCLUDE, person))
        project.apply(draw_sample(reader, FIRST, Purpose.CHECK, share=1.0, seed=1))
        again = screening.samples(reader)[-1]
        assert (again.drawn_from, set(again.members)) == (5, set(range(1, 11)) - set(first.members))


def test_what_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 3) as project, project.reader() as reader:
        for number in (0, 4):
            with pytest.raises(EvidenceError, match="cannot be drawn"):
                draw_sample(reader, FIRST, Purpose.CHECK, number=number, seed=1)
        with pytest.raises(EvidenceError, match="0 records"):
            draw_sample(reader, FULL, Purpose.CHECK, share=0.5, seed=1)


def test_a_check_of_full_texts_reopens_what_one_person_included(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 3) as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        for stage in (FIRST, FULL):
            project.apply(decide(reader, 1, stage, Verdict.INCLUDE, ada))
        assert screening.standings(reader) == {1: "included"}
        project.apply(draw_sample(reader, FULL, Purpose.CHECK, share=1.0, seed=1))
        assert outcomes(reader, FULL) == {1: Outcome.SECOND_VOTE}
        assert screening.standings(reader) == {}
        project.apply(remove_sample(reader, screening.samples(reader)[0]))
        assert screening.standings(reader) == {1: "included"}


def test_an_audit_bounds_what_the_unread_rest_may_hold(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 50) as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        for reference in range(1, 11):
            project.apply(decide(reader, reference, FIRST, Verdict.INCLUDE, ada))
        project.apply(draw_sample(reader, FIRST, Purpose.AUDIT, number=20, seed=3))
        (sample,) = screening.samples(reader)
        assert sample.drawn_from == 40
        assert min(sample.members) > 10
        assert outcomes(reader, FIRST)[sample.members[0]] is Outcome.UNSCREENED
        assert audited(reader, sample).missed_at_most == 40
        for at, reference in enumerate(sample.members):
            verdict = Verdict.MAYBE if at == 0 else Verdict.EXCLUDE
            project.apply(decide(reader, reference, FIRST, verdict, ada))
        found = audited(reader, sample)
        assert (found.judged, found.found, found.is_finished) == (20, 1, True)
        assert round(found.share_at_most, 4) == 0.2161
        assert found.missed_at_most == 7
        assert "20 of the 40 records left unread, 1 relevant record was found" in found.sentence
