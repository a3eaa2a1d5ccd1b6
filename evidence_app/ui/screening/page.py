"""The main part: the record that is read, or what is to be done where there is none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QStackedLayout, QWidget

from evidence_app.services.screening.highlighting import Highlighter
from evidence_app.ui.screening.abstract_repair import AbstractRepair
from evidence_app.ui.screening.conflict_panel import ConflictPanel
from evidence_app.ui.screening.full_text_part import FullTextPart
from evidence_app.ui.screening.links_row import LinksRow
from evidence_app.ui.screening.reading_page import ReadingPage
from evidence_app.ui.screening.record_text import language_name
from evidence_app.ui.screening.shelf import Ready
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

RECORD, EMPTY = 0, 1


class Page(QWidget):
    """The text with its links; only the words change from record to record."""

    def __init__(self, parts: Parts, full: FullTextPart) -> None:
        super().__init__()
        self._parts = parts
        self.full = full
        self._at_full_text = False
        full.turned.connect(self._turn)
        self._highlighter: Highlighter | None = None
        self._ready: Ready | None = None
        self.text = ReadingPage(parts.look)
        self.links = LinksRow(parts)
        self.repair = AbstractRepair(parts)
        self.votes = ConflictPanel(parts)
        self.languages = parts.segments(
            "Language", (("own", "English"), ("original", "Original"), ("both", "Both"))
        )
        self.languages.chosen.connect(self._show_language)
        self._language_bar = QFrame()
        self._language_bar.setLayout(across(None, self.languages, edge=(0, 8, 16, 0)))
        abstract = QWidget()
        words = down(self._language_bar, gap=0)
        words.addWidget(self.text, 1)
        words.addWidget(self.links)
        words.addWidget(self.repair)
        abstract.setLayout(words)
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(abstract)
        self._middle.addWidget(full)
        record = QWidget()
        column = down(full.head, gap=0)
        column.addWidget(middle, 1)
        column.addWidget(self.votes)
        record.setLayout(column)
        self.empty = parts.empty("ph.funnel", "", "Show all")
        self.empty.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(record)
        self._stack.addWidget(self.empty)
        self._language_bar.hide()

    @property
    def is_empty(self) -> bool:
        """Whether no record is shown."""
        return self._stack.currentIndex() == EMPTY

    def show_record(self, ready: Ready, *, full_text: bool = False) -> None:
        """Show a record, or its full text; the language stays the one that was chosen."""
        same = self._ready is not None and self._ready.card.reference.id == ready.card.reference.id
        text_stays = same and self._ready is not None and self._ready.text == ready.text and not self.is_empty
        self._ready = ready
        reference = ready.card.reference
        if ready.text.has_original:
            name = language_name(str(reference.item.get("language") or ""))
            self.languages.offer((("own", "English"), ("original", name), ("both", "Both")))
        self._language_bar.setVisible(ready.text.has_original)
        self.links.show_record(reference, ready.card.sources)
        if not text_stays:
            self.text.show_text(ready.text, self._highlighter, self.languages.choice)
            self.repair.miss(not ready.text.abstract and not ready.text.original_abstract,
                             has_doi=bool(reference.doi))  # fmt: skip
        self._at_full_text = full_text
        if full_text:
            self.full.show_reference(reference)
        self._turn()
        self._stack.setCurrentIndex(RECORD)

    def _turn(self) -> None:
        shown = self._middle.currentWidget()
        had_keyboard = shown is not None and shown.isAncestorOf(QApplication.focusWidget() or self)
        before = self._middle.currentIndex()
        self.full.head.setVisible(self._at_full_text)
        self._middle.setCurrentIndex(int(self._at_full_text and self.full.shows_text))
        if had_keyboard and before != self._middle.currentIndex():
            if self.shows_full_text:
                self.full.reader.take_focus()
            else:
                self.text.setFocus()

    @property
    def shows_full_text(self) -> bool:
        """Whether pages are read, not the record."""
        return self._at_full_text and self.full.shows_text and not self.is_empty

    def turn(self, pages: int) -> None:
        """Scroll what is read by most of a page."""
        if self.shows_full_text:
            self.full.reader.turn(pages)
        else:
            self.text.turn(pages)

    def highlight(self, highlighter: Highlighter | None) -> None:
        """Mark these terms, or none."""
        self._highlighter = highlighter
        self.text.highlight(highlighter)

    def say_empty(self, sentence: str, act: str) -> None:
        """Say why nothing is shown, and what to do."""
        self._ready = None
        self.empty.say(sentence)
        self.empty.button.rename(act or "Show all")
        self.empty.button.setVisible(bool(act))
        self._stack.setCurrentIndex(EMPTY)

    def _show_language(self, language: object) -> None:
        if self._ready is not None:
            self.text.show_text(self._ready.text, self._highlighter, str(language))
