"""The search language: how texts are read, and which references answer them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.contents import ReviewContents, Update
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Text
from evidence_app.domain.query import (
    FIELDS,
    And,
    FieldKind,
    Has,
    Missing,
    Node,
    Not,
    Or,
    Range,
    Term,
    field_named,
    parse_query,
    suggestions,
    words,
)
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.domain.review import Review
from evidence_app.domain.synthesis import Theme, ThemeKind
from tests.query_oracle import ReferenceView, matches, reference_view

PIECES = st.sampled_from(
    [
        "(",
        ")",
        '"',
        "“",
        "-",
        "--",
        "*",
        ":",
        "AND",
        "OR",
        "NOT",
        " ",
        "  ",
        "\n",
        "year:",
        "title:",
        "foo:",
        "set:in",
        "set:x",
        "2010..2019",
        ">2015",
        "..",
        "missing",
        "co-production",
        "委托",
        "Øvretveit",
        "10.1000/x",
        "http://",
        "'",
    ]
)


def root(text: str) -> object:
    return parse_query(text).root


def test_words_are_joined_by_and() -> None:
    assert root("collective voice ") == And((Term(None, "collective"), Term(None, "voice")))


def test_or_binds_weaker_than_and() -> None:
    assert root("a b OR c ") == Or((And((Term(None, "a"), Term(None, "b"))), Term(None, "c")))


def test_brackets_nest() -> None:
    assert root("(a OR (b c)) d ") == And(
        (Or((Term(None, "a"), And((Term(None, "b"), Term(None, "c"))))), Term(None, "d"))
    )


def test_operators_are_words_in_lower_case() -> None:
    assert root("health and care ") == And((Term(None, "health"), Term(None, "and"), Term(None, "care")))


@pytest.mark.parametrize("text", ["-voice ", "NOT voice "])
def test_not_and_minus_turn_the_next_part_round(text: str) -> None:
    assert root(text) == Not(Term(None, "voice"))


def test_a_hyphen_inside_a_word_is_no_minus() -> None:
    assert root("co-production ") == Term(None, "co-production")


def test_two_minuses_are_none() -> None:
    assert root("--a NOT -b ") == And((Term(None, "a"), Term(None, "b")))


def test_the_example_of_the_handbook_is_read_whole() -> None:
    query = parse_query('author:loeffler year:2010..2019 set:included theme:"collective voice" doi:missing')
    assert not query.problems
    assert query.root == And(
        (
            Term("author", "loeffler"),
            Range("year", 2010, 2019),
            Term("set", "included"),
            Term("theme", "collective voice", phrase=True),
            Missing("doi"),
        )
    )


def test_a_field_goes_with_a_whole_bracket() -> None:
    assert root("theme:(power OR trust)") == Or((Term("theme", "power"), Term("theme", "trust")))


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("year:2019", Range("year", 2019, 2019)),
        ("year:2019..", Range("year", 2019, None)),
        ("year:..2019", Range("year", None, 2019)),
        ("year:2010-2012", Range("year", 2010, 2012)),
        ("year:2019..2010", Range("year", 2010, 2019)),
        ("year:>2010", Range("year", 2011, None)),
        ("year:<=2010", Range("year", None, 2010)),
        ("number:55..60", Range("number", 55, 60)),
        ("date: 2019", Range("year", 2019, 2019)),
    ],
)
def test_numbers_are_read_as_ranges(text: str, range_: Range) -> None:
    assert root(text) == range_


def test_missing_and_any_ask_for_the_field_itself_unless_quoted() -> None:
    assert root("abstract:missing") == Missing("abstract")
    assert root("updates:any") == Has("updates")
    assert root('title:"missing"') == Term("title", "missing", phrase=True)


def test_choices_are_recognised_by_their_beginning() -> None:
    assert root("set:incl") == Term("set", "included")
    assert root("type:article-j") == Term("type", "article-journal")
    assert root("type:paper") == Term("type", "paper-conference")


def test_a_star_and_the_word_being_typed_stand_for_any_ending() -> None:
    assert root("commission* x ") == And((Term(None, "commission", prefix=True), Term(None, "x")))
    assert root("commission") == Term(None, "commission", prefix=True)
    assert root("commission ") == Term(None, "commission")
    assert root('"co commission"*') == Term(None, "co commission", phrase=True, prefix=True)


def test_an_unknown_field_is_a_problem_with_the_nearest_known_one() -> None:
    query = parse_query("voice auhtor:smith ")
    (problem,) = query.problems
    assert "author" in problem.message
    assert query.text[problem.start : problem.end] == "auhtor:"
    assert query.root == And((Term(None, "voice"), Term(None, "auhtor"), Term(None, "smith")))


@pytest.mark.parametrize("text", ["year:soon a ", "set:winners a ", "cited:perhaps a "])
def test_an_impossible_value_is_a_problem_and_is_left_out(text: str) -> None:
    query = parse_query(text)
    assert len(query.problems) == 1
    assert query.root == Term(None, "a")


@pytest.mark.parametrize(
    "text", ["year:", "set:", "title:", "-", "(", '"', "a OR", "NOT", "year:2010..", "doi:"]
)
def test_an_unfinished_query_is_no_problem(text: str) -> None:
    assert parse_query(text).problems == ()


@pytest.mark.parametrize("text", ["Rayyan: a web app ", "https://example.org/a ", "it's 5:3 "])
def test_a_pasted_title_or_address_is_no_field(text: str) -> None:
    assert parse_query(text).problems == ()


def test_a_pasted_doi_address_asks_for_the_doi() -> None:
    assert root("https://doi.org/10.1000/abc ") == Term("doi", "10.1000/abc")


def test_depth_and_length_exhaust_nothing() -> None:
    for text in ("(" * 5000, "-" * 5000 + "a", "NOT " * 5000 + "a", '"' * 5001, "(a OR " * 5000, "a:" * 5000):
        parse_query(text)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_any_text_can_be_read_and_asked(text: str) -> None:
    query = parse_query(text)
    matches(query, ReferenceView({"title": "Co-production"}, {"year": (2010,)}))
    assert all(0 <= problem.start <= problem.end <= len(text) for problem in query.problems)


@settings(deadline=None)
@given(st.text(), st.integers(-3, 40))
def test_completion_replaces_what_stands_before_the_cursor(text: str, cursor: int) -> None:
    for offered in suggestions(text, cursor):
        assert 0 <= offered.start <= offered.end <= len(text)


def test_completion_offers_fields_then_their_values() -> None:
    assert [each.text for each in suggestions("power ti", 8)] == ["title:"]
    assert [(each.text, each.start, each.end) for each in suggestions("set:in", 6)] == [("included", 4, 6)]
    assert [each.text for each in suggestions("cited:", 6)] == ["yes", "no"]
    assert len(suggestions("", 0)) == len(FIELDS)


def test_completion_offers_the_names_that_the_review_gives() -> None:
    known = {"theme": ["The collective voice", "Trust"], "tag": ["key paper"]}
    assert [each.text for each in suggestions("theme:", 6, known)] == [
        '"The collective voice"', '"Trust"', "missing", "any",
    ]  # fmt: skip
    for typed in ("theme:coll", 'power theme:"coll', "topic:THE", 'theme:"the c'):
        offered = suggestions(typed, len(typed), known)[0]
        taken = typed[: offered.start] + offered.text
        assert taken.endswith(':"The collective voice"')
        assert parse_query(taken).problems == ()
    assert suggestions("tag:zz", 6, known) == []


def test_every_completed_choice_is_read_back() -> None:
    for field in FIELDS:
        for choice in field.choices:
            assert parse_query(f"{field.name}:{choice} ").root == Term(field.name, choice)


def test_field_names_are_told_apart() -> None:
    names = [name for field in FIELDS for name in (field.name, *field.also)]
    assert len(names) == len(set(names))
    assert all(field_named(name.upper()) for name in names)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Co-production: an NHS view", ["co", "production", "an", "nhs", "view"]),
        ("Øvretveit & Müller's Straße", ["ovretveit", "muller", "s", "strasse"]),
        ("委托 2019年", ["委", "托", "2019", "年"]),
        ("", []),
    ],
)
def test_words_are_folded_and_cjk_characters_stand_alone(text: str, found: list[str]) -> None:
    assert words(text) == found


VIEW = ReferenceView(
    {
        "title": "Whose voices? 共同委托 in primary care",
        "author": "Øvretveit J\nMcEvoy, Rachel",
        "doi": "10.1000/abc.2019",
        "theme": "Collective voice",
    },
    {"year": (2019,), "number": (57,), "set": ("included", "bibliography"), "cited": ("yes",)},
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "voices ",
        "voic",
        "voic* ",
        "VOICES ovretveit ",
        '"primary care"',
        "委托",
        "author:mcevoy",
        "year:2019",
        "year:2010..",
        "number:55..60",
        "set:included",
        "set:bibliography",
        "cited:yes",
        "abstract:missing",
        "doi:any",
        "doi:10.1000/ABC",
        "-abstract:any",
        "x OR voices",
        'theme:"collective voice"',
        "updates:missing",
        "(x OR (care NOT y))",
        "10.1000/abc",
        "primary-care ",
    ],
)
def test_the_reference_answers(text: str) -> None:
    assert matches(parse_query(text), VIEW)


@pytest.mark.parametrize(
    "text",
    [
        "voic ",
        '"care primary"',
        "collective ",
        "year:..2018",
        "set:background",
        "cited:no",
        "doi:missing",
        "-voices ",
        "title:mcevoy",
        "托委",
        "x OR y ",
        "updates:any",
        "abstract:voices",
        '"voices care"',
        "number:<57",
    ],
)
def test_the_reference_does_not_answer(text: str) -> None:
    assert not matches(parse_query(text), VIEW)


def test_a_word_of_a_theme_is_not_found_without_naming_the_field() -> None:
    assert {field.name for field in FIELDS if field.everywhere} == {
        "title",
        "author",
        "abstract",
        "journal",
        "note",
        "tag",
    }


def test_a_phrase_stands_in_one_field() -> None:
    assert not matches(parse_query('"care ovretveit"'), VIEW)


NODES = st.recursive(
    st.sampled_from(
        [Term(None, "voices"), Term("title", "x"), Missing("abstract"), Range("year", 2020, None)]
    ),
    lambda inner: st.one_of(
        inner.map(Not),
        st.tuples(inner, inner).map(And),
        st.tuples(inner, inner).map(Or),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(NODES, NODES)
def test_de_morgan_holds(left: Node, right: Node) -> None:
    assert matches(Not(And((left, right))), VIEW) == matches(Or((Not(left), Not(right))), VIEW)


def test_terms_to_mark_leave_out_what_is_behind_not() -> None:
    query = parse_query("a (b OR -c) NOT d ")
    assert [term.value for term in query.terms()] == ["a", "b"]


def test_a_view_of_the_contents_holds_every_field() -> None:
    theme = Theme(id=1, guid="t1", name="Power", kind=ThemeKind.ANALYTIC)
    topic = Theme(id=2, guid="t2", name="Collective voice", kind=ThemeKind.TOPIC, parents=(1,))
    one = Reference(
        id=ReferenceId(9),
        guid="r",
        number=4,
        included=True,
        checked_at="2024-01-01",
        item={
            "type": "report",
            "title": "Our <i>voice</i>",
            "original-title": "我们",
            "publisher": "Nesta",
            "author": [{"family": "Berg", "non-dropping-particle": "van der", "given": "J"}],
            "issued": {"date-parts": [[2019]]},
            "DOI": "10.1000/x",
            "keyword": "power",
        },
    )
    block = Block(
        guid="b",
        section=1,
        theme=2,
        runs=(Text("People speak"), AnchorPlace("a")),
        anchors=(Anchor("a", Role.EVIDENCE, (Cited(ReferenceId(9)),)),),
    )
    contents = ReviewContents(
        review=Review(title="R"),
        references=(one,),
        themes=(theme, topic),
        blocks=(block,),
        updates=(Update(reference=ReferenceId(9), kind="partial_retraction"),),
    )
    view = reference_view(contents, one, tags=("urgent",), notes=("read again",))
    for text in (
        '"our voice"',
        "我们",
        "van der berg ",
        "nesta ",
        "year:2019",
        "number:4",
        "set:included",
        "type:report",
        "theme:power",
        "theme:collective",
        "manuscript:speak",
        "role:evidence",
        "updates:retraction",
        "cited:yes",
        "checked:yes",
        "tag:urgent",
        "tag:power",
        "note:again",
        "doi:10.1000/x",
        "url:missing",
        "set:bibliography",
    ):
        assert matches(parse_query(text), view), text
    assert {field.name for field in FIELDS if field.kind is FieldKind.TEXT} == set(view.texts)
    assert {field.name for field in FIELDS if field.kind is not FieldKind.TEXT} == set(view.other)
