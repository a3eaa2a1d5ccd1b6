"""Decisions that go out as other programs write them and come back as the same decisions."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Outcome, Stage, Verdict
from evidence_app.services.screening.agreement import agreements
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.exchange.reading import Assumed
from evidence_app.services.screening.exchange.taking_over import take_decisions
from evidence_app.services.screening.exchange.writing import Program, records_to_write, write_decisions
from evidence_app.storage import screening
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def a_team(path: Path, blind: int = 0) -> tuple[Project, int, int]:
    """Return a project with two people and the reason “Wrong country” at both stages."""
    project = a_screening_project(path, 5)
    reasons = tuple(
        insert("exclusion_reason", stage=stage.value, name="Wrong country") for stage in (FIRST, FULL)
    )
    project.apply(Edit("Prepare", (insert("protocol", blind=blind), *reasons)))
    return project, a_person(project, "Ada Noël"), a_person(project, "Ben")


def said(project: Project) -> set[tuple[int, str, str, str, str]]:
    """Return the live decisions as plain values."""
    with project.reader() as reader:
        words = {each.id: each.name for each in screening.reasons(reader)}
        return {
            (each.reference, each.name, each.stage.value, each.verdict.value,
             words.get(each.reason or 0, each.words))
            for each in screening.decisions(reader)
        }  # fmt: skip


def exported(project: Project, program: Program, out: Path, **options: object) -> Path:
    with project.reader() as reader:
        write_decisions(records_to_write(reader, FIRST, **options), program, out)  # type: ignore[arg-type]
    return out


@pytest.mark.parametrize("suffix", [".ris", ".csv"])
def test_rayyan_gives_back_who_decided_what_and_why(tmp_path: Path, suffix: str) -> None:
    project, ada, ben = a_team(tmp_path / "one.evidence")
    with project, project.reader() as reader:
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ben, 1))
        project.apply(decide(reader, 2, FIRST, Verdict.MAYBE, ada))
        file = exported(project, Program.RAYYAN, tmp_path / f"out{suffix}")
        before = said(project)
        _, unchanged = take_decisions(reader, file)
        assert (unchanged.decisions, unchanged.unchanged, unchanged.matched_by) == (0, 3, {"id": 5})
    other, _, _ = a_team(tmp_path / "two.evidence")
    with other, other.reader() as reader:
        edit, taken = take_decisions(reader, file)
        assert (taken.decisions, taken.unmatched) == (3, [])
        other.apply(edit)
        assert said(other) == before
        other.undo()
        assert said(other) == set()


@pytest.mark.parametrize("suffix", [".ris", ".csv"])
def test_asreview_gives_back_one_opinion_on_each_record(tmp_path: Path, suffix: str) -> None:
    project, ada, _ = a_team(tmp_path / "one.evidence")
    with project, project.reader() as reader:
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 2, FIRST, Verdict.EXCLUDE, ada))
        project.apply(decide(reader, 3, FIRST, Verdict.MAYBE, ada))
        file = exported(project, Program.ASREVIEW, tmp_path / f"out{suffix}")
    other, _, _ = a_team(tmp_path / "two.evidence")
    with other, other.reader() as reader:
        other.apply(take_decisions(reader, file, Assumed(person="Ada Noël"))[0])
        assert said(other) == {
            (1, "Ada Noël", "title-abstract", "include", ""),
            (2, "Ada Noël", "title-abstract", "exclude", ""),
        }  # fmt: skip


@pytest.mark.parametrize("suffix", [".ris", ".csv"])
def test_covidence_gives_a_list_of_one_verdict_and_why_reports_were_excluded(
    tmp_path: Path, suffix: str
) -> None:
    project, ada, _ = a_team(tmp_path / "one.evidence")
    with project, project.reader() as reader:
        for row in (1, 2):
            project.apply(decide(reader, row, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 2, FULL, Verdict.EXCLUDE, ada, 2))
        passed = exported(project, Program.COVIDENCE, tmp_path / f"passed{suffix}", outcome=Outcome.INCLUDE)
        excluded = tmp_path / f"excluded{suffix}"
        write_decisions(records_to_write(reader, FULL, outcome=Outcome.EXCLUDE), Program.COVIDENCE, excluded)
        before = said(project)
    other, _, _ = a_team(tmp_path / "two.evidence")
    with other, other.reader() as reader:
        by = Assumed(Verdict.INCLUDE, FIRST, "Ada Noël")
        other.apply(take_decisions(reader, passed, by)[0])
        other.apply(take_decisions(reader, excluded, by)[0])
        assert said(other) == before


def test_what_rayyan_and_asreview_write_themselves_is_read(tmp_path: Path) -> None:
    project, _, _ = a_team(tmp_path / "one.evidence")
    file = tmp_path / "rayyan.csv"
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["key", "title", "year", "journal", "authors", "abstract", "notes"])
        note = 'RAYYAN-INCLUSION: {"Ben"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong country'
        rows.writerow(["rayyan-1", "Title 3", "2003", "BMJ", "Writer3", "", note])
        rows.writerow(["rayyan-2", "Of something else", "2003", "BMJ", "Writer3", "", note])
    with project, project.reader() as reader:
        edit, taken = take_decisions(reader, file)
        project.apply(edit)
        assert taken.matched_by == {"title and year": 1}
        assert [each.title for each in taken.unmatched] == ["Of something else"]
        assert said(project) == {(3, "Ben", "title-abstract", "exclude", "Wrong country")}


def test_an_id_that_another_record_has_by_chance_matches_nothing(tmp_path: Path) -> None:
    project, _, _ = a_team(tmp_path / "one.evidence")
    file = tmp_path / "labelled.csv"
    file.write_text("record_id,title,abstract,included\nR1,Quite another title,,1\n")
    with project, project.reader() as reader:
        edit, taken = take_decisions(reader, file)
        assert len(taken.unmatched) == 1
        assert not edit


def test_a_decision_made_here_is_kept(tmp_path: Path) -> None:
    project, _, ben = a_team(tmp_path / "one.evidence")
    file = tmp_path / "labelled.csv"
    file.write_text("record_id,title,abstract,included\nR1,Title 1,,1\nR2,Title 2,,1\n")
    with project, project.reader() as reader:
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ben))
        edit, taken = take_decisions(reader, file, Assumed(person="Ben"))
        project.apply(edit)
        assert (taken.decisions, taken.kept) == (1, 1)
        assert {each[3] for each in said(project) if each[0] == 1} == {"exclude"}
        file.write_text("record_id,title,abstract,included\nR2,Title 2,,0\n")
        project.apply(take_decisions(reader, file, Assumed(person="Ben"))[0])
        assert {each[3] for each in said(project) if each[0] == 2} == {"exclude"}


def test_included_reports_of_a_file_stand_as_included(tmp_path: Path) -> None:
    project, _, _ = a_team(tmp_path / "one.evidence")
    file = tmp_path / "labelled.csv"
    file.write_text("record_id,title,abstract,full text decision\nR1,Title 1,,include\n")
    with project, project.reader() as reader:
        project.apply(take_decisions(reader, file)[0])
        assert screening.standings(reader) == {1: "included"}


def test_while_blind_only_ones_own_decisions_go_out(tmp_path: Path) -> None:
    project, ada, ben = a_team(tmp_path / "one.evidence", blind=1)
    with project, project.reader() as reader:
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 2, FIRST, Verdict.INCLUDE, ben))
        own = records_to_write(reader, FIRST, ada)
        assert [len(each.decisions) for each in own] == [1, 0, 0, 0, 0]
        with pytest.raises(EvidenceError, match=r"\.ris or \.csv"):
            write_decisions(own, Program.RAYYAN, tmp_path / "out.pdf")


names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)


@settings(max_examples=30)
@given(names, st.sampled_from([".ris", ".csv"]))
def test_any_name_comes_back_from_rayyans_notes(
    tmp_path_factory: pytest.TempPathFactory, name: str, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("names")
    with a_screening_project(folder / "r.evidence", 1) as project, project.reader() as reader:
        project.apply(Edit("Lift", (insert("protocol", blind=0),)))
        person = a_person(project, name)
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, person))
        file = exported(project, Program.RAYYAN, folder / f"out{suffix}")
        _, taken = take_decisions(reader, file)
        assert taken.records == 1
        assert taken.decisions + taken.unchanged == 1


def test_a_file_that_says_whose_decisions_they_are_names_those_of_nobody(tmp_path: Path) -> None:
    project, _, _ = a_team(tmp_path / "one.evidence")
    file = tmp_path / "labelled.csv"
    file.write_text("record_id,title,abstract,included\nR1,Title 1,,1\nR2,Title 2,,0\n")
    with project, project.reader() as reader:
        project.apply(take_decisions(reader, file)[0])
        assert {each[1] for each in said(project)} == {""}
        project.apply(take_decisions(reader, file, Assumed(person="Ben"))[0])
        assert {each[:4] for each in said(project)} == {
            (1, "Ben", "title-abstract", "include"), (2, "Ben", "title-abstract", "exclude"),
        }  # fmt: skip
        assert agreements(reader, FIRST) == []
