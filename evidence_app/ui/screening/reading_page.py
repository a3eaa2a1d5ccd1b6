"""The one column that is read: a text that is laid out anew for each record, its terms marked."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from evidence_app.services.screening.highlighting import Highlighter
from evidence_app.ui.look import Look
from evidence_app.ui.screening.record_text import Paragraph, RecordText

COLUMN: Final = 640
WIDE: Final = 900
"""The width two languages side by side may take."""
NARROW, LOW = 420, 420
GAP: Final = 18
"""Between two languages."""
LEADING: Final = 152
MISSING: Final = "This record has no abstract."
FIXED = QTextBlockFormat.LineHeightTypes.ProportionalHeight


class ReadingPage(QTextEdit):
    """Shows one record. Letters, numbers and arrows are left to the screen; Space turns the page."""

    stepped = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: RecordText | None = None
        self._language = "own"
        self._highlighter: Highlighter | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName("Record")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        look.changed.connect(self._renew)

    # -- what is shown

    def show_text(
        self, text: RecordText | None, highlighter: Highlighter | None, language: str = "own"
    ) -> None:
        """Show a record from its top; `language` is own, original or both."""
        self._shown, self._highlighter, self._language = text, highlighter, language
        self._build()
        self.verticalScrollBar().setValue(0)

    def highlight(self, highlighter: Highlighter | None) -> None:
        """Mark other terms, or none; the place on the page stays."""
        top = self.verticalScrollBar().value()
        self._highlighter = highlighter
        self._build()
        self.verticalScrollBar().setValue(top)

    def say(self, words: str) -> None:
        """Show a sentence in place of a record."""
        self._shown = None
        self._build(words)

    def _renew(self) -> None:
        self._build()

    def _build(self, words: str = "") -> None:
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._look.font("reading"))
        document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        writer = _Writer(self._look, document, self._highlighter)
        if self._shown is not None:
            self._write(writer, self._shown)
        elif words:
            writer.line(words, "body", "text-2")
        self._frame(document)
        self.setDocument(document)
        self._document = document  # the view does not own it

    def _write(self, writer: "_Writer", text: RecordText) -> None:
        both = self._language == "both" and text.has_original
        original = self._language == "original" and text.has_original
        title = text.original_title if original and text.original_title else text.title
        writer.line(title, self._title_role(), below=6, marked=True)
        if both and text.original_title:
            writer.line(text.original_title, "title", "text-2", below=6, marked=True)
        writer.line(text.container, "body", "text-2", below=4)
        writer.line(text.authors, "body", "text-2", below=14)
        if both and text.original_abstract:
            writer.side_by_side(text.abstract, text.original_abstract)
        else:
            shown = text.original_abstract if original and text.original_abstract else text.abstract
            writer.abstract(shown)
        if text.keywords:
            writer.keywords(text.keywords)

    def _title_role(self) -> str:
        """Return a smaller title where large text leaves a narrow column: the abstract is to be seen too."""
        narrow = self.viewport().width() < self._look.px(NARROW)
        return "heading" if narrow else "reading-title"

    # -- its place

    def _frame(self, document: QTextDocument) -> None:
        px = self._look.px
        width = self.viewport().width()
        column = px(WIDE if self._language == "both" else COLUMN)
        side = max((width - column) // 2, px(20))
        frame = QTextFrameFormat(document.rootFrame().frameFormat())
        frame.setLeftMargin(side)
        frame.setRightMargin(side)
        frame.setTopMargin(px(26 if self.viewport().height() > px(LOW) else 12))
        frame.setBottomMargin(px(18))
        document.rootFrame().setFrameFormat(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._frame(self.document())

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Leave every letter to the screen: here nothing is typed."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page with Space, Page Up and Page Down; arrows go from record to record."""
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Space | Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                back = (
                    event.key() == Qt.Key.Key_PageUp or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                )
                self.turn(-1 if back else 1)
            case Qt.Key.Key_C if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.copy()
            case _:
                event.ignore()

    def turn(self, pages: int) -> None:
        """Scroll by most of a page."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * round(bar.pageStep() * 0.85))


class _Writer:
    """Writes a record into a document, terms on their grounds."""

    def __init__(self, look: Look, document: QTextDocument, highlighter: Highlighter | None) -> None:
        self._look, self._highlighter = look, highlighter
        self._cursor = QTextCursor(document)
        self._first = True
        self._right = 0

    def line(self, text: str, role: str, tone: str = "text", *, below: int = 0, marked: bool = False) -> None:
        """Write a paragraph of one kind."""
        self._begin(below, 118)
        self._text(text, self._format(role, tone), marked=marked)

    def abstract(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Write the paragraphs of an abstract, or that there is none."""
        if not paragraphs:
            self.line(MISSING, "reading", "text-3", below=10)
            return
        for paragraph in paragraphs:
            self._begin(12, LEADING)
            self._paragraph(paragraph)

    def side_by_side(self, mine: tuple[Paragraph, ...], theirs: tuple[Paragraph, ...]) -> None:
        """Write two abstracts in two columns."""
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellPadding(0)
        shape.setCellSpacing(self._look.px(12))
        shape.setTopMargin(self._look.px(8))
        half = QTextLength(QTextLength.Type.PercentageLength, 50)
        shape.setColumnWidthConstraints([half, half])
        table = self._cursor.insertTable(1, 2, shape)
        for column, paragraphs in enumerate((mine, theirs)):
            self._cursor = table.cellAt(0, column).firstCursorPosition()
            self._first = True
            self._right = self._look.px(GAP) if column == 0 else 0
            self.abstract(paragraphs)
        self._right = 0
        self._cursor = QTextCursor(self._cursor.document())
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._first = True

    def keywords(self, keywords: str) -> None:
        """Write the keywords, less weighty than the abstract."""
        self._begin(0, 130)
        heading = self._format("strong", "text-2")
        self._cursor.insertText("Keywords  ", heading)
        self._text(keywords, self._format("body", "text-2"), marked=True)

    def _paragraph(self, paragraph: Paragraph) -> None:
        body = self._format("reading")
        if paragraph.heading:
            strong = QTextCharFormat(body)
            strong.setFontWeight(QFont.Weight.DemiBold)
            self._cursor.insertText(f"{paragraph.heading} ", strong)
        self._text(paragraph.text, body, marked=True)

    def _begin(self, below: int, leading: int) -> None:
        block = QTextBlockFormat()
        block.setBottomMargin(self._look.px(below))
        block.setRightMargin(self._right)
        block.setLineHeight(leading, FIXED.value)
        if self._first:
            self._cursor.setBlockFormat(block)
            self._first = False
        else:
            self._cursor.insertBlock(block)

    def _format(self, role: str, tone: str = "text") -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setFont(self._look.font(role))
        shape.setForeground(self._look.colour(tone))
        return shape

    def _text(self, text: str, shape: QTextCharFormat, *, marked: bool) -> None:
        at = 0
        marks = self._highlighter.marks(text) if marked and self._highlighter is not None else ()
        for mark in marks:
            self._cursor.insertText(text[at : mark.start], shape)
            ground = QTextCharFormat(shape)
            ground.setBackground(self._look.colour(f"term-{mark.kind}"))
            ground.setForeground(self._look.colour("text"))
            ground.setFontUnderline(mark.kind == "exclude")
            self._cursor.insertText(text[mark.start : mark.end], ground)
            at = mark.end
        self._cursor.insertText(text[at:], shape)
