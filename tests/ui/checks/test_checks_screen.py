"""The Checks screen as a person uses it: read, searched, opened, waived, fixed, by mouse and by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.reference import Reference
from evidence_app.services.checks.overview import RuleLine
from evidence_app.services.library.references import set_fields
from evidence_app.storage import contents, references
from evidence_app.ui.checks import found_list
from evidence_app.ui.checks.fixing import FixDialog
from evidence_app.ui.checks.rule_list import LevelHead, spoken
from evidence_app.ui.checks.screen import ChecksScreen
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.session import acting_of
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.differences import segments_of
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages, nameless, unreachable


class Heard:
    """What the screen asked of the window."""

    def __init__(self) -> None:
        self.places: list[tuple[str, Subject | None]] = []
        self.said: list[str] = []

    def go_to(self, screen: str, subject: Subject | None = None) -> None:
        self.places.append((screen, subject))

    def say(
        self, text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        self.said.append(f"{text}{' [Undo]' if undo else ''}{act[0] if act else ''}")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def screen(
    look: Look,
    parts: Parts,
    lanes: InlineLanes,
    open_sample: OpenProject,
    preferences: Preferences,
    messages: RecordedMessages,
    heard: Heard,
    qtbot: QtBot,
) -> Iterator[ChecksScreen]:
    open_sample.act_as(acting_of(preferences))
    context = ScreenContext(look, parts, lanes, open_sample, preferences, messages, heard.go_to, heard.say)
    made = ChecksScreen(context)
    qtbot.addWidget(made)
    for part in made.header_parts():
        qtbot.addWidget(part)
    open_sample.changed.connect(made.reload)
    made.resize(1200, 800)
    made.reload(frozenset())
    made.show()
    qtbot.wait_exposed(made)
    made.activateWindow()
    yield made
    made._later.stop()


def titles(screen: ChecksScreen) -> list[str]:
    return [row.rule.title for row in screen._rules.rows.rows if isinstance(row, RuleLine)]


def heads(screen: ChecksScreen) -> list[str]:
    return [row.level.value for row in screen._rules.rows.rows if isinstance(row, LevelHead)]


def found(screen: ChecksScreen) -> list[str]:
    return [line.label for line in screen._inspector.found.rows.lines]


def numbered(screen: ChecksScreen, number: int) -> Reference:
    reference = references.by_number(screen.project.reader, number)
    assert reference is not None
    return reference


def spoil(screen: ChecksScreen) -> None:
    """Put blanks into two titles, which is safe to fix."""
    for number in (63, 64):
        reference = numbered(screen, number)
        known = references.provenance(screen.project.reader, reference.id)
        doubled = {"title": reference.title.replace(" ", "  ", 1)}
        screen.project.do(set_fields(reference, doubled, known, origin="typed"))
    screen.look_again()


# Reading


def test_rules_stand_under_their_levels_and_the_first_is_shown(screen: ChecksScreen) -> None:
    assert heads(screen) == ["error", "doubt", "style", "information"]
    assert screen.detail() == "3 errors, 10 doubts"
    assert screen._inspector._title.text() == "Cited as evidence, not included"
    assert found(screen) == ["Bovaird 2019", "The Health Foundation 2015"]
    assert screen._inspector._counts.text() == "2 open"


def test_choosing_a_rule_explains_it(screen: ChecksScreen) -> None:
    QTest.keyClick(screen._rules, Qt.Key.Key_Down)
    assert screen._inspector._title.text() == "Volume contradicts year"
    assert "volume and year rise together" in screen._inspector._explained.text()
    assert found(screen) == ["Evans 2013"]


def test_the_keyboard_reaches_the_first_and_the_last_rule(screen: ChecksScreen) -> None:
    QTest.keyClick(screen._rules, Qt.Key.Key_End)
    assert screen._rules.current_name() == "online-and-print-year"
    QTest.keyClick(screen._rules, Qt.Key.Key_Home)
    assert screen._rules.current_name() == "evidence-not-included"
    QTest.keyClick(screen._rules, Qt.Key.Key_Up)
    assert screen._rules.current_name() == "evidence-not-included"


def test_the_keyboard_goes_along_where_nothing_is_left_to_list(screen: ChecksScreen) -> None:
    screen.take_focus()
    screen._choose_filter("waived")
    assert screen._nothing.button.hasFocus()
    QTest.keyClick(screen._nothing.button, Qt.Key.Key_Space)
    assert screen._rules.hasFocus()


def test_a_level_is_shown_alone_and_remembered(screen: ChecksScreen, preferences: Preferences) -> None:
    screen._filters.buttons["style"].click()
    assert heads(screen) == ["style"]
    assert preferences.now.kept["checks.filter"] == "style"
    words = [button.text() for button in screen._filters.buttons.values()]
    assert words[:2] == ["All  42", "Error  3"]
    assert words[-1] == "Waived  0"


def test_the_rules_that_found_nothing_can_be_read_too(screen: ChecksScreen) -> None:
    assert "Retracted work" not in titles(screen)
    screen._silent.click()
    assert "Retracted work" in titles(screen)
    screen._rules.select("retracted")
    assert screen._inspector._counts.text() == "Found nothing"
    assert not screen._inspector.waive_all.isVisible()


def test_a_search_finds_rules_and_references(screen: ChecksScreen, qtbot: QtBot) -> None:
    qtbot.keyClicks(screen._search, "moss")
    screen._search.search_now()
    assert titles(screen) == [
        "Authors of an included report not all listed",
        "Known only by a catalogue link",
    ]
    screen._search.setText("zzz")
    screen._search.search_now()
    assert titles(screen) == []
    assert "No rule and no result holds “zzz”." in screen._nothing.sentence.text()
    screen._nothing.button.click()
    assert len(heads(screen)) == 4


def test_nothing_found_says_so(screen: ChecksScreen) -> None:
    screen._filters.buttons["waived"].click()
    assert titles(screen) == []
    assert screen._nothing.isVisible()
    assert not screen._inspector.isVisible()


def test_the_worst_are_opened_by_one_act(screen: ChecksScreen) -> None:
    assert screen._next.text() == "Open the 3 errors"
    screen._next.click()
    assert heads(screen) == ["error"]
    assert screen._inspector.found.hasFocus()


def test_what_a_rule_means_is_opened_only_by_an_act(
    screen: ChecksScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    screen._rules.select("no-year")
    assert opened == []
    screen._inspector.read.click()
    assert opened == ["https://www.ncbi.nlm.nih.gov/books/NBK7273/"]


# Going


def test_the_keyboard_goes_from_the_rule_to_the_result_and_to_its_place(
    screen: ChecksScreen, heard: Heard
) -> None:
    screen.take_focus()
    QTest.keyClick(screen._rules, Qt.Key.Key_Return)
    assert screen._inspector.found.hasFocus()
    QTest.keyClick(screen._inspector.found, Qt.Key.Key_Down)
    QTest.keyClick(screen._inspector.found, Qt.Key.Key_Return)
    name, subject = heard.places[-1]
    assert name == "manuscript"
    assert subject is not None
    assert contents.block(screen.project.reader, subject.row) is not None
    QTest.keyClick(screen._inspector.found, Qt.Key.Key_Left)
    assert screen._rules.hasFocus()


def test_the_word_at_the_right_is_pressed_like_a_button(screen: ChecksScreen, heard: Heard) -> None:
    screen._rules.select("journal-volume-contradicts-year")
    listed = screen._inspector.found
    row = listed.visualRect(listed.rows.index(0))
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, row.center().y()))
    assert heard.places == []
    QTest.mouseClick(
        listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.right() - 8, row.center().y())
    )
    assert heard.places == [("library", Subject("reference", numbered(screen, 63).id))]


def test_the_menu_offers_every_place(screen: ChecksScreen, heard: Heard) -> None:
    screen._rules.select("journal-two-names")
    screen._menu_at(QPoint(10, 10))
    menu = screen.findChildren(QMenu)[-1]
    words = [action.text() for action in menu.actions()]
    assert [text for text in words if text.startswith("Open 95 ")] != []
    next(action for action in menu.actions() if action.text().startswith("Open 95 ")).trigger()
    assert heard.places == [("library", Subject("reference", numbered(screen, 95).id))]
    menu.close()


def test_another_screen_opens_a_rule_or_what_is_said_of_a_reference(screen: ChecksScreen) -> None:
    screen.show_place(Subject("check:no-year", 0))
    assert screen._inspector._title.text() == "No year"
    screen._filters.buttons["error"].click()
    screen.show_place(Subject("reference", numbered(screen, 85).id))
    assert screen._inspector._title.text() == "DOI prefix names another journal"


# Waiving


def test_a_result_is_waived_with_a_reason_and_taken_back(screen: ChecksScreen, heard: Heard) -> None:
    screen.waive()
    form = screen._inspector.form_card
    assert form.reason.hasFocus()
    assert not form.agree.isEnabled()
    QTest.keyClicks(form.reason, "Context only")
    QTest.keyClick(form.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not form.isVisible()
    assert heard.said == ["Waived 1 result [Undo]"]
    assert screen.detail() == "2 errors, 10 doubts"
    assert screen._inspector._counts.text() == "1 open, 1 waived"
    (waiver,) = contents.waivers(screen.project.reader)
    assert (waiver.reason, waiver.by) == ("Context only", "Ada Reviewer")
    assert found(screen) == ["The Health Foundation 2015", "Bovaird 2019"]
    screen._inspector.found.setCurrentIndex(screen._inspector.found.rows.index(1))
    QTest.keyClick(screen._inspector.found, Qt.Key.Key_Return)
    assert heard.said[-1] == "Took back 1 waiver [Undo]"
    assert contents.waivers(screen.project.reader) == ()
    assert screen.detail() == "3 errors, 10 doubts"


def test_a_rule_that_found_very_much_shows_some_of_it_and_more_on_demand(
    screen: ChecksScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found_list, "MOST", 5)
    screen._rules.select("catalogue-link-only")
    inspector = screen._inspector
    assert len(found(screen)) == 5
    assert inspector.more.text() == "Show more of the other 9"
    assert inspector.waive_all.text() == "Waive all 14…"
    inspector.more.click()
    assert len(found(screen)) == 10
    inspector.found.setFocus()
    inspector.found.setCurrentIndex(inspector.found.rows.index(9))
    QTest.keyClick(inspector.found, Qt.Key.Key_Down)
    assert inspector.found.currentIndex().row() == 10
    assert not inspector.more.isVisible()


def test_all_results_of_a_rule_are_waived_at_once_and_are_one_undo(screen: ChecksScreen) -> None:
    screen._rules.select("catalogue-link-only")
    screen._inspector.waive_all.click()
    assert screen._inspector.form_card.agree.text() == "Waive 14 results"
    screen._inspector.form_card.reason.setPlainText("We hold copies of all")
    screen._inspector.form_card.agree.click()
    assert len(contents.waivers(screen.project.reader)) == 14
    assert "Known only by a catalogue link" not in titles(screen)
    screen._filters.buttons["waived"].click()
    assert titles(screen) == ["Known only by a catalogue link"]
    screen.project.undo()
    assert contents.waivers(screen.project.reader) == ()


def test_a_reason_half_typed_stays_until_it_is_given_up(screen: ChecksScreen) -> None:
    screen.waive()
    form = screen._inspector.form_card
    QTest.keyClicks(form.reason, "Because")
    screen.look_again()
    assert form.reason.toPlainText() == "Because"
    QTest.keyClick(form.reason, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert contents.waivers(screen.project.reader) == ()
    assert screen._inspector.found.hasFocus()


def test_taking_back_without_a_waived_result_says_what_to_do(screen: ChecksScreen, heard: Heard) -> None:
    screen.take_back()
    assert heard.said == ["Choose a waived result; then its waiver can be taken back"]


# Fixing


def test_nothing_is_fixed_without_a_preview(
    screen: ChecksScreen, messages: RecordedMessages, heard: Heard
) -> None:
    assert screen._fix.isHidden()
    spoil(screen)
    assert screen._fix.text() == "Fix 2…"
    seen: list[tuple[str, str, str]] = []

    def look_and_refuse(dialog: FixDialog) -> bool:
        seen.extend((row.reference, row.before, row.after) for row in dialog._rows)
        assert nameless(dialog) == []
        return False

    messages.answers = [look_and_refuse]
    screen._fix.click()
    assert [row[0][:2] for row in seen] == ["63", "64"]
    assert all("  " in before and "  " not in after for _, before, after in seen)
    assert "  " in str(numbered(screen, 63).item["title"])
    assert heard.said == []


def test_fixes_are_made_together_and_are_one_undo(screen: ChecksScreen, messages: RecordedMessages) -> None:
    spoil(screen)
    messages.answers = [lambda _dialog: True]
    screen.fix_all()
    assert messages.asked == ["Fix 2 fields"]
    titles_now = [str(numbered(screen, number).item["title"]) for number in (63, 64)]
    assert not any("  " in title for title in titles_now)
    screen.project.undo()
    titles_now = [str(numbered(screen, number).item["title"]) for number in (63, 64)]
    assert all("  " in title for title in titles_now)


def test_a_rule_fixes_only_what_it_found(
    screen: ChecksScreen, messages: RecordedMessages, heard: Heard
) -> None:
    spoil(screen)
    screen._rules.select("double-spaces")
    assert screen._inspector.fix.text() == "Fix 2…"
    screen._rules.select("no-year")
    screen.fix_rule()
    assert heard.said == ["There is nothing here that is safe to fix unasked"]
    assert messages.asked == []


# Keeping up


def test_the_checks_look_again_a_moment_after_an_edit(screen: ChecksScreen, qtbot: QtBot) -> None:
    reference = numbered(screen, 63)
    known = references.provenance(screen.project.reader, reference.id)
    screen.project.do(set_fields(reference, {"volume": "16"}, known, origin="typed"))
    assert screen.detail() == "3 errors, 10 doubts"
    qtbot.wait_until(lambda: screen.detail() == "2 errors, 10 doubts")
    assert screen._inspector._title.text() == "Cited as evidence, not included"


def test_what_no_check_looks_at_does_not_make_them_look(screen: ChecksScreen) -> None:
    screen.reload(frozenset(("note", "tag")))
    assert not screen._later.isActive()


# For everybody


def test_everything_has_a_name_and_can_be_reached_by_keyboard(screen: ChecksScreen) -> None:
    screen.waive_all()
    assert nameless(screen) == []
    of_the_choice = {f"Button {button.accessibleName()}" for button in screen._filters.buttons.values()}
    assert set(unreachable(screen)) <= of_the_choice, "the others of a choice are reached with Left and Right"


def test_rows_are_spoken_with_level_and_numbers(screen: ChecksScreen) -> None:
    head, first = screen._rules.rows.rows[:2]
    assert spoken(head) == "Error, 2 rules"
    assert spoken(first).startswith("Error: Cited as evidence, not included, 2 open. 42, 102.")


def test_a_phrase_that_changed_has_one_ground_and_another_text_two() -> None:
    one = [(each.side, each.text) for each in segments_of("BMJ Open Qual", "BMJ Open Quality")]
    assert one == [("both", "BMJ Open "), ("mine", "Qual"), ("theirs", "Quality")]
    other = [(each.side, each.text) for each in segments_of("a red house", "quite something else")]
    assert other == [("mine", "a red house"), ("theirs", "quite something else")]


def test_a_broken_equation_opens_the_diagram(screen: ChecksScreen, heard: Heard) -> None:
    screen.project.do(
        Edit(
            "Type a number",
            (insert("stated_number", key="dbr_assessed", label="Assessed", value=3, state="typed",
                    unit="reports", basis="p. 3", position=99),
             insert("stated_number", key="dbr_sought_reports", label="Sought", value=9, state="typed",
                    unit="reports", basis="p. 3", position=98),
             insert("stated_number", key="dbr_notretrieved_reports", label="Not retrieved", value=1,
                    state="typed", unit="reports", basis="p. 3", position=97)),
        )
    )  # fmt: skip
    screen.look_again()
    screen.show_place(Subject("check:flow-broken", 0))
    screen.open_place()
    assert heard.places == [("flow", Subject("flow:assessed", 0))]


def test_a_right_click_on_a_rule_offers_the_acts(screen: ChecksScreen) -> None:
    screen._rules.select("journal-two-names")
    screen._rules.customContextMenuRequested.emit(QPoint(10, 10))
    menu = screen.findChildren(QMenu)[-1]
    assert "Waive all results of the rule…" in [action.text() for action in menu.actions()]
    menu.close()
