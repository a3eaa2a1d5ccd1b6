"""Reading documents, quotations, codes and codings back from the project file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.coding import CodeCount, Quotation, QuotationKind, code_tree
from evidence_app.domain.edit import Edit, Insert, RowOf, insert
from evidence_app.storage import coding, coding_notes
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project

TEXT = "Money arrived late.\nTrust was lost.\n"


def rows() -> Iterator[Insert]:
    yield insert("person", "ada", name="Ada")
    yield insert("person", "ben", name="Ben")
    for guid in ("one", "two"):
        yield insert("reference", guid, type="report", title=guid, standing="included")
    yield insert(
        "document", "d", reference=RowOf("reference", "one"), name="one.txt", kind="text", text=TEXT,
        text_sha256="x", pages='[{"start": 0, "width": 595, "height": 842}, {"start": 20}, 7]',
    )  # fmt: skip
    yield insert("code", "money", name="Money", position=2.0)
    yield insert("code", "trust", name="Trust", position=1.0)
    yield insert("code", "late", name="Late", parent=RowOf("code", "money"))
    yield insert("code", "cash", name="Cash", merged_into=RowOf("code", "money"))
    yield insert("layer", "ben-layer", name="Ben", person=RowOf("person", "ben"), blind=1)
    yield a_quotation("q2", 20, 26, "Trust")
    yield a_quotation("q1", 0, 5, "Money")
    yield a_quotation("q3", 6, 13, "arrived", person=RowOf("person", "ben"))
    yield a_coding("q1", "cash")
    yield a_coding("q1", "money")
    yield a_coding("q3", "late", layer=RowOf("layer", "ben-layer"), person=RowOf("person", "ben"))


def a_quotation(guid: str, start: int, end: int, exact: str, **values: Any) -> Insert:
    return insert(
        "quotation", guid, document=RowOf("document", "d"), page=1, start=start, end=end, exact=exact,
        rectangles="[[1, 10, 20, 30.5, 40], [1]]", **values,
    )  # fmt: skip


def a_coding(quotation: str, code: str, **values: Any) -> Insert:
    return insert("coding", quotation=RowOf("quotation", quotation), code=RowOf("code", code), **values)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with Project.create(tmp_path / "review.evidence") as project:
        project.apply(Edit("Fill", tuple(rows())))
        with project.reader() as found:
            yield found


def words(quotations: list[Quotation]) -> list[str]:
    return [each.anchor.exact for each in quotations]


def test_a_document_comes_without_its_text_and_with_its_pages(reader: Reader) -> None:
    (document,) = coding.documents(reader)
    assert (document.length, document.is_pdf, len(document.pages)) == (len(TEXT), True, 2)
    assert [document.page_at(at) for at in (0, 19, 20)] == [1, 1, 2]
    assert [document.span_of(page) for page in (1, 2)] == [(0, 20), (20, len(TEXT))]
    assert coding.text_of(reader, document.id) == TEXT


def test_quotations_come_as_they_follow_in_the_document(reader: Reader) -> None:
    found = coding.quotations(reader, 1)
    assert words(found) == ["Money", "arrived", "Trust"]
    assert found[0].anchor.rectangles == ((1, 10.0, 20.0, 30.5, 40.0),)
    assert found[0].kind is QuotationKind.DIRECT


def test_what_is_coded_blind_is_seen_by_its_coder_only(reader: Reader) -> None:
    ada, ben = coding.person_of(reader, "ada"), coding.person_of(reader, "ben")
    assert words(coding.quotations(reader, 1, ada)) == ["Money", "Trust"]
    assert words(coding.quotations(reader, 1, ben)) == ["Money", "arrived", "Trust"]
    assert len(coding.codings(reader, viewer=ada)) == 2
    assert len(coding.codings(reader, viewer=ben)) == len(coding.codings(reader)) == 3
    assert words(coding.all_quotations(reader, ada)) == ["Money", "Trust"]


def test_a_merged_code_is_read_as_what_it_became(reader: Reader) -> None:
    money = next(code for code in coding.codes(reader) if code.name == "Money")
    found = coding.codings(reader, 1, code=money.id)
    assert [each.code for each in found] == [money.id] * 2
    assert len({each.used for each in found}) == 2
    assert coding.code_counts(reader)[money.id] == CodeCount(1, 1, 1)
    assert [code.name for code in coding.codes(reader, merged=True)][-1] == "Money"


def test_codes_stand_in_a_tree_by_position(reader: Reader) -> None:
    placed = code_tree(coding.codes(reader))
    assert [(each.depth, each.full_name) for each in placed] == [
        (0, "Trust"), (0, "Money"), (1, "Money / Late")
    ]  # fmt: skip


def test_reports_come_with_how_much_was_done(reader: Reader) -> None:
    one, two = coding_notes.reports_to_code(reader)
    assert (one.documents, one.quotations, two.documents, two.quotations) == (1, 3, 0, 0)
