"""Authors as they are compared, however a database writes or cuts the list."""

import pytest

from evidence_app.domain.names import Name, parse_names
from evidence_app.services.deduplication.people import authors_of, is_cut, same_author, shared


def _one(text: str) -> tuple[Name, ...]:
    return parse_names(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Berg, Anna Maria", "Berg AM"),
        ("van der Berg, Anna", "Berg, A."),
        ("Sjöström, Åke", "Sjostrom A"),
        ("García Márquez, José", "Garcia-Marquez J"),
        ("Zhou, Xiangdong", "Xiangdong, Zhou"),
        ("Sjöstrand, B", "Sjostrnd B"),
    ],
)
def test_one_person_is_known_under_many_spellings(one: str, other: str) -> None:
    (mine,), (theirs,) = authors_of(_one(one)), authors_of(_one(other))
    assert same_author(mine, theirs)
    assert same_author(theirs, mine)


@pytest.mark.parametrize(("one", "other"), [("Zhang, Y.", "Zhang, L."), ("Berg, Anna", "Burke, Anna")])
def test_two_people_are_told_apart(one: str, other: str) -> None:
    (mine,), (theirs,) = authors_of(_one(one)), authors_of(_one(other))
    assert not same_author(mine, theirs)


@pytest.mark.parametrize("kept", [1, 3, 6, 10])
def test_a_list_cut_short_is_all_found_in_the_full_one(kept: int) -> None:
    full = authors_of([Name(family=f"Name{chr(97 + at) * 3}", given="A") for at in range(12)])
    assert shared(full[:kept], full) == kept


def test_nobody_and_et_al_are_no_authors() -> None:
    names = [Name(literal="Anonymous"), Name(literal="et al."), Name(family="Berg", given="A")]
    assert [author.family for author in authors_of(names)] == ["berg"]
    assert is_cut(names)


def test_a_registration_number_in_the_place_of_an_author_is_none() -> None:
    assert authors_of([Name(literal="NCT01234567")]) == ()


def test_names_that_an_import_left_in_one_are_parted() -> None:
    names = [Name(family="Zhou", given="Xiang and Lan"), Name(literal="Jian and Zhang, Ting")]
    assert [author.family for author in authors_of(names)] == ["zhou", "lan", "zhang"]
