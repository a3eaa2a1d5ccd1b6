"""Words that a page broke into lines, read as the sentence they are."""

import re
from typing import Final

_EAST_ASIAN: Final = (
    "\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
"""Chinese and Japanese letters and stops (Unicode blocks), which are set without blanks; Korean has them."""
_LETTER: Final = re.compile(f"[{_EAST_ASIAN}]")
_BROKEN: Final = re.compile(
    rf"(?<=[{_EAST_ASIAN}])[^\S\n]*\n\s*(?=[{_EAST_ASIAN}“‘”’])|(?<=[“‘”’])[^\S\n]*\n\s*(?=[{_EAST_ASIAN}])"
)


def is_east_asian(letter: str) -> bool:
    """Return whether a letter or stop is set without blanks beside its like."""
    return _LETTER.match(letter) is not None


def one_line(text: str) -> str:
    """Return words on one line: a blank for each break, none where Chinese or Japanese goes on."""
    return " ".join(_BROKEN.sub("", text).split())
