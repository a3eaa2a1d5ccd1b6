"""What votes come to."""

import time
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, SetColumns, insert
from evidence_app.domain.screening import MadeAs, MaybeCounts, Outcome, Stage, Verdict, Vote
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.outcomes import outcome, outcome_of, outcomes
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def votes(*said: str) -> list[Vote]:
    """Return votes: "ada include", or "ada include adjudicator"; each a day after the one before."""
    made = []
    for at, each in enumerate(said, 1):
        who, verdict, *role = each.split()
        made.append(Vote(len(who), verdict, role[0] if role else "reviewer", f"2026-01-{at:02}", at))
    return made


@pytest.mark.parametrize(
    ("said", "needed", "expected"),
    [
        ((), 1, Outcome.UNSCREENED),
        (("ada include",), 1, Outcome.INCLUDE),
        (("ada exclude",), 1, Outcome.EXCLUDE),
        (("ada include",), 2, Outcome.SECOND_VOTE),
        (("ada include", "benn include"), 2, Outcome.INCLUDE),
        (("ada include", "benn exclude"), 2, Outcome.CONFLICT),
        (("ada include", "benn exclude"), 1, Outcome.CONFLICT),
        (("ada include", "ada exclude"), 1, Outcome.EXCLUDE),
        (("ada include", "ada exclude", "benn exclude"), 2, Outcome.EXCLUDE),
        (("ada include", "benn exclude", "cleoo exclude adjudicator"), 2, Outcome.EXCLUDE),
        (("x exclude automation",), 2, Outcome.EXCLUDE),
        (("x exclude automation", "ada include"), 1, Outcome.INCLUDE),
    ],
)
def test_votes_come_to(said: tuple[str, ...], needed: int, expected: Outcome) -> None:
    assert outcome(votes(*said), FIRST, needed=needed) is expected


@pytest.mark.parametrize(
    ("maybe", "alone", "with_include", "with_exclude"),
    [
        (MaybeCounts.INCLUDE, Outcome.INCLUDE, Outcome.INCLUDE, Outcome.CONFLICT),
        (MaybeCounts.EXCLUDE, Outcome.EXCLUDE, Outcome.CONFLICT, Outcome.EXCLUDE),
        (MaybeCounts.SEPARATE, Outcome.MAYBE, Outcome.CONFLICT, Outcome.CONFLICT),
    ],
)
def test_a_maybe_counts_as_the_team_chose(
    maybe: MaybeCounts, alone: Outcome, with_include: Outcome, with_exclude: Outcome
) -> None:
    assert outcome(votes("ada maybe"), FIRST, maybe=maybe) is alone
    assert outcome(votes("ada maybe", "benn include"), FIRST, maybe=maybe) is with_include
    assert outcome(votes("ada maybe", "benn exclude"), FIRST, maybe=maybe) is with_exclude
    assert outcome(votes("ada maybe"), FULL, maybe=maybe) is Outcome.MAYBE


def test_what_was_put_back_counts_no_more_until_it_is_judged_again() -> None:
    said = votes("ada include", "benn include")
    assert outcome(said, FIRST, again="2026-01-01") is Outcome.INCLUDE
    assert outcome(said, FIRST, needed=2, again="2026-01-01") is Outcome.SECOND_VOTE
    assert outcome(said, FIRST, again="2026-01-05") is Outcome.UNSCREENED
    undated = [Vote(1, "exclude", "reviewer", "", 1)]
    assert outcome(undated, FIRST) is Outcome.EXCLUDE
    assert outcome(undated, FIRST, again="2026-01-05") is Outcome.UNSCREENED


def test_only_what_stands_in_a_search_is_judged(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 3) as project, project.reader() as reader:
        project.apply(Edit("Type", (insert("reference", type="book", title="Typed"),)))
        assert list(outcomes(reader, FIRST)) == [1, 2, 3]
        project.apply(Edit("Merge", (SetColumns("reference", 3, {"merged_into": None}, {"merged_into": 1}),)))
        assert list(outcomes(reader, FIRST)) == [1, 2]


def test_the_votes_on_a_late_duplicate_count_for_what_it_became(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 3) as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 3, FIRST, Verdict.EXCLUDE, ben))
        merge = Edit("Merge", (SetColumns("reference", 3, {"merged_into": None}, {"merged_into": 1}),))
        project.apply(merge)
        assert outcomes(reader, FIRST) == {1: Outcome.CONFLICT, 2: Outcome.UNSCREENED}
        assert outcome_of(reader, 1, FIRST) is Outcome.CONFLICT
        project.undo()
        assert outcomes(reader, FIRST)[3] is Outcome.EXCLUDE


def test_full_text_holds_what_passed_title_and_abstract(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 4) as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        for reference, verdict in ((1, Verdict.INCLUDE), (2, Verdict.MAYBE), (3, Verdict.EXCLUDE)):
            project.apply(decide(reader, reference, FIRST, verdict, ada))
        assert outcomes(reader, FULL) == {1: Outcome.UNSCREENED, 2: Outcome.UNSCREENED}


def test_what_a_program_removed_is_not_judged(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 2) as project, project.reader() as reader:
        edit = decide(reader, 1, Stage.BEFORE, Verdict.EXCLUDE, None, as_=MadeAs.AUTOMATION)
        project.apply(edit)
        assert list(outcomes(reader, FIRST)) == [2]


def test_members_of_a_check_need_two_votes(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 2) as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        sample = insert("sample", name="Check", stage=FIRST.value, purpose="check")
        project.apply(Edit("Draw", (sample, insert("sample_member", sample=1, reference=1))))
        for reference in (1, 2):
            project.apply(decide(reader, reference, FIRST, Verdict.INCLUDE, ada))
        assert outcomes(reader, FIRST) == {1: Outcome.SECOND_VOTE, 2: Outcome.INCLUDE}
        assert outcome_of(reader, 1, FIRST) is Outcome.SECOND_VOTE


def many(project: Project, records: int) -> None:
    """Give a project many records, each judged by two people."""
    rows = []
    for at in range(2, records + 2):
        rows.append(insert("reference", type="book", title=f"Title {at}", abstract="Words. " * 200))
        rows.append(insert("record", reference=at, search_file=1, raw="{}"))
        rows += [
            insert("decision", reference=at, person=each, verdict="include", at=f"2026-{each}")
            for each in (1, 2)
        ]
    project.apply(Edit("Import", tuple(rows)))


def test_many_outcomes_are_read_in_a_few_questions(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 1) as project, project.reader() as reader:
        a_person(project, "Ada"), a_person(project, "Ben")
        many(project, 2000)
        start = time.process_time()
        found = outcomes(reader, FIRST)
        assert len(found) == 2001
        assert time.process_time() - start < 2
