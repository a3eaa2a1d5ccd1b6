"""The statement editor: what goes in comes out, and an anchor is one letter for keys and places."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from evidence_app.domain.manuscript import AnchorPlace, Block, Mark, Run, Text
from evidence_app.services.synthesis.flat import ANCHOR, flat
from evidence_app.ui.look import Look
from evidence_app.ui.themes.statement import StatementEdit
from evidence_app.ui.themes.statement_text import in_editor_order

WORDS = st.text(
    st.characters(
        blacklist_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), blacklist_characters=f"{ANCHOR}\u2060"
    ),
    max_size=12,
)
MARKS = st.sets(st.sampled_from((Mark.EMPHASIS, Mark.STRONG, Mark.SUP))).map(tuple)
RUNS = st.lists(st.one_of(st.builds(Text, WORDS, MARKS), st.none()), max_size=8).map(
    lambda pieces: [AnchorPlace(f"a{at}") if piece is None else piece for at, piece in enumerate(pieces)]
)
FINDING: tuple[Run, ...] = (Text("It lasts"), AnchorPlace("one"), Text(" where paid."), AnchorPlace("two"))


def block_of(runs: tuple[Run, ...], guid: str = "block") -> Block:
    return Block(guid=guid, section=1, runs=runs, theme=1)


@pytest.fixture
def editor(look: Look) -> Iterator[StatementEdit]:
    made = StatementEdit(look)
    made.show_block(block_of(FINDING), {"one": "55", "two": "56"})
    made.resize(300, 80)
    made.show()
    made.activateWindow()
    made.setFocus()
    yield made
    made.close()
    made.deleteLater()


def at(editor: StatementEdit, place: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(editor._position(place))
    editor.setTextCursor(cursor)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(runs=RUNS)
def test_runs_come_back_as_they_went_in(look: Look, runs: list[Run]) -> None:
    made = StatementEdit(look)
    labels = {run.anchor: "1" for run in runs if isinstance(run, AnchorPlace)}
    made.show_block(block_of(tuple(runs)), labels)
    assert made.runs() == in_editor_order(tuple(runs))
    told: list[object] = []
    made.edited.connect(told.append)
    made.keep()
    assert told == [], "nothing was typed, so there is nothing to keep"
    for place in range(len(flat(made.runs())) + 1):
        assert made._flat(made._position(place)) == place
    made.deleteLater()


def test_arrows_pass_an_anchor_in_one_step(editor: StatementEdit) -> None:
    at(editor, len("It lasts"))
    QTest.keyClick(editor, Qt.Key.Key_Right)
    assert editor.place == len("It lasts") + 1
    QTest.keyClick(editor, Qt.Key.Key_Left)
    assert editor.place == len("It lasts")
    QTest.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert editor.textCursor().selectedText().endswith(ANCHOR)


@pytest.mark.parametrize(
    ("place", "key"), [(len("It lasts"), Qt.Key.Key_Delete), (len("It lasts") + 1, Qt.Key.Key_Backspace)]
)
def test_one_key_deletes_an_anchor(editor: StatementEdit, place: int, key: Qt.Key) -> None:
    at(editor, place)
    QTest.keyClick(editor, key)
    assert editor.runs() == (Text("It lasts where paid."), AnchorPlace("two"))
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.runs() == FINDING


@pytest.mark.parametrize("place", [0, 8, 9, 21, 22])
def test_words_typed_beside_an_anchor_are_plain_words(editor: StatementEdit, place: int) -> None:
    at(editor, place)
    QTest.keyClicks(editor, "X")
    assert flat(editor.runs()) == flat(FINDING)[:place] + "X" + flat(FINDING)[place:]
    assert all(not run.marks for run in editor.runs() if isinstance(run, Text))
    size = editor.document().defaultFont().pixelSize()
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.charFormat().font().pixelSize() in (size, -1)


def test_words_typed_before_an_anchor_at_the_start_are_plain_words(editor: StatementEdit) -> None:
    editor.show_block(block_of((AnchorPlace("one"), Text("later")), "third"), {"one": "55"})
    at(editor, 0)
    QTest.keyClicks(editor, "X")
    assert editor.runs() == (Text("X"), AnchorPlace("one"), Text("later"))
    first = QTextCursor(editor.document())
    first.movePosition(QTextCursor.MoveOperation.Right)
    assert first.charFormat().font().pixelSize() != 1


def test_pasted_lines_become_one_line(editor: StatementEdit) -> None:
    from PySide6.QtCore import QMimeData

    mime = QMimeData()
    mime.setText("first\nsecond\tthird")
    at(editor, 0)
    editor.insertFromMimeData(mime)
    assert flat(editor.runs()).startswith("first second third")


def test_another_state_from_the_project_is_shown_unless_somebody_types(editor: StatementEdit) -> None:
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClicks(editor, " More.")
    typed = editor.runs()
    editor.show_block(block_of((Text("Other words."),)), {})
    assert editor.runs() == typed
    editor.show_block(block_of((Text("Another finding."),), "other"), {})
    assert editor.runs() == (Text("Another finding."),)
