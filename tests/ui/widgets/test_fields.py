"""Fields are edited where they stand: kept once, restored on Esc, never disturbed while typing."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.ui.library.wrapped import WrappedField
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.fields import Field, GrowingText, InPlace, SearchBox
from evidence_app.ui.widgets.laying import down
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import nameless


@pytest.fixture
def form(qtbot: QtBot, parts: Parts) -> QWidget:
    """A shown form with two fields and a long one."""
    form = QWidget()
    form.setLayout(
        down(parts.field("Year", "2019", "imported"), parts.field("Issue"), parts.long_field("Note", "a"))
    )
    qtbot.addWidget(form)
    form.show()
    qtbot.wait_exposed(form)
    form.activateWindow()
    return form


def fields(form: QWidget) -> list[Field]:
    """Return the fields of a form."""
    return form.findChildren(Field)


def test_enter_keeps_once(form: QWidget, qtbot: QtBot) -> None:
    year, told = fields(form)[0], list[str]()
    year.edited.connect(told.append)
    year.editor.setFocus()
    year.editor.selectAll()
    qtbot.keyClicks(year.editor, "2020")
    qtbot.keyClick(year.editor, Qt.Key.Key_Return)
    fields(form)[1].editor.setFocus()
    assert told == ["2020"]


def test_leaving_the_field_keeps_it(form: QWidget, qtbot: QtBot) -> None:
    year, told = fields(form)[0], list[str]()
    year.edited.connect(told.append)
    year.editor.setFocus()
    qtbot.keyClicks(year.editor, "/2020 ")
    fields(form)[1].editor.setFocus()
    assert told in (["2019/2020"], ["/2020 2019".strip()])


def test_escape_restores_and_keeps_nothing(form: QWidget, qtbot: QtBot) -> None:
    year, told = fields(form)[0], list[str]()
    year.edited.connect(told.append)
    year.editor.setFocus()
    qtbot.keyClicks(year.editor, "x")
    qtbot.keyClick(year.editor, Qt.Key.Key_Escape)
    fields(form)[1].editor.setFocus()
    assert told == []
    assert year.editor.text() == "2019"  # type: ignore[union-attr]


def test_a_field_left_as_it_was_says_nothing(form: QWidget) -> None:
    told: list[str] = []
    for field in fields(form):
        field.edited.connect(told.append)
        field.editor.setFocus()
    fields(form)[0].editor.setFocus()
    assert told == []


def test_what_is_being_typed_is_not_overwritten(form: QWidget, qtbot: QtBot) -> None:
    year = fields(form)[0]
    year.editor.setFocus()
    qtbot.keyClicks(year.editor, "5")
    typed = year.editor.text()  # type: ignore[union-attr]
    year.show_value("1999", "crossref")
    assert year.editor.text() == typed  # type: ignore[union-attr]


def test_the_origin_is_told_in_words(form: QWidget) -> None:
    year = fields(form)[0]
    year.show_value("2019", "crossref", "From Crossref on 3 May 2024")
    assert year.origin.toolTip() == "From Crossref on 3 May 2024"
    year.show_value("2019", "typed")
    assert year.origin.toolTip() == "Typed by a person"


def test_a_long_text_is_kept_a_second_after_the_last_key(form: QWidget, qtbot: QtBot) -> None:
    note, told = fields(form)[2], list[str]()
    note.edited.connect(told.append)
    editor = note.editor
    assert isinstance(editor, GrowingText)
    editor.setFocus()
    with qtbot.wait_signal(note.edited, timeout=4000):
        qtbot.keyClicks(editor, "bc")
    assert told == ["bca"]
    fields(form)[0].editor.setFocus()
    assert told == ["bca"]


def test_escape_takes_a_long_text_back_to_the_beginning_even_after_it_was_kept(
    form: QWidget, qtbot: QtBot
) -> None:
    note, told = fields(form)[2], list[str]()
    note.edited.connect(told.append)
    editor = note.editor
    assert isinstance(editor, GrowingText)
    editor.setFocus()
    qtbot.keyClicks(editor, "b")
    editor.keep()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert told == ["ba", "a"]


def test_a_long_text_grows_with_its_lines(form: QWidget) -> None:
    editor = fields(form)[2].editor
    low = editor.height()
    editor.setPlainText("word " * 200)  # type: ignore[union-attr]
    assert editor.height() > 3 * low


def test_a_long_hint_is_elided_to_one_line(qtbot: QtBot, look: Look) -> None:
    text = GrowingText(look, "Title", hint="Marks: italics, bold, low, high and many more words than fit")
    qtbot.addWidget(text)
    text.resize(120, 40)
    text.show()
    qtbot.wait_until(lambda: text.placeholderText().endswith("…"))
    assert text.accessibleDescription().startswith("Marks: italics")


def test_every_field_has_a_name(form: QWidget) -> None:
    assert nameless(form) == []


def test_searching_waits_for_a_pause_and_tells_once(qtbot: QtBot, look: Look) -> None:
    box, told = SearchBox(look, "Search", "Search references", 200), list[str]()
    qtbot.addWidget(box)
    box.searched.connect(told.append)
    with qtbot.wait_signal(box.searched):
        qtbot.keyClicks(box, "care")
    assert told == ["care"]
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == ["care"]


def test_enter_searches_at_once_and_escape_empties(qtbot: QtBot, look: Look) -> None:
    box, told = SearchBox(look, "Search", "Search references", 200), list[str]()
    qtbot.addWidget(box)
    box.searched.connect(told.append)
    qtbot.keyClicks(box, "x")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == ["x", ""]


@pytest.mark.parametrize("make", [InPlace, GrowingText])
def test_ctrl_z_takes_back_typing_first_and_then_means_the_last_edit(
    qtbot: QtBot, look: Look, make: type[InPlace] | type[GrowingText]
) -> None:
    field = make(look, "Title", "before")
    qtbot.addWidget(field)
    field.show()
    field.setFocus()

    def wanted_by_field() -> bool:
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        asked.ignore()
        QApplication.sendEvent(field, asked)
        return asked.isAccepted()

    assert not wanted_by_field()
    qtbot.keyClicks(field, "x")
    assert wanted_by_field()


def test_esc_does_not_go_back_behind_what_was_kept_on_purpose(qtbot: QtBot, look: Look) -> None:
    field = WrappedField(look, "Title", "before")
    qtbot.addWidget(field)
    field.show()
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "after")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert isinstance(field.editor, GrowingText)
    assert field.editor.toPlainText() == "after"
