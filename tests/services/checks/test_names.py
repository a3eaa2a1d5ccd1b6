"""People and bodies."""

from typing import Any

import pytest

from evidence_app.domain.names import parse_names
from evidence_app.domain.reference import Reference
from tests.doubles import a_reference, contents_of, found_by


def by(number: int, authors: str, included: bool | None = None, **item: Any) -> Reference:
    return a_reference(number, included, author=[name.to_csl() for name in parse_names(authors)], **item)


def told(*references: Reference) -> list[tuple[int, ...]]:
    return [result.references for result in found_by("one-name-several", contents_of(*references))]


def test_initials_on_works_that_nothing_connects_are_doubted() -> None:
    assert told(
        by(1, "Russell C, McKnight J", title="The connected community", publisher="Berrett"),
        by(2, "Boelman V, Russell C", title="Together we can", publisher="Young"),
    ) == [(1001, 1002)]


@pytest.mark.parametrize(
    "other",
    [
        by(2, "Russell C, McKnight J", title="Together"),
        by(2, "Russell C, Boelman V", title="Together", publisher="Berrett"),
        by(2, "Russell C", title="Neighbourhoods and community"),
        by(2, "Russell, Cormac", title="Together"),
        by(2, "Russell CD", title="Together"),
        by(2, "Russell C", title="Together", DOI="10.1000/b"),
    ],
    ids=["another author", "publisher", "subject", "name in full", "other initials", "both can be looked up"],
)
def test_works_that_something_connects_are_left_alone(other: Reference) -> None:
    first = by(
        1, "Russell C, McKnight J", title="The connected community", publisher="Berrett", DOI="10.1000/a"
    )
    assert told(first, other) == []


def test_works_connected_through_a_third_are_one_group() -> None:
    assert (
        told(
            by(1, "Boyle D, Harris M", title="The challenge", publisher="Nesta"),
            by(2, "Boyle D, Slay J", title="Inside out", publisher="Nesta"),
            by(3, "Boyle D, Slay J", title="Right here"),
        )
        == []
    )


def test_an_office_several_countries_have_is_doubted() -> None:
    health: dict[str, Any] = {"author": [{"literal": "Department of Health"}]}
    assert told(a_reference(1, **health), a_reference(2, **health)) == [(1001, 1002)]
    assert told(a_reference(1, **health)) == []


@pytest.mark.parametrize(
    "body", ["NHS England", "The Health Foundation", "Scottish Government", "Co-production Collective"]
)
def test_a_body_of_one_place_is_left_alone(body: str) -> None:
    author: dict[str, Any] = {"author": [{"literal": body}]}
    assert told(a_reference(1, title="One", **author), a_reference(2, title="Two", **author)) == []


def test_only_included_reports_need_all_their_authors() -> None:
    contents = contents_of(
        by(1, "Patterson S, Weaver T, et al.", True),
        by(2, "Patterson S, et al.", False),
        by(3, "Patterson S", True),
    )
    (result,) = found_by("authors-incomplete", contents)
    assert result.references == (1001,)
    assert "lists 2 authors" in result.message


def test_family_names_in_capitals_are_told() -> None:
    contents = contents_of(
        a_reference(1, author=[{"family": "SMITH", "given": "J"}]),
        a_reference(2, author=[{"family": "Smith", "given": "J"}]),
        a_reference(3, author=[{"literal": "NICE"}]),
        a_reference(4, author=[{"family": "NG", "given": "A"}]),
        a_reference(5, editor=[{"family": "O'BRIEN", "given": "J"}]),
    )
    assert [r.references for r in found_by("name-in-capitals", contents)] == [(1001,), (1005,)]


def test_stand_ins_digits_and_addresses_are_no_names() -> None:
    contents = contents_of(
        a_reference(1, author=[{"literal": "Anonymous"}]),
        a_reference(2, author=[{"family": "Smith1", "given": "J"}]),
        a_reference(3, author=[{"family": "Smith", "given": "j@example.org"}]),
        a_reference(4, author=[{"literal": "[No author]"}]),
        a_reference(5, author=[{"literal": "2020 Health"}]),
        a_reference(6, author=[{"family": "None", "given": "Ada"}]),
        a_reference(7, author=[{"literal": "et al."}]),
    )
    assert [r.references for r in found_by("not-a-name", contents)] == [(1001,), (1002,), (1003,), (1004,)]
