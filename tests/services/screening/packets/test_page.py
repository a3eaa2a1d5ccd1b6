"""The offline page, judged by keyboard in a real browser; what it saves merges as the packet's file does."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.packets import Packet, PacketRecord
from evidence_app.domain.screening import Criterion, ExclusionReason, Stage
from evidence_app.services.screening.packets.page import page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
in_a_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")

JUDGE = """
<pre id="saved"></pre><script>
const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const told = document.getElementById("saved");
URL.createObjectURL = (blob) => { blob.text().then((text) => { told.textContent = text; }); return "#"; };
HTMLAnchorElement.prototype.click = () => {};
for (const key of KEYS) press(key);
document.getElementById("save").click();
</script>"""


AGAIN = JUDGE.replace(
    "for (const key of KEYS) press(key);",
    "if (localStorage.getItem('seen') === null) {"
    " localStorage.setItem('seen', '1'); for (const key of KEYS) press(key); location.reload(); }",
)
"""Judges, and loads the page again; a second browser might come before the first has written its memory."""


def a_packet(stage: Stage = Stage.TITLE_ABSTRACT) -> Packet:
    """A packet of three works, one of which tries to break out of the page."""
    records = (
        PacketRecord(
            guid="r1",
            item={
                "title": "Commissioning with people",
                "abstract": "Co-production </script><b>now</b>",
                "DOI": "10.1/a",
            },
        ),
        PacketRecord(guid="r2", item={"title": "委托 and care", "URL": "javascript:alert(1)"}),
        PacketRecord(guid="r3", item={"type": "book", "author": [{"family": "Øvretveit"}]}),
    )
    return Packet(
        guid="p-1", review="v-1", title="A review", stage=stage, person_guid="b-1", person_name="Ben Okri",
        records=records, terms=(("co-produc*", "include"), ("care", "neutral")),
        criteria=(Criterion(id=1, guid="c1", code="I1", text="About care", includes=True),),
        reasons=tuple(
            ExclusionReason(id=number, guid=f"x{number}", stage=stage, name=name)
            for number, name in ((1, "Not about care"), (2, "Wrong design"))
        ),
    )  # fmt: skip


def shown(
    made: Packet, folder: Path, keys: list[str], profile: str = "profile", script: str = JUDGE
) -> tuple[str, Any]:
    """Open the page in a browser, press keys, save; return the page as it is then and what was saved."""
    file = folder / "packet.html"
    keyed = script.replace("KEYS", json.dumps(keys))
    file.write_text(page(made).replace("</body>", f"{keyed}</body>"), "utf-8")
    done = subprocess.run(
        [
            str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu",
            f"--user-data-dir={folder / profile}", "--virtual-time-budget=2000", "--dump-dom", file.as_uri(),
        ],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    text = done.stdout.decode("utf-8")
    saved = re.search(r'<pre id="saved">(.*?)</pre>', text, re.DOTALL)
    assert saved is not None
    return text, json.loads(html.unescape(saved.group(1)))


def test_nothing_of_a_record_can_leave_the_data_of_the_page() -> None:
    text = page(a_packet())
    data = text.split('id="packet">')[1].split("</script>")[0]
    assert [record["guid"] for record in json.loads(data)["records"]] == ["r1", "r2", "r3"]
    assert "javascript:" not in data
    assert "http" not in re.sub(r"https://doi\.org\S+", "", text).replace("http-equiv", "")


@in_a_browser
def test_records_are_judged_by_keys_and_saved_with_the_reasons_in_their_order(tmp_path: Path) -> None:
    text, saved = shown(a_packet(), tmp_path, ["i", "2", "1", "e", "f", "u"])
    answers = {each["reference"]: each for each in saved["answers"]}
    assert saved["packet"] == "p-1"
    assert (answers["r1"]["verdict"], answers["r1"]["reasons"]) == ("include", [])
    assert (answers["r2"]["verdict"], answers["r2"]["reasons"]) == ("exclude", ["x2", "x1"])
    assert (answers["r3"]["verdict"], answers["r3"]["flag"]) == ("maybe", True)
    assert len({each["decision"] for each in answers.values()}) == 3
    assert "All records are judged." in text


@in_a_browser
def test_undo_takes_a_decision_back_and_says_so_in_the_answer(tmp_path: Path) -> None:
    _, saved = shown(a_packet(), tmp_path, ["i", "z"])
    (answer,) = saved["answers"]
    assert (answer["reference"], answer["verdict"]) == ("r1", None)
    assert answer["at"]


@in_a_browser
def test_what_was_judged_is_there_again_when_the_page_is_loaded_again(tmp_path: Path) -> None:
    text, saved = shown(a_packet(), tmp_path, ["i"], script=AGAIN)
    assert ">1 of 3</span>" in text
    assert [each["reference"] for each in saved["answers"]] == ["r1"]


@in_a_browser
def test_in_full_text_a_report_is_excluded_only_for_a_reason(tmp_path: Path) -> None:
    text, saved = shown(a_packet(Stage.FULL_TEXT), tmp_path, ["e"])
    assert saved["answers"] == []
    assert re.search(r'id="need" role="alert">', text)
    _, saved = shown(a_packet(Stage.FULL_TEXT), tmp_path, ["1", "e"], "another")
    assert [each["verdict"] for each in saved["answers"]] == ["exclude"]


@in_a_browser
def test_terms_are_marked_and_text_of_a_record_stays_text(tmp_path: Path) -> None:
    text, _ = shown(a_packet(), tmp_path, [])
    assert '<mark class="include">Co-production</mark>' in text
    assert "&lt;/script&gt;" in text
