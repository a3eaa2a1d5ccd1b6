"""The adapter of pandoc: what it refuses, how it ends."""

import json

import pytest

from evidence_app.domain.errors import Cancelled
from evidence_app.services.publishing import pandoc
from evidence_app.services.publishing.errors import PublishingError

_EMPTY = json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": []})


def _heavy() -> str:
    word = {"t": "Str", "c": "word"}
    blocks = [{"t": "Para", "c": [word, {"t": "Space"}] * 400}] * 4000
    return json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})


def test_it_makes_what_is_asked() -> None:
    assert pandoc.run(["--from=json", "--to=plain"], _EMPTY) == b"\n"


def test_a_fault_is_told_in_one_sentence_without_a_traceback() -> None:
    with pytest.raises(PublishingError, match="nothing was written") as raised:
        pandoc.run(["--from=json", "--to=plain"], "{not json")
    assert "\n" not in str(raised.value)


def test_it_is_ended_when_its_time_is_up() -> None:
    with pytest.raises(PublishingError, match="given up"):
        pandoc.run(["--from=json", "--to=docx"], _heavy(), time_limit=0.2)


def test_it_is_ended_when_the_user_says_so() -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        pandoc.run(["--from=json", "--to=docx"], _heavy(), report=stop)


def test_the_sandbox_keeps_other_files_out() -> None:
    image = {"t": "Image", "c": [["", [], []], [], ["/etc/hostname", ""]]}
    block = {"t": "Para", "c": [image]}
    document = json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": [block]})
    made = pandoc.run(["--from=json", "--to=html", "--embed-resources", "--standalone"], document)
    assert b"base64" not in made
