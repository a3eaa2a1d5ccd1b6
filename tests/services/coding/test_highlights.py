"""Highlights of other readers come in by colour; ours go out on a copy and are drawn at the right place."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from evidence_app.domain.coding import Rectangle
from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import documents
from evidence_app.services.coding.annotations import Annotation, read_annotations, write_annotations
from evidence_app.services.coding.coding import NOBODY
from evidence_app.services.coding.full_texts import read_document
from evidence_app.services.coding.highlights import bring_in, colour_name, find_highlights, write_copy
from evidence_app.services.coding.pdf import PdfFile, lines_of
from evidence_app.services.progress import silent
from evidence_app.storage import coding
from evidence_app.storage.project import Project
from tests.services.coding.desk import Desk
from tests.services.coding.pdfs import made_pdf

SOURCE = "Money arrived late in the first year. Trust was lost. #pagebreak() 委托服务的协同生产需要时间。"


@pytest.fixture(params=[0, 90, 180, 270])
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A PDF whose pages are turned, and cropped where they are turned once."""
    made = made_pdf(tmp_path / "a.pdf", SOURCE)
    with pikepdf.open(made, allow_overwriting_input=True) as document:
        for page in document.pages:
            page.Rotate = request.param
            if request.param == 90:
                page.CropBox = pikepdf.Array([10, 20, 290, 390])
        document.save(made)
    return made


@pytest.fixture
def desk(path: Path, tmp_path: Path) -> Iterator[Desk]:
    with Project.create(tmp_path / "review.evidence") as project:
        project.apply(Edit("Add", (insert("reference", type="report", title="One"),)))
        project.apply(documents.attach(1, read_document(path), None))
        made = Desk(project)
        yield made
        made.close()


def boxes_of(path: Path, text: str, words: str, page: int, begin: int, end: int) -> tuple[Rectangle, ...]:
    start = text.index(words) - begin
    with PdfFile(path) as file:
        return lines_of(page, file.layer(page, text[begin:end]).boxes[start : start + len(words)])


def highlighted(path: Path, *annotations: Annotation) -> Path:
    out = path.with_name("highlighted.pdf")
    assert write_annotations(path, out, annotations) == len(annotations)
    return out


def test_highlights_become_quotations_coded_by_their_colours(desk: Desk, path: Path) -> None:
    document, text = desk.document(), coding.text_of(desk.reader, 1)
    second = document.pages[1].start
    late = boxes_of(path, text, "arrived late", 1, 0, second)
    time = boxes_of(path, text, "协同生产", 2, second, len(text))
    figure = (Rectangle(1, 60, 60, 120, 120),)
    marked = highlighted(
        path, Annotation(1, late, "#FFE600", "why late?"), Annotation(2, time, "#78DC6E"),
        Annotation(1, figure, "#FFE600", is_area=True),
    )  # fmt: skip
    found = find_highlights(marked, document, text, silent)
    assert [each.anchor.exact for each in found] == ["arrived late", "", "协同生产"]
    for expected in (3, 0):
        edit = bring_in(document, found, desk.quotations(), desk.codes(), NOBODY)
        assert len([change for change in edit.changes if change.table == "quotation"]) == expected
        if edit:
            desk.do(edit)
    assert sorted(desk.told()) == [
        ("", "Yellow highlights"), ("arrived late", "Yellow highlights"), ("协同生产", "Green highlights")
    ]  # fmt: skip
    assert [each.text for each in desk.quotations() if each.anchor.exact == "arrived late"] == ["why late?"]
    desk.project.undo()
    assert desk.quotations() == []


def test_ours_go_out_on_a_copy_and_are_drawn_there(desk: Desk, path: Path) -> None:
    desk.coded("Trust was lost", "Trust")
    desk.coded("协同生产", "Together")
    before = path.read_bytes()
    out = path.with_name("copy.pdf")
    document, text = desk.document(), coding.text_of(desk.reader, 1)
    held = {each.quotation: [each] for each in desk.codings()}
    codes = {each.code.id: each for each in desk.tree()}
    number = write_copy(
        path, out, document, text, desk.quotations(), held, codes, lambda _row: "#905B0D", silent
    )
    assert number == 2
    assert path.read_bytes() == before
    found = read_annotations(out)
    assert [(each.page, each.title, each.colour) for each in found] == [
        (1, "Trust", "#905B0D"), (2, "Together", "#905B0D")
    ]  # fmt: skip
    (lost,) = boxes_of(path, text, "Trust was lost", 1, 0, document.pages[1].start)
    (box,) = found[0].rectangles
    assert all(abs(ours - theirs) < 0.1 for ours, theirs in zip(box[1:], lost[1:], strict=True))
    assert find_highlights(out, document, text, silent) == []
    with PdfFile(path) as plain, PdfFile(out) as marked:
        one, other = plain.picture(1, 1.0), marked.picture(1, 1.0)
    differing = {
        at // 4 for at in range(0, len(one.pixels), 4) if one.pixels[at : at + 3] != other.pixels[at : at + 3]
    }
    area = (lost.x1 - lost.x0) * (lost.y1 - lost.y0)
    assert 0.5 * area < len(differing) < 1.6 * area


def test_corners_in_any_order_make_a_box(tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "a.pdf", "Words")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        annotations = [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Highlight, C=pikepdf.Array([0.5]),
                QuadPoints=pikepdf.Array([10, 10, 50, 10, 50, 20, 10, 20]),
                Rect=pikepdf.Array([10, 10, 50, 20]),
            ),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Highlight, QuadPoints=pikepdf.String("nonsense")),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link),
        ]  # fmt: skip
        document.pages[0].obj.Annots = pikepdf.Array(annotations)
        document.save(path)
    (found,) = read_annotations(path)
    assert (found.rectangles, found.colour) == ((Rectangle(1, 10, 10, 50, 20),), "#808080")


def test_colours_have_names_and_damaged_files_are_refused(tmp_path: Path) -> None:
    assert [colour_name(each) for each in ("#FFF000", "#00FF00", "#0000FF", "")] == [
        "yellow", "green", "blue", "yellow"
    ]  # fmt: skip
    (tmp_path / "a.pdf").write_bytes(b"%PDF nothing")
    with pytest.raises(EvidenceError, match="damaged"):
        read_annotations(tmp_path / "a.pdf")
