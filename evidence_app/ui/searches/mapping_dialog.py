"""Naming the columns of a table nobody knows: header, some values, what it holds; the first records below."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from evidence_app.domain.edit import counted
from evidence_app.domain.reference import plain
from evidence_app.services.formats.column_mapping import BESIDE, LEAVE_OUT, UnknownTable, preview, targets
from evidence_app.services.formats.records import ReadRecord
from evidence_app.services.library.adding import in_one_line
from evidence_app.services.library.fields import label_of
from evidence_app.ui.widgets.laying import down, emptied, scrolled
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

FIRST: Final = (
    "title", "author", "issued", "container-title", "volume", "issue", "page", "DOI", "PMID", "URL",
    "abstract", "keyword", "publisher", "editor", "ISSN", "ISBN", "language", "note",
)  # fmt: skip
"""What is offered before the long list of everything else."""


class MappingDialog(PanelDialog):
    """Asks what each column holds, and shows what the first records become."""

    def __init__(
        self,
        parts: Parts,
        table: UnknownTable,
        mapping: Mapping[str, str] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parts, f"Columns of {table.path.name}", size=(940, 720), parent=parent)
        self._table = table
        self._remembered = mapping is not None
        given = mapping if mapping is not None else table.suggestion()
        self.choices: list[QComboBox] = []
        self.put(self._grid(given), share=3)
        self._shown = down(gap=6)
        self._problem = parts.label("", "small", "maybe", wrap=True)
        self.put(parts.caption("The first records"), self._problem)
        self.put(scrolled(down(self._shown, None, gap=0)), share=2)
        self.take = parts.button("Use these columns", "primary", "ph.check", self.accept)
        self.take.setDefault(True)
        self.offer(parts.button("Cancel", "plain", act=self.reject), self.take)
        self.tell(
            "As you named them before for a table with these headers."
            if self._remembered
            else "Say what each column holds. It is remembered for tables with the same headers."
        )
        self._renew()

    def mapping(self) -> dict[str, str]:
        """Return what was said: header to target, empty where the column is left out."""
        return {
            column.header: str(choice.currentData() or LEAVE_OUT)
            for column, choice in zip(self._table.columns, self.choices, strict=True)
        }

    def _grid(self, given: Mapping[str, str]) -> QWidget:
        parts, grid = self.parts, QGridLayout()
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for place, head in enumerate(("Column", "What is in it", "It holds")):
            grid.addWidget(parts.caption(head), 0, place)
        names = _named_targets()
        for at, column in enumerate(self._table.columns, 1):
            grid.addWidget(parts.line(column.header, "strong"), at, 0)
            samples = parts.line(" · ".join(column.samples) or "nothing in the first rows", "small", "text-2")
            samples.setToolTip("\n".join(column.samples))
            grid.addWidget(samples, at, 1)
            choice = self._choice(column.header, names)
            choice.setCurrentIndex(max(choice.findData(given.get(column.header, LEAVE_OUT)), 0))
            choice.currentIndexChanged.connect(self._renew)
            grid.addWidget(choice, at, 2)
        for place, share in enumerate((3, 5, 4)):
            grid.setColumnStretch(place, share)
        return scrolled(down(grid, None, gap=0))

    def _choice(self, header: str, names: Sequence[tuple[str, str]]) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(f"What the column {header} holds")
        choice.setFont(self.parts.look.font("body"))
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        choice.setMinimumWidth(self.parts.look.px(150))
        for target, name in names:
            choice.addItem(name, target)
        choice.insertSeparator(len(FIRST) + len(BESIDE) + 1)
        self.choices.append(choice)
        return choice

    def _renew(self) -> None:
        mapping = self.mapping()
        records = preview(self._table, mapping)
        emptied(self._shown)
        for record in records:
            self._shown.addLayout(self._record(record))
        has_title = "title" in mapping.values()
        used = sum(bool(target) for target in mapping.values())
        self._problem.setText("" if has_title else "No column is the title yet, so the records have no name.")
        self._problem.setVisible(not has_title)
        self.take.setEnabled(bool(used))
        self.take.rename(f"Use {counted(used, 'column')}" if used else "Use these columns")

    def _record(self, record: ReadRecord) -> QGridLayout:
        parts, item, extras = self.parts, record.item, record.extras
        lines = QGridLayout()
        lines.setVerticalSpacing(1)
        title = plain(str(item.get("title") or "")) or "No title"
        lines.addWidget(parts.label(title, "body", "text" if item.get("title") else "maybe", wrap=True), 0, 0)
        beside = [
            *(f"tag {name}" for name in extras.labels),
            *(f"decision {one.verdict}" for one in extras.decisions),
            *(f"note {one.text}" for one in extras.notes),
        ]
        rest = "; ".join(part for part in (in_one_line(item), str(item.get("DOI", "")), *beside) if part)
        if rest:
            lines.addWidget(parts.label(rest, "small", "text-2", wrap=True), 1, 0)
        return lines


def _named_targets() -> list[tuple[str, str]]:
    """Return everything a column can hold, the usual first, each with its name."""
    rest = [name for name in targets() if name not in FIRST and name not in BESIDE]
    named = sorted(((name, label_of(name)) for name in rest), key=lambda pair: pair[1].casefold())
    named = [(name, "Type of work" if name == "type" else label) for name, label in named]
    first = [(name, label_of(name)) for name in FIRST]
    return [(LEAVE_OUT, "Leave out"), *first, *BESIDE.items(), *named]
