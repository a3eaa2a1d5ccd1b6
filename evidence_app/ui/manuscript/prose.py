"""A block as a text document, and back: prose with citation anchors as objects in its sentences.

The painted page and the editor lay out the same document, so that nothing moves when a block is entered."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from evidence_app.domain.manuscript import AnchorPlace, BlockKind, Mark, Role, Run, Text, tidy
from evidence_app.services.synthesis.flat import ANCHOR
from evidence_app.ui.look import Look

ANCHOR_OBJECT: Final = int(QTextFormat.ObjectTypes.UserObject) + 1
_MARKS: Final = int(QTextFormat.Property.UserProperty) + 1
_ANCHOR: Final = int(QTextFormat.Property.UserProperty) + 2
_GLUE: Final = int(QTextFormat.Property.UserProperty) + 3
_JOINER: Final = "\u2060"
_FIXED_SPACE: Final = "\u00a0"
_LINE: Final = "\u2028"
LEADING: Final = 136
"""Distance of the lines in hundredths of the font's own."""
_SIGNS: Final = {Role.EVIDENCE: "", Role.DEFINITION: "def. ", Role.CONTEXT: "", Role.CONTRAST: "cf. "}


class Face(NamedTuple):
    """How an anchor stands in the sentence."""

    text: str
    role: Role


def face_text(role: Role, numbers: str) -> str:
    """Return the words on an anchor."""
    return f"{_SIGNS[role]}{numbers or '?'}"


def font_of(look: Look, kind: BlockKind) -> QFont:
    """Return the font a kind of block is set in."""
    role = {BlockKind.HEADING: "title", BlockKind.CAPTION: "statement"}.get(kind, "reading")
    font = look.font(role, "serif")
    font.setWeight(QFont.Weight.Bold if kind is BlockKind.HEADING else QFont.Weight.Normal)
    return font


def prepare(document: QTextDocument, look: Look, kind: BlockKind) -> None:
    """Give a document the font and the line breaking of its kind of block."""
    document.setDocumentMargin(0)
    document.setDefaultFont(font_of(look, kind))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)


def fill(document: QTextDocument, runs: Sequence[Run]) -> None:
    """Put the runs into the document in place of what it holds; this cannot be undone in it."""
    undo = document.isUndoRedoEnabled()
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    cursor.setBlockFormat(_leaded())
    put(cursor, runs)
    document.setUndoRedoEnabled(undo)
    document.setModified(False)


def _leaded() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return form


def put(cursor: QTextCursor, runs: Sequence[Run]) -> None:
    """Insert the runs at the cursor; each anchor is glued to the word before it."""
    for run in runs:
        if isinstance(run, AnchorPlace):
            _glue(cursor)
            cursor.insertText(ANCHOR, _anchor_format(run.anchor))
        else:
            words = run.text.replace(ANCHOR, "\ufffd").replace("\n", _LINE)
            cursor.insertText(words, mark_format(run.marks))


def _glue(cursor: QTextCursor) -> None:
    """Forbid a line break before what follows: an anchor never begins a line."""
    place = cursor.position()
    before = cursor.document().characterAt(place - 1) if place else ""
    form = QTextCharFormat()
    form.setProperty(_GLUE, True)
    if before == " ":
        cursor.setPosition(place - 1, QTextCursor.MoveMode.KeepAnchor)
        form.merge(cursor.charFormat())
        form.setProperty(_GLUE, True)
        cursor.insertText(_FIXED_SPACE, form)
    elif before and before not in (_JOINER, _LINE):
        cursor.insertText(_JOINER, form)


def _anchor_format(anchor: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setObjectType(ANCHOR_OBJECT)
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    form.setProperty(_ANCHOR, anchor)
    return form


def mark_format(marks: Sequence[Mark]) -> QTextCharFormat:
    """Return how text with these marks is set."""
    form = QTextCharFormat()
    ordered = [mark for mark in Mark if mark in marks]
    form.setProperty(_MARKS, " ".join(ordered))
    if Mark.EMPHASIS in marks:
        form.setFontItalic(True)
    if Mark.STRONG in marks:
        form.setFontWeight(QFont.Weight.Bold)
    alignments = QTextCharFormat.VerticalAlignment
    raised = Mark.SUP in marks
    lowered = Mark.SUB in marks and not raised
    form.setVerticalAlignment(
        alignments.AlignSuperScript
        if raised
        else alignments.AlignSubScript
        if lowered
        else alignments.AlignNormal
    )
    return form


def marks_of(form: QTextCharFormat) -> tuple[Mark, ...]:
    """Return the marks a format stands for."""
    words = str(form.property(_MARKS) or "").split()
    return tuple(Mark(word) for word in words)


def anchor_of(form: QTextCharFormat) -> str:
    """Return the identity of the anchor a format stands for, or nothing."""
    return str(form.property(_ANCHOR) or "") if form.objectType() == ANCHOR_OBJECT else ""


def runs_of(document: QTextDocument, start: int = 0, end: int | None = None) -> tuple[Run, ...]:
    """Return what the document says between two of its positions, as runs; glue is left out."""
    runs: list[Run] = []
    last = document.characterCount() - 1 if end is None else end
    block = document.begin()
    while block.isValid():
        if block.blockNumber() and start <= block.position() - 1 < last:
            runs.append(Text("\n"))
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            first = max(start - piece.position(), 0)
            words = _units(piece.text(), first, max(last - piece.position(), 0))
            runs += _runs_in(words, piece.charFormat())
            pieces += 1
        block = block.next()
    return tidy(runs)


def _units(words: str, first: int, last: int) -> str:
    """Return a stretch of text given in Qt's count of characters."""
    if words.isascii():
        return words[first:last]
    return words.encode("utf-16-le", "surrogatepass")[2 * first : 2 * last].decode("utf-16-le", "ignore")


def _runs_in(words: str, form: QTextCharFormat) -> list[Run]:
    anchor = anchor_of(form)
    if anchor:
        return [AnchorPlace(anchor) for letter in words if letter == ANCHOR]
    if form.property(_GLUE):
        words = words.replace(_JOINER, "").replace(_FIXED_SPACE, " ")
    words = words.replace(_LINE, "\n").replace(ANCHOR, "\ufffd")
    return [Text(words, marks_of(form))] if words else []


def is_glue(document: QTextDocument, position: int) -> bool:
    """Return whether the character at a position only holds an anchor to the word before it."""
    if document.characterAt(position) != _JOINER:
        return False
    cursor = QTextCursor(document)
    cursor.setPosition(position + 1)
    return bool(cursor.charFormat().property(_GLUE))


def _letters(document: QTextDocument) -> Iterator[tuple[int, str]]:
    """Yield each character with its position; Qt counts those beyond the basic plane as two."""
    at = 0
    for letter in document.toRawText():
        yield at, letter
        at += 2 if letter > "\uffff" else 1


def flat_place(document: QTextDocument, position: int) -> int:
    """Return the place in the runs that a position of the document is."""
    before = (at for at, letter in _letters(document) if at < position and not _hides(document, at, letter))
    return sum(1 for _ in before)


def _hides(document: QTextDocument, at: int, letter: str) -> bool:
    return letter == _JOINER and is_glue(document, at)


def document_position(document: QTextDocument, place: int) -> int:
    """Return the position of the document that a place in the runs is: before an anchor's glue."""
    for at, letter in _letters(document):
        if place == 0:
            return at
        if not _hides(document, at, letter):
            place -= 1
    return document.characterCount() - 1


def anchors_in(document: QTextDocument) -> dict[str, int]:
    """Return the position of each anchor."""
    found: dict[str, int] = {}
    cursor = QTextCursor(document)
    for at, letter in _letters(document):
        if letter == ANCHOR:
            cursor.setPosition(at + 1)
            if anchor := anchor_of(cursor.charFormat()):
                found[anchor] = at
    return found


def remove_anchor(document: QTextDocument, anchor: str) -> int | None:
    """Take an anchor out with its glue, as one step of typing; return where it stood."""
    at = anchors_in(document).get(anchor)
    if at is None:
        return None
    cursor = QTextCursor(document)
    start = at - 1 if at and is_glue(document, at - 1) else at
    cursor.setPosition(start)
    cursor.setPosition(at + 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    return start


def rename_anchor(document: QTextDocument, position: int, anchor: str) -> None:
    """Give the anchor at a position another identity."""
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(_anchor_format(anchor))
