"""Writing on the page: typing, citing, splitting, joining, moving with the keys; nothing typed is lost."""

import random
from dataclasses import replace
from typing import Protocol

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from evidence_app.domain.edit import Edit, insert, set_columns
from evidence_app.domain.manuscript import AnchorPlace, Block, Cited, Direction, Mark, Role, Text
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis import manuscript
from evidence_app.services.synthesis.flat import flat, length
from evidence_app.storage import contents
from evidence_app.ui.carried import REFERENCES, carrying
from evidence_app.ui.manuscript.editor import BlockEditor
from evidence_app.ui.manuscript.screen import ManuscriptScreen
from evidence_app.ui.screen import Subject
from tests.ui.doubles import RecordedMessages, nameless, unreachable

KEY = Qt.Key


class Window(Protocol):
    """What the tests ask of the stand-in for the window."""

    said: list[str]
    went: list[str]


CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.fixture
def editor(screen: ManuscriptScreen) -> BlockEditor:
    return screen.writing.view.page.editor


def blocks(screen: ManuscriptScreen) -> tuple[Block, ...]:
    return contents.blocks(screen.project.reader)


def stored(screen: ManuscriptScreen, guid: str) -> Block:
    return next(block for block in blocks(screen) if block.guid == guid)


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)


def compose(editor: BlockEditor, words: str) -> None:
    """Enter words as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)


def a_finding(screen: ManuscriptScreen, works: int = 3) -> Block:
    return next(
        block
        for block in screen.desk.contents.findings
        if len(list(block.anchors_in_order())) == 1 and len(block.anchors[0].works) == works
    )


def enter(screen: ManuscriptScreen, block: Block, place: int = 0) -> None:
    screen.writing.view.show_block(block.guid, place)


def test_what_is_typed_is_one_edit_when_the_block_is_left(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Put briefly, ")
    assert stored(screen, block.guid).text == block.text
    press(editor, KEY.Key_Escape)
    assert stored(screen, block.guid).text == "Put briefly, " + block.text
    screen.project.undo()
    assert stored(screen, block.guid) == block


def test_what_is_typed_is_written_a_second_after_the_last_key(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Now. ")
    assert screen.desk._later.isActive()
    assert screen.desk._later.interval() == 1000
    screen.desk._later.timeout.emit()
    assert stored(screen, block.guid).text.startswith("Now. ")
    assert editor.isVisible()
    assert editor.place == 5


def test_leaving_the_screen_keeps_what_is_typed(screen: ManuscriptScreen, editor: BlockEditor) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Half")
    screen.leave()
    assert stored(screen, block.guid).text.startswith("Half")


def test_undo_takes_back_typing_first_and_then_the_edit(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Gone")
    press(editor, KEY.Key_Z, CONTROL)
    assert editor.now().text == block.text
    enter(screen, block)
    QTest.keyClicks(editor, "Kept")
    press(editor, KEY.Key_Escape)
    enter(screen, block)
    press(editor, KEY.Key_Z, CONTROL)
    assert stored(screen, block.guid) == block
    assert editor.now().text == block.text


def test_marks_are_set_by_keys_and_typing_never_becomes_markup(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    press(editor, KEY.Key_B, CONTROL)
    QTest.keyClicks(editor, "5*3*2 ")
    press(editor, KEY.Key_B, CONTROL)
    QTest.keyClicks(editor, "_and_ ")
    press(editor, KEY.Key_Escape)
    first, second = stored(screen, block.guid).runs[:2]
    assert first == Text("5*3*2 ", (Mark.STRONG,))
    assert isinstance(second, Text)
    assert second.text.startswith("_and_ ")


def test_a_mark_on_selected_words_is_taken_off_by_the_same_keys(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    for _ in range(4):
        press(editor, KEY.Key_Right, SHIFT)
    press(editor, KEY.Key_I, CONTROL)
    assert editor.now().runs[0] == Text(block.text[:4], (Mark.EMPHASIS,))
    press(editor, KEY.Key_I, CONTROL)
    assert editor.now().runs == block.runs


def test_enter_splits_and_backspace_at_the_start_joins(screen: ManuscriptScreen, editor: BlockEditor) -> None:
    block = a_finding(screen)
    before = len(blocks(screen))
    enter(screen, block, block.text.find(" ", 20) + 1)
    press(editor, KEY.Key_Return)
    assert len(blocks(screen)) == before + 1
    assert editor.block is not None
    assert editor.block.guid != block.guid
    assert editor.place == 0
    QTest.keyClicks(editor, "And ")
    press(editor, KEY.Key_Home)
    press(editor, KEY.Key_Backspace)
    assert len(blocks(screen)) == before
    joined = stored(screen, block.guid)
    assert "And " in joined.text
    assert [each.works for each in joined.anchors] == [each.works for each in block.anchors]


def test_enter_at_the_end_begins_a_new_finding_of_the_same_theme(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block, -1)
    press(editor, KEY.Key_Return)
    QTest.keyClicks(editor, "A further point.")
    press(editor, KEY.Key_Escape)
    order = [each.guid for each in blocks(screen)]
    new = blocks(screen)[order.index(block.guid) + 1]
    assert (new.text, new.theme, new.direction) == ("A further point.", block.theme, None)


def test_delete_at_the_end_joins_the_next_block(screen: ManuscriptScreen, editor: BlockEditor) -> None:
    all_blocks = blocks(screen)
    at = next(
        place for place, block in enumerate(all_blocks) if all_blocks[place + 1].section == block.section
        and isinstance(block.runs[-1], Text)
    )  # fmt: skip
    enter(screen, all_blocks[at], -1)
    press(editor, KEY.Key_Delete)
    assert stored(screen, all_blocks[at].guid).text.endswith(all_blocks[at + 1].text)
    screen.project.undo()
    assert blocks(screen) == all_blocks


def test_what_the_keys_go_to_is_scrolled_into_sight(screen: ManuscriptScreen, editor: BlockEditor) -> None:
    enter(screen, blocks(screen)[0], 0)
    bar = screen.writing.view._area.verticalScrollBar()
    bar.setValue(0)
    press(editor, KEY.Key_End, CONTROL)
    assert editor.block is not None
    assert editor.block.guid == blocks(screen)[-1].guid
    assert bar.value() > 0
    press(editor, KEY.Key_Home, CONTROL)
    assert bar.value() < bar.maximum() // 2


def test_arrow_keys_go_from_block_to_block(screen: ManuscriptScreen, editor: BlockEditor) -> None:
    all_blocks = blocks(screen)
    enter(screen, all_blocks[3], -1)
    press(editor, KEY.Key_Right)
    assert editor.block is not None
    assert editor.block.guid == all_blocks[4].guid
    press(editor, KEY.Key_Left)
    assert editor.block.guid == all_blocks[3].guid
    assert editor.place == length(all_blocks[3].runs)
    press(editor, KEY.Key_Home, CONTROL)
    assert editor.block.guid == all_blocks[0].guid
    press(editor, KEY.Key_Up)
    assert editor.block.guid == all_blocks[0].guid


def test_blocks_are_walked_moved_and_deleted_without_entering_them(
    screen: ManuscriptScreen, window: Window
) -> None:
    page = screen.writing.view.page
    all_blocks = blocks(screen)
    page.setFocus()
    screen.desk.choose(all_blocks[0].guid)
    press(page, KEY.Key_Down)
    assert page.chosen == all_blocks[1].guid
    screen.block_down()
    assert [each.guid for each in blocks(screen)][1:3] == [all_blocks[2].guid, all_blocks[1].guid]
    press(page, KEY.Key_Delete)
    assert all_blocks[1].guid not in {each.guid for each in blocks(screen)}
    assert window.said == ["Deleted a block. [Undo]"]
    screen.project.undo()
    screen.project.undo()
    assert blocks(screen) == all_blocks
    press(page, KEY.Key_Return)
    assert page.open == page.chosen


def test_an_anchor_is_chosen_opened_and_removed_by_keys(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    anchor = block.anchors[0].guid
    enter(screen, block, -1)
    if isinstance(block.runs[-1], Text):
        for _ in range(len(block.runs[-1].text)):
            press(editor, KEY.Key_Left)
    press(editor, KEY.Key_Left)
    assert editor.chosen_anchor() == anchor
    assert screen.desk.anchor == anchor
    press(editor, KEY.Key_Return)
    assert screen.writing.about.tab == "Anchor"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert screen.writing.about.anchor.role.isAncestorOf(focus)
    editor.setFocus()
    press(editor, KEY.Key_Delete)
    press(editor, KEY.Key_Escape)
    assert not stored(screen, block.guid).anchors
    screen.project.undo()
    assert stored(screen, block.guid) == block


def test_an_anchor_that_typing_undo_brings_back_is_kept_with_its_works(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    editor.choose_anchor(block.anchors[0].guid)
    press(editor, KEY.Key_Delete)
    screen.desk.save()
    assert not stored(screen, block.guid).anchors
    press(editor, KEY.Key_Z, CONTROL)
    screen.desk.save()
    again = stored(screen, block.guid)
    assert [each.works for each in again.anchors_in_order()] == [each.works for each in block.anchors]
    assert again.text == block.text
    assert not screen.desk.reason


def test_a_work_is_found_by_words_and_cited_with_its_place(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block, 5)
    screen.cite()
    picker = screen.writing.view.citing.picker
    assert picker.isVisible()
    QTest.keyClicks(picker._line, "third sector")
    picker._find()
    first = picker._model.works[0]
    assert first.number == 81
    press(picker._line, KEY.Key_Tab)
    QTest.keyClicks(picker._place, "pp. 3-4")
    press(picker._place, KEY.Key_Return)
    cited = [each for each in stored(screen, block.guid).anchors_in_order() if each.works[0].locator]
    assert [(work.reference, work.locator, work.label) for work in cited[0].works] == [
        (first.reference, "3-4", "page")
    ]
    assert cited[0].role is Role.EVIDENCE
    assert flat(stored(screen, block.guid).runs)[5] == "\ufffc"
    assert not picker.isVisible()
    assert editor.hasFocus()


def test_a_bracket_opens_the_picker_several_works_and_a_role_by_keys(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block, 0)
    QTest.keyClicks(editor, "Others disagree")
    QTest.keyClicks(editor, "[")
    picker = screen.writing.view.citing.picker
    assert picker.isVisible()
    for number in ("42", "17"):
        QTest.keyClicks(picker._line, number)
        picker._find()
        press(picker._line, KEY.Key_Comma)
    press(picker._line, KEY.Key_R, ALT)
    press(picker._line, KEY.Key_R, ALT)
    press(picker._line, KEY.Key_R, ALT)
    press(picker._line, KEY.Key_Return)
    new = next(iter(stored(screen, block.guid).anchors_in_order()))
    assert new.role is Role.CONTRAST
    assert screen.desk.contents.numbers_of(new) == [42, 17]
    assert screen.writing.view.page.ink.faces[new.guid].text == "cf. 42,17"
    assert stored(screen, block.guid).text.startswith("Others disagree")


def test_a_bracket_that_is_meant_stays_a_bracket(screen: ManuscriptScreen, editor: BlockEditor) -> None:
    block = a_finding(screen)
    enter(screen, block, 0)
    QTest.keyClicks(editor, "[")
    QTest.keyClicks(screen.writing.view.citing.picker._line, "sic]")
    assert not screen.writing.view.citing.picker.isVisible()
    QTest.keyClicks(editor, " ")
    QTest.keyClicks(editor, "[")
    press(screen.writing.view.citing.picker._line, KEY.Key_Escape)
    press(editor, KEY.Key_Escape)
    assert stored(screen, block.guid).text.startswith("[sic] [")


def test_a_work_without_a_number_gets_the_next_one_when_it_is_cited(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    screen.project.do(Edit("Add", (insert("reference", type="report", title="Zebra crossings of practice"),)))
    block = a_finding(screen)
    enter(screen, block, 0)
    screen.cite()
    picker = screen.writing.view.citing.picker
    QTest.keyClicks(picker._line, "zebra")
    picker._find()
    assert [work.number for work in picker._model.works] == [None]
    press(picker._line, KEY.Key_Return)
    new = next(iter(stored(screen, block.guid).anchors_in_order()))
    assert screen.desk.contents.numbers_of(new) == [111]
    assert screen.writing.view.page.ink.faces[new.guid].text == "111"
    screen.project.undo()
    assert stored(screen, block.guid) == block
    assert new.works[0].reference not in screen.desk.numbering.numbers


def test_references_that_are_dropped_are_cited_where_they_fall(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    screen.writing.view.citing.drop(carrying(REFERENCES, [3, 5]), block.guid, 4)
    new = next(iter(stored(screen, block.guid).anchors_in_order()))
    assert [work.reference for work in new.works] == [3, 5]
    assert flat(stored(screen, block.guid).runs)[4] == "\ufffc"


def test_an_anchor_is_dragged_to_another_block_as_one_edit(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    target = next(each for each in screen.desk.contents.findings if each.guid != block.guid)
    enter(screen, block)
    editor.choose_anchor(block.anchors[0].guid)
    mime = editor.createMimeDataFromSelection()
    screen.writing.view.citing.drop(mime, target.guid, 3)
    assert not stored(screen, block.guid).anchors
    carried = next(iter(stored(screen, target.guid).anchors_in_order()))
    assert carried.works == block.anchors[0].works
    screen.project.undo()
    assert stored(screen, block.guid) == block
    assert stored(screen, target.guid) == target


def test_pasting_is_plain_and_copied_prose_brings_its_citations(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    mime = QMimeData()
    mime.setHtml("<b>Bold</b><img src='http://example.org/x.png'>")
    mime.setText("# not a heading\n*not emphasis*")
    editor.insertFromMimeData(mime)
    assert editor.now().runs[0] == Text(f"# not a heading *not emphasis*{block.runs[0].text}")  # type: ignore[union-attr]
    editor.selectAll()
    copied = editor.createMimeDataFromSelection()
    assert "[" in copied.text()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.insertFromMimeData(copied)
    press(editor, KEY.Key_Escape)
    anchors = list(stored(screen, block.guid).anchors_in_order())
    assert [each.works for each in anchors] == [block.anchors[0].works] * 2
    assert len({each.guid for each in anchors}) == 2


def test_words_typed_while_the_block_moved_on_are_kept_and_said(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Mine. ")
    elsewhere = manuscript.write_block(block, replace(block, runs=(Text("Theirs."),)))
    screen.project.do(elsewhere)
    assert screen.writing.view.stuck.isVisible()
    assert editor.now().text.startswith("Mine. ")
    assert stored(screen, block.guid).text == "Theirs."
    screen.desk.keep_mine()
    assert stored(screen, block.guid).text == "Mine. " + block.text
    assert not screen.writing.view.stuck.isVisible()
    assert [each.works for each in stored(screen, block.guid).anchors] == [block.anchors[0].works]


def test_theirs_can_be_taken_instead(screen: ManuscriptScreen, editor: BlockEditor) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Mine. ")
    screen.project.do(manuscript.write_block(block, replace(block, runs=(Text("Theirs."),))))
    screen.desk.take_theirs()
    assert editor.now().text == "Theirs."
    press(editor, KEY.Key_Escape)
    assert stored(screen, block.guid).text == "Theirs."


def test_a_change_elsewhere_shows_at_once_where_nothing_was_typed(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block, 3)
    screen.project.do(manuscript.write_block(block, replace(block, runs=(Text("Theirs."),))))
    assert editor.now().text == "Theirs."
    assert not screen.desk.reason


def test_words_typed_in_a_block_that_was_removed_elsewhere_come_back_as_a_block(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Saved words. ")
    screen.project.do(manuscript.remove_block(block))
    assert any(each.text.startswith("Saved words. ") for each in blocks(screen))


def test_a_refused_split_leaves_the_words_as_they_were_typed(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Typed. ")
    assert block.id is not None
    screen.project.changed.disconnect(screen.reload)
    screen.project.do(  # the page does not hear of this one in time
        Edit("Reword", tuple(set_columns("block", block.id, {"text": block.text}, {"text": "Other"})))
    )
    screen.project.changed.connect(screen.reload)
    press(editor, KEY.Key_Return)
    assert screen.writing.view.stuck.isVisible()
    assert editor.now().text.startswith("Typed. ")
    assert len(blocks(screen)) == len(screen.desk.contents.blocks)


def test_direction_theme_and_kind_are_set_with_what_is_typed(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    QTest.keyClicks(editor, "Yes: ")
    screen.writing.about.block.direction_chosen.emit(Direction.GAP)
    now = stored(screen, block.guid)
    assert (now.direction, now.text) == (Direction.GAP, "Yes: " + block.text)
    screen.desk.save()
    assert stored(screen, block.guid) == now
    screen.writing.about.block.theme_chosen.emit(None)
    assert stored(screen, block.guid).theme is None
    assert not screen.writing.about.block.direction.isEnabled()


def test_works_of_an_anchor_are_reordered_placed_and_taken_out(screen: ManuscriptScreen) -> None:
    block = a_finding(screen)
    enter(screen, block)
    page, form = screen.writing.view.page, screen.writing.about.anchor
    page.editor.choose_anchor(block.anchors[0].guid)
    works = [work.reference for work in block.anchors[0].works]
    row = form.rows._rows[0]
    press(row, KEY.Key_Down, ALT)
    assert [work.reference for work in stored(screen, block.guid).anchors[0].works] == [
        works[1], works[0], works[2]
    ]  # fmt: skip
    form.rows._rows[0].place.edited.emit("ch. 2")
    assert stored(screen, block.guid).anchors[0].works[0].label == "chapter"
    press(form.rows._rows[2], KEY.Key_Delete)
    assert len(stored(screen, block.guid).anchors[0].works) == 2
    form.sort.click()
    numbers = screen.desk.contents.numbers_of(stored(screen, block.guid).anchors[0])
    assert numbers == sorted(numbers)
    form.role_chosen.emit(Role.CONTEXT)
    assert stored(screen, block.guid).anchors[0].role is Role.CONTEXT
    for _ in range(5):
        screen.project.undo()
    assert stored(screen, block.guid) == block


def test_the_form_says_how_the_citation_prints(screen: ManuscriptScreen) -> None:
    block = a_finding(screen)
    enter(screen, block)
    screen.writing.view.page.editor.choose_anchor(block.anchors[0].guid)
    shown = screen.writing.about.anchor.printed.text()
    assert "<sup>" in shown
    assert str(screen.desk.contents.numbers_of(block.anchors[0])[0]) in shown


def test_sections_are_added_renamed_moved_and_removed(
    screen: ManuscriptScreen, messages: RecordedMessages
) -> None:
    before = contents.sections(screen.project.reader)
    methods = next(section for section in before if section.title == "Methods")
    messages.answers += ["Protocol", "Plan", True]
    screen.writing.sections.do("add", methods)
    titles = [section.title for section in contents.sections(screen.project.reader) if section.parent is None]
    assert titles[titles.index("Methods") + 1] == "Protocol"
    made = next(each for each in contents.sections(screen.project.reader) if each.title == "Protocol")
    screen.writing.sections.do("rename", made)
    screen.writing.sections.do(
        "up", next(each for each in screen.desk.contents.sections if each.id == made.id)
    )
    titles = [section.title for section in contents.sections(screen.project.reader) if section.parent is None]
    assert titles.index("Plan") == titles.index("Methods") - 1
    plan = next(each for each in screen.desk.contents.sections if each.id == made.id)
    screen.writing.sections.do("deeper", plan)
    nested = next(each for each in contents.sections(screen.project.reader) if each.id == made.id)
    assert nested.parent is not None
    methods = next(each for each in screen.desk.contents.sections if each.id == methods.id)
    screen.writing.sections.do("remove", methods)
    assert "Methods" not in [each.title for each in contents.sections(screen.project.reader)]
    for _ in range(5):
        screen.project.undo()
    assert contents.sections(screen.project.reader) == before


def test_a_section_nothing_is_written_in_takes_a_first_block(
    screen: ManuscriptScreen, messages: RecordedMessages, editor: BlockEditor
) -> None:
    messages.answers.append("Afterword")
    screen.new_section()
    made = next(each for each in screen.desk.contents.sections if each.title == "Afterword")
    screen.writing.view.write_in(made)
    QTest.keyClicks(editor, "The end.")
    press(editor, KEY.Key_Escape)
    assert [each.text for each in blocks(screen) if each.section == made.id] == ["The end."]


def test_a_click_enters_the_block_where_it_fell_and_an_anchor_is_chosen(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    page = screen.writing.view.page
    block = a_finding(screen)
    screen.writing.view.show_block(block.guid)
    line = page.sheet.line_of(block.guid)
    assert line is not None
    box = page.sheet.box_of(line, block.anchors[0].guid)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=(box.center() + page.origin).toPoint())
    assert page.open == block.guid
    assert editor.chosen_anchor() == block.anchors[0].guid
    at = page.origin + QPointF(2, line.top + 8)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=at.toPoint() + QPoint(0, 0))
    assert editor.place <= 1


def test_the_editor_lies_exactly_on_the_painted_words(screen: ManuscriptScreen, editor: BlockEditor) -> None:
    page = screen.writing.view.page
    for block in screen.desk.contents.blocks[10:40:7]:
        line = page.sheet.line_of(block.guid)
        assert line is not None
        height, lines = line.height, line.document.begin().layout().lineCount()
        enter(screen, block)
        assert abs(editor.wanted_height() - height) < 1
        assert editor.document().begin().layout().lineCount() == lines
        assert abs(editor.geometry().top() - (page.origin.y() + line.top)) <= 1


def test_a_block_an_anchor_or_a_cited_work_can_be_gone_to(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    assert block.id is not None
    assert block.anchors[0].id is not None
    screen.show_place(Subject("block", block.id))
    assert screen.writing.view.page.chosen == block.guid
    screen.show_place(Subject("anchor", block.anchors[0].id))
    assert editor.chosen_anchor() == block.anchors[0].guid


def test_everything_has_a_name_and_the_tab_key_reaches_it(screen: ManuscriptScreen) -> None:
    enter(screen, a_finding(screen))
    assert nameless(screen) == []
    assert unreachable(screen) == []
    screen.turn("preview")
    assert nameless(screen) == []


def test_the_history_of_a_block_tells_of_its_citations_too(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    editor.choose_anchor(block.anchors[0].guid)
    screen.writing.about.anchor.role_chosen.emit(Role.CONTEXT)
    screen.writing.about.turn_to("History")
    labels = [label.text() for label in screen.writing.about.history.findChildren(QLabel)]
    assert any("Change" in label for label in labels)


def test_a_work_is_opened_in_the_library_and_its_citation_copied(
    screen: ManuscriptScreen, editor: BlockEditor, window: Window
) -> None:
    block = a_finding(screen)
    screen.handlers()["copy_citation"]()
    enter(screen, block)
    editor.choose_anchor(block.anchors[0].guid)
    screen.handlers()["copy_citation"]()
    numbers = screen.desk.contents.numbers_of(block.anchors[0])
    assert QApplication.clipboard().text().replace(" …", "").endswith(",".join(map(str, numbers)))
    assert window.said == ["Choose a citation in the text first.", "Copied the citation."]
    row = screen.writing.about.anchor.rows._rows[0]
    QTest.mouseDClick(row, Qt.MouseButton.LeftButton)
    assert window.went == [f"library {block.anchors[0].works[0].reference}"]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_keys_the_project_holds_what_the_page_shows(
    screen: ManuscriptScreen, editor: BlockEditor, seed: int
) -> None:
    before = blocks(screen)
    chance = random.Random(seed)
    enter(screen, a_finding(screen), 3)
    keys = [
        KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Backspace, KEY.Key_Delete,
        KEY.Key_Return, KEY.Key_Home, KEY.Key_End,
    ]  # fmt: skip
    for _ in range(120):
        match chance.randrange(8):
            case 0 | 1:
                compose(editor, chance.choice(["so ", "x", "co-production, ", "\u00a0", "委托", "𐀀"]))
            case 2:
                press(editor, KEY.Key_Z, CONTROL if chance.random() < 0.7 else CONTROL | SHIFT)
            case 3:
                screen.desk.cite([Cited(ReferenceId(chance.randint(1, 110)))], Role.EVIDENCE)
            case 4:
                press(editor, chance.choice(keys), SHIFT)
            case 5:
                screen.desk.save()
            case _:
                press(editor, chance.choice(keys))
        if not screen.writing.view.page.open:
            press(screen.writing.view.page, KEY.Key_Return)
    press(editor, KEY.Key_Escape)
    assert not screen.desk.reason
    assert [(each.guid, each.runs) for each in blocks(screen)] == [
        (each.guid, each.runs) for each in screen.desk.contents.blocks
    ]
    for block in blocks(screen):
        standing = [run.anchor for run in block.runs if isinstance(run, AnchorPlace)]
        assert sorted(standing) == sorted(anchor.guid for anchor in block.anchors)
        assert all(anchor.works for anchor in block.anchors)
    while screen.project.can_undo():
        screen.project.undo()
    assert blocks(screen) == before


def test_the_works_of_an_anchor_are_reached_with_the_tab_key(
    screen: ManuscriptScreen, editor: BlockEditor
) -> None:
    block = a_finding(screen)
    enter(screen, block)
    editor.choose_anchor(block.anchors[0].guid)
    form = screen.writing.about.anchor
    form.add.setFocus()
    stops = [form.rows._rows[0], form.rows._rows[0].place, form.rows._rows[0].remove, form.rows._rows[1]]
    for stop in stops:
        focus = QApplication.focusWidget()
        assert focus is not None
        press(focus, KEY.Key_Tab)
        assert QApplication.focusWidget() is stop
