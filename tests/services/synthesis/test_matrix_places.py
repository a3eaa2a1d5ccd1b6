"""A value of a characteristic leads to its place in the report, in the cell and in every file."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evidence_app.domain.coding import Document, Page
from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.matrix import By, Per
from evidence_app.domain.studies import Value, ValueState
from evidence_app.services.publishing.matrix.quoting import with_quotations
from evidence_app.services.publishing.matrix.records import as_json, csv_bytes
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.publishing.matrix.writing import write_matrix
from evidence_app.services.synthesis.matrix_counting import Asked, count_matrix
from evidence_app.services.synthesis.matrix_places import pages_named, places_in, said_by
from evidence_app.storage.matrix import matrix_source
from evidence_app.storage.project import Project
from evidence_app.storage.studies import values

FIRST = "We asked people in rural Wales. Wales is small. 委托服务在威尔士。"
SECOND = "Semi-structured\ninterviews were held with 24 people. Nothing else was done."
TEXT = f"{FIRST}\n{SECOND}"
PAGES = [{"start": 0, "width": 1, "height": 1, "label": "ix"},
         {"start": len(FIRST) + 1, "width": 1, "height": 1, "label": "10"}]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A report of two pages, on which two passages are quoted."""
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        work = insert(
            "reference", title="A study", standing="included", author='[{"family": "Evans"}]',
            issued='{"date-parts": [[2020]]}', year=2020,
        )  # fmt: skip
        document = insert("document", reference=1, name="study.pdf", kind="pdf", text=TEXT, text_sha256="",
                          pages=json.dumps(PAGES))  # fmt: skip
        made.apply(Edit("Begin", (work, document)))
        start = TEXT.index("Semi")
        made.apply(
            Edit(
                "Quote",
                (
                    insert(
                        "quotation",
                        document=1,
                        page=2,
                        start=start,
                        end=start + 32,
                        exact=TEXT[start : start + 32],
                    ),
                ),
            )
        )
        yield made


def described(project: Project, name: str, value: str, place: str = "", state: str = "typed") -> None:
    row = insert("characteristic", reference=1, name=name, value=value, state=state, place=place)
    project.apply(Edit("Describe", (row,)))


def document() -> Document:
    pages = tuple(Page(each["start"], 1, 1, label=str(each["label"])) for each in PAGES)  # type: ignore[arg-type]
    return Document(id=1, guid="d", reference=1, name="d", kind="pdf", pages=pages, length=len(TEXT))


@pytest.mark.parametrize(
    ("place", "pages"),
    [("p. ix", [1]), ("Table 2, p. 10", [2]), ("pp. ix–10", [1, 2]), ("p. ix, 10", [1, 2]), ("p. 11", []),
     ("Methods", []), ("", []), ("p. 10–ix", [])],
)  # fmt: skip
def test_a_place_names_pages_as_they_are_printed(place: str, pages: list[int]) -> None:
    assert pages_named(place, document()) == pages


def test_words_are_found_on_the_page_that_is_named_and_on_no_other() -> None:
    def found(value: str, place: str, state: ValueState = ValueState.TYPED) -> list[str]:
        asked = Value(id=1, reference=1, name="n", value=value, place=place, state=state)
        return [TEXT[each.start : each.end] for each in places_in(asked, document(), TEXT)]

    assert found("wales", "p. ix") == ["Wales"]
    assert found("Wales", "p. 10") == [""]
    assert found("semi-structured interviews", "p. 10") == ["Semi-structured\ninterviews"]
    assert found("威尔士", "p. ix") == ["威尔士"]
    assert found("24", "p. 10") == [""]
    assert found("24", "p. 10", ValueState.QUOTED) == ["24"]
    assert found("Wale", "p. ix") == [""]
    assert found("", "p. ix", ValueState.NOT_REPORTED) == [""]
    assert found("Wales", "somewhere") == []


def test_a_value_rests_on_the_quotation_at_its_place_or_its_sentence_or_its_page(project: Project) -> None:
    described(project, "design", "semi-structured interviews", "p. 10")
    described(project, "country", "Wales", "p. ix")
    described(project, "sample", "Survey", "p. 10")
    described(project, "when", "interviews")
    with project.reader() as reader:
        said = {each.name: said_by(reader, [each]) for each in values(reader)}
    (design,), (country,), (sample,), (when,) = said.values()
    assert (design.id, design.source) == (1, "Evans 2020, p. 10")
    assert (country.id, country.words) == (0, "We asked people in rural Wales.")
    assert TEXT[slice(*country.span)] == country.words
    assert (sample.words, sample.source, sample.span[0]) == ("", "Evans 2020, p. 10", len(FIRST) + 1)
    assert when.id == 1


@pytest.mark.parametrize("per", list(Per))
def test_every_file_lists_what_the_values_rest_on(project: Project, tmp_path: Path, per: Per) -> None:
    described(project, "country", "Wales", "p. ix")
    described(project, "design", "semi-structured interviews", "p. 10")
    with project.reader() as reader:
        matrix = count_matrix(matrix_source(reader), Asked(By.CHARACTERISTICS, ("country", "design"), per))
        sheet = with_quotations(reader, Sheet(matrix, matrix.rows), -1)
    sentence = "We asked people in rural Wales."
    write_matrix(sheet, tmp_path / "m.xlsx")
    rows = [[cell.value for cell in row][2:6] for row in load_workbook(tmp_path / "m.xlsx")["Quotations"]]
    assert rows[1] == ["Country", "Wales", sentence, "Evans 2020, p. ix"]
    assert rows[2][:2] == ["Design", "semi-structured interviews"]
    table = list(csv.DictReader(io.StringIO(csv_bytes(sheet).decode("utf-8-sig"))))
    assert table[0]["Quotations"].startswith(f"Wales: “{sentence}” (Evans 2020, p. ix) | semi-structured")
    cells = as_json(sheet)["rows"][0]["cells"]
    assert [each["quotation"] for cell in cells for each in cell["quoted"]] == [None, "1"]
    write_matrix(sheet, tmp_path / "m.docx")
    words = zipfile.ZipFile(tmp_path / "m.docx").read("word/document.xml").decode()
    assert "rural Wales" in words
    assert "Evans 2020, p. 10" in words
