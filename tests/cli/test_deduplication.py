"""The command that finds and merges duplicates, as other programs use it."""

from pathlib import Path

import pytest

from evidence_app.storage.connections import Reader
from tests.cli.running import run

HEAD = "ID,title,author,year,journal,volume,number,pages,doi\n"
ROWS = (
    'a1,Walking home after a stroke,"Berg, Anna",2011,Gait and Balance,9,3,100-109,\n'
    'a2,WALKING HOME AFTER A STROKE.,"Berg, A.",2011,Gait Balance,9,,100-9,\n'
    'a3,Walking home after a stroke,"Berg, Anna",2010,Stroke,41,7,e505,\n'
    'a4,Shoes and floors,"Falk, Dan",2012,Gait and Balance,10,1,9-12,\n'
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "review.evidence"
    (tmp_path / "medline.csv").write_text(HEAD + ROWS, "utf-8")
    assert run("new", path).code == 0
    assert run("import", path, tmp_path / "medline.csv").code == 0
    return path


def test_groups_pairs_and_rules_come_as_json_with_the_ids_of_the_file(project: Path) -> None:
    found = run("dedupe", project, "--json").json
    assert found["automatic"] == [["a1", "a2"]]
    ((one, other, fields),) = found["review"]
    assert {one, other} <= {"a1", "a2", "a3"}
    assert set(fields) >= {"container-title", "volume"}
    assert {"in_force", "fired"} == set(found["rules"])
    fired = found["rules"]["fired"][0]
    assert fired["ids"] == ["a1", "a2"]
    assert fired["rule"] == "place"
    assert fired["saw"]["title"] == "same"


def test_nothing_is_changed_unless_it_is_asked_for(project: Path) -> None:
    run("dedupe", project, "--json")
    with Reader(project) as reader:
        assert reader.value("SELECT count(*) FROM live_reference") == 4


def test_apply_merges_and_a_second_run_finds_nothing_more(project: Path) -> None:
    applied = run("dedupe", project, "--apply", "--json").json
    assert applied["automatic"] == [["a1", "a2"]]
    with Reader(project) as reader:
        assert reader.value("SELECT count(*) FROM live_reference") == 3
        assert reader.value("SELECT count(*) FROM live_record") == 4
    assert run("dedupe", project, "--json").json["automatic"] == []
    assert "nothing to merge" in run("dedupe", project, "--apply").out


def test_ids_name_their_file_where_several_were_imported(project: Path, tmp_path: Path) -> None:
    second = tmp_path / "embase.csv"
    second.write_text(
        "title,author,year,journal,volume,pages\n"
        + ROWS.splitlines()[3][3:].replace(",1,9-12,", ",9-12")
        + "\n",
        "utf-8",
    )
    assert run("import", project, second).code == 0
    found = run("dedupe", project, "--json").json
    assert ["medline.csv:a4", "embase.csv:1"] in found["automatic"]


def test_a_person_reads_how_many_and_by_which_rule(project: Path) -> None:
    ended = run("dedupe", project)
    assert ended.code == 0
    assert "1 duplicate in 1 group, 1 pair to be judged." in ended.out
    assert "Nothing was changed" in ended.out


def test_a_missing_project_is_one_line_and_exit_code_one(tmp_path: Path) -> None:
    ended = run("dedupe", tmp_path / "none.evidence", "--json")
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.strip().splitlines()) == 1
