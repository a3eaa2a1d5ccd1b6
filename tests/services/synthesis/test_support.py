"""A finding written from quotations cites their reports with pages, rests on them, and can be overruled."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence_app.domain.coding import Anchor as Place
from evidence_app.domain.coding import Quotation
from evidence_app.domain.edit import Edit, insert, remove
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Role
from evidence_app.domain.support import Contribution, SupportLevel
from evidence_app.services.checks.scope import opening
from evidence_app.services.coding import documents, quoting
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.full_texts import pasted
from evidence_app.services.publishing.summary.export_report import report_page
from evidence_app.services.publishing.summary.model import text_of
from evidence_app.services.synthesis import support
from evidence_app.services.synthesis.matrix_themes import matrix_of
from evidence_app.services.synthesis.overview import finding_line
from evidence_app.storage import coding, contents
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.support import contributions, supports
from tests.doubles import sample_contents

TEXT = "Money came late.\nNobody asked us.\nTrust was lost."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two reports with three quotations, and a theme."""
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        works = [insert("reference", title=name, standing="included") for name in ("One", "Two")]
        theme = insert("theme", name="Money and time", kind="analytic")
        made.apply(Edit("Begin", (*works, theme)))
        with made.reader() as reader:
            for number, words in ((1, ("Money came late", "Nobody asked us")), (2, ("Trust was lost",))):
                made.apply(documents.attach(number, pasted(TEXT), None))
                document = coding.documents(reader, number)[0]
                for each in words:
                    start = TEXT.index(each)
                    made.apply(quoting.quote(document, anchor_of(document, TEXT, start, start + len(each))))
        yield made


def quotations(reader: Reader) -> tuple[list[Quotation], dict[int, int]]:
    """All quotations, and the report of each document."""
    return coding.all_quotations(reader), {each.id: each.reference for each in coding.documents(reader)}


def written(project: Project, reader: Reader) -> int:
    """Write a finding from all quotations, and return its row."""
    found, reports = quotations(reader)
    read = contents.review_contents(reader)
    project.apply(support.finding_from(read, read.themes[0].id, "Money came too late.", found, reports))
    (block,) = contents.review_contents(reader).findings
    assert block.id is not None
    return block.id


def test_a_finding_from_quotations_cites_each_report_once_and_rests_on_every_quotation(
    project: Project,
) -> None:
    with project.reader() as reader:
        block = contents.block(reader, written(project, reader))
        assert block is not None
        (anchor,) = block.anchors
        assert (block.text, anchor.role) == ("Money came too late.", Role.EVIDENCE)
        assert [int(work.reference) for work in anchor.works] == [1, 2]
        found = supports(reader, block.id)
        assert [each.words for each in found] == ["Money came late", "Nobody asked us", "Trust was lost"]
        project.undo()
        assert contents.review_contents(reader).findings == ()
        assert supports(reader) == []


def test_pages_of_quotations_become_the_locator() -> None:
    placed = [
        Quotation(id=number, guid=str(number), document=document, anchor=Place(page=page))
        for number, (document, page) in enumerate(((7, 14), (7, 3), (8, None), (7, 14)))
    ]
    works = support.cited_pages(placed, {7: 1, 8: 2})
    assert [(int(work.reference), work.locator) for work in works] == [(1, "3, 14"), (2, "")]


def test_a_quotation_against_a_finding_is_cited_as_contrast(project: Project) -> None:
    with project.reader() as reader:
        found, reports = quotations(reader)
        read = contents.review_contents(reader)
        project.apply(support.finding_from(read, read.themes[0].id, "Money came late.", found[:1], reports))
        (block,) = contents.review_contents(reader).findings
        held = supports(reader, block.id)
        project.apply(support.rest_on(block, found[2:], reports, held, disconfirms=True))
        after = contents.block(reader, block.id or 0)
        assert after is not None
        assert [anchor.role for anchor in after.anchors] == [Role.EVIDENCE, Role.CONTRAST]
        assert [each.disconfirms for each in supports(reader, block.id)] == [False, True]
        again = support.rest_on(after, found[2:], reports, supports(reader, block.id))
        assert not again.changes


def test_a_report_is_left_out_with_a_reason_and_counted_again(project: Project) -> None:
    with project.reader() as reader:
        row = written(project, reader)
        block = contents.block(reader, row)
        assert block is not None
        with pytest.raises(EvidenceError, match="Say why"):
            support.overrule(row, 2, counts=False, reason=" ", held=(), person=None)
        project.apply(support.overrule(row, 2, counts=False, reason="Another setting", held=(), person=None))
        held = contributions(reader, row)
        told = {
            each.reference: (each.counts, each.why)
            for each in support.contributing(block, supports(reader, row), held)
        }
        assert told == {1: (True, "quoted"), 2: (False, "Another setting")}
        project.apply(support.as_derived(held[0]))
        assert contributions(reader, row) == []


def test_every_count_follows_a_report_that_was_left_out() -> None:
    cited = sample_contents()
    block = next(each for each in cited.findings if len(each.evidence) == 1)
    (report,), theme = block.evidence, block.theme or 0
    said = tuple(
        Contribution(id=at, block=each.id or 0, reference=report, counts=False, reason="Another setting")
        for at, each in enumerate(cited.findings_under(theme), 1) if report in each.evidence
    )  # fmt: skip
    left = replace(cited, overruled=said)
    assert report in {each.id for each in cited.supporting(theme)}
    assert len(left.supporting(theme)) == len(cited.supporting(theme)) - 1
    assert (finding_line(cited, block).reports, finding_line(left, block).reports) == (1, 0)
    cells = [{place for place in matrix_of(each).cells if place[0] == report} for each in (cited, left)]
    assert len(cells[1]) < len(cells[0])
    printed = " ".join(
        text_of(words) for part in report_page(left, (), (), "AMA").parts for words in part.every()
    )
    assert f"“{opening(block)}”: Another setting" in printed
    back = Contribution(id=1, block=block.id or 0, reference=55, counts=True, reason="It says so too")
    assert finding_line(replace(cited, overruled=(back,)), block).reports == 2


def test_support_by_a_report_as_a_whole_and_by_a_removed_quotation(project: Project) -> None:
    with project.reader() as reader:
        row = written(project, reader)
        project.apply(Edit("Rest on a report", (insert("support", block=row, reference=1),)))
        assert SupportLevel.REPORT in {each.level for each in supports(reader, row)}
        found, _ = quotations(reader)
        project.apply(Edit("Take a quotation out", (remove("quotation", found[0].id),)))
        assert "Money came late" not in {each.words for each in supports(reader, row)}
        project.undo()
        assert "Money came late" in {each.words for each in supports(reader, row)}


def test_nothing_is_written_without_words_or_quotations(project: Project) -> None:
    with project.reader() as reader:
        read = contents.review_contents(reader)
        found, reports = quotations(reader)
        for text, chosen in (("", found), ("Words.", [])):
            with pytest.raises(EvidenceError, match="needs a statement"):
                support.finding_from(read, read.themes[0].id, text, chosen, reports)
