"""Pace and time left, as the screen says them."""

import pytest

from evidence_app.services.screening.pace import left_words, pace_words, per_minute, seconds_of


def test_the_pace_is_that_of_the_last_decisions() -> None:
    slow = [60.0 * at for at in range(200)]
    fast = [slow[-1] + 10 * at for at in range(1, 61)]
    assert per_minute(slow + fast) == pytest.approx(6)


def test_a_pause_is_not_work() -> None:
    before = [20.0 * at for at in range(10)]
    after = [10_000 + 20.0 * at for at in range(10)]
    assert per_minute(before + after) == pytest.approx(3)


def test_a_few_decisions_are_no_pace() -> None:
    assert per_minute([1.0, 2.0, 3.0]) is None
    assert left_words(100, None) == "The pace is known after a few decisions"


@pytest.mark.parametrize(
    ("number", "pace", "words"),
    [
        (721, 3.1, "About 3 h 55 min left at this pace"), (10, 3.1, "About 3 min left at this pace"),
        (1, 3.1, "Less than a minute left at this pace"), (0, 3.1, "Nothing is left here"),
        (20_000, 5.0, "About 67 h left at this pace"), (237, 2.0, "About 2 h left at this pace"),
    ],
)  # fmt: skip
def test_time_left_is_said_as_somebody_would_say_it(number: int, pace: float, words: str) -> None:
    assert left_words(number, pace) == words


def test_pace_in_words() -> None:
    assert [pace_words(pace) for pace in (None, 3.14, 12.6)] == ["", "3.1 a minute", "13 a minute"]


def test_moments_are_read_with_and_without_a_zone() -> None:
    assert seconds_of("2024-03-01T10:00:00+00:00") == seconds_of("2024-03-01T10:00:00")
    assert seconds_of("yesterday") is None
