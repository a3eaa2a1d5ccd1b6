"""The chosen review finding: its statement, its direction, and what it rests on."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.manuscript import Block, Direction, Role
from evidence_app.services.synthesis.numbering import number_line
from evidence_app.services.synthesis.overview import FindingLine, countries_line
from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.themes.counted_rows import CountedRows
from evidence_app.ui.themes.finding_layout import ROLE_WORDS
from evidence_app.ui.themes.quotation_rows import AGAINST, FOR, QuotationRows
from evidence_app.ui.themes.statement import StatementEdit
from evidence_app.ui.themes.work_rows import WorkRows
from evidence_app.ui.widgets.laying import down
from evidence_app.ui.widgets.parts import Parts


class FindingForm(QWidget):
    """Edits one finding in place; every act leaves as a signal."""

    directed = Signal(object)
    opened = Signal(object)
    taken = Signal(object)
    role_chosen = Signal(object, object)
    overruled = Signal(object)
    """A reference that is to be left out, or counted, with a reason."""
    added = Signal(object)
    """The role for which references are to be added."""
    dropped = Signal(object, object, object)
    """The references, the role, and whether they go to an anchor of their own."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.statement = StatementEdit(parts.look)
        choices = [(direction.value, DIRECTIONS[direction].word) for direction in Direction]
        self._direction = parts.segments("Direction", choices, columns=3)
        self._direction.chosen.connect(self._tell_direction)
        self._direction.setToolTip("In the list: keys 1 to 6, and 0 for none")
        self.quotations = QuotationRows(parts, FOR)
        self.against = QuotationRows(parts, AGAINST)
        self.counted = CountedRows(parts)
        self._support = WorkRows(
            parts, "Supported by", "No report supports it yet. Add one, or drag a reference here.",
            "Add references as evidence",
        )  # fmt: skip
        self._against = WorkRows(
            parts,
            "Cited as speaking against it",
            "Nothing yet. Drag a reference here.",
            "Add references that speak against it",
        )
        self._beside = WorkRows(parts, "Also cited", "", "Add references as context")
        caption = parts.caption("Statement")
        caption.setBuddy(self.statement)
        self._saved_first = parts.note(
            "Write the statement, then press Enter. References can be added after that.", wrap=True
        )
        self.setLayout(
            down(
                caption, self.statement, self._saved_first, parts.caption("Direction"), self._direction, 4,
                self.quotations, 4, self._support, 4, self.counted, 4, self.against, 4, self._against, 4,
                self._beside, None, gap=6,
            )
        )  # fmt: skip
        for rows, role in (
            (self._support, Role.EVIDENCE),
            (self._against, Role.CONTRAST),
            (self._beside, Role.CONTEXT),
        ):
            rows.setProperty("role", role.value)
            rows.opened.connect(self.opened)
            rows.taken.connect(self.taken)
            rows.role_chosen.connect(self.role_chosen)
            rows.added.connect(self._tell_added)
            rows.overruled.connect(self.overruled)
            rows.dropped.connect(self._tell_dropped)

    def show_finding(self, line: FindingLine) -> None:
        """Show a finding of the project."""
        self.statement.waits = False
        self._saved_first.hide()
        self.statement.show_block(line.block, anchor_labels(line))
        self._show_direction(line.block.direction)
        reports = line.with_role(Role.EVIDENCE)
        self._support.caption.setText(f"Supported by {line.support}" if reports else "Supported by")
        self._support.show_works(reports, countries_line(line.countries))
        self._against.show_works(line.with_role(Role.CONTRAST))
        beside = line.with_role(Role.DEFINITION, Role.CONTEXT)
        self._beside.show_works(beside)
        for part in (self.quotations, self._support, self.counted, self.against, self._against):
            part.show()
        self._beside.setVisible(bool(beside))

    def tell_levels(self, levels: Mapping[int, str]) -> None:
        """Say of each report that supports it how close to its words that is."""
        self._support.tell_levels(levels)

    def show_draft(self, block: Block) -> None:
        """Show a finding that is not in the project yet: its statement is to be written first."""
        self.statement.show_block(block, {})
        self.statement.waits = True
        self._saved_first.show()
        self._show_direction(block.direction)
        for part in (
            self.quotations, self._support, self.counted, self.against, self._against, self._beside,
        ):  # fmt: skip
            part.hide()

    def _show_direction(self, direction: Direction | None) -> None:
        if direction is None:
            self._direction.choose_none()
        else:
            self._direction.choose(direction.value)

    def _tell_direction(self, key: str) -> None:
        self.directed.emit(Direction(key) if key else None)

    def _role_of(self) -> Role:
        sender = self.sender()
        return Role(sender.property("role")) if sender is not None else Role.EVIDENCE

    def _tell_added(self) -> None:
        self.added.emit(self._role_of())

    def _tell_dropped(self, references: list[int], alone: bool) -> None:
        self.dropped.emit(references, self._role_of(), alone)


def anchor_labels(line: FindingLine) -> dict[str, str]:
    """Return what each anchor says in the sentence: its numbers, with the word of its role."""
    found: dict[str, str] = {}
    for anchor in line.block.anchors:
        works = [work for work in line.works if work.anchor == anchor.guid]
        numbers = number_line([int(work.number) for work in works if work.number])
        words = numbers or ", ".join(work.label for work in works)
        found[anchor.guid] = " ".join(part for part in (ROLE_WORDS[anchor.role], words) if part)
    return found
