"""What each program writes in its own way comes in on the same words; the packages are our own imitations."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.coding import QuotationKind, Voice, code_tree
from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.services.coding import documents, quoting
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.exchange.files import send_out
from evidence_app.services.coding.full_texts import pasted
from evidence_app.services.coding.quoting import Said, said_of
from evidence_app.storage import coding as stored
from evidence_app.storage.project import Project
from tests.services.coding.exchange.packages import (
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
from tests.services.coding.pdfs import made_pdf

G, H, J, K = (f"{number}0000000-0000-4000-8000-000000000009" for number in "1234")


@pytest.fixture
def project(tmp_path: Path) -> Any:
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        yield made


def selection(guid: str, start: int, end: int, code: str, name: str = "") -> str:
    return f"""<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{end}">
      <Coding guid="{guid[:-1]}c"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>"""


def test_nvivo_on_a_mac_nests_codes_of_one_name_and_leaves_an_empty_file(
    project: Project, tmp_path: Path
) -> None:
    text = "Wir 👩‍⚕️ warten.\nNiemand fragt uns.\n"
    at = text.index("Niemand")
    wide = len(text[:at].encode("utf-16-le")) // 2
    body = f"""<CodeBook><Codes><Code guid="{A}" name="Barriers" isCodable="true">
        <Code guid="{B}" name="Time" isCodable="true"/></Code>
      <Code guid="{C}" name="Enablers" isCodable="true"><Code guid="{D}" name="Time" isCodable="true"/></Code>
    </Codes></CodeBook><Sources><TextSource guid="{F}" name="Notes" plainTextPath="internal://{F}.txt">
      {selection(G, wide, wide + 7, D)}{selection(H, wide + 8, wide + 13, B)}</TextSource></Sources>"""
    file = package(tmp_path / "mac.qdpx", body, {f"{F}.txt": text.encode(), ".root": b""}, folder="sources")
    told = taken_in(project, file)
    assert (told.placed, told.codings, told.lost) == (2, 2, [])
    assert told.model.startswith("UTF-16 units")
    with project.reader() as reader:
        assert coded_words(reader) == [("Niemand", "Enablers / Time"), ("fragt", "Barriers / Time")]


def test_atlas_ti_stores_two_signs_at_a_line_end_and_counts_one(project: Project, tmp_path: Path) -> None:
    body = f"""<CodeBook><Codes><Code guid="{A}" name="Drinks" isCodable="true"/>
        <Code guid="{B}" name="Drinks::tea" isCodable="true"/></Codes></CodeBook>
      <Sources><TextSource guid="{F}" name="D1" plainTextPath="internal://{F}.txt">
        {selection(G, 18, 21, B, "tea")}{selection(H, 28, 34, A, "coffee")}</TextSource></Sources>
      <Links><Link guid="{J}" direction="OneWay" name="contradicts" originGUID="{G}" targetGUID="{H}"/>
        <Link guid="{K}" direction="OneWay" originGUID="{A}" targetGUID="{B}"/></Links>"""
    content = b"We sat.\r\nThey made tea.\r\nThen coffee came."
    file = package(
        tmp_path / "atlas.qdpx", body, {f"{F}.txt": content}, "ATLAS.ti 26.1.2", "sources", "Trial.qde"
    )
    told = taken_in(project, file)
    assert told.model.startswith("code points, a line end counts 1")
    assert (told.placed, told.lost) == (2, [])
    assert told.not_kept == {"Link between other things than passages": 1}
    with project.reader() as reader:
        assert coded_words(reader) == [("coffee", "Drinks"), ("tea", "Drinks::tea")]
        (link,) = stored.quotation_links(reader)
        words = {each.id: each.anchor.exact for each in stored.all_quotations(reader)}
        assert (words[link.quotation_a], words[link.quotation_b], link.kind) == (
            "tea",
            "coffee",
            "contradicts",
        )
    assert taken_in(project, file).unchanged == 2
    with project.reader() as reader:
        assert len(stored.quotation_links(reader)) == 1


def test_maxqda_keeps_variables_in_the_document_and_several_of_one_name(
    project: Project, tmp_path: Path
) -> None:
    def source(guid: str, country: str, within: str) -> str:
        return f"""<TextSource modifyingUser="{E}" guid="{guid}" creatingUser="{E}" name="Interview"
          plainTextPath="internal://{guid}.txt">{within}<VariableValue><VariableRef targetGUID="{K}"/>
          <TextValue>{country}</TextValue></VariableValue></TextSource>"""

    one = selection(G, 8, 12, A)
    body = f"""<Users><User guid="{E}" name="jo"/></Users>
      <CodeBook><Codes><Code color="#ef8256" guid="{A}" name="Money" isCodable="true"/></Codes></CodeBook>
      <Variables><Variable guid="{K}" name="Country" typeOfVariable="Text"/></Variables>
      <Sources>{source(B, "Ireland", one)}{source(C, "Wales", "")}</Sources>
      <Sets><Set guid="{J}" name="Group"><MemberSource targetGUID="{B}"/></Set></Sets>"""
    texts = {f"{guid}.txt": b"We had\r\ncash at hand.\r\n" for guid in (B, C)}
    told = taken_in(project, package(tmp_path / "m.qdpx", body, texts, "MAXQDA 24 (Release 24.7.0)"))
    assert (told.placed, told.documents, told.lost) == (1, 2, [])
    assert told.not_kept == {"Set without codes": 1}
    with project.reader() as reader:
        assert coded_words(reader) == [("cash", "Money")]
        values = [row["value"] for row in reader.rows("SELECT value FROM live_characteristic ORDER BY id")]
        assert values == ["Ireland", "Wales"]


def test_qualcoder_counts_areas_from_the_top_and_writes_the_words_first(
    project: Project, tmp_path: Path
) -> None:
    made = made_pdf(tmp_path / "report.pdf", "Money came late.\n#pagebreak()\nNobody asked us.")
    body = f"""<CodeBook><Codes><Code guid="{A}" name="Money" isCodable="true"/></Codes></CodeBook>
      <Sources><PDFSource guid="{F}" name="report.pdf" path="internal://{F}.pdf">
        <Representation guid="{E}" plainTextPath="internal://{F}.txt">
          {selection(G, 18, 27, A, "Nobody as")}</Representation>
        <PDFSelection guid="{H}" page="1" firstX="30" firstY="30" secondX="130" secondY="60">
          <Coding guid="{J}"><CodeRef targetGUID="{A}"/></Coding></PDFSelection></PDFSource></Sources>"""
    sources = {f"{F}.pdf": made.read_bytes(), f"{F}.txt": b"Money came late.\n\nNobody asked us.\n"}
    told = taken_in(project, package(tmp_path / "q.qdpx", body, sources, "Qualcoder-3.6", "sources"))
    assert (told.placed, told.lost) == (2, [])
    with project.reader() as reader:
        words, area = sorted(stored.all_quotations(reader), key=lambda each: each.anchor.is_area)
    assert (words.anchor.exact, words.anchor.page) == ("Nobody as", 2)
    (box,) = area.anchor.rectangles
    assert (box.page, box.y0, box.y1) == (2, 340, 370), "of a page 400 high"


def test_taguette_writes_flat_paths_and_an_empty_set(project: Project, tmp_path: Path) -> None:
    (tmp_path / "t.qdc").write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" '
        f'origin="Taguette 1.4"><Codes><Code guid="{A.upper()}" name="people" isCodable="true"/>'
        f'<Code guid="{B.upper()}" name="people.carers" isCodable="true"/></Codes><Sets/></CodeBook>',
        "utf-8",
    )  # fmt: skip
    told = taken_in(project, tmp_path / "t.qdc")
    assert (told.codes, told.not_kept) == (2, {})
    with project.reader() as reader:
        assert [each.full_name for each in code_tree(stored.codes(reader))] == ["people", "people.carers"]


def test_media_their_codings_and_what_cases_point_to_are_listed_as_not_kept(
    project: Project, tmp_path: Path
) -> None:
    coded = f'<Coding guid="{J}"><CodeRef targetGUID="{A}"/></Coding>'
    body = f"""<CodeBook><Codes><Code guid="{A}" name="Money" isCodable="true"/></Codes></CodeBook>
      <Cases><Case guid="{B}" name="Person 1"><CodeRef targetGUID="{A}"/></Case></Cases>
      <Sources><AudioSource guid="{C}" name="talk.m4a" path="relative:///talk.m4a">
        <Transcript guid="{D}"><TranscriptSelection guid="{E}">{coded}</TranscriptSelection></Transcript>
        <AudioSelection guid="{F}" begin="0" end="9">{coded}</AudioSelection></AudioSource></Sources>
      <Graphs><Graph guid="{G}" name="Model"/></Graphs>"""
    told = taken_in(project, package(tmp_path / "media.qdpx", body))
    assert told.not_kept == {
        "Audio source": 1, "Coding of a picture, sound or film": 2, "Graph": 1, "Code of a case": 1,
    }  # fmt: skip


def test_an_area_without_its_pdf_stands_on_the_words_written_beside_it(
    project: Project, tmp_path: Path
) -> None:
    body = f"""<CodeBook><Codes><Code guid="{A}" name="Money" isCodable="true"/></Codes></CodeBook>
      <Sources><PDFSource guid="{F}" name="doc.pdf" path="internal://gone.pdf">
        <PDFSelection guid="{G}" page="0" firstX="1" firstY="1" secondX="9" secondY="9">
          <Representation guid="{H}"><PlainTextContent>nobody asked us</PlainTextContent></Representation>
          <Coding guid="{J}"><CodeRef targetGUID="{A}"/></Coding></PDFSelection>
        <Representation guid="{K}"><PlainTextContent>They said that nobody
asked us at all.</PlainTextContent></Representation></PDFSource></Sources>"""
    told = taken_in(project, package(tmp_path / "gone.qdpx", body, origin="ATLAS.ti 23"))
    assert (told.placed, told.lost) == (1, [])
    with project.reader() as reader:
        assert coded_words(reader) == [("nobody\nasked us", "Money")]


def test_links_between_quotations_go_out_and_come_back(project: Project, tmp_path: Path) -> None:
    text = "Money came late. Nobody asked us."
    project.apply(Edit("Add", (insert("reference", title="A report"),)))
    out = tmp_path / "out.qdpx"
    with project.reader() as reader:
        row = int(reader.value("SELECT id FROM live_reference"))
        project.apply(documents.attach(row, pasted(text), None))
        (document,) = stored.documents(reader)
        for start, end in ((0, 15), (17, 32)):
            project.apply(quoting.quote(document, anchor_of(document, text, start, end)))
        one, other = stored.all_quotations(reader)
        project.apply(quoting.link(one, other, "explains"))
        assert send_out(reader, out).not_written == {}
    with zipfile.ZipFile(out) as file:
        content = file.read("project.qde")
    if SCHEMAS.exists():
        validate(content, "Project.xsd")
    with Project.create(tmp_path / "empty.evidence", "Empty") as empty, empty.reader() as reader:
        taken_in(empty, out)
        (link,) = stored.quotation_links(reader)
        words = {each.id: each.anchor.exact for each in stored.all_quotations(reader)}
    assert (words[link.quotation_a], words[link.quotation_b]) == ("Money came late", "Nobody asked us")
    assert link.kind == "explains"


def test_what_is_said_of_quotations_comes_back_and_what_has_no_place_is_counted(
    project: Project, tmp_path: Path
) -> None:
    text = "Money came late. Nobody asked us."
    project.apply(Edit("Add", (insert("reference", title="A report"),)))
    out = tmp_path / "out.qdpx"
    said = Said(
        kind=QuotationKind.PARAPHRASE, voice=Voice.PARTICIPANT, speaker="Carers", core="Late money",
        text="It was late:\nKind of.", important=True,
    )  # fmt: skip
    with project.reader() as reader:
        row = int(reader.value("SELECT id FROM live_reference"))
        project.apply(documents.attach(row, pasted(text), None))
        (document,) = stored.documents(reader)
        for start, end in ((0, 15), (17, 32)):
            project.apply(quoting.quote(document, anchor_of(document, text, start, end)))
        quotation = stored.all_quotations(reader)[0]
        project.apply(quoting.describe(quotation, said))
        code, layer = insert("code", name="Money"), insert("layer", name="Agreed")
        coded = insert(
            "coding", quotation=quotation.id, code=RowOf("code", code.guid), layer=RowOf("layer", layer.guid)
        )
        region = insert("region", document=document.id, kind="findings", start=0, end=9)
        state = insert("coding_status", reference=row, state="coded", at="")
        memo = insert("note", kind="decision", text="As agreed", document=document.id)
        project.apply(Edit("Beside", (code, layer, coded, region, state, memo)))
        assert send_out(reader, out).not_written == {
            "Part of a document marked as to be coded": 1, "How far a report is coded": 1,
            "Layer of a coding: blind, or agreed": 1, "Type of a memo": 1,
        }  # fmt: skip
    with Project.create(tmp_path / "empty.evidence", "Empty") as empty, empty.reader() as reader:
        taken_in(empty, out)
        first, second = stored.all_quotations(reader)
    assert said_of(first) == replace(said, origin="Evidence Desk")
    assert said_of(second) == Said(origin="Evidence Desk")


def test_a_description_of_another_program_is_a_comment(project: Project, tmp_path: Path) -> None:
    body = f"""<Sources><TextSource guid="{F}" name="Notes" plainTextPath="internal://{F}.txt">
      <PlainTextSelection guid="{G}" startPosition="0" endPosition="5"><Description>Speaker: me</Description>
      </PlainTextSelection></TextSource></Sources>"""
    taken_in(project, package(tmp_path / "other.qdpx", body, {f"{F}.txt": b"Money came late."}))
    with project.reader() as reader:
        (quotation,) = stored.all_quotations(reader)
    assert (quotation.kind, quotation.text, quotation.speaker) == (QuotationKind.COMMENT, "Speaker: me", "")


def test_two_documents_of_one_report_come_back_under_one_report(project: Project, tmp_path: Path) -> None:
    project.apply(Edit("Add", (insert("reference", title="A report"),)))
    out = tmp_path / "out.qdpx"
    with project.reader() as reader:
        row = int(reader.value("SELECT id FROM live_reference"))
        for text in ("Money came late.", "An appendix on money."):
            project.apply(documents.attach(row, pasted(text), None))
        send_out(reader, out)
    with Project.create(tmp_path / "empty.evidence", "Empty") as empty, empty.reader() as reader:
        assert taken_in(empty, out).documents == 2
        reports = {each.reference for each in stored.documents(reader)}
        assert len(reports) == 1
        assert reader.value("SELECT count(*) FROM live_reference") == 1
