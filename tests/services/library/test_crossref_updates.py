"""Bringing references up to date: what is asked, what stays open, and the edits that follow."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from evidence_app.domain.errors import Cancelled
from evidence_app.domain.reference import Reference
from evidence_app.services.library import crossref_updates
from evidence_app.services.library.crossref_updates import Asked, KeptAnswers, Updated
from evidence_app.services.lookup.comparing import Typed
from evidence_app.services.lookup.failures import NotRegistered, Unreachable
from evidence_app.storage import crossref_answers, references
from evidence_app.storage.crossref_answers import KeptAnswer
from evidence_app.storage.project import Project
from evidence_app.storage.references import Provenance

WORK = {
    "DOI": "10.1136/bmjopen-2018-000427", "type": "journal-article", "publisher": "BMJ",
    "title": ["Establishing a tele-clinic service for kidney transplant recipients through a "
              "patient-codesigned quality improvement project"],
    "container-title": ["BMJ Open Quality"], "volume": "8", "issue": "2",
    "issued": {"date-parts": [[2019, 5]]},
    "author": [{"family": "Udayaraj", "given": "UP"}, {"family": "Watson", "given": "O"},
               {"family": "Ben-Shlomo", "given": "Y"}, {"family": "Langdon", "given": "M"}],
}  # fmt: skip


class Register:
    """Knows these works, and can be unreachable."""

    def __init__(self, *works: dict[str, Any], reachable: bool = True) -> None:
        self.works_held = {work["DOI"].lower(): work for work in works}
        self.reachable = reachable
        self.asked: list[str] = []

    def work(self, doi: str) -> dict[str, Any]:
        self.asked.append(doi)
        if not self.reachable:
            raise Unreachable("There is no network. Nothing was changed.")
        if doi not in self.works_held:
            raise NotRegistered("Crossref does not know this DOI.")
        return self.works_held[doi]

    def works(self, dois: Sequence[str]) -> dict[str, dict[str, Any]]:
        self.asked.extend(dois)
        if not self.reachable:
            raise Unreachable("There is no network. Nothing was changed.")
        return {doi: self.works_held[doi] for doi in dois if doi in self.works_held}

    @contextmanager
    def watched(self, watch: Any) -> Iterator[None]:
        watch()
        yield


@pytest.fixture
def tele_clinic(sample_project: Project) -> Reference:
    with sample_project.reader() as reader:
        found = references.by_number(reader, 85)
    assert found is not None
    return found


def ask(reference: Reference, **more: Any) -> Asked:
    return crossref_updates.ask([reference], Register(WORK), **more)


def known_of(project: Project, reference: Reference) -> dict[str, Provenance]:
    with project.reader() as reader:
        return references.provenance(reader, reference.id)


def now_of(project: Project, reference: Reference) -> Reference:
    with project.reader() as reader:
        found = references.reference(reader, reference.id)
    assert found is not None
    return found


def test_a_reference_that_differs_says_in_which_fields(tele_clinic: Reference) -> None:
    (updated,) = ask(tele_clinic).updated
    assert updated.with_state({}) == "differs"
    fields = {one.field: one.kind for one in updated.outcome.fields}
    assert fields["title"] == "differs"
    assert fields["container-title"] == "richer"
    assert fields["publisher"] == "missing"


def test_references_without_a_doi_are_passed_over_and_named(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        every = references.all_references(reader)
    asked = crossref_updates.ask(every, Register())
    assert len(asked.passed_over) == 62
    assert {each.outcome.state for each in asked.updated} == {"not found"}
    assert len(asked.updated) == 48


def test_answers_are_kept_with_what_they_mean(sample_project: Project, tele_clinic: Reference) -> None:
    asked = ask(tele_clinic)
    sample_project.keep("cache_crossref", crossref_answers.rows_of(asked.kept))
    with sample_project.reader() as reader:
        kept = crossref_answers.answer(reader, str(tele_clinic.doi))
        line = references.lines(reader, [tele_clinic.id])[0]
    assert kept is not None
    assert kept.state == "differs"
    assert kept.work == WORK
    assert line.doi_state == "differs"


def test_what_is_kept_is_used_offline_and_not_asked_for_again(
    sample_project: Project, tele_clinic: Reference
) -> None:
    kept = ask(tele_clinic).kept
    register = Register(WORK)
    again = crossref_updates.ask([tele_clinic], register, kept)
    offline = crossref_updates.ask([tele_clinic], None, kept)
    assert register.asked == []
    assert again.kept == ()
    assert [each.outcome.state for each in offline.updated] == ["differs"]


def test_offline_without_an_answer_is_a_failure_with_a_reason(tele_clinic: Reference) -> None:
    (updated,) = crossref_updates.ask([tele_clinic], None).updated
    assert updated.outcome.state == "failed"
    assert "offline" in updated.outcome.reason


def test_no_network_leaves_every_reference_with_its_reason(tele_clinic: Reference) -> None:
    asked = crossref_updates.ask([tele_clinic], Register(reachable=False))
    assert asked.stopped
    assert asked.updated[0].outcome.state == "failed"
    assert "no network" in asked.updated[0].outcome.reason


def test_what_arrived_before_a_cancel_is_not_lost(tele_clinic: Reference) -> None:
    cache = KeptAnswers()

    def stop_when_one_is_there(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        crossref_updates.ask([tele_clinic], Register(WORK), cache, stop_when_one_is_there)
    (row,) = cache.rows_for([tele_clinic])
    assert row.state == "differs"


def test_choices_become_one_edit_with_where_it_came_from(
    sample_project: Project, tele_clinic: Reference
) -> None:
    found = ask(tele_clinic).updated[0].outcome
    edit = crossref_updates.edit_for(
        tele_clinic, found.theirs,
        {"title": "theirs", "publisher": "theirs", "container-title": "mine",
         "issued": Typed({"date-parts": [[2019, 6]]})},
        {}, doi=found.answer.doi,
    )  # fmt: skip
    assert edit.label == "Change 3 fields of Udayaraj 2019 from Crossref"
    sample_project.apply(edit)
    after = now_of(sample_project, tele_clinic)
    assert "codesigned" in after.title
    assert after.item["publisher"] == "BMJ"
    assert after.item["container-title"] == "BMJ Open Qual"
    assert after.item["issued"] == {"date-parts": [[2019, 6]]}
    known = known_of(sample_project, tele_clinic)
    assert (known["title"].origin, known["title"].source) == ("crossref", "10.1136/bmjopen-2018-000427")
    assert known["title"].at
    assert known["issued"].origin == "typed"
    sample_project.undo()
    assert now_of(sample_project, tele_clinic).item == tele_clinic.item
    assert known_of(sample_project, tele_clinic) == {}


def test_what_was_left_knowingly_differs_no_more_until_crossref_says_something_new(
    sample_project: Project, tele_clinic: Reference
) -> None:
    found = ask(tele_clinic).updated[0].outcome
    sample_project.apply(
        crossref_updates.edit_for(tele_clinic, found.theirs, {one.field: "mine" for one in found.fields}, {})
    )
    known = known_of(sample_project, tele_clinic)
    assert crossref_updates.open_differences(found, known) == []
    assert crossref_updates.state_of(found, known) == "found"
    renamed = {**WORK, "title": ["Another title altogether"]}
    later = crossref_updates.ask([tele_clinic], Register(renamed)).updated[0]
    assert [one.field for one in crossref_updates.open_differences(later.outcome, known)] == ["title"]
    assert later.with_state(known) == "differs"


def test_typed_and_taken_fields_of_a_checked_reference_raise_one_flag(
    sample_project: Project, tele_clinic: Reference
) -> None:
    from evidence_app.services.library.references import mark_checked

    sample_project.apply(mark_checked([tele_clinic], None))
    checked = now_of(sample_project, tele_clinic)
    found = ask(checked).updated[0].outcome
    choices: dict[str, Any] = {"title": "theirs", "volume": Typed("9")}
    sample_project.apply(crossref_updates.edit_for(checked, found.theirs, choices, {}))
    assert set(now_of(sample_project, checked).changed_since_check) == {"title", "volume"}


def test_the_batch_fills_empty_fields_only(sample_project: Project, tele_clinic: Reference) -> None:
    updated = ask(tele_clinic).updated
    fillings = crossref_updates.fillings(updated, {})
    assert {filling.difference.field for filling in fillings} == {"publisher"}
    sample_project.apply(crossref_updates.fill_empty(fillings, {}))
    after = now_of(sample_project, tele_clinic).item
    assert after == {**tele_clinic.item, "publisher": "BMJ"}


def test_nothing_chosen_is_no_edit(tele_clinic: Reference) -> None:
    assert not crossref_updates.edit_for(tele_clinic, {}, {}, {})
    assert not crossref_updates.fill_empty([], {})


def test_the_state_follows_when_a_reference_is_changed_by_hand(
    sample_project: Project, tele_clinic: Reference
) -> None:
    found = ask(tele_clinic)
    (kept,) = found.kept
    outcome = found.updated[0].outcome
    everything: dict[str, Any] = {one.field: "theirs" for one in outcome.fields}
    sample_project.keep("cache_crossref", crossref_answers.rows_of([kept]))
    sample_project.apply(crossref_updates.edit_for(tele_clinic, outcome.theirs, everything, {}))
    with sample_project.reader() as reader:
        touched = crossref_answers.touched_by_last_edit(reader)
    assert touched == [tele_clinic.id]
    now = now_of(sample_project, tele_clinic)
    (row,) = crossref_updates.restated([now], {kept.asked: kept}, {})
    assert row.state == "found"
    assert crossref_updates.restated([now], {row.asked: row}, {}) == []


def test_a_record_that_is_no_work_fails_with_the_reason_and_is_not_asked_again(
    tele_clinic: Reference,
) -> None:
    journal = {"DOI": str(tele_clinic.doi), "type": "journal", "title": ["BMJ Open Quality"]}
    asked = crossref_updates.ask([tele_clinic], Register(journal))
    assert asked.updated[0].outcome.state == "failed"
    assert "whole journal" in asked.updated[0].outcome.reason
    register = Register(journal)
    crossref_updates.ask([tele_clinic], register, asked.kept)
    assert register.asked == []


def test_a_kept_answer_can_be_told_from_its_row(tele_clinic: Reference) -> None:
    row = KeptAnswer(
        asked="10.1/a",
        doi="10.1/a",
        state="differs",
        reason="",
        fetched_at="2026-01-01T00:00:00+00:00",
        work=WORK,
    )
    assert crossref_updates.answer_of(row).state == "found"
    assert json.dumps(crossref_updates.kept_answer(crossref_updates.answer_of(row), "differs").work)
    assert Updated(tele_clinic, crossref_updates.outcome_of(tele_clinic, row)).with_state({}) == "differs"
