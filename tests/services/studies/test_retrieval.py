"""Attempts to get full texts are kept, one edit each; the last one says how far a report is."""

from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.studies import Retrieval
from evidence_app.services.library.attachments import keep_copies
from evidence_app.services.studies import retrieval
from evidence_app.services.studies.retrieval import FullTextLine, Tally
from evidence_app.storage.project import Project


def lines(project: Project) -> list[FullTextLine]:
    with project.reader() as reader:
        return retrieval.full_texts(reader)


def test_all_included_reports_of_the_sample_are_listed_and_not_sought(sample_project: Project) -> None:
    found = lines(sample_project)
    assert [line.reference.number for line in found] == list(range(55, 102))
    assert Tally.of(found).counts[None] == 47


def test_attempts_add_up_and_several_are_one_edit(sample_project: Project) -> None:
    ids = [line.reference.id for line in lines(sample_project)[:3]]
    sample_project.apply(retrieval.attempt(ids, Retrieval.SOUGHT, None, "library catalogue"))
    sample_project.apply(retrieval.attempt(ids[:1], Retrieval.REQUESTED, None, "interlibrary loan"))
    found = lines(sample_project)
    assert [line.state for line in found[:4]] == [
        Retrieval.REQUESTED, Retrieval.SOUGHT, Retrieval.SOUGHT, None,
    ]  # fmt: skip
    assert [each.how for each in found[0].attempts] == ["library catalogue", "interlibrary loan"]
    sample_project.undo()
    sample_project.undo()
    assert lines(sample_project)[0].attempts == ()


def test_what_is_not_available_needs_its_reason(sample_project: Project) -> None:
    row = lines(sample_project)[0].reference.id
    with pytest.raises(EvidenceError, match="Say why"):
        retrieval.attempt([row], Retrieval.NOT_AVAILABLE, None)
    sample_project.apply(
        retrieval.attempt([row], Retrieval.NOT_AVAILABLE, None, note="No copy in any library")
    )
    assert lines(sample_project)[0].shown == "not available"


def test_taking_back_the_last_attempt_shows_the_one_before(sample_project: Project) -> None:
    row = lines(sample_project)[0].reference.id
    sample_project.apply(retrieval.attempt([row], Retrieval.SOUGHT, None))
    sample_project.apply(retrieval.attempt([row], Retrieval.REQUESTED, None))
    last = lines(sample_project)[0].last
    assert last is not None
    sample_project.apply(retrieval.take_back(last))
    assert lines(sample_project)[0].state is Retrieval.SOUGHT


def test_a_file_that_comes_in_makes_the_report_received(sample_project: Project, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("The whole text.")
    kept = keep_copies(sample_project.path, [file], lambda _done, _total: None)
    row = lines(sample_project)[1].reference.id
    sample_project.apply(retrieval.receive_files([(row, kept[0])], None, "from a folder"))
    found = lines(sample_project)[1]
    assert (found.state, [each.name for each in found.files]) == (Retrieval.RECEIVED, ["report.txt"])
