"""Where one reads in a document: found by searching, kept when the window changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidence_app.domain.edit import Edit, remove
from evidence_app.services.coding import documents
from evidence_app.services.coding.full_texts import pasted
from evidence_app.storage import coding
from evidence_app.ui.lanes import InlineLane, ReadingLanes
from evidence_app.ui.screen import Subject
from evidence_app.ui.tasks import Task
from tests.services.coding.pdfs import made_pdf
from tests.ui.coding.desk import TEXT, Key, ScreenDesk, shown_screen
from tests.ui.desks import Tools, shown

PAGES = "= Findings\n" + "#pagebreak()\n".join(f"Page {at} has its own words. " * 12 for at in range(1, 9))


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[ScreenDesk]:
    with shown_screen(tmp_path, screen_tools, [made_pdf(tmp_path / "a.pdf", PAGES)]) as made:
        made.screen.reading.open(1)
        QApplication.processEvents()
        yield made


def searched(desk: ScreenDesk, words: str) -> None:
    box = desk.screen._search
    desk.key(Key.Key_S)
    if words.isascii():
        QTest.keyClicks(box, words)
    else:  # as an input method does
        box.insert(words)
    QTest.keyClick(box, Key.Key_Return)
    QTest.keyClick(box, Key.Key_Return)


def test_space_takes_the_sentence_what_was_found_stands_in(desk: ScreenDesk) -> None:
    searched(desk, "trust was")
    desk.canvas.setFocus()
    assert desk.selected() == "trust was"
    desk.key(Key.Key_Space)
    assert desk.selected() == "Then trust was lost for good."


def test_space_takes_the_sentence_of_a_caret_between_two_of_its_words(desk: ScreenDesk) -> None:
    desk.canvas.select(*[desk.canvas.text.index(" was lost")] * 2)
    desk.key(Key.Key_Space)
    assert desk.selected() == "Then trust was lost for good."


def test_space_goes_on_from_a_heading_that_was_found_and_from_words_that_were_selected(
    desk: ScreenDesk,
) -> None:
    searched(desk, "Findings")
    desk.key(Key.Key_Space)
    assert desk.selected() == "In the first year money arrived late."
    desk.select("In the first year")
    desk.key(Key.Key_Space)
    assert desk.selected() == "Then trust was lost for good."


def test_a_second_search_takes_the_place_of_the_first(desk: ScreenDesk) -> None:
    searched(desk, "trust")
    searched(desk, "leaders")
    assert desk.screen._search.text() == "leaders"


def test_a_search_goes_on_with_the_places_of_the_document_that_is_open(
    screen_tools: Tools, tmp_path: Path
) -> None:
    texts = ("Trust was lost. Later trust grew.", "Nobody asked anybody. They say that trust came late.")
    with shown_screen(tmp_path, screen_tools, texts=texts) as desk:
        desk.screen.reading.open(1)
        searched(desk, "trust")
        desk.screen.reading.open(2)
        assert list(desk.canvas.hits) == []
        assert desk.screen.bar.hits.text() == ""
        desk.screen.steering.next_hit()
        assert desk.selected() == "trust"


def test_a_search_and_a_list_read_over_the_lines_of_a_chinese_page(
    screen_tools: Tools, tmp_path: Path
) -> None:
    text = "征求意见的时间太\n晚了。信任需要时间。"
    with shown_screen(tmp_path, screen_tools, texts=(text,)) as desk:
        desk.screen.reading.open(1)
        searched(desk, "时间太晚了")
        assert desk.selected() == "时间太\n晚了"
        desk.key(Key.Key_Space, Key.Key_V)
        assert [each.name for each in coding.codes(desk.project.reader)] == ["征求意见的时间太晚了"]
        desk.screen.finding.ask("时间太晚")
        (found,) = desk.screen.found.table.found.values()
        assert found.as_citation.startswith("“征求意见的时间太晚了。”")


def test_where_the_open_document_goes_the_one_its_report_has_is_read(desk: ScreenDesk) -> None:
    desk.project.do(documents.attach(1, pasted("A version before. It said less.", "Before"), None))
    desk.screen.reading.open(1)
    desk.project.do(Edit("Take it away", (remove("document", 1),)))
    QApplication.processEvents()
    assert desk.screen.detail() == "Before"
    desk.project.do(Edit("Take it away", (remove("document", 3),)))
    assert desk.screen.desk.document is None


def test_the_pages_stay_where_one_reads_when_the_window_narrows(desk: ScreenDesk) -> None:
    desk.screen.reading.open(2)
    QApplication.processEvents()
    canvas = desk.canvas
    canvas.go_to_page(6)
    for width in (700, 1000, 1250):
        desk.screen.resize(width, 850)
        QApplication.processEvents()
        assert canvas.page == 6


def test_a_document_begins_at_its_top_however_wide_the_window_becomes(desk: ScreenDesk) -> None:
    desk.screen.reading.open(2)
    for width in (700, 1250):
        desk.screen.resize(width, 850)
        QApplication.processEvents()
    assert desk.canvas.verticalScrollBar().value() == 0


def test_a_document_that_comes_late_leaves_the_keyboard_where_somebody_types(desk: ScreenDesk) -> None:
    desk.screen.find_quotations()
    QTest.keyClicks(desk.screen.found.search, "code:mon")
    desk.screen.reading.open(2)
    QApplication.processEvents()
    assert desk.screen.found.search.hasFocus()
    desk.screen.list.setFocus()
    desk.screen.reading.open(1)
    assert desk.canvas.hasFocus()


def test_a_passage_that_another_screen_names_is_selected_where_it_stands(desk: ScreenDesk) -> None:
    text = desk.canvas.text
    start = text.index("trust was lost")
    desk.screen.show_place(Subject("passage", 1, (start, start + 14)))
    assert desk.selected() == "trust was lost"
    desk.screen.reading.close_document()
    desk.screen.show_place(Subject("passage", 1, (start, start + 5)))
    QApplication.processEvents()
    assert desk.selected() == "trust"
    desk.screen.show_place(Subject("document", 1))
    assert desk.selected() == "trust"


class HeldLane(InlineLane):
    """Keeps questions until they are let go, in their order: the window is quicker than the answers."""

    def __init__(self) -> None:
        super().__init__("held")
        self.held: list[Task] = []

    def _send(self, task: Task, later: bool) -> None:  # noqa: ARG002 - in their order
        self.held.append(task)

    def let_go(self) -> None:
        """Answer what was asked, and what is asked then."""
        while self.held:
            self.held.pop(0).run()


def test_a_quotation_that_is_asked_for_first_is_shown_and_not_the_document_read_last(
    screen_tools: Tools, tmp_path: Path
) -> None:
    with shown_screen(tmp_path, screen_tools, texts=(TEXT, "Another text. It says less.")) as before:
        before.screen.reading.open(1)
        before.code("trust was lost", "Trust")
        before.screen.reading.open(2)
        (quotation,) = coding.all_quotations(before.project.reader)
        answered, lane = screen_tools.lanes.reading, HeldLane()
        screen_tools.lanes.reading = ReadingLanes(lane)
        with shown(ScreenDesk(screen_tools, before.project)) as desk:
            desk.screen.show_place(Subject("quotation", quotation.id))
            lane.let_go()
            screen_tools.lanes.reading = answered
            assert desk.screen.desk.document == coding.document(before.project.reader, 1)
            assert desk.canvas.chosen == quotation.id
