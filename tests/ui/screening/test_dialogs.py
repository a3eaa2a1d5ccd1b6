"""The dialogs of screening by keyboard alone: what Enter, Ctrl+Enter and Tab do in them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.ui.screening.protocol_dialog import ProtocolDialog
from evidence_app.ui.screening.protocol_form import ProtocolForm
from evidence_app.ui.screening.reasons_dialog import EditedReason, ReasonsDialog
from evidence_app.ui.screening.terms_dialog import TermsDialog
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages

CRITERIA = ((4, "E1 Not about people"), (5, "E2 No data"))
OFFERED = (EditedReason(None, "Not about people", 4), EditedReason(None, "No data", 5))


@pytest.fixture
def behind(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    return made


def open_(dialog: QDialog, qtbot: QtBot) -> None:
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.wait_exposed(dialog)


def press(dialog: QDialog, *keys: Qt.Key, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(dialog.focusWidget() or dialog, key, held)


def at(dialog: QDialog) -> str:
    """Return the name of what has the keyboard."""
    held = dialog.focusWidget()
    return held.accessibleName() if held is not None else ""


@pytest.fixture
def reasons(parts: Parts, behind: QWidget, qtbot: QtBot) -> ReasonsDialog:
    made = ReasonsDialog(parts, "full text", (), CRITERIA, behind, from_criteria=OFFERED)
    open_(made, qtbot)
    return made


def test_enter_adds_a_reason_and_with_nothing_typed_keeps_the_list(reasons: ReasonsDialog) -> None:
    assert at(reasons) == "New reason"
    for name in ("Wrong place", "Wrong time"):
        QTest.keyClicks(reasons.focusWidget(), name)
        press(reasons, Qt.Key.Key_Return)
        assert reasons.isVisible()
        assert at(reasons) == "New reason"
    assert [each.name for each in reasons.wanted()] == ["Wrong place", "Wrong time"]
    press(reasons, Qt.Key.Key_Return)
    assert reasons.result() == QDialog.DialogCode.Accepted


def test_each_exclusion_criterion_without_a_reason_gives_one(reasons: ReasonsDialog) -> None:
    reasons.reasons = [EditedReason(None, "Nobody in it", 4)]
    reasons._build()
    reasons.taker.click()
    assert [(each.name, each.criterion) for each in reasons.wanted()] == [("Nobody in it", 4), ("No data", 5)]
    assert reasons.taker.isHidden()


def test_taking_a_reason_off_leaves_the_keyboard_beside_it(reasons: ReasonsDialog) -> None:
    reasons.begin()
    reasons.take_off(1)
    assert at(reasons) == "Reason 2"


@pytest.fixture
def protocol(parts: Parts, behind: QWidget, messages: RecordedMessages, qtbot: QtBot) -> ProtocolDialog:
    made = ProtocolDialog(parts, ProtocolForm(), ["Ben Okri"], (), messages.confirm, behind)
    open_(made, qtbot)
    return made


def test_the_protocol_begins_in_its_first_field_and_tab_follows_added_lines(protocol: ProtocolDialog) -> None:
    assert at(protocol) == "Type of review"
    press(protocol, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Space)
    assert at(protocol) == "Question"
    QApplication.processEvents()  # until the new line is shown
    press(protocol, Qt.Key.Key_Tab)
    assert at(protocol) == "Take question 1 off"
    press(protocol, Qt.Key.Key_Tab)
    assert protocol.focusWidget() is protocol.questions.add_button
    protocol.questions.take_off(0)
    assert protocol.focusWidget() is protocol.questions.add_button


def test_what_was_typed_into_the_protocol_is_not_lost_by_esc(
    protocol: ProtocolDialog, messages: RecordedMessages
) -> None:
    protocol.review_type.setText("Exploratory review")
    press(protocol, Qt.Key.Key_Escape)
    assert protocol.isVisible()
    assert "not kept" in messages.asked[-1]
    messages.answers = [True]
    press(protocol, Qt.Key.Key_Escape)
    assert not protocol.isVisible()


def test_a_protocol_nobody_touched_closes_at_once(
    protocol: ProtocolDialog, messages: RecordedMessages
) -> None:
    press(protocol, Qt.Key.Key_Escape)
    assert not protocol.isVisible()
    assert messages.asked == []


def test_the_pages_of_the_protocol_turn_by_key(protocol: ProtocolDialog) -> None:
    press(protocol, Qt.Key.Key_PageDown, ctrl=True)
    assert protocol.tabs.currentIndex() == 1
    press(protocol, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, ctrl=True)
    assert protocol.tabs.currentIndex() == 3


@pytest.mark.parametrize(
    "go",
    [
        lambda dialog: dialog.questions.add(),
        lambda dialog: dialog.roles.add(),
        lambda dialog: dialog.questions.add_button.setFocus(),
        lambda dialog: dialog.after.setFocus(),
    ],
    ids=["a text", "a choice that can be typed", "a button", "a long text"],
)
def test_ctrl_enter_keeps_the_protocol_whatever_has_the_keyboard(
    protocol: ProtocolDialog, go: Callable[[ProtocolDialog], None]
) -> None:
    protocol.tabs.setCurrentIndex(0)
    go(protocol)
    press(protocol, Qt.Key.Key_Return, ctrl=True)
    assert protocol.result() == QDialog.DialogCode.Accepted


def test_ctrl_enter_on_a_button_does_not_press_it(parts: Parts, behind: QWidget, qtbot: QtBot) -> None:
    asked: list[str] = []

    def words() -> list[str]:
        asked.append("searches")
        return ["nudg*"]

    dialog = TermsDialog(parts, {}, words, behind)
    open_(dialog, qtbot)
    dialog.fill.setFocus()
    press(dialog, Qt.Key.Key_Return, ctrl=True)
    assert asked == []
    assert dialog.result() == QDialog.DialogCode.Accepted
