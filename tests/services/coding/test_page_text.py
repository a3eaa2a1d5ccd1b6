"""The text of pages is frozen as one text, and each of its characters is found again among PDFium's."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.coding.page_text import LINE_HYPHEN, Sign, frozen_text, page_signs, places

LETTERS = st.lists(
    st.sampled_from([*"abA -\n\r.", "é", "e", "\u0301", "委", "😀", "", LINE_HYPHEN]), max_size=60
)


def test_pages_follow_each_other_with_line_ends_made_equal() -> None:
    found = frozen_text([list("One\r\ntwo"), list("Three")])
    assert found.text == "One\ntwo\nThree\n"
    assert found.starts == (0, 8)


def test_a_broken_word_is_joined_as_the_rest_writes_it() -> None:
    pages = [list(f"The co{LINE_HYPHEN}production was effi{LINE_HYPHEN}cient."), list("Any co-production.")]
    assert frozen_text(pages).text.startswith("The co-production was efficient.")


def test_a_scan_has_no_text() -> None:
    found = frozen_text([[], list(" \r\n")])
    assert (found.text, found.starts) == ("", (0, 0))


def test_accents_melt_into_their_letters() -> None:
    assert page_signs(["e", "\u0301", "x"]) == [Sign("é", 0), Sign("x", 2)]


@given(st.lists(LETTERS, min_size=1, max_size=3))
def test_every_character_is_found_again(pages: list[list[str]]) -> None:
    found = frozen_text(pages)
    if not found.text:
        return
    assert unicodedata.is_normalized("NFC", found.text)
    ends = (*found.starts[1:], len(found.text))
    for letters, start, end in zip(pages, found.starts, ends, strict=True):
        frozen = found.text[start:end]
        where = places(frozen, page_signs(letters))
        assert len(where) == len(frozen)
        known = [at for at in where if at >= 0]
        assert known == sorted(known)


def test_another_reading_of_a_page_keeps_what_agrees() -> None:
    letters = list("Money came late")
    assert places("Money  came late\n", page_signs(letters))[7:11] == [6, 7, 8, 9]
