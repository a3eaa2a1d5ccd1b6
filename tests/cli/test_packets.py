"""`screen packet` and `screen merge`: out to a second reviewer, and back."""

import json
from pathlib import Path

from evidence_app.domain.edit import Edit, insert
from evidence_app.storage.connections import Reader
from tests.cli.running import run
from tests.doubles import a_screening_project

BEN = "22222222-0000-4000-8000-000000000002"

RIS = "TY  - JOUR\nTI  - Work {n}\nAB  - About {n}\nER  - \n"


def test_a_packet_goes_out_twice_under_one_identity_and_its_answer_comes_back_once(tmp_path: Path) -> None:
    project, records = tmp_path / "review.evidence", tmp_path / "records.ris"
    records.write_text("".join(RIS.format(n=number) for number in range(1, 4)), "utf-8")
    run("new", project)
    run("import", project, records, "--source", "Medline")
    out, page = tmp_path / "packet.evidence", tmp_path / "packet.html"
    one = run("screen", "packet", project, out, "--for", "Ben Okri", "--all", "--json").json
    two = run("screen", "packet", project, page, "--for", "Ben Okri", "--all", "--json").json
    assert (one["records"], one["packet"]) == (3, two["packet"])
    data = json.loads(page.read_text("utf-8").split('id="packet">')[1].split("</script>")[0])
    answer = tmp_path / "answers.json"
    answer.write_text(
        json.dumps(
            {
                "format": "evidence-desk-answer", "packet": data["packet"], "review": data["review"],
                "person": data["person"],
                "answers": [{
                    "reference": data["records"][0]["guid"], "verdict": "include", "reasons": [], "note": "",
                    "at": "2026-02-01T08:00:00.000Z", "decision": "aaaaaaaa-0000-4000-8000-00000000000a",
                }],
            }
        ),
        "utf-8",
    )  # fmt: skip
    told = run("screen", "merge", project, answer, out, "--json").json
    assert [each["decisions"] for each in told] == [1, 0]
    again = run("screen", "merge", project, answer, "--json").json
    assert (again[0]["decisions"], again[0]["unchanged"]) == (0, 1)


def test_a_packet_needs_somebody_who_judges_and_a_name_that_says_its_kind(tmp_path: Path) -> None:
    project = tmp_path / "review.evidence"
    run("new", project)
    for name, *options in (("out.txt", "--for", "Ben"), ("out.evidence",)):
        assert run("screen", "packet", project, tmp_path / name, *options).code != 0
    assert list(tmp_path.glob("out*")) == []


def test_the_last_sample_is_given_to_whom_it_was_drawn_for(tmp_path: Path) -> None:
    project, records = tmp_path / "review.evidence", tmp_path / "records.ris"
    records.write_text("".join(RIS.format(n=number) for number in range(1, 21)), "utf-8")
    run("new", project)
    run("import", project, records, "--source", "Medline")
    run("screen", "sample", project, "--share", "0.1", "--seed", "7", "--for", "Ben Okri")
    made = run("screen", "packet", project, tmp_path / "packet.html", "--json").json
    assert (made["records"], made["for"]) == (2, "Ben Okri")


def test_whoever_the_review_knows_by_another_identity_gets_the_packet_under_that_one(tmp_path: Path) -> None:
    path = tmp_path / "review.evidence"
    with a_screening_project(path, 10) as project:
        project.apply(Edit("Enter Ben", (insert("person", BEN, name="Ben Okri"),)))
    run("screen", "sample", path, "--share", "0.2", "--for", "Ben Okri")
    run("screen", "packet", path, tmp_path / "packet.html", "--for", "ben  okri")
    run("dedupe", path, "--apply")
    people = "SELECT guid FROM live_person WHERE name LIKE 'ben%'"
    with Reader(path) as reader:
        assert [row["guid"] for row in reader.rows(people)] == [BEN]
        assert reader.value("SELECT count(*) FROM live_packet WHERE records = 2") == 1
    blank = run("screen", "packet", path, tmp_path / "blank.html", "--for", "  ", "--all")
    assert (blank.code, "--for NAME" in blank.err) == (1, True)


def test_two_machines_with_one_login_name_do_not_make_two_people_one(tmp_path: Path) -> None:
    path, out = tmp_path / "review.evidence", tmp_path / "for-ben.evidence"
    a_screening_project(path, 3).close()
    run("screen", "decide", path, "1", "--verdict", "exclude")
    run("screen", "packet", path, out, "--for", "Ben Okri", "--all")
    run("screen", "decide", out, "1", "--verdict", "include")  # the packet knows whom it was made for
    run("screen", "merge", path, out)
    verdicts = "SELECT p.name, d.verdict FROM live_decision d JOIN person p ON p.id = d.person ORDER BY d.id"
    with Reader(path) as reader:
        mine, theirs = (tuple(row) for row in reader.rows(verdicts))
    assert (mine[1], theirs) == ("exclude", ("Ben Okri", "include"))
    run("screen", "decide", out, "2", "--verdict", "include", "--as", mine[0])
    refused = run("screen", "merge", path, out)
    assert (refused.code, f'--by "{mine[0]}"' in refused.err) == (1, True)
    assert run("screen", "merge", path, out, "--by", "Ben Okri").code == 0
    with Reader(path) as reader:
        assert [row[0] for row in reader.rows(verdicts)] == [mine[0], "Ben Okri", "Ben Okri"]
