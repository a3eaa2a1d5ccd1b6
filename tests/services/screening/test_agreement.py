"""Agreement is of first votes, whatever came later."""

from pathlib import Path

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.screening import MadeAs, Protocol, Stage, Verdict
from evidence_app.services.screening.agreement import agreements, methods_sentence, poor_check
from evidence_app.services.screening.deciding import decide, unset
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def voted(project: Project, person: int, verdicts: str, stage: Stage = FIRST) -> None:
    """Let a person judge references 1, 2, …: i, e, m for the verdicts, - for none."""
    word = {"i": Verdict.INCLUDE, "e": Verdict.EXCLUDE, "m": Verdict.MAYBE}
    with project.reader() as reader:
        for reference, letter in enumerate(verdicts, 1):
            if letter != "-":
                project.apply(decide(reader, reference, stage, word[letter], person, 1))


def with_reasons(path: Path, records: int = 6) -> Project:
    project = a_screening_project(path, records)
    project.apply(Edit("Reasons", (insert("exclusion_reason", stage=FULL.value, name="No study"),)))
    return project


def test_only_records_that_both_judged_count(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben, cleo = (a_person(project, name) for name in ("Ada", "Ben", "Cleo"))
        voted(project, ada, "iieee-")
        voted(project, ben, "ieee--")
        voted(project, cleo, "-----i")
        (found,) = agreements(reader, FIRST, everything=True)
        assert (found.first_name, found.second_name, found.number, found.agreed) == ("Ada", "Ben", 4, 3)
        assert found.cells == {("include", "include"): (1,), ("include", "exclude"): (2,),
                               ("exclude", "exclude"): (3, 4)}  # fmt: skip
        assert found.kappa is not None
        assert round(found.kappa.value, 2) == 0.5
        assert agreements(reader, FULL) == []


def test_what_is_changed_and_settled_later_changes_nothing(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben", "adjudicator")
        voted(project, ada, "iiee")
        voted(project, ben, "ieee")
        (before,) = agreements(reader, FIRST, everything=True)
        project.apply(decide(reader, 2, FIRST, Verdict.EXCLUDE, ada))
        project.apply(decide(reader, 2, FIRST, Verdict.INCLUDE, ben, as_=MadeAs.ADJUDICATOR))
        project.apply(unset(reader, 3, FIRST, ben))
        again = insert("look_again", reference=4, stage=FIRST.value, at="2999-01-01T00:00:00.000+00:00")
        project.apply(Edit("Again", (again,)))
        project.apply(decide(reader, 4, FIRST, Verdict.INCLUDE, ben))
        assert agreements(reader, FIRST, everything=True) == [before]


def test_a_change_before_the_other_voted_is_the_vote(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        voted(project, ada, "ii")
        voted(project, ada, "e-")
        voted(project, ben, "ei")
        (found,) = agreements(reader, FIRST, everything=True)
        assert set(found.cells) == {("exclude", "exclude"), ("include", "include")}


def test_what_was_undone_was_a_slip(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        voted(project, ben, "e")
        voted(project, ada, "i")
        project.undo()
        assert agreements(reader, FIRST, everything=True) == []
        voted(project, ada, "e")
        (found,) = agreements(reader, FIRST, everything=True)
        assert set(found.cells) == {("exclude", "exclude")}


def test_a_maybe_counts_as_the_team_chose_and_is_told(tmp_path: Path) -> None:
    for counts, agreed in (("include", 3), ("exclude", 3), ("separate", 2)):
        with with_reasons(tmp_path / f"{counts}.evidence") as project, project.reader() as reader:
            project.apply(Edit("Protocol", (insert("protocol", maybe_counts=counts, blind=0),)))
            ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
            voted(project, ada, "imme")
            voted(project, ben, "iiee")
            (found,) = agreements(reader, FIRST)
            assert found.agreed == agreed
            assert "Maybe counted as" in methods_sentence(found)
            assert found.cells[("maybe", "include")] == (2,)


def test_in_full_text_a_maybe_stays_a_verdict_of_its_own(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        voted(project, ada, "imi", FULL)
        voted(project, ben, "iie", FULL)
        (found,) = agreements(reader, FULL)
        assert (found.number, found.agreed) == (3, 1)
        assert found.percent is not None
        assert round(found.percent.value, 2) == 0.33


def test_while_blind_only_numbers_are_told_but_to_an_adjudicator(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        judge = a_person(project, "Cleo", "adjudicator")
        voted(project, ada, "ie")
        voted(project, ben, "ee")
        assert [each.cells for each in agreements(reader, FIRST, viewer=ada)] == [{}]
        assert agreements(reader, FIRST, viewer=judge)[0].cells
        assert agreements(reader, FIRST)[0].number == 2


def test_a_sample_can_be_looked_at_alone(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        voted(project, ada, "iiee")
        voted(project, ben, "ieee")
        assert agreements(reader, FIRST, among=[1, 3])[0].agreed == 2


def test_the_sentence_says_who_judged_how_many_and_how_they_agreed(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        voted(project, ada, "iiee")
        voted(project, ben, "ieee")
        (found,) = agreements(reader, FIRST)
        assert methods_sentence(found).startswith(
            "Ada and Ben independently judged 4 records on title and abstract and agreed on 3 (75.0 %, 95"
        )
        assert "Cohen’s κ was 0.50" in methods_sentence(found)


def test_a_poor_check_is_answered_by_what_the_protocol_says(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        voted(project, ada, "iiee")
        voted(project, ben, "ieee")
        (found,) = agreements(reader, FIRST)
        rule = Protocol(least_agreement=0.6, after_poor_check="Everything is screened twice.")
        assert poor_check(found, rule).endswith("asks for. Everything is screened twice.")
        assert poor_check(found, Protocol(least_agreement=0.4)) == poor_check(found, Protocol()) == ""


def test_decisions_of_an_import_that_names_nobody_are_one_reviewers(tmp_path: Path) -> None:
    with with_reasons(tmp_path / "r.evidence") as project, project.reader() as reader:
        labels = tuple(insert("decision", reference=row, verdict="include") for row in (1, 2, 3))
        project.apply(Edit("Import", labels))
        voted(project, a_person(project, "Ben"), "ie")
        (found,) = agreements(reader, FIRST)
        assert (found.first_name, found.second_name, found.number) == ("A reviewer not named", "Ben", 2)
