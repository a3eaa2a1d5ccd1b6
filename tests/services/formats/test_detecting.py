"""Any file at all is read, listed or refused in a sentence; nothing else ever comes out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_app.services.formats.records import UnknownFormat, UnreadableFile
from evidence_app.services.formats.registry import FORMATS, read_file

SAMPLES: dict[str, str] = {
    "ris": "TY  - JOUR\nTI  - A title\nAU  - One, A\nKW  - x\nER  - \n\nTY  - BOOK\nT1  - Two\nER  - \n",
    "nbib": "\nPMID- 1\nOWN - NLM\nTI  - A title\n      goes on\nFAU - One, A\n\nPMID- 2\nTI  - Two\n",
    "wos": "FN X\nVR 1.0\nPT J\nAU One, A\n   Two, B\nTI A title\nUT WOS:1\nER\n\nEF\n",
    "ovid": "<1>\nAuthor\n  One, A\nTitle\n  A title\nSource\n  Letters. 1(2):3-4, 2001.\n",
    "ovid-tagged": "<1>\nUI  - 1\nTI  - A title\nAU  - One, A\n",
    "refworks": "RT Journal Article\nA1 One,A\nT1 A title\n",
    "enw": "%0 Journal Article\n%A One, A\n%T A title\n",
    "bibtex": (
        "@string{j = {Letters}}\n@article{k,\n title = {A {T}itle \\'e},\n author = \"One, "
        'A and Two, B",\n journal = j # { x}\n}\n'
    ),
    "csljson": (
        '[{"id": "k", "type": "book", "title": "A title", "issued": {"date-parts": [[null]]}}, '
        '{"type": "chapter"}]'
    ),
    "csv": 'Title,Authors,Year,DOI\nA title,"One, A; Two, B",2001,10.1000/x\n',
    "tsv": "Title\tAuthors\tYear\nA title\tOne, A\t2001\n",
    "wos-tab": "PT\tAU\tTI\tSO\tPY\tUT\nJ\tOne, A; Two, B\tA title\tLetters\t2001\tWOS:1\n",
    "endnote-xml": "<?xml version='1.0'?><xml><records><record><ref-type name='Book'>6</ref-type>"
    "<titles><title><style>A title</style></title></titles></record></records></xml>",
    "pubmed-xml": (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
        "<ArticleTitle>A <i>t</i>"
        "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ),
    "mods": "<mods xmlns='http://www.loc.gov/mods/v3'><titleInfo><title>A title</title></titleInfo></mods>",
    "zotero-rdf": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns:z='http://www.zotero.org/namespaces/export#' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/'><rdf:Description rdf:about='#1'>"
    "<z:itemType>book</z:itemType>"
    "<dc:title>A title</dc:title></rdf:Description></rdf:RDF>",
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("suffix", [".txt", ".ris", ""])
def test_content_not_suffix_tells_the_format(name: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"export{suffix}"
    path.write_text(SAMPLES[name], encoding="utf-8")
    file = read_file(path)
    records = list(file.records)
    assert file.format == name
    assert records[0].item["title"].startswith("A ")
    assert (file.expected, file.placed, file.unplaced) == (len(records), len(records), [])


def test_every_format_that_is_read_has_a_sample() -> None:
    assert {known.name for known in FORMATS if known.reads} == {*SAMPLES, "biblatex", "xlsx", "references"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"Dear all, this is a letter.\n",
        b"\x00\x01\x02\x03" * 50,
        b"PK\x03\x04 no archive",
        b"<html></html>",
    ],
)
def test_what_is_no_export_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "export.ris"
    path.write_bytes(content)
    with pytest.raises(UnknownFormat, match=r"export\.ris"):
        read_file(path)


def test_a_missing_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Nothing was imported"):
        read_file(tmp_path / "gone.ris")


def accounted(path: Path, name: str | None = None) -> None:
    """Read a file to its end; whatever it is, what it begins is accounted for."""
    try:
        file = read_file(path, format=name)
    except UnknownFormat:
        return
    records = list(file.records)
    assert file.placed == len(records)
    assert file.expected <= file.placed + len(file.unplaced)
    for record in records:
        assert record.item["type"]


MESSY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("name", SAMPLES)
@MESSY
@given(cut=st.integers(0, 400), splice=st.sampled_from(list(SAMPLES)), at=st.integers(0, 400))
def test_truncated_and_spliced_files(name: str, cut: int, splice: str, at: int, tmp_path: Path) -> None:
    text = SAMPLES[name][:cut] + SAMPLES[splice][at:]
    path = tmp_path / "export"
    path.write_text(text, encoding="utf-8")
    accounted(path)
    accounted(path, name)


@pytest.mark.parametrize("name", SAMPLES)
@MESSY
@given(noise=st.binary(max_size=60), at=st.integers(0, 300))
def test_random_bytes_in_a_file(name: str, noise: bytes, at: int, tmp_path: Path) -> None:
    content = SAMPLES[name].encode()
    path = tmp_path / "export"
    path.write_bytes(content[:at] + noise + content[at:])
    accounted(path)
    accounted(path, name)


@MESSY
@given(content=st.binary(max_size=300))
def test_random_bytes_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_bytes(content)
    accounted(path)
    for name in SAMPLES:
        accounted(path, name)


def test_hostile_xml_is_harmless(tmp_path: Path) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    path = tmp_path / "bomb.xml"
    path.write_text(
        f'<?xml version="1.0"?>'
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
        "<ArticleTitle>A &l9; &f;</ArticleTitle>"
        "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
        encoding="utf-8",
    )
    file = read_file(path)
    titles = [record.item.get("title", "") for record in file.records]
    assert all("lol" not in title and len(title) < 20 for title in titles)
    assert titles or file.unplaced


def test_a_bibtex_loop_ends(tmp_path: Path) -> None:
    path = tmp_path / "loop.bib"
    path.write_text(
        "@book{a, crossref = {b}, title = {A}}\n@book{b, crossref = {a}, publisher = {P}}\n"
        "@misc{c, xdata = {c}, title = {C}}\n",
        encoding="utf-8",
    )
    items = [record.item for record in read_file(path).records]
    assert [item["publisher"] for item in items[:2]] == ["P", "P"]
