"""The Duplicates screen as a person uses it: looked, previewed, judged by keys, taken back, taken apart."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, Insert, RowOf, insert
from evidence_app.services.library.references import set_fields
from evidence_app.storage import found_duplicates, references
from evidence_app.storage.flow import flow_facts
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of
from evidence_app.ui.duplicates.merge_preview import COLUMNS, MergePreview
from evidence_app.ui.duplicates.records_kept import RawDialog
from evidence_app.ui.duplicates.rows import DifferentRow, Head, MergedRow, PairRow, RuleRow, spoken
from evidence_app.ui.duplicates.rules_dialog import RulesDialog
from evidence_app.ui.duplicates.screen import DuplicatesScreen
from evidence_app.ui.lanes import InlineLanes, Lanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.session import acting_of
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.window_questions import counts
from tests.ui.doubles import RecordedMessages, nameless, unreachable

SUBJECTS = ("walking home", "hands that write", "swallowing again", "reading aloud", "standing up")


class Heard:
    """What the screen asked of the window."""

    def __init__(self) -> None:
        self.places: list[str] = []
        self.said: list[str] = []

    def go_to(self, screen: str, subject: Subject | None = None) -> None:  # noqa: ARG002 - as the window's
        self.places.append(screen)

    def say(
        self, text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        self.said.append(f"{text}{' [Undo]' if undo else ''}{act[0] if act else ''}")


def an_article(at: int, **fields: Any) -> Insert:
    item = {
        "type": "article-journal", "title": f"A long look at {SUBJECTS[at]} after a first stroke",
        "author": [{"family": f"Berg{at}", "given": "Anna"}, {"family": "Ito", "given": "Ken"}],
        "container-title": "Gait and Balance", "issued": {"date-parts": [[2010]]}, "volume": "9",
        "page": f"{at}00-{at}09",
    }  # fmt: skip
    return insert("reference", **columns_of({**item, **fields}))


def rows() -> list[Insert]:
    """Two articles twice at one place; three twice with another volume and pages, left to a person."""
    elsewhere = [an_article(at, volume="10", page=f"{at}50-{at}61", DOI=f"10.1/{at}") for at in (2, 3, 4)]
    return [
        an_article(0), an_article(0, PMID="7"), an_article(1), an_article(1, page="100-9"),
        *(an_article(at) for at in (2, 3, 4)), *elsewhere,
    ]  # fmt: skip


def filled(path: Path) -> Project:
    made = Project.create(path, "Review")
    source = insert("source", name="Walk Base", kind="database")
    search = insert("search", source=RowOf("source", source.guid), searched_to="2023-03-16")
    file = insert("search_file", search=RowOf("search", search.guid), name="walk.ris", imported=10)
    works = rows()
    records = [
        insert(
            "record", reference=RowOf("reference", work.guid), search_file=RowOf("search_file", file.guid),
            format="ris", line=at, raw=json.dumps({"tags": [], "text": f"TY  - JOUR\nID  - {at}"}),
        )
        for at, work in enumerate(works, 1)
    ]  # fmt: skip
    made.apply(Edit("Import", (source, search, file, *works, *records)))
    return made


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def project(tmp_path: Path, lanes: InlineLanes, preferences: Preferences) -> Iterator[OpenProject]:
    made = OpenProject(lanes, filled(tmp_path / "review.evidence"))
    made.act_as(acting_of(preferences))
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def screen(
    look: Look,
    parts: Parts,
    lanes: InlineLanes,
    project: OpenProject,
    preferences: Preferences,
    messages: RecordedMessages,
    heard: Heard,
    qtbot: QtBot,
) -> DuplicatesScreen:
    context = ScreenContext(look, parts, lanes, project, preferences, messages, heard.go_to, heard.say)
    return shown(DuplicatesScreen(context), project, qtbot)


def shown(made: DuplicatesScreen, project: OpenProject, qtbot: QtBot) -> DuplicatesScreen:
    qtbot.addWidget(made)
    for part in made.header_parts():
        qtbot.addWidget(part)
    project.changed.connect(made.reload)
    made.resize(1260, 820)
    made.reload(frozenset())
    made.show()
    qtbot.wait_exposed(made)
    made.take_focus()
    return made


@pytest.fixture
def looked(screen: DuplicatesScreen) -> DuplicatesScreen:
    screen.look_again()
    return screen


def listed(screen: DuplicatesScreen) -> list[str]:
    return [spoken(row) for row in screen._list.rows.rows if not isinstance(row, Head)]


def pairs(screen: DuplicatesScreen) -> list[PairRow]:
    return [row for row in screen._list.rows.rows if isinstance(row, PairRow)]


def choose_first_pair(screen: DuplicatesScreen) -> PairRow:
    row = pairs(screen)[0]
    assert screen._list.select(row.key)
    screen._list.setFocus()
    return row


def press(screen: DuplicatesScreen, key: Qt.Key) -> None:
    """Press a key: that of a command, which the window under test need not be active for, or the list's."""
    for command in screen.actions():
        if QKeySequence(key) in command.shortcuts():
            command.trigger()
            return
    QTest.keyClick(screen._list, key)


def waiting(project: OpenProject) -> int:
    return counts(project.reader)["duplicates"].number


def test_it_first_offers_to_look(screen: DuplicatesScreen) -> None:
    assert "not been looked for" in screen._desk.nothing.accessibleName()
    assert screen.detail() == "10 records, 1 source, 10 works"
    screen._desk.nothing.button.click()
    assert len(listed(screen)) == 4


def test_the_next_pair_is_there_before_its_long_abstracts(
    looked: DuplicatesScreen, project: OpenProject, qtbot: QtBot
) -> None:
    row = choose_first_pair(looked)
    words = "People walked as far as they could and rested when they had to. " * 20
    changes = [
        set_fields(found, {"abstract": f"{words}{at}"}, {})
        for at in (row.pair.one, row.pair.other)
        if (found := references.reference(project.reader, at)) is not None
    ]
    project.do(Edit("Add abstracts", tuple(change for edit in changes for change in edit.changes)))
    page = looked._desk.pair
    assert page.pair is not None
    assert {field.label for field in page.pair.fields if not field.is_same} >= {"Abstract"}
    qtbot.wait_until(lambda: [line.field.label for line in page.lines][-1] == "Abstract")
    page.lines[-1].choose("other")
    assert ("abstract",) in page.taken


def next_is_laid_out(screen: DuplicatesScreen) -> bool:
    row, behind = screen._list.next_pair(), screen._desk._behind.pair
    return row is not None and behind is not None and (behind.one.id, behind.other.id) == row.key[1:]


def test_the_next_pair_is_laid_out_behind_the_one_that_is_read(
    looked: DuplicatesScreen, qtbot: QtBot
) -> None:
    looked.activateWindow()
    qtbot.wait_until(looked.isActiveWindow)
    choose_first_pair(looked)
    qtbot.wait_until(lambda: next_is_laid_out(looked))
    behind, wanted = looked._desk._behind, looked._list.next_pair()
    press(looked, Qt.Key.Key_2)
    assert looked._desk.pair is behind
    assert looked._list.current() == wanted
    assert behind.isVisible()
    assert behind._progress.text() == "2 of 3"
    behind.focus_fields()
    qtbot.wait_until(lambda: next_is_laid_out(looked))
    press(looked, Qt.Key.Key_3)
    assert looked._desk.pair.has_focus()


def test_what_changed_while_it_waited_behind_is_shown_as_it_is_now(
    looked: DuplicatesScreen, project: OpenProject, qtbot: QtBot
) -> None:
    choose_first_pair(looked)
    qtbot.wait_until(lambda: next_is_laid_out(looked))
    row = looked._list.next_pair()
    assert row is not None
    changed = references.reference(project.reader, row.pair.one)
    assert changed is not None
    project.do(set_fields(changed, {"title": "Another title by now"}, {}))
    press(looked, Qt.Key.Key_2)
    shown = looked._desk.shown_pair
    assert shown is not None
    assert "Another title by now" in (shown.one.title, shown.other.title)


def test_putting_off_goes_on_at_once(looked: DuplicatesScreen) -> None:
    first = choose_first_pair(looked)
    expected = looked._list.next_pair()
    press(looked, Qt.Key.Key_3)
    current = looked._list.current()
    assert isinstance(current, PairRow)
    assert expected is not None
    assert current.key == expected.key != first.key


def test_why_a_rule_holds_is_read_without_scrolling(looked: DuplicatesScreen) -> None:
    looked._list.go_to(1)
    page = looked._desk.rule
    assert isinstance(looked._list.current(), RuleRow)
    assert page._head.verticalScrollBar().maximum() == 0
    assert page._fact.geometry().bottom() < page._head.viewport().height()


def test_rules_come_first_and_pairs_by_likeness(looked: DuplicatesScreen, project: OpenProject) -> None:
    kinds = [type(row) for row in looked._list.rows.rows]
    assert kinds == [Head, RuleRow, Head, PairRow, PairRow, PairRow]
    likenesses = [row.pair.likeness for row in pairs(looked)]
    assert likenesses == sorted(likenesses, reverse=True)
    assert looked._all.text() == "Merge 2 records…"
    assert waiting(project) == 3


def test_a_rule_tells_why_and_lists_its_groups(looked: DuplicatesScreen) -> None:
    page = looked._desk.rule
    assert page.isVisibleTo(looked)
    assert page.found is not None
    assert page._why.text() == page.found.rule.explanation
    assert page.table.model().rowCount() == 2
    page.table.opened.emit(0)
    assert looked._desk.pair.isVisibleTo(looked)
    assert looked._foot.back.isVisibleTo(looked)
    looked._foot.back.click()
    assert page.isVisibleTo(looked)


def test_merging_a_rule_shows_before_and_after_and_is_one_undo(
    looked: DuplicatesScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    seen: list[tuple[str, ...]] = []

    def agree(dialog: MergePreview) -> bool:
        seen.extend(tuple(column.text(row) for column in COLUMNS) for row in dialog._rows)
        return True

    messages.answers = [agree]
    press(looked, Qt.Key.Key_1)
    assert [row[0] for row in seen] == ["Berg0 2010", "Berg1 2010"]
    assert found_duplicates.totals(project.reader).works == 8
    assert not any(isinstance(row, RuleRow) for row in looked._list.rows.rows)
    assert looked._foot.note == "Merged 2 records. Z takes it back."
    press(looked, Qt.Key.Key_Z)
    assert found_duplicates.totals(project.reader).works == 10
    assert isinstance(looked._list.current(), RuleRow)


def test_leaving_the_preview_changes_nothing(
    looked: DuplicatesScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    messages.answers = [lambda _dialog: False]
    looked.merge_all()
    assert found_duplicates.totals(project.reader).works == 10


def test_pairs_are_judged_by_keys_and_the_next_one_comes(
    looked: DuplicatesScreen, project: OpenProject
) -> None:
    first = choose_first_pair(looked)
    assert looked._desk.pair._progress.text() == "1 of 3"
    press(looked, Qt.Key.Key_1)
    second = looked._list.current()
    assert isinstance(second, PairRow)
    assert second.key != first.key
    assert looked._desk.pair._progress.text() == "2 of 3"
    press(looked, Qt.Key.Key_2)
    third = looked._list.current()
    assert isinstance(third, PairRow)
    press(looked, Qt.Key.Key_3)
    assert [row.is_later for row in pairs(looked)] == [True]
    assert found_duplicates.totals(project.reader).works == 9
    assert len(found_duplicates.judged_pairs(project.reader)) == 1
    assert waiting(project) == 1


def test_z_takes_back_step_by_step_and_shows_the_pair_again(
    looked: DuplicatesScreen, project: OpenProject, heard: Heard
) -> None:
    keys = [row.key for row in pairs(looked)]
    choose_first_pair(looked)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        press(looked, key)
    for expected in reversed(keys):
        press(looked, Qt.Key.Key_Z)
        current = looked._list.current()
        assert isinstance(current, PairRow)
        assert (current.key, current.is_later) == (expected, False)
    assert waiting(project) == 3
    press(looked, Qt.Key.Key_Z)
    assert "Ctrl+Z" in heard.said[-1]


def test_z_leaves_edits_made_elsewhere_alone(
    looked: DuplicatesScreen, project: OpenProject, heard: Heard
) -> None:
    choose_first_pair(looked)
    press(looked, Qt.Key.Key_2)
    project.do(Edit("Note", (insert("note", reference=1, text="Look at this"),)))
    press(looked, Qt.Key.Key_Z)
    assert project.undo_label == "Note"
    assert heard.said


def test_the_side_of_a_field_is_chosen_with_the_arrows(
    looked: DuplicatesScreen, project: OpenProject
) -> None:
    row = choose_first_pair(looked)
    press(looked, Qt.Key.Key_Right)
    lines = looked._desk.pair.lines
    place = next(line for line in lines if "volume" in line.field.variables)
    assert looked.focusWidget() is lines[0]._radios[lines[0].side]
    other = "one" if place.side == "other" else "other"
    QTest.keyClick(place._radios[place.side], Qt.Key.Key_Left if other == "one" else Qt.Key.Key_Right)
    assert place.side == other
    assert place.result.text() == (place.field.one if other == "one" else place.field.other)
    wanted = place.result.text()
    looked.merge()
    kept = found_duplicates.led_to(project.reader, [row.pair.one])[row.pair.one]
    merged = references.reference(project.reader, kept)
    assert merged is not None
    assert f"{merged.item['volume']}, {merged.item['page']}" == wanted


def test_a_chosen_side_stays_when_the_queue_is_read_again(
    looked: DuplicatesScreen, project: OpenProject
) -> None:
    choose_first_pair(looked)
    line = looked._desk.pair.lines[0]
    line.choose("one" if line.side == "other" else "other")
    chosen = looked._desk.pair.taken
    project.do(Edit("Note", (insert("note", reference=1, text="Look at this"),)))
    looked.reload(frozenset(("record",)))
    assert looked._desk.pair.taken == chosen


def test_what_changed_since_is_said_and_looked_at_again(
    looked: DuplicatesScreen, project: OpenProject
) -> None:
    assert not looked._stale.isVisibleTo(looked)
    found = references.reference(project.reader, 5)
    assert found is not None
    project.do(set_fields(found, {"title": "Another title altogether"}, {}))
    assert looked._stale.isVisibleTo(looked)
    looked._stale.button.click()
    assert not looked._stale.isVisibleTo(looked)
    assert len(pairs(looked)) == 2


def test_what_was_undone_and_done_again_is_as_it_was(looked: DuplicatesScreen, project: OpenProject) -> None:
    found = references.reference(project.reader, 1)
    assert found is not None
    project.do(set_fields(found, {"title": "Another title altogether"}, {}))
    looked.look_again()
    stale: list[bool] = []
    for act in (project.undo, project.redo, project.undo, project.redo):
        act()
        stale.append(looked._stale.isVisibleTo(looked))
    assert stale == [True, False, True, False]
    now = references.reference(project.reader, 1)
    assert now is not None
    project.do(set_fields(now, {"title": "A third title"}, {}))
    assert looked._stale.isVisibleTo(looked)
    project.undo()
    assert not looked._stale.isVisibleTo(looked)


def test_the_keyboard_goes_on_to_the_pairs_that_were_found(looked: DuplicatesScreen) -> None:
    looked.activateWindow()
    looked._filters.buttons["waiting"].setFocus()
    looked.look_again()
    assert looked.focusWidget() is looked._list


def test_a_merged_work_is_taken_apart_at_any_time(looked: DuplicatesScreen, project: OpenProject) -> None:
    choose_first_pair(looked)
    press(looked, Qt.Key.Key_1)
    looked._filters.buttons["merged"].click()
    row = looked._list.current()
    assert isinstance(row, MergedRow)
    page = looked._desk.merged
    assert page.work is not None
    assert "Judged the same by Ada Reviewer" in page.work.parts[0].why
    page.apart_asked.emit(row.merged[0], True)
    assert found_duplicates.totals(project.reader).works == 10
    looked._filters.buttons["different"].click()
    judged = looked._list.current()
    assert isinstance(judged, DifferentRow)
    looked._foot.again.click()
    assert waiting(project) == 3


def test_a_work_asked_for_before_the_queue_is_read_is_shown_once_it_is(looked: DuplicatesScreen) -> None:
    choose_first_pair(looked)
    press(looked, Qt.Key.Key_1)
    looked._filters.buttons["merged"].click()
    row = looked._list.current()
    assert isinstance(row, MergedRow)
    found, looked._queue = looked._queue, None
    assert found is not None
    looked._show_kind("waiting")
    looked.show_place(Subject("reference", row.kept))
    looked._show_queue(found)
    assert looked._filters.choice == "merged"
    assert looked._list.current() == row


def test_the_value_of_a_merged_record_can_be_shown_later(
    looked: DuplicatesScreen, project: OpenProject
) -> None:
    choose_first_pair(looked)
    press(looked, Qt.Key.Key_1)
    looked._filters.buttons["merged"].click()
    work = looked._desk.merged.work
    assert work is not None
    (field,) = (each for each in work.parts[0].differing if "volume" in each.variables)
    looked._desk.merged.value_asked.emit(work.parts[0].reference, field.variables)
    kept = references.reference(project.reader, int(work.kept.id))
    assert kept is not None
    assert f"{kept.item['volume']}, {kept.item['page']}" == field.other


def test_a_record_is_shown_as_it_was_imported(looked: DuplicatesScreen, messages: RecordedMessages) -> None:
    row = choose_first_pair(looked)
    texts: list[str] = []

    def read(dialog: RawDialog) -> bool:
        texts.append(dialog.text.toPlainText())
        return True

    messages.answers = [read]
    pair = looked._desk.shown_pair
    assert pair is not None
    looked._desk.pair.records.asked.emit(pair.records_of("one")[0])
    assert texts == [f"TY  - JOUR\nID  - {row.pair.one}"]


def test_rules_are_switched_off_copied_and_exported(
    looked: DuplicatesScreen, messages: RecordedMessages, tmp_path: Path, heard: Heard
) -> None:
    name = pairs(looked)[0].pair.match.rule.name

    def switch(dialog: RulesDialog) -> bool:
        dialog.copy.click()
        dialog.boxes[name].click()
        return True

    messages.answers = [switch]
    looked.show_rules()
    assert "10 records from 1 source" in QGuiApplication.clipboard().text()
    assert all(row.pair.match.rule.name != name for row in pairs(looked))
    messages.answers = [tmp_path / "rules.csv"]
    looked.export_rules()
    assert f"{name}," in (tmp_path / "rules.csv").read_text("utf-8-sig")
    assert heard.said[-1] == "Wrote the rules to rules.csv"


def test_a_refused_write_brings_its_pair_back(looked: DuplicatesScreen, project: OpenProject) -> None:
    first = choose_first_pair(looked)
    refused: list[object] = []
    project.refused.connect(refused.append)
    looked._judging.settle(first.key, "Merged")
    project.refused.emit("Nothing was written")
    looked.reload(frozenset())
    assert first.key in [row.key for row in pairs(looked)]
    assert not looked._judging.steps


def test_the_summary_for_prisma_tells_rules_from_persons_as_the_flow_diagram_does(
    looked: DuplicatesScreen, project: OpenProject, messages: RecordedMessages
) -> None:
    messages.answers = [lambda _dialog: True]
    looked.merge_all()
    choose_first_pair(looked)
    press(looked, Qt.Key.Key_1)
    while pairs(looked):
        press(looked, Qt.Key.Key_2)
    said = looked._desk.nothing.accessibleName()
    assert "10 records − 3 duplicates = 7 works" in said
    assert "2 merged by rules, 1 by a person; 2 pairs judged to be different works" in said
    by_rule = [rule for rule in flow_facts(project.reader).rules.values() if rule]
    assert len(by_rule) == 2
    for _ in range(4):
        project.undo()
    assert found_duplicates.totals(project.reader).works == 10
    for _ in range(4):
        project.redo()
    assert "10 records − 3 duplicates = 7 works" in looked._desk.nothing.accessibleName()


def test_nothing_found_says_what_was_compared(looked: DuplicatesScreen, messages: RecordedMessages) -> None:
    messages.answers = [lambda _dialog: True]
    looked.merge_all()
    while pairs(looked):
        looked.judge_different()
    assert "Everything that was found is settled" in looked._desk.nothing.accessibleName()
    looked.look_again()
    assert "with a common key compared by" in looked._desk.nothing.accessibleName()


def test_an_empty_review_says_what_will_be_here(
    look: Look,
    parts: Parts,
    lanes: InlineLanes,
    preferences: Preferences,
    messages: RecordedMessages,
    heard: Heard,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    project = OpenProject(lanes, Project.create(tmp_path / "empty.evidence", "Empty"))
    context = ScreenContext(look, parts, lanes, project, preferences, messages, heard.go_to, heard.say)
    made = shown(DuplicatesScreen(context), project, qtbot)
    assert "once there are records" in made._desk.nothing.accessibleName()
    assert not made._look.isEnabled()
    made._desk.nothing.button.click()
    assert heard.places == ["searches"]
    made.close()
    project.close()


@pytest.mark.parametrize("kind", ["waiting", "merged", "different"])
def test_everything_has_a_name_and_is_reached_by_tab(looked: DuplicatesScreen, kind: str) -> None:
    choose_first_pair(looked)
    press(looked, Qt.Key.Key_1)
    press(looked, Qt.Key.Key_2)
    looked._filters.buttons[kind].click()
    assert nameless(looked) == []
    others = {f"Button {button.accessibleName()}" for button in looked._filters.buttons.values()}
    assert set(unreachable(looked)) <= others, "the others of a choice are reached with Left and Right"


def test_looking_runs_in_a_process_of_its_own_and_can_be_cancelled(
    look: Look,
    parts: Parts,
    threaded_lanes: Lanes,
    preferences: Preferences,
    messages: RecordedMessages,
    heard: Heard,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    project = OpenProject(threaded_lanes, filled(tmp_path / "review.evidence"))
    project.act_as(acting_of(preferences))
    context = ScreenContext(
        look, parts, threaded_lanes, project, preferences, messages, heard.go_to, heard.say
    )
    made = shown(DuplicatesScreen(context), project, qtbot)
    qtbot.wait_until(lambda: made._queue is not None)
    made.look_again()
    assert made._look.text() == "Looking…"
    assert made._task is not None
    made._task.cancel()
    qtbot.wait_until(lambda: made._task is None, timeout=20_000)
    assert made._queue is not None
    assert made._queue.looked_at == ""
    made.look_again()
    qtbot.wait_until(lambda: len(listed(made)) == 4, timeout=20_000)
    choose_first_pair(made)
    press(made, Qt.Key.Key_1)
    assert len(pairs(made)) == 2
    qtbot.wait_until(lambda: found_duplicates.totals(project.reader).works == 9)
    made.close()
    project.close()
    threaded_lanes.close()


def test_the_menu_of_a_pair_offers_what_the_foot_does_with_its_keys(
    looked: DuplicatesScreen, project: OpenProject
) -> None:
    choose_first_pair(looked)
    before = waiting(project)
    looked._list.customContextMenuRequested.emit(QPoint(10, 10))
    menu = looked.findChildren(QMenu)[-1]
    words = [action.text() for action in menu.actions()]
    assert words[:3] == ["Merge 2 records\t1", "They are different\t2", "Later\t3"]
    assert "Rules and methods sentences…" in words
    menu.actions()[1].trigger()
    assert waiting(project) == before - 1
    menu.close()
