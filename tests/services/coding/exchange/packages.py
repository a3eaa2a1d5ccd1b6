"""Packages written by hand, as other programs write them, and what becomes of them here."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from evidence_app.domain.coding import code_tree
from evidence_app.services.coding.exchange.files import bring_in
from evidence_app.services.coding.exchange.reports import BroughtIn
from evidence_app.storage import coding as stored
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project

SCHEMAS = Path(__file__).resolve().parents[5] / "shared" / "data" / "refi-qda"
PROJECT = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<Project xmlns="urn:QDA-XML:project:1.0" name="P" origin="{origin}">{body}</Project>'
)
A, B, C, D, E, F = (f"{letter * 8}-0000-4000-8000-000000000001" for letter in "abcdef")


def package(
    path: Path,
    body: str,
    sources: Mapping[str, bytes] | None = None,
    origin: str = "NVivo",
    folder: str = "Sources",
    name: str = "project.qde",
) -> Path:
    """Write a package by hand, as another program might."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, PROJECT.format(origin=origin, body=body))
        for each, content in (sources or {}).items():
            file.writestr(f"{folder}/{each}", content)
    return path


def taken_in(project: Project, path: Path) -> BroughtIn:
    """Bring a file in, and return what it came to."""
    with project.reader() as reader:
        edit, told = bring_in(reader, path)
        if edit.changes:
            project.apply(edit)
    return told


def coded_words(reader: Reader) -> list[tuple[str, str]]:
    """Return (words, code path) of every coding."""
    names = {each.code.id: each.full_name for each in code_tree(stored.codes(reader))}
    quotations = {each.id: each for each in stored.all_quotations(reader)}
    return sorted(
        (quotations[each.quotation].anchor.exact, names[each.code]) for each in stored.codings(reader)
    )


def validate(content: bytes, schema: str) -> None:
    """Raise where a file does not fit a schema of the standard."""
    checked = etree.XMLSchema(etree.parse(SCHEMAS / schema))
    checked.assertValid(etree.parse(io.BytesIO(content)))


NVIVO_TEXT = "\ufeffWe 😀 had a contract.\r\nNobody was 🎉 asked.\r\n"
NVIVO = f"""
<Users><User guid="{{{A.upper()}}}" name="Ada"/></Users>
<CodeBook><Codes>
  <Code guid="{B}" name="Money" isCodable="true" color="#FF0000"><Description>About money</Description>
    <Code guid="{C}" name="Late" isCodable="true"/></Code>
  <Code guid="{D}" name="Trust" isCodable="false"><Code guid="{E}" name="Late" isCodable="true"/></Code>
</Codes></CodeBook>
<Sources><TextSource guid="{F}" name="Interview 1" plainTextPath="internal://{F.upper()}.txt">
  <PlainTextSelection guid="11111111-0000-4000-8000-000000000001" name="" startPosition="6" endPosition="20">
    <Description></Description>
    <Coding guid="21111111-0000-4000-8000-000000000001" creatingUser="{{{A.upper()}}}"
      creationDateTime="2020-01-01T10:00:00Z"><CodeRef targetGUID="{C.upper()}"/></Coding>
  </PlainTextSelection>
  <PlainTextSelection guid="11111111-0000-4000-8000-000000000002" name="" startPosition="6" endPosition="20">
    <Coding guid="21111111-0000-4000-8000-000000000002"><CodeRef targetGUID="{E}"/></Coding>
  </PlainTextSelection>
  <PlainTextSelection guid="11111111-0000-4000-8000-000000000003" name="" startPosition="37" endPosition="42">
    <Coding guid="21111111-0000-4000-8000-000000000003"><CodeRef targetGUID="{E}"/></Coding>
  </PlainTextSelection>
</TextSource><PictureSource guid="31111111-0000-4000-8000-000000000001" name="Photo" path="internal://x.jpg"/></Sources>
<Notes><Note guid="41111111-0000-4000-8000-000000000001" name="Annotation">
  <PlainTextContent>Look here</PlainTextContent></Note></Notes>
<Links><Link guid="51111111-0000-4000-8000-000000000001" originGUID="41111111-0000-4000-8000-000000000001"
  targetGUID="11111111-0000-4000-8000-000000000003"/></Links>
"""
