"""The inspector of the manuscript: the anchor in hand, its block, what the checks say, what was done."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Anchor, Block
from evidence_app.domain.support import Support
from evidence_app.services.checks.results import CheckResult
from evidence_app.storage.history import PastEdit
from evidence_app.ui.manuscript.anchor_form import AnchorForm
from evidence_app.ui.manuscript.block_form import BlockForm
from evidence_app.ui.manuscript.paper import FLAGS
from evidence_app.ui.manuscript.quoted_rows import of_anchor
from evidence_app.ui.widgets.laying import across, down, emptied, framed
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.past_edits import by_whom, edit_label

TABS = ("Anchor", "Block", "Checks", "History")
LEVEL_ICONS = {
    "error": "ph.x-circle-fill", "doubt": "ph.question-fill", "style": "ph.paint-brush",
    "information": "ph.info",
}  # fmt: skip


class ManuscriptInspector:
    """Builds the right column and shows in it what is in hand."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.title = parts.label("Manuscript", "title")
        self.place = parts.note("", wrap=True)
        self.tabs = parts.tabs("About the block", TABS)
        self.anchor = AnchorForm(parts)
        self.block = BlockForm(parts)
        self.checks = _Listed()
        self.history = _Listed()
        self.nothing = parts.note("", wrap=True)
        self._pages: tuple[QWidget, ...] = (self.anchor, self.block, self.checks, self.history)
        head = down(self.title, self.place, self.tabs, gap=5, edge=(18, 12, 14, 0))
        form = down(self.nothing, *self._pages, None, gap=0, edge=(18, 12, 14, 12))
        self.widget = parts.inspector(head, form)
        self.tabs.currentChanged.connect(self._turn)
        self._has = (False, False)
        self._turn(0)

    def turn_to(self, tab: str) -> None:
        """Show the tab of this name."""
        self.tabs.setCurrentIndex(TABS.index(tab))

    @property
    def tab(self) -> str:
        """The name of the tab that is shown."""
        return TABS[max(self.tabs.currentIndex(), 0)]

    def show_place(self, contents: ReviewContents, block: Block | None, anchor: Anchor | None) -> None:
        """Show a block and the anchor chosen in it, or that nothing is chosen."""
        self._has = (anchor is not None, block is not None)
        if block is not None:
            self.block.show_block(contents, block)
            if anchor is not None:
                self.anchor.show_anchor(contents, block, anchor)
        self.title.setText("Citation anchor" if anchor else _kind(block) if block else "Manuscript")
        self.place.setText(_place_line(contents, block, anchor))
        self._turn(self.tabs.currentIndex())

    def _turn(self, tab: int) -> None:
        has_anchor, has_block = self._has
        shown = has_anchor if tab == 0 else has_block
        for at, page in enumerate(self._pages):
            page.setVisible(at == tab and shown)
        self.nothing.setVisible(not shown)
        self.nothing.setText(
            "Choose a citation in the text to see its works. Type [ or press Ctrl+; in a sentence to cite "
            "one."
            if tab == 0 else "Choose a block of the text."
        )  # fmt: skip

    def show_supports(self, supports: Sequence[Support], anchor: Anchor | None) -> None:
        """Show the quotations the block in hand rests on, and those of the anchor in hand."""
        self.block.quoted.show_supports(supports)
        self.anchor.quoted.show_supports(of_anchor(supports, anchor) if anchor is not None else ())

    def show_checks(self, results: Sequence[CheckResult]) -> None:
        """List what the checks find in the block."""
        self.checks.empty()
        if not results:
            self.checks.add(self._parts.note("The checks find nothing in this block.", wrap=True))
        for result in results:
            text = down(self._parts.label(result.message, "small", wrap=True), gap=2)
            icon = self._parts.icon(LEVEL_ICONS[result.level], FLAGS[result.level])
            row = across(down(2, icon, None, gap=0), gap=10)
            row.addLayout(text, 1)
            self.checks.add(framed(row, ""))
            self.checks.add(self._parts.rule())

    def show_history(self, past: Sequence[PastEdit]) -> None:
        """List the edits that touched the block."""
        self.history.empty()
        if not past:
            self.history.add(
                self._parts.note("Nothing was changed here since the block was made.", wrap=True)
            )
        for edit in past:
            column = down(edit_label(self._parts, edit, "small"), self._parts.caption(by_whom(edit)), gap=2)
            self.history.add(framed(column, ""))
            self.history.add(self._parts.rule())


class _Listed(QFrame):
    """A column of rows that is filled anew."""

    filled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def empty(self) -> None:
        """Take all rows out."""
        emptied(self._column)

    def add(self, row: QWidget) -> None:
        """Add a row."""
        self._column.addWidget(row)


def worst(results: Sequence[CheckResult]) -> tuple[str, str]:
    """Return the gravest level among results, and what they say, for the margin."""
    order = list(LEVEL_ICONS)
    level = min((result.level for result in results), key=order.index)
    return level, "\n".join(result.message for result in results)


def flags_of(found: Mapping[str, Sequence[CheckResult]]) -> dict[str, tuple[str, str]]:
    """Return what stands in the right margin; information stays in the inspector."""
    grave = {
        guid: [result for result in results if result.level != "information"]
        for guid, results in found.items()
    }
    return {guid: worst(results) for guid, results in grave.items() if results}


def _kind(block: Block) -> str:
    if block.is_finding:
        return "Review finding"
    return {"heading": "Heading", "caption": "Caption", "list": "List line"}.get(block.kind.value, "Block")


def _place_line(contents: ReviewContents, block: Block | None, anchor: Anchor | None) -> str:
    if block is None:
        return "Nothing is chosen."
    section = next((each for each in contents.sections if each.id == block.section), None)
    title = section.title if section is not None else ""
    blocks = [each for each in contents.blocks if each.section == block.section]
    if anchor is None:
        places = [each.guid for each in blocks]
        at = places.index(block.guid) + 1 if block.guid in places else len(places)
        return f"{_ordinal(at)} of {len(places)} blocks in {title}"
    anchors = [
        each.guid for one in blocks for each in (block if one.guid == block.guid else one).anchors_in_order()
    ]
    at = anchors.index(anchor.guid) + 1 if anchor.guid in anchors else len(anchors)
    return f"{_ordinal(at)} of {len(anchors)} in {title}"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"
