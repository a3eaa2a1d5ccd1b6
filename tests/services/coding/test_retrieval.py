"""Quotations are found by any combination of what is known of them, and leave as flat files."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evidence_app.domain.coding import AnchorState, Page, QuotationKind, Voice
from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import codebook, quoting
from evidence_app.services.coding.coding import Coder
from evidence_app.services.coding.flat_export import coding_json, write_quotations
from evidence_app.services.coding.quoting import Said
from evidence_app.services.coding.retrieval import UnknownQuery, find, found_quotation, lost
from evidence_app.storage.coding_contents import CodingContents, coding_contents
from tests.services.coding.desk import Desk, opened_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as made:
        made.coded("money arrived late", "Money", "Time")
        made.coded("trust was lost for good", "Trust")
        made.coded("We felt unheard", "Voice")
        made.coded("Money was short", "Money", row=2)
        made.do(codebook.move([made.code("Time")], made.code("Trust"), None, made.codes()))
        made.do(quoting.quote(made.document(2), made.anchor("协同生产", 2)))
        made.do(
            quoting.describe(
                made.quotations()[2], Said(voice=Voice.PARTICIPANT, speaker="Carer", important=True)
            )
        )
        rows = (
            insert("theme", name="Power", kind="analytic"),
            insert("theme", name="Listening", kind="descriptive"), insert("theme_parent", theme=2, parent=1),
            insert("theme_code", theme=2, code=made.code("Voice").id),
            insert("study", label="Day centres"), insert("study_report", study=1, reference=2),
            insert("characteristic", reference=1, name="country", value="England", state="typed"),
            insert("characteristic", reference=2, name="country", value="Wales", state="typed"),
        )  # fmt: skip
        made.do(Edit("Fill", rows))
        yield made


def found(desk: Desk, query: str) -> list[str]:
    return [each.quotation.anchor.exact for each in find(coding_contents(desk.reader), query)]


FIRST = ["money arrived late", "trust was lost for good", "We felt unheard"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", [*FIRST, "Money was short", "协同生产"]),
        ("code:money", ["money arrived late", "Money was short"]),
        ("code:money -code:time", ["Money was short"]),
        ("code:trust", ["money arrived late", "trust was lost for good"]),
        ('code:"Trust / Time"', ["money arrived late"]),
        ("code:none", ["协同生产"]),
        ("country:england", FIRST),
        ("country:wales code:money", ["Money was short"]),
        ("theme:power", ["We felt unheard"]),
        ("study:centres", ["Money was short", "协同生产"]),
        ("report:author1 voice:participant", ["We felt unheard"]),
        ("speaker:carer OR 协同", ["We felt unheard", "协同生产"]),
        ("important:yes", ["We felt unheard"]),
        ("important:no voice:none report:1", []),
        ('"Money  was"', ["Money was short"]),
        ("-(code:money OR code:trust)", ["We felt unheard", "协同生产"]),
        ("kind:direct document:2", ["Money was short", "协同生产"]),
        ("coder:reviewer", []),
    ],
)
def test_a_query_finds(desk: Desk, query: str, words: list[str]) -> None:
    if query.startswith("important:no"):
        words = ["money arrived late", "trust was lost for good"]
    assert found(desk, query) == words


def test_a_code_and_its_coder_are_one_coding(desk: Desk) -> None:
    desk.do(Edit("People", (insert("person", "ada", name="Ada"), insert("person", "ben", name="Ben"))))
    ada, ben = (
        desk.reader.value("SELECT id FROM person WHERE guid = :guid", guid=guid) for guid in ("ada", "ben")
    )
    desk.coded("Then trust", "Trust", coder=Coder(ada, None, ada))
    desk.coded("Then trust", "Voice", coder=Coder(ben, None, ben))
    assert found(desk, "coder:ada") == found(desk, "coder:ada code:trust") == ["Then trust"]
    assert found(desk, "coder:ben (code:trust OR code:money)") == []
    assert found(desk, "code:trust OR coder:ben") == [
        "money arrived late",
        "Then trust",
        "trust was lost for good",
    ]
    assert found(desk, "coder:ada coder:ben code:voice") == ["Then trust"]


def test_pages_are_those_that_are_printed(desk: Desk) -> None:
    contents = coding_contents(desk.reader)
    pages = (Page(0, 500, 700, label="iv"), Page(30, 500, 700, label="5"), Page(60, 500, 700, label="6"))
    documents = {row: replace(each, pages=pages) for row, each in contents.documents.items()}
    placed = tuple(
        replace(each, anchor=replace(each.anchor, page=1 if (each.anchor.start or 0) < 30 else 2))
        for each in contents.quotations
    )
    seen = replace(contents, documents=documents, quotations=placed)
    told = {each.quotation.anchor.exact: each.page for each in find(seen, "document:1")}
    for query in ("page:iv", "page:5", "page:5..9", "page:2"):
        wanted = {"page:iv": "iv", "page:5": "5", "page:5..9": "5"}.get(query)
        assert {each.quotation.anchor.exact for each in find(seen, f"{query} document:1")} == {
            words for words, page in told.items() if wanted is not None and wanted in page.split("–")
        }
    assert set(told.values()) <= {"iv", "iv–5", "5", "5–6"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("cod:x", "Did you mean “code:”"),
        ("code:monney", "money"),
        ("theme:x", "no theme"),
        ("page:x", "no page"),
    ],
)
def test_what_is_not_there_is_said(desk: Desk, query: str, words: str) -> None:
    with pytest.raises(UnknownQuery, match=words):
        found(desk, query)


def test_nothing_is_lost_until_it_is(desk: Desk) -> None:
    assert lost(coding_contents(desk.reader)) == []


def test_what_is_lost_is_cited_without_a_page(desk: Desk) -> None:
    contents = coding_contents(desk.reader)
    (quotation, *_) = contents.quotations
    paged = replace(contents.documents[quotation.document], pages=(Page(0, 400.0, 600.0, label="14"),))
    contents = replace(contents, documents={**contents.documents, paged.id: paged})
    there = replace(quotation, anchor=replace(quotation.anchor, page=1))
    assert found_quotation(contents, there).page == "14"
    assert found_quotation(contents, replace(there, state=AnchorState.LOST)).page == ""


def exported(desk: Desk, out: Path, query: str = "") -> CodingContents:
    contents = coding_contents(desk.reader)
    write_quotations(contents, find(contents, query), query, out)
    return contents


def test_every_format_holds_the_same_rows(desk: Desk, tmp_path: Path) -> None:
    for name in ("q.csv", "q.xlsx", "q.json", "q.docx"):
        exported(desk, tmp_path / name)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "q.csv").read_text("utf-8-sig"))))
    assert [row["Quotation"] for row in rows] == [*FIRST, "Money was short", "协同生产"]
    assert rows[0]["Codes"] == "Money; Trust / Time"
    assert (rows[2]["Themes"], rows[2]["Speaker"], rows[2]["Country"]) == ("Listening", "Carer", "England")
    assert rows[3]["Study"] == "Day centres"
    book = load_workbook(tmp_path / "q.xlsx", read_only=True)
    assert [row[0] for row in book["Quotations"].values][1:] == [row["Quotation"] for row in rows]
    assert len(list(book["Codings"].values)) == len(desk.codings()) + 1
    book.close()
    held = json.loads((tmp_path / "q.json").read_text("utf-8"))
    assert [each["citation"] for each in held["quotations"]][:1] == ["Author1 2020"]
    with zipfile.ZipFile(tmp_path / "q.docx") as packed:
        words = packed.read("word/document.xml").decode("utf-8")
    assert "Trust / Time" in words
    assert "“We felt unheard” (Author1 2020)" in words
    with pytest.raises(EvidenceError, match="not a format"):
        exported(desk, tmp_path / "q.pages")


def test_what_is_said_of_a_quotation_leaves_with_it(desk: Desk, tmp_path: Path) -> None:
    said = Said(
        kind=QuotationKind.PARAPHRASE, voice=Voice.AUTHOR, speaker="Commissioners", core="Late money",
        text="Money is never sure",
    )  # fmt: skip
    one, other = desk.quotations()[0], desk.quotations()[2]
    desk.do(quoting.describe(one, said))
    desk.do(quoting.link(one, other))
    ada = insert("person", "ada", name="Ada")
    layer = insert("layer", name="Agreed")
    coding = insert(
        "coding", quotation=one.id, code=desk.code("Money").id,
        person=RowOf("person", "ada"), layer=RowOf("layer", layer.guid),
    )  # fmt: skip
    kind = insert("characteristic", reference=1, name="kind", value="journal article", state="typed")
    desk.do(Edit("Agree", (ada, layer, coding, kind)))
    for name in ("q.csv", "q.json", "q.docx", "q.xlsx"):
        exported(desk, tmp_path / name)
    (row, *_) = csv.DictReader(io.StringIO((tmp_path / "q.csv").read_text("utf-8-sig")))
    assert (row["Kind"], row["Kind of the report"], row["Voice"]) == (
        "paraphrase",
        "journal article",
        "author",
    )
    assert row["Linked to"] == "“We felt unheard” (Author1 2020)"
    assert row["Coders"] == "Agreed (Ada)"
    book = load_workbook(tmp_path / "q.xlsx", read_only=True)
    assert "Agreed (Ada)" in [line[4] for line in book["Codings"].values]
    book.close()
    held = json.loads((tmp_path / "q.json").read_text("utf-8"))
    assert held["quotations"][0]["linked_to"] == [str(other.id)]
    with zipfile.ZipFile(tmp_path / "q.docx") as packed:
        words = packed.read("word/document.xml").decode("utf-8")
    for part in (
        "Paraphrase · Author’s interpretation · Commissioners", "On the page: “money arrived late”",
        "Core: Late money", "Linked to: “We felt unheard” (Author1 2020)",
    ):  # fmt: skip
        assert part in words


def test_own_words_are_cited_as_such(desk: Desk) -> None:
    said = Said(kind=QuotationKind.PARAPHRASE, text="They were not heard")
    desk.do(quoting.describe(desk.quotations()[2], said))
    contents = coding_contents(desk.reader)
    (each,) = find(contents, "kind:paraphrase")
    assert each.as_citation == "They were not heard (Author1 2020)"


def test_a_coding_is_told_with_its_place(desk: Desk) -> None:
    contents = coding_contents(desk.reader)
    told = [coding_json(contents, each) for each in contents.codings]
    assert told[0] is not None
    assert (told[0]["code"], told[0]["exact"], told[0]["start"]) == ("Money", "money arrived late", 18)
