"""The Coding screen as a reviewer uses it: by keyboard alone, line by line; every act one undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from evidence_app.domain.coding import CodingState, QuotationKind, Rectangle, Voice
from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.services.coding import codebook
from evidence_app.services.coding.annotations import Annotation, read_annotations, write_annotations
from evidence_app.services.library.attachments import attach, keep_copies
from evidence_app.services.progress import silent
from evidence_app.storage import coding, coding_notes
from evidence_app.ui.coding.compare_dialog import AGREEMENT, NEW_CODES, CompareDialog
from evidence_app.ui.coding.memos_page import MemoDialog
from evidence_app.ui.coding.phrase_dialog import PhraseDialog
from evidence_app.ui.screen import Subject
from tests.services.coding.pdfs import made_pdf, scanned_pdf
from tests.ui.coding.desk import TEXT, Key, ScreenDesk, shown_screen
from tests.ui.desks import Tools
from tests.ui.doubles import nameless, unreachable

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[ScreenDesk]:
    with shown_screen(tmp_path, screen_tools) as made:
        made.screen.reading.open(1)
        QApplication.processEvents()
        yield made


PDF = "= Findings\nMoney arrived late in the first year. Trust was lost. #pagebreak() The leaders listened."


@pytest.fixture
def pdf_desk(screen_tools: Tools, tmp_path: Path) -> Iterator[ScreenDesk]:
    files = [made_pdf(tmp_path / "a.pdf", PDF), scanned_pdf(tmp_path / "scan.pdf")]
    with shown_screen(tmp_path, screen_tools, files) as made:
        made.screen.reading.open(2)
        QApplication.processEvents()
        yield made


def test_sentences_are_selected_and_coded_without_a_mouse(desk: ScreenDesk) -> None:
    desk.key(Key.Key_Space)
    assert desk.selected() == "Findings"
    desk.key(Key.Key_Space)
    assert desk.selected() == "In the first year money arrived late."
    desk.key(Key.Key_Return)
    assert desk.screen.picker.isVisible()
    QTest.keyClicks(desk.screen.picker.field, "Late money")
    QTest.keyClick(desk.screen.picker.field, Key.Key_Return, CTRL)
    desk.key(Key.Key_Space, Key.Key_Q)
    assert desk.told() == [
        ("In the first year money arrived late.", "Late money"),
        ("Then trust was lost for good.", "Late money"),
    ]
    desk.key(Key.Key_Space, held=SHIFT)
    assert desk.selected() == "In the first year money arrived late."
    desk.key(Key.Key_End, held=CTRL)
    desk.key(Key.Key_Space, held=SHIFT)
    assert desk.selected() == "第二句话在这里。"


def test_the_caret_selects_by_letter_word_and_line(desk: ScreenDesk) -> None:
    desk.key(Key.Key_Right, Key.Key_Right, held=SHIFT)
    assert desk.selected() == "Fi"
    desk.key(Key.Key_Right, held=SHIFT | CTRL)
    assert desk.selected() == "Findings"
    desk.key(Key.Key_Left, Key.Key_Down)
    desk.key(Key.Key_End, held=SHIFT)
    assert desk.selected() == "In the first year money arrived late. Then trust was lost for good."
    desk.key(Key.Key_Escape)
    assert not desk.canvas.has_selection
    desk.key(Key.Key_Home, held=CTRL)
    for _ in range(12):
        desk.key(Key.Key_Down)
    assert desk.canvas.caret >= TEXT.index("委托")


def test_letters_find_codes_and_enter_gives_the_first(desk: ScreenDesk) -> None:
    desk.code("money arrived late", "Money in time")
    desk.code("trust was lost", "Trust")
    desk.select("We felt unheard")
    desk.key(Key.Key_T)
    assert desk.screen.picker.field.text().lower() == "t"
    QTest.keyClicks(desk.screen.picker.field, "rst")
    current = desk.screen.picker.current()
    assert current is not None
    assert current.code.name == "Trust"
    QTest.keyClick(desk.screen.picker.field, Key.Key_Return)
    assert desk.told()[-1] == ("We felt unheard", "Trust")
    desk.select("money came on time")
    desk.key(Key.Key_2)
    assert desk.told()[-1] == ("money came on time", "Money in time")
    desk.project.undo()
    assert len(desk.told()) == 3


def test_a_nearly_identical_code_is_pointed_out_and_given_instead(desk: ScreenDesk) -> None:
    desk.code("trust was lost", "Loss of trust")
    desk.select("We felt unheard")
    desk.key(Key.Key_Return)
    QTest.keyClicks(desk.screen.picker.field, "Loss of trusts")
    assert desk.screen.picker.likeness == "“Loss of trust” is nearly the same."
    desk.messages.answers = [False]
    QTest.keyClick(desk.screen.picker.field, Key.Key_Return, CTRL)
    assert {name for _, name in desk.told()} == {"Loss of trust"}


def test_in_vivo_new_uncode_and_important(desk: ScreenDesk) -> None:
    desk.select("We felt unheard")
    desk.key(Key.Key_V)
    assert desk.told() == [("We felt unheard", "We felt unheard")]
    desk.messages.answers = ["Voice"]
    desk.key(Key.Key_N)
    assert desk.told()[-1] == ("We felt unheard", "Voice")
    desk.key(Key.Key_I)
    assert coding.quotations(desk.project.reader, 1)[0].important
    desk.key(Key.Key_U)
    assert desk.told() == [("We felt unheard", "We felt unheard")]
    desk.key(Key.Key_U, Key.Key_U)
    assert coding.quotations(desk.project.reader, 1) == []
    for _ in range(2):
        desk.project.undo()
    assert len(desk.told()) == 1


def test_a_memo_on_a_new_passage_is_one_undo(desk: ScreenDesk) -> None:
    def write(dialog: MemoDialog) -> bool:
        dialog.words.setPlainText("Compare with the second report")
        dialog.kind.setCurrentIndex(dialog.kind.findData("theory"))
        return True

    desk.select("We felt unheard")
    desk.messages.answers = [write]
    desk.key(Key.Key_M)
    (memo,) = coding_notes.memos(desk.project.reader)
    assert (memo.kind.value, memo.subject) == ("theory", "quotation")
    desk.screen._tabs.setCurrentIndex(2)
    assert len(desk.screen.memos.table.memos) == 1
    told = desk.screen.memos.table.model().index(0, 0).data()
    assert told == "theory on “We felt unheard”:  Compare with the second report"
    desk.project.undo()
    assert coding_notes.memos(desk.project.reader) == []
    assert coding.quotations(desk.project.reader, 1) == []


def test_overlapping_passages_are_gone_through(desk: ScreenDesk) -> None:
    desk.code("In the first year money arrived late.", "Year")
    desk.code("money arrived late", "Money")
    start = TEXT.index("arrived")
    desk.canvas.move_caret(start, keep=False)
    desk.key(Key.Key_O)
    first = desk.screen.desk.quotation(desk.canvas.chosen)
    desk.key(Key.Key_O)
    second = desk.screen.desk.quotation(desk.canvas.chosen)
    assert first is not None
    assert second is not None
    assert [first.anchor.exact, second.anchor.exact] == [
        "money arrived late", "In the first year money arrived late."
    ]  # fmt: skip


def test_an_end_is_dragged_by_its_handle(desk: ScreenDesk) -> None:
    desk.code("money arrived", "Money")
    canvas = desk.canvas
    mark = canvas.marks.all[0]
    canvas.select(mark.start, mark.start)
    canvas.choose(mark.row)
    handle = canvas.handles(mark)[1].center().toPoint()
    late = canvas.place_of(TEXT.index(" late.") + 5).center().toPoint()
    port, left, none = canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(port, left, none, handle)
    QTest.mouseMove(port, late)
    QTest.mouseRelease(port, left, none, late)
    assert desk.told() == [("money arrived late", "Money")]


def test_a_click_chooses_a_passage_and_a_double_click_a_word(desk: ScreenDesk) -> None:
    desk.code("money arrived late", "Money")
    canvas = desk.canvas
    place = canvas.place_of(TEXT.index("arrived") + 2).center().toPoint()
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert canvas.chosen == canvas.marks.all[0].row
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert desk.selected() == "arrived"


def test_the_text_is_searched(desk: ScreenDesk) -> None:
    desk.screen._search.setText("money")
    desk.screen._search.search_now()
    assert desk.screen.bar.hits.text() == "1 of 2"
    desk.key(Key.Key_F3)
    assert desk.canvas.selection[0] == TEXT.rindex("money")
    desk.key(Key.Key_F3, held=SHIFT)
    assert desk.canvas.selection[0] == TEXT.index("money")
    desk.screen.steering.find("协同生产")
    assert desk.selected() == "协同生产"
    desk.screen.steering.find("zebra")
    assert desk.screen.bar.hits.text() == "Not found"
    QTest.keyClick(desk.screen._search, Key.Key_Escape)
    assert (desk.screen._search.text(), list(desk.canvas.hits)) == ("", [])


def test_quotations_are_found_described_copied_and_exported(desk: ScreenDesk, tmp_path: Path) -> None:
    desk.code("money arrived late", "Late")
    desk.code("We felt unheard", "Voice")
    desk.screen._tabs.setCurrentIndex(1)
    page = desk.screen.found
    page.ask("code:voice")
    assert [each.quotation.anchor.exact for each in page.table.found.values()] == ["We felt unheard"]
    page.table.select(next(iter(page.table.found)))
    page.voice.setCurrentIndex(page.voice.findData("participant"))
    page.kind.setCurrentIndex(page.kind.findData("paraphrase"))
    page.own.show_value("They were not heard")
    page.own.edited.emit("They were not heard")
    (changed,) = (each for each in coding.quotations(desk.project.reader, 1) if each.text)
    assert (changed.kind, changed.voice) == (QuotationKind.PARAPHRASE, Voice.PARTICIPANT)
    desk.screen.finding.copy()
    assert QApplication.clipboard().text() == "They were not heard (Author0 2020)"
    out = tmp_path / "out.csv"
    desk.messages.answers = [out]
    desk.screen.finding.export()
    assert "We felt unheard" in out.read_text("utf-8-sig")
    page.ask("cod:x")
    assert not page._problem.isHidden()
    page.ask("")
    page.opened.emit(changed.id)
    assert desk.canvas.chosen == changed.id


def test_a_phrase_is_coded_after_a_look(desk: ScreenDesk) -> None:
    desk.code("We felt unheard", "Money")

    def choose(dialog: PhraseDialog) -> bool:
        dialog.phrase.setText("money")
        dialog.phrase.search_now()
        assert len(dialog.table.chosen_places()) == 2
        QTest.keyClick(dialog.table, Key.Key_Space)
        assert [each.words for each in dialog.table.chosen_places()] == [
            "The leaders listened, and money came on time."
        ]
        box = QPoint(8, dialog.table.rowViewportPosition(0) + 8)
        QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=box)
        assert len(dialog.table.chosen_places()) == 2
        QTest.keyClick(dialog.table, Key.Key_Down)
        QTest.keyClick(dialog.table, Key.Key_Space)
        assert dialog._act.text() == "Code 1 place"
        assert nameless(dialog) == []
        return True

    desk.messages.answers = [choose]
    desk.screen.auto_code()
    assert ("In the first year money arrived late.", "Money") in desk.told()
    assert len(desk.told()) == 2
    desk.project.undo()
    assert len(desk.told()) == 1


def test_a_phrase_alone_is_coded_and_what_has_the_code_is_not_coded_again(desk: ScreenDesk) -> None:
    desk.code("money", "Money")

    def choose(dialog: PhraseDialog) -> bool:
        dialog.phrase.setText("money")
        dialog.phrase.search_now()
        assert dialog.table.chosen_places() != []
        dialog.reach.choose("phrase")
        dialog.reach.chosen.emit("phrase")
        assert [each.held for each in dialog.table._lines] == [True, False]
        dialog.table.turn([1])
        assert len(dialog.table.chosen_places()) == 1
        return True

    desk.messages.answers = [choose]
    desk.screen.auto_code()
    assert desk.told() == [("money", "Money"), ("money", "Money")]


def test_what_another_coder_coded_can_be_coded_by_a_phrase_too(desk: ScreenDesk) -> None:
    desk.code("money", "Money")
    ben = insert("person", name="Ben")
    code = insert("code", name="Late", position=9.0)
    given = insert("coding", quotation=1, code=RowOf("code", code.guid), person=RowOf("person", ben.guid))
    desk.project.do(Edit("Ben codes", (ben, code, given)))

    def choose(dialog: PhraseDialog) -> bool:
        dialog.choose_code(2)
        dialog.reach.choose("phrase")
        dialog.phrase.setText("money")
        dialog.phrase.search_now()
        return len(dialog.table.chosen_places()) == 2

    desk.messages.answers = [choose]
    desk.screen.auto_code()
    assert desk.told().count(("money", "Late")) == 3


def test_what_is_to_be_coded_is_marked_and_the_state_is_said(desk: ScreenDesk) -> None:
    desk.select("In the first year money arrived late.")
    desk.screen.mark_findings()
    assert len(desk.canvas.regions) == 1
    desk.canvas.move_caret(TEXT.index("money"), keep=False)
    desk.screen.mark_findings()
    assert list(desk.canvas.regions) == []
    desk.screen.bar.state_asked.emit(CodingState.ABSENT)
    assert desk.screen.list.lines[0].state is CodingState.ABSENT
    assert desk.screen.bar.state.text() == "Looked at, absent"


def test_documents_are_attached_replaced_and_taken_off(desk: ScreenDesk, tmp_path: Path) -> None:
    desk.code("money arrived late", "Late")
    newer = tmp_path / "newer.txt"
    newer.write_text(f"A new preface.\n{TEXT}", "utf-8")
    desk.messages.answers = [newer]
    desk.screen.replace_document()
    assert desk.said[-1] == "1 of 1 quotation placed in the new version."
    assert desk.screen.desk.document is not None
    assert desk.screen.desk.document.name == "newer.txt"
    assert len(desk.canvas.marks.all) == 1
    desk.screen.list.select(2)
    QApplication.clipboard().setText("Pasted words of the second report.")
    desk.screen.paste_document()
    assert desk.canvas.text.startswith("Pasted")
    desk.messages.answers = [True]
    desk.screen.take_off_document()
    assert desk.screen.desk.document is None
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    desk.messages.answers = [broken]
    desk.screen.attach_document()
    assert "damaged" in desk.said[-1]


def test_nothing_selected_is_said_and_nothing_is_done(desk: ScreenDesk) -> None:
    for key in (Key.Key_Return, Key.Key_Q, Key.Key_V, Key.Key_M, Key.Key_N, Key.Key_I, Key.Key_U):
        desk.key(key)
    assert desk.told() == []
    assert len(desk.said) >= 6


def test_every_widget_has_a_name_and_is_reached(desk: ScreenDesk) -> None:
    desk.code("money arrived late", "Late")
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []


# -- PDFs


def test_a_pdf_is_selected_coded_and_its_place_kept_in_points(pdf_desk: ScreenDesk) -> None:
    pdf_desk.key(Key.Key_Space, Key.Key_Space)
    assert pdf_desk.selected() == "Money arrived late in the first year."
    pdf_desk.key(Key.Key_V)
    (quotation,) = coding.quotations(pdf_desk.project.reader, 2)
    (line,) = quotation.anchor.rectangles
    assert line.page == quotation.anchor.page == 1
    assert 29 < line.x0 < 32
    assert 330 < line.y0 < line.y1 < 370
    canvas = pdf_desk.canvas
    box = canvas.boxes(quotation.anchor.start, quotation.anchor.end)[0]
    assert canvas.text[canvas.hit(box.center())] in quotation.anchor.exact
    pdf_desk.key(Key.Key_Down, Key.Key_PageDown)
    assert canvas.grab().toImage().width() > 100


def test_pages_are_gone_to_zoomed_and_turned(pdf_desk: ScreenDesk) -> None:
    canvas, bar = pdf_desk.canvas, pdf_desk.screen.bar
    canvas.go_to_page(2)
    assert bar.page.text() == "2 of 2"
    before = canvas.percent
    canvas.asked.emit("zoom in")
    assert canvas.percent > before
    canvas.asked.emit("zoom fit")
    assert canvas.percent == before
    assert bar.outline.isEnabled()


def test_a_scan_says_so_and_allows_areas(pdf_desk: ScreenDesk) -> None:
    pdf_desk.screen.reading.open(3)
    QApplication.processEvents()
    assert "scan without text" in pdf_desk.screen.reading._banner.label.text()
    canvas = pdf_desk.canvas
    port = canvas.viewport()
    start, end = canvas._sheet(0).center().toPoint(), canvas._sheet(0).center().toPoint()
    start -= canvas._sheet(0).center().toPoint() / 4
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    (quotation,) = coding.quotations(pdf_desk.project.reader, 3)
    assert quotation.area
    mark = canvas.marks.all[0]
    assert canvas.area_boxes(mark)[0].intersects(canvas._sheet(0))
    canvas.click(QPointF(canvas.area_boxes(mark)[0].center()))
    assert canvas.chosen == quotation.id
    pdf_desk.messages.answers = ["Figure"]
    pdf_desk.key(Key.Key_N)
    assert [name for _, name in pdf_desk.told()] == ["Figure"]
    assert canvas.area_at(canvas._sheet(0).adjusted(-5000, 0, -4000, 0)) is None
    assert isinstance(quotation.anchor.rectangles[0], Rectangle)


def test_a_pdf_whose_file_is_gone_shows_its_words(pdf_desk: ScreenDesk) -> None:
    pdf_desk.screen.reading.close_document()
    folder = pdf_desk.project.path.with_name(f"{pdf_desk.project.path.name}-files")
    for file in folder.rglob("*.pdf"):
        file.unlink()
    pdf_desk.screen.reading.open(2)
    assert pdf_desk.canvas is pdf_desk.screen.reading.words
    assert "not beside the project" in pdf_desk.screen.reading._banner.label.text()


def test_places_are_shown_from_elsewhere(pdf_desk: ScreenDesk) -> None:
    pdf_desk.key(Key.Key_Space, Key.Key_V)
    (quotation,) = coding.quotations(pdf_desk.project.reader, 2)
    pdf_desk.screen.previous_document()
    assert pdf_desk.screen.desk.document is not None
    assert pdf_desk.screen.desk.document.id == 1
    pdf_desk.screen.show_place(Subject("quotation", quotation.id))
    assert pdf_desk.screen.desk.document.id == 2
    assert pdf_desk.canvas.chosen == quotation.id
    pdf_desk.screen.show_place(Subject("reference", 1))
    assert pdf_desk.screen.desk.document.id == 1


def test_highlights_go_out_and_come_back_by_colour(pdf_desk: ScreenDesk, tmp_path: Path) -> None:
    pdf_desk.key(Key.Key_Space, Key.Key_Space, Key.Key_V)
    out = tmp_path / "copy.pdf"
    pdf_desk.messages.answers = [out]
    pdf_desk.screen.write_highlights()
    assert pdf_desk.said[-1] == "Wrote 1 highlight to copy.pdf."
    (found,) = read_annotations(out)
    assert found.title == "Money arrived late in the first year"
    pdf_desk.screen.bring_in_highlights()
    assert pdf_desk.said[-1] == "No highlights were found in this PDF."
    pdf_desk.screen.reading.open(1)
    pdf_desk.screen.bring_in_highlights()
    assert pdf_desk.said[-1].startswith("Highlights are for PDFs")
    foreign = tmp_path / "foreign.pdf"
    file = pdf_desk.project.path.parent / "a.pdf"
    write_annotations(file, foreign, [Annotation(1, found.rectangles, "#FFE600")])
    pdf_desk.screen.reading.open(2)
    pdf_desk.messages.answers = [foreign]
    pdf_desk.screen.replace_document()
    pdf_desk.screen.bring_in_highlights()
    assert pdf_desk.said[-1] == "All highlights have been brought in already."
    pdf_desk.canvas.move_caret(0, keep=False)
    pdf_desk.key(Key.Key_Space, Key.Key_Space, Key.Key_U, Key.Key_U)
    pdf_desk.screen.bring_in_highlights()
    assert pdf_desk.said[-1] == "Brought in 1 highlight, coded by colour."
    assert [name for _, name in pdf_desk.told()] == ["Yellow highlights"]


def test_highlights_of_a_pdf_that_is_attached_are_offered_above_it(
    pdf_desk: ScreenDesk, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.pdf"
    box = (Rectangle(1, 30.0, 330.0, 250.0, 380.0),)
    write_annotations(pdf_desk.project.path.parent / "a.pdf", foreign, [Annotation(1, box, "#FFE600")])
    pdf_desk.screen.documents.attaching.attach([(1, foreign)])
    offer = "1 highlight made in another reader: bring it in as a quotation?"
    assert pdf_desk.said[-1] == f"Attached foreign.pdf. {offer}"
    banner = pdf_desk.screen.reading._banner
    assert (banner.label.text(), banner.isVisible()) == (offer, True)
    QTest.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    assert pdf_desk.said[-1] == "Brought in 1 highlight of foreign.pdf, coded by colour."
    assert not banner.isVisible()
    assert [name for _, name in pdf_desk.told()] == ["Yellow highlights"]


def test_the_margin_names_who_gave_a_code_once_there_are_two(desk: ScreenDesk) -> None:
    desk.code("money arrived late", "Late")
    names = [stripe.name for mark in desk.canvas.marks.all for stripe in mark.stripes]
    assert names == ["Late"]
    ben = insert("person", name="Ben Okri", initials="BO")
    agreed = insert("layer", name="Agreed")
    who, layer = RowOf("person", ben.guid), RowOf("layer", agreed.guid)
    rows = (insert("coding", quotation=1, code=1, person=who),)
    settled = insert("coding", quotation=1, code=1, person=who, layer=layer)
    desk.project.do(Edit("Ben codes", (ben, agreed, *rows, settled)))
    names = [stripe.name for mark in desk.canvas.marks.all for stripe in mark.stripes]
    assert names == ["AR, BO, agreed · Late"]


def test_two_coders_are_compared_settled_and_blind(desk: ScreenDesk, tmp_path: Path) -> None:
    desk.code("money arrived late", "Late")
    desk.code("We felt unheard", "Voice")
    ben = insert("person", name="Ben")
    rows = (ben, insert("coding", quotation=1, code=2, person=RowOf("person", ben.guid)))
    desk.project.do(Edit("Ben codes", rows))

    def settle(dialog: CompareDialog) -> bool:
        assert dialog.table.model().rowCount() == 2
        assert len(dialog.differences.open_ones) == 3
        assert dialog.tab == AGREEMENT
        QTest.keyClick(dialog.differences, Key.Key_A)
        dialog.reason.setText("Only in passing")
        QTest.keyClick(dialog.differences, Key.Key_L)
        assert len(dialog.differences.open_ones) == 1
        desk.project.undo()
        assert len(dialog.differences.open_ones) == 2
        desk.project.redo()
        assert len(dialog.differences.open_ones) == 1
        dialog.tabs.setCurrentIndex(NEW_CODES)
        assert dialog.curve.accessibleDescription() == "Author0 2020: 2 new, 2 so far"
        dialog.export_asked.emit()
        assert nameless(dialog) == []
        QTest.keyClick(dialog.differences, Key.Key_Return)
        return True

    desk.messages.answers = [settle, tmp_path / "coders.xlsx"]
    desk.screen.compare_coders()
    assert (tmp_path / "coders.xlsx").exists()
    assert [layer.name for layer in coding.layers(desk.project.reader)] == ["Agreed"]
    (memo,) = coding_notes.memos(desk.project.reader)
    assert memo.text == "Only in passing"
    assert desk.canvas.chosen is not None
    desk.messages.answers = [lambda dialog: dialog.tab == AGREEMENT and not dialog.accept()]
    desk.screen.comparing.open_again()
    assert desk.messages.answers == []
    desk.screen.comparing.switch_blind()
    assert desk.screen.detail().endswith("· you code blind")
    assert desk.screen.desk.book.layer is not None
    assert desk.screen.desk.book.layer.blind
    desk.select("trust was lost")
    desk.key(Key.Key_Q)
    assert coding.codings(desk.project.reader)[-1].layer == desk.screen.desk.book.layer.id
    desk.messages.answers = [True]
    desk.screen.comparing.switch_blind()
    assert not desk.screen.desk.book.layer.blind


def test_quotations_are_linked_and_lost_ones_placed_by_hand(desk: ScreenDesk, tmp_path: Path) -> None:
    desk.code("money arrived late", "Late")
    desk.code("We felt unheard", "Voice")
    desk.screen._tabs.setCurrentIndex(1)
    page = desk.screen.found
    page.table.selectAll()
    page.acted.emit("link")
    page.table.select(1)
    assert page.links() == ["“We felt unheard”"]
    (button,) = page.findChildren(QPushButton, options=Qt.FindChildOption.FindChildrenRecursively)[-1:]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.canvas.chosen == 2
    newer = tmp_path / "newer.txt"
    newer.write_text(TEXT.replace("We felt unheard", "We were not heard"), "utf-8")
    desk.messages.answers = [newer]
    desk.screen.replace_document()
    assert desk.said[-1].endswith("1 lost, listed as such.")
    page.ask("state:lost")
    page.table.select(2)
    assert not page.place.isHidden()
    page.acted.emit("place")
    assert "Select where" in desk.said[-1]
    desk.select("We were not heard")
    page.acted.emit("place")
    page.ask("state:lost")
    assert page.table.found == {}
    desk.screen.show_place(Subject("quotation", 2))
    assert desk.selected() == ""
    assert desk.canvas.chosen == 2


def test_a_file_the_report_has_already_is_read_without_asking_for_it(
    desk: ScreenDesk, tmp_path: Path
) -> None:
    file = tmp_path / "kept.txt"
    file.write_text("Words of the kept file.", "utf-8")
    kept = keep_copies(desk.project.path, [file], silent)
    desk.project.do(attach(2, kept))
    file.unlink()
    desk.screen.list.select(2)
    desk.messages.answers = [True]
    desk.screen.attach_document()
    assert desk.canvas.text == "Words of the kept file."
    assert desk.screen.desk.document is not None
    assert (desk.screen.desk.document.name, desk.screen.desk.document.attachment) == ("kept.txt", 1)


def test_the_menu_on_a_passage_offers_what_the_keys_do(desk: ScreenDesk, tmp_path: Path) -> None:
    desk.code("money arrived late", "Late")
    desk.canvas.move_caret(0, keep=False)
    place = desk.canvas.place_of(TEXT.index("arrived") + 2).center().toPoint()
    menu = desk.screen.menu.made(place)
    acts = {action.text().partition("\t")[0]: action for action in menu.actions()}
    assert acts["Mark as important"].isEnabled()
    acts["Mark as important"].trigger()
    assert coding.quotations(desk.project.reader, 1)[0].important
    desk.messages.answers = ["It says so"]
    acts["Why “Late” here…"].trigger()
    assert coding.codings(desk.project.reader)[0].memo == "It says so"
    again = desk.screen.menu.made(place)
    assert "Why “Late” here: It says so" in [action.text() for action in again.actions()]
    again.deleteLater()
    desk.project.undo()
    acts["Take “Late” off"].trigger()
    assert desk.told() == []
    acts["Remove the quotation"].trigger()
    menu.deleteLater()
    file = tmp_path / "dropped.txt"
    file.write_text("Dropped words.", "utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    assert desk.screen.takes(mime)
    desk.screen.list.select(2)
    desk.screen.take(mime)
    assert desk.canvas.text == "Dropped words."


def test_the_last_code_waits_for_one_that_is_being_made(desk: ScreenDesk) -> None:
    desk.code("money arrived late", "Late")
    passages = desk.screen.passages
    passages._awaits = frozenset(each.id for each in desk.screen.desk.book.codes)
    desk.select("We felt unheard")
    desk.key(Key.Key_Q)
    assert len(desk.told()) == 1
    desk.project.do(codebook.new_code("Voice"))
    assert desk.told()[-1] == ("We felt unheard", "Voice")
    assert [each.code.name for each in desk.screen.desk.recent_codes()] == ["Voice", "Late"]
    passages._awaits = frozenset()
    desk.project.refused.emit("The disk is full")
    desk.select("trust was lost")
    desk.key(Key.Key_Q)
    assert desk.told()[-1] == ("trust was lost", "Voice")
