"""The numbers beside the screens' names in the rail are those that the screens show."""

from pathlib import Path

from evidence_app.services.studies import joining
from evidence_app.storage.overview import how_many
from evidence_app.storage.project import Project
from evidence_app.storage.studies import included, studies


def numbers(project: Project) -> tuple[int, int]:
    with project.reader() as reader:
        return how_many(reader)["studies"], len(studies(reader))


def test_studies_are_counted_as_their_screen_shows_them(sample_project: Project) -> None:
    assert numbers(sample_project) == (47, 47)
    with sample_project.reader() as reader:
        one, two, *_ = included(reader)
        held = studies(reader)
        pair = [each for each in held if each.main in (one, two)]
    sample_project.apply(joining.join(pair))
    assert numbers(sample_project) == (46, 46)
    sample_project.undo()
    assert numbers(sample_project) == (47, 47)


def test_a_review_without_reports_has_no_study(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "empty.evidence", "A review")
    assert numbers(project) == (0, 0)
    project.close()
