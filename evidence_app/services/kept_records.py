"""A record as the project keeps it word for word: its text, and its tags in order.

A long value that stands in the text is not written twice: `["AB", 210, 1480]` is its place there, from the
first letter to behind the last."""

import json
from json.encoder import encode_basestring
from typing import Final

from evidence_app.services.formats.records import RawRecord

_LONG: Final = 80


def kept(raw: RawRecord) -> str:
    """Return the JSON that keeps a record: `tags` in order and the `text`."""
    quoted, text = encode_basestring, raw.text
    tags = ", ".join([f"[{quoted(tag)}, {_said(value, text)}]" for tag, value in raw.tags])
    return f'{{"tags": [{tags}], "text": {quoted(text)}}}'


def _said(value: str, text: str) -> str:
    start = text.find(value) if len(value) >= _LONG else -1
    return f"{start}, {start + len(value)}" if start >= 0 else encode_basestring(value)


def read_back(kept_as: str, line: int = 0) -> RawRecord:
    """Return a record from what `kept` wrote, or an earlier version, which wrote every value out."""
    found = json.loads(kept_as)
    text = str(found["text"])
    tags = tuple(
        (str(tag), str(rest[0]) if len(rest) == 1 else text[int(rest[0]) : int(rest[1])])
        for tag, *rest in found["tags"]
    )
    return RawRecord(tags, text, line)
