"""Days are typed as people write them, and shown so that they can be typed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.searches.days import read_days, shown_days


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("17 March 2023", "2023-03-17", "2023-03-17"),
        ("16–17 March 2023", "2023-03-16", "2023-03-17"),
        ("16-17 March 2023", "2023-03-16", "2023-03-17"),
        ("16 March to 2 April 2023", "2023-03-16", "2023-04-02"),
        ("28 Dec 2022 – 3 Jan 2023", "2022-12-28", "2023-01-03"),
        ("2023-03-16/2023-03-17", "2023-03-16", "2023-03-17"),
        ("17/3/2023", "2023-03-17", "2023-03-17"),
        ("March 2023", "2023-03", "2023-03"),
        ("", "", ""),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, first: str, last: str) -> None:
    assert read_days(typed) == (first, last)


@pytest.mark.parametrize("typed", ["soon", "2 April 2023 to 16 March 2023", "31 February 2023"])
def test_what_is_no_day_is_refused_in_words(typed: str) -> None:
    with pytest.raises(EvidenceError, match="left as it was"):
        read_days(typed)


@given(st.dates(), st.integers(0, 900))
def test_what_is_shown_can_be_typed_again(first: object, later: int) -> None:
    from datetime import date, timedelta

    assert isinstance(first, date)
    last = first + timedelta(days=later) if first.year < 9990 else first
    if first.year < 1000:
        return
    days = (first.isoformat(), last.isoformat())
    assert read_days(shown_days(*days)) == days
    assert read_days(shown_days(*days, short=True)) == days
