"""Sentences are told apart in English and Chinese, with abbreviations, headings and quotations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.coding.sentences import next_sentence, sentence_at, sentence_before

TEXT = """Findings
Money (e.g. grants) arrived late, i.e. in March. “We felt unheard.” Dr. Smith said so
in 3.5 interviews! What next?

A new paragraph without a stop
委托服务需要时间。“我们没有被听到。”第二句话在这里！"""
SENTENCES = [
    "Findings", "Money (e.g. grants) arrived late, i.e. in March.", "“We felt unheard.”",
    "Dr. Smith said so\nin 3.5 interviews!", "What next?",
    "A new paragraph without a stop\n委托服务需要时间。",
    "“我们没有被听到。”", "第二句话在这里！",
]  # fmt: skip


def in_order(text: str) -> list[str]:
    found, at = [], 0
    while (span := next_sentence(text, at)) is not None:
        found.append(text[slice(*span)])
        assert span[1] > at
        at = span[1]
    return found


def test_a_text_falls_into_its_sentences() -> None:
    assert in_order(TEXT) == SENTENCES


@pytest.mark.parametrize("words", SENTENCES)
def test_any_place_lies_in_its_sentence(words: str) -> None:
    start = TEXT.index(words)
    for at in range(start, start + len(words)):
        assert TEXT[slice(*sentence_at(TEXT, at))] == words


def test_one_goes_back_as_well() -> None:
    found, at = [], len(TEXT)
    while (span := sentence_before(TEXT, at)) is not None:
        found.append(TEXT[slice(*span)])
        at = span[0]
    assert found == SENTENCES[::-1]


@given(st.text(alphabet="aB .\n。“”!", max_size=80))
def test_going_on_ends_and_takes_every_letter(text: str) -> None:
    found = in_order(text)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_headings_of_a_report_stand_alone_and_wrapped_lines_do_not() -> None:
    text = (
        "KEYWORDS\ncommissioning, care\n\n1.1 | Commissioning\nIn the United Kingdom care is paid for by "
        "taxes.\nThe review was done with the\nNHS England teams in two\nregions."
    )
    assert in_order(text) == [
        "KEYWORDS", "commissioning, care", "1.1 | Commissioning",
        "In the United Kingdom care is paid for by taxes.",
        "The review was done with the\nNHS England teams in two\nregions.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "mark", ["^{89,91,93}", "⁸⁴", "⁵⁵⁻⁸⁶", "^{61,\n71}", "[12]", " [3–5, 8]", "89,91,93", "7", "12–15"]
)
def test_numbers_of_references_stay_with_their_sentence(mark: str) -> None:
    first, second = f"Trust was fragile.{mark}", "It took time.\n"
    assert in_order(f"{first} {second}") == [first, second.strip()]
    assert in_order(f"“Trust went.”{mark} {second}") == [f"“Trust went.”{mark}", second.strip()]


@pytest.mark.parametrize(
    "whole",
    ["See Fig. 3 for this.", "It grew by 3.5 in all.", "As in sect. 7.2 The rest", "Smith et al.⁵ Said so."],
)
def test_a_number_behind_another_stop_ends_no_sentence(whole: str) -> None:
    assert in_order(whole) == [whole]


def test_each_line_of_a_list_stands_alone() -> None:
    text = (
        "It needs the following:\n1. Fewer forms.⁵\n2. Money paid\nquarterly.\n"
        "People asked for:\n• rest\n• a say in rotas\nThis took time.^{7}\n3.2 | Leading the way\n"
        "The second theme is about those who lead the way for others in their wards."
    )
    assert in_order(text) == [
        "It needs the following:", "1. Fewer forms.⁵", "2. Money paid\nquarterly.", "People asked for:",
        "• rest", "• a say in rotas\nThis took time.^{7}", "3.2 | Leading the way",
        "The second theme is about those who lead the way for others in their wards.",
    ]  # fmt: skip


def test_chinese_headings_stand_alone_too_and_wrapped_lines_do_not() -> None:
    text = (
        "研究结果\n资金与时间\n短期资金使合作难以持续。管理者希望尽快看到成果，但社区需要\n更多时间。\n领导与关系\n"
        "支持性的领导者愿意倾听并承担风险。"
    )
    assert in_order(text) == [
        "研究结果", "资金与时间", "短期资金使合作难以持续。",
        "管理者希望尽快看到成果，但社区需要\n更多时间。",
        "领导与关系", "支持性的领导者愿意倾听并承担风险。",
    ]  # fmt: skip
