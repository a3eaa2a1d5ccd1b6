"""`import --map`: a table nobody knows comes in by what one says of its columns, and is remembered."""

from pathlib import Path

from evidence_app.storage.project import Project
from tests.cli.running import run

TABLE = 'Werk,Verfasser,Jahr,Wort\nRest at night,"Ray, A.",2019,wards\n'
MAP = ("--map", "Werk=title", "--map", "Verfasser=author", "--map", "Jahr=issued", "--map", "Wort=tag")


def test_columns_are_mapped_and_remembered(tmp_path: Path) -> None:
    project, first, later = tmp_path / "r.evidence", tmp_path / "a.csv", tmp_path / "b.csv"
    Project.create(project, "A review").close()
    first.write_text(TABLE, "utf-8")
    later.write_text(TABLE.replace("Rest at night", "Rounds"), "utf-8")
    done = run("import", project, first, *MAP, "--json")
    assert (done.code, done.err) == (0, "")
    assert done.json["files"][0]["imported"] == 1
    assert run("import", project, later, "--json").json["files"][0]["imported"] == 1
    titles = [item["title"] for item in run("list", project, "--json").json]
    assert titles == ["Rest at night", "Rounds"]


def test_a_wrong_mapping_says_what_is_right(tmp_path: Path) -> None:
    project, table = tmp_path / "r.evidence", tmp_path / "a.csv"
    Project.create(project, "A review").close()
    table.write_text(TABLE, "utf-8")
    wrong = run("import", project, table, "--map", "Werk=headline")
    assert (wrong.code, "headline" in wrong.err) == (1, True)
    assert run("import", project, table, "--map", "Werk").code == 2
    unknown = run("import", project, table)
    assert (unknown.code, "what its columns hold" in unknown.err) == (1, True)
    absent = run("import", project, table, "--map", "Titel=title")
    assert (absent.code, absent.err.count("\n"), "Werk, Verfasser" in absent.err) == (2, 1, True)
    assert run("list", project, "--json").json == []
