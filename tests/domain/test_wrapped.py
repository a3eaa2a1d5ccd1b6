"""Words a page broke into lines are read as the sentence they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.wrapped import one_line


@pytest.mark.parametrize(
    ("broken", "read"),
    [
        ("Trust was\nlost for  good.", "Trust was lost for good."),
        ("征求意见的时间太\n晚了。“他\n们来的时候", "征求意见的时间太晚了。“他们来的时候"),
        ("认为，\n征求", "认为，征求"),
        ("好\n了。”\n一位", "好了。”一位"),
        ("2021\n年 (n = 48)\n支持", "2021 年 (n = 48) 支持"),
        ("信任 需要", "信任 需要"),
        ("신뢰가\n중요하다", "신뢰가 중요하다"),
        ("He said “no”\nand left", "He said “no” and left"),
        ("", ""),
    ],
)
def test_breaks_are_blanks_but_between_letters_set_without(broken: str, read: str) -> None:
    assert one_line(broken) == read


@given(st.text("ab 信任。“”\n\t"))
def test_letters_stay_and_no_break_is_left(text: str) -> None:
    assert "".join(one_line(text).split()) == "".join(text.split())
    assert "\n" not in one_line(text)
    assert one_line(one_line(text)) == one_line(text)
