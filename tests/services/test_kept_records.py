"""A record comes back word for word from what the project keeps of it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.formats.records import RawRecord
from evidence_app.services.kept_records import kept, read_back

WORDS = st.text(max_size=200)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6), WORDS, st.booleans())
def test_every_record_comes_back_as_it_was(tags: list[tuple[str, str]], rest: str, within: bool) -> None:
    text = "\n".join(f"{tag}  - {value}" for tag, value in tags) + rest if within else rest
    raw = RawRecord(tuple(tags), text, 7)
    assert read_back(kept(raw), 7) == raw


def test_a_long_value_is_written_once() -> None:
    abstract = "Long words. " * 100
    raw = RawRecord((("TI", "Short"), ("AB", abstract)), f"TI  - Short\nAB  - {abstract}", 1)
    assert json.loads(kept(raw))["tags"] == [["TI", "Short"], ["AB", 18, 18 + len(abstract)]]


def test_what_an_earlier_version_kept_is_read() -> None:
    assert read_back('{"tags": [["AB", "All of it"]], "text": "AB  - All of it"}').tags == (
        ("AB", "All of it"),
    )
