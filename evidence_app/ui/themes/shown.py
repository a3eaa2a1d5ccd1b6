"""What the Themes screen shows at the moment: the review, the chosen theme and findings, a draft, a wish."""

from dataclasses import dataclass, field, replace

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import new_guid
from evidence_app.domain.manuscript import Block, Direction
from evidence_app.domain.review import Review
from evidence_app.domain.synthesis import Theme, is_main
from evidence_app.services.synthesis.findings import NOWHERE
from evidence_app.services.synthesis.numbering import Numbering
from evidence_app.services.synthesis.overview import Wanted, main_theme_of
from evidence_app.storage.synthesis import Synthesis
from evidence_app.ui.themes.tree_model import Place

NOTHING, THEME, FINDING, DRAFT = "", "theme", "finding", "draft"


@dataclass
class Shown:
    """Held by the screen and its acts; changed by choosing and by reading, never by an act itself."""

    synthesis: Synthesis = field(default_factory=lambda: Synthesis(ReviewContents(review=Review(title=""))))
    place: Place | None = None
    """The theme chosen in the outline."""
    what: str = NOTHING
    """What the inspector shows."""
    block: int | None = None
    """The current finding."""
    blocks: tuple[int, ...] = ()
    """All findings selected, in the order shown."""
    draft: Block | None = None
    draft_after: Block | None = None
    wanted: Wanted = field(default_factory=Wanted)
    wish: str = ""
    """The identity of the finding or theme to choose once it is there."""

    @property
    def contents(self) -> ReviewContents:
        """The review as it was last read."""
        return self.synthesis.contents

    @property
    def theme(self) -> Theme | None:
        """The theme chosen in the outline."""
        return self.contents.theme_by_id.get(self.place.theme) if self.place else None

    @property
    def main(self) -> Theme | None:
        """The theme whose findings are listed."""
        theme = self.theme
        if theme is None or self.place is None:
            return theme
        start = theme.id
        if not is_main(theme, self.contents.theme_by_id) and self.place.parent in self.contents.theme_by_id:
            start = self.place.parent or start
        return self.contents.theme_by_id.get(main_theme_of(self.contents, start))

    def block_of(self, row: int | None) -> Block | None:
        """Return a block by its row."""
        return next((each for each in self.contents.blocks if each.id == row), None) if row else None

    def block_named(self, guid: str) -> Block | None:
        """Return a block by its identity."""
        return next((each for each in self.contents.blocks if each.guid == guid), None)

    def granted(self) -> tuple[str, int]:
        """Return the kind and row of what was wished for, once it is there, and forget the wish."""
        block = self.block_named(self.wish) if self.wish else None
        theme = next((each for each in self.contents.themes if each.guid == self.wish), None)
        if block is not None or theme is not None:
            self.wish = ""
        if block is not None and block.id is not None:
            return "block", block.id
        return ("theme", theme.id) if theme is not None else ("", 0)

    def follow_wish(self) -> None:
        """Let the next act be about what was wished for, where it is there before it is shown."""
        block = self.block_named(self.wish) if self.wish else None
        if block is not None and block.id is not None:
            self.block, self.blocks, self.what = block.id, (block.id,), FINDING

    def holds(self, kind: str, row: int) -> bool:
        """Return whether a theme or finding of this row is in the review, or it has words of a summary."""
        if kind == "summary":
            return bool(self.contents.themes or self.contents.passages)
        if kind == "theme":
            return row in self.contents.theme_by_id
        block = self.block_of(row) if kind == "block" else None
        return block is not None and block.is_finding

    def chosen_blocks(self) -> list[Block]:
        """Return the findings selected, in the order shown."""
        rows = self.blocks or ((self.block,) if self.block else ())
        found = (self.block_of(row) for row in rows)
        return [block for block in found if block is not None]

    def begin_draft(self) -> bool:
        """Begin a finding under the chosen topic, behind the chosen one; False where there is no theme."""
        after = self.block_of(self.block) if self.what == FINDING else None
        theme = after.theme if after is not None else self.place.theme if self.place else None
        if theme is None:
            return False
        self.draft = Block(guid=new_guid(), section=NOWHERE, runs=(), theme=theme)
        self.draft_after, self.what = after, DRAFT
        return True

    def direct_draft(self, direction: Direction | None) -> None:
        """Give the draft a direction."""
        if self.draft is not None:
            self.draft = replace(self.draft, direction=direction)

    def numbering(self) -> Numbering:
        """Return the review's bibliography as it stands."""
        numbers = {int(each.id): each.number for each in self.contents.references if each.number is not None}
        return Numbering(self.synthesis.bibliography, numbers, self.synthesis.last_number)
