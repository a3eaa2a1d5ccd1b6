"""The sheet: every section title and block of the manuscript, laid out one below the other."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from evidence_app.domain.manuscript import Block, BlockKind, Section
from evidence_app.ui.look import Look
from evidence_app.ui.manuscript import prose
from evidence_app.ui.manuscript.ink import HEIGHT, AnchorInk
from evidence_app.ui.paint import caret_x

TITLES = (("heading", 26, 10), ("reading", 22, 8), ("title", 18, 6))
"""Role of a section title by its depth, the room above it and below it."""
BELOW = 11
"""Room below a block."""
TOP = 30
INDENT = 16
"""How far the lines of a list stand in."""


@dataclass(slots=True)
class Line:
    """A section's title at its place on the sheet; tops are measured from the sheet's edge."""

    section: Section
    depth: int
    note: str = ""
    """What stands under the title of a section nothing is written in."""
    top: float = 0.0
    height: float = 0.0

    @property
    def bottom(self) -> float:
        """Where the line ends."""
        return self.top + self.height


@dataclass(slots=True, kw_only=True)
class BlockLine(Line):
    """A block at its place on the sheet."""

    block: Block
    document: QTextDocument


@dataclass(slots=True)
class _Held:
    signature: object
    document: QTextDocument = field(default_factory=QTextDocument)


class Sheet(QObject):
    """Lays out the manuscript; documents of blocks that did not change are kept."""

    def __init__(self, look: Look, ink: AnchorInk, parent: QObject) -> None:
        super().__init__(parent)
        self.look, self.ink = look, ink
        self.lines: list[Line] = []
        self.width = 0.0
        self.height = 0.0
        self._held: dict[str, _Held] = {}

    def show(self, sections: Sequence[Section], blocks: Sequence[Block], width: float) -> None:
        """Lay out these sections and blocks in lines of this width."""
        self.width = width
        own: dict[int, list[Block]] = {}
        for block in blocks:
            own.setdefault(block.section, []).append(block)
        parents = {section.parent for section in sections}
        depths: dict[int, int] = {}
        self.lines = []
        for section in sections:
            depth = depths.get(section.parent, -1) + 1 if section.parent is not None else 0
            depths[section.id] = depth
            empty = section.id not in own and section.id not in parents
            self.lines.append(Line(section, depth, note="Nothing is written here yet." if empty else ""))
            self.lines += [
                BlockLine(section, depth, block=block, document=self._document(block))
                for block in own.get(section.id, ())
            ]
        gone = set(self._held) - {block.guid for block in blocks}
        for guid in gone:
            del self._held[guid]
        self.stack()

    def _document(self, block: Block) -> QTextDocument:
        faces = tuple(self.ink.faces.get(anchor.guid) for anchor in block.anchors)
        signature = (block.runs, block.kind, faces, self.width_of(block), self.look.scale)
        held = self._held.get(block.guid)
        if held is None:
            held = self._held[block.guid] = _Held(None)
            held.document.documentLayout().registerHandler(prose.ANCHOR_OBJECT, self.ink)
            held.document.setUndoRedoEnabled(False)
        if held.signature != signature:
            held.signature = signature
            prose.prepare(held.document, self.look, block.kind)
            prose.fill(held.document, block.runs)
            held.document.setTextWidth(self.width_of(block))
        return held.document

    def width_of(self, block: Block) -> float:
        """Return how long the lines of a block are."""
        return self.width - (self.look.px(INDENT) if block.kind is BlockKind.LIST else 0)

    def left_of(self, block: Block) -> float:
        """Return where the lines of a block begin."""
        return self.look.px(INDENT) if block.kind is BlockKind.LIST else 0

    def stack(self, entered: str = "", height: float = 0.0) -> None:
        """Set the lines below one another; the block that is being edited is as high as its editor."""
        at = float(self.look.px(TOP))
        for line in self.lines:
            if not isinstance(line, BlockLine):
                _, above, below = TITLES[min(line.depth, len(TITLES) - 1)]
                line.top = at + (self.look.px(above) if line is not self.lines[0] else 0)
                line.height = self._title_height(line)
                at = line.bottom + self.look.px(below)
                if line.note:
                    at += self.look.px(24)
                continue
            line.top = at
            own = line.document.size().height()
            line.height = height if line.block.guid == entered else max(own, self.look.px(20))
            at = line.bottom + self.look.px(BELOW)
        self.height = at + self.look.px(TOP)

    def _title_height(self, line: Line) -> float:
        metrics = QFontMetrics(title_font(self.look, line.depth))
        box = metrics.boundingRect(
            0, 0, int(self.width), 10_000, int(Qt.TextFlag.TextWordWrap), line.section.title
        )
        return max(box.height(), metrics.height())

    @property
    def block_lines(self) -> list[BlockLine]:
        """The lines that are blocks."""
        return [line for line in self.lines if isinstance(line, BlockLine)]

    def line_of(self, guid: str) -> BlockLine | None:
        """Return the line of a block."""
        return next((line for line in self.block_lines if line.block.guid == guid), None)

    def title_of(self, section: int) -> Line | None:
        """Return the line of a section's title."""
        return next(
            (each for each in self.lines if not isinstance(each, BlockLine) and each.section.id == section),
            None,
        )

    def at(self, y: float) -> Line | None:
        """Return the line at a height, or the nearest one above it."""
        found = bisect_right(self.lines, y + self.look.px(BELOW) / 2, key=_top)
        return self.lines[found - 1] if found else None

    def between(self, top: float, bottom: float) -> Sequence[Line]:
        """Return the lines of which something lies between two heights."""
        first = bisect_right(self.lines, top, key=_top)
        return self.lines[max(first - 1, 0) : bisect_right(self.lines, bottom, key=_top)]

    def position_in(self, line: BlockLine, point: QPointF) -> int:
        """Return the place in a block's runs under a point of the sheet."""
        inside = QPointF(point.x() - self.left_of(line.block), point.y() - line.top)
        position = line.document.documentLayout().hitTest(inside, Qt.HitTestAccuracy.FuzzyHit)
        return prose.flat_place(line.document, max(position, 0))

    def anchor_under(self, line: BlockLine, point: QPointF) -> str:
        """Return the anchor under a point of the sheet, or nothing."""
        inside = QPointF(point.x() - self.left_of(line.block), point.y() - line.top)
        at = line.document.documentLayout().hitTest(inside, Qt.HitTestAccuracy.ExactHit)
        if at < 0:
            return ""
        return next(
            (
                guid
                for guid, place in prose.anchors_in(line.document).items()
                if place in (at, at - 1) and self.box_of(line, guid).contains(point)
            ),
            "",
        )

    def box_of(self, line: BlockLine, anchor: str) -> QRectF:
        """Return where an anchor stands on the sheet."""
        box = anchor_box(line.document, anchor, self.look)
        return box.translated(self.left_of(line.block), line.top)

    def draw(self, painter: QPainter, line: BlockLine, found: Sequence[tuple[int, int, bool]] = ()) -> None:
        """Draw the words of a block; `found` are stretches to mark, True for the one in hand."""
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, self.look.colour("ink"))
        context.selections = [self._selection(line.document, *stretch) for stretch in found]
        painter.save()
        painter.translate(self.left_of(line.block), line.top)
        if line.block.kind is BlockKind.LIST:
            painter.setFont(prose.font_of(self.look, line.block.kind))
            painter.setPen(self.look.colour("text-2"))
            first = line.document.begin().layout().lineAt(0)
            painter.drawText(QPointF(-self.look.px(INDENT), first.y() + first.ascent()), "–")
        line.document.documentLayout().draw(painter, context)
        painter.restore()

    def _selection(
        self, document: QTextDocument, start: int, end: int, current: bool
    ) -> QAbstractTextDocumentLayout.Selection:
        selection = QAbstractTextDocumentLayout.Selection()
        selection.cursor = QTextCursor(document)
        selection.cursor.setPosition(prose.document_position(document, start))
        selection.cursor.setPosition(prose.document_position(document, end), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setBackground(self.look.colour("accent-line" if current else "term-neutral"))
        selection.format = form
        return selection


def _top(line: Line) -> float:
    return line.top


def anchor_box(document: QTextDocument, anchor: str, look: Look) -> QRectF:
    """Return where an anchor stands in its document."""
    at = prose.anchors_in(document).get(anchor)
    if at is None:
        return QRectF()
    block = document.findBlock(at)
    place = at - block.position()
    line = block.layout().lineForTextPosition(place)
    area = document.documentLayout().blockBoundingRect(block)
    left, right = caret_x(line, place), caret_x(line, place + 1)
    if right <= left:
        right = line.naturalTextRect().right()
    top = area.top() + line.y() + line.ascent() - look.px(14)
    return QRectF(area.left() + left, top, right - left, look.px(HEIGHT))


def title_font(look: Look, depth: int) -> QFont:
    """Return the font of a section title."""
    font = look.font(TITLES[min(depth, len(TITLES) - 1)][0], "serif")
    font.setWeight(QFont.Weight.Bold)
    return font
