"""Reading what another program may have written: what makes no sense is missing here, and kept there."""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

Member = TypeVar("Member", bound=StrEnum)

_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no file in UTF-8 can hold; JSON can name them."""


def list_in(text: str | None) -> list[Any]:
    """Return the JSON list a text holds, or an empty one."""
    found = parsed(text)
    return found if isinstance(found, list) else []


def dict_in(text: str | None) -> dict[str, Any]:
    """Return the JSON object a text holds, or an empty one."""
    found = parsed(text)
    return found if isinstance(found, dict) else {}


def parsed(text: Any) -> Any:
    """Return what a JSON text says, or None where it is no JSON or there is none."""
    if not isinstance(text, str) or not text:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _whole(found) if "\\ud" in text or "\\uD" in text else found


def whole_text(text: str) -> str:
    """Return a text that can be stored: halves of characters become the sign for what cannot be read."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def stored(value: Any) -> Any:
    """Return a value as SQLite takes it: any text in UTF-8, all else as it is."""
    return whole_text(value) if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, list):
        return [_whole(each) for each in value]
    if isinstance(value, dict):
        return {whole_text(key): _whole(each) for key, each in value.items()}
    return value


def texts_in(value: Mapping[Any, Any]) -> dict[str, str]:
    """Return an object with every value as text; what is missing is left out."""
    return {str(key): str(each) for key, each in value.items() if each is not None}


def names_in(text: str | None) -> list[dict[str, Any]]:
    """Return the CSL names a text holds; what is no name is left out."""
    return [_name(name) for name in list_in(text) if isinstance(name, dict) and name]


def _name(name: dict[str, Any]) -> dict[str, Any]:
    return {part: said if isinstance(said, str | bool) else str(said) for part, said in name.items() if said}


def date_in(text: str | None) -> dict[str, Any] | None:
    """Return the CSL date a text holds, without parts that are no numbers; None where there is none."""
    date = dict_in(text)
    ends = date.get("date-parts")
    if "date-parts" in date:
        kept = [end for end in map(_end, ends if isinstance(ends, list) else []) if end]
        date = {name: said for name, said in date.items() if name != "date-parts"}
        if kept:
            date["date-parts"] = kept
    return date or None


def _end(parts: Any) -> list[Any]:
    """Return the year, month and day of one end, as far as they are numbers in order."""
    kept: list[Any] = []
    for part in (parts if isinstance(parts, list) else [])[:3]:
        if not re.fullmatch(r"-?\d{1,6}", str(part).strip()):
            break
        kept.append(part)
    return kept


def member(kind: type[Member], said: Any, otherwise: Member) -> Member:
    """Return the member of a kind that a text names, or this one where it names none."""
    try:
        return kind(said)
    except ValueError:
        return otherwise
