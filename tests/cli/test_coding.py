"""The commands of coding on a copy of the sample: attach, code, list, write, replace."""

import json
from pathlib import Path

from evidence_app.domain.coding import Rectangle
from evidence_app.domain.edit import Edit, insert
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.annotations import Annotation, read_annotations, write_annotations
from evidence_app.services.coding.coding import code_with_new, passage_at
from evidence_app.storage import coding
from evidence_app.storage.project import Project
from tests.cli.running import run
from tests.services.coding.pdfs import made_pdf

TEXT = "Money arrived late in each year. Trust was lost with the worker who left.\n"


def coded(path: Path, words: str, name: str) -> None:
    with Project.open(path) as project, project.reader() as reader:
        (document,) = coding.documents(reader)
        text = coding.text_of(reader, document.id)
        start = text.index(words)
        anchor = anchor_of(document, text, start, start + len(words))
        project.apply(code_with_new(passage_at(document, anchor, ()), name))


def test_a_text_is_attached_coded_listed_written_and_replaced(tmp_path: Path) -> None:
    project, file = tmp_path / "r.evidence", tmp_path / "full text.txt"
    run("new", project, "--sample")
    file.write_text(TEXT, "utf-8")
    attached = run("documents", project, "85", file, "--json")
    assert (attached.code, attached.json["characters"]) == (0, len(TEXT))
    coded(project, "Money arrived late", "Money")
    coded(project, "Trust was lost", "Trust")
    (listed,) = run("documents", project, "--json").json
    assert (listed["number"], listed["quotations"], listed["kind"]) == (85, 2, "text")
    found = run("codings", project, "--json").json
    assert [(each["code"], each["exact"], each["number"]) for each in found] == [
        ("Money", "Money arrived late", 85), ("Trust", "Trust was lost", 85)
    ]  # fmt: skip
    out = tmp_path / "q.json"
    told = run("quotations", project, "--query", "code:trust", out)
    assert told.out == f"Wrote {out}: 1 quotation from 1 report\n"
    assert [each["exact"] for each in json.loads(out.read_text("utf-8"))["quotations"]] == ["Trust was lost"]
    file.write_text(f"Preface. {TEXT}".replace("Trust was", "Trust seemed"), "utf-8")
    replaced = run("documents", project, "85", file, "--replace", "--json").json
    assert (replaced["placed"], [each["exact"] for each in replaced["lost"]]) == (1, ["Trust was lost"])


def test_a_report_is_named_by_its_doi_in_any_capitals(tmp_path: Path) -> None:
    project, file = tmp_path / "r.evidence", tmp_path / "full text.txt"
    run("new", project)
    file.write_text(TEXT, "utf-8")
    with Project.open(project) as found:
        found.apply(Edit("Add", (insert("reference", type="book", title="Trust", doi="10.1000/ABC"),)))
    for doi in ("10.1000/ABC", "https://doi.org/10.1000/abc"):
        assert run("documents", project, doi, file, "--json").json["reference"] == "1"


def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    for arguments, words in (
        (("documents", "sample", "99999", file), "No reference has"),
        (("documents", "sample", "85", tmp_path / "a.xyz"), "no kind of document"),
        (("documents", "sample", "85", file, "--replace"), "has 0 documents"),
        (("quotations", "sample", tmp_path / "a.pages"), "not a format"),
        (("codings", "sample", "--query", "cod:x"), "There is no field"),
    ):
        ended = run(*arguments)
        assert (ended.code, len(ended.err.splitlines())) == (1, 1)
        assert words in ended.err
    assert run("documents", "sample", "85").code == 2


def test_highlights_go_out_and_those_of_others_come_in(tmp_path: Path) -> None:
    project, file, out = (tmp_path / name for name in ("r.evidence", "a.pdf", "out.pdf"))
    run("new", project, "--sample")
    made_pdf(tmp_path / "plain.pdf", "Money arrived late in each year. Trust was lost.")
    boxes = (Rectangle(1, 30, 350, 60, 375),)
    write_annotations(tmp_path / "plain.pdf", file, [Annotation(1, boxes, "#FFE600")])
    run("documents", project, "85", file)
    coded(project, "Trust was lost", "Trust")
    told = run("documents", project, "85", "--bring-in", "--json").json
    assert (told["found"], told["brought_in"]) == (1, 1)
    assert run("documents", project, "85", "--bring-in", "--json").json["brought_in"] == 0
    told = run("documents", project, "85", out, "--highlights", "--json").json
    assert told["highlights"] == 2
    assert len(read_annotations(out)) == 3
    ended = run("documents", project, "86", out, "--highlights")
    assert (ended.code, "has no PDF" in ended.err) == (1, True)
