"""Coding comes in from other programs and goes out to them; nothing is lost unnamed."""

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.coding import AnchorState, MemoKind, code_tree
from evidence_app.domain.edit import Edit, insert
from evidence_app.services.coding import codebook, coding, documents, memos
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.exchange.files import send_out
from evidence_app.services.coding.exchange.model import BadExchangeFile
from evidence_app.services.coding.full_texts import pasted
from evidence_app.storage import coding as stored
from evidence_app.storage import references
from evidence_app.storage.project import Project
from tests.services.coding.exchange.packages import (
    NVIVO,
    NVIVO_TEXT,
    PROJECT,
    SCHEMAS,
    A,
    B,
    C,
    D,
    E,
    F,
    coded_words,
    package,
    taken_in,
    validate,
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Any:
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        yield made


def test_a_file_of_nvivo_is_counted_as_nvivo_counts(project: Project, tmp_path: Path) -> None:
    file = package(tmp_path / "n.qdpx", NVIVO, {f"{F}.TXT": NVIVO_TEXT.encode("utf-8")})
    told = taken_in(project, file)
    assert (told.placed, told.codings, told.lost) == (3, 3, [])
    assert told.model.startswith("UTF-16 units, a line end counts 2")
    assert (told.quotations, told.codes, told.memos) == (2, 4, 1)
    assert told.not_kept == {"Picture source": 1}
    with project.reader() as reader:
        assert coded_words(reader) == [
            ("asked", "Trust / Late"), ("had a contract", "Money / Late"), ("had a contract", "Trust / Late"),
        ]  # fmt: skip
        codes = {code.guid: code for code in stored.codes(reader)}
        assert (codes[B].colour, codes[B].definition, codes[D].codable) == ("#FF0000", "About money", False)
        memo = reader.row("SELECT n.text, q.exact FROM live_note n JOIN quotation q ON q.id = n.quotation")
        assert memo is not None
        assert tuple(memo) == ("Look here", "asked")
        assert [each.item["title"] for each in references.all_references(reader)] == ["Interview 1"]
        assert reader.value("SELECT p.name FROM live_coding c JOIN person p ON p.id = c.person") == "Ada"


def test_the_same_file_twice_adds_nothing_and_undo_takes_all_of_it_back(
    project: Project, tmp_path: Path
) -> None:
    file = package(tmp_path / "n.qdpx", NVIVO, {f"{F}.txt": NVIVO_TEXT.encode("utf-8")})
    taken_in(project, file)
    with project.reader() as reader:
        before = coded_words(reader)
        told = taken_in(project, file)
        assert (told.placed, told.unchanged, told.documents, told.codes) == (3, 3, 0, 0)
        assert coded_words(reader) == before
        project.undo()
        assert coded_words(reader) == []
        assert references.all_references(reader) == []
        project.redo()
        assert coded_words(reader) == before


def test_a_quotation_written_twice_under_one_identity_is_one(project: Project, tmp_path: Path) -> None:
    body = f"""<CodeBook><Codes><Code guid="{B}" name="Money" isCodable="true"/></Codes></CodeBook>
    <Sources><PDFSource guid="{F}" name="Report">
      <PDFSelection guid="{A}" page="0" firstX="1" firstY="1" secondX="9" secondY="9" name="late">
        <Coding guid="{C}"><CodeRef targetGUID="{B}"/></Coding></PDFSelection>
      <Representation guid="{D}" plainTextPath="internal://t.txt">
        <PlainTextSelection guid="{A}" name="late" startPosition="6" endPosition="10">
          <Coding guid="{C}"><CodeRef targetGUID="{B}"/></Coding></PlainTextSelection>
      </Representation></PDFSource></Sources>"""
    told = taken_in(
        project,
        package(tmp_path / "a.qdpx", body, {"t.txt": b"Money late"}, "ATLAS.ti", "sources", "Mine.qde"),
    )
    assert (told.placed, told.codings, told.quotations) == (1, 1, 1)
    with project.reader() as reader:
        assert coded_words(reader) == [("late", "Money")]


def test_what_cannot_be_placed_is_listed_with_its_reason(project: Project, tmp_path: Path) -> None:
    body = f"""<CodeBook><Codes><Code guid="{B}" name="Money" isCodable="true"/></Codes></CodeBook>
    <Sources><TextSource guid="{F}" name="Report" plainTextPath="internal://t.txt">
      <PlainTextSelection guid="{A}" startPosition="2" endPosition="900">
        <Coding guid="{C}"><CodeRef targetGUID="{B}"/></Coding></PlainTextSelection>
      <PlainTextSelection guid="{E}" startPosition="0" endPosition="5">
        <Coding guid="{D}"><CodeRef targetGUID="{F}"/></Coding></PlainTextSelection>
    </TextSource><TextSource guid="{A}" name="Gone" plainTextPath="internal://gone.txt">
      <PlainTextSelection guid="{C}" startPosition="2" endPosition="4">
        <Coding guid="{E}"><CodeRef targetGUID="{B}"/></Coding></PlainTextSelection>
    </TextSource></Sources>"""
    told = taken_in(project, package(tmp_path / "l.qdpx", body, {"t.txt": b"Money late"}))
    assert (told.placed, told.codings) == (0, 3)
    assert [each["why"] for each in told.lost] == [
        "it lies outside its text", "its code is not in the code book",
        "neither its text nor its file is in the package",
    ]  # fmt: skip


def test_a_comment_without_a_code_comes_in_as_a_comment(project: Project, tmp_path: Path) -> None:
    body = f"""<Sources><TextSource guid="{F}" name="Report">
      <PlainTextContent>Money came late.</PlainTextContent>
      <PlainTextSelection guid="{A}" startPosition="0" endPosition="5">
        <Description>Whose?</Description></PlainTextSelection>
    </TextSource></Sources>"""
    taken_in(project, package(tmp_path / "m.qdpx", body, origin="MAXQDA"))
    with project.reader() as reader:
        (quotation,) = stored.all_quotations(reader)
        assert (quotation.anchor.exact, quotation.kind, quotation.text) == ("Money", "comment", "Whose?")


def hostile(path: Path, kind: str) -> Path:
    """Write a file that means harm."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        if kind == "path":
            file.writestr("../../outside.txt", "x")
        elif kind == "bomb":
            file.writestr("sources/bomb.txt", b"\0" * (64 << 20))
        elif kind == "entities":
            file.writestr(
                "project.qde", '<!DOCTYPE p [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><Project name="&b;"/>'
            )
            return path
        elif kind == "external":
            text = '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]><Project name="&x;"/>'
            file.writestr("project.qde", text.encode("utf-16"))
            return path
        elif kind == "deep":
            file.writestr("project.qde", PROJECT.format(origin="", body=_nested()))
            return path
        file.writestr("project.qde", PROJECT.format(origin="", body=""))
    return path


def _nested() -> str:
    code = '<Code guid="a" name="n" isCodable="true">'
    return f"<CodeBook><Codes>{code * 500}{'</Code>' * 500}</Codes></CodeBook>"


@pytest.mark.parametrize("kind", ["path", "bomb", "entities", "external", "deep"])
def test_a_harmful_file_is_refused_and_nothing_is_changed(
    project: Project, tmp_path: Path, kind: str
) -> None:
    with pytest.raises(BadExchangeFile, match="Nothing was imported"):
        taken_in(project, hostile(tmp_path / "h.qdpx", kind))
    assert not (tmp_path.parent / "outside.txt").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", os.urandom(200), b"<a/>"])
def test_a_damaged_file_is_refused_in_a_sentence(project: Project, tmp_path: Path, content: bytes) -> None:
    for name in ("d.qdpx", "d.qdc"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadExchangeFile):
            taken_in(project, tmp_path / name)


def damaged_within(path: Path, kind: str) -> Path:
    """Write a zip that opens, and breaks when it is read on."""
    package(path, "<Description>words of the project</Description>" * 20)
    with zipfile.ZipFile(path) as file:
        (entry,) = file.infolist()
        text = file.read(entry)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", text)
    content = bytearray(path.read_bytes())
    if kind == "content":
        content[60:90] = b"\xaa" * 30
    else:
        for mark, flags in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
            content[content.find(mark) + flags] |= 8
        content = bytearray(bytes(content).replace(b"project", b"pro\xffect"))
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", ["content", "name"])
def test_a_package_that_is_damaged_within_is_refused_in_a_sentence(
    project: Project, tmp_path: Path, kind: str
) -> None:
    with pytest.raises(BadExchangeFile, match="Nothing was imported"):
        taken_in(project, damaged_within(tmp_path / "d.qdpx", kind))


def test_a_pdf_that_cannot_be_read_loses_its_codings_and_nothing_else(
    project: Project, tmp_path: Path
) -> None:
    name = "委托" * 100
    body = f"""<CodeBook><Codes><Code guid="{A}" name="Money" isCodable="true"/></Codes></CodeBook><Sources>
    <PDFSource guid="{B}" name="{name}" path="internal://{B}.pdf">
      <PDFSelection guid="{C}" page="0" firstX="1" firstY="1" secondX="9" secondY="9">
        <Coding guid="{D}"><CodeRef targetGUID="{A}"/></Coding></PDFSelection>
      <Coding guid="{E}"><CodeRef targetGUID="{A}"/></Coding>
    </PDFSource>
    <TextSource guid="{F}" name="Two"><PlainTextContent>Money came late.</PlainTextContent>
      <PlainTextSelection guid="{F[:-1]}2" startPosition="0" endPosition="5">
        <Coding guid="{F[:-1]}3"><CodeRef targetGUID="{A}"/></Coding></PlainTextSelection>
    </TextSource></Sources>"""
    told = taken_in(project, package(tmp_path / "m.qdpx", body, {f"{B}.pdf": b"%PDF-1.4 broken"}))
    assert (told.codings, told.placed, len(told.lost)) == (3, 1, 2)
    assert "damaged" in told.lost[0]["why"]


def stocked(project: Project) -> None:
    """Give a project two documents with codings, memos, a folder, and two codes of one name."""
    text = "Money 😀 came late.\nNobody asked us, 委托 said.\n\nTrust was lost."
    reference = insert("reference", title="A study of money", doi="10.1/x", type="report")
    project.apply(Edit("Add", (reference,)))
    with project.reader() as reader:
        row = int(reader.value("SELECT id FROM live_reference"))
        project.apply(documents.attach(row, pasted(text, "Report"), None))
        (document,) = stored.documents(reader)
        project.apply(codebook.new_code("Money", colour="#3850C4"))
        (money,) = stored.codes(reader)
        project.apply(
            codebook.define(money, definition="What was paid", inclusion="Grants", exclusion="Time")
        )
        project.apply(codebook.new_code("Late", money))
        project.apply(codebook.new_code("Late"))
        for words, name in (
            ("came late", "Late"),
            ("Nobody asked us", "Late"),
            ("委托", "Money"),
            ("Trust was lost", "Late"),
        ):
            start = text.index(words)
            anchor = anchor_of(document, text, start, start + len(words))
            passage = coding.passage_at(document, anchor, stored.quotations(reader, document.id))
            code = [each for each in stored.codes(reader) if each.name == name][
                -1 if words.startswith("T") else 0
            ]
            project.apply(coding.code_passage(passage, [code]))
        first = stored.codings(reader)[0]
        project.apply(coding.set_memo(first, "Because of the year"))
        project.apply(memos.write_memo(MemoKind.THEORY, "Think of grants", "code", money.id, "Scope"))


@pytest.mark.parametrize("profile", ["standard", "nvivo", "maxqda"])
def test_the_coding_goes_out_and_comes_back_on_the_same_words(
    project: Project, tmp_path: Path, profile: str
) -> None:
    stocked(project)
    out = tmp_path / "out.qdpx"
    with project.reader() as reader:
        before, guids = coded_words(reader), {code.guid for code in stored.codes(reader)}
        sent = send_out(reader, out, profile)
    assert (sent.codings, sent.codes, sent.documents) == (4, 3, 1)
    with Project.create(tmp_path / "empty.evidence", "Empty") as empty, empty.reader() as reader:
        told = taken_in(empty, out)
        assert (told.placed, told.codings, told.lost) == (4, 4, [])
        assert coded_words(reader) == before
        assert {code.guid for code in stored.codes(reader)} == guids
        (work,) = references.all_references(reader)
        assert (work.item["title"], work.item["DOI"], work.item["type"]) == (
            "A study of money",
            "10.1/x",
            "report",
        )
        assert {each.memo for each in stored.codings(reader)} == {"", "Because of the year"}
        assert all(each.state is AnchorState.PLACED for each in stored.all_quotations(reader))
        assert reader.value("SELECT text FROM live_note WHERE code IS NOT NULL") == "Think of grants"


def test_identities_are_the_same_at_every_export(project: Project, tmp_path: Path) -> None:
    stocked(project)
    contents = []
    for name in ("one.qdpx", "two.qdpx"):
        with project.reader() as reader:
            send_out(reader, tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as file:
            text = file.read("project.qde").decode("utf-8")
        contents.append(text.split("modifiedDateTime")[0] + text.split("<Users>")[-1])
    assert contents[0] == contents[1]


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas of the standard are not beside the checkout")
def test_what_goes_out_validates_against_the_schemas(project: Project, tmp_path: Path) -> None:
    for filled in (False, True):
        if filled:
            stocked(project)
        with project.reader() as reader:
            send_out(reader, tmp_path / "v.qdpx")
            if filled:
                send_out(reader, tmp_path / "v.qdc")
        with zipfile.ZipFile(tmp_path / "v.qdpx") as file:
            content = file.read("project.qde")
        validate(content, "Project.xsd")
    validate((tmp_path / "v.qdc").read_bytes(), "Codebook.xsd")


def test_a_code_book_travels_alone_and_finds_codes_of_the_same_path(project: Project, tmp_path: Path) -> None:
    stocked(project)
    out = tmp_path / "book.qdc"
    with project.reader() as reader:
        send_out(reader, out)
    with Project.create(tmp_path / "empty.evidence", "Empty") as empty, empty.reader() as reader:
        empty.apply(codebook.new_code("Money"))
        told = taken_in(empty, out)
        assert told.codes == 2
        assert [each.full_name for each in code_tree(stored.codes(reader))] == [
            "Money",
            "Money / Late",
            "Late",
        ]


def test_the_empty_sets_of_taguette_do_no_harm(project: Project, tmp_path: Path) -> None:
    (tmp_path / "t.qdc").write_text(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette"><Codes><Code guid="{A}" name="x.y" '
        'isCodable="true"/></Codes><Sets/></CodeBook>', "utf-8",
    )  # fmt: skip
    assert taken_in(project, tmp_path / "t.qdc").codes == 1


def test_people_known_by_name_keep_their_codings_together(project: Project, tmp_path: Path) -> None:
    ada = insert("person", name="Ada")
    project.apply(Edit("Ada comes", (ada,)))
    file = package(tmp_path / "n.qdpx", NVIVO, {f"{F}.txt": NVIVO_TEXT.encode("utf-8")})
    taken_in(project, file)
    with project.reader() as reader:
        assert reader.value("SELECT count(*) FROM person WHERE name = 'Ada'") == 1
