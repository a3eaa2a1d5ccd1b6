"""Where everything in the row of a review finding stands: statement, inline anchors, chips."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QTextCharFormat, QTextLayout, QTextOption

from evidence_app.domain.manuscript import AnchorPlace, Mark, Role, Text
from evidence_app.services.synthesis.numbering import number_line
from evidence_app.services.synthesis.overview import FindingLine, ShownWork
from evidence_app.ui.look import Look

EDGE = 22
TEXT_LEFT = 112
RIGHT_ROOM = 40
ROLE_WORDS = {Role.EVIDENCE: "", Role.DEFINITION: "def.", Role.CONTEXT: "cf.", Role.CONTRAST: "against"}
LEAST_BESIDE = 150
"""Where the statement would be narrower, it stands below the direction instead of beside it."""


@dataclass(frozen=True, slots=True)
class ChipPlace:
    """A citation chip at its place in the row."""

    rect: QRect
    work: ShownWork
    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Places:
    """The row of one finding, measured for one width."""

    height: int
    statement: QTextLayout
    at: QPointF
    chips: tuple[ChipPlace, ...]
    support: QRect
    """How many reports support it: below the direction, or beside it where there is little room."""


class FindingLayout:
    """Measures rows and remembers what it measured until the look changes."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._kept: dict[tuple[str, int], tuple[FindingLine, Places]] = {}
        look.changed.connect(self._kept.clear)

    def places(self, line: FindingLine, width: int) -> Places:
        """Return the places in a row of this width."""
        key = (line.block.guid, width)
        kept = self._kept.get(key)
        if kept is not None and kept[0] == line:
            return kept[1]
        places = self._measured(line, width)
        self._kept[key] = (line, places)
        return places

    def _measured(self, line: FindingLine, width: int) -> Places:
        px = self._look.px
        beside = px(RIGHT_ROOM if width > px(560) else RIGHT_ROOM // 2)
        stacked = width - px(TEXT_LEFT) - beside < px(LEAST_BESIDE)
        left, top = (px(EDGE), px(40)) if stacked else (px(TEXT_LEFT), px(12))
        room = max(px(60), width - left - beside)
        statement, height = self._statement(line, room)
        chips, bottom = self._chips(line.works, left, top + height + px(7), room)
        support = QRect(px(EDGE), px(38), px(86), px(18))
        if stacked:
            support = QRect(px(EDGE) + px(92), px(13), max(px(20), width - px(EDGE) - px(98)), px(18))
        least = px(62) if not stacked else 0
        return Places(max(bottom + px(12), least), statement, QPointF(left, top), chips, support)

    def _statement(self, line: FindingLine, room: int) -> tuple[QTextLayout, int]:
        text, formats = marked(line, self._look)
        layout = QTextLayout(text or "No words yet", self._look.font("statement"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setFormats(formats)
        layout.beginLayout()
        height = 0.0
        while (row := layout.createLine()).isValid():
            row.setLineWidth(room)
            row.setPosition(QPointF(0, height))
            height += row.height() + self._look.px(1)
        layout.endLayout()
        return layout, round(height)

    def _chips(
        self, works: tuple[ShownWork, ...], left: int, top: int, room: int
    ) -> tuple[tuple[ChipPlace, ...], int]:
        px, font = self._look.px, self._look.font("caption")
        metrics = QFontMetrics(font)
        height, gap = self._look.size("chip"), px(5)
        chips: list[ChipPlace] = []
        x = left
        for work in works:
            number = " ".join(part for part in (ROLE_WORDS[work.role], work.number) if part)
            ahead = metrics.horizontalAdvance(number) + px(7) if number else 0
            widest = room - ahead - px(12)
            label = metrics.elidedText(work.label, Qt.TextElideMode.ElideRight, min(widest, px(210)))
            width = ahead + metrics.horizontalAdvance(label) + px(12)
            if x > left and x + width > left + room:
                x, top = left, top + height + gap
            chips.append(ChipPlace(QRect(x, top, width, height), work, number, label))
            x += width + gap
        return tuple(chips), top + height if works else top - px(7)


def shows_anchors(line: FindingLine) -> bool:
    """Return whether anchors are shown in the sentence: several, or one that is not at its end."""
    places = [at for at, run in enumerate(line.block.runs) if isinstance(run, AnchorPlace)]
    return len(places) > 1 or (len(places) == 1 and places[0] != len(line.block.runs) - 1)


def marked(line: FindingLine, look: Look) -> tuple[str, list[QTextLayout.FormatRange]]:
    """Return the sentence with the numbers of its anchors where they stand, and how its parts are set."""
    anchors = _numbers(line) if shows_anchors(line) else {}
    text = ""
    formats: list[QTextLayout.FormatRange] = []
    for run in line.block.runs:
        if isinstance(run, Text):
            if run.marks:
                formats.append(_range(len(text), len(run.text), _format(run.marks)))
            text += run.text
        elif run.anchor in anchors:
            words, evidence = anchors[run.anchor]
            formats.append(_range(len(text), len(words), _anchor_format(look, evidence=evidence)))
            text += words
    return text, formats


def _numbers(line: FindingLine) -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for anchor in line.block.anchors:
        works = [work for work in line.works if work.anchor == anchor.guid]
        numbers = number_line([int(work.number) for work in works if work.number])
        words = " ".join(part for part in (ROLE_WORDS[anchor.role], numbers or "–") if part)
        # no-break spaces keep an anchor on the line of the word before it
        found[anchor.guid] = (f"\u00a0{words}\u00a0".replace(" ", "\u00a0"), anchor.role is Role.EVIDENCE)
    return found


def _range(start: int, length: int, format_: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, format_
    return made


def _format(marks: tuple[Mark, ...]) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontItalic(Mark.EMPHASIS in marks)
    if Mark.STRONG in marks:
        made.setFontWeight(600)
    if Mark.SUB in marks:
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    if Mark.SUP in marks:
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    return made


def _anchor_format(look: Look, *, evidence: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(look.font("caption"))
    made.setForeground(look.colour("accent" if evidence else "text-2"))
    made.setBackground(look.colour("accent-soft" if evidence else "window"))
    return made
