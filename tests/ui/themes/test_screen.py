"""The Themes screen as a reviewer uses it: by mouse and by keyboard, every act one undo."""

import shutil
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.domain.manuscript import Block, Direction, Role
from evidence_app.services.synthesis.flat import ANCHOR, flat
from evidence_app.services.synthesis.overview import FindingLine, TopicHead
from evidence_app.storage.project import Project
from evidence_app.ui.carried import FINDINGS, REFERENCES, carrying
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.main_window import MainWindow
from evidence_app.ui.open_project import OpenProject, open_project
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.themes.screen import ThemesScreen
from evidence_app.ui.themes.tree_model import Place
from evidence_app.ui.widgets.parts import Parts
from tests.ui.desks import Tools
from tests.ui.doubles import RecordedMessages, nameless, unreachable

KEYS = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Desk:
    """A shown Themes screen over a project, and what it said and opened."""

    def __init__(self, screen: ThemesScreen, project: OpenProject, messages: RecordedMessages) -> None:
        self.screen, self.project, self.messages = screen, project, messages
        self.said: list[str] = []
        self.opened: list[tuple[str, Subject | None]] = []

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.opened.append((screen, subject))

    def say(self, text: str, **_rest: Any) -> None:
        self.said.append(text)

    def findings(self, theme: int) -> list[Block]:
        return [block for block in self.screen.shown.contents.findings if block.theme == theme]

    def lines(self) -> list[FindingLine]:
        return [row for row in self.screen.list.rows.rows if isinstance(row, FindingLine)]

    def choose(self, at: int) -> FindingLine:
        line = self.lines()[at]
        self.screen.list.setFocus()
        self.screen.list.select(line.block.id)
        return line

    def keys(
        self, widget: QWidget, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        for key in keys:
            QTest.keyClick(widget, key, held)

    def numbers(self, block: Block) -> list[list[int]]:
        return [self.screen.shown.contents.numbers_of(anchor) for anchor in block.anchors_in_order()]

    @property
    def statement(self) -> Any:
        return self.screen._inspector.finding.statement

    @property
    def inspector(self) -> Any:
        return self.screen._inspector


def shown_desk(
    look: Look, parts: Parts, lanes: InlineLanes, project: OpenProject, preferences: Preferences,
    messages: RecordedMessages,
) -> Desk:  # fmt: skip
    holder: list[Desk] = []

    def go_to(screen: str, subject: Subject | None = None) -> None:
        holder[0].go_to(screen, subject)

    def say(text: str, **rest: Any) -> None:
        holder[0].say(text, **rest)

    context = ScreenContext(look, parts, lanes, project, preferences, messages, go_to, say)
    screen = ThemesScreen(context)
    desk = Desk(screen, project, messages)
    holder.append(desk)
    project.changed.connect(screen.reload)
    screen.resize(1250, 850)
    screen.show()
    screen.reload(frozenset())
    screen.activateWindow()
    QApplication.processEvents()
    return desk


@pytest.fixture
def desk(screen_tools: Tools, sample_file: Path, tmp_path: Path) -> Iterator[Desk]:
    given = screen_tools
    with given.opened(Path(shutil.copy(sample_file, tmp_path / "review.evidence"))) as project:
        made = shown_desk(given.look, given.parts, given.lanes, project, given.preferences, given.messages)
        yield made
        for part in made.screen.header_parts():
            part.deleteLater()
        made.screen.close()
        made.screen.deleteLater()


def drop(widget: Any, mime: QMimeData, point: QPoint, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Drop something on the viewport of a view, as a drag would."""
    from PySide6.QtGui import QDragMoveEvent

    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    button = Qt.MouseButton.LeftButton
    widget.dragMoveEvent(QDragMoveEvent(point, actions, mime, button, held))
    widget.dropEvent(QDropEvent(QPointF(point), actions, mime, button, held))


# -- what is shown


def test_the_screen_opens_on_the_first_theme_with_its_counts(desk: Desk) -> None:
    assert desk.screen.detail() == "4 themes, 109 citation anchors"
    assert desk.screen.tree.current() == Place(1, None)
    assert len(desk.lines()) == 39
    assert desk.inspector._title.text() == "Complexity of the commissioning landscape"


def test_everything_has_a_name_and_is_reached_by_tab(desk: Desk) -> None:
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []
    desk.choose(2)
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []


def test_choosing_a_finding_shows_what_it_rests_on_and_its_topic_in_the_outline(desk: Desk) -> None:
    desk.choose(2)
    assert desk.inspector._title.text() == "Review finding 3"
    assert desk.inspector.finding._support.caption.text() == "Supported by 6 reports"
    assert desk.screen.tree.current() == Place(2, 1)
    assert flat(desk.statement.runs()) == flat(desk.lines()[2].block.runs)


def test_choosing_another_theme_shows_its_findings(desk: Desk) -> None:
    desk.screen.tree.choose(18)
    assert len(desk.lines()) == 21
    heads = [row.name for row in desk.screen.list.rows.rows if isinstance(row, TopicHead)]
    assert heads[0] == "Representation and inclusion"


def test_a_place_of_another_screen_is_shown(desk: Desk) -> None:
    block = desk.findings(17)[1]
    desk.screen.show_place(Subject("block", block.id or 0))
    assert desk.screen.list.current_block() == block.id
    assert desk.screen.tree.current() == Place(17, 13)
    desk.screen.show_place(Subject("theme", 10))
    assert desk.screen.tree.current() == Place(10, 1)
    assert desk.inspector._title.text() == "Commissioners as leaders of co-production"


@pytest.mark.parametrize("width", [700, 900, 1100, 1500])
def test_rows_never_overlap_and_chips_stay_inside(desk: Desk, width: int) -> None:
    desk.screen.resize(width, 800)
    QApplication.processEvents()
    view = desk.screen.list
    rects = [view.visualRect(view.rows.index(at)) for at in range(view.rows.rowCount())]
    for above, below in pairwise(rects):
        assert above.bottom() < below.top()
    for at, row in enumerate(view.rows.rows):
        if isinstance(row, FindingLine):
            places = view._delegate.places(row)
            assert places.height == rects[at].height()
            assert all(chip.rect.bottom() < places.height for chip in places.chips)


def test_the_list_is_walked_by_keys_alone(desk: Desk) -> None:
    desk.keys(desk.screen.tree, KEYS.Key_Return)
    assert desk.screen.list.current_block() == desk.lines()[0].block.id
    for _ in range(9):
        desk.keys(desk.screen.list, KEYS.Key_Down)
    assert desk.screen.list.current_block() == desk.lines()[9].block.id


# -- findings by keyboard


def test_a_digit_sets_the_direction_and_undo_takes_it_back(desk: Desk) -> None:
    line = desk.choose(2)
    desk.keys(desk.screen.list, KEYS.Key_2)
    assert desk.lines()[2].block.direction is Direction.ENABLER
    desk.keys(desk.screen.list, KEYS.Key_0)
    assert desk.lines()[2].block.direction is None
    desk.project.undo()
    desk.project.undo()
    assert desk.lines()[2].block.direction is line.block.direction


def test_a_finding_is_reworded_in_place_and_keeps_its_citations(desk: Desk) -> None:
    line = next(line for line in desk.lines() if len(line.block.anchors) > 1)
    desk.screen.list.select(line.block.id)
    desk.keys(desk.screen.list, KEYS.Key_F2)
    assert desk.statement.hasFocus()
    QTest.keyClicks(desk.statement, " At the end")
    desk.keys(desk.statement, KEYS.Key_Home)
    QTest.keyClicks(desk.statement, "Now: ")
    desk.keys(desk.statement, KEYS.Key_Return)
    after = next(each for each in desk.lines() if each.block.id == line.block.id).block
    assert after.text != line.block.text
    assert desk.numbers(after) == desk.numbers(line.block)
    assert flat(after.runs).count(ANCHOR) == flat(line.block.runs).count(ANCHOR)
    desk.project.undo()
    back = next(each for each in desk.lines() if each.block.id == line.block.id).block
    assert back.runs == line.block.runs


def test_escape_restores_the_statement(desk: Desk) -> None:
    line = desk.choose(0)
    desk.keys(desk.screen.list, KEYS.Key_F2)
    QTest.keyClicks(desk.statement, "nonsense")
    desk.keys(desk.statement, KEYS.Key_Escape)
    assert desk.statement.runs() == line.block.runs
    assert desk.lines()[0].block.runs == line.block.runs


def test_escape_does_not_go_back_behind_what_enter_kept(desk: Desk) -> None:
    desk.choose(3)
    desk.screen.new_finding()
    QTest.keyClicks(desk.statement, "Trust takes time")
    desk.keys(desk.statement, KEYS.Key_Return, KEYS.Key_Escape)
    assert "Trust takes time" in [line.block.text for line in desk.lines()]


def test_a_citation_deleted_in_the_sentence_is_gone_and_comes_back_with_undo(desk: Desk) -> None:
    line = desk.choose(0)
    desk.keys(desk.screen.list, KEYS.Key_F2)
    desk.keys(desk.statement, KEYS.Key_Backspace, KEYS.Key_Return)
    assert desk.lines()[0].works == ()
    desk.project.undo()
    assert desk.lines()[0].works == line.works


def test_an_anchor_is_cut_and_pasted_elsewhere_in_the_sentence(desk: Desk) -> None:
    line = desk.choose(0)
    desk.keys(desk.screen.list, KEYS.Key_F2)
    statement = desk.statement
    statement.moveCursor(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
    statement.cut()
    statement.moveCursor(QTextCursor.MoveOperation.Start)
    statement.moveCursor(QTextCursor.MoveOperation.NextWord)
    statement.paste()
    desk.keys(statement, KEYS.Key_Return)
    after = desk.lines()[0]
    assert flat(after.block.runs).index(ANCHOR) == len("Tenders ")
    assert desk.numbers(after.block) == desk.numbers(line.block)


def test_selecting_over_citations_in_every_way_changes_nothing(desk: Desk) -> None:
    line = next(line for line in desk.lines() if len(line.block.anchors) > 1)
    desk.screen.list.select(line.block.id)
    desk.screen.reword_finding()
    statement, keep = desk.statement, QTextCursor.MoveMode.KeepAnchor
    for start in range(statement.document().characterCount()):
        for end in range(statement.document().characterCount()):
            cursor = statement.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(end, keep)
            statement.setTextCursor(cursor)
    assert statement.runs() == line.block.runs
    desk.keys(statement, KEYS.Key_End, KEYS.Key_Left, KEYS.Key_Home, KEYS.Key_Return)
    assert not desk.project.can_undo()


def test_a_new_finding_is_written_where_it_belongs_in_one_undo(desk: Desk) -> None:
    first = desk.choose(0)
    desk.screen.new_finding()
    assert desk.statement.hasFocus()
    desk.inspector.finding.directed.emit(Direction.GAP)
    QTest.keyClicks(desk.statement, "Nobody has asked the providers.")
    desk.keys(desk.statement, KEYS.Key_Return)
    made = desk.lines()[1].block
    assert made.text == "Nobody has asked the providers."
    assert (made.theme, made.section, made.direction) == (2, first.block.section, Direction.GAP)
    assert desk.screen.list.current_block() == made.id
    desk.project.undo()
    assert [line.block.id for line in desk.lines()[:1]] == [first.block.id]
    assert len(desk.lines()) == 39


def test_a_reference_dropped_in_the_statement_is_cited_at_that_place(desk: Desk) -> None:
    line = desk.choose(0)
    desk.screen.reword_finding()
    QTest.keyClicks(desk.statement, " More")
    statement = desk.statement
    cursor = statement.textCursor()
    cursor.setPosition(len("Tenders"))
    point = statement.cursorRect(cursor).center()
    actions = Qt.DropAction.CopyAction
    mime = carrying(REFERENCES, [55])
    button, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    statement.dropEvent(QDropEvent(QPointF(point), actions, mime, button, held))
    after = desk.lines()[0].block
    assert flat(after.runs).startswith(f"Tenders{ANCHOR} are")
    assert after.text.endswith(" More")
    assert desk.numbers(after) == [[55], *desk.numbers(line.block)]


def test_escape_leaves_a_new_finding_and_the_statement(desk: Desk) -> None:
    desk.choose(3)
    desk.screen.new_finding()
    QTest.keyClicks(desk.statement, "Oh")
    desk.keys(desk.statement, KEYS.Key_Escape, KEYS.Key_Escape)
    assert desk.screen.list.hasFocus()
    assert desk.inspector._title.text() == "Review finding 4"
    assert not desk.project.can_undo()
    desk.keys(desk.screen.list, KEYS.Key_F2)
    desk.keys(desk.statement, KEYS.Key_Escape)
    assert desk.screen.list.hasFocus()


def test_a_new_finding_left_empty_leaves_nothing(desk: Desk) -> None:
    desk.choose(0)
    desk.screen.new_finding()
    desk.choose(3)
    assert len(desk.lines()) == 39
    assert desk.inspector._title.text() == "Review finding 4"
    assert not desk.project.can_undo()


def test_typing_in_a_new_finding_is_kept_when_something_else_is_chosen(desk: Desk) -> None:
    desk.choose(0)
    desk.screen.new_finding()
    QTest.keyClicks(desk.statement, "Half a thought")
    desk.choose(5)
    assert "Half a thought" in [line.block.text for line in desk.lines()]


def test_findings_are_merged_and_split_at_the_caret(desk: Desk) -> None:
    first, second = desk.lines()[0], desk.lines()[1]
    desk.screen.list.setFocus()
    desk.screen.list.select(first.block.id, also=[second.block.id or 0])
    desk.screen.merge_findings()
    assert len(desk.lines()) == 38
    assert flat(desk.lines()[0].block.runs) == f"{flat(first.block.runs)} {flat(second.block.runs)}"
    desk.screen.reword_finding()
    cursor = desk.statement.textCursor()
    cursor.setPosition(desk.statement._position(len(flat(first.block.runs))))
    desk.statement.setTextCursor(cursor)
    desk.screen.split_finding()
    assert [line.block.text for line in desk.lines()[:2]] == [first.block.text, second.block.text]
    assert [desk.numbers(line.block) for line in desk.lines()[:2]] == [
        desk.numbers(first.block), desk.numbers(second.block),
    ]  # fmt: skip


def test_a_single_finding_is_merged_with_the_one_above(desk: Desk) -> None:
    desk.choose(1)
    desk.screen.merge_findings()
    assert len(desk.lines()) == 38
    desk.screen.list.select(desk.lines()[0].block.id)
    desk.screen.merge_findings()
    assert "no review finding above" in desk.said[-1]


def test_words_not_kept_yet_are_kept_before_a_split(desk: Desk) -> None:
    desk.choose(0)
    desk.screen.reword_finding()
    desk.keys(desk.statement, KEYS.Key_Home, held=CTRL)
    QTest.keyClicks(desk.statement, "First of all. ")
    desk.screen.split_finding()
    assert desk.lines()[0].block.text == "First of all."
    assert desk.lines()[1].block.text.startswith("Tenders")


def test_alt_and_arrows_move_a_finding_also_into_the_next_topic(desk: Desk) -> None:
    order = [line.block.id for line in desk.lines()]
    desk.choose(5)
    desk.keys(desk.screen.list, KEYS.Key_Down, held=ALT)
    assert [line.block.id for line in desk.lines()][5:7] == [order[6], order[5]]
    desk.keys(desk.screen.list, KEYS.Key_Down, held=ALT)
    moved = next(line for line in desk.lines() if line.block.id == order[5])
    assert moved.block.theme == 3
    assert desk.screen.list.current_block() == order[5]
    desk.keys(desk.screen.list, KEYS.Key_Up, held=ALT)
    assert [line.block.id for line in desk.lines()][5:7] == [order[6], order[5]]
    desk.project.undo()
    desk.project.undo()
    desk.project.undo()
    assert [line.block.id for line in desk.lines()] == order


def test_delete_takes_a_finding_out_and_goes_to_the_next(desk: Desk) -> None:
    following = desk.lines()[3].block.id
    desk.choose(2)
    desk.keys(desk.screen.list, KEYS.Key_Delete)
    assert len(desk.lines()) == 38
    assert desk.screen.list.current_block() == following
    assert desk.said == ["Deleted 1 review finding"]


def test_a_finding_is_moved_to_a_topic_that_is_picked(desk: Desk) -> None:
    line = desk.choose(2)

    def pick(dialog: Any) -> bool:
        QTest.keyClicks(dialog.filter, "trust")
        QTest.keyClick(dialog.filter, KEYS.Key_Return)
        return bool(dialog.theme == 17)

    desk.messages.answers = [pick]
    desk.screen.move_finding()
    assert line.block.id in [block.id for block in desk.findings(17)]
    assert desk.screen.list.current_block() == line.block.id
    assert desk.screen.tree.current() == Place(17, 13)


# -- citations


def test_chips_are_reached_by_arrows_opened_and_deleted(desk: Desk) -> None:
    line = desk.choose(0)
    desk.keys(desk.screen.list, KEYS.Key_Right, KEYS.Key_Right)
    assert desk.screen.list.chip() == line.works[1]
    desk.keys(desk.screen.list, KEYS.Key_Return)
    assert desk.opened[-1] == ("library", Subject("reference", line.works[1].reference))
    desk.keys(desk.screen.list, KEYS.Key_Delete)
    assert [work.number for work in desk.lines()[0].works] == ["89", "93"]
    desk.project.undo()
    assert desk.lines()[0].works == line.works


def test_a_press_on_a_chip_takes_it_for_the_keys(desk: Desk) -> None:
    line = desk.lines()[0]
    view = desk.screen.list
    rect = view.visualRect(view.rows.index(view.rows.place_of_block(line.block.id)))
    chip = view._delegate.places(line).chips[2]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + chip.rect.center())
    assert view.chip() == line.works[2]
    assert view.current_block() == line.block.id


def test_references_are_picked_from_the_library_by_keyboard(desk: Desk) -> None:
    line = desk.choose(0)
    desk.screen.add_evidence()
    picker = desk.inspector.picker
    assert picker.search.hasFocus()
    QTest.keyClicks(picker.search, "hatfield")
    desk.keys(picker.search, KEYS.Key_Return, KEYS.Key_Return)
    after = desk.lines()[0]
    assert len(after.works) == len(line.works) + 1
    assert desk.numbers(after.block)[-1][-1] == int(after.works[-1].number)
    desk.keys(picker.search, KEYS.Key_Escape)
    desk.keys(picker, KEYS.Key_Escape)
    assert desk.screen.list.hasFocus()
    assert not picker.isVisible()


def test_what_speaks_against_it_is_shown_apart(desk: Desk) -> None:
    desk.choose(0)
    desk.screen.add_contrast()
    desk.inspector.picker.picked.emit([56], False)
    desk.inspector.picker.closed.emit()
    against = desk.inspector.finding._against
    assert [work.number for work in against._works] == ["56"]
    assert desk.lines()[0].support == "3 reports"


def test_a_dropped_reference_joins_the_last_citation_or_stands_alone_with_alt(desk: Desk) -> None:
    line = desk.lines()[0]
    view = desk.screen.list
    spot = view.visualRect(view.rows.index(view.rows.place_of_block(line.block.id))).center()
    drop(view, carrying(REFERENCES, [55]), spot)
    assert desk.numbers(desk.lines()[0].block) == [[89, 91, 93, 55]]
    drop(view, carrying(REFERENCES, [56]), spot, ALT)
    assert desk.numbers(desk.lines()[0].block) == [[89, 91, 93, 55], [56]]
    drop(view, carrying(REFERENCES, [56]), spot)
    assert "cited there already" in desk.said[-1]


def test_a_chip_dragged_to_another_finding_moves_there(desk: Desk) -> None:
    from evidence_app.ui.carried import CITATION, load

    source, target = desk.lines()[0], desk.lines()[1]
    mime = carrying(REFERENCES, [91])
    load(mime, CITATION, [source.block.id, source.works[1].anchor])
    view = desk.screen.list
    drop(view, mime, view.visualRect(view.rows.index(view.rows.place_of_block(target.block.id))).center())
    assert desk.numbers(desk.lines()[0].block) == [[89, 93]]
    assert desk.numbers(desk.lines()[1].block) == [[67, 89, 93, 91]]
    desk.project.undo()
    assert desk.numbers(desk.lines()[0].block) == desk.numbers(source.block)


def test_findings_are_dropped_before_others_and_on_topics(desk: Desk) -> None:
    lines = desk.lines()
    view = desk.screen.list
    top = view.visualRect(view.rows.index(view.rows.place_of_block(lines[0].block.id))).topLeft()
    drop(view, carrying(FINDINGS, [lines[2].block.id]), top + QPoint(200, 3))
    assert [line.block.id for line in desk.lines()[:2]] == [lines[2].block.id, lines[0].block.id]
    desk.screen.tree.findings_dropped.emit([lines[0].block.id], 5)
    assert lines[0].block.id in [block.id for block in desk.findings(5)]


def test_a_role_is_given_in_the_inspector(desk: Desk) -> None:
    desk.choose(0)
    desk.inspector.finding.role_chosen.emit(desk.lines()[0].works[0], Role.CONTEXT)
    assert [work.role for work in desk.lines()[0].works].count(Role.CONTEXT) == 1
    assert desk.lines()[0].support == "2 reports"


# -- the outline


def test_a_theme_is_renamed_where_it_stands(desk: Desk) -> None:
    desk.screen.tree.choose(3, 1)
    desk.keys(desk.screen.tree, KEYS.Key_F2)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "Stiff structures")
    QTest.keyClick(field, KEYS.Key_Return)
    QApplication.processEvents()
    assert desk.screen.shown.contents.theme_by_id[3].name == "Stiff structures"
    assert desk.screen.tree.current() == Place(3, 1)


def test_alt_and_arrows_move_a_theme_and_undo_takes_it_back(desk: Desk) -> None:
    desk.screen.tree.choose(3, 1)
    desk.keys(desk.screen.tree, KEYS.Key_Up, held=ALT)
    assert [place.theme for place, _ in desk.screen.tree.lines.places()][:3] == [1, 3, 2]
    assert desk.screen.tree.current() == Place(3, 1)
    desk.keys(desk.screen.tree, KEYS.Key_Down, KEYS.Key_Right, held=ALT)
    assert desk.screen.tree.current() == Place(3, 2)
    desk.keys(desk.screen.tree, KEYS.Key_Left, held=ALT)
    assert desk.screen.tree.current() == Place(3, 1)
    for _ in range(4):
        desk.project.undo()
    assert [place.theme for place, _ in desk.screen.tree.lines.places()][:3] == [1, 2, 3]


def spot_of(desk: Desk, theme: int, parent: int | None, part: float) -> QPoint:
    rect = desk.screen.tree.visualRect(desk.screen.tree.lines.index_of(theme, parent))
    return QPoint(rect.center().x(), rect.top() + round(rect.height() * part))


def test_a_topic_is_dragged_before_another_and_under_another_theme(desk: Desk) -> None:
    tree = desk.screen.tree
    mime = tree.lines.mimeData([tree.lines.index_of(5, 1)])
    drop(tree, mime, spot_of(desk, 3, 1, 0.05))
    assert [place.theme for place, _ in tree.lines.places()][:4] == [1, 2, 5, 3]
    drop(tree, tree.lines.mimeData([tree.lines.index_of(5, 1)]), spot_of(desk, 18, 1, 0.5))
    assert list(desk.screen.shown.contents.theme_by_id[5].parents) == [18]
    drop(tree, tree.lines.mimeData([tree.lines.index_of(5, 18)]), spot_of(desk, 13, 1, 0.5), CTRL)
    assert list(desk.screen.shown.contents.theme_by_id[5].parents) == [18, 13]
    drop(tree, tree.lines.mimeData([tree.lines.index_of(1)]), spot_of(desk, 3, 1, 0.5))
    assert "which is part of it" in desk.said[-1]
    for _ in range(3):
        desk.project.undo()
    assert [place.theme for place, _ in tree.lines.places()][:4] == [1, 2, 3, 4]


def test_findings_are_dropped_on_a_topic_of_the_outline(desk: Desk) -> None:
    moved = desk.findings(2)[0].id
    drop(desk.screen.tree, carrying(FINDINGS, [moved]), spot_of(desk, 6, 1, 0.5))
    assert moved in [block.id for block in desk.findings(6)]


def test_alt_and_left_in_the_outline_does_not_go_back(
    look: Look, lanes: InlineLanes, open_sample: OpenProject, preferences: Preferences,
    messages: RecordedMessages,
) -> None:  # fmt: skip
    preferences.change(last_screen="themes")
    window = MainWindow(look, lanes, preferences, messages=messages)
    window.show()
    window.show_project(open_sample)
    window.activateWindow()
    screen = window.current
    assert isinstance(screen, ThemesScreen)
    screen.tree.setFocus()
    screen.tree.choose(3, 1)
    QTest.keyClick(screen.tree, KEYS.Key_Left, ALT)
    assert window.current is screen
    assert screen.shown.contents.theme_by_id[3].parents == ()
    window.forget_project()
    window.close()
    window.deleteLater()


def test_tab_goes_from_the_outline_over_the_list_to_the_inspector(desk: Desk) -> None:
    desk.choose(2)
    desk.screen.tree.setFocus()
    passed = []
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or desk.screen, KEYS.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        passed.append(focused.accessibleName() or focused.objectName())
        if focused is desk.screen.tree:
            break
    wanted = ["New theme", "New topic", "Filter review findings", "Review findings", "Statement"]
    places = [passed.index(name) for name in wanted]
    assert places == sorted(places)


def test_themes_and_topics_are_added_by_name(desk: Desk) -> None:
    desk.messages.answers = ["Digital tools", "Shared records"]
    desk.screen.new_theme()
    made = next(each for each in desk.screen.shown.contents.themes if each.name == "Digital tools")
    assert made.parents == (1,)
    assert desk.screen.tree.current() == Place(made.id, 1)
    desk.screen.new_topic()
    topic = next(each for each in desk.screen.shown.contents.themes if each.name == "Shared records")
    assert list(topic.parents) == [made.id]
    assert "will stand here" in desk.screen.page.no_findings.sentence.text()
    desk.screen.new_finding()
    QTest.keyClicks(desk.statement, "Records are not shared.")
    desk.keys(desk.statement, KEYS.Key_Return)
    assert [line.block.text for line in desk.lines()] == ["Records are not shared."]


def test_a_theme_stands_under_another_parent_too(desk: Desk) -> None:
    desk.screen.tree.choose(17, 13)

    def pick(dialog: Any) -> bool:
        QTest.keyClicks(dialog.filter, "collective")
        QTest.keyClick(dialog.filter, KEYS.Key_Return)
        return True

    desk.messages.answers = [pick]
    desk.screen.put_under()
    assert list(desk.screen.shown.contents.theme_by_id[17].parents) == [13, 18]
    assert Place(17, 18) in [place for place, _ in desk.screen.tree.lines.places()]
    desk.inspector.theme.parent_taken.emit(desk.screen.shown.contents.theme_by_id[13])
    assert list(desk.screen.shown.contents.theme_by_id[17].parents) == [18]


def test_removing_a_topic_asks_with_numbers_and_gives_findings_to_the_parent(desk: Desk) -> None:
    desk.screen.tree.choose(3, 1)
    desk.keys(desk.screen.tree, KEYS.Key_Delete)
    assert "Its 2 review findings go to" in desk.messages.asked[-1]
    assert 3 in desk.screen.shown.contents.theme_by_id
    desk.messages.answers = [True]
    desk.keys(desk.screen.tree, KEYS.Key_Delete)
    assert 3 not in desk.screen.shown.contents.theme_by_id
    assert len(desk.findings(1)) == 2
    assert desk.screen.tree.current() == Place(1, None)


def test_definition_kind_and_question_are_edited_in_the_inspector(desk: Desk) -> None:
    desk.screen.tree.choose(10)
    form = desk.inspector.theme
    form._definition.editor.setFocus()
    form._definition.editor.setPlainText("Who leads.")
    form._definition.editor.keep()
    form._set_kind("descriptive")
    form._set_question(1)
    theme = desk.screen.shown.contents.theme_by_id[10]
    assert (theme.definition, theme.kind.value, theme.question) == ("Who leads.", "descriptive", 1)


# -- filters, memos, empty states


def test_a_filter_is_shown_and_taken_away(desk: Desk) -> None:
    from evidence_app.services.synthesis.overview import Wanted

    desk.screen._filter(Wanted(unsupported=True))
    assert [line.support for line in desk.lines()] == ["No evidence"]
    assert desk.screen._bar._set.text() == "Without evidence"
    desk.screen._filter(Wanted(country="Atlantis"))
    assert desk.screen.page.currentWidget() is desk.screen.page.none_match
    desk.screen.page.none_match.button.click()
    assert len(desk.lines()) == 39


def test_the_filter_menu_offers_directions_countries_and_what_has_no_evidence(desk: Desk) -> None:
    bar = desk.screen._bar
    bar._fill()
    actions = {action.text(): action for action in bar._menu.actions()}
    actions["Gap"].trigger()
    assert {line.block.direction for line in desk.lines()} == {Direction.GAP}
    bar._fill()
    {action.text(): action for action in bar._menu.actions()}["Every direction"].trigger()
    assert len(desk.lines()) == 39


def test_a_memo_that_was_begun_waits_while_something_else_is_chosen(desk: Desk) -> None:
    desk.choose(0)
    desk.inspector.tabs.setCurrentIndex(1)
    desk.inspector.memos._new.setPlainText("Ask the second")
    desk.choose(1)
    assert desk.inspector.memos._new.toPlainText() == ""
    desk.choose(0)
    assert desk.inspector.memos._new.toPlainText() == "Ask the second"


def test_memo_and_history_of_the_chosen_thing(desk: Desk) -> None:
    line = desk.choose(0)
    desk.inspector.tabs.setCurrentIndex(1)
    desk.inspector.memos._new.setPlainText("Ask the second coder.")
    QTest.keyClick(desk.inspector.memos._new, KEYS.Key_Return, CTRL)
    (memo,) = desk.inspector.memos._shown
    assert (memo.text, memo.person) == ("Ask the second coder.", "Ada Reviewer")
    desk.keys(desk.screen.list, KEYS.Key_2)
    desk.inspector.tabs.setCurrentIndex(2)
    assert desk.inspector.history._shown[0].label.startswith("Set the direction to enabler")
    desk.choose(1)
    desk.inspector.tabs.setCurrentIndex(1)
    assert desk.inspector.memos._shown == ()
    assert line.block.id is not None


def test_an_empty_review_says_what_to_do_next(
    look: Look,
    parts: Parts,
    lanes: InlineLanes,
    preferences: Preferences,
    messages: RecordedMessages,
    tmp_path: Any,
) -> None:
    project = OpenProject(lanes, Project.create(tmp_path / "new.evidence", "New"))
    desk = shown_desk(look, parts, lanes, project, preferences, messages)
    assert desk.screen.page.currentWidget() is desk.screen.page.no_themes
    desk.screen.tree.setFocus()
    desk.screen.reload(frozenset())
    assert desk.screen.page.no_themes.button.hasFocus()
    desk.screen.tree.setFocus()
    desk.screen.take_focus()
    assert desk.screen.page.no_themes.button.hasFocus()
    desk.screen.new_finding()
    assert desk.said == ["Add a theme first: a review finding stands under one."]
    messages.answers = ["Trust"]
    desk.screen.page.no_themes.button.click()
    assert desk.screen.detail() == "1 theme, 0 citation anchors"
    desk.screen.new_finding()
    QTest.keyClicks(desk.statement, "Trust takes time.")
    desk.keys(desk.statement, KEYS.Key_Return)
    assert [line.block.text for line in desk.lines()] == ["Trust takes time."]
    for part in desk.screen.header_parts():
        part.deleteLater()
    desk.screen.close()
    desk.screen.deleteLater()
    project.close()


def test_a_place_asked_for_before_anything_is_read_is_shown_when_it_is(desk: Desk) -> None:
    block = desk.findings(17)[1]
    held, desk.screen.shown.synthesis = (
        desk.screen.shown.synthesis,
        type(desk.screen.shown.synthesis)(
            type(desk.screen.shown.contents)(review=desk.screen.shown.contents.review)
        ),
    )
    desk.screen.show_place(Subject("block", block.id or 0))
    assert desk.screen.list.current_block() is None
    desk.screen._show(held)
    assert desk.screen.list.current_block() == block.id


def test_keys_faster_than_the_writer_are_all_done_in_order(
    look: Look, parts: Parts, threaded_lanes: Any, sample_file: Path, tmp_path: Path,
    preferences: Preferences, messages: RecordedMessages, qtbot: QtBot,
) -> None:  # fmt: skip
    path = tmp_path / "beside.evidence"
    path.write_bytes(sample_file.read_bytes())
    opened: list[OpenProject] = []
    open_project(threaded_lanes, partial(Project.open, path), opened.append, pytest.fail)
    qtbot.wait_until(lambda: opened != [])
    desk = shown_desk(look, parts, threaded_lanes, opened[0], preferences, messages)
    refused: list[str] = []
    opened[0].refused.connect(refused.append)
    qtbot.wait_until(lambda: len(desk.lines()) == 39)
    line = desk.choose(0)
    order = [each.block.id for each in desk.lines()]
    desk.keys(desk.screen.list, *[KEYS.Key_Down] * 4, held=ALT)
    desk.keys(desk.screen.list, KEYS.Key_2, KEYS.Key_Right, KEYS.Key_Delete)
    desk.screen.reword_finding()
    QTest.keyClicks(desk.statement, " And more.")
    desk.keys(desk.statement, *[KEYS.Key_Left] * len(" And more."))
    desk.screen.split_finding()
    desk.screen.merge_findings()

    def done() -> bool:
        found = [each.block for each in desk.lines()]
        written = "Merged 2 review findings" in desk.said and len(found) == 39
        return written and found[4].text.endswith("And more.") and found[4].direction is Direction.ENABLER

    qtbot.wait_until(done, timeout=30_000)
    assert refused == []
    assert [each.block.id for each in desk.lines()][:6] == [*order[1:5], line.block.id, order[5]]
    assert desk.numbers(desk.lines()[4].block) == [[91, 93]]
    desk.screen.new_finding()
    QTest.keyClicks(desk.statement, "Fresh.")
    gap = desk.inspector.finding._direction.buttons["gap"]
    QTest.mouseClick(gap, Qt.MouseButton.LeftButton)
    qtbot.wait_until(
        lambda: (
            ("Fresh.", Direction.GAP) in [(each.block.text, each.block.direction) for each in desk.lines()]
        )
    )
    assert refused == []
    for part in desk.screen.header_parts():
        part.deleteLater()
    desk.screen.close()
    desk.screen.deleteLater()
    opened[0].close()
    threaded_lanes.close()


def test_exporting_the_summary_shows_its_pages_in_the_manuscript(desk: Desk) -> None:
    QTest.mouseClick(desk.screen.header_parts()[-1], Qt.MouseButton.LeftButton)
    assert desk.opened == [("manuscript", Subject("summary", 0))]
