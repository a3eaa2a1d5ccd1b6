"""The words of queries as databases write them."""

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.screening.search_words import MOST, words_of_queries

OVID = """1. exp Patient Participation/
2. (co-produc* or coproduc* or "lived experience").ti,ab,kf.
3. involv$.mp.
4. 1 or 2 or 3
5. limit 4 to english language"""


def test_ovid_lines_give_headings_stems_and_phrases() -> None:
    assert words_of_queries([OVID]) == [
        "Patient Participation", "co-produc*", "coproduc*", "lived experience", "involv*"
    ]  # fmt: skip


def test_pubmed_and_ebsco_field_tags_are_left_out() -> None:
    pubmed = '("integrated care"[tiab] OR commissioning[Title/Abstract]) AND england[mh]'
    ebsco = 'TI ( commission* OR "priority setting" ) AND AB (user N3 involve*)'
    assert words_of_queries([pubmed, ebsco]) == [
        "integrated care", "commissioning", "england", "commission*", "priority setting", "user", "involve*"
    ]  # fmt: skip


def test_what_follows_not_is_left_out_up_to_the_next_and() -> None:
    query = 'TS=(commission* NEAR/3 "health service*") NOT TS=(animal* OR mice) AND TS=(participat*)'
    assert words_of_queries([query]) == ["commission*", "health service*", "participat*"]


def test_each_word_comes_once_and_not_too_many() -> None:
    query = " OR ".join(f"word{letter}{other}" for letter in "abcdefghij" for other in "abcdefghij")
    words = words_of_queries([query, query.upper()])
    assert len(words) == MOST
    assert len({word.casefold() for word in words}) == MOST


@given(st.text(max_size=300))
def test_any_text_gives_words_without_brackets_or_quotes(query: str) -> None:
    for word in words_of_queries([query]):
        assert word == word.strip()
        assert not set(word) & set('()"“”')
