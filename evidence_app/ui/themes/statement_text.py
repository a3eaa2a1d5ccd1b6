"""A statement as the editor's document holds it, and back: words with marks, anchors as pictures."""

from collections.abc import Iterator, Mapping

from PySide6.QtGui import QTextCharFormat, QTextDocument, QTextFormat, QTextFragment

from evidence_app.domain.manuscript import AnchorPlace, Mark, Run, Text, tidy
from evidence_app.services.synthesis.flat import ANCHOR

JOINER = "\u2060"
"""Stands before each anchor in the editor, and nowhere else, so that none begins a line."""
JOINT = QTextFormat.Property.UserProperty.value + 1
"""Marks the format of a joiner, which what is typed beside it must not take over."""


def in_editor_order(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the runs with their marks in the order the editor gives them back."""
    return tidy(
        tuple(
            Text(run.text.replace(JOINER, ""), tuple(mark for mark in Mark if mark in run.marks))
            if isinstance(run, Text)
            else run
            for run in runs
        )
    )


def may_stand(run: Run, there: set[str], known: Mapping[str, object]) -> bool:
    """Return whether a pasted run may stand: words, and anchors of this finding that stand nowhere yet."""
    return isinstance(run, Text) or (run.anchor in known and run.anchor not in there)


def joint() -> QTextCharFormat:
    """Return how a joiner is set: so small that the face it comes from does not raise the line."""
    made = QTextCharFormat()
    made.setProperty(JOINT, True)
    made.setProperty(QTextFormat.Property.FontPixelSize, 1)
    return made


def format_of(marks: tuple[Mark, ...]) -> QTextCharFormat:
    """Return how words with these marks are set."""
    made = QTextCharFormat()
    aligns = QTextCharFormat.VerticalAlignment
    if Mark.EMPHASIS in marks:
        made.setFontItalic(True)
    if Mark.STRONG in marks:
        made.setFontWeight(600)
    if Mark.SUB in marks:
        made.setVerticalAlignment(aligns.AlignSubScript)
    elif Mark.SUP in marks:
        made.setVerticalAlignment(aligns.AlignSuperScript)
    return made


def marks_of(format_: QTextCharFormat) -> tuple[Mark, ...]:
    """Return the marks of words that are set so."""
    aligns = QTextCharFormat.VerticalAlignment
    held = {
        Mark.EMPHASIS: format_.fontItalic(),
        Mark.STRONG: format_.fontWeight() >= 600,
        Mark.SUB: format_.verticalAlignment() == aligns.AlignSubScript,
        Mark.SUP: format_.verticalAlignment() == aligns.AlignSuperScript,
    }
    return tuple(mark for mark, on in held.items() if on)


def runs_between(document: QTextDocument, start: int, end: int) -> Iterator[Run]:
    """Yield the words and anchors between two positions of the document."""
    for fragment, text in _fragments(document, start, end):
        format_ = fragment.charFormat()
        plain = ""
        for letter in text:
            if letter == JOINER:
                continue
            if letter != ANCHOR:
                plain += letter
                continue
            if plain:
                yield Text(plain, marks_of(format_))
                plain = ""
            if format_.isImageFormat():
                yield AnchorPlace(format_.toImageFormat().name())
        if plain:
            yield Text(plain, marks_of(format_))


def _fragments(document: QTextDocument, start: int, end: int) -> Iterator[tuple[QTextFragment, str]]:
    block = document.begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            fragment = place.fragment()
            at = fragment.position()
            text = fragment.text()[max(0, start - at) : max(0, end - at)]
            if text:
                yield fragment, text
            place += 1
        block = block.next()
