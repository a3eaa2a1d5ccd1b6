"""Retractions, concerns and corrections of cited works."""

import pytest

from evidence_app.domain.contents import ReviewContents, Update
from evidence_app.domain.reference import ReferenceId
from tests.doubles import a_reference, contents_of, found_by


def updated(*kinds: str, work: int = 1001, **rest: str) -> ReviewContents:
    updates = tuple(Update(reference=ReferenceId(work), kind=kind, **rest) for kind in kinds)
    return contents_of(a_reference(1, DOI="10.1000/a"), a_reference(2, DOI="10.1000/b"), updates=updates)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("retraction", "retracted"),
        ("partial_retraction", "retracted"),
        ("withdrawal", "retracted"),
        ("removal", "retracted"),
        ("expression_of_concern", "of-concern"),
        ("correction", "corrected"),
        ("erratum", "corrected"),
        ("Corrigendum", "corrected"),
    ],
)
def test_each_kind_of_notice_has_its_rule(kind: str, rule: str) -> None:
    found = {name: found_by(name, updated(kind)) for name in ("retracted", "of-concern", "corrected")}
    assert [name for name, results in found.items() if results] == [rule]
    assert found[rule][0].references == (1001,)


def test_a_new_version_is_no_fault() -> None:
    for rule in ("retracted", "of-concern", "corrected"):
        assert not found_by(rule, updated("new_version"))


def test_the_same_notice_from_two_sources_is_one_result_that_names_both() -> None:
    notices = tuple(
        Update(
            reference=ReferenceId(1001),
            kind="retraction",
            source=source,
            date="2024-05-01T00:00:00Z",
            doi="10.1000/n",
        )
        for source in ("publisher", "retraction-watch")
    )
    contents = contents_of(a_reference(1), updates=notices)
    (result,) = found_by("retracted", contents)
    assert "the publisher 2024-05-01 10.1000/n; Retraction Watch 2024-05-01 10.1000/n" in result.message


def test_a_retracted_work_that_is_no_part_of_the_review_is_left_alone() -> None:
    outside = a_reference(None, DOI="10.1000/a")
    notice = Update(reference=outside.id, kind="retraction")
    assert not found_by("retracted", contents_of(a_reference(1), outside, updates=(notice,)))


def test_works_never_asked_for_are_counted_once() -> None:
    references = (a_reference(1, DOI="10.1000/a"), a_reference(2, DOI="10.1000/b"), a_reference(3))
    (result,) = found_by("retraction-never-checked", contents_of(*references))
    assert result.references == (1001, 1002)
    assert result.subject == "review"
    asked = {1001: "2024-01-01T00:00:00Z", 1002: "2024-01-01T00:00:00Z"}
    assert not found_by("retraction-never-checked", contents_of(*references, checked_at=asked))
