"""Attempts to get full texts are kept, one edit each; the last one says how far a report is."""

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.studies import Retrieval
from evidence_app.services.studies import retrieval
from evidence_app.services.studies.retrieval import FullTextLine, Tally
from evidence_app.services.studies.retrieval_table import is_to_get, retrieval_table
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


def test_the_log_is_handed_out_with_what_remains_to_be_got_first(sample_project: Project) -> None:
    ids = [line.reference.id for line in lines(sample_project)[:3]]
    sample_project.apply(retrieval.attempt(ids[:1], Retrieval.RECEIVED, None, "library"))
    sample_project.apply(retrieval.attempt(ids[1:2], Retrieval.NOT_AVAILABLE, None, note="Out of print"))
    sample_project.apply(retrieval.attempt(ids[2:3], Retrieval.REQUESTED, None, "author"))
    found = lines(sample_project)
    table = retrieval_table(found)
    assert table.note == "47 reports: 1 received, 45 to get, 1 not available."
    states = [row[4] for row in table.rows]
    assert (states[0], states[44:]) == ("not sought yet", ["requested", "not available", "received"])
    attempts = [str(row[5]) for row in table.rows[44:]]
    assert [words.partition(" ")[2] for words in attempts] == [
        "requested: author", "not available: Out of print", "received: library",
    ]  # fmt: skip
    assert sum(is_to_get(line) for line in found) == 45
