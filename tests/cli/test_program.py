"""How the program speaks: one line for each failure, the right exit code, never a traceback."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import ROOT, run


def test_a_misspelt_command_names_the_nearest() -> None:
    ended = run("finding", "sample")
    assert ended.code == 2
    assert "“findings”" in ended.err


def test_a_missing_argument_is_wrong_usage() -> None:
    ended = run("themes")
    assert (ended.code, ended.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "nowhere.evidence"),
        ("summary", "sample", "out.xyz"),
        ("summary", "sample", "out.md", "--theme", "No such theme"),
        ("bibliography", "sample", "out.md", "--query", "author:nobodyatall"),
        ("export", "sample", "out.xyz"),
        ("list", "sample", "--query", "colour:red"),
        ("new", "no/such/folder/x.evidence"),
        ("verify", "nowhere.evidence"),
        ("backup", "sample", "no/such/folder/x.evidence"),
        ("export", "sample", "no/such/folder/x.ris"),
        ("list", "sample", "--query", "year:never"),
        ("screen", "simulate", "nowhere.csv"),
        ("documents", "sample", "9" * 30, "nowhere.pdf"),
        ("list", "sample", "--query", "word " * 5000),
        ("summary", "sample", "no/such/folder/x.md"),
    ],
)
def test_what_a_user_can_cause_is_one_line_and_exit_1(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments, cwd=tmp_path)
    assert ended.code == 1
    assert ended.err.startswith("evidence-desk: ")
    assert ended.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_a_project_is_refused_by_every_command(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes")
    for command in ("list", "themes", "findings", "manuscript", "check", "history", "verify"):
        ended = run(command, path)
        assert (ended.code, ended.err.count("\n")) == (1, 1), command
    assert path.read_text() == "my notes"


def test_new_makes_a_project_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.evidence"
    assert run("new", path, "--title", "Mine", "--as", "Ada Lovelace").code == 0
    again = run("new", path)
    assert again.code == 1
    assert "already exists" in again.err
    (edit,) = run("history", path, "--json").json
    assert (edit["person"], edit["label"]) == ("Ada Lovelace", "Start the review")


def test_the_sample_leaves_nothing_behind(tmp_path: Path) -> None:
    run("list", "sample", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_a_project_and_is_never_overwritten(tmp_path: Path) -> None:
    path, copy, back = tmp_path / "a.evidence", tmp_path / "b.evidence", tmp_path / "c.evidence"
    run("new", path, "--sample")
    assert run("backup", path, copy).code == 0
    assert run("verify", copy).code == 0
    assert run("backup", path, copy).code == 1
    assert run("restore", copy, back).code == 0
    assert run("list", back, "--json").json == run("list", path, "--json").json


def test_a_damaged_project_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "a.evidence"
    run("new", path, "--sample")
    content = bytearray(path.read_bytes())
    content[40_000:90_000] = b"\xff" * 50_000
    path.write_bytes(content)
    ended = run("verify", path)
    assert ended.code == 1
    assert "damaged" in ended.err or "cannot be read" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [("screen",), ("screen", "decide", "sample", "1"), ("history", "sample", "--last", "-1"),
     ("history", "sample", "--last", str(10**20)), ("screen", "sample", "sample", "--share", "nan"),
     ("screen", "sample", "sample", "--number", "3", "--seed", str(10**20)),
     ("screen", "rank", "sample", "--order", "none")],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_exit_2(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_a_query_that_is_refused_says_nothing_of_having_been_searched() -> None:
    ended = run("list", "sample", "--query", "colour:red")
    assert ended.err == "evidence-desk: There is no field “colour”. Nothing was searched.\n"


def test_the_sample_can_be_verified_and_backed_up_where_one_is(tmp_path: Path) -> None:
    assert run("verify", "sample").out.startswith("sample is sound: 110 references")
    assert run("backup", "sample", cwd=tmp_path).code == 0
    (copy,) = tmp_path.iterdir()
    assert run("verify", copy).code == 0


def test_what_was_written_is_told_as_json_too(tmp_path: Path) -> None:
    told = run("export", "sample", tmp_path / "a.ris", "--json").json
    assert told == {"file": str(tmp_path / "a.ris"), "format": "ris", "references": 110}
    coded = run("export", "sample", tmp_path / "out", "--format", "qdpx", "--json").json
    assert (coded["format"], coded["codings"], coded["file"]) == ("REFI-QDA", 0, str(tmp_path / "out"))
    assert zipfile.is_zipfile(tmp_path / "out")


def test_nothing_is_imported_where_one_of_several_files_cannot_be_read(tmp_path: Path) -> None:
    path, book = tmp_path / "a.evidence", tmp_path / "codes.qdpx"
    run("new", path)
    run("export", "sample", book)
    for wrong in (tmp_path / "missing.ris", tmp_path / "missing.qdpx"):
        before = run("history", path, "--json").json
        ended = run("import", path, book, wrong)
        assert (ended.code, ended.err.count("\n")) == (1, 1)
        assert run("history", path, "--json").json == before


@pytest.mark.skipif(sys.platform == "win32", reason="programs are ended otherwise there")
def test_being_told_to_end_is_one_line_and_tidies_up(tmp_path: Path) -> None:
    script = (
        "import os, signal\n"
        "from evidence_app.cli import main\n"
        "from evidence_app.storage import references\n"
        "references.references = lambda *_: os.kill(os.getpid(), signal.SIGTERM)\n"
        "main(['list', 'sample', '--json'])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=100,
        cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert (ended.stderr.count("\n"), list(tmp_path.iterdir())) == (1, [])


def test_ctrl_c_while_the_libraries_load_is_one_line() -> None:
    script = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "from evidence_app.cli import main\n"
        "main(['list', 'sample'])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=100, cwd=ROOT
    )
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
