"""Before and after, the differing words on their grounds: as labels, or painted in a cell."""

from collections.abc import Sequence
from html import escape
from typing import Literal

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout

from evidence_app.services.lookup.comparing import Segment, word_diff
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.labels import Label
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

Side = Literal["mine", "theirs"]
GROUNDS: dict[Side, str] = {"mine": "diff-mine", "theirs": "diff-theirs"}
AROUND = 24
"""Letters shown before the first difference where a line is too long."""
LONGEST = 4000
"""Letters of one side that are compared word by word; a longer text is shown to here."""


def segments_of(before: str, after: str) -> list[Segment]:
    """Return both texts word by word; where nearly nothing is shared, as two whole texts."""
    before, after = before[:LONGEST], after[:LONGEST]
    found = word_diff(before, after)
    shared = sum(len(each.text) for each in found if each.side == "both" and each.text.strip())
    if before and after and shared * 5 < min(len(before), len(after)):
        return [Segment("mine", before), Segment("theirs", after)]
    return _joined(found)


def _joined(found: Sequence[Segment]) -> list[Segment]:
    """Join changed words that only a blank divides, so that a changed phrase has one ground."""
    joined: list[Segment] = []
    for at, each in enumerate(found):
        blank = each.side == "both" and not each.text.strip() and each.text != ""
        between = 0 < at < len(found) - 1 and found[at - 1].side != "both" and found[at + 1].side != "both"
        if blank and between:
            joined += [Segment("mine", each.text), Segment("theirs", each.text)]
        else:
            joined.append(each)
    return joined


def marked(segments: Sequence[Segment], side: Side, look: Look) -> str:
    """Return one side as rich text."""
    ground = look.colours[GROUNDS[side]][:7]
    words = []
    for each in segments:
        if each.side == "both":
            words.append(escape(each.text))
        elif each.side == side:
            words.append(f'<span style="background-color:{ground}">{escape(each.text)}</span>')
    return "".join(words).replace("\n", "<br>")


class SideLabel(Label):
    """One side as a label whose grounds follow the look."""

    def __init__(self, look: Look, segments: Sequence[Segment], side: Side) -> None:
        self._segments, self._side = segments, side
        super().__init__(look, "", "body", "text", wrap=True)

    def renew(self) -> None:
        """Take fonts and grounds of the look as it is now."""
        super().renew()
        text = marked(self._segments, self._side, self._look)
        self.setTextFormat(self.textFormat().RichText)
        self.setText(text or "empty")
        self.set_tone("text" if text else "text-3")


def difference(parts: Parts, where: str, before: str, after: str, note: str = "") -> QVBoxLayout:
    """Return what changed, its text before and after; a side that holds nothing says so."""
    look = parts.look
    head = parts.label(f"{where} ({note})" if note else where, "caption", "text-3", wrap=True)
    column = down(head, gap=3)
    segments = segments_of(before, after)
    sides: tuple[tuple[str, Side], ...] = (("Before", "mine"), ("After", "theirs"))
    for name, side in sides:
        caption = parts.caption(name)
        caption.setFixedWidth(look.px(44))
        row = across(down(2, caption, None, gap=0), gap=6)
        row.addWidget(SideLabel(look, segments, side), 1)
        column.addLayout(row)
    return column


def draw_side(brush: Brush, rect: QRect, segments: Sequence[Segment], side: Side, role: str = "body") -> None:
    """Paint one side as one line, from shortly before its first difference where it is too long."""
    metrics = QFontMetrics(brush.look.font(role))
    ours = [each for each in segments if each.side in ("both", side)]
    whole = "".join(each.text for each in ours)
    if not whole:
        brush.text(rect, "empty", role, "text-3")
        return
    if segments[0].side == "both" and metrics.horizontalAdvance(whole) > rect.width():
        ours[0] = Segment("both", _end_of(segments[0].text))
    x = rect.left()
    for each in ours:
        text = each.text.replace("\n", " ")
        room = rect.right() - x
        if room <= 0:
            return
        width = min(metrics.horizontalAdvance(text), room)
        spot = QRect(x, rect.top(), min(width + 2, room), rect.height())  # a rounded width would elide
        if each.side != "both":
            high = metrics.height()
            ground = QRect(x, rect.center().y() - high // 2, width, high)
            brush.box(ground, brush.look.colour(GROUNDS[side]), radius=2)
        brush.text(spot, text, role)
        x += width


def _end_of(text: str) -> str:
    if len(text) <= AROUND:
        return text
    end = text[-AROUND:]
    return "…" + (end.split(" ", 1)[1] if " " in end.strip() else end)
