"""A record as the project keeps it word for word: its text, and its tags in order.

A long value that stands in the text is not written twice: `["AB", 210, 1480]` is its place there, from the
first letter to behind the last."""

import json
from typing import Any, Final

from evidence_app.services.formats.records import RawRecord

_LONG: Final = 80
_JSON: Final = json.JSONEncoder(ensure_ascii=False)


def kept(raw: RawRecord) -> str:
    """Return the JSON that keeps a record: `tags` in order and the `text`."""
    tags = [tag if len(tag[1]) < _LONG else _placed(*tag, raw.text) for tag in raw.tags]
    return _JSON.encode({"tags": tags, "text": raw.text})


def _placed(tag: str, value: str, text: str) -> tuple[Any, ...]:
    start = text.find(value)
    return (tag, start, start + len(value)) if start >= 0 else (tag, value)


def read_back(kept_as: str, line: int = 0) -> RawRecord:
    """Return a record from what `kept` wrote, or an earlier version, which wrote every value out."""
    found = json.loads(kept_as)
    text = str(found["text"])
    tags = tuple(
        (str(tag), str(rest[0]) if len(rest) == 1 else text[int(rest[0]) : int(rest[1])])
        for tag, *rest in found["tags"]
    )
    return RawRecord(tags, text, line)
