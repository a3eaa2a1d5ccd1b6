"""A query is looked through as it was run: what is wrong is said in words, and nothing is corrected."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.services.searches import field_tags
from evidence_app.services.searches.problems import problems
from evidence_app.services.searches.query_problem import QueryProblem
from evidence_app.services.searches.strategy import Syntax, read_strategy, syntax_of

OVID = """1\texp Community Participation/\t51240
2\t(co-produc* or coproduct* or co-design*).ti,ab.\t9871
3\t(service user* or lived experience) adj3 (involv* or engag*)).ti,ab.\t3406
4\t1 or 2 or 3\t61902
5\t(commission* or tender*).ti,ab.\t58115
6\t4 and 5 and 12\t834
7\tlimit 6 to yr="2008 - 2023"\t834"""


def found(query: str, syntax: Syntax) -> list[tuple[int, str, str]]:
    lines = read_strategy(query)
    text = {line.number: line.text for line in lines}
    return [
        (each.line, text[each.line][each.start : each.end], each.words) for each in problems(lines, syntax)
    ]


def test_a_search_history_keeps_its_numbers_and_hits() -> None:
    lines = read_strategy(OVID)
    assert [line.number for line in lines] == list(range(1, 8))
    assert [line.hits for line in lines] == [51240, 9871, 3406, 61902, 58115, 834, 834]
    assert lines[0].text == "exp Community Participation/"


def test_a_line_without_a_number_continues_the_one_before() -> None:
    lines = read_strategy("1. (a or b\nor c).ti. (1,204)\n2. d.ti. (7)")
    assert [(line.text, line.hits) for line in lines] == [("(a or b or c).ti.", 1204), ("d.ti.", 7)]


def test_words_that_begin_with_a_number_are_no_history() -> None:
    assert [line.text for line in read_strategy("5 year plan and commissioning")] == [
        "5 year plan and commissioning"
    ]


def test_ovid_points_at_the_bracket_and_at_the_line_that_is_not_there() -> None:
    assert found(OVID, Syntax.OVID) == [
        (3, ")", "closes a bracket that was never opened."),
        (6, "12", "names line 12; this query has 7 lines."),
    ]


@pytest.mark.parametrize(
    ("query", "where", "says"),
    [
        ("(a or b.ti.", "(", "opens a bracket"),
        ("(a or b).ti,q1.", "q1", "no field tag of Ovid"),
        ("(a or b).ti,ab", ".ti,ab", "without a dot"),
        ('"a or b.ti.', '"', "quotation mark"),
        ("a.ti.\nor/1-3", "3", "names line 3; this query has 2 lines"),
        ("a.ti.\n1 or 2", "2", "names itself"),
        ("1 or 2\na.ti.", "2", "comes after it"),
    ],
)
def test_ovid(query: str, where: str, says: str) -> None:
    assert [(place, says in words) for _, place, words in found(query, Syntax.OVID)][-1] == (where, True)


@pytest.mark.parametrize(
    "query",
    [
        "exp *Health Services/ or (co-production adj3 (health or care)).mp.",
        "(service user* or carer*).ti,ab,kw.\nlimit 1 to (english language and yr=\"2008 -Current\")",
        "(12 month* or 3 year*).tw.\nremove duplicates from 1",
        "or/1-2\n",
    ],
)  # fmt: skip
def test_sound_ovid_lines_are_left_in_peace(query: str) -> None:
    lines = [line for line in read_strategy(query) if not line.text.startswith("or/")]
    assert problems(lines, Syntax.OVID) == ()


def test_pubmed_points_at_tags_lower_case_and_short_stems() -> None:
    query = "1. diabetes[tiab]\n2. insulin[xx] and foo[mh:noexp]\n3. #1 AND #5\n4. in*[tiab]"
    assert found(query, Syntax.PUBMED) == [
        (2, "[xx]", "has “[xx]”, which is no field tag of PubMed that we know."),
        (2, "and", "has “and” in lower case, which PubMed does not take for an operator."),
        (3, "#5", "names line 5; this query has 4 lines."),
        (4, "in*", "cuts a word off after fewer than four letters, which PubMed does not search."),
    ]


def test_sound_pubmed_is_left_in_peace() -> None:
    query = (
        '("co-production"[tiab:~2] OR coproduc*[Title/Abstract] OR "health and care"[ti]) '
        'AND "Community Participation"[Mesh:NoExp] AND 2008:2023[dp] NOT letter[Publication Type]'
    )
    assert found(query, Syntax.PUBMED) == []


def test_ebsco_and_web_of_science() -> None:
    ebsco = found('S1\tTI (co-produc* N3 "x") and XQ ("y")\t3\nS2\tS1 AND S9\t0', Syntax.EBSCO)
    assert [(line, place) for line, place, _ in ebsco] == [(1, "and"), (1, "XQ"), (2, "S9")]
    science = found("TS=(a NEAR/20 bcd) AND XY=(q)\nTS=(fo*)\n#1 AND #9", Syntax.WEB_OF_SCIENCE)
    assert [(line, place) for line, place, _ in science] == [(1, "XY"), (2, "fo*"), (3, "#9")]
    distance = found("TS=(alpha NEAR/20 bcd)", Syntax.WEB_OF_SCIENCE)
    assert "above 15" in distance[0][2]


def test_operators_that_are_read_in_any_case_are_no_grave_problem() -> None:
    lines = read_strategy("TS=(alpha and beta)")
    (found_one,) = problems(lines, Syntax.WEB_OF_SCIENCE)
    assert not found_one.grave


@pytest.mark.parametrize(
    ("query", "syntax", "grave"),
    [("a[xx]", Syntax.PUBMED, True), ("a.q1.", Syntax.OVID, False), ('XQ ("y")', Syntax.EBSCO, False),
     ("XY=(alpha)", Syntax.WEB_OF_SCIENCE, False)],
)  # fmt: skip
def test_only_pubmed_publishes_all_its_tags_so_elsewhere_an_unknown_one_is_a_doubt(
    query: str, syntax: Syntax, grave: bool
) -> None:
    (only,) = problems(read_strategy(query), syntax)
    assert only.grave is grave
    assert ("look it up" in only.words) is not grave


def test_the_tags_that_the_guides_name_are_known() -> None:
    pubmed = (
        "ad aid all au cn rn edat filter 1au fau fir gr ir ip ta la lastau lid mhda majr sh mh jid ot owner "
        "pg ps pa pl dp pt si sb nm tw ti tiab tt pmid vi"
    )
    ovid = (
        "as ab af au fa ax rn xh cm cp dp do dt ep ed fs nt no in is es il ip jn sb jw kw kf lg la lm lh de "
        "dw nm jc nj nw pg pn pa pi pt ro rd sa si sl sm st hw so tw ti ui an up"
    )
    science = (
        "ab la ad all ai ak au cf ci cu do ed fg fo ft gp is kp og oo pmid ps py sa sg so su ti ts ut wc zp "
        "fd dop ld publ fpy eay sdg tmac tmso tmic"
    )
    assert set(pubmed.split()) <= field_tags.PUBMED
    assert set(ovid.split()) <= field_tags.OVID
    assert set(science.split()) <= field_tags.WEB_OF_SCIENCE
    assert {"ti", "ab", "mh", "mm", "su", "so", "yc"} <= field_tags.EBSCO


@pytest.mark.parametrize(
    ("name", "platform", "syntax"),
    [
        ("MEDLINE", "Ovid", Syntax.OVID), ("PubMed", "", Syntax.PUBMED),
        ("CINAHL", "EBSCOhost", Syntax.EBSCO),
        ("Web of Science", "Clarivate", Syntax.WEB_OF_SCIENCE), ("Public Health", "ProQuest", Syntax.OTHER),
    ],
)  # fmt: skip
def test_the_platform_says_whose_syntax_it_is(name: str, platform: str, syntax: Syntax) -> None:
    assert syntax_of(name, platform) is syntax


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200), st.sampled_from(Syntax))
def test_any_text_is_read_without_complaint_and_problems_lie_inside_their_line(
    text: str, syntax: Syntax
) -> None:
    lines = read_strategy(text)
    lengths = {line.number: len(line.text) for line in lines}
    for each in problems(lines, syntax):
        assert isinstance(each, QueryProblem)
        assert 0 <= each.start < each.end <= lengths[each.line]


@given(st.text(alphabet="ab(*). \n", max_size=80))
def test_no_word_of_a_query_is_lost(text: str) -> None:
    assert " ".join(line.text for line in read_strategy(text)).split() == text.split()
