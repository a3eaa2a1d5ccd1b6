"""The inspector's form of a block: its theme, its direction, its kind, and the acts on it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block, BlockKind, Direction
from evidence_app.domain.synthesis import outline
from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.manuscript.quoted_rows import QuotedRows
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.parts import Parts

NO_THEME = "No theme: a plain block"
KINDS = (
    (BlockKind.PARAGRAPH.value, "Paragraph"), (BlockKind.LIST.value, "List line"),
    (BlockKind.HEADING.value, "Heading"), (BlockKind.CAPTION.value, "Caption"),
)  # fmt: skip


class BlockForm(QWidget):
    """Shows and changes the block in hand."""

    theme_chosen = Signal(object)
    direction_chosen = Signal(object)
    kind_chosen = Signal(object)
    act_asked = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.theme = QComboBox()
        self.theme.setAccessibleName("Theme of the block")
        self.theme.setFont(parts.look.font("body"))
        self.theme.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.theme.setMinimumContentsLength(20)
        self.theme.activated.connect(self._choose_theme)
        choices = [(key.value, DIRECTIONS[key].short) for key in Direction]
        self.direction = parts.segments("Direction", (("", "None"), *choices), columns=4)
        self.direction.chosen.connect(self._choose_direction)
        self.kind = parts.segments("Kind", KINDS)
        self.kind.chosen.connect(self._choose_kind)
        self.told = parts.label("", "caption", "text-3", wrap=True)
        self._themes: list[int | None] = [None]
        acts = [
            parts.button("New block after it", "plain", "ph.plus", self._new),
            parts.button("Move up", "plain", "ph.arrow-up", self._up),
            parts.button("Move down", "plain", "ph.arrow-down", self._down),
            parts.button("Delete block", "plain", "ph.trash", self._delete),
        ]
        self.quoted = QuotedRows(parts)
        self.direction_caption = parts.caption("What the finding says")
        self.setLayout(
            down(
                parts.caption("Theme"), self.theme, self.told, 4, self.direction_caption,
                across(self.direction, None), 4, self.quoted, parts.caption("Kind"), across(self.kind, None),
                4, parts.rule(), 4, across(acts[0], acts[3], None),
                across(acts[1], acts[2], None), None, gap=8,
            )
        )  # fmt: skip

    def show_block(self, contents: ReviewContents, block: Block) -> None:
        """Show a block."""
        lines = outline(contents.themes)
        names = [("\u2003" * line.depth) + line.theme.name for line in lines]
        themes = [None, *(line.theme.id for line in lines)]
        if [self.theme.itemText(at) for at in range(1, self.theme.count())] != names:
            self.theme.clear()
            self.theme.addItems([NO_THEME, *names])
        self._themes = themes
        self.theme.setCurrentIndex(themes.index(block.theme) if block.theme in themes else 0)
        self.told.setText(
            "A review finding: its evidence supports the theme." if block.is_finding
            else "Under no theme: its citations support none." if block.theme is None
            else "Headings and captions are no findings."
        )  # fmt: skip
        self.direction.choose(block.direction.value if block.direction else "")
        self.direction.setEnabled(block.is_finding)
        self.kind.choose(block.kind.value)

    def _choose_theme(self, place: int) -> None:
        self.theme_chosen.emit(self._themes[place])

    def _choose_direction(self, key: str) -> None:
        self.direction_chosen.emit(Direction(key) if key else None)

    def _choose_kind(self, key: str) -> None:
        self.kind_chosen.emit(BlockKind(key))

    def _new(self) -> None:
        self.act_asked.emit("new")

    def _up(self) -> None:
        self.act_asked.emit("up")

    def _down(self) -> None:
        self.act_asked.emit("down")

    def _delete(self) -> None:
        self.act_asked.emit("delete")
