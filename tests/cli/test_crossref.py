"""The commands that ask Crossref, against a server on this machine."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.crossref_server import CrossrefServer

DOI = "10.1136/bmjopen-2018-000427"
NOTICE = {
    "DOI": "10.1136/notice.1", "type": "correction", "label": "Correction", "source": "publisher",
    "updated": {"date-parts": [[2020, 5, 1]]},
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[CrossrefServer]:
    with CrossrefServer() as made:
        made.add(
            {
                "DOI": DOI, "type": "journal-article", "title": ["Another title for the clinic"],
                "volume": "8",
                "container-title": ["BMJ Open Quality"], "ISSN": ["2399-6641"],
                "author": [{"family": "Udayaraj", "given": "Udaya"}, {"family": "Watson", "given": "O"}],
                "issued": {"date-parts": [[2019]]}, "page": "e000427", "issue": "2", "updated-by": [NOTICE],
            }
        )  # fmt: skip
        yield made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "review.evidence"
    run("new", path, "--sample")
    return path


def listed(project: Path, number: int) -> dict[str, object]:
    (item,) = run("list", project, "--query", f"number:{number}", "--json").json
    return dict(item)


def test_update_tells_what_differs_and_changes_nothing(project: Path, server: CrossrefServer) -> None:
    before = listed(project, 85)
    ended = run("update", project, "--number", "85", "--crossref-url", server.url, "--json")
    (row,) = ended.json
    assert (row["number"], row["asked"], row["doi"], row["state"]) == (85, DOI, DOI, "differs")
    fields = {field["field"]: field for field in row["fields"]}
    assert fields["title"]["theirs"] == "Another title for the clinic"
    assert [update["kind"] for update in row["updates"]] == ["correction"]
    assert listed(project, 85) == before


def test_the_answer_is_kept_and_checks_know_of_it(project: Path, server: CrossrefServer) -> None:
    run("update", project, "--number", "85", "--crossref-url", server.url)
    asked = len(server.asked)
    run("update", project, "--number", "85", "--crossref-url", server.url)
    assert len(server.asked) == asked
    assert [item["id"] for item in run("list", project, "--query", "updates:correction", "--json").json] == [
        "85"
    ]


def test_apply_empty_fills_and_never_overwrites(project: Path, server: CrossrefServer) -> None:
    before = listed(project, 85)
    run("update", project, "--number", "85", "--apply", "empty", "--crossref-url", server.url)
    after = listed(project, 85)
    assert after["ISSN"] == "2399-6641"
    assert {name: after[name] for name in before} == before


def test_apply_all_takes_over_and_is_one_edit(project: Path, server: CrossrefServer) -> None:
    edits = len(run("history", project, "--json").json)
    run("update", project, "--number", "85", "--apply", "all", "--crossref-url", server.url, "--as", "Ben")
    assert listed(project, 85)["title"] == "Another title for the clinic"
    history = run("history", project, "--json").json
    assert len(history) == edits + 1
    assert history[0]["person"] == "Ben"


def test_an_unknown_doi_and_a_missing_one_are_told_apart(project: Path, server: CrossrefServer) -> None:
    rows = run("update", project, "--number", "51", "--number", "55", "--number", "61",
               "--crossref-url", server.url, "--json").json  # fmt: skip
    assert {row["number"]: row["state"] for row in rows} == {
        51: "not found",
        55: "not found",
        61: "not found",
    }
    assert "no DOI" in next(row["reason"] for row in rows if row["number"] == 61)


def test_a_server_that_is_not_there_is_one_sentence(project: Path) -> None:
    ended = run("update", project, "--number", "85", "--crossref-url", "http://127.0.0.1:9")
    assert ended.code == 1
    assert ended.err.count("\n") == 1


def test_a_read_only_file_is_asked_about_and_left_as_it_is(
    project: Path, server: CrossrefServer, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk that can only be read cannot be made here")
    try:
        path = shutil.copy(project, disk)
        before = Path(path).read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ended = run("update", path, "--number", "85", "--crossref-url", server.url)
        assert ended.code == 0
        assert "differs" in ended.out
        assert "the answers are not kept" in ended.out
        (row,) = run("update", path, "--number", "85", "--crossref-url", server.url, "--json").json
        assert row["state"] == "differs"
        rows = run("find-dois", path, "--crossref-url", server.url, "--json").json
        assert rows
        ended = run("update", path, "--number", "85", "--apply", "all", "--crossref-url", server.url)
        assert ended.code == 1
        assert "read-only" in ended.err
        assert run("find-dois", path, "--apply", "--crossref-url", server.url).code == 1
        assert Path(path).read_bytes() == before
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_find_dois_applies_only_what_is_beyond_doubt(project: Path, server: CrossrefServer) -> None:
    server.found = [
        {
            "DOI": "10.1186/s13643-016-0384-4", "type": "journal-article",
            "title": ["Rayyan—a web and mobile app for systematic reviews"], "volume": "5", "page": "210",
            "container-title": ["Systematic Reviews"], "issued": {"date-parts": [[2016]]}, "issue": "1",
            "author": [{"family": "Ouzzani", "given": "Mourad"}, {"family": "Hammady", "given": "Hossam"}],
        }
    ]  # fmt: skip
    rows = run("find-dois", project, "--apply", "--crossref-url", server.url, "--json").json
    matched = {row["number"]: row["doi"] for row in rows if row["state"] == "matched"}
    assert matched == {49: "10.1186/s13643-016-0384-4"}
    assert all(row["state"] == "none" for row in rows if row["number"] != 49)
    assert listed(project, 49)["DOI"] == "10.1186/s13643-016-0384-4"
