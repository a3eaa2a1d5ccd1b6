from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.csl import CslItem
from evidence_app.services.lookup.comparing import (
    Choice,
    FieldDifference,
    Typed,
    differences,
    filled,
    merged,
    word_diff,
)


def date(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


def people(*names: str) -> list[dict[str, str]]:
    return [
        {"literal": name} if name == "et al." else {"family": name.split()[0], "given": name.split()[1]}
        for name in names
    ]


def only(mine: CslItem, theirs: CslItem) -> FieldDifference:
    [difference] = differences(mine, theirs)
    return difference


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("DOI", "10.5555/ABC", "10.5555/abc"),
        ("DOI", "https://doi.org/10.5555/ABC", "10.5555/abc"),
        ("title", "Sleep on the ward – a ‘survey’", 'Sleep on the ward: A "survey"'),
        ("title", "Coproduction at night", "Co-production at night"),
        ("page", "1008-12", "1008\u20131012"),
        ("page", "S31-9", "S31-S39"),
        ("page", "e14", "e14"),
        ("container-title", "The Journal of Care & Rest", "Journal of Care and Rest"),
        ("volume", "07", "7"),
        ("issued", date(2019, 4, 15), date(2019, 4)),
        ("language", "en-GB", "en"),
        ("ISSN", "1111-1119, 2222-222X", "2222-222x".upper()),
        ("URL", "https://example.org/a/", "http://www.example.org/a"),
        ("author", people("Müller A"), people("Muller A")),
    ],
)
def test_what_says_the_same_is_no_difference(field: str, mine: Any, theirs: Any) -> None:
    assert differences({field: mine}, {field: theirs}) == []


def test_what_they_do_not_say_is_no_difference() -> None:
    assert differences({"title": "Sleep", "note": "mine"}, {"title": "Sleep", "volume": ""}) == []


@pytest.mark.parametrize(
    ("field", "mine", "theirs", "kind", "note"),
    [
        ("author", people("Lee A", "et al."), people("Lee A", "Dee C", "Roe B"), "richer", "for 2 more"),
        ("author", people("Lee A", "Dee C"), people("Lee Ann", "Dee Cy"), "richer", "given names in full"),
        ("author", people("Lee Ann"), people("Lee A"), "poorer", "only initials"),
        ("author", people("Lee A", "Dee C"), people("Lee A", "et al."), "poorer", "et al."),
        ("author", people("Lee A"), people("Lee B"), "differs", ""),
        ("author", people("Lee A", "Dee C"), people("Dee C", "Lee A"), "differs", ""),
        ("container-title", "BMC Health Serv Res", "BMC Health Services Research", "richer", "same journal"),
        ("container-title", "BMJ", "British Medical Journal", "richer", "same journal, abbreviated"),
        ("container-title", "BMJ Open", "BMJ Open Quality", "differs", ""),
        ("title", "Sleep", "Sleep: a survey", "richer", "subtitle"),
        ("title", "SLEEP ON THE WARD", "Sleep on the ward", "richer", "capitals"),
        ("title", "Fear of E. coli", "Fear of <i>E. coli</i>", "richer", "italics"),
        ("issued", date(2019), date(2019, 4), "richer", "month"),
        ("issued", date(2018), date(2019), "differs", ""),
        ("page", "45", "45-58", "richer", "last page"),
        ("volume", "18", "8", "differs", ""),
        ("ISSN", "1111-1119", "1111-1119, 2222-222X", "richer", "more"),
        ("type", "report", "book", "differs", ""),
    ],
)  # fmt: skip
def test_how_a_field_differs(field: str, mine: Any, theirs: Any, kind: str, note: str) -> None:
    difference = only({field: mine}, {field: theirs})
    assert difference.kind == kind
    assert note in difference.note
    assert difference.better == ("theirs" if kind in {"richer", "missing"} else "mine")


def test_a_title_marked_as_retracted_is_the_same_title() -> None:
    difference = only({"title": "Ten short naps"}, {"title": "RETRACTED: Ten short naps"})
    assert (difference.kind, difference.better) == ("variant", "mine")
    assert "retracted" in difference.note


def test_the_year_online_is_told_apart_from_a_wrong_year() -> None:
    theirs = {"issued": date(2017, 4), "published-print": date(2017, 4), "published-online": date(2016, 6)}
    found = {one.field: one for one in differences({"issued": date(2016)}, theirs)}
    assert found["issued"].kind == "variant"
    assert "online" in found["issued"].note
    assert found["published-online"].kind == "missing"


def test_an_article_number_held_as_the_page_is_not_missing() -> None:
    assert differences({"page": "e14"}, {"page": "e14", "article-number": "e14"}) == []
    assert differences({"page": "228"}, {"page": "1-9", "article-number": "228"}) == []


def test_differences_come_in_the_order_of_a_reference() -> None:
    theirs = {"publisher": "P", "volume": "1", "title": "T", "author": people("Lee A")}
    assert [one.field for one in differences({}, theirs)] == ["title", "author", "volume", "publisher"]


def test_filling_touches_empty_fields_only() -> None:
    mine = {"title": "Mine", "volume": "", "issue": "2"}
    theirs = {"title": "Theirs", "volume": "7", "issue": "3", "issued": date(2019)}
    assert filled(mine, theirs) == {"title": "Mine", "volume": "7", "issue": "2", "issued": date(2019)}
    assert mine == {"title": "Mine", "volume": "", "issue": "2"}


def test_choices_make_the_result() -> None:
    mine = {"title": "Mine", "volume": "1", "issue": "2", "page": "9"}
    theirs = {"title": "Theirs", "volume": "7", "issue": "3"}
    choices: dict[str, Choice] = {"title": "theirs", "volume": "mine", "issue": Typed("4"), "page": Typed("")}
    assert merged(mine, theirs, choices) == {"title": "Theirs", "volume": "1", "issue": "4"}


def test_values_are_shown_as_typed() -> None:
    difference = only({"author": people("Lee A")}, {"author": people("Lee Ann", "Roe B")})
    assert (difference.mine_text, difference.theirs_text) == ("Lee, A", "Lee, Ann; Roe, B")
    assert [segment.side for segment in difference.segments] == ["both", "mine", "theirs"]
    assert only({"issued": date(2018)}, {"issued": date(2019, 4)}).theirs_text == "2019-04"


def test_words_that_differ_are_marked() -> None:
    segments = [(one.side, one.text) for one in word_diff("Sleep on a ward", "Sleep on the night ward")]
    assert segments == [
        ("both", "Sleep on "), ("mine", "a"), ("theirs", "the night"), ("both", " ward"),
    ]  # fmt: skip


def test_a_mark_is_one_word() -> None:
    segments = [(one.side, one.text) for one in word_diff("E. coli", "<i>E. coli</i>")]
    assert segments == [("theirs", "<i>"), ("both", "E. coli"), ("theirs", "</i>")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_segments_hold_both_texts_whole(a: str, b: str) -> None:
    segments = word_diff(a, b)
    assert "".join(one.text for one in segments if one.side != "theirs") == a
    assert "".join(one.text for one in segments if one.side != "mine") == b


ITEMS = st.dictionaries(
    st.sampled_from(["title", "volume", "page", "container-title", "DOI", "publisher"]), st.text(max_size=8)
)


@given(ITEMS, ITEMS)
def test_an_item_filled_once_has_nothing_left_to_fill(mine: CslItem, theirs: CslItem) -> None:
    once = filled(mine, theirs)
    assert filled(once, theirs) == once
    assert all(once[name] == value for name, value in mine.items() if value)
    assert not any(one.kind == "missing" for one in differences(once, theirs))


@given(ITEMS)
def test_an_item_does_not_differ_from_itself(item: CslItem) -> None:
    assert differences(item, dict(item)) == []
