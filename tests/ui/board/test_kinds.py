"""What sort of theme a card is: set in the inspector and with a key, and what becomes a subtheme."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from evidence_app.domain.board import BoardTheme
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.services.coding import codebook
from evidence_app.services.synthesis import board as acts
from evidence_app.storage.project import Project
from evidence_app.ui.board.placing import key_of
from evidence_app.ui.board.screen import BoardScreen
from tests.ui.desks import Desk, Tools, shown
from tests.ui.doubles import nameless, unreachable


class KindDesk(Desk[BoardScreen]):
    """The board of a review that has two analytic themes and one code."""

    def theme(self, name: str) -> BoardTheme:
        """Return a theme of the board."""
        return next(each for each in self.screen.canvas.board.themes if each.name == name)

    def choose(self, name: str) -> None:
        """Choose the card of a theme."""
        self.screen.canvas.show_card(key_of(self.theme(name)))
        QApplication.processEvents()

    def press(self, word: str) -> None:
        """Press one of the kinds in the inspector."""
        buttons = self.screen.board_inspector.theme.kind.findChildren(QAbstractButton)
        QTest.mouseClick(next(each for each in buttons if each.text() == word), Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[KindDesk]:
    made = Project.create(tmp_path / "review.evidence", "Review", screen_tools.acting)
    with screen_tools.opened(made) as opened:
        opened.do(codebook.new_code("Late money"))
        with shown(KindDesk(screen_tools, opened, BoardScreen)) as desk:
            for name in ("Landscape", "Leaders"):
                opened.do(acts.new_theme(desk.screen.canvas.board, name))
            yield desk


def test_a_theme_is_made_overarching_in_the_inspector_and_back_with_undo(desk: KindDesk) -> None:
    desk.choose("Landscape")
    desk.press("Overarching")
    assert desk.theme("Landscape").theme.kind is ThemeKind.OVERARCHING
    assert "to make subthemes" in desk.said[-1]
    assert desk.screen.detail() == "1 overarching theme, 1 analytic theme, 0 groups, 1 code"
    desk.project.undo()
    assert desk.theme("Landscape").theme.kind is ThemeKind.ANALYTIC


def test_the_key_offers_the_kinds_of_the_chosen_theme(desk: KindDesk) -> None:
    desk.choose("Landscape")
    card = desk.screen.canvas.cards[key_of(desk.theme("Landscape"))]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_K)
    menu = desk.screen.canvas.findChild(QMenu)
    assert menu is not None
    assert [act.text() for act in menu.actions() if act.isChecked()] == ["&Analytic"]
    QTest.keyClick(menu, Qt.Key.Key_O)
    assert desk.theme("Landscape").theme.kind is ThemeKind.OVERARCHING


def test_a_new_theme_is_a_subtheme_of_the_overarching_one(desk: KindDesk) -> None:
    desk.choose("Landscape")
    desk.press("Overarching")
    desk.messages.answers = ["The collective voice"]
    desk.screen.new_theme()
    made = desk.theme("The collective voice")
    assert desk.screen.canvas.board.kind_words(made) == "Subtheme"
    desk.choose("The collective voice")
    told = desk.words(desk.screen.board_inspector)
    assert "Subtheme of Landscape" in told
    assert "No subtheme yet" not in told


def test_a_theme_beside_the_overarching_one_says_how_it_becomes_a_subtheme(desk: KindDesk) -> None:
    desk.choose("Landscape")
    desk.press("Overarching")
    desk.choose("Leaders")
    assert "No subtheme yet: drag it onto Landscape, or press L." in desk.words(desk.screen.board_inspector)


def test_every_part_has_a_name_and_is_reached(desk: KindDesk) -> None:
    desk.choose("Landscape")
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []


def test_a_theme_that_is_dragged_onto_the_overarching_one_is_its_subtheme(desk: KindDesk) -> None:
    desk.choose("Landscape")
    desk.press("Overarching")
    cards = desk.screen.canvas.cards
    card, target = cards[key_of(desk.theme("Leaders"))], cards[key_of(desk.theme("Landscape"))]
    to = target.geometry().center()
    QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    for step in (card.pos() + QPoint(30, 30), to, to):
        QTest.mouseMove(card, step - card.pos())
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=to - card.pos())
    QApplication.processEvents()
    assert desk.screen.canvas.board.kind_words(desk.theme("Leaders")) == "Subtheme"
    desk.project.undo()
    assert desk.screen.canvas.board.kind_words(desk.theme("Leaders")) == "Analytic"
