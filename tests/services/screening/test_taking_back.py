"""The last decision a person took, and what it replaced."""

from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.errors import NothingToUndo
from evidence_app.domain.screening import MadeAs, Stage, Verdict
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.taking_back import last_taken
from evidence_app.storage import screening
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST = Stage.TITLE_ABSTRACT


def live(project: Project) -> list[tuple[int, str]]:
    with project.reader() as reader:
        return sorted((each.reference, each.verdict.value) for each in screening.decisions(reader))


def test_a_change_of_mind_is_taken_back_to_what_was_said_before(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        for reference, verdict in ((1, Verdict.INCLUDE), (2, Verdict.MAYBE), (1, Verdict.EXCLUDE)):
            project.apply(decide(reader, reference, FIRST, verdict, ada))
        last = last_taken(reader, FIRST, ada)
        assert last is not None
        assert last.before is not None
        assert (last.decision.verdict, last.before.verdict) == (Verdict.EXCLUDE, Verdict.INCLUDE)
        assert last.edit is not None
        project.apply(Edit("Tag it", (insert("tag", name="later"),)))  # something else was done since
        project.take_back(last.edit)
        assert live(project) == [(1, "include"), (2, "maybe")]
        with pytest.raises(NothingToUndo, match="taken back before"):
            project.take_back(last.edit)
        last = last_taken(reader, FIRST, ada)
        assert last is not None
        assert (last.decision.reference, last.before) == (2, None)


def test_what_was_undone_and_done_again_is_taken_back_by_its_last_edit(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.undo()
        project.redo()
        last = last_taken(reader, FIRST, ada)
        assert last is not None
        assert last.edit is not None
        project.take_back(last.edit)
        assert live(project) == []
        assert last_taken(reader, FIRST, ada) is None


def test_an_adjudicators_last_decision_is_what_they_settled(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada, as_=MadeAs.ADJUDICATOR))
        last = last_taken(reader, FIRST, ada)
        assert last is not None
        assert (last.decision.made_as, last.before) == (MadeAs.ADJUDICATOR, None)


def test_many_records_decided_in_one_edit_are_not_undone_for_one_of_them(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        several = [decide(reader, row, FIRST, Verdict.EXCLUDE, ada) for row in (1, 2)]
        project.apply(Edit("Judge 2 records", tuple(change for each in several for change in each.changes)))
        last = last_taken(reader, FIRST, ada)
        assert last is not None
        assert (last.decision.reference, last.edit) == (2, None)


def test_what_came_with_a_file_or_from_somebody_else_is_not_ones_last_decision(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        project.apply(
            Edit("Import", (insert("decision", reference=1, person=ada, verdict="include", source="rayyan"),))
        )
        project.apply(decide(reader, 2, FIRST, Verdict.INCLUDE, ben))
        assert last_taken(reader, FIRST, ada) is None
        assert last_taken(reader, FIRST, RowOf("person", "99999999-0000-4000-8000-000000000009")) is None
