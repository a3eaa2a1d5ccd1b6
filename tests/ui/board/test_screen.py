"""The theme board as a reviewer uses it: by mouse and by keyboard, each act one undo."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from evidence_app.domain.board import Board
from evidence_app.domain.coding import MemoKind
from evidence_app.services.coding import codebook
from evidence_app.services.synthesis import board_codes
from evidence_app.storage import coding_notes
from evidence_app.storage.project import Project
from evidence_app.ui.board.inspector import HISTORY, MEMOS, VERSIONS
from evidence_app.ui.board.link_dialog import CardFinder, LinkDialog
from evidence_app.ui.board.placing import Key, key_of
from evidence_app.ui.board.screen import BoardScreen
from evidence_app.ui.board.versions import BringBackDialog
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import Subject
from evidence_app.ui.widgets.fields import GrowingText
from tests.ui.board.large import large_board
from tests.ui.desks import Desk, Tools, shown
from tests.ui.doubles import nameless, unreachable

COMPLEXITY, VOICE, GOVERNANCE, TRUST = 1, 18, 6, 17


class BoardDesk(Desk[BoardScreen]):
    """The board, with its cards at hand."""

    def __init__(self, tools: Tools, project: OpenProject) -> None:
        super().__init__(tools, project, BoardScreen)

    @property
    def board(self) -> Board:
        """The board as it is shown."""
        return self.screen.canvas.board

    def card(self, kind: str, row: int, group: int = 0) -> Any:
        """Return a card."""
        return self.screen.canvas.cards[Key(kind, row, group)]

    def press(self, key: Qt.Key, kind: str, row: int, group: int = 0) -> None:
        """Press a key on a card."""
        self.card(kind, row, group).setFocus()
        QTest.keyClick(self.card(kind, row, group), key)

    def drag(self, card: Any, target: Any, ctrl: bool = False) -> None:
        """Drag a card onto another one, or to a point of the ground."""
        to = target if isinstance(target, QPoint) else target.geometry().topLeft() + QPoint(8, 8)
        keys = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
        for step in (QPoint(30, 30) + card.pos(), to, to):
            QTest.mouseMove(card, step - card.pos())
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, keys, to - card.pos())

    def groups_of(self, code: int) -> list[str]:
        """Return the names of the groups of a code."""
        return [each.name for each in self.board.groups_of(code)]

    def button(self, name: str) -> QAbstractButton:
        """Return the button of the inspector with this name."""
        buttons = self.screen.board_inspector.findChildren(QAbstractButton)
        return next(each for each in buttons if each.accessibleName() == name)

    def told(self) -> str:
        """Return all the texts of the inspector."""
        return self.words(self.screen.board_inspector)


@pytest.fixture
def desk(screen_tools: Tools, sample_file: Path, tmp_path: Path) -> Iterator[BoardDesk]:
    path = Path(shutil.copy(sample_file, tmp_path / "review.evidence"))
    with screen_tools.opened(path) as project:
        for name in ("Late money", "Trust lost", "Jokes"):
            project.do(codebook.new_code(name))
        with shown(BoardDesk(screen_tools, project)) as made:
            yield made


def test_the_sample_is_shown_with_its_overarching_theme_and_topics(desk: BoardDesk) -> None:
    assert desk.screen.title() == "Themes"
    assert desk.screen.detail() == "1 overarching theme, 3 analytic themes, 18 groups, 3 codes"
    told = desk.card("theme", COMPLEXITY).accessibleName()
    assert told == "Overarching Complexity of the commissioning landscape, 40 anchors, 41 reports"
    assert desk.card("theme", VOICE).accessibleName().startswith("Subtheme The collective voice, 25 anchors")
    assert desk.card("code", 1).accessibleName() == "Code Late money, 0 quotes, 0 reports, no group yet"
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []


def test_no_card_lies_on_another_one_at_any_zoom(desk: BoardDesk) -> None:
    desk.project.do(board_codes.put_codes(desk.board, desk.board.loose, desk.board.by_id[TRUST]))
    for zoom in (0.2, 0.4, 0.5, 0.65, 1.0, 1.7):
        desk.screen.canvas.set_zoom(zoom)
        cards = [card.geometry() for key, card in desk.screen.canvas.cards.items() if not key.group]
        assert not any(a.intersects(b) for at, a in enumerate(cards) for b in cards[at + 1 :])
        group = desk.card("group", TRUST).geometry()
        assert all(group.contains(desk.card("code", row, TRUST).geometry()) for row in (1, 2, 3))
    desk.screen.fit()
    assert desk.screen.canvas.zoom <= 1.0


def test_a_code_is_dragged_onto_a_group_and_with_ctrl_onto_another_too(desk: BoardDesk) -> None:
    desk.drag(desk.card("code", 1), desk.card("group", TRUST))
    assert desk.groups_of(1) == ["Trust"]
    desk.drag(desk.card("code", 1, TRUST), desk.card("group", GOVERNANCE), ctrl=True)
    assert desk.groups_of(1) == ["Trust", "Governance"]
    desk.drag(desk.card("code", 1, TRUST), desk.card("group", 16))
    assert desk.groups_of(1) == ["Governance", "Power"]
    desk.project.undo()
    assert desk.groups_of(1) == ["Trust", "Governance"]


def test_a_group_is_dragged_onto_a_theme_and_taken_away_again(desk: BoardDesk) -> None:
    desk.drag(desk.card("group", GOVERNANCE), desk.card("theme", VOICE))
    assert [each.id for each in desk.board.parents_of(GOVERNANCE)] == [COMPLEXITY, VOICE]
    assert desk.said == ["“Governance” is part of “The collective voice” now"]
    desk.screen.canvas.show_card(Key("theme", VOICE))
    assert "Governance" in desk.told()
    desk.screen.acts.unlink(desk.board.by_id[GOVERNANCE], desk.board.by_id[VOICE])
    assert [each.id for each in desk.board.parents_of(GOVERNANCE)] == [COMPLEXITY]


def test_a_card_stays_where_it_is_put_until_the_cards_are_put_in_order(desk: BoardDesk) -> None:
    card = desk.card("group", TRUST)
    before = card.geometry()
    desk.drag(card, QPoint(before.x() + 40, desk.card("code", 1).geometry().bottom() + 4))
    assert card.geometry().topLeft() != before.topLeft()
    desk.screen.order_cards()
    assert card.geometry() == before


def test_codes_are_grouped_by_keyboard(desk: BoardDesk) -> None:
    desk.messages.answers = ["Money and time"]
    desk.press(Qt.Key.Key_Space, "code", 1)
    desk.press(Qt.Key.Key_Space, "code", 3)
    desk.screen.group_codes()
    group = next(each for each in desk.board.groups if each.name == "Money and time")
    assert [code.id for code in desk.board.codes_of(group.id)] == [1, 3]
    assert desk.messages.asked == ["What do 2 codes have in common?"]
    assert desk.screen.canvas.current == Key("group", group.id)
    desk.project.undo()
    assert desk.groups_of(1) == []


def test_a_card_is_linked_by_keyboard_and_may_speak_against(desk: BoardDesk) -> None:
    desk.screen.canvas.show_card(Key("theme", VOICE))

    def choose(dialog: Any) -> bool:
        dialog.filter.setText("trust")
        dialog.ways.buttons["contradicts"].click()
        assert not dialog.note.isHidden()
        dialog.note.editor.setText("Trust is said to come first")
        QTest.keyClick(dialog.filter, Qt.Key.Key_Return)
        return True

    desk.messages.answers = [choose]
    desk.screen.link_card()
    (relation,) = desk.board.relations
    assert (relation.theme_a, relation.theme_b, relation.words) == (VOICE, TRUST, "speaks against")
    assert "Trust is said to come first" in desk.told()
    desk.screen.acts.unrelate(relation)
    assert desk.board.relations == ()


def test_a_code_is_put_under_a_group_by_keyboard(desk: BoardDesk) -> None:
    desk.screen.canvas.show_card(Key("code", 2))

    def choose(dialog: Any) -> bool:
        dialog.filter.setText("trust")
        dialog.take()
        return True

    desk.messages.answers = [choose]
    desk.screen.link_card()
    assert desk.groups_of(2) == ["Trust"]
    assert desk.screen.canvas.current == Key("code", 2, TRUST)
    desk.screen.take_out()
    assert desk.groups_of(2) == []


def test_arrows_go_from_card_to_card_and_enter_renames(desk: BoardDesk) -> None:
    desk.messages.answers = ["The voice of all"]
    desk.press(Qt.Key.Key_Right, "theme", COMPLEXITY)
    assert desk.screen.canvas.current == Key("theme", 10)
    desk.press(Qt.Key.Key_Down, "theme", COMPLEXITY)
    assert desk.screen.canvas.current == Key("group", 2)
    desk.press(Qt.Key.Key_Return, "theme", VOICE)
    assert desk.board.by_id[VOICE].name == "The voice of all"
    desk.project.undo()
    assert desk.board.by_id[VOICE].name == "The collective voice"


def test_a_theme_is_added_and_taken_out(desk: BoardDesk) -> None:
    desk.messages.answers = ["Money first", True]
    desk.screen.new_theme()
    key = desk.screen.canvas.current
    assert key is not None
    assert desk.board.by_id[key.row].name == "Money first"
    desk.screen.take_out()
    says = "No review finding stands under it. Its codes stay in the code book."
    assert desk.messages.asked[-1] == f"Take “Money first” out? {says} [Take it out]"
    assert key.row not in desk.board.by_id
    desk.project.undo()
    assert key.row in desk.board.by_id


def test_a_version_tells_what_changed_since(desk: BoardDesk) -> None:
    desk.messages.answers = ["Before"]
    desk.screen.keep_version()
    assert desk.said == ["The version is kept"]
    desk.screen.canvas.show_card(Key("theme", VOICE))
    desk.screen.acts.describe(desk.board.by_id[VOICE], {"proposition": "Voices count."})
    assert "Proposition of The collective voice written" in desk.told()
    desk.screen.board_inspector.tabs.setCurrentIndex(VERSIONS)
    assert "Kept by Ada Reviewer, " in desk.told()
    assert "Proposition of The collective voice written" in desk.told()


def test_a_version_is_brought_back_after_a_look_at_what_that_does(desk: BoardDesk) -> None:
    desk.messages.answers = ["Before"]
    desk.screen.keep_version()
    desk.screen.canvas.show_card(Key("code", 1))
    desk.project.do(board_codes.put_codes(desk.board, list(desk.board.loose), desk.board.by_id[TRUST]))
    desk.project.do(codebook.remove_codes([desk.board.code_by_id[2]], list(desk.board.codes), []))
    seen: list[str] = []

    def look(dialog: BringBackDialog) -> bool:
        dialog.show()
        seen.append(desk.words(dialog))
        assert nameless(dialog) == []
        return len(seen) > 1

    desk.messages.answers = [look, look]
    desk.screen.board_inspector.tabs.setCurrentIndex(VERSIONS)
    back = desk.button("Bring back the version Before")
    back.click()
    assert desk.groups_of(1) == ["Trust"]
    assert "The code “Trust lost” was taken out of the code book since: it does not come back." in seen[0]
    assert "Code Late money put under Trust | Ada Reviewer, " in seen[0]
    desk.button("Bring back the version Before").click()
    assert (desk.groups_of(1), desk.said[-1]) == ([], "The board is as “Before” keeps it")
    desk.project.undo()
    assert desk.groups_of(1) == ["Trust"]
    desk.project.redo()
    desk.button("Bring back the version Before").click()
    assert desk.said[-1].startswith("Themes, links and places are as “Before” keeps them. The code “Trust")


def test_memos_and_history_stand_beside_the_card(desk: BoardDesk) -> None:
    inspector = desk.screen.board_inspector
    desk.screen.canvas.show_card(Key("theme", VOICE))
    desk.screen.acts.describe(desk.board.by_id[VOICE], {"proposition": "Voices count."})
    inspector.tabs.setCurrentIndex(MEMOS)
    inspector.memos._kind.setCurrentIndex(3)
    inspector.memos._new.setPlainText("Think of power.")
    QTest.keyClick(inspector.memos._new, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (memo,) = coding_notes.memos(desk.project.reader, "theme", VOICE)
    assert (memo.kind, memo.text, memo.person) == (MemoKind.THEORY, "Think of power.", "Ada Reviewer")
    assert inspector.tabs.bar.tabText(MEMOS) == "Memos 1"
    assert "Theory · Ada Reviewer" in desk.told()
    inspector.tabs.setCurrentIndex(HISTORY)
    assert "Set the proposition of “The collective voice”" in desk.told()
    desk.screen.canvas.show_card(Key("code", 1))
    assert "Add the code “Late money”" in desk.told()
    assert inspector.tabs.bar.tabText(MEMOS) == "Memos"
    inspector.history._tell()
    assert desk.gone_to[-1][0] == "history"


def test_the_whole_board_is_built_with_the_keys_alone(desk: BoardDesk) -> None:
    canvas = desk.screen.canvas
    ctrl = Qt.KeyboardModifier.ControlModifier

    def find(name: str) -> Callable[[CardFinder], bool]:
        def answer(finder: CardFinder) -> bool:
            QTest.keyClicks(finder.filter, name)
            QTest.keyClick(finder.filter, Qt.Key.Key_Return)
            return True

        return answer

    desk.messages.answers = [find("late")]
    desk.screen.handlers()["find"]()
    assert canvas.current == Key("code", 1)
    desk.keys(canvas.cards[Key("code", 1)], Qt.Key.Key_Up, held=ctrl)
    (first,) = desk.board.groups_of(1)
    assert canvas.current == Key("code", 1, first.id)
    assert canvas.cards[Key("code", 1, first.id)].hasFocus()
    desk.keys(canvas.cards[Key("code", 1, first.id)], Qt.Key.Key_Right, held=ctrl)
    (second,) = desk.board.groups_of(1)
    assert second.id != first.id
    assert canvas.current == Key("code", 1, second.id)
    for group in (first, second):
        desk.keys(canvas.cards[key_of(group)], Qt.Key.Key_Space)
    desk.messages.answers = ["Both together"]
    desk.screen.new_theme()
    assert desk.messages.asked[-1].startswith("What do 2 groups come to together? It becomes a subtheme of")
    made = next(each for each in desk.board.above if each.name == "Both together")
    assert {each.id for each in desk.board.children_of(made.id)} == {first.id, second.id}
    assert canvas.current == key_of(made)
    assert not canvas.marks
    before = canvas.cards[key_of(made)].geometry()
    desk.keys(canvas.cards[key_of(made)], Qt.Key.Key_Right, held=ctrl)
    assert canvas.cards[key_of(made)].geometry().left() > before.left()
    desk.keys(canvas.cards[key_of(made)], Qt.Key.Key_End)
    assert canvas.current == list(canvas.cards)[-1]
    desk.keys(canvas.cards[list(canvas.cards)[-1]], Qt.Key.Key_Home)
    assert canvas.current == next(iter(canvas.cards))


def test_several_groups_are_linked_at_once_and_let_go_with_escape(desk: BoardDesk) -> None:
    canvas = desk.screen.canvas
    for row in (TRUST, GOVERNANCE):
        desk.press(Qt.Key.Key_Space, "group", row)
    desk.press(Qt.Key.Key_Escape, "group", GOVERNANCE)
    assert not canvas.marks
    for row in (TRUST, GOVERNANCE):
        desk.press(Qt.Key.Key_Space, "group", row)

    def choose(dialog: LinkDialog) -> bool:
        dialog.filter.setText("voice")
        QTest.keyClick(dialog.filter, Qt.Key.Key_Return)
        return True

    desk.messages.answers = [choose]
    desk.screen.link_card()
    assert {TRUST, GOVERNANCE} <= {each.id for each in desk.board.children_of(VOICE)}
    desk.project.undo()
    assert not {TRUST, GOVERNANCE} & {each.id for each in desk.board.children_of(VOICE)}


def test_a_board_of_200_codes_is_found_through_and_repaints_only_what_a_drag_touches(
    screen_tools: Tools, tmp_path: Path
) -> None:
    large = Project.create(tmp_path / "large.evidence", "Large", screen_tools.acting)
    large.apply(large_board())
    with screen_tools.opened(large) as project, shown(BoardDesk(screen_tools, project)) as desk:
        canvas = desk.screen.canvas
        assert len(canvas.cards) == 230
        cards = [card.geometry() for key, card in canvas.cards.items() if not key.group]
        assert not any(a.intersects(b) for at, a in enumerate(cards) for b in cards[at + 1 :])

        def find(finder: CardFinder) -> bool:
            QTest.keyClicks(finder.filter, "number 177")
            QTest.keyClick(finder.filter, Qt.Key.Key_Return)
            return True

        desk.messages.answers = [find]
        desk.screen.find_card()
        assert canvas.current is not None
        found = canvas.cards[canvas.current]
        assert found.accessibleName() == "Code Code number 177, 0 quotes, 0 reports, in Group 9"
        assert not found.visibleRegion().isEmpty()
        bar = canvas.verticalScrollBar()
        before = bar.value()
        desk.keys(found, Qt.Key.Key_PageUp)
        above = bar.value()
        assert above < before
        desk.keys(found, Qt.Key.Key_PageDown)
        assert bar.value() > above
        canvas.show_whole(found)
        painted = Painted(canvas.ground)
        QTest.mousePress(found, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
        for step in range(6):
            QTest.mouseMove(found, QPoint(9 + 20 + step, 9 + 20))
            QApplication.processEvents()
        assert painted.largest < canvas.viewport().width() * canvas.viewport().height() / 2
        QTest.keyClick(found, Qt.Key.Key_Escape)
        assert desk.board.groups_of(canvas.current.row)[0].name == "Group 9"


class Painted(QObject):
    """Remembers how much of a widget was painted at once, at the most."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.largest = 0
        QApplication.processEvents()
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure what is painted."""
        if isinstance(event, QPaintEvent):
            room = event.rect()
            self.largest = max(self.largest, room.width() * room.height())
        return super().eventFilter(watched, event)


def test_only_the_links_of_the_chosen_card_are_shown_when_asked(desk: BoardDesk) -> None:
    canvas = desk.screen.canvas
    canvas.show_card(Key("group", TRUST))
    assert [line.above.row for line in canvas.lines if canvas.near(line)] == [13]
    desk.screen.links.buttons["chosen"].click()
    assert not canvas.all_links


def test_the_list_opens_at_the_chosen_theme(desk: BoardDesk) -> None:
    desk.screen.show_place(Subject("theme", VOICE))
    desk.screen.views.buttons["list"].click()
    assert desk.gone_to == [("themes", Subject("theme", VOICE))]


def test_an_empty_board_says_how_it_begins(screen_tools: Tools, tmp_path: Path) -> None:
    empty = Project.create(tmp_path / "empty.evidence", "Empty", screen_tools.acting)
    with screen_tools.opened(empty) as project, shown(BoardDesk(screen_tools, project)) as desk:
        assert desk.screen.detail() == ""
        desk.messages.answers = ["First"]
        desk.screen.new_theme()
        assert desk.screen.detail() == "1 analytic theme, 0 groups, 0 codes"


def test_single_letters_work_on_a_card_and_are_typed_in_a_field(desk: BoardDesk) -> None:
    desk.screen.activateWindow()
    QTest.qWaitForWindowActive(desk.screen)
    desk.messages.answers = ["Made with G", "Made with N"]
    desk.press(Qt.Key.Key_G, "code", 1)
    desk.press(Qt.Key.Key_N, "code", 2)
    names = [each.name for each in desk.board.themes]
    assert names[-2:] == ["Made with G", "Made with N"]
    editor = desk.screen.board_inspector.theme.proposition.editor
    assert isinstance(editor, GrowingText)
    editor.setFocus()
    for key in (Qt.Key.Key_G, Qt.Key.Key_L, Qt.Key.Key_0, Qt.Key.Key_Delete):
        QTest.keyClick(editor, key)
    assert editor.toPlainText() == "gl0"
    assert len(desk.board.themes) == len(names)
    desk.screen.leave()
    assert any(each.proposition == "gl0" for each in desk.board.themes)
