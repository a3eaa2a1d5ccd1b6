"""A whole review is coded line by line, goes out and comes back, and moves to a newer version: nothing is
lost unnamed. The review is the one of `../shared/seeds`, as a PDF made from its text and as text."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.coding import AnchorState, RegionKind
from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.services.coding import codebook, documents, marking
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.boxes import with_boxes
from evidence_app.services.coding.coding import NOBODY, coding_row
from evidence_app.services.coding.exchange.files import send_out
from evidence_app.services.coding.full_texts import FullText, read_document
from evidence_app.services.coding.pdf import OutlineEntry, PdfFile
from evidence_app.services.coding.quoting import quotation_row
from evidence_app.services.coding.sections import Section, section_at, sections
from evidence_app.services.coding.sentences import next_sentence
from evidence_app.services.library.attachments import keep_copies
from evidence_app.services.progress import silent
from evidence_app.storage import coding, coding_notes
from evidence_app.storage.project import Project
from tests.services.coding.exchange.packages import SCHEMAS, coded_words, taken_in, validate

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
CODES = ("Funding", "Time", "Leading", "Trust", "Voice")
_PAGE = """#set page(paper: "a4", margin: 25mm, numbering: "1",
  header: [#text(8pt)[RUNNING HEAD | #context counter(page).display()]])
#set text(size: 10.5pt)
#set par(justify: true)
#counter(page).update(101)
"""


def seed() -> str:
    found = sorted(SEEDS.glob("001_*.txt"))
    if not found:
        pytest.skip("the seed review is not beside the checkout")
    return found[0].read_text("utf-8")


def as_pdf(path: Path, text: str) -> Path:
    import typst

    parts = [_PAGE]
    for line in (" ".join(each.split()) for each in text.split("\n")):
        heading = re.match(r"(\d+(?:\.\d+)*) \| ", line)
        words = json.dumps(line, ensure_ascii=False)
        depth = heading[1].count(".") + 1 if heading else 0
        parts.append(
            f"#heading(level: {depth})[#{words}]\n" if heading else f"#{words}\n\n" if line else "\n"
        )
    path.with_suffix(".typ").write_text("".join(parts), "utf-8")
    path.write_bytes(typst.compile(str(path.with_suffix(".typ"))))
    return path


def as_text(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def coded(project: Project, file: Path) -> tuple[FullText, Section]:
    """Attach a file and give every sentence of its results a code, as one does line by line."""
    read = read_document(file)
    (kept,) = keep_copies(project.path, [file], silent)
    project.apply(Edit("Add", (insert("reference", type="report", title="A review"),)))
    project.apply(documents.attach(1, read, kept))
    for name in CODES:
        project.apply(codebook.new_code(name))
    with project.reader() as reader:
        (document,) = coding.documents(reader)
        rows = [code.id for code in coding.codes(reader)]
    outline: list[OutlineEntry] = []
    if read.pages:
        with PdfFile(file) as pdf:
            outline = pdf.outline()
    results = section_at(sections(document, read.text, outline), read.text.index("3 | RESULTS"))
    assert results is not None
    project.apply(marking.mark_region(document, RegionKind.RESULTS, results.start, results.end))
    spans, at = [], results.start
    while (span := next_sentence(read.text, at)) is not None and span[1] <= results.end:
        spans.append(span)
        at = span[1]
    anchors = [anchor_of(document, read.text, *span) for span in spans]
    changes: list[Any] = []
    for number, anchor in enumerate(with_boxes(file, document, read.text, anchors)):
        assert anchor is not None
        row = quotation_row(document, anchor)
        changes += [row, coding_row(RowOf("quotation", row.guid), rows[number % len(rows)], NOBODY)]
    project.apply(Edit("Code the results", tuple(changes)))
    return read, results


@pytest.mark.parametrize("kind", ["pdf", "text"])
def test_the_seed_review_is_coded_goes_out_comes_back_and_moves_on(tmp_path: Path, kind: str) -> None:
    text, made = seed(), as_pdf if kind == "pdf" else as_text
    suffix = ".pdf" if kind == "pdf" else ".txt"
    with Project.create(tmp_path / "review.evidence") as project:
        read, results = coded(project, made(tmp_path / f"review{suffix}", text))
        assert ("RUNNING HEAD" in read.text) is False
        with project.reader() as reader:
            before = coded_words(reader)
            assert 100 < len(before) < 160, "every sentence of the results"
            assert max(len(words) for words, _ in before) < 800, "and no two of them in one"
            sent = send_out(reader, tmp_path / "out.qdpx")
        assert sent.codings == len(before)
        assert sent.not_written == {"Part of a document marked as to be coded": 1}
        if SCHEMAS.exists():
            with zipfile.ZipFile(tmp_path / "out.qdpx") as file:
                validate(file.read("project.qde"), "Project.xsd")
        with Project.create(tmp_path / "empty.evidence", "Empty") as empty, empty.reader() as reader:
            assert taken_in(empty, tmp_path / "out.qdpx").lost == []
            assert coded_words(reader) == before
        moves_on(project, made(tmp_path / f"newer{suffix}", changed(text)), read.text[results.start :][:60])


def changed(text: str) -> str:
    """Return the text slightly otherwise: a paragraph more, and a few sentences of the results reworded."""
    at = text.index("| RESULTS")
    newer = text[:at] + text[at:].replace("commissioners", "those who commission", 3)
    return newer.replace("Method:", f"{'A sentence that was not there before. ' * 4}\n\nMethod:", 1)


def moves_on(project: Project, file: Path, begins: str) -> None:
    """Replace the document: every passage stands on its own words or is listed as lost; undo and redo."""
    read = read_document(file)
    with project.reader() as reader:
        (document,) = coding.documents(reader)
        quotations = coding.quotations(reader, document.id)
        regions = coding_notes.regions(reader)
        old = coding.text_of(reader, document.id)
    found = documents.replace(document, read, None, quotations, regions, text=old, file=file)
    assert found.placed + len(found.lost) == len(quotations)
    assert 1 <= len(found.lost) <= 6
    project.apply(found.edit)
    for _ in range(2):
        with project.reader() as reader:
            now = coding.quotations(reader, coding.documents(reader)[0].id)
            (region,) = coding_notes.regions(reader)
        placed = [each for each in now if each.state is AnchorState.PLACED]
        assert len(placed) == found.placed
        for each in placed:
            assert read.text[each.anchor.start : each.anchor.end] == each.anchor.exact
            assert bool(each.anchor.rectangles) == bool(read.pages)
        assert read.text[region.start :].startswith(begins)
        project.undo()
        with project.reader() as reader:
            assert coding.quotations(reader, document.id) == quotations
        project.redo()
