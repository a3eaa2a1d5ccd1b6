"""What is read of a record: paragraphs with their headings, authors, place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.names import names_of
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.ui.screening.record_text import authors_of, language_name, paragraphs, text_of


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("BACKGROUND: One. METHODS: Two. RESULTS: Three.", ["Background.", "Methods.", "Results."]),
        ("Background. One.\nMethods. Two.", ["Background.", "Methods."]),
        (
            "Objective: One thing. Methods: Another. Conclusions: Done.",
            ["Objective.", "Methods.", "Conclusions."],
        ),
        ("MATERIALS AND METHODS: We looked.", ["Materials and methods."]),
        ("The method: it is new. Results were good.", [""]),
        ("England: a study.", [""]),
    ],
)
def test_structured_abstracts_are_broken_at_their_headings(text: str, headings: list[str]) -> None:
    assert [each.heading for each in paragraphs(text)] == headings


@given(st.text(max_size=400))
def test_no_letter_of_an_abstract_is_lost(text: str) -> None:
    def letters(words: str) -> str:
        return "".join(letter for letter in words.casefold() if letter.isalnum() and letter.isascii())

    kept = "".join(f"{each.heading}{each.text}" for each in paragraphs(text.replace("<", "")))
    assert letters(kept) == letters(text.replace("<", ""))


@pytest.mark.parametrize(
    "text",
    ["背景：五个城镇。方法：访谈。结果：不尽相同。", "【背景】五个城镇。【方法】访谈。【结果】不尽相同。"],
)
def test_a_chinese_abstract_in_one_line_is_broken_at_its_headings(text: str) -> None:
    assert [(each.heading, each.text) for each in paragraphs(text)] == [
        ("背景：", "五个城镇。"), ("方法：", "访谈。"), ("结果：", "不尽相同。"),
    ]  # fmt: skip


def test_many_authors_are_counted() -> None:
    names = names_of([{"family": f"Berg{number}", "given": "Anna Maria"} for number in range(15)])
    assert authors_of(names).startswith("Berg0 AM, Berg1 AM")
    assert authors_of(names).endswith("and 3 more")
    assert authors_of(()) == "No authors"


def test_place_and_languages() -> None:
    item = {
        "type": "article-journal", "title": "On <i>walking</i>", "container-title": "Gait", "volume": "9",
        "issue": "2", "page": "1-9", "issued": {"date-parts": [[2019]]}, "original-title": "步行",
    }  # fmt: skip
    text = text_of(Reference(id=ReferenceId(1), guid="g", item=item))
    assert (text.title, text.container, text.has_original) == ("On walking", "Gait  2019; 9(2): 1-9", True)
    codes = ("zh-CN", "chi", "de", "ger", "xx", "")
    names = ["中文", "中文", "Deutsch", "Deutsch", "Original", "Original"]
    assert [language_name(code) for code in codes] == names
