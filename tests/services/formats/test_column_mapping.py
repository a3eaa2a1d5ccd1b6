"""Tables nobody knows: recognised, suggested, mapped by a person, and shown before they are imported."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats import column_mapping
from evidence_app.services.formats.registry import read_file
from evidence_app.services.formats.workbooks import write_workbook

ROWS = [
    ("Ref no", "Werk", "Verfasser", "Jahr", "Gelesen", "Schlagwort", "Bemerkung"),
    ("17", "Rest at night", "Ray, A.; Dell, C.", "2019", "include", "wards", "Ask Ben"),
    ("18", "Rounds and rest", "Lowe, J.", "2020", "exclude", "", ""),
]
MAPPING = {
    "Werk": "title", "Verfasser": "author", "Jahr": "issued", "Gelesen": "decision", "Schlagwort": "tag",
    "Bemerkung": "remark", "Ref no": "id",
}  # fmt: skip


def written(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / f"list.{kind}"
    if kind == "xlsx":
        write_workbook(path, "List", ROWS)
    else:
        mark = {"csv": ",", "tsv": "\t", "scsv": ";"}[kind]
        path.write_text("\n".join(mark.join(f'"{cell}"' for cell in row) for row in ROWS) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("kind", ["csv", "tsv", "scsv", "xlsx"])
def test_a_table_nobody_knows_is_read_by_a_mapping(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, kind)
    table = column_mapping.unknown_table(path)
    assert table is not None
    assert table.headers == ROWS[0]
    assert table.needed
    assert table.columns[1].samples == ("Rest at night", "Rounds and rest")
    file = read_file(path, format=table.format, mapping=MAPPING)
    first, second = file.records
    assert (file.expected, file.placed, file.unplaced) == (2, 2, [])
    assert first.item["title"] == "Rest at night"
    assert [name["family"] for name in first.item["author"]] == ["Ray", "Dell"]
    assert first.item["issued"] == {"date-parts": [[2019]]}
    assert first.source_id == "17"
    assert first.extras.labels == ("wards",)
    assert [note.text for note in first.extras.notes] == ["Ask Ben"]
    assert [one.verdict for one in (*first.extras.decisions, *second.extras.decisions)] == [
        "include",
        "exclude",
    ]
    assert first.raw.tags == tuple(zip(*ROWS[:2], strict=True))


def test_the_preview_is_what_the_import_gives(tmp_path: Path) -> None:
    path = written(tmp_path, "csv")
    table = column_mapping.unknown_table(path)
    assert table is not None
    shown = [record.item for record in column_mapping.preview(table, MAPPING)]
    assert shown == [record.item for record in read_file(path, format="csv", mapping=MAPPING).records]


def test_headers_we_know_are_suggested(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Title,Authors,Year,Journal,DOI,Decision,Tags,Quality\n"
        "Rest,Ray A,2019,Ward Q,10.5555/a,include,x,3\n",
        "utf-8",
    )
    table = column_mapping.unknown_table(path)
    assert table is not None
    assert not table.needed
    assert table.suggestion() == {
        "Title": "title", "Authors": "author", "Year": "issued", "Journal": "container-title", "DOI": "DOI",
        "Decision": "decision", "Tags": "tag", "Quality": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Title,Authors,Year\nRest,Ray A,2019\n",
        "Authors,Title,Year,Source title,EID,Strange\nRay,Rest,2019,Ward Q,2-s2.0-1,x\n",
        "TY  - JOUR\nTI  - Rest\nER  - \n",
        "Ray A, Dell C. Rest. Ward Q. 2019;19(1):2-3.\nLowe J. Rounds. Ward Q. 2020;3(2):1-9.\n",
        "Dear all,\n\nthank you for the meeting.\n",
        "1,2,3\n4,5,6\n",
        "",
    ],
    ids=["all known", "a vendor", "RIS", "a printed list", "a letter", "numbers", "nothing"],
)
def test_what_needs_no_mapping_is_not_asked_about(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    assert column_mapping.unknown_table(path) is None


def test_a_mapping_to_what_a_column_cannot_hold_is_refused() -> None:
    assert column_mapping.checked(MAPPING) == MAPPING
    with pytest.raises(EvidenceError, match="author"):
        column_mapping.checked({"Verfasser": "authors"})


def test_headers_are_remembered_in_any_order_and_case() -> None:
    key = column_mapping.headers_key
    assert key(["Werk", "Jahr"]) == key(["jahr", "WERK", ""]) != key(["Werk"])


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab,;\t|\n" 1é'), max_size=120))
def test_any_text_is_looked_at(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_text(text, "utf-8")
    table = column_mapping.unknown_table(path)
    if table is not None:
        assert len(column_mapping.preview(table, dict.fromkeys(table.headers, "title"))) <= 5
