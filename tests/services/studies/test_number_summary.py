"""Numbers of a field come to a sum and a median, and are counted in even ranges where they are many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.studies.number_summary import (
    number_in,
    plain_number,
    range_name,
    ranges,
    summary,
)


def test_numbers_are_summed() -> None:
    found = summary([12.0, 900.0, 45.0, 8.0])
    assert found is not None
    assert found.told == "sum 965, median 28.5, 8 to 900"
    assert summary([]) is None


@pytest.mark.parametrize(
    ("text", "number"), [("1 200", 1200.0), ("0,5", 0.5), ("-3", -3.0), ("many", None), ("inf", None)]
)
def test_a_number_is_read_from_a_value(text: str, number: float | None) -> None:
    assert number_in(text) == number


def test_few_numbers_need_no_ranges() -> None:
    assert ranges([1, 2, 3, 3, 3, 4, 5, 6]) == []


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 2)), min_size=7, unique=True))
def test_every_number_lies_in_one_of_at_most_seven_ranges(values: list[float]) -> None:
    found = ranges(values)
    assert len(found) <= 8
    for value in values:
        assert sum(low <= value < high for low, high in found) == 1


def test_ranges_are_named_as_they_are_read() -> None:
    assert range_name(50, 100, whole=True) == "50 to 99"
    assert range_name(0.5, 1.0, whole=False) == "0.5 to under 1"
    assert plain_number(1234.5) == "1,234.5"
