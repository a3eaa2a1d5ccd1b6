"""A block as a text document and back: nothing is lost either way, and caret places agree."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from evidence_app.domain.manuscript import AnchorPlace, Mark, Run, Text, tidy
from evidence_app.services.synthesis.flat import ANCHOR, cut, length, place_of
from evidence_app.ui.manuscript import prose

LETTERS = st.characters(
    blacklist_categories=("Cc", "Cs", "Cn"), blacklist_characters=f"{ANCHOR}\u2028\u2029\u2060\ufdd0\ufdd1"
)
MARKS = st.sets(st.sampled_from(list(Mark))).map(lambda marks: tuple(mark for mark in Mark if mark in marks))
PIECES = st.one_of(st.builds(Text, st.text(LETTERS, max_size=10), MARKS), st.just(None))
RUNS = st.lists(PIECES, max_size=8).map(
    lambda pieces: [AnchorPlace(f"a{at}") if piece is None else piece for at, piece in enumerate(pieces)]
)
QT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def document_of(runs: list[Run]) -> QTextDocument:
    document = QTextDocument()
    prose.fill(document, runs)
    return document


@pytest.mark.usefixtures("qapp")
@QT
@given(runs=RUNS)
def test_runs_come_back_from_the_document_as_they_went_in(runs: list[Run]) -> None:
    assert prose.runs_of(document_of(runs)) == tidy(runs)


@pytest.mark.usefixtures("qapp")
@QT
@given(runs=RUNS, data=st.data())
def test_places_in_the_runs_and_positions_in_the_document_agree(runs: list[Run], data: st.DataObject) -> None:
    document = document_of(runs)
    place = data.draw(st.integers(0, length(runs)))
    position = prose.document_position(document, place)
    assert prose.flat_place(document, position) == place
    assert prose.runs_of(document, 0, position) == cut(runs, 0, place)


@pytest.mark.usefixtures("qapp")
@QT
@given(runs=RUNS)
def test_every_anchor_is_found_where_it_stands(runs: list[Run]) -> None:
    document = document_of(runs)
    found = prose.anchors_in(document)
    anchors = [run.anchor for run in runs if isinstance(run, AnchorPlace)]
    assert list(found) == anchors
    assert [prose.flat_place(document, at) for at in found.values()] == [place_of(runs, at) for at in anchors]


@pytest.mark.usefixtures("qapp")
def test_an_anchor_never_begins_a_line() -> None:
    for before in ("in the sentence", "in the sentence ", "in the sentence,"):
        document = document_of([Text(before), AnchorPlace("a"), Text(" and more words after it")])
        for width in range(60, 400, 7):
            document.setTextWidth(width)
            layout = document.begin().layout()
            text = document.toRawText()
            starts = [layout.lineAt(at).textStart() for at in range(layout.lineCount())]
            assert not any(text[start] == ANCHOR for start in starts)


@pytest.mark.usefixtures("qapp")
def test_removing_an_anchor_takes_its_glue_and_leaves_the_words() -> None:
    document = document_of([Text("Told"), AnchorPlace("a"), Text(" again "), AnchorPlace("b")])
    assert prose.remove_anchor(document, "a") == 4
    prose.remove_anchor(document, "b")
    assert prose.runs_of(document) == (Text("Told again "),)
    assert prose.remove_anchor(document, "a") is None


@pytest.mark.usefixtures("qapp")
def test_what_is_typed_behind_an_anchor_is_plain_words() -> None:
    document = document_of([Text("Told"), AnchorPlace("a")])
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(" again")
    assert prose.runs_of(document) == (Text("Told"), AnchorPlace("a"), Text(" again"))
