"""Choosing what a card is linked to, and how; and finding a card by its name."""

from collections.abc import Sequence

from evidence_app.domain.board import Board, BoardTheme
from evidence_app.ui.board.placing import Key, key_of
from evidence_app.ui.widgets.choices import Choices
from evidence_app.ui.widgets.fields import InPlace
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.pick_dialog import Offer, PickDialog

PART, SUPPORTS, CONTRADICTS, MOVE, ALSO = "part", "supports", "contradicts", "move", "also"
WAYS: Choices = ((PART, "Part of it"), (SUPPORTS, "Supports"), (CONTRADICTS, "Speaks against"))
CODE_WAYS: Choices = ((MOVE, "Move there"), (ALSO, "There too"))


class LinkDialog(PickDialog):
    """A filter above the themes or groups, and how the card is linked; Enter takes the one that is chosen."""

    def __init__(
        self, parts: Parts, title: str, board: Board, offered: Sequence[BoardTheme], ways: Choices,
        act: str = "Link",
    ) -> None:  # fmt: skip
        self._board = board
        offers = [Offer(each.id, each.name, board.kind_words(each).lower()) for each in offered]
        super().__init__(parts, title, act, offers, "Themes and groups")
        self.ways = parts.segments("How", ways)
        self.ways.setVisible(bool(ways))
        self.note = parts.field("Why", "", "", "A note that stands beside the link")
        self.note.setVisible(False)
        self.ways.chosen.connect(self._turn)
        self.body.insertWidget(0, self.ways)
        self.put(self.note)

    @property
    def theme(self) -> BoardTheme | None:
        """The theme or group that was taken."""
        return self._board.by_id[self.taken.row] if self.taken is not None else None

    @property
    def way(self) -> str:
        """How the card is to be linked."""
        return str(self.ways.choice)

    @property
    def note_text(self) -> str:
        """What was written about the link."""
        return self.note.editor.text() if isinstance(self.note.editor, InPlace) else ""

    def _turn(self, way: str) -> None:
        self.note.setVisible(way in (SUPPORTS, CONTRADICTS))


class CardFinder(PickDialog):
    """Finds a card by a few letters of its name."""

    def __init__(self, parts: Parts, board: Board, cards: Sequence[Key]) -> None:
        self._cards = cards
        super().__init__(parts, "Go to a card", "Go there", [
            Offer(at, *_told(board, key)) for at, key in enumerate(cards)
        ], "Cards")  # fmt: skip

    @property
    def card(self) -> Key | None:
        """The card that was taken."""
        return self._cards[self.taken.row] if self.taken is not None else None


def _told(board: Board, key: Key) -> tuple[str, str]:
    """Return the name of a card, and what tells it from others of that name."""
    if key.kind != "code":
        theme = board.by_id[key.row]
        return theme.name, board.kind_words(theme).lower()
    group = board.by_id.get(key.group)
    return board.code_by_id[key.row].name, f"code in {group.name}" if group else "code without a group"


def offered_to(board: Board, theme: BoardTheme) -> list[BoardTheme]:
    """Return what a theme or a group can be linked to."""
    return [each for each in (*board.above, *board.groups) if key_of(each) != key_of(theme)]
