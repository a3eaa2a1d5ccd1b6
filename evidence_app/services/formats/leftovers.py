"""What a format has no field for travels as note lines `csl.variable: value`, so that nothing is lost.

A writer renders a record, reads it back with the format's own reader, and adds one line for every
variable that came back different: the round trip is exact by construction."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, VARIABLES, CslItem

_LINE = re.compile(r"^csl\.([A-Za-z_-]+):(?: (.*))?$", re.DOTALL)
_SPAN = re.compile(r"</?span\b[^>]*>", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_STRUCTURED = frozenset((*NAME_VARIABLES, *ALL_DATES, "custom"))
_KNOWN = frozenset((*VARIABLES, "type"))


def written(item: CslItem) -> CslItem:
    """Return the item as formats can hold it: text without control characters, numbers as text."""
    kept = {
        name: value if name in _STRUCTURED else _text(value)
        for name, value in item.items()
        if name not in {"id", "citation-number"} and value not in (None, "", [], {})
    }
    kept.setdefault("type", "document")
    return {name: value for name, value in kept.items() if value != ""}


def shown(item: CslItem) -> CslItem:
    """Return the item as other programs should see it: without the `<span>` marks only CSL engines know."""
    return {
        name: _SPAN.sub("", value) if isinstance(value, str) and "<span" in value else value
        for name, value in item.items()
    }


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return _FORBIDDEN.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool | int | float):
        return str(value)
    return value


def lossless(
    item: CslItem, render: Callable[[Sequence[str]], str], read: Callable[[str], CslItem | None]
) -> str:
    """Return the record as text that `read` gives back exactly; `render` takes the note lines to add."""
    text = render(())
    lines = differences(item, read(text) or {})
    return render(lines) if lines else text


def differences(item: CslItem, back: CslItem) -> list[str]:
    """Return a line for each variable that differs; a bare `csl.variable:` means it has no value."""
    lines = [_line(name, value, back.get(name)) for name, value in item.items() if back.get(name) != value]
    lines += [f"csl.{name}:" for name in back if name not in item and name != "id"]
    return lines


def _line(name: str, value: Any, back: Any) -> str:
    """A text that only lost its line breaks gets a line that says where they were."""
    if isinstance(value, str) and isinstance(back, str) and value.replace("\n", " ") == back:
        places = " ".join(str(at) for at, letter in enumerate(value) if letter == "\n")
        return f"csl.breaks: {name} {places}"
    return line_of(name, value)


def line_of(name: str, value: Any) -> str:
    """Return the note line of one variable: plain text, or JSON where plain text would not come back."""
    plain = isinstance(value, str) and not re.search(r"^[\s\"\[{]|\s$|\s\s|[^\S ]", value)
    return f"csl.{name}: {value if plain else json.dumps(value, ensure_ascii=True)}"


def restore(item: CslItem, line: str) -> bool:
    """Apply one note line to the item; False where the line is an ordinary note."""
    found = _LINE.match(line.strip()) if line.lstrip().startswith("csl.") else None
    if found and found[1] == "breaks":
        return _break(item, (found[2] or "").split())
    if not found or found[1] not in _KNOWN:
        return False
    value = _value(found[2] or "")
    if value == "":
        item.pop(found[1], None)
    else:
        item[found[1]] = value
    return True


def _break(item: CslItem, words: Sequence[str]) -> bool:
    if not words or words[0] not in _KNOWN or not all(place.isdecimal() for place in words[1:]):
        return False
    text = item.get(words[0])
    if isinstance(text, str):
        letters = list(text)
        for place in map(int, words[1:]):
            if place < len(letters) and letters[place] == " ":
                letters[place] = "\n"
        item[words[0]] = "".join(letters)
    return True


def _value(text: str) -> Any:
    if text[:1] in '"[{':
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
