"""Tables, XML and JSON: vendors known by their headers and elements, damage listed, memory steady."""

import json
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from evidence_app.domain.errors import Cancelled
from evidence_app.services.formats import tables
from evidence_app.services.formats.decoding import source
from evidence_app.services.formats.records import ReadFile, ReadRecord
from evidence_app.services.formats.registry import read_file

DATA = Path(__file__).resolve().parents[2] / "data" / "formats"


def read(tmp_path: Path, text: str) -> tuple[list[ReadRecord], ReadFile]:
    path = tmp_path / "export.any"
    path.write_text(text, encoding="utf-8")
    file = read_file(path)
    return list(file.records), file


def test_scopus_columns(tmp_path: Path) -> None:
    text = (
        "\ufeffAuthors,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,DOI,EID,Odd column\n"
        '"Gao X., Ni W.-J., '
        'van der Berg A.","A title",2021,"Letters","20","3","111","1","9",10.1000/A,2-s2.0-1,odd\n'
        ""
    )
    (record,), file = read(tmp_path, text)
    assert file.dialect == "Scopus"
    assert [name["family"] for name in record.item["author"]] == ["Gao", "Ni", "Berg"]
    assert (record.item["container-title"], record.item["page"]) == ("Letters", "1-9")
    assert (record.item["DOI"], record.source_id) == ("10.1000/a", "2-s2.0-1")
    assert ("Odd column", "odd") in record.raw.tags


@pytest.mark.parametrize(
    ("cell", "families"),
    [
        ("Smith A, Walter B", ["Smith", "Walter"]),
        ("Smith, Ann; Walter, Bo", ["Smith", "Walter"]),
        ("['Marx, Karl', 'Lindgren, Astrid']", ["Marx", "Lindgren"]),
        ("Joseph Rottman, Erran Carmel, Mary Lacity", ["Rottman", "Carmel", "Lacity"]),
        ("Ada Ash|Ben Birch", ["Ash", "Birch"]),
        ("Smith, Ann", ["Smith"]),
    ],
)
def test_authors_however_a_column_parts_them(cell: str, families: list[str], tmp_path: Path) -> None:
    (record,), _ = read(tmp_path, f'title;authors\nT;"{cell}"\n')
    assert [name["family"] for name in record.item["author"]] == families


def test_embase_with_one_field_a_row(tmp_path: Path) -> None:
    text = (
        'TITLE,"Cysts"\nAUTHOR NAMES,"Liu R.","Adler D.G."\n'
        'SOURCE,"Endoscopy (2014) 3:3 (152-160). Date: 2014"\n\n'
        'TITLE,"Second"\nAUTHOR NAMES,"Lee A."\n'
    )
    records, file = read(tmp_path, text)
    assert (len(records), file.expected, file.dialect) == (2, 2, "Embase")
    item = records[0].item
    assert [name["family"] for name in item["author"]] == ["Liu", "Adler"]
    assert (item["container-title"], item["volume"], item["page"]) == ("Endoscopy", "3", "152-160")


def test_labels_of_asreview_become_decisions(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "title,label_included\nA,1\nB,0\nC,\n")
    assert [[found.verdict for found in record.extras.decisions] for record in records] == [
        ["include"],
        ["exclude"],
        [],
    ]


def test_any_other_table_is_mapped_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Titel,Verfasser,Jahr,Key\nEin Titel,Meier A; Schulz B,2001,x\n", encoding="utf-8")
    assert tables.columns(source(path)) == ("Titel", "Verfasser", "Jahr", "Key")
    (record,) = read_file(path, format="csv").records
    item = tables.mapped(record.raw, {"Titel": "title", "Verfasser": "author", "Jahr": "issued"}).item
    assert item["title"] == "Ein Titel"
    assert [name["family"] for name in item["author"]] == ["Meier", "Schulz"]
    assert item["issued"] == {"date-parts": [[2001]]}


def test_endnote_style_runs_are_joined(tmp_path: Path) -> None:
    text = (
        "<xml><records><record><ref-type name='Journal Article'>17</ref-type><contributors><authors>"
        "<author><style>Berg, Jan</style></author></authors></contributors><titles><title>"
        "<style>Growth of </style>"
        "<style face='italic'>E. coli</style><style> in milk</style></title>"
        "<secondary-title>Letters</secondary-title></titles>"
        "<dates><year>2001</year><pub-dates><date>Apr 12</date></pub-dates></dates></record></records></xml>"
    )
    (record,), _ = read(tmp_path, text)
    assert record.item["title"] == "Growth of <i>E. coli</i> in milk"
    assert record.item["issued"] == {"date-parts": [[2001, 4, 12]]}


def test_pubmed_articles_and_books(tmp_path: Path) -> None:
    text = (
        "<!DOCTYPE PubmedArticleSet PUBLIC '-//NLM//DTD' 'https://dtd.example/x.dtd'>"
        "<PubmedArticleSet><PubmedArticle>"
        "<MedlineCitation><PMID>1</PMID><Article><Journal><ISSN>1234-5679</ISSN><JournalIssue>"
        "<Volume>3</Volume><PubDate>"
        "<MedlineDate>2019 Jan-Feb</MedlineDate></PubDate></JournalIssue><Title>Letters</Title>"
        "</Journal><ArticleTitle>A "
        "<i>b</i> and <sub>2</sub> c.</ArticleTitle><Abstract>"
        "<AbstractText Label='AIM'>One.</AbstractText><AbstractText>"
        "Two.</AbstractText></Abstract><AuthorList><Author><LastName>Ash</LastName>"
        "<ForeName>Ada</ForeName></Author><Author>"
        "<CollectiveName>The Group</CollectiveName></Author></AuthorList></Article>"
        "</MedlineCitation><PubmedData>"
        "<ArticleIdList><ArticleId IdType='doi'>10.1000/X</ArticleId></ArticleIdList>"
        "</PubmedData></PubmedArticle>"
        "<PubmedBookArticle><BookDocument><PMID>2</PMID><Book><BookTitle>Guide</BookTitle></Book>"
        "</BookDocument>"
        "</PubmedBookArticle></PubmedArticleSet>"
    )
    (article, book), file = read(tmp_path, text)
    assert file.expected == 2
    assert article.item["title"] == "A <i>b</i> and <sub>2</sub> c."
    assert article.item["abstract"] == "AIM: One.\nTwo."
    assert article.item["author"] == [{"family": "Ash", "given": "Ada"}, {"literal": "The Group"}]
    assert article.item["issued"] == {"date-parts": [[2019, 1], [2019, 2]]}
    assert article.item["DOI"] == "10.1000/x"
    assert (book.item["type"], book.item["title"]) == ("book", "Guide")


def test_an_xml_file_that_ends_too_early_is_accounted_for(tmp_path: Path) -> None:
    whole = "<PubmedArticle><MedlineCitation><PMID>{}</PMID></MedlineCitation></PubmedArticle>"
    records, file = read(
        tmp_path, f"<PubmedArticleSet>{whole.format(1)}<PubmedArticle><MedlineCitation><PMID>2"
    )
    assert file.expected == 2
    assert file.expected <= len(records) + len(file.unplaced)


def test_zotero_rdf_with_notes_files_and_collections() -> None:
    file = read_file(DATA / "library.rdf")
    (record,) = file.records
    item = record.item
    assert (item["title"], item["container-title"], item["volume"]) == (
        "Walking & talking",
        "Journal of Walks",
        "7",
    )
    assert item["author"] == [{"family": "Berg", "given": "Jan"}, {"literal": "The Link Group"}]
    assert (item["DOI"], item["ISSN"], item["URL"]) == (
        "10.1000/walk.7",
        "1234-5679",
        "https://example.org/walk",
    )
    assert [note.text for note in record.extras.notes] == ["Ask the author."]
    assert record.extras.attachments == ("files/8/walk.pdf",)
    assert record.extras.collections == ("Included",)


def test_crossref_json_with_nulls_and_lists(tmp_path: Path) -> None:
    work = {
        "type": "journal-article", "title": ["A title"], "container-title": ["Letters", "L"],
        "ISSN": ["1", "2"],
        "issued": {"date-parts": [[2019, 4, 2, 11]]}, "published-print": {"date-parts": [[None]]},
        "author": [],
        "editor": [{"name": "The Group"}, {"family": "Ash", "given": None}], "volume": 7, "custom": [],
    }  # fmt: skip
    (record,), file = read(tmp_path, json.dumps({"status": "ok", "message": {"total": 1, "items": [work]}}))
    assert file.expected == 1
    assert record.item == {
        "type": "article-journal", "title": "A title", "container-title": "Letters", "ISSN": "1, 2",
        "issued": {"date-parts": [[2019, 4, 2]]},
        "editor": [{"literal": "The Group"}, {"family": "Ash"}], "volume": "7",
    }  # fmt: skip


def test_a_damaged_json_object_does_not_sink_the_others(tmp_path: Path) -> None:
    records, file = read(
        tmp_path, '[{"type": "book", "title": "A"},\n{"type": book},\n{"type": "book", "title": "B"}]'
    )
    assert [record.item["title"] for record in records] == ["A", "B"]
    assert (file.expected, [block.line for block in file.unplaced]) == (3, [2])


@pytest.mark.parametrize(
    "unit",
    ["TY  - JOUR\nTI  - T\nAB  - {}\nER  - \n\n", "@article{{k,\n title = {{T}},\n abstract = {{{}}}\n}}\n"],
)
def test_memory_does_not_grow_with_the_file(unit: str, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    record = unit.format("word " * 200)
    path.write_text(record * 4000, encoding="utf-8")
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_file(path).records) == 4000
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size
    finally:
        tracemalloc.stop()


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "large.ris"
    path.write_text("TY  - JOUR\nTI  - T\nER  - \n\n" * 1000, encoding="utf-8")

    def stop(done: int, total: int) -> None:
        if done > total / 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(read_file(path, stop).records)


def test_a_damaged_workbook_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<no workbook")
    file = read_file(path)
    assert list(file.records) == []
    assert "damaged" in file.unplaced[0].reason


@pytest.mark.parametrize(
    ("printed", "families"),
    [
        ("Zuna, R E and Wang, S S and Group, ALTS", ["Zuna", "Wang", "Group"]),
        ("Zekry, D. and Frangos, E.", ["Zekry", "Frangos"]),
        ("Smith J, Jones P and Brown K", ["Smith", "Jones", "Brown"]),
    ],
)
def test_a_column_of_names_joined_by_and_gives_each_name(
    tmp_path: Path, printed: str, families: list[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f'title,author,year\nA study,"{printed}",2019\n', "utf-8")
    (record,) = read_file(path).records
    assert [name["family"] for name in record.item["author"]] == families


def test_an_object_that_tells_of_no_work_is_listed(tmp_path: Path) -> None:
    records, file = read(
        tmp_path, '[{"type": "book", "title": "Wards"}, {"name": "left-pad", "version": "1.3"}]'
    )
    assert [record.item["title"] for record in records] == ["Wards"]
    assert (file.expected, [block.text for block in file.unplaced]) == (
        2, ['{"name": "left-pad", "version": "1.3"}'],
    )  # fmt: skip


def test_an_abstract_of_crossref_comes_without_its_marks(tmp_path: Path) -> None:
    abstract = "<jats:title>Aim</jats:title><jats:p>To walk <jats:italic>far</jats:italic>.</jats:p>"
    (record,), _ = read(tmp_path, json.dumps([{"type": "book", "title": "Wards", "abstract": abstract}]))
    assert "<jats" not in record.item["abstract"]
    assert record.item["abstract"].split()[:3] == ["Aim", "To", "walk"]
