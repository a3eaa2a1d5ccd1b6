"""Tagged exports of each vendor: every record is found, and every tag means what its exporter means."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_app.services.formats.records import ReadRecord, Unplaced
from evidence_app.services.formats.registry import read_file


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[list[ReadRecord], list[Unplaced], int]:
    path = tmp_path / "export.any"
    path.write_bytes(text.encode(encoding))
    file = read_file(path)
    records = list(file.records)
    assert file.expected <= len(records) + len(file.unplaced)
    return records, file.unplaced, file.expected


def one(tmp_path: Path, text: str) -> ReadRecord:
    records, unplaced, expected = read(tmp_path, text)
    assert (len(records), unplaced, expected) == (1, [], 1)
    return records[0]


def test_lines_between_records_are_no_records(tmp_path: Path) -> None:
    """Cochrane and JSTOR print headers before each record, and two blanks behind the dash."""
    text = (
        "Record #1 of 2\nProvider: X\nTY  -  JOUR\nTI  -  One\nER  -\n\nRecord #2 of 2\nTY  -  JOUR\n"
        "TI  -  Two\nER  -\n"
    )
    records, unplaced, expected = read(tmp_path, text)
    assert [record.item["title"] for record in records] == ["One", "Two"]
    assert (unplaced, expected) == ([], 2)
    assert "Record #2 of 2" in records[1].raw.text


def test_one_blank_before_the_dash_is_enough(tmp_path: Path) -> None:
    assert one(tmp_path, "TY - JOUR\nTI - A title\nER -\n").item["title"] == "A title"


def test_a_missing_end_does_not_merge_two_records(tmp_path: Path) -> None:
    records, _, expected = read(tmp_path, "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \n")
    assert [record.item["title"] for record in records] == ["One", "Two"]
    assert expected == 2


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding_and_line_end(tmp_path: Path, line_end: str, encoding: str) -> None:
    text = "TY  - JOUR\nTI  - Prüfung der Größe\nAU  - Müller, Jörg\nER  - \n\n" * 2
    path = tmp_path / "export.txt"
    path.write_bytes(text.replace("\n", line_end).encode(encoding))
    records = list(read_file(path).records)
    assert [record.item["title"] for record in records] == ["Prüfung der Größe"] * 2
    assert records[0].item["author"] == [{"family": "Müller", "given": "Jörg"}]


def test_a_single_wrong_byte_spoils_no_other_line(tmp_path: Path) -> None:
    path = tmp_path / "export.ris"
    path.write_bytes("TY  - JOUR\nTI  - 委托 Größe\n".encode() + "AB  - naïve\nER  - \n".encode("cp1252"))
    (record,) = read_file(path).records
    assert (record.item["title"], record.item["abstract"]) == ("委托 Größe", "naïve")


def test_chinese_files_are_read_as_such(tmp_path: Path) -> None:
    text = (
        "%0 Journal Article\n%A 王小明\n%T 社会处方的系统评价与政策研究\n%J 中国卫生政策研究\n"
        "%D 2020\n%+ 北京大学\n"
    )
    records, _, _ = read(tmp_path, text, "gb18030")
    assert records[0].item["container-title"] == "中国卫生政策研究"


def test_keywords_on_lines_of_their_own_are_separate(tmp_path: Path) -> None:
    record = one(tmp_path, "TY  - JOUR\nTI  - T\nKW  - Aged\nHumans\nMiddle Aged\nER  - \n")
    assert record.item["keyword"] == "Aged; Humans; Middle Aged"


def test_a_blank_line_inside_a_record_does_not_end_it(tmp_path: Path) -> None:
    record = one(
        tmp_path, "TY  - JOUR\nTI  - T\nU3  - Cited By :9\n\nExport Date: 1 May\n\nPB  - Press\nER  - \n"
    )
    assert record.item["publisher"] == "Press"
    assert ("U3", "Cited By :9\n\nExport Date: 1 May") in record.raw.tags


def test_tags_behind_the_end_stay_with_their_record(tmp_path: Path) -> None:
    records, unplaced, _ = read(
        tmp_path, "1.\nTY  - JOUR\nT1  - One\nER  - \nNL  - Short\n\n2.\nTY  - JOUR\nT1  - Two\nER  - \n"
    )
    assert ("NL", "Short") in records[0].raw.tags
    assert (len(records), unplaced) == (2, [])


def test_a_record_nobody_began_is_listed_with_its_line(tmp_path: Path) -> None:
    text = "TY  - JOUR\nTI  - One\nER  - \nTI  - Two\nAU  - Lost, A\nER  - \n"
    records, unplaced, expected = read(tmp_path, text)
    assert (len(records), expected) == (1, 1)
    assert [(block.line, block.text) for block in unplaced] == [(4, "TI  - Two\nAU  - Lost, A\nER  - ")]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ("PY  - 2012///", [[2012]]),
        ("PY  - 2016/12//", [[2016, 12]]),
        ("Y1  - 1948/07//", [[1948, 7]]),
        ("PY  - 2020\nY1  - 4-8 Aug. 2020", [[2020, 8]]),
        ("PY  - 2017\nY1  - Mar. 2017", [[2017, 3]]),
        ("PY  - 2016\nDA  - Nov 1", [[2016, 11, 1]]),
        ("PY  - 2018\nDA  - 2018/08/30/", [[2018, 8, 30]]),
    ],
)
def test_dates_in_every_form(tmp_path: Path, lines: str, parts: list[list[int]]) -> None:
    assert one(tmp_path, f"TY  - JOUR\n{lines}\nER  - \n").item["issued"] == {"date-parts": parts}


def test_a_date_that_is_none_does_not_hide_one(tmp_path: Path) -> None:
    item = one(tmp_path, "TY  - JOUR\nPY  - YEAR/MONTH/DAY/\nY1  - 2001/09/01/\nER  - \n").item
    assert item["issued"] == {"date-parts": [[2001, 9, 1]]}


@pytest.mark.parametrize(
    ("lines", "page"),
    [
        ("SP  - 1-5", "1-5"),
        ("SP  - 1350‐1356", "1350-1356"),
        ("SP  - 12\nEP  - 15", "12-15"),
        ("SP  - e15", "e15"),
    ],
)
def test_pages_in_every_form(tmp_path: Path, lines: str, page: str) -> None:
    assert one(tmp_path, f"TY  - JOUR\n{lines}\nER  - \n").item["page"] == page


def test_embase_tags(tmp_path: Path) -> None:
    text = (
        "TY  - JOUR\nY1  - 2014\nSN  - 2226-7190\nSN  - 2226-7191\nJF  - Endoscopy Letters\nU2  - L373\n"
        "UR  - http://www.embase.com/x\nL2  - http://dx.doi.org/10.1000/Emb.1\nA1  - Liu R.\n"
        "A1  - van den Berg D.G.\n"
        "M1  - (Liu R.) Department\nT1  - Cysts\nN2  - Text.\nER  - \n"
    )
    record = one(tmp_path, text)
    assert record.item["author"] == [
        {"family": "Liu", "given": "R."},
        {"family": "Berg", "given": "D.G.", "non-dropping-particle": "van den"},
    ]
    assert record.item["DOI"] == "10.1000/emb.1"
    assert record.item["ISSN"] == "2226-7190, 2226-7191"
    assert record.source_id == "L373"
    assert "issue" not in record.item


def test_ovid_tags(tmp_path: Path) -> None:
    text = (
        "1.\nTY  - JOUR\nID  - 2019-1-001\nDO  - http://dx.doi.org/10.1002/cpp.1\nT1  - Self-criticism.\n"
        "A1  - Costa, Ines A\nY1  - 2019//\nN2  - Considering.\nJF  - Clinical Letters\n"
        "SP  - No\nEP  - Specified\n"
        "L2  - http://ovidsp.ovid.com/x\nER  -\n\nLink to the Ovid Full Text or citation: https://x\n"
    )
    item = one(tmp_path, text).item
    assert item["DOI"] == "10.1002/cpp.1"
    assert item["abstract"] == "Considering."
    assert "page" not in item


def test_proquest_joins_two_numbers_in_one_value(tmp_path: Path) -> None:
    text = (
        "TY  - JOUR\nT1  - T\nAN  - 221; 51\nSN  - 0894-9867, 1573-6598\n"
        "UR  - https://search.proquest.com/1\nER  - \n"
    )
    assert one(tmp_path, text).item["ISSN"] == "0894-9867, 1573-6598"


def test_cochrane_registry_entries(tmp_path: Path) -> None:
    text = (
        "TY  - JOUR\nAU  - NCT00392093,\nTI  - Trial\nJA  - https://clinicaltrials.gov/x\n"
        "C3  - PUBMED 123456,EMBASE 9\n"
        "UR  - https://www.cochranelibrary.com/x\nER  - \n"
    )
    item = one(tmp_path, text).item
    assert item["author"] == [{"literal": "NCT00392093"}]
    assert item["PMID"] == "123456"
    assert "container-title" not in item


def test_dimensions_and_lens(tmp_path: Path) -> None:
    text = "TY  - JOUR\nTI  - T\nU1  - 35957633 [PMID]\nAB  - <p>One &amp; two.</p><p>Three.</p>\nER  - \n"
    item = one(tmp_path, text).item
    assert item["PMID"] == "35957633"
    assert item["abstract"] == "One & two.\nThree."


def test_decisions_are_lifted_out_of_rayyans_notes(tmp_path: Path) -> None:
    note = (
        'RAYYAN-INCLUSION: {"Ada"=>"Included", "Ben"=>"Excluded", "Cleo"=>"Maybe"} | RAYYAN-LABELS: rct,UK '
        '| RAYYAN-EXCLUSION-REASONS: wrong population | USER-NOTES: {"Ada"=>["see table"]}'
    )
    record = one(tmp_path, f"TY  - JOUR\nTI  - T\nN1  - {note}\nER  - \n")
    found = {(decision.person, decision.verdict, decision.reason) for decision in record.extras.decisions}
    assert found == {("Ada", "include", ""), ("Ben", "exclude", "wrong population"), ("Cleo", "maybe", "")}
    assert record.extras.labels == ("rct", "UK")
    assert [(memo.person, memo.text) for memo in record.extras.notes] == [("Ada", "see table")]
    assert "RAYYAN" not in record.item.get("note", "")


def test_decisions_are_lifted_out_of_asreviews_notes(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "TY  - GEN\nTI  - T\nN1  - First. ASReview_irrelevant. Second.\nN1  - ASReview_prior\nER  - \n",
    )
    assert [decision.verdict for decision in record.extras.decisions] == ["exclude"]
    assert record.item["note"] == "First. Second."


def test_medline_records(tmp_path: Path) -> None:
    text = (
        "\nPMID- 123\nOWN - NLM\nDCOM- 20100526\nIS  - 0955-2359 (Print)\n"
        "IS  - 1477-4674 (Linking)\nTI  - A title that\n"
        "      goes on.\nPG  - 454-81\nLID - 10.1000/Med.1 [doi]\nFAU - van der Berg, Jan\n"
        "AU  - van der Berg J\n"
        "CN  - The Study Group\nDP  - 2009 Sep-Oct\nTA  - J Test\nJT  - Journal of tests\n\n"
        "PMC - PMC77\nPMID- 124\nTI  - Two\n"
    )
    records, unplaced, expected = read(tmp_path, text)
    first, second = records
    assert first.item["title"] == "A title that goes on."
    assert first.item["page"] == "454-481"
    assert first.item["DOI"] == "10.1000/med.1"
    assert first.item["author"] == [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"literal": "The Study Group"},
    ]
    assert first.item["issued"] == {"date-parts": [[2009, 9], [2009, 10]]}
    assert first.item["ISSN"] == "0955-2359, 1477-4674"
    assert (second.item["PMCID"], second.item["PMID"]) == ("PMC77", "124")
    assert (unplaced, expected) == ([], 2)


def test_eric_records_have_no_pubmed_number(tmp_path: Path) -> None:
    text = (
        "\nOWN - ERIC\nTI  - Paper\nAU  - Smith, Tom\nAID - http://dx.doi.org/10.1000/1234\n"
        "OID - EJ1\nDP  - 2000\n"
    )
    record = one(tmp_path, text)
    assert (record.source_id, record.item["DOI"]) == ("EJ1", "10.1000/1234")


def test_web_of_science(tmp_path: Path) -> None:
    text = (
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Osei, R\n   Tam, V\nAF Osei, "
        "Robert\n   Tam, Vivian\n"
        "TI Critical review of\n   resilience\nSO SMART LETTERS\nDE Urban; Resilience\n"
        "CR AKSHA SK, 2020, V17\n"
        "   ALINOVI L, 2010, P341\nSN 2046-6099\nPD SEP\nPY 2023\nBP 1\nEP 9\nDI 10.1108/SASBE\n"
        "UT WOS:1\nER\n\nEF\n"
    )
    record = one(tmp_path, text)
    assert [name["given"] for name in record.item["author"]] == ["Robert", "Vivian"]
    assert record.item["title"] == "Critical review of resilience"
    assert record.item["issued"] == {"date-parts": [[2023, 9]]}
    assert [value for tag, value in record.raw.tags if tag == "CR"] == [
        "AKSHA SK, 2020, V17",
        "ALINOVI L, 2010, P341",
    ]


def test_ovid_plain_text(tmp_path: Path) -> None:
    text = (
        "<8>\nScore\n  *****\nAccession Number\n  0144-1.\nAuthor\n  Kohl, Lars 1;  Leu, Chris MD 2\nTitle\n"
        "  Cloud water.[Article]\nSource\n  Ecology Letters.   8(6):1048-1064, September 2015.\n"
        "Abstract\n  Text\n  goes on\n\n"
        "<9>\nAuthor\n  Other, Ann\nTitle\n  Second\n"
    )
    records, unplaced, expected = read(tmp_path, text)
    item = records[0].item
    assert item["author"] == [{"family": "Kohl", "given": "Lars"}, {"family": "Leu", "given": "Chris"}]
    assert (item["title"], item["container-title"]) == ("Cloud water.", "Ecology Letters")
    assert (item["volume"], item["issue"], item["page"]) == ("8", "6", "1048-1064")
    assert item["issued"] == {"date-parts": [[2015, 9]]}
    assert (len(records), unplaced, expected) == (2, [], 2)


def test_ovid_tagged_text(tmp_path: Path) -> None:
    text = (
        "<1>\nUI  - 31\nAU  - Kohl, L\nAU  - Leu, C\nTI  - Cloud\nSO  - Ecology. 8(6):1-9, 2015 Sep\n"
        "DO  - 10.1000/x\n<2>\nUI  - 32\nTI  - Two\n"
    )
    records, _, expected = read(tmp_path, text)
    assert (len(records), expected) == (2, 2)
    assert records[0].item["container-title"] == "Ecology"
    assert len(records[0].item["author"]) == 2


def test_endnote_records_with_and_without_marks(tmp_path: Path) -> None:
    text = (
        "%0 Journal Article\n%A One, A\n%T First\n%0 Book\n%A Two, B\n%T Second\n%I Press\n\n"
        "%A Three, C\n%T Third\n%J Letters\n"
    )
    records, _, _ = read(tmp_path, text)
    assert [record.item["title"] for record in records] == ["First", "Second", "Third"]
    assert [record.item["type"] for record in records] == ["article-journal", "book", "article-journal"]


def test_refworks(tmp_path: Path) -> None:
    text = (
        "RT Journal Article\nSR Electronic\nID 7\nA1 Smith,John\nA1 Lee,Ann\nT1 A title\nJF Letters\n"
        "YR 2010\nSP 3\nOP 9\n\nRT Book, Whole\nT1 Second\n"
    )
    records, _, expected = read(tmp_path, text)
    assert (len(records), expected) == (2, 2)
    item = records[0].item
    assert item["author"] == [{"family": "Smith", "given": "John"}, {"family": "Lee", "given": "Ann"}]
    assert (item["page"], records[0].source_id, records[1].item["type"]) == ("3-9", "7", "book")


def test_refworks_keeps_books_short_titles_and_sites_apart(tmp_path: Path) -> None:
    """The tags as the Ex Libris Knowledge Center describes them; titles and names are made up."""
    text = (
        "RT Book, Section\nA1 Berg,A. B.\nA2 Lund,C.\nT1 Walking to work\nST Walking\nT2 Ways to work\n"
        "YR 1993\nSP 282\nOP 300\nPP Oslo\nPB North Press\nSN 0123456789\n\n"
        "RT Web Page\nT1 A page\nWT A site\n"
        "UL https://example.org/a\nRD 2001/03/04\n"
    )
    section, page = read(tmp_path, text)[0]
    assert section.item["type"] == "chapter"
    assert section.item["container-title"] == "Ways to work"
    assert section.item["title-short"] == "Walking"
    assert section.item["editor"] == [{"family": "Lund", "given": "C."}]
    assert (section.item["page"], section.item["publisher-place"]) == ("282-300", "Oslo")
    assert (page.item["container-title"], page.item["URL"]) == ("A site", "https://example.org/a")
    assert page.item["accessed"] == {"date-parts": [[2001, 3, 4]]}


def test_rispy_sees_the_same_records(tmp_path: Path) -> None:
    rispy = pytest.importorskip("rispy")
    text = "".join(
        f"TY  - JOUR\nTI  - Title {n}\nAU  - Author{n}, A\nPY  - 20{n:02}\nER  - \n\n" for n in range(30)
    )
    records, _, _ = read(tmp_path, text)
    assert [record.item["title"] for record in records] == [entry["title"] for entry in rispy.loads(text)]


TAGS = st.sampled_from(
    ["TY  - JOUR", "ER  - ", "TI  - A", "AU  - B, C", "KW  - d", "more", "", "PY  - 2001", "1."]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(TAGS, max_size=30))
def test_every_line_is_with_a_record_or_listed(lines: list[str], tmp_path: Path) -> None:
    text = "\n".join(["TY  - JOUR", *lines])
    records, unplaced, expected = read(tmp_path, text)
    assert expected == len(records) == sum(line.startswith("TY") for line in lines) + 1
    kept = "\n".join([*(record.raw.text for record in records), *(block.text for block in unplaced)])
    assert sorted(filter(str.strip, kept.split("\n"))) == sorted(filter(str.strip, text.split("\n")))


@pytest.mark.parametrize(
    "names",
    ["Müller, Anna; Lind, Jan; Smith, Kim", "Müller, Anna and Lind, Jan and Smith, Kim",
     "Müller, Anna; Lind, Jan; Smith, Kim;"],
)  # fmt: skip
def test_names_that_share_a_line_are_parted(tmp_path: Path, names: str) -> None:
    item = one(tmp_path, f"TY  - JOUR\nTI  - Wards\nAU  - {names}\nER  - \n").item
    assert [name["family"] for name in item["author"]] == ["Müller", "Lind", "Smith"]


@pytest.mark.parametrize("body", ["Department for Work and Pensions", "Royal College of Nursing; London"])
def test_a_body_with_and_or_a_semicolon_stays_one_name(tmp_path: Path, body: str) -> None:
    item = one(tmp_path, f"TY  - RPRT\nTI  - Wards\nAU  - {body}\nER  - \n").item
    assert len(item["author"]) == 1


def test_an_issue_behind_its_volume_is_parted_from_it(tmp_path: Path) -> None:
    item = one(tmp_path, "TY  - JOUR\nTI  - Wards\nVL  - 12(3)\nER  - \n").item
    assert (item["volume"], item["issue"]) == ("12", "3")
    item = one(tmp_path, "TY  - JOUR\nTI  - Wards\nVL  - 12(3)\nIS  - 4\nER  - \n").item
    assert (item["volume"], item["issue"]) == ("12(3)", "4")


def test_ovids_authors_in_one_run_are_parted_at_their_initials(tmp_path: Path) -> None:
    item = one(tmp_path, "<1>\nAuthors\n  Müller A. Lind JK. van der Berg K.\nTitle\n  Wards\n").item
    assert [(name["family"], name["given"]) for name in item["author"]] == [
        ("Müller", "A."), ("Lind", "JK"), ("Berg", "K."),
    ]  # fmt: skip
