"""How the program speaks: one line for each failure, the right exit code, never a traceback."""

from pathlib import Path

import pytest

from tests.cli.running import run


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
