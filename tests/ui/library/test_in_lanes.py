"""The library on real threads: typing does not wait, and a run that is cancelled keeps what arrived."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidence_app.storage import crossref_answers, references
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.library.screen import LibraryScreen
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.settings import Preferences
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.parts import Parts
from tests.crossref_server import CrossrefServer
from tests.ui.doubles import RecordedMessages


@pytest.fixture
def screen(
    qtbot: QtBot,
    look: Look,
    parts: Parts,
    threaded_lanes: Lanes,
    sample_file: Path,
    tmp_path: Path,
    preferences: Preferences,
    messages: RecordedMessages,
    window: Any,
) -> Iterator[LibraryScreen]:
    path = tmp_path / "review.evidence"
    shutil.copy(sample_file, path)
    acting = Acting("Ada Reviewer", "AR", preferences.now.person_guid)
    project = OpenProject(threaded_lanes, Project.open(path, acting))
    context = ScreenContext(
        look, parts, threaded_lanes, project, preferences, messages, window.go_to, window.say
    )
    made = LibraryScreen(context)
    header = made.header_parts()
    project.changed.connect(made.reload)
    made.resize(1240, 820)
    made.reload(frozenset())
    made.show()
    qtbot.wait_until(lambda: len(made.shown_ids()) == 110)
    yield made
    for part in header:
        part.deleteLater()
    made.hide()
    made.deleteLater()
    closed: list[object] = []
    project.close(closed.append)
    qtbot.wait_until(lambda: bool(closed))
    project.deleteLater()


def works(screen: LibraryScreen) -> list[dict[str, Any]]:
    every = references.all_references(screen.project.reader)
    return [{"DOI": each.doi, "type": "journal-article", "title": [each.title]} for each in every if each.doi]


def test_the_last_key_wins(qtbot: QtBot, screen: LibraryScreen) -> None:
    QTest.keyClicks(screen._box.box, "author:udayaraj")
    qtbot.wait_until(lambda: len(screen.shown_ids()) == 1)
    assert screen._shown.query.text == "author:udayaraj"


def test_many_are_asked_beside_the_window_and_the_list_follows(
    qtbot: QtBot, screen: LibraryScreen, preferences: Preferences, window: Any
) -> None:
    with CrossrefServer(works(screen)) as server:
        preferences.change(crossref_url=server.url)
        screen._table.selectAll()
        screen.ask_crossref()
        qtbot.wait_until(lambda: bool(window.acts), timeout=20_000)
        assert window.said[-1] == "Asked Crossref about 48 references"
        qtbot.wait_until(lambda: len(crossref_answers.answers(screen.project.reader)) == 48)
        qtbot.wait_until(lambda: screen._filters._counted.counts["differs"] >= 0)


def test_comparing_asks_once_and_shows_what_came_though_it_is_still_being_written(
    qtbot: QtBot, screen: LibraryScreen, preferences: Preferences, messages: RecordedMessages, window: Any
) -> None:
    found = [{**work, "title": [f"{work['title'][0]} and more"]} for work in works(screen)]
    with CrossrefServer(found) as server:
        preferences.change(crossref_url=server.url)
        screen._box.show_text("author:udayaraj")
        qtbot.wait_until(lambda: len(screen.shown_ids()) == 1)
        screen.compare()
        qtbot.wait_until(lambda: bool(messages.asked), timeout=20_000)
        assert messages.asked == ["Reference 85: compare with Crossref"]
        qtbot.wait_until(lambda: len(crossref_answers.answers(screen.project.reader)) == 1)
        assert len(server.asked) == 1
        assert window.acts == []


def test_a_cancelled_run_keeps_what_arrived(
    qtbot: QtBot, screen: LibraryScreen, preferences: Preferences, threaded_lanes: Lanes, window: Any
) -> None:
    found = works(screen)
    with CrossrefServer(found[:30]) as server:  # the other 18 are asked for one by one
        preferences.change(crossref_url=server.url)
        started: list[Task] = []
        threaded_lanes.network.started.connect(started.append)
        screen._table.selectAll()
        screen.ask_crossref()
        (task,) = started
        task.progressed.connect(lambda done, _total: task.cancel() if done >= 30 else None)
        qtbot.wait_until(lambda: screen._run is None, timeout=20_000)
        qtbot.wait_until(lambda: len(crossref_answers.answers(screen.project.reader)) >= 30)
        assert len(crossref_answers.answers(screen.project.reader)) < 48
        assert window.acts == []
