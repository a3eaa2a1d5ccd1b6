"""Tables we have no export of: their headers, what stands above them, other tongues."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from evidence_app.services.formats.column_mapping import unknown_table
from evidence_app.services.formats.records import ReadFile
from evidence_app.services.formats.registry import read_file

TITLE, JOURNAL = "Peer support after discharge: what helps, and for whom?", "Journal of Ward Studies"
ABSTRACT, DOI = 'Background: many, "few". Results follow.', "10.1234/jws.2019.77"
NAMES = "Müller, Anna; Lind, Jan; Smith, Kim"
WORK = {
    "title": TITLE, "container-title": JOURNAL, "abstract": ABSTRACT, "DOI": DOI, "volume": "12",
    "issue": "3", "page": "45-67", "families": ["Müller", "Lind", "Smith"], "year": 2019,
}  # fmt: skip
VALUES = {
    "T": TITLE, "J": JOURNAL, "A": ABSTRACT, "D": DOI, "N": NAMES, "V": "12", "I": "3", "P": "45-67",
    "P1": "45", "P2": "67", "Y": "2019", "M": "Müller A, Lind J, Smith KL.", "-": "else",
    "C": f"{JOURNAL}. Vol.12(3), 2019, pp. 45-67.",
}  # fmt: skip


def read(path: Path, rows: list[list[str]], above: str = "", mark: str = ",") -> tuple[ReadFile, list[Any]]:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    path.write_bytes((above + text.getvalue()).encode())
    file = read_file(path)
    return file, [record.item for record in file.records]


def told(item: Any) -> dict[str, Any]:
    found = {name: item.get(name) for name in WORK if name in item}
    found["families"] = [name.get("family") for name in item.get("author", [])]
    return found | {"year": item["issued"]["date-parts"][0][0]}


TABLES: dict[str, str] = {
    "Dimensions": "Rank=-;Publication ID=-;DOI=D;Title=T;Abstract=A;Source title=J;PubYear=Y;Volume=V;"
    "Issue=I;Pagination=P;Authors=N",
    "Publish or Perish": "Cites=-;Authors=N;Title=T;Year=Y;Source=J;DOI=D;Volume=V;Issue=I;StartPage=P1;"
    "EndPage=P2;Abstract=A",
    "Europe PMC": "SOURCE=-;PUBMED_ID=-;PMCID=-;DOI=D;TITLE=T;AUTHORS=M;CITATION=-;JOURNAL=J;YEAR=Y;VOLUME=V;"
    "ISSUE=I;PAGES=P;ABSTRACT=A",
    "ProQuest": "Title=T;Abstract=A;StoreId=-;AUTHORLIST=N;Volume=V;Issue=I;startPage=P1;pages=P;"
    "digitalObjectIdentifier=D;pubtitle=J;year=Y",
    "EPPI-Reviewer": "ItemId=-;Title=T;ParentTitle=J;Authors=N;Year=Y;Volume=V;Issue=I;Pages=P;Abstract=A;"
    "DOI=D",
    "Semantic Scholar": "paperId=-;title=T;abstract=A;year=Y;venue=J;authors=N;externalIds.DOI=D;volume=V;"
    "issue=I;pages=P",
    "JSTOR": "title=T;authors=N;journaltitle=J;volume=V;issue=I;pubdate=Y;pagerange=P;doi=D;abstract=A",
    "by hand, German": "Titel=T;Autoren=N;Jahr=Y;Zeitschrift=J;Band=V;Heft=I;Seiten=P;Zusammenfassung=A;"
    "DOI=D",
    "by hand, French": "Titre=T;Auteurs=N;Année=Y;Revue=J;Volume=V;Numéro=I;Pages=P;Résumé=A;DOI=D",
    "by hand, Chinese": "题名=T;作者=N;年=Y;期刊=J;卷=V;期=I;页码=P;摘要=A;DOI=D",
    "CNKI": "Title-题名=T;Author-作者=N;Source-文献来源=J;Summary-摘要=A;Year-年=Y;Volume-卷=V;Issue-期=I;"
    "Page-页码=P;DOI=D",
    "Ovid": "VN=-;DB=-;AN=-;AU=N;TI=T;SO=C;AB=A;DO=D;YR=Y",
}


@pytest.mark.parametrize("columns", TABLES.values(), ids=TABLES)
def test_every_field_is_found_under_the_header_of_its_program(tmp_path: Path, columns: str) -> None:
    heads, keys = zip(*(pair.split("=") for pair in columns.split(";")), strict=True)
    file, items = read(tmp_path / "t.csv", [list(heads), [VALUES[key] for key in keys]])
    assert (file.expected, file.unplaced, len(items)) == (1, [], 1)
    assert told(items[0]) == WORK


@pytest.mark.parametrize(
    "above",
    ['"About the data: Exported on May 1, 2023. Criteria: ""ward"" in title."\r\n',
     "\r\n\r\nOur search\r\n\r\n", "Database: X\nDate: 2023-05-01\n\n"],
)  # fmt: skip
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_stands_above_the_headers_is_listed_and_no_record(tmp_path: Path, above: str, mark: str) -> None:
    path = tmp_path / "t.csv"
    file, items = read(
        path, [["Title", "Authors", "Year", "Abstract"], [TITLE, NAMES, "2019", ABSTRACT]], above, mark
    )
    assert [item["title"] for item in items] == [TITLE]
    assert file.expected == 1
    assert above.split(maxsplit=1)[0].strip('"') in file.unplaced[0].text
    assert unknown_table(path) is None


def test_a_registry_of_trials_is_a_table(tmp_path: Path) -> None:
    heads = ["NCT Number", "Study Title", "Study URL", "Study Status", "Brief Summary", "Start Date"]
    row = [
        "NCT01234567",
        TITLE,
        "https://clinicaltrials.gov/study/NCT01234567",
        "COMPLETED",
        ABSTRACT,
        "2019-05",
    ]
    _, (item,) = read(tmp_path / "t.csv", [heads, row])
    assert (item["title"], item["number"], item["abstract"]) == (TITLE, "NCT01234567", ABSTRACT)


def test_a_list_of_names_that_ends_in_a_full_stop_keeps_no_stop_behind_initials(tmp_path: Path) -> None:
    _, (item,) = read(
        tmp_path / "t.csv", [["Title", "Authors", "Year"], [TITLE, "Müller A, Smith KL.", "2019"]]
    )
    assert item["author"][1] == {"family": "Smith", "given": "KL"}
    _, (item,) = read(
        tmp_path / "t.csv", [["Title", "Authors", "Year"], [TITLE, "Müller A., Smith K.", "2019"]]
    )
    assert item["author"][1]["given"] == "K."


def test_columns_in_other_letters_are_mapped_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("論文,著者,備考\n看護の研究,山田,なし\n", "utf-8")
    file = read_file(path, mapping={"論文": "title", "著者": "author"}, format="csv")
    (record,) = file.records
    assert record.item["title"] == "看護の研究"
    assert record.item["author"] == [{"literal": "山田"}] or record.item["author"][0]["family"] == "山田"
