"""The command `studies`, as one types it."""

from pathlib import Path

from tests.cli.running import run


def test_the_sample_is_listed_with_its_counts_and_suggestions() -> None:
    told = run("studies", "sample", "--json").json
    assert len(told["studies"]) == 47
    assert told["studies"][0]["characteristics"]["country"] == "England"
    service = next(each for each in told["counts"] if (each["field"], each["unit"]) == ("service", "reports"))
    assert (service["values"]["Mental health"], service["total"], service["adds_up"]) == (11, 47, True)
    assert told["suggestions"][0]["reports"] == [99, 100]
    assert "No shared author" in told["suggestions"][0]["against"]


def test_a_table_is_written(tmp_path: Path) -> None:
    out = tmp_path / "included.csv"
    ended = run("studies", "sample", "--table", "included studies", "--out", out)
    assert ended.code == 0, ended.err
    assert "47 studies in 47 reports" in ended.out
    assert "Alderson 2022" in out.read_text(encoding="utf-8-sig")


def test_a_table_without_a_file_is_a_question_wrongly_put() -> None:
    ended = run("studies", "sample", "--table", "included studies")
    assert ended.code == 2
    assert "go together" in ended.err
