"""The window's own dialogs: complete, named, and kept at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.ui.dialogs.about import HelpDialog, KeysDialog, about_text
from evidence_app.ui.dialogs.ask import AskDialog
from evidence_app.ui.dialogs.message import MessageDialog
from evidence_app.ui.dialogs.person import PersonDialog, initials_of
from evidence_app.ui.dialogs.settings_dialog import SettingsDialog
from evidence_app.ui.look import Look
from evidence_app.ui.messages import Messages
from evidence_app.ui.registry import SCREENS
from evidence_app.ui.settings import CROSSREF, Preferences
from evidence_app.ui.shell.palette import Entry
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import nameless, unreachable


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Lovelace", "AL"),
        ("Ada de la Cruz", "Adl"),
        ("Ann-Marie Ø", "AMØ"),
        ("王小明", "王"),
        ("", ""),
        ("4 x", "x"),
    ],
)
def test_initials_are_suggested_from_the_name(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_the_first_start_asks_who_and_keeps_it(qtbot: QtBot, parts: Parts, preferences: Preferences) -> None:
    preferences.change(person_name="", person_initials="")
    dialog = PersonDialog(parts, preferences)
    qtbot.addWidget(dialog)
    assert not dialog.enough.isEnabled()
    qtbot.keyClicks(dialog.name, "Grace Hopper")
    assert dialog.initials.text() == "GH"
    qtbot.mouseClick(dialog.enough, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert (preferences.now.person_name, preferences.now.person_initials) == ("Grace Hopper", "GH")


def test_settings_are_kept_at_once(qtbot: QtBot, parts: Parts, preferences: Preferences) -> None:
    dialog = SettingsDialog(parts, preferences)
    qtbot.addWidget(dialog)
    dialog.address.setText("ada@example.org")
    dialog.address.editingFinished.emit()
    dialog.text_size.setCurrentIndex(dialog.text_size.findData(150))
    dialog.theme.choose("dark")
    dialog.theme.chosen.emit("dark")
    now = preferences.now
    assert (now.contact_address, now.text_size, now.theme) == ("ada@example.org", 150, "dark")


def test_an_emptied_service_address_is_the_public_one_and_an_emptied_name_is_not_kept(
    qtbot: QtBot, parts: Parts, preferences: Preferences
) -> None:
    dialog = SettingsDialog(parts, preferences)
    qtbot.addWidget(dialog)
    dialog.crossref.setText(" ")
    dialog.crossref.editingFinished.emit()
    dialog.name.setText("")
    dialog.name.editingFinished.emit()
    assert preferences.now.crossref_url == CROSSREF
    assert preferences.now.person_name == "Ada Reviewer"


def test_every_dialog_is_named_and_reachable(qtbot: QtBot, parts: Parts, preferences: Preferences) -> None:
    entries = [Entry("Export…", lambda: None, keys="Ctrl+E")]
    for dialog in (
        PersonDialog(parts, preferences), SettingsDialog(parts, preferences), HelpDialog(parts, SCREENS),
        KeysDialog(parts, entries),
    ):  # fmt: skip
        qtbot.addWidget(dialog)
        assert nameless(dialog) == []
        assert unreachable(dialog) == []


def test_no_dialog_is_larger_than_the_screen_however_large_the_text(
    qtbot: QtBot, look: Look, parts: Parts, preferences: Preferences
) -> None:
    look.change(scale=2.0)
    for dialog in (SettingsDialog(parts, preferences), HelpDialog(parts, SCREENS), KeysDialog(parts, [])):
        qtbot.addWidget(dialog)
        room = dialog.screen().availableSize()
        assert dialog.width() <= room.width()
        assert dialog.height() <= room.height()


def test_the_list_of_keys_names_every_command_that_has_one(qtbot: QtBot, parts: Parts) -> None:
    dialog = KeysDialog(parts, [Entry("Export…", lambda: None, keys="Ctrl+E"), Entry("Light", lambda: None)])
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Ctrl+E" in words
    assert "Export…" in words
    assert "Light" not in words


def test_the_credits_name_whose_work_is_inside() -> None:
    assert all(name in about_text() for name in ("Qt", "Phosphor", "CSL", "pandoc", "Crossref"))


def test_a_question_is_answered_by_its_act_and_an_empty_line_is_no_answer(qtbot: QtBot, parts: Parts) -> None:
    dialog = AskDialog(parts, "New section", "Title of the section")
    qtbot.addWidget(dialog)
    dialog.open()
    assert nameless(dialog) == []
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.line, "Funding")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.result() == AskDialog.DialogCode.Accepted
    assert dialog.answer == "Funding"


def test_what_was_answered_before_can_be_taken_back(qtbot: QtBot, parts: Parts) -> None:
    dialog = AskDialog(parts, "Explain", "Why", "Lost in the post")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.line.clear()
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.result() == AskDialog.DialogCode.Accepted


def test_a_question_is_answered_safely_by_enter_and_with_its_act_by_its_button(
    qtbot: QtBot, parts: Parts
) -> None:
    for press, answer in ((Qt.Key.Key_Return, False), (Qt.Key.Key_Tab, True), (Qt.Key.Key_Escape, False)):
        dialog = MessageDialog(parts, "Remove Evans 2013?", "It is cited.", "Remove Evans 2013")
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        dialog.activateWindow()
        dialog.safe.setFocus()
        qtbot.keyClick(dialog.focusWidget() or dialog, press)
        if press == Qt.Key.Key_Tab:
            assert dialog.focusWidget() is dialog.act
            qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        assert (dialog.result() == QDialog.DialogCode.Accepted) is answer
        assert not dialog.isVisible()


def test_a_message_is_as_high_as_its_words_at_every_text_size(qtbot: QtBot, parts: Parts, look: Look) -> None:
    for scale in (1.0, 2.0):
        look.change(scale=scale)
        heights = []
        for words in ("Short.", "It is cited in the manuscript, in many a place. " * 4):
            dialog = MessageDialog(parts, "This project could not be opened", words)
            qtbot.addWidget(dialog)
            dialog.show()
            label = dialog.explanation
            needed = label.heightForWidth(label.width())
            assert needed <= label.height() <= needed + 8
            assert dialog.act is None
            heights.append(dialog.height())
            dialog.close()
        assert heights[0] < heights[1]


def test_a_question_of_a_dialog_stands_above_that_dialog(qtbot: QtBot, parts: Parts) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    asking = AskDialog(parts, "Tag", "Name of the tag", "", window)
    messages = Messages(lambda: window, parts)
    assert messages._message("Gone.", "").parentWidget() is window
    asking.open()
    question = messages._message("Close it?", "What was typed is lost.", "Close it")
    assert question.parentWidget() is asking
    asking.close()
