"""Moments of the project file are told in words."""

import pytest

from evidence_app.ui.moments import day_of, moment_of, told_by


@pytest.mark.parametrize(
    ("stored", "day"),
    [("2024-05-03T12:00:00", "3 May 2024"), ("2024-05-03", "3 May 2024"), ("last spring", "last spring"),
     ("", "")],
)  # fmt: skip
def test_a_day_is_told_and_what_is_none_stands_as_it_is(stored: str, day: str) -> None:
    assert day_of(stored) == day
    assert moment_of(stored).startswith(day)


def test_who_and_when_as_far_as_they_are_known() -> None:
    assert told_by("Ada", "2024-05-03T12:00:00") == "Ada, 3 May 2024"
    assert told_by("", "2024-05-03T12:00:00") == "3 May 2024"
    assert told_by("Ada", "") == "Ada"
