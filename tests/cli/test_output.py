"""Standard output: closed early, full, or without the letters we need; never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, run

MAIN = (sys.executable, str(ROOT / "main.py"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "review.evidence"
    assert run("new", path, "--sample").code == 0
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_has_enough_ends_the_program_in_silence(project: Path) -> None:
    for arguments in (("list", str(project), "--json"), ("formats",)):
        reading, writing = os.pipe()
        os.close(reading)
        ended = subprocess.run([*MAIN, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False)
        os.close(writing)
        assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("arguments", [("formats", "--json"), ("list", "sample", "--json")])
def test_an_output_that_is_full_is_one_line(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*MAIN, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 1
    assert ended.stderr.count(b"\n") == 1
    assert b"No space left" in ended.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_our_letters_gets_all_and_json_stays_utf_8(project: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    shown = subprocess.run([*MAIN, "list", str(project)], capture_output=True, check=False, env=environment)
    assert (shown.returncode, shown.stderr) == (0, b"")
    printed = subprocess.run(
        [*MAIN, "list", str(project), "--json"], capture_output=True, check=True, env=environment
    )
    assert len(json.loads(printed.stdout.decode("utf-8"))) == 110
    wrong = subprocess.run([*MAIN, "lits"], capture_output=True, check=False, env=environment)
    assert (wrong.returncode, wrong.stderr.count(b"\n")) == (2, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit there")
@pytest.mark.parametrize("room", [1_000, 30_000])
def test_a_workbook_for_which_there_is_no_room_is_one_line(project: Path, tmp_path: Path, room: int) -> None:
    script = (
        "import resource\n"
        "from evidence_app.cli import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        f"main(['export', {str(project)!r}, {str(tmp_path / 'out.xlsx')!r}])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=100, cwd=ROOT
    )
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1), ended.stderr
    assert "Nothing" in ended.stderr or "unchanged" in ended.stderr
    assert not (tmp_path / "out.xlsx").exists()


def test_an_export_over_the_project_is_refused(project: Path) -> None:
    ended = run("export", project, project, "--format", "ris")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "is an Evidence Desk project" in ended.err
    assert run("verify", project).code == 0


def test_a_name_is_needed() -> None:
    ended = run("new", "")
    assert (ended.code, ended.err.count("\n")) == (1, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_no_utf_8_is_told_in_json(project: Path, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.ris"
    with open(name, "w") as file:  # noqa: PTH123 - such a name is bytes
        file.write("TY  - JOUR\nTI  - Coffee\nER  - \n")
    ended = subprocess.run([*MAIN, "import", project, name, "--json"], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["files"][0]["imported"] == 1
    assert run("verify", project).code == 0
