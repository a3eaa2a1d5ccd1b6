"""The words of the summary are edited beside the findings, each act one undo."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from evidence_app.domain.manuscript import Text
from evidence_app.domain.passages import Passage, PassageCitation
from evidence_app.services.synthesis import passages
from evidence_app.storage.contents import review_contents
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.themes.passage_card import PassageCard
from evidence_app.ui.themes.screen import ThemesScreen
from evidence_app.ui.widgets.parts import Parts
from tests.summaries import summary_html
from tests.ui.doubles import RecordedMessages, nameless, unreachable

KEYS = Qt.Key


class Desk:
    """The words of the summary on a shown Themes screen."""

    def __init__(self, look: Look, parts: Parts, lanes: InlineLanes, project: OpenProject,
                 preferences: Preferences, messages: RecordedMessages) -> None:  # fmt: skip
        self.opened: list[tuple[str, Subject | None]] = []
        self.project = project
        context = ScreenContext(look, parts, lanes, project, preferences, messages, self.go_to, self.say)
        self.screen = ThemesScreen(context)
        project.changed.connect(self.screen.reload)
        self.screen.resize(1250, 850)
        self.screen.show()
        self.screen.show_place(Subject("summary", 0))
        self.screen.reload(frozenset())
        self.screen.activateWindow()
        QApplication.processEvents()

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.opened.append((screen, subject))

    def say(self, text: str, **_rest: Any) -> None:
        """Nothing is asked of what is said."""

    def cards(self, kind: str) -> list[PassageCard]:
        return self.screen.summing.words.groups[kind].cards

    def held(self, kind: str) -> list[Passage]:
        return [each for each in review_contents(self.project.reader).passages if each.kind == kind]

    def shown(self, kind: str) -> list[str]:
        return [card.passage.guid for card in self.cards(kind)]


@pytest.fixture
def desk(
    look: Look, parts: Parts, lanes: InlineLanes, open_sample: OpenProject, preferences: Preferences,
    messages: RecordedMessages,
) -> Iterator[Desk]:  # fmt: skip
    made = Desk(look, parts, lanes, open_sample, preferences, messages)
    yield made
    for part in made.screen.header_parts():
        part.deleteLater()
    made.screen.close()
    made.screen.deleteLater()


def test_the_words_stand_in_place_of_the_findings_group_by_group(desk: Desk) -> None:
    assert len(desk.cards("disagreement")) == 3
    assert len(desk.cards("message")) == 5
    assert len(desk.cards("row")) == 9
    assert not desk.screen.list.isVisible()
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []
    desk.screen.tree.choose(10)
    assert len(desk.cards("disagreement")) == 2
    desk.screen.summary_words()
    assert desk.screen.list.isVisible()


def test_typing_is_one_edit_and_keeps_the_citations(desk: Desk) -> None:
    before = desk.held("disagreement")[0]
    statement = desk.cards("disagreement")[0].cells[0].statement
    statement.setFocus()
    QTest.keyClick(statement, KEYS.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(statement, "Now: ")
    QTest.keyClick(statement, KEYS.Key_Return)
    after = desk.held("disagreement")[0]
    assert after.text == "Now: " + before.text
    assert list(after.cited()) == list(before.cited())
    html = summary_html(review_contents(desk.project.reader))
    assert "Now: A few large providers" in html
    desk.project.undo()
    assert desk.held("disagreement")[0] == before
    assert statement.runs() == statement._kept


def test_half_typed_words_are_kept_on_leaving(desk: Desk) -> None:
    statement = desk.cards("answer")[0].cells[0].statement
    statement.setFocus()
    QTest.keyClicks(statement, "So ")
    desk.screen.leave()
    assert "So " in desk.held("answer")[0].text


def test_references_are_cited_at_the_caret_or_in_the_citation_before_it(desk: Desk) -> None:
    cell = desk.cards("unknown")[0].cells[0]
    cell.statement.place_caret()
    cell.picking.emit(cell)
    assert desk.screen._inspector.is_picking
    desk.screen._inspector.picker.picked.emit([57], False)
    assert desk.held("unknown")[0].runs[-1] == PassageCitation((57,))  # type: ignore[arg-type]
    assert desk.screen._inspector.is_picking
    cell.statement.place_caret()
    desk.screen._inspector.picker.picked.emit([58, 57], False)
    assert desk.held("unknown")[0].runs[-1] == PassageCitation((57, 58))  # type: ignore[arg-type]
    desk.project.undo()
    assert desk.held("unknown")[0].runs[-1] == PassageCitation((57,))  # type: ignore[arg-type]
    desk.screen._inspector.picker.closed.emit()
    assert not desk.screen._inspector.is_picking
    assert cell.statement.hasFocus()


def test_a_reference_dropped_into_the_words_is_cited_there(desk: Desk) -> None:
    cell = desk.cards("unknown")[0].cells[0]
    cell.statement.cited_at.emit(3, [60])
    first, cited, _rest = desk.held("unknown")[0].runs
    assert first == Text("The")
    assert cited == PassageCitation((60,))  # type: ignore[arg-type]


def test_a_work_without_a_number_gets_one_in_the_same_edit(desk: Desk) -> None:
    from evidence_app.domain.edit import Edit, insert

    desk.project.do(Edit("Add", (insert("reference", type="book", title="New"),)))
    new = desk.project.reader.value("SELECT max(id) FROM live_reference")
    desk.cards("unknown")[0].cells[0].cite_at(0, [new])
    assert review_contents(desk.project.reader).by_id[new].number == 111
    desk.project.undo()
    assert review_contents(desk.project.reader).by_id[new].number is None


def test_the_menu_opens_a_work_and_takes_it_out(desk: Desk) -> None:
    cell = desk.cards("disagreement")[1].cells[0]
    before = list(desk.held("disagreement")[1].cited())
    menu = cell.menu()
    menus = [action.menu() for action in menu.actions()]
    of_works = [each for each in menus if isinstance(each, QMenu)]
    assert len(of_works) == len(before)
    opens, takes = of_works[0].actions()
    opens.trigger()
    assert desk.opened == [("library", Subject("reference", before[0]))]
    takes.trigger()
    assert list(desk.held("disagreement")[1].cited()) == before[1:]
    menu.deleteLater()


def test_a_message_is_added_named_moved_and_deleted(desk: Desk) -> None:
    group = desk.screen.summing.words.groups["message"]
    group._add()
    card = group.cards[-1]
    assert len(group.cards) == 6
    assert card.title.hasFocus()
    QTest.keyClicks(card.title, "One more")
    QTest.keyClick(card.title, KEYS.Key_Return)
    assert desk.held("message")[-1].title == "One more"
    assert not card.down.isEnabled()
    card.up.click()
    assert desk.shown("message")[-2] == card.passage.guid
    card.dropped.emit(card.passage.guid)
    assert len(desk.held("message")) == 5
    for count in (6, 6, 6):
        desk.project.undo()
        assert len(desk.held("message")) == count
    desk.project.undo()
    assert len(desk.held("message")) == 5


def test_who_can_act_is_added_marked_and_taken_out(desk: Desk) -> None:
    card = desk.cards("row")[0]
    count = len(card.cells)
    card.actor_added.emit(card.passage.guid)
    card = desk.cards("row")[0]
    assert len(card.cells) == count + 1
    card._feet[-1].box.click()
    assert passages.is_inferred(desk.held("row")[0], card.cells[-1].place.cell)
    card.actor_taken.emit(card.cells[-1].place)
    assert len(desk.cards("row")[0].cells) == count


def test_a_new_gap_belongs_to_the_theme_listed_and_a_finding_shows_the_findings_again(desk: Desk) -> None:
    desk.screen.tree.choose(13)
    desk.screen.summing.words.groups["unknown"]._add()
    assert desk.held("unknown")[-1].theme == 13
    block = desk.screen.shown.contents.findings[0]
    assert block.id is not None
    desk.screen.show_place(Subject("block", block.id))
    assert not desk.screen.summing.on
    assert desk.screen.list.isVisible()
