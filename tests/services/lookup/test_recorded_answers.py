"""The recorded Crossref answers, if beside the checkout: cleaned, looked up, their faults replayed."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.csl import NAME_VARIABLES, TYPES, VARIABLES
from evidence_app.services.lookup.cleaning import NotAReference, csl_from_crossref, refusal
from evidence_app.services.lookup.crossref import Crossref
from evidence_app.services.lookup.failures import CrossrefError, NotRegistered, Refused, Unavailable
from evidence_app.services.lookup.updating import Answer, look_up, outcome
from tests.crossref_server import CrossrefServer, works_in

Work = dict[str, Any]


def recorded_works() -> Path:
    for folder in Path(__file__).resolve().parents:
        candidate = folder.parent / "shared" / "data" / "crossref"
        if candidate.is_dir():
            return candidate
    pytest.skip("the recorded Crossref answers are not beside this checkout")


def test_every_recorded_work_is_cleaned_or_refused() -> None:
    folder = recorded_works()
    files = sorted(folder.glob("crossref/works*/*.json"))
    assert len(files) > 1000
    cleaned = 0
    for file in files:
        work = json.loads(file.read_text(encoding="utf-8"))["body"]["message"]
        try:
            item = csl_from_crossref(work)
        except NotAReference:
            continue
        cleaned += 1
        assert item["type"] in TYPES, file.name
        assert set(item) <= {*VARIABLES, "type", "id"}, file.name
        assert all(isinstance(item[name], list) for name in NAME_VARIABLES if name in item), file.name
        for name in ("title", "container-title", "publisher"):
            text = item.get(name, "")
            assert text == " ".join(text.split()), file.name
            assert not any(left in text for left in ("&amp;", "<mml:", "<jats:", "\x80")), file.name
    assert cleaned > 1200


def quirk_rows() -> dict[str, list[Work]]:
    folder = recorded_works()
    with (folder / "quirk_examples.csv").open(encoding="utf-8") as file:
        return {
            row["quirk"]: [
                json.loads((folder / name).read_text(encoding="utf-8"))["body"]["message"]
                for name in row["examples"].split()
            ]
            for row in csv.DictReader(file)
        }


def test_recorded_quirks_come_out_right() -> None:
    rows = quirk_rows()
    cleaned = {
        quirk: [csl_from_crossref(work) for work in works if not refusal(work)]
        for quirk, works in rows.items()
    }

    def titles(quirk: str) -> list[str]:
        return [item.get("title", "") for item in cleaned[quirk]]

    assert any("<i>" in title for title in titles("title: inline tags <i>,<sub>,<b>.."))
    assert not any("mml" in title or "  " in title for title in titles("title: MathML"))
    assert not any(re.search(r"&#?\w+;", title) for title in titles("title: HTML entity still escaped"))
    assert not any("nbsp" in title for title in titles("title: double-escaped"))
    assert not any("\n" in title or "  " in title for title in titles("title: newline / runs of spaces"))
    assert all(title.isupper() or title.upper() != title for title in titles("title: ALL CAPS"))
    assert cleaned["title: empty array / missing"] == []
    assert all(not title.endswith(":") for title in titles("subtitle present"))
    assert all(
        len(set(title.split(": "))) == len(title.split(": ")) for title in titles("subtitle duplicates title")
    )
    names = [str(name) for item in cleaned["mojibake / control chars"] for name in item.get("author", [])]
    assert not any("Ã" in name or "â" in name for name in names)
    assert all("literal" in item["author"][0] for item in cleaned["author: collective name only"])
    for item in cleaned["author: collective mixed with people"]:
        assert {"literal" in name for name in item["author"]} == {True, False}
    assert all(any("suffix" in name for name in item["author"]) for item in cleaned["author: suffix"])
    for item in cleaned["author: ALL CAPS"]:
        assert not any(
            name.get("family", "x").isupper() and len(name["family"]) > 2 for name in item["author"]
        )
    for quirk in ("author: no author key", "author: only editor(s)"):
        assert not any("author" in item for item in cleaned[quirk])
    for work in rows["issued [[null]]"]:
        if not refusal(work) and not any(work.get(name) for name in ("published-print", "published-online")):
            assert "issued" not in csl_from_crossref(work) or work.get("approved")
    for item in cleaned["print year != online year"]:
        assert item["published-print"] != item["published-online"]
    for item in cleaned["article-number, no page"]:
        assert item["page"] == item["article-number"]
    assert all(item["container-title"] for item in cleaned["container-title: several"])
    for quirk in ("abstract JATS with sections", "abstract JATS plain", "abstract not JATS (raw text/HTML)"):
        for item in cleaned[quirk]:
            assert item["abstract"], quirk
            assert "<jats" not in item["abstract"], quirk
            assert "<p>" not in item["abstract"], quirk
    assert any("\n\n" in item["abstract"] for item in cleaned["abstract JATS with sections"])
    assert cleaned["type other/journal/issue/component (not citable)"] == []
    assert cleaned["update-to: retraction"] == []
    assert all(item["genre"] == "Preprint" for item in cleaned["posted-content subtype preprint"])


class Forgetful:
    """A cache that keeps nothing."""

    def get(self, _doi: str, /) -> Answer | None:
        return None

    def put(self, _answer: Answer, /) -> None:
        """Keep nothing."""


def test_every_recorded_work_can_be_looked_up() -> None:
    works = works_in(recorded_works() / "crossref" / "works")
    now = [0.0]
    with CrossrefServer(works) as server:
        client = Crossref(
            server.url, clock=lambda: now[0], wait=lambda seconds: now.append(now.pop() + seconds)
        )
        result = look_up([str(work["DOI"]) for work in works], client, Forgetful())
        client.close()
    assert {answer.state for answer in result.answers.values()} == {"found"}
    states = [outcome({}, answer).state for answer in result.answers.values()]
    assert states.count("found") > 1200
    assert set(states) == {"found", "failed"}


def test_recorded_faults_are_told_in_words() -> None:
    folder = recorded_works() / "crossref" / "http"
    faults = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("[345]0*.json"))]
    assert len(faults) > 20
    now = [0.0]
    expected = {400: Refused, 404: NotRegistered, 500: Unavailable, 504: Unavailable}
    with CrossrefServer() as server:
        client = Crossref(
            server.url, clock=lambda: now[0], wait=lambda seconds: now.append(now.pop() + seconds)
        )
        for fault in faults:
            if fault["status"] not in expected:
                continue
            body = fault.get("body_text") or json.dumps(fault.get("body"))
            server.canned = (fault["status"], fault["headers"], body.encode())
            with pytest.raises(expected[fault["status"]]) as raised:
                client.work("10.5555/x")
            assert isinstance(raised.value, CrossrefError)
            assert str(raised.value).endswith(".")
        client.close()
