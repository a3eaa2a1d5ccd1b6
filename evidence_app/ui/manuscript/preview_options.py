"""What the summary is made for and how it cites: profile, format and citation style with a live sample."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QWidget

from evidence_app.services.publishing.styles import DEFAULT_STYLE
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.widgets.laying import across, down, framed
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.style_picker import StylePicker

WIDTH = 282
NARROW = 264
PROFILES = (
    ("journal", "Journal", "Structured sections, line numbers, double spacing, native tables."),
    (
        "commissioner",
        "Commissioner",
        "Question, answer, five messages, who can act; a page or two per theme.",
    ),
)
FORMATS = (("docx", "docx"), ("odt", "odt"), ("pdf", "pdf"), ("html", "html"), ("md", "md"))


class PreviewOptions(QFrame):
    """The column left of the pages."""

    changed = Signal()
    """Profile or style is another one: the pages are to be built again."""
    format_changed = Signal()
    words_asked = Signal()
    """The words of the summary that are not the review's text are to be edited."""

    def __init__(self, parts: Parts, lanes: Lanes, profile: str, kind: str, style: str) -> None:
        super().__init__()
        self._parts = parts
        self.setObjectName("side")
        self.setFixedWidth(parts.look.px(WIDTH))
        names = [key for key, _, _ in PROFILES]
        self.profile = profile if profile in names else names[-1]
        self._cards: dict[str, QFrame] = {}
        self._radios: dict[str, QRadioButton] = {}
        self.format = parts.segments("Format", FORMATS, kind)
        self.format.chosen.connect(self._choose_format)
        self.styles = StylePicker(parts, lanes, style or DEFAULT_STYLE, narrow=True)
        self.styles.search.narrow(NARROW - 32)
        self.styles.chosen.connect(self._choose_style)
        cards = [self._card(*each) for each in PROFILES]
        self._words = parts.button("Edit its words", "filter", "ph.pencil-simple", self._ask_words)
        self._words.setToolTip("Question, answer, messages, table, what disagrees and what is not known")
        column = down(
            parts.caption("Profile"), *cards, across(self._words, None), 4,
            parts.caption("Format"), across(self.format, None), 4,
            parts.caption("Citation style"), gap=7, edge=(16, 14, 16, 12),
        )  # fmt: skip
        column.addWidget(self.styles, 1)
        self.setLayout(column)
        self._show_profile()

    def _card(self, key: str, name: str, words: str) -> QWidget:
        radio = QRadioButton(name)
        radio.setFont(self._parts.look.font("strong"))
        radio.setChecked(key == self.profile)
        radio.setAccessibleDescription(words)
        radio.toggled.connect(self._choose_profile)
        text = self._parts.label(words, "small", "text-2", wrap=True)
        body = down(radio, across(24, text, gap=0), gap=2, edge=(10, 8, 10, 9))
        card = framed(body, "card")
        card.installEventFilter(self)
        self._cards[key], self._radios[key] = card, radio
        return card

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click anywhere on a card chooses its profile."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            for key, card in self._cards.items():
                if card is watched and event.button() == Qt.MouseButton.LeftButton:
                    self._radios[key].click()
        return super().eventFilter(watched, event)

    @property
    def kind(self) -> str:
        """The format chosen."""
        return self.format.choice

    @property
    def style_id(self) -> str:
        """The citation style chosen."""
        return self.styles.style_id

    def _choose_profile(self, on: bool) -> None:
        chosen = next((key for key, radio in self._radios.items() if radio is self.sender()), self.profile)
        if not on or chosen == self.profile:
            return
        self.profile = chosen
        for key, radio in self._radios.items():  # the radios stand in cards of their own, not in one group
            radio.setChecked(key == chosen)
        self._show_profile()
        self.changed.emit()

    def _ask_words(self) -> None:
        self.words_asked.emit()

    def _show_profile(self) -> None:
        self._words.setVisible(self.profile == "commissioner")
        for key, card in self._cards.items():
            card.setObjectName("note" if key == self.profile else "card")
            card.style().unpolish(card)
            card.style().polish(card)

    def _choose_format(self, _kind: str) -> None:
        self.format_changed.emit()

    def _choose_style(self, _style: str) -> None:
        self.changed.emit()
