"""Several cards of the board at once, codes in order, a large board that fits: by mouse and by keyboard."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from evidence_app.domain.board import Board
from evidence_app.services.coding import codebook
from evidence_app.services.synthesis import board_codes
from evidence_app.storage.project import Project
from evidence_app.ui.board.placing import Key
from evidence_app.ui.board.screen import BoardScreen
from evidence_app.ui.widgets.buttons import Button, Tool
from tests.ui.board.large import large_board
from tests.ui.desks import Desk, Tools, shown
from tests.ui.doubles import nameless, unreachable

VOICE, GOVERNANCE, TRUST, POWER = 18, 6, 17, 16
KEYS, HELD = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton
PLAIN = HELD.NoModifier


class Together(Desk[BoardScreen]):
    """The board of the sample with five codes, three of them under Trust."""

    @property
    def board(self) -> Board:
        return self.screen.canvas.board

    def card(self, key: Key) -> Any:
        return self.screen.canvas.cards[key]

    def names(self, group: int) -> list[str]:
        return [code.name for code in self.board.codes_of(group)]

    def click(self, key: Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.mouseClick(self.card(key), LEFT, held, QPoint(9, 9))

    def drag(self, key: Key, to: QPoint, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Drag a card by its corner to a point of the ground."""
        card = self.card(key)
        QTest.mousePress(card, LEFT, pos=QPoint(9, 9))
        for spot in (card.pos() + QPoint(30, 30), to, to):
            QTest.mouseMove(card, spot - card.pos())
        QTest.mouseRelease(card, LEFT, held, to - card.pos())

    def band(self, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Draw a band on the ground."""
        ground = self.screen.canvas.ground
        QTest.mousePress(ground, LEFT, held, start)
        for spot in ((start + end) / 2, end):
            QTest.mouseMove(ground, spot)
        QTest.mouseRelease(ground, LEFT, held, end)

    def told(self) -> set[Key]:
        return set(self.screen.canvas.marks)


@pytest.fixture
def desk(screen_tools: Tools, sample_file: Path, tmp_path: Path) -> Iterator[Together]:
    path = Path(shutil.copy(sample_file, tmp_path / "review.evidence"))
    with screen_tools.opened(path) as project:
        for name in ("Late money", "Trust lost", "Jokes", "Time", "Tea"):
            project.do(codebook.new_code(name))
        with shown(Together(screen_tools, project, BoardScreen)) as made:
            held = made.board
            project.do(board_codes.put_codes(held, held.loose[:3], held.by_id[TRUST]))
            made.screen.activateWindow()
            QTest.qWaitForWindowActive(made.screen)
            yield made


def code(row: int, group: int = TRUST) -> Key:
    return Key("code", row, group)


def test_codes_are_put_in_order_by_key_and_keep_the_keyboard(desk: Together) -> None:
    desk.card(code(3)).setFocus()
    desk.keys(desk.card(code(3)), KEYS.Key_Up, held=HELD.AltModifier)
    assert desk.names(TRUST) == ["Late money", "Jokes", "Trust lost"]
    assert desk.card(code(3)).hasFocus()
    desk.keys(desk.card(code(3)), KEYS.Key_Up, held=HELD.AltModifier)
    desk.keys(desk.card(code(3)), KEYS.Key_Up, held=HELD.AltModifier)
    assert desk.names(TRUST) == ["Jokes", "Late money", "Trust lost"]
    tops = [desk.card(code(row)).y() for row in (3, 1, 2)]
    assert tops == sorted(tops)
    desk.keys(desk.card(code(3)), KEYS.Key_Down, held=HELD.AltModifier)
    assert desk.names(TRUST) == ["Late money", "Jokes", "Trust lost"]
    for names in (["Jokes", "Late money", "Trust lost"], ["Late money", "Jokes", "Trust lost"]):
        desk.project.undo()
        assert desk.names(TRUST) == names
    desk.project.redo()
    assert desk.names(TRUST) == ["Jokes", "Late money", "Trust lost"]
    desk.screen.canvas.show_card(Key("code", 4))
    desk.screen.code_up()
    assert desk.said[-1] == "Choose a code in a group first: codes have an order there."


def test_several_codes_go_up_together(desk: Together) -> None:
    desk.card(code(2)).setFocus()
    desk.keys(desk.card(code(2)), KEYS.Key_Down, held=HELD.ShiftModifier)
    assert desk.told() == {code(2), code(3)}
    desk.screen.code_up()
    assert desk.names(TRUST) == ["Trust lost", "Jokes", "Late money"]
    assert desk.told() == {code(2), code(3)}
    desk.screen.code_down()
    assert desk.names(TRUST) == ["Late money", "Trust lost", "Jokes"]


def test_a_code_is_dragged_to_another_place_of_its_group(desk: Together) -> None:
    line = desk.screen.canvas.dragging.line
    first = desk.card(code(1)).geometry()
    card = desk.card(code(3))
    QTest.mousePress(card, LEFT, pos=QPoint(9, 9))
    for spot in (QPoint(20, 20), first.topLeft() + QPoint(9, 2) - card.pos()):
        QTest.mouseMove(card, spot)
    assert line.isVisible()
    assert abs(line.y() - first.top()) < 12
    QTest.mouseRelease(card, LEFT, PLAIN, first.topLeft() + QPoint(9, 2) - card.pos())
    assert not line.isVisible()
    assert desk.names(TRUST) == ["Jokes", "Late money", "Trust lost"]
    desk.project.undo()
    assert desk.names(TRUST) == ["Late money", "Trust lost", "Jokes"]
    told = "Topic Trust, 7 anchors, 10 reports, 0 quotes in 3 codes, part of Navigating relationships"
    assert desk.card(Key("group", TRUST)).accessibleName() == told
    last = desk.card(code(3)).geometry()
    desk.drag(code(1), QPoint(last.left() + 9, last.bottom()))
    assert desk.names(TRUST) == ["Trust lost", "Jokes", "Late money"]


def test_a_code_from_elsewhere_comes_to_the_place_it_is_dropped_at(desk: Together) -> None:
    second = desk.card(code(2)).geometry()
    desk.drag(Key("code", 4), QPoint(second.left() + 9, second.top() + 2))
    assert desk.names(TRUST) == ["Late money", "Time", "Trust lost", "Jokes"]


def test_cards_of_all_kinds_are_chosen_with_ctrl_and_let_go_with_a_click(desk: Together) -> None:
    keys = [Key("theme", VOICE), Key("group", POWER), Key("code", 4), code(1)]
    for key in keys:
        desk.click(key, HELD.ControlModifier)
    assert desk.told() == set(keys)
    assert desk.screen.detail().endswith(" · 4 chosen together")
    desk.click(code(1), HELD.ControlModifier)
    assert desk.told() == set(keys[:3])
    desk.click(Key("group", POWER))
    assert desk.told() == set()
    assert "together" not in desk.screen.detail()
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []


def test_shift_and_arrows_choose_on_and_back(desk: Together) -> None:
    desk.card(code(1)).setFocus()
    for _ in range(2):
        desk.keys(desk.card(desk.screen.canvas.current or code(1)), KEYS.Key_Down, held=HELD.ShiftModifier)
    assert desk.told() == {code(1), code(2), code(3)}
    desk.keys(desk.card(code(3)), KEYS.Key_Up, held=HELD.ShiftModifier)
    assert desk.told() == {code(1), code(2)}
    desk.click(Key("theme", VOICE), HELD.ShiftModifier)
    desk.keys(desk.card(Key("theme", VOICE)), KEYS.Key_Escape)
    assert desk.told() == set()


def test_a_band_chooses_what_it_holds(desk: Together) -> None:
    group = desk.card(Key("group", TRUST)).geometry()
    desk.band(group.topLeft() - QPoint(5, 5), group.bottomRight() + QPoint(4, 4))
    assert Key("group", TRUST) in desk.told()
    assert not any(key.group for key in desk.told())
    assert desk.card(next(key for key in desk.screen.canvas.cards if key in desk.told())).hasFocus()
    first = desk.card(code(1)).geometry()
    desk.band(group.topLeft() - QPoint(5, 5), QPoint(group.right() - 20, first.center().y()))
    assert desk.told() == {code(1)}
    loose = desk.card(Key("code", 4)).geometry()
    desk.band(loose.topLeft() - QPoint(4, 4), loose.center(), HELD.ShiftModifier)
    assert desk.told() == {code(1), Key("code", 4)}
    desk.band(QPoint(2, 2), QPoint(3, 3))
    assert desk.told() == set()


def test_groups_and_codes_are_dragged_under_a_theme_together(desk: Together) -> None:
    for key in (Key("group", POWER), Key("group", GOVERNANCE), Key("code", 4), code(1)):
        desk.click(key, HELD.ControlModifier)
    desk.messages.answers = ["Loose ends"]
    theme = desk.card(Key("theme", VOICE)).geometry()
    desk.drag(Key("group", POWER), theme.center())
    asked = "What do 2 codes have in common? It becomes part of “The collective voice”."
    assert desk.messages.asked[-1] == asked
    under = {each.name for each in desk.board.children_of(VOICE)}
    assert {"Power", "Governance", "Loose ends"} <= under
    made = next(each.id for each in desk.board.groups if each.name == "Loose ends")
    assert (desk.names(made), desk.names(TRUST)) == (["Late money", "Time"], ["Trust lost", "Jokes"])
    assert desk.said == ["Put 2 groups and 2 codes under “The collective voice”"]
    assert desk.told() == set()
    desk.project.undo()
    assert desk.names(TRUST) == ["Late money", "Trust lost", "Jokes"]
    assert not {"Power", "Loose ends"} & {each.name for each in desk.board.children_of(VOICE)}


def test_cards_chosen_together_are_put_under_one_by_key(desk: Together) -> None:
    for key in (Key("group", POWER), Key("code", 4)):
        desk.keys(desk.card(key), KEYS.Key_Space)

    def choose(dialog: Any) -> bool:
        assert dialog.windowTitle() == "Put 1 group and 1 code under"
        dialog.filter.setText("governance")
        dialog.take()
        return True

    desk.messages.answers = [choose]
    desk.screen.link_card()
    assert desk.names(GOVERNANCE) == ["Time"]
    assert GOVERNANCE in [each.id for each in desk.board.parents_of(POWER)]


def test_a_theme_is_dragged_onto_an_overarching_one_only(desk: Together) -> None:
    relationships, leaders = Key("theme", 13), Key("theme", 10)
    over = next(each for each in desk.board.above if each.theme.kind.value == "overarching")
    desk.screen.acts.unlink(desk.board.by_id[13], over)
    desk.drag(relationships, desk.card(leaders).geometry().center())
    assert desk.board.parents_of(13) == ()
    desk.screen.order_cards()
    desk.drag(relationships, desk.card(Key("theme", over.id)).geometry().center())
    assert [each.id for each in desk.board.parents_of(13)] == [over.id]


def test_codes_of_several_groups_move_together_each_from_its_own(desk: Together) -> None:
    desk.project.do(board_codes.put_codes(desk.board, [desk.board.code_by_id[4]], desk.board.by_id[POWER]))
    for key in (code(1), Key("code", 4, POWER), Key("code", 5)):
        desk.click(key, HELD.ControlModifier)
    spot = desk.card(Key("group", GOVERNANCE)).geometry().center()
    desk.drag(code(1), spot)
    assert desk.names(GOVERNANCE) == ["Time", "Late money", "Tea"]
    assert (desk.names(TRUST), desk.names(POWER)) == (["Trust lost", "Jokes"], [])


def test_cards_chosen_together_keep_their_distance_on_empty_ground(desk: Together) -> None:
    keys = [Key("group", POWER), Key("group", GOVERNANCE)]
    before = [desk.card(key).pos() for key in keys]
    for key in keys:
        desk.click(key, HELD.ControlModifier)
    bottom = desk.card(Key("code", 5)).geometry().bottom()
    desk.drag(keys[0], QPoint(before[0].x() + 30, bottom + 12))
    moved = [desk.card(key).pos() - was for key, was in zip(keys, before, strict=True)]
    assert (moved[0] - moved[1]).manhattanLength() <= 2
    assert moved[0].y() > 40
    assert len(desk.board.places) == 2
    desk.keys(desk.card(keys[0]), KEYS.Key_Down, held=HELD.ControlModifier)
    after = [desk.card(key).pos() - was for key, was in zip(keys, before, strict=True)]
    assert (after[0] - after[1]).manhattanLength() <= 2
    assert after[0].y() > moved[0].y()
    for _ in range(2):
        desk.project.undo()
    assert not desk.board.places


def test_codes_dragged_onto_empty_ground_leave_their_groups(desk: Together) -> None:
    for key in (code(1), code(2), Key("code", 5)):
        desk.click(key, HELD.ControlModifier)
    bottom = desk.card(Key("code", 5)).geometry().bottom()
    desk.drag(code(1), QPoint(60, bottom + 12))
    assert desk.names(TRUST) == ["Jokes"]
    desk.project.undo()
    assert desk.names(TRUST) == ["Late money", "Trust lost", "Jokes"]


def test_several_cards_are_taken_out_one_by_one_and_codes_at_once(desk: Together) -> None:
    for key in (Key("group", POWER), Key("group", GOVERNANCE)):
        desk.click(key, HELD.ControlModifier)
    desk.screen.take_out()
    assert desk.said[-1] == "Themes and groups are taken out one by one. Esc lets the others go."
    desk.screen.canvas.unmark()
    for key in (code(1), code(3)):
        desk.click(key, HELD.ControlModifier)
    desk.screen.take_out()
    assert desk.names(TRUST) == ["Trust lost"]


def test_the_chosen_card_stays_in_sight_while_the_keys_zoom(desk: Together) -> None:
    canvas, key = desk.screen.canvas, Key("group", TRUST)
    canvas.show_card(key)
    for act in (desk.screen.zoom_in, desk.screen.zoom_in, desk.screen.zoom_out, desk.screen.zoom_in) * 2:
        act()
        assert not desk.card(key).visibleRegion().isEmpty()


def test_what_is_seen_is_moved_with_the_middle_button(desk: Together) -> None:
    canvas = desk.screen.canvas
    canvas.set_zoom(2.0)
    bar = canvas.verticalScrollBar()
    bar.setValue(100)
    card = desk.card(Key("group", TRUST))
    for part in (canvas.ground, card):
        before = bar.value()
        spot = part.mapFromGlobal(canvas.viewport().mapToGlobal(QPoint(300, 300)))
        QTest.mousePress(part, Qt.MouseButton.MiddleButton, pos=spot)
        QTest.mouseMove(part, spot - QPoint(0, 40))
        QTest.mouseRelease(part, Qt.MouseButton.MiddleButton, pos=spot)
        assert bar.value() == before + 40
    assert desk.told() == set()


def test_a_board_of_200_codes_and_30_groups_fits_with_names_colours_and_counts(
    screen_tools: Tools, tmp_path: Path
) -> None:
    large = Project.create(tmp_path / "large.evidence", "Large", screen_tools.acting)
    large.apply(large_board(groups=30))
    with screen_tools.opened(large) as project, shown(Together(screen_tools, project, BoardScreen)) as desk:
        canvas = desk.screen.canvas
        desk.screen.fit()
        room = canvas.viewport().rect()
        assert canvas.zoom < 0.66
        assert canvas.letters.are_blocks
        for card in canvas.cards.values():
            assert room.contains(card.geometry().translated(canvas.ground.pos()))
        group = next(key for key in canvas.cards if key.kind == "group")
        codes = [card for key, card in canvas.cards.items() if key.group == group.row]
        assert all(desk.card(group).geometry().contains(card.geometry()) for card in codes)
        assert codes[0].toolTip().startswith("Code number")
        free = [card.geometry() for key, card in canvas.cards.items() if not key.group]
        assert not any(a.intersects(b) for at, a in enumerate(free) for b in free[at + 1 :])
        canvas.set_zoom(0.2)
        assert not canvas.letters.name_codes
        tool = next(
            each for each in desk.screen.findChildren(Tool) if each.accessibleName() == "Board larger"
        )
        tool.click()
        assert not canvas.fits
        size = next(each for each in desk.screen.findChildren(Button) if each.text().endswith(" %"))
        assert size.text() == f"{canvas.percent} %"
        size.click()
        assert canvas.fits


def test_an_answer_that_was_overtaken_forgets_nothing_that_was_changed(desk: Together) -> None:
    screen = desk.screen
    screen._changed, screen._asks = frozenset(("theme",)), 5
    screen._came((desk.board, 4))
    assert screen._changed == {"theme"}
    desk.screen.canvas.show_card(code(3))
    screen.code_up()
    assert desk.names(TRUST) == ["Late money", "Jokes", "Trust lost"]
    assert screen._changed == frozenset()
