"""Lists in sentences."""

import pytest

from evidence_app.domain.wording import in_words


@pytest.mark.parametrize(
    ("parts", "said"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_a_list_is_said_with_commas_and_one_and(parts: tuple[str, ...], said: str) -> None:
    assert in_words(parts) == said
