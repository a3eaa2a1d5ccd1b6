"""What keys do on the canvas: the caret moves, sentences are selected, letters act."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from evidence_app.ui.pages import moving
from evidence_app.ui.pages.document_view import DocumentView

Key = Qt.Key
ACTS: Final = {
    Key.Key_Q: "quick", Key.Key_N: "new", Key.Key_V: "vivo", Key.Key_M: "memo", Key.Key_I: "important",
    Key.Key_U: "uncode", Key.Key_S: "search", Key.Key_O: "overlaps", Key.Key_Return: "pick",
    Key.Key_Enter: "pick", Key.Key_F3: "next hit", Key.Key_Delete: "uncode",
}  # fmt: skip
TOLD: Final = (
    "Space next sentence · Enter code · Q last code · 1–9 recent · N new · V in vivo · M memo · "
    "I important · U take off · O overlaps · S search · F2 ends · F4 area"
)
"""The keys as the foot of the screen tells them."""
_SHIFT, _CTRL, _ALT = (
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


def pressed(canvas: DocumentView, event: QKeyEvent) -> bool:
    """Do what a key stands for; return False where it stands for nothing here."""
    key, held = Key(event.key()), event.modifiers()
    if event.matches(QKeySequence.StandardKey.Copy):
        canvas.copy()
        return True
    if event.matches(QKeySequence.StandardKey.SelectAll):
        canvas.select(0, len(canvas.text), show=False)
        return True
    if key == Key.Key_Space:
        return _sentence(canvas, back=bool(held & _SHIFT), more=bool(held & _CTRL))
    if _moved(canvas, key, held):
        return True
    if key == Key.Key_F3:
        canvas.asked.emit("last hit" if held & _SHIFT else "next hit")
        return True
    return not held & (_CTRL | _ALT) and _acted(canvas, key, event.text())


def _acted(canvas: DocumentView, key: Key, letter: str) -> bool:
    if key == Key.Key_Escape and (canvas.anchor != canvas.caret or canvas.chosen is not None):
        canvas.choose(None)
        canvas.move_caret(canvas.caret, keep=False)
        return True
    if key == Key.Key_O:
        _choose_next(canvas)
        return True
    if key in ACTS:
        canvas.asked.emit(ACTS[key])
        return True
    if letter.isdecimal() and letter != "0":
        canvas.asked.emit(f"recent {int(letter)}")
        return True
    if letter.strip() and letter.isprintable() and (letter.isalpha()):
        canvas.typed.emit(letter)
        return True
    return False


def _choose_next(canvas: DocumentView) -> None:
    """Choose the next of the passages that overlap at the caret."""
    found = canvas.marks.at(canvas.caret) or canvas.marks.at(max(canvas.selection[1] - 1, 0))
    rows = [mark.row for mark in found]
    if rows:
        at = rows.index(canvas.chosen) + 1 if canvas.chosen in rows else 0
        canvas.choose(rows[at % len(rows)])


def _sentence(canvas: DocumentView, *, back: bool, more: bool) -> bool:
    """Select the next sentence, or the one before; with `more` beside what is selected already."""
    start, end = canvas.selection
    hit = (start, end) in canvas.hits
    found = (
        moving.sentence_back(canvas.text, start)
        if back
        else moving.sentence_on(canvas.text, start, end, hit=hit)
    )
    if found is None:
        return True
    if more and start < end:
        found = (min(start, found[0]), max(end, found[1]))
    canvas.select(*found)
    return True


def _moved(canvas: DocumentView, key: Key, held: Qt.KeyboardModifier) -> bool:
    keep, by_word = bool(held & _SHIFT), bool(held & _CTRL)
    if held & _ALT:
        return False
    at, text = canvas.caret, canvas.text
    if key == Key.Key_Right:
        start, end = canvas.selection
        by_words = moving.word_end if keep else moving.word_right
        to = by_words(text, at) if by_word else (end if start < end and not keep else at + 1)
    elif key == Key.Key_Left:
        start, end = canvas.selection
        to = moving.word_left(text, at) if by_word else (start if start < end and not keep else at - 1)
    elif key in (Key.Key_Up, Key.Key_Down):
        return _by_line(canvas, up=key == Key.Key_Up, keep=keep)
    elif key in (Key.Key_PageUp, Key.Key_PageDown):
        return _by_page(canvas, up=key == Key.Key_PageUp, keep=keep)
    elif key == Key.Key_Home:
        to = 0 if by_word else _line_end(canvas, last=False)
    elif key == Key.Key_End:
        to = len(text) if by_word else _line_end(canvas, last=True)
    else:
        return False
    canvas.move_caret(to, keep=keep)
    return True


def _by_line(canvas: DocumentView, *, up: bool, keep: bool) -> bool:
    goal, place = canvas.goal(), canvas.place_of(canvas.caret)
    step = max(place.height(), 4.0)
    for times in (1.0, 1.6, 2.4, 4.0, 7.0):
        y = place.top() - step * (times - 0.5) if up else place.bottom() + step * (times - 0.5)
        to = canvas.hit(QPointF(goal, y))
        new = canvas.place_of(to)
        moved = new.center().y() < place.top() if up else new.center().y() > place.bottom()
        if moved:
            canvas.move_caret(to, keep=keep, goal=goal)
            return True
    return True


def _by_page(canvas: DocumentView, *, up: bool, keep: bool) -> bool:
    place, goal = canvas.place_of(canvas.caret), canvas.goal()
    step = canvas.viewport().height() * 0.85
    bar = canvas.verticalScrollBar()
    bar.setValue(bar.value() + int(-step if up else step))
    if canvas.text:
        y = place.center().y() + (-step if up else step)
        canvas.move_caret(canvas.hit(QPointF(goal, y)), keep=keep, goal=goal)
    return True


def _line_end(canvas: DocumentView, *, last: bool) -> int:
    place = canvas.place_of(canvas.caret)
    return canvas.hit(QPointF(canvas.paper_right() if last else 0.0, place.center().y()))
