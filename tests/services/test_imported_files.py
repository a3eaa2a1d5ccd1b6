"""Coming from Zotero, EndNote and Mendeley: the files beside an export are copied, missing ones told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.services.imported_files import FilesBeside
from evidence_app.services.importing import SearchRun, import_files
from evidence_app.services.library.attachments import companion_folder, place_of
from evidence_app.services.searches import import_report
from evidence_app.storage.project import Project

PDF = b"%PDF-1.4 a page about rest"
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dcterms="http://purl.org/dc/terms/">
 <bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType><dc:title>Rest at night</dc:title>
  <dc:subject>wards</dc:subject><dcterms:isReferencedBy rdf:resource="#item_3"/>
  <link:link rdf:resource="#item_2"/><link:link rdf:resource="#item_4"/></bib:Article>
 <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType>
  <rdf:resource rdf:resource="files/2/Ray%20rest.pdf"/><dc:title>PDF</dc:title></z:Attachment>
 <z:Attachment rdf:about="#item_4"><z:itemType>attachment</z:itemType>
  <rdf:resource rdf:resource="files/4/gone.pdf"/><dc:title>PDF</dc:title></z:Attachment>
 <bib:Memo rdf:about="#item_3"><rdf:value>&lt;p&gt;Read again&lt;/p&gt;</rdf:value></bib:Memo>
 <z:Collection rdf:about="#collection_1"><dc:title>Night work</dc:title>
  <dcterms:hasPart rdf:resource="#item_1"/></z:Collection>
</rdf:RDF>
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author>Ray, A</author></authors>
</contributors><titles><title>Rest at night</title></titles><urls><pdf-urls>
<url>internal-pdf://1234/Ray rest.pdf</url></pdf-urls></urls></record></records></xml>
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        yield made


def folder(tmp_path: Path, *parts: str) -> Path:
    file = tmp_path.joinpath("export", *parts)
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def attachments(project: Project) -> list[tuple[str, str]]:
    with project.reader() as reader:
        rows = reader.rows("SELECT name, sha256 FROM live_attachment ORDER BY id")
        return [(row["name"], row["sha256"]) for row in rows]


def test_a_zotero_library_comes_with_its_files_notes_and_collections(
    tmp_path: Path, project: Project
) -> None:
    folder(tmp_path, "files", "2", "Ray rest.pdf").write_bytes(PDF)
    export = folder(tmp_path, "library.rdf")
    export.write_text(RDF, "utf-8")
    (report,) = import_files(project, [export], SearchRun()).files
    assert (report.imported, report.attached, report.missing) == (1, 1, ["files/4/gone.pdf"])
    (name, sha256), missing = attachments(project)
    assert (name, missing) == ("Ray rest.pdf", ("gone.pdf", ""))
    assert place_of(project.path, sha256, name).read_bytes() == PDF
    with project.reader() as reader:
        (line,) = import_report.lines_of(reader, [report])
        assert (line.attached, line.missing) == (1, ("gone.pdf",))
        said = import_report.sentence([line])
        assert "1 file came with them. 1 file named by the records is not in the folder" in said
        assert "not in the folder of the export: gone.pdf" in import_report.text_of([line], "Import")
        assert reader.value("SELECT text FROM live_note") == "Read again"
        assert reader.value("SELECT name FROM live_tag") == "Night work"
    project.undo()
    assert attachments(project) == []
    project.redo()
    assert attachments(project)[0] == (name, sha256)


@pytest.mark.parametrize("place", ["library.Data/PDF/1234", "PDF/1234", "files/1234", "1234", "."])
def test_an_endnote_library_finds_its_files_wherever_they_lie(
    tmp_path: Path, project: Project, place: str
) -> None:
    folder(tmp_path, *place.split("/"), "Ray rest.pdf").write_bytes(PDF)
    export = folder(tmp_path, "library.xml")
    export.write_text(ENDNOTE, "utf-8")
    (report,) = import_files(project, [export], SearchRun()).files
    assert (report.attached, report.missing) == (1, [])


def test_a_mendeley_library_names_its_files_by_whole_paths(tmp_path: Path, project: Project) -> None:
    pdf = folder(tmp_path, "Papers", "rest.pdf")
    pdf.write_bytes(PDF)
    export = folder(tmp_path, "library.bib")
    export.write_text(f"@article{{ray, title={{Rest}}, file={{:{pdf.as_posix()}:pdf}}}}", "utf-8")
    (report,) = import_files(project, [export], SearchRun()).files
    assert (report.attached, report.missing) == (1, [])


def test_the_same_file_of_two_records_lies_once_beside_the_project(tmp_path: Path, project: Project) -> None:
    folder(tmp_path, "files", "a.pdf").write_bytes(PDF)
    export = folder(tmp_path, "library.ris")
    record = "TY  - JOUR\nTI  - Rest {}\nL1  - files/a.pdf\nER  - \n\n"
    export.write_text(record.format(1) + record.format(2), "utf-8")
    (report,) = import_files(project, [export], SearchRun()).files
    assert report.attached == 2
    kept = [file for file in companion_folder(project.path).rglob("*") if file.is_file()]
    assert len(kept) == 1


@pytest.mark.parametrize(
    "named", ["{outside}", "../outside.pdf", "file://{outside}", "files/../../outside.pdf"]
)
def test_nothing_outside_the_folder_of_the_export_is_taken(tmp_path: Path, named: str) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(PDF)
    export = folder(tmp_path, "library.ris")
    export.write_text("", "utf-8")
    beside = FilesBeside(tmp_path / "review.evidence", export)
    assert beside.found(named.format(outside=outside)) is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(PDF)
    export = folder(tmp_path, "library.ris")
    export.write_text("", "utf-8")
    try:
        folder(tmp_path, "a.pdf").symlink_to(outside)
    except OSError:
        pytest.skip("links cannot be made here")
    assert FilesBeside(tmp_path / "review.evidence", export).found("a.pdf") is None


@pytest.mark.parametrize("named", ["", "\x00", "a" * 5000, "internal-pdf://", "file:///%00", "C:\\x\\y.pdf"])
def test_any_name_is_looked_for(tmp_path: Path, named: str) -> None:
    export = folder(tmp_path, "library.ris")
    export.write_text("", "utf-8")
    assert FilesBeside(tmp_path / "review.evidence", export).found(named) is None


def test_a_page_on_the_web_is_kept_as_a_link(tmp_path: Path, project: Project) -> None:
    export = folder(tmp_path, "library.ris")
    export.write_text("TY  - JOUR\nTI  - Rest\nL1  - https://example.org/a/rest.pdf\nER  - \n", "utf-8")
    (report,) = import_files(project, [export], SearchRun()).files
    assert (report.attached, report.missing) == (0, [])
    with project.reader() as reader:
        assert reader.value("SELECT url FROM live_attachment") == "https://example.org/a/rest.pdf"
