"""What the exports of databases and programs do otherwise than their guides say."""

from pathlib import Path

import pytest

from evidence_app.domain.names import CslName
from evidence_app.services.formats import reference_lists
from evidence_app.services.formats.mappings import ovid_sources
from evidence_app.services.formats.mappings.ovid_names import person_of
from evidence_app.services.formats.records import ReadFile, ReadRecord
from evidence_app.services.formats.registry import read_file


def read(tmp_path: Path, text: str) -> tuple[list[ReadRecord], ReadFile]:
    path = tmp_path / "export.any"
    path.write_text(text, encoding="utf-8")
    file = read_file(path)
    return list(file.records), file


def families(record: ReadRecord, role: str = "author") -> list[str]:
    return [name.get("family") or name["literal"] for name in record.item.get(role, [])]


OVID_NUMBERED = """<1. >
VN  - Ovid Technologies
DB  - BIOSIS Previews
AN  - PREV2004001
AU  - Walsh, Nell B. [Inventor, Reprint Author; E-mail: nell@example.org]
AU  - Wabner, Cindy [Inventor]
TI  - Tablets of ultradense calcium
SO  - Official Gazette of the Patent Office Patents. 1288(3), Nov. 16, 2004.
PT  - Patent
PN  - US 6818
IS  - 0098-1133 (ISSN print)
YR  - 2004

<241. >
VN  - Ovid Technologies
AN  - PREV2004002
AU  - Gertner, Al [Author, Reprint Author]
TI  - Throughput for proteomics.
SO  - Kamp, Rosa [Editor, Reprint Author], Calvet, Jo [Editor]. Methods in proteome analysis.:371-397, 2004.
Series Information:  Principles and Practice.
PT  - Book Chapter
IB  - 3-540-20222-6 (cloth)
YR  - 2004
"""


def test_ovid_records_under_numbers_with_a_dot(tmp_path: Path) -> None:
    (patent, chapter), file = read(tmp_path, OVID_NUMBERED)
    assert (file.format, file.expected, file.unplaced) == ("ovid-tagged", 2, [])
    assert families(patent) == ["Walsh", "Wabner"]
    assert (patent.item["type"], patent.item["number"], patent.item["volume"]) == (
        "patent",
        "US 6818",
        "1288",
    )
    assert patent.item["issued"] == {"date-parts": [[2004, 11, 16]]}
    assert families(chapter, "editor") == ["Kamp", "Calvet"]
    assert (chapter.item["container-title"], chapter.item["page"]) == (
        "Methods in proteome analysis",
        "371-397",
    )
    assert chapter.item["ISBN"] == "3-540-20222-6"


def test_ovid_psycinfo_indented_with_paragraphs_between(tmp_path: Path) -> None:
    text = (
        " <7. >\n VN  - Ovid Technologies\n AN  - Peer Reviewed Journal: 2015-33942-012.\n"
        " TI  - Seeking reassurance. [References].\n AU  - Kobo, Osamu\n"
        " IN  - Kobo, Osamu: Chiba\n \n       Sawa, Yo: Tsukuba\n \n"
        " SO  - Cognitive Psychotherapy. Vol.43(5), Sep 2015, pp. 623-634. \n IT  - 1469-1833\n"
        " PU  - University Press; United Kingdom\n PT  - Journal\n DT  - Journal Article\n"
        " DO  - http://dx.doi.org/10.1017/S13\n PM  - 24892981\n MH  - *Anxiety\n"
        " CP  - HOLDER: An Association\n       YEAR: 2014\n \n <8. >\n VN  - Ovid Technologies\n TI  - Two.\n"
    )
    (record, second), file = read(tmp_path, text)
    item = record.item
    assert (file.expected, file.unplaced, second.item["title"]) == (2, [], "Two.")
    assert (item["title"], record.source_id) == ("Seeking reassurance.", "2015-33942-012")
    assert (item["container-title"], item["volume"], item["issue"]) == ("Cognitive Psychotherapy", "43", "5")
    assert (item["page"], item["PMID"], item["keyword"]) == ("623-634", "24892981", "Anxiety")
    assert item["issued"] == {"date-parts": [[2015, 9]]}
    assert (item["publisher"], item["publisher-place"]) == ("University Press", "United Kingdom")


@pytest.mark.parametrize(
    ("sentence", "journal", "volume", "issue", "pages", "date"),
    [
        ("Ecology.   8(6):1048-1064, September 2015.", "Ecology", "8", "6", "1048-1064", "September 2015"),
        ("J Clin Oncol. 28(3):481-8, 2010 Jan 20.", "J Clin Oncol", "28", "3", "481-8", "2010 Jan 20"),
        ("Lancet. 395 (10223) (pp 497-506), 2020.", "Lancet", "395", "10223", "497-506", "2020"),
        ("Acta B January/February 2010;14(1):56", "Acta B", "14", "1", "56", "January/February 2010"),
        ("Psych. Vol.46(3-B), 1985, pp. 1045.", "Psych", "46", "3-B", "1045", "1985"),
        ("Front. Vol.10 2019, ArtID 1234.", "Front", "10", "", "", "2019"),
        ("Zootaxa. 584, 12 June 2007: 433-441.", "Zootaxa", "584", "", "433-441", "12 June 2007"),
        ("Hydrobiologia. 2007 15 June; 433-441.", "Hydrobiologia", "", "", "433-441", "2007 15 June"),
        ("Acad. Sci. U. S. A. 101(2):3-4, 2004 Jan.", "Acad. Sci. U. S. A", "101", "2", "3-4", "2004 Jan"),
        ("Zoo Meetings. 2005; 9pp..", "Zoo Meetings", "", "", "", "2005"),
        ("A journal and nothing else", "A journal and nothing else", "", "", "", ""),
    ],
)  # fmt: skip
def test_the_source_sentence_of_ovids_databases(
    sentence: str, journal: str, volume: str, issue: str, pages: str, date: str
) -> None:
    found = ovid_sources.read(sentence)
    assert (found.journal, found.volume, found.issue) == (journal, volume, issue)
    assert (found.pages, found.date) == (pages, date)


def test_the_source_sentence_of_a_conference_in_embase() -> None:
    found = ovid_sources.read(
        "Respiratory Journal. Conference: Annual Congress. Amsterdam Netherlands. Conference Publication: "
        "(var.pagings). 46 (SUPPL. 59) (no pagination), 2015. Date of Publication: 01 Sep 2015."
    )
    assert (found.journal, found.conference) == ("Respiratory Journal", "Annual Congress")
    assert (found.volume, found.issue, found.date) == ("46", "SUPPL. 59", "01 Sep 2015")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Smith MS.", {"family": "Smith", "given": "MS"}),
        ("Brown MA", {"family": "Brown", "given": "MA"}),
        ("Smith, John S", {"family": "Smith", "given": "John S"}),
        ("Verbeek, Jan MD, PhD *", {"family": "Verbeek", "given": "Jan"}),
        ("Jones, Ann MD S", {"family": "Jones", "given": "Ann"}),
        ("Peterson, James A. Ph.D., FACSM", {"family": "Peterson", "given": "James A."}),
        ("Zhang, Weijia 1,2,+", {"family": "Zhang", "given": "Weijia"}),
        ("-", None),
    ],
)
def test_initials_are_no_degrees(printed: str, name: CslName | None) -> None:
    assert person_of(printed) == name


def test_ovid_medline_as_ris_gives_the_pubmed_number(tmp_path: Path) -> None:
    (record,), _ = read(
        tmp_path,
        "1. \nTY  - JOUR\nID  - 30484626\nT1  - A title\nM1  - 101282906\n"
        "L2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=medp&NEWS=N&AN=30484626\nER  -  \n",
    )
    assert (record.item["PMID"], record.source_id, "issue" in record.item) == ("30484626", "30484626", False)


def test_psycnet_prints_the_pubmed_number_under_four_letters(tmp_path: Path) -> None:
    (record,), _ = read(
        tmp_path, "TY  - JOUR\nPMID  - 333\nT1  - A\n  broken title\nM3  - doi:10.1011/x1\nER  -\n"
    )
    assert (record.item["type"], record.item["PMID"], record.item["DOI"]) == (
        "article-journal",
        "333",
        "10.1011/x1",
    )
    assert (record.item["title"], "genre" in record.item) == ("A broken title", False)


def test_embase_with_one_field_a_row_and_a_long_title(tmp_path: Path) -> None:
    text = (
        '"TITLE","An unusually long title of a work, which goes on for more than eighty letters, as some"\n'
        '"AUTHOR NAMES","Mao J.","van Dyk G."\n"AiP/IP ENTRY DATE","2026-08-11"\n'
        '"SOURCE","Surfaces A (2026) 750 Article Number: 141489. Date of Publication: 5 Dec 2026"\n'
        '"DOI","10.1016/j.x"\n\n"TITLE","Two"\n"AUTHOR NAMES","Monika"\n'
    )
    (first, second), file = read(tmp_path, text)
    assert (file.format, file.dialect, file.expected, file.unplaced) == ("csv", "Embase", 2, [])
    assert (families(first), families(second)) == (["Mao", "Dyk"], ["Monika"])
    assert (first.item["container-title"], first.item["article-number"]) == ("Surfaces A", "141489")


def test_covidence_notes_have_authors_and_an_exclusion_a_reason(tmp_path: Path) -> None:
    text = (
        "Title,Authors,Published Year,Published Month,Covidence #,Notes,Tags\n"
        'One,"Ash, A",2022,Dec,#7,"Exclusion reason: Wrong outcome; Bo Elm (2025-09-03 07:33:24)(Select): '
        'see (1); or two; Ann Ash (2025-08-30 11:23:55)(Screen): hers; ",mine\n'
    )
    (record,), _ = read(tmp_path, text)
    assert [(note.person, note.text) for note in record.extras.notes] == [
        ("Bo Elm", "see (1); or two"), ("Ann Ash", "hers"),
    ]  # fmt: skip
    (decision,) = record.extras.decisions
    assert (decision.verdict, decision.reason, decision.stage) == ("exclude", "Wrong outcome", "full text")
    assert record.item["issued"] == {"date-parts": [[2022, 12]]}
    assert "note" not in record.item


def test_entities_that_web_of_science_took_apart(tmp_path: Path) -> None:
    text = (
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI A\n"
        "AB A Schr & ouml;dinger operator, R & amp;D, p & lt; 1, Smith & Co; end.\nER\n\nEF\n"
    )
    (record,), _ = read(tmp_path, text)
    assert record.item["abstract"] == "A Schrödinger operator, R&D, p < 1, Smith & Co; end."


def test_openalex_columns_with_dots(tmp_path: Path) -> None:
    text = (
        "id,title,publication_year,primary_location.source.display_name,primary_location.source.issn,"
        "authorships.author.display_name,ids.pmid\n"
        "https://openalex.org/W1,One,2021,Journal B,0148-2963|1873-7978,Ann Ash|Bo Elm,"
        "https://pubmed.ncbi.nlm.nih.gov/123\n"
    )
    (record,), file = read(tmp_path, text)
    assert (file.dialect, record.item["container-title"], record.item["PMID"]) == (
        "OpenAlex",
        "Journal B",
        "123",
    )
    assert record.item["ISSN"] == "0148-2963, 1873-7978"


def test_dates_with_a_time_or_without_marks(tmp_path: Path) -> None:
    text = (
        "TY  - JOUR\nTI  - A\nPY  - 2020-07-13T17:00:01+00:00\nSP  - pp 37-64\nER  -\n"
        "TY  - JOUR\nTI  - B\nPY  - Start date: 20170812\nER  -\n"
    )
    (first, second), _ = read(tmp_path, text)
    assert first.item["issued"] == {"date-parts": [[2020, 7, 13]]}
    assert first.item["page"] == "37-64"
    assert second.item["issued"] == {"date-parts": [[2017, 8, 12]]}


def test_a_zotero_attachment_without_its_file_is_no_file(tmp_path: Path) -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:bib="http://purl.org/net/biblio#">'
        '<bib:Document rdf:about="https://x.org/a"><z:itemType>webpage</z:itemType>'
        '<link:link rdf:resource="#item_1"/><link:link rdf:resource="#item_2"/><dc:title>A page</dc:title>'
        '</bib:Document><z:Attachment rdf:about="#item_1"><z:itemType>attachment</z:itemType></z:Attachment>'
        '<z:Attachment rdf:about="#item_2"><rdf:resource rdf:resource="files/2/a.pdf"/>'
        "</z:Attachment></rdf:RDF>"
    )
    (record,), _ = read(tmp_path, text)
    assert record.extras.attachments == ("files/2/a.pdf",)


WOS_TAGS = "PT\tAU\tTI\tSO\tAB\tPY\tVL\tBP\tEP\tDI\tUT"


def test_web_of_science_quotes_no_cell(tmp_path: Path) -> None:
    text = (
        f"\ufeff{WOS_TAGS}\r\n"
        'J\tAsh, A; Elm, B\t"Towards one end\tJOURNAL A\tWith a "quoted word.\t2018\t40\t1\t9\t10.1/a\t'
        "WOS:1\t\r\n"
        'J\tFir, C\t"Smart" cities\tJOURNAL B\t\t2019\t\t\t\t\tWOS:2\r\n'
    )
    (first, second), file = read(tmp_path, text)
    assert (file.format, file.expected, first.source_id, second.source_id) == ("wos-tab", 2, "WOS:1", "WOS:2")
    assert (first.item["title"], second.item["title"]) == ('"Towards one end', '"Smart" cities')
    assert (first.item["abstract"], first.item["page"]) == ('With a "quoted word.', "1-9")


def test_tabs_with_quoted_cells_are_read_as_quoted(tmp_path: Path) -> None:
    (record,), _ = read(tmp_path, f'{WOS_TAGS}\nJ\t"Ash, A"\t"One\nline more"\tA\t\t2018\t\t\t\t\tWOS:1\n')
    assert (record.item["title"], record.source_id) == ("One line more", "WOS:1")


def test_refworks_with_its_legend_and_long_tags(tmp_path: Path) -> None:
    text = (
        "Refworks Export Tagged Format\n\nCharacter Set=utf-8\n\nTag legend\n*****\nRT=Reference Type\n"
        "U15=User 15\nPMID=PMID\n\n*****\nFont Attribute Legend\nStart Bold = \n\n*****\n"
        "BEGIN EXPORTED REFERENCES\n\n\nRT Journal Article\nSR Electronic(1)\nID 12\nA1 Brenn,Tim\n"
        "T1 Clothes\n"
        "YR 2003\nFD 01/02\nNO doi: 10.1086/374030\nU10 mine\nPMID 123\n"
    )
    (record,), file = read(tmp_path, text)
    assert (file.unplaced, record.source_id, record.item["PMID"]) == ([], "12", "123")
    assert (record.item["DOI"], record.item["note"]) == ("10.1086/374030", "doi: 10.1086/374030")
    assert "Start Bold" in record.raw.text
    assert ("U10", "mine") in record.raw.tags


def test_rayyans_table(tmp_path: Path) -> None:
    text = (
        "key,title,year,month,day,journal,issn,publisher,location,url,abstract,notes\n"
        "rayyan-9,One,2022,2,3,Journal A,0002-9378 1097-6868 J9 - AM J A,,Oslo,"
        "https://x.com/a?from=exporthttp://dx.doi.org/10.1016/x,,"
        '"RAYYAN-INCLUSION: {""Ann""=>""Included""} | RAYYAN-LABELS: a,b"\n'
    )
    (record,), file = read(tmp_path, text)
    assert (file.dialect, record.item["ISSN"]) == ("Rayyan", "0002-9378, 1097-6868")
    assert (record.item["URL"], record.item["DOI"]) == ("https://x.com/a?from=export", "10.1016/x")
    assert record.item["issued"] == {"date-parts": [[2022, 2, 3]]}
    assert (record.item["publisher-place"], record.extras.labels) == ("Oslo", ("a", "b"))
    assert [(found.verdict, found.person) for found in record.extras.decisions] == [("include", "Ann")]


def test_a_chapter_that_scopus_calls_a_book(tmp_path: Path) -> None:
    (record,), _ = read(
        tmp_path,
        "@BOOK{Oz2019,\nauthor={Oz, O.},\ntitle={Storage},\njournal={Comprehensive Nanoscience},\n"
        "pages={67-1},\ndocument_type={Book Chapter},\nsource={Scopus},\n}\n",
    )
    assert (record.item["type"], record.item["title"]) == ("chapter", "Storage")
    assert record.item["container-title"] == "Comprehensive Nanoscience"


@pytest.mark.parametrize("line", ["{}: {}", "{}- {}", "--{}-- {}"])
def test_tagged_lines_of_forgotten_programs_are_no_list_of_references(line: str) -> None:
    fields = {
        "TI": "Simulation of sources", "AU": "Supek, S.; Aine, C. J.", "PY": "1993", "VL": "40",
        "SO": "IEEE Trans Biomed Eng. 1993 Jun; 40(6): 529-40.", "AB": "We looked at 1993, and found it.",
    }  # fmt: skip
    assert not reference_lists.looks_like("\n".join(line.format(*field) for field in fields.items()))
    printed = "Ash A, Elm B. On trees and their years. J Wood. 2001;1(2):3-4."
    assert reference_lists.looks_like(f"1. {printed}\n2. {printed}\n")
