"""Damaged, joined and hostile files: every record is accounted for, nothing is lost, nothing hangs."""

import contextlib
import json
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.foreign import ForeignMarks
from evidence_app.services.formats.latex import decoded
from evidence_app.services.formats.records import ReadFile, ReadRecord
from evidence_app.services.formats.registry import read_file

RIS = "TY  - JOUR\nTI  - A title in RIS\nAU  - Ash, Ann\nER  - \n"
NBIB = "PMID- 1234\nTI  - A title in MEDLINE\nFAU - Elm, Bo\n"
WOS = (
    "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Fir, C\nTI A title in Web of Science\nER\n\nEF\n"
)
ENW = "%0 Journal Article\n%T A title in EndNote\n%A Oak, Di\n"
BIB = "@article{key,\n  title = {A title in BibTeX},\n  author = {Yew, Ed},\n}\n"
CSV = 'Title,Authors,Year,Journal\nA title in a table,"Bay, Flo",2001,Trees\n'
ENDNOTE = "<xml><records><record><titles><title>A title in XML</title></titles></record></records></xml>"
PUBMED = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>A title of PubMed"
    "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
FILES = {
    "ris": RIS, "nbib": NBIB, "wos": WOS, "enw": ENW, "bibtex": BIB, "csv": CSV, "endnote-xml": ENDNOTE,
    "pubmed-xml": PUBMED,
}  # fmt: skip


def read(tmp_path: Path, text: str | bytes) -> tuple[list[ReadRecord], ReadFile]:
    path = tmp_path / "export.any"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    file = read_file(path)
    return list(file.records), file


def kept(records: list[ReadRecord], file: ReadFile) -> str:
    return "\n".join((*(record.raw.text for record in records), *(block.text for block in file.unplaced)))


@pytest.mark.parametrize("second", sorted(FILES))
@pytest.mark.parametrize("first", sorted(FILES))
def test_two_formats_in_one_file_are_both_accounted_for(first: str, second: str, tmp_path: Path) -> None:
    records, file = read(tmp_path, f"{FILES[first]}\n{FILES[second]}")
    titles = [
        text.split("title")[1].split("<")[0].split("}")[0][:12] for text in (FILES[first], FILES[second])
    ]
    whole = kept(records, file)
    assert all(title in whole for title in titles)
    if first != second:
        assert file.unplaced
    else:
        assert len(records) == 2
    assert file.expected <= file.placed + len(file.unplaced)


@pytest.mark.parametrize("name", ["csv", "endnote-xml", "pubmed-xml", "ris"])
def test_a_file_put_behind_itself_with_its_mark(name: str, tmp_path: Path) -> None:
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n' if name.endswith("xml") else ""
    records, file = read(tmp_path, f"\ufeff{declared}{FILES[name]}\n\ufeff{declared}{FILES[name]}")
    assert (len(records), file.expected, file.unplaced) == (2, 2, [])


@pytest.mark.parametrize("name", sorted(FILES))
def test_zero_bytes_are_left_out(name: str, tmp_path: Path) -> None:
    text = FILES[name].encode()
    at = text.index(b"title") + 3
    (record,), file = read(tmp_path, b"\x00" + text[:at] + b"\x00\x00" + text[at:])
    assert (file.format, record.item["title"][:8]) == (name, "A title ")
    assert "\x00" not in record.raw.text


def test_the_mark_old_programs_end_files_with_is_no_record(tmp_path: Path) -> None:
    for text in (CSV, CSV.replace(",", "\t")):
        assert len(read(tmp_path, f"{text}\x1a")[0]) == 1


def test_a_table_without_rows_is_said_to_have_none(tmp_path: Path) -> None:
    records, file = read(tmp_path, "Title,Authors,Year,Journal\n")
    assert (records, [block.text for block in file.unplaced]) == ([], ["Title,Authors,Year,Journal"])


def test_xml_cut_off_before_its_first_record_is_listed(tmp_path: Path) -> None:
    records, file = read(tmp_path, '<?xml version="1.0"?><modsCollection xmlns="http://www.loc.gov/mods/v3">')
    assert (records, file.expected, len(file.unplaced)) == ([], 0, 1)
    assert "modsCollection" in file.unplaced[0].text


def test_what_stands_behind_xml_is_listed(tmp_path: Path) -> None:
    records, file = read(tmp_path, f"{ENDNOTE}\n<697. >\nVN  - Ovid Technologies\nTI  - Under a number\n")
    assert len(records) == 1
    assert any("Under a number" in block.text for block in file.unplaced)


def test_what_a_zotero_library_holds_beside_its_items_is_kept(tmp_path: Path) -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#">'
        '<bib:Article rdf:about="#a"><z:itemType>journalArticle</z:itemType><dc:title>An article</dc:title>'
        '<dcterms:isPartOf rdf:resource="urn:issn:1"/></bib:Article>'
        '<bib:Journal rdf:about="urn:issn:1"><dc:title>Quarterly</dc:title></bib:Journal>'
        '<z:Attachment rdf:about="#lonely"><z:itemType>attachment</z:itemType><dc:title>Lonely scan'
        '</dc:title></z:Attachment><z:Collection rdf:about="#c"><dc:title>Shelf</dc:title>'
        '<dcterms:hasPart rdf:resource="#a"/></z:Collection></rdf:RDF>'
    )
    (record,), file = read(tmp_path, text)
    assert (record.item["container-title"], record.extras.collections) == ("Quarterly", ("Shelf",))
    assert "Quarterly" in record.raw.text
    assert "Shelf" in record.raw.text
    assert [("Lonely scan" in block.text, block.reason) for block in file.unplaced] == [
        (True, "This note or file stands in the library without a work.")
    ]


def test_marks_of_another_format_inside_a_record() -> None:
    marks = ForeignMarks("ris")
    block = marks.found("TY  - JOUR\nTI  - A\n@article{x,\n}", 10)
    assert block is not None
    assert (block.line, block.text) == (12, "@article{x,\n}")
    assert marks.found("TY  - JOUR\nAB  - We wrote @article{x} there\nER  -", 1) is None
    assert marks.begun("TY  - JOUR") == ""


def test_accents_upon_accents_end() -> None:
    assert len(decoded("\\'" * 50_000 + "e")) < 60_000


TOKENS = (
    " ",
    "\n",
    '\\"',
    "a and ",
    ", ",
    "(",
    "{",
    "<a ",
    "& a",
    "\\'",
    "=>",
    "10.1000/",
    "1(",
    "a=",
    "[1] ",
)
_TAGS = {
    "RIS": ("TI", "AU", "PY", "N1", "AB", "KW", "UR", "SN", "SP", "DO", "C3", "M3", "JA"),
    "MEDLINE": ("TI", "FAU", "DP", "LID", "IS", "PG"),
    "Web of Science": ("AU", "TI", "SO", "PD", "PY", "DE", "CA", "SN", "BP", "AB"),
    "EndNote": tuple("ATDXZR8PNKU@"),
    "Ovid": ("AU", "TI", "SO", "YR", "IS", "PT"),
    "RefWorks": ("A1", "T1", "FD", "NO", "SN"),
    "BibTeX": ("title", "author", "month", "pages", "note", "doi", "file", "crossref"),
}


def tagged(first: str, line: str, kind: str, last: str = "") -> Callable[[str], str]:
    return lambda value: first + "".join(line.format(tag, value) for tag in _TAGS[kind]) + last


def table(value: str) -> str:
    cell = '"' + value.replace('"', '""') + '"'
    return "Title,Authors,Year,Notes,DOI,Source\n" + ",".join([cell] * 6)


def xml(value: str) -> str:
    fields = ("abstract", "notes", "pages", "isbn")
    inside = "".join(f"<{field}>{escape(value)}</{field}>" for field in fields)
    return f"<xml><records><record>{inside}</record></records></xml>"


HOSTILE: dict[str, Callable[[str], str]] = {
    "RIS": tagged("TY  - JOUR\n", "{}  - {}\n", "RIS", "ER  - \n"),
    "MEDLINE": tagged("PMID- 1\n", "{:4}- {}\n", "MEDLINE"),
    "Web of Science": tagged("FN x\nVR 1.0\nPT J\n", "{} {}\n", "Web of Science", "ER\n"),
    "EndNote": tagged("%0 Journal Article\n", "%{} {}\n", "EndNote"),
    "Ovid": tagged("<1>\nVN  - Ovid\n", "{}  - {}\n", "Ovid"),
    "RefWorks": tagged("RT Journal Article\n", "{} {}\n", "RefWorks"),
    "BibTeX": tagged("@article{a,\n", " {} = {{{}}},\n", "BibTeX", "}\n"),
    "table": table,
    "JSON": lambda value: json.dumps([{"id": "1", "title": value, "author": [{"literal": value}]}]),
    "XML": xml,
    "list": lambda value: (
        f"1. Smith A. A title of it. J Med. 2001;1:1.\n2. {value}\n3. Jones B. Two. J. 2002.\n"
    ),
    "nothing": lambda value: value,
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_no_value_takes_more_than_its_length(kind: str, tmp_path: Path) -> None:
    """Four times the text may take ten times the time, not sixteen: no step grows with the square."""
    for token in TOKENS:
        short, long = (
            _seconds(tmp_path, HOSTILE[kind](token * (size // len(token)))) for size in (6_000, 24_000)
        )
        assert long <= 10 * max(short, 0.05), (token, short, long)


def _seconds(tmp_path: Path, text: str) -> float:
    began = time.process_time()
    with contextlib.suppress(EvidenceError):
        read(tmp_path, text)
    return time.process_time() - began
