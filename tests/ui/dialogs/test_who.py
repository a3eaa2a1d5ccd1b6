"""Who works here: people of the review, of this computer, and somebody new."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidence_app.storage.applied import identity_from
from evidence_app.ui.dialogs.who import WhoDialog, people_to_offer
from evidence_app.ui.settings import Person, Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import nameless, unreachable


def test_people_of_the_review_and_of_this_computer_are_offered_once(preferences: Preferences) -> None:
    preferences.work_as(Person("Ben Okri", "BO", ""))
    ada = identity_from("Ada Reviewer")
    found = people_to_offer(preferences, {"Cy Young": "guid-of-cy", "Ada Reviewer": ada})
    assert [(person.name, told) for person, told in found] == [
        ("Ben Okri", "works here now"),
        ("Ada Reviewer", "in this review"),
        ("Cy Young", "in this review"),
    ]


def test_the_identity_in_the_review_counts_where_both_know_a_name(preferences: Preferences) -> None:
    preferences.work_as(Person("Ben Okri", "BO", ""))
    preferences.work_as(Person("Ada Reviewer", "AR", ""))
    found = {person.name: person.guid for person, _ in people_to_offer(preferences, {"Ben Okri": "b"})}
    assert found["Ben Okri"] == "b"


def test_a_name_nobody_has_is_somebody_new(qtbot: QtBot, parts: Parts, preferences: Preferences) -> None:
    dialog = WhoDialog(parts, people_to_offer(preferences, {"Benedict Grey": "b"}))
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.filter, "Ben")
    assert [dialog.list.item(at).text() for at in range(dialog.list.count())] == [
        "Benedict Grey   (in this review)",
        "Ben   (somebody new)",
    ]
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    assert dialog.chosen == Person("Ben", "B", "")


def test_a_name_that_is_there_is_no_somebody_new(
    qtbot: QtBot, parts: Parts, preferences: Preferences
) -> None:
    dialog = WhoDialog(parts, people_to_offer(preferences, {"Benedict Grey": "b"}))
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.filter, "benedict  grey ")
    assert dialog.list.count() == 1
    dialog.take()
    assert dialog.chosen == Person("Benedict Grey", "BG", "b")


def test_the_dialog_is_named_and_reached_by_tab(qtbot: QtBot, parts: Parts, preferences: Preferences) -> None:
    dialog = WhoDialog(parts, people_to_offer(preferences, {}))
    qtbot.addWidget(dialog)
    assert nameless(dialog) == []
    assert unreachable(dialog) == []


def test_who_worked_before_is_remembered_and_comes_back_as_the_same(preferences: Preferences) -> None:
    before = preferences.now
    preferences.work_as(Person("Ben Okri", "BO", ""))
    assert preferences.now.person_guid == identity_from("Ben Okri")
    preferences.work_as(preferences.people()[1])
    assert (preferences.now.person_name, preferences.now.person_guid) == (
        before.person_name,
        before.person_guid,
    )
    assert [each.name for each in preferences.people()] == [before.person_name, "Ben Okri"]
