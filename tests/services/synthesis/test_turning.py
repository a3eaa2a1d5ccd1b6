"""A quotation that is turned round takes its citation along, in one edit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import Change, Edit, insert, set_columns
from evidence_app.domain.manuscript import Block, Role, Text
from evidence_app.services.synthesis import findings, turning
from evidence_app.storage import contents
from evidence_app.storage.project import Project
from evidence_app.storage.support import supports
from tests.services.coding.desk import opened_desk

EVIDENCE, CONTRAST = Role.EVIDENCE, Role.CONTRAST


class Rested:
    """A finding that rests on two quotations of the first report and one of the second."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def block(self) -> Block:
        with self.project.reader() as reader:
            return contents.review_contents(reader).findings[0]

    def cited(self) -> list[tuple[Role, int, str]]:
        """What the finding cites: role, work, pages."""
        return [
            (anchor.role, int(work.reference), work.locator)
            for anchor in self.block().anchors_in_order() for work in anchor.works
        ]  # fmt: skip

    def turn(self, at: int) -> None:
        """Turn a quotation, and see that one undo takes all of it back."""
        before = self.cited()
        with self.project.reader() as reader:
            held = supports(reader)
            chosen = next(each for each in held if each.quotation == at)
            self.project.apply(turning.turned(self.block(), chosen, held))
        after = self.cited()
        self.project.undo()
        assert self.cited() == before
        self.project.redo()
        assert self.cited() == after

    def against(self) -> list[int | None]:
        with self.project.reader() as reader:
            return [each.quotation for each in supports(reader) if each.disconfirms]


@pytest.fixture
def rested(tmp_path: Path) -> Iterator[Rested]:
    with opened_desk(tmp_path) as coded:
        for words, row in (("money arrived late", 1), ("trust was lost", 1), ("Trust grew slowly", 2)):
            coded.coded(words, "Trust", row=row)
        coded.do(Edit("Theme", (insert("theme", name="Money and time", kind="analytic"),)))
        review = contents.review_contents(coded.reader)
        coded.do(findings.new_finding(review, review.themes[0].id, (Text("Money came late."),)))
        made = Rested(coded.project)
        block = made.block().id
        coded.do(findings.cite_works(made.block(), [1, 2], role=EVIDENCE))
        rests = [insert("support", block=block, quotation=at, position=float(at)) for at in (1, 2, 3)]
        coded.do(Edit("Rest", tuple(rests)))
        for quotation, page in ((1, 3), (2, 14), (3, 7)):
            coded.do(Edit("Page", tuple(_page(quotation, page))))
        for work, pages in ((1, "3, 14"), (2, "7")):
            coded.do(Edit("Pages", tuple(_locator(made.block(), work, pages))))
        yield made


def _page(quotation: int, page: int) -> list[Change]:
    return list(set_columns("quotation", quotation, {"page": None}, {"page": page}))


def _locator(block: Block, work: int, pages: str) -> list[Change]:
    (row,) = [each.id for anchor in block.anchors for each in anchor.works if each.reference == work]
    return list(set_columns("citation", row or 0, {"locator": ""}, {"locator": pages}))


def test_the_only_quotation_of_a_report_takes_its_citation_along_and_back(rested: Rested) -> None:
    rested.turn(3)
    assert rested.cited() == [(EVIDENCE, 1, "3, 14"), (CONTRAST, 2, "7")]
    rested.turn(3)
    assert sorted(rested.cited()) == [(EVIDENCE, 1, "3, 14"), (EVIDENCE, 2, "7")]
    assert rested.against() == []


def test_a_report_with_quotations_on_both_sides_is_cited_on_both_with_their_pages(rested: Rested) -> None:
    rested.turn(2)
    assert sorted(rested.cited()) == [(CONTRAST, 1, "14"), (EVIDENCE, 1, "3"), (EVIDENCE, 2, "7")]
    rested.turn(1)
    assert sorted(rested.cited()) == [(CONTRAST, 1, "3, 14"), (EVIDENCE, 2, "7")]
    rested.turn(2)
    assert sorted(rested.cited()) == [(CONTRAST, 1, "3"), (EVIDENCE, 1, "14"), (EVIDENCE, 2, "7")]


def test_what_is_not_cited_stays_uncited(rested: Rested) -> None:
    block = rested.block()
    rested.project.apply(findings.take_work(block, block.anchors[0].guid, 2))
    rested.turn(3)
    assert rested.cited() == [(EVIDENCE, 1, "3, 14")]
    assert rested.against() == [3]


def test_words_and_works_keep_their_place(rested: Rested) -> None:
    words = rested.block().text
    for at in (1, 2, 3, 1):
        rested.turn(at)
    assert rested.block().text == words
    assert sorted(rested.cited()) == [(CONTRAST, 1, "14"), (CONTRAST, 2, "7"), (EVIDENCE, 1, "3")]
