"""Any pasted text: an export keeps its records, a printed list becomes references beside their strings."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.names import names_of
from evidence_app.domain.reference import plain
from evidence_app.services.formats.from_text import format_of_text, read_text
from evidence_app.services.formats.writers import endnote_xml
from evidence_app.services.importing import Known
from evidence_app.services.library import adding, pasted_text
from evidence_app.services.lookup.pasting import read_pasted
from evidence_app.storage import references
from evidence_app.storage.project import Project

ITEM = {
    "type": "article-journal", "title": "Rest at night", "author": [{"family": "Ray", "given": "Anna"}],
    "container-title": "Night Work Research", "issued": {"date-parts": [[2019]]},
}  # fmt: skip
RIS = (
    "TY  - JOUR\nAU  - Ray, Anna\nTI  - Rest at night\nPY  - 2019\nKW  - sleep\n"
    'N1  - RAYYAN-INCLUSION: {"Ben"=>"Included"} | RAYYAN-LABELS: wards\nZZ  - kept\nER  - \n'
)
ANSWERS = {
    "ris": RIS,
    "nbib": "PMID- 123\nTI  - Rest at night\nFAU - Ray, Anna\nDP  - 2019\n",
    "bibtex": "@article{ray, title={Rest at night}, author={Ray, Anna}, year={2019}}",
    "csljson": json.dumps([ITEM]),
    "endnote-xml": endnote_xml.OPENING + endnote_xml.record_text("ray", ITEM) + endnote_xml.CLOSING,
    "enw": "%0 Journal Article\n%A Ray, Anna\n%T Rest at night\n%D 2019\n",
    "tsv": "Title\tAuthors\tYear\nRest at night\tRay, Anna\t2019\n",
    "csv": 'Title,Authors,Year\nRest at night,"Ray, Anna",2019\n',
}  # fmt: skip
LIST = (
    "1. Ray A, Dell C. Rest at night. Night Work Res. 2019;19(1):228-31. doi:10.5555/a\n"
    "2. Rest and rounds. Ward Q.\n"
    "3. Lowe J. Rounds and rest in five wards of one hospital. Ward Q. 2020;3(2):1-9.\n"
)


@pytest.mark.parametrize("format", ANSWERS)
def test_an_export_pasted_as_text_is_read_as_the_file_would_be(format: str) -> None:
    found = pasted_text.read(ANSWERS[format])
    assert found.format == format
    (entry,) = found.entries
    item = entry.candidate.item
    assert (item["title"], names_of(item["author"])[0].family) == ("Rest at night", "Ray")
    assert item["issued"]["date-parts"][0][0] == 2019
    assert entry.candidate.read is not None
    assert entry.text in ANSWERS[format] or format == "csljson"


@pytest.mark.parametrize(
    "text",
    ["", "hello", "Title, year\nsomething, more", "10.5555/a\n10.5555/b", "Abstract\nBACKGROUND: we, too."],
)
def test_a_text_that_is_no_export_is_not_taken_for_one(text: str) -> None:
    assert format_of_text(text) == ""
    assert pasted_text.read(text).works == tuple(read_pasted(text))


def test_a_text_is_counted_when_it_is_read() -> None:
    file = read_text(RIS + "\n" + RIS)
    assert (file.format, file.expected, file.placed, len(list(file.records))) == ("ris", 2, 2, 2)


def test_a_pasted_record_is_kept_verbatim_with_its_tags_and_decisions(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.evidence", "A") as project, project.reader() as reader:
        before = _counts(reader)
        found = pasted_text.read(RIS)
        project.apply(adding.add([each.candidate for each in found.entries], known=Known(reader)))
        raw = json.loads(reader.value("SELECT raw FROM live_record"))
        assert ["ZZ", "kept"] in raw["tags"]
        assert reader.value("SELECT search_file IS NULL FROM live_record") == 1
        assert reader.value("SELECT format FROM live_record") == "ris"
        verdict = reader.rows(
            "SELECT d.verdict, p.name FROM live_decision d JOIN person p ON p.id = d.person"
        )
        assert [tuple(row) for row in verdict] == [("include", "Ben")]
        assert [row["name"] for row in reader.rows("SELECT name FROM live_tag")] == ["wards"]
        assert reader.value("SELECT count(*) FROM live_provenance") == 0
        project.undo()
        assert _counts(reader) == before


def _counts(reader: Any) -> dict[str, int]:
    tables = ("reference", "record", "tag", "decision", "person", "provenance")
    return {table: reader.value(f"SELECT count(*) FROM live_{table}") for table in tables}


def test_the_doubtful_ones_come_first() -> None:
    entries = pasted_text.read(LIST).entries
    assert [each.line for each in entries] == [1, 2, 3]
    assert pasted_text.doubtful_first(entries) == [1, 0, 2]
    assert "no year" in entries[1].doubts


def test_wrongly_split_strings_are_joined_and_wrongly_joined_ones_split() -> None:
    entries = list(pasted_text.read(LIST).entries)
    one = entries[0].text
    at = one.index("Night")
    parted = pasted_text.split_at(entries, 0, at)
    assert [each.text for each in parted[:2]] == [one[:at].strip(), one[at:].strip()]
    assert len(parted) == 4
    whole = pasted_text.join_with_next(parted, 0)
    assert [each.text for each in whole] == [each.text for each in entries]
    assert whole[0].candidate.item == entries[0].candidate.item


def test_nothing_is_split_at_its_end_or_joined_with_nothing() -> None:
    entries = list(pasted_text.read(LIST).entries)
    with pytest.raises(EvidenceError, match="cursor"):
        pasted_text.split_at(entries, 0, 0)
    with pytest.raises(EvidenceError, match="last"):
        pasted_text.join_with_next(entries, 2)


def test_what_crossref_says_comes_over_what_was_read() -> None:
    entry = pasted_text.read(LIST).entries[0]
    assert pasted_text.work_of(entry).doi == "10.5555/a"
    answer = adding.completed(entry.candidate, {"type": "article-journal", "volume": "20"}, "10.5555/a")
    found = pasted_text.looked_up(entry, answer)
    assert found.candidate.item["volume"] == "20"
    assert (found.candidate.origins["volume"], found.candidate.origins["title"]) == ("crossref", "imported")
    assert found.candidate.read == entry.candidate.read


def test_of_a_whole_paper_only_the_list_at_its_end_is_read() -> None:
    paper = "A paper about rest. " * 100 + "\n\nREFERENCES\n" + LIST + "\nSUPPORTING INFORMATION\nMore words."
    found = pasted_text.read(paper)
    assert (len(found.entries), found.left_out) == (3, True)
    assert found.entries[0].line == 4


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB1 .,:;()/\n-v10中“•\t%@{}=TY"), max_size=200))
def test_any_text_is_read_as_something(text: str) -> None:
    found = pasted_text.read(text)
    assert not (found.works and found.entries)
    for at in range(len(found.entries) - 1):
        assert len(pasted_text.join_with_next(found.entries, at)) == len(found.entries) - 1


def shared(*parts: str) -> Path:
    for above in Path(__file__).resolve().parents:
        found = above.parent.joinpath("shared", *parts)
        if found.exists():
            return found
    pytest.skip("the shared samples are not beside this checkout")


@pytest.mark.parametrize("whole", [False, True], ids=["the list", "the whole text"])
def test_the_printed_references_of_the_sample_review_become_a_library(tmp_path: Path, whole: bool) -> None:
    """110 references pasted as printed, added in one edit, agree with the sample's own;
    where one does not, it is doubted, and those in doubt come first."""
    text = sorted(shared("seeds").glob("001*.txt"))[0].read_text(encoding="utf-8")
    if not whole:
        text = text[text.index("\nREFERENCES") : text.index("SUPPORTING INFORMATION")]
    stored = json.loads(
        (Path(__file__).resolve().parents[3] / "resources/sample_review/references.json").read_text("utf-8")
    )
    truth = {entry["number"]: entry["item"] for entry in stored if entry.get("number")}
    found = pasted_text.read(text)
    with Project.create(tmp_path / "a.evidence", "A") as project, project.reader() as reader:
        edit = adding.add([each.candidate for each in found.entries], known=Known(reader))
        assert edit.label == "Add 110 references"
        project.apply(edit)
        held = references.all_references(reader)
        assert len(held) == 110
        assert reader.value("SELECT count(*) FROM live_record WHERE raw <> ''") == 110
        wrong = [at for at, one in enumerate(held, 1) if not agrees(one.item, truth[at])]
        other_kind = [at for at, one in enumerate(held, 1) if one.item["type"] != truth[at]["type"]]
        assert len(wrong) <= 2
        doubted = {at for at, entry in enumerate(found.entries, 1) if entry.doubts}
        assert doubted >= {*wrong, *other_kind}
        assert len(doubted) < 12
        first = pasted_text.doubtful_first(found.entries)[: len(doubted)]
        assert {at + 1 for at in first} == doubted
        project.undo()
        assert references.all_references(reader) == []
        project.redo()
        assert references.all_references(reader) == held


def agrees(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    def folded(value: Any) -> str:
        return re.sub(r"\W+", "", plain(str(value or "")).lower())

    texts = ("title", "container-title", "volume", "issue", "page", "DOI", "publisher", "URL")
    if any(folded(ours.get(name)) != folded(theirs.get(name)) for name in texts):
        return False
    if any((ours.get(name) or {}) != (theirs.get(name) or {}) for name in ("issued", "accessed")):
        return False
    return all(
        [folded(f"{name.family_or_literal} {name.given}") for name in names_of(ours.get(role))]
        == [folded(f"{name.family_or_literal} {name.given}") for name in names_of(theirs.get(role))]
        for role in ("author", "editor")
    )


def test_a_block_of_an_export_that_is_no_record_is_shown_to_be_completed() -> None:
    pasted = pasted_text.read(f"{RIS}\nAU  - Lost, Ben\nTI  - Without its first line\n")
    assert len(pasted.entries) == 2
    lost = pasted.entries[1]
    assert lost.candidate.item["title"] == "Without its first line"
    assert lost.text.startswith("AU  - Lost, Ben")
    assert lost.doubts[0].startswith("no record as it stands")
    assert pasted_text.doubtful_first(pasted.entries)[0] == 1


def test_a_block_that_says_nothing_is_completed_by_hand() -> None:
    pasted = pasted_text.read(f"Footer of the page\n{RIS}")
    (empty,) = [each for each in pasted.entries if each.doubts]
    assert not empty.candidate.is_described
    assert empty.text == "Footer of the page"
    typed = replace(empty.candidate, item={**empty.candidate.item, "title": "Typed by hand"})
    assert pasted_text.changed(empty, typed).doubts == ()
