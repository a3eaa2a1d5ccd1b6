"""Numbers the review states."""

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.review import NumberState, StatedNumber
from tests.doubles import contents_of, found_by


def stated(
    key: str, value: int | None, state: NumberState, basis: str = "p. 3", derived: int | None = None
) -> StatedNumber:
    return StatedNumber(key=key, label=key.title(), value=value, state=state, basis=basis, derived=derived)


def review(*numbers: StatedNumber) -> ReviewContents:
    return contents_of(numbers=numbers)


TYPED, DERIVED = NumberState.TYPED, NumberState.DERIVED


def test_a_typed_number_that_is_not_the_count_is_an_error() -> None:
    contents = review(
        stated("reports", 1847, TYPED, derived=46),
        stated("studies", 42, TYPED, derived=42),
        stated("books", 3, TYPED),
    )
    (result,) = found_by("number-differs", contents)
    assert result.subject == "number:reports"
    assert result.message == "Reports: 1,847 is stated, 46 is counted."


def test_a_number_says_where_it_comes_from() -> None:
    contents = review(
        stated("a", 1, TYPED, basis=" "),
        stated("b", 1, NumberState.INFERRED, basis=""),
        stated("c", 1, TYPED),
        stated("d", 1, DERIVED, basis=""),
        stated("e", None, NumberState.NOT_REPORTED, basis=""),
    )
    assert [r.subject for r in found_by("number-without-basis", contents)] == ["number:a", "number:b"]


def test_a_number_and_its_state_agree() -> None:
    contents = review(
        stated("a", 4, NumberState.NOT_REPORTED),
        stated("b", None, TYPED),
        stated("c", None, NumberState.NOT_REPORTED),
        stated("d", None, DERIVED, derived=3),
        stated("e", 3, DERIVED),
    )
    assert [r.subject for r in found_by("number-contradicts-state", contents)] == ["number:a", "number:b"]
