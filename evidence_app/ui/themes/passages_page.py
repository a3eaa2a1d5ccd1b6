"""The words of the summary: what it says of the chosen theme, and what it says once, group by group."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.passages import Passage
from evidence_app.domain.synthesis import Theme
from evidence_app.services.synthesis.passages import KIND_WORDS, cells
from evidence_app.ui.themes.passage_acts import OF_THEME, PassageActs
from evidence_app.ui.themes.passage_card import PassageCard
from evidence_app.ui.themes.passage_cell import PassageCell
from evidence_app.ui.widgets.laying import ScrollColumn, across, down, scrolled
from evidence_app.ui.widgets.parts import Parts

GROUPS = (
    ("definition", "Definition", "One sentence below the theme's name."),
    ("disagreement", "What disagrees", "Where the reports speak against each other."),
    ("unknown", "What is not known", "Gaps the reports leave."),
    ("question", "The question", "What the summary answers."),
    ("answer", "The answer", "In a paragraph or two."),
    ("message", "Messages", "What the reader should take away; five are plenty."),
    ("row", "What blocks, what helps, who can act", "The rows of the table."),
)
"""Kind, heading and what belongs there; without passages of a kind the findings speak (see the manual)."""


class PassageGroup(QWidget):
    """The passages of one kind, with what adds one."""

    def __init__(self, parts: Parts, kind: str, heading: str, hint: str, acts: PassageActs) -> None:
        super().__init__()
        self._parts, self._kind, self._acts = parts, kind, acts
        self._theme: int | None = None
        self.cards: list[PassageCard] = []
        self.made: list[PassageCell] = []
        add = parts.button("Add", "filter", "ph.plus", self._add)
        add.setAccessibleName(f"Add a {KIND_WORDS[kind]}")
        self._hint = parts.note(hint, wrap=True)
        self._rows: QVBoxLayout = down(gap=6)
        self.setLayout(down(across(parts.label(heading, "strong"), None, add), self._hint, self._rows, gap=4))

    def _add(self) -> None:
        self._acts.add(self._kind, self._theme)

    def show_passages(
        self, contents: ReviewContents, theme: Theme | None, of_theme: int | None, page: "PassagesPage"
    ) -> None:
        """Show the passages of this kind; `of_theme` is given to those that are added."""
        self._theme = of_theme
        held = [
            each
            for each in contents.passages
            if each.kind == self._kind
            and (self._kind not in OF_THEME or each.theme == (theme.id if theme else None))
        ]
        self._hint.setVisible(not held)
        kept = {card.shape: card for card in self.cards}
        cards = [
            kept.pop(shape) if (shape := _shape(passage)) in kept else self._card(passage, page)
            for passage in held
        ]
        for card in kept.values():
            card.hide()
            card.deleteLater()
        for at, (card, passage) in enumerate(zip(cards, held, strict=True)):
            if self._rows.indexOf(card) != at:
                self._rows.insertWidget(at, card)
            card.show_passage(contents, passage, first=at == 0, last=at == len(held) - 1)
        self.cards = cards

    def _card(self, passage: Passage, page: "PassagesPage") -> PassageCard:
        card = PassageCard(self._parts, passage, page.connect_cell)
        card.moved.connect(self._acts.move)
        card.dropped.connect(self._acts.drop)
        card.retitled.connect(self._acts.retitle)
        card.actor_added.connect(self._acts.add_actor)
        card.actor_taken.connect(self._acts.take_actor)
        card.inferred.connect(self._acts.infer)
        return card


class PassagesPage(QWidget):
    """All groups below each other: first those of the theme, then those of the whole summary."""

    picking = Signal(object)
    """References are to be picked for this cell."""
    opened = Signal(object)

    def __init__(self, parts: Parts, acts: PassageActs) -> None:
        super().__init__()
        self._acts = acts
        self.groups = {kind: PassageGroup(parts, kind, name, hint, acts) for kind, name, hint in GROUPS}
        self._of_theme = parts.label("", "title", wrap=True)
        of_all = parts.label("Said once, for the whole review", "title", wrap=True)
        rows = [self.groups[kind] for kind, _, _ in GROUPS]
        form = down(
            self._of_theme, *rows[: len(OF_THEME)], 8, parts.rule(), 8, of_all, *rows[len(OF_THEME) :], None,
            gap=12, edge=(18, 14, 18, 24),
        )  # fmt: skip
        self._scroll: ScrollColumn = scrolled(form)
        self.setLayout(down(self._scroll, gap=0))

    def connect_cell(self, cell: PassageCell) -> None:
        """Listen to a cell that was made."""
        cell.written.connect(self._acts.write)
        cell.picking.connect(self.picking)
        cell.opened.connect(self.opened)

    def show_passages(self, contents: ReviewContents, main: Theme | None, theme: Theme | None) -> None:
        """Show what the summary says; what is being typed is left alone."""
        self._of_theme.setText(main.name if main else "")
        for kind, group in self.groups.items():
            of = _theme_of(kind, main, theme)
            group.setVisible(main is not None or kind not in OF_THEME)
            group.show_passages(contents, main, of, self)
        if self._acts.made:
            self._show_made()

    def _show_made(self) -> None:
        card = next((card for card in self.cards() if card.passage.guid == self._acts.made), None)
        if card is not None:
            self._acts.made = ""
            first = card.title if not card.title.isHidden() else card.cells[0].statement
            first.setFocus()
            self._scroll.ensureWidgetVisible(card)

    def cards(self) -> Sequence[PassageCard]:
        """Return the passages shown, from top to bottom."""
        return [card for group in self.groups.values() for card in group.cards]

    def keep(self) -> None:
        """Keep what is half typed."""
        for card in self.cards():
            card.keep()

    def take_focus(self) -> None:
        """Go to the first words."""
        card = next(iter(self.cards()), None)
        if card is not None:
            card.cells[0].statement.setFocus()


def _theme_of(kind: str, main: Theme | None, theme: Theme | None) -> int | None:
    """Return what a new passage belongs to: a row the topic chosen, most others the theme listed."""
    chosen = theme if kind == "row" else main if kind in (*OF_THEME, "message") else None
    return chosen.id if chosen else None


def _shape(passage: Passage) -> tuple[str, ...]:
    return passage.guid, *cells(passage)
