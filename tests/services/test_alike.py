"""How alike texts are, and which runs of words they share."""

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.alike import is_alike, ratio, ratio_in_any_order, ratio_of_shared, runs

WORDS = st.lists(st.sampled_from(["long", "walk", "home", " ", "and"]), max_size=12)


def test_texts_are_measured_from_nothing_to_all() -> None:
    assert ratio("walking", "walking") == 1
    assert ratio("abc", "xyz") == 0
    assert is_alike("tumour", "tumor", 0.9)
    assert not is_alike("tumour", "humour", 0.95)


def test_the_order_of_words_and_words_left_out_may_not_count() -> None:
    assert ratio_in_any_order("walking home", "home walking") == 1
    assert ratio_of_shared("walking home", "walking home after a stroke") == 1
    assert ratio_in_any_order("walking home", "walking home after a stroke") < 1


@given(WORDS, WORDS)
def test_runs_lead_from_one_text_to_the_other(one: list[str], other: list[str]) -> None:
    found = list(runs(one, other))
    assert [word for _, start, end, _, _ in found for word in one[start:end]] == one
    assert [word for _, _, _, start, end in found for word in other[start:end]] == other
    assert all(one[a:b] == other[c:d] for stays, a, b, c, d in found if stays)


def test_long_texts_are_compared_in_no_time_worth_speaking_of() -> None:
    one = [f"word{at % 97}" for at in range(4_000)]
    stays = sum(
        end - start for same, start, end, _, _ in runs(one, [*one[:2_000], "new", *one[2_000:]]) if same
    )
    assert stays == 4_000
