"""The PRISMA-S form of a search: every field edited in place, each change one edit."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.searches.kinds import KINDS, SearchField, form_of
from evidence_app.services.searches.log import shown
from evidence_app.services.searches.worth import Worth
from evidence_app.ui.widgets.fields import Field
from evidence_app.ui.widgets.laying import across, down, emptied
from evidence_app.ui.widgets.parts import Parts

WIDE: Final = 270
NOT_REPORTED: Final = "not reported"


class FormPage(QWidget):
    """The fields of the chosen search."""

    edited = Signal(str, str)
    """A field and what was typed into it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._kind = ""
        self._pairs: list[QHBoxLayout] = []
        self.fields: dict[str, Field] = {}
        self._form: QVBoxLayout = down(gap=7)
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind of source")
        self.kind.setFont(parts.look.font("body"))
        self.kind.addItems([kind.word.capitalize() for kind in KINDS])
        self.kind.activated.connect(self._choose_kind)
        kinds = down(parts.caption("Kind"), self.kind, gap=3, edge=(6, 0, 6, 0))
        self._icon = parts.icon("ph.info", "text-3")
        self._sum = parts.label("", "small", wrap=True)
        foot = across(self._icon, gap=8, edge=(6, 4, 6, 0))
        foot.addWidget(self._sum, 1)
        self.setLayout(down(self._form, kinds, 4, parts.rule(), foot, gap=7, edge=(12, 10, 12, 10)))

    def show_search(self, row: Worth) -> None:
        """Show what is known of this search."""
        if row.search.kind != self._kind or not self.fields:
            self._build(row.search.kind)
        for column, field in self.fields.items():
            value = shown(row.search, column)
            field.show_value(value, "typed" if value else "missing")
        words = [kind.word for kind in KINDS]
        if row.search.kind in words:
            self.kind.setCurrentIndex(words.index(row.search.kind))
        self._add_up(row)

    def _build(self, kind: str) -> None:
        emptied(self._form)
        self._kind, self.fields, self._pairs = kind, {}, []
        for row in form_of(kind):
            line = across(gap=8)
            for field in row:
                line.addWidget(self._made(field), 1)
            self._form.addLayout(line)
            self._pairs.append(line)
        self._arrange()

    def _arrange(self) -> None:
        """Put two fields beside each other only where both have room."""
        wide = self.width() >= self._parts.look.px(WIDE)
        ways = QBoxLayout.Direction
        for pair in self._pairs:
            pair.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See anew whether two fields fit beside each other."""
        super().resizeEvent(event)
        self._arrange()

    def _made(self, field: SearchField) -> Field:
        make = self._parts.long_field if field.long else self._parts.field
        made = make(field.label, hint=field.hint or NOT_REPORTED)
        made.setProperty("column", field.column)
        made.edited.connect(self._tell)
        self.fields[field.column] = made
        return made

    def _tell(self, value: str) -> None:
        self.edited.emit(str(self.sender().property("column")), value)

    def _choose_kind(self, place: int) -> None:
        self.edited.emit("kind", KINDS[place].word)

    def _add_up(self, row: Worth) -> None:
        """Say how the number claimed and the number read go together."""
        icon, tone, words = _compared(row)
        self._icon.show_icon(icon, tone)
        self._sum.setText(words)

    def leave(self) -> None:
        """Keep what is half typed."""
        at = self.focusWidget()
        if at is not None and at.hasFocus():
            at.clearFocus()


def _compared(row: Worth) -> tuple[str, str, str]:
    search, claimed, difference = row.search, row.search.number("claimed"), row.difference
    if not row.gives_records:
        return "ph.info", "text-3", "It gives words for the query, and no records."
    if difference is not None and claimed is not None:
        read = f"{claimed:,} claimed, {row.read:,} read"
        if difference == 0:
            return "ph.check-circle-fill", "include", read
        more = counted(abs(difference), "record")
        side = f"{more} more than claimed" if difference > 0 else f"{more} missing"
        return "ph.warning-circle-fill", "maybe", f"{read}: {side}"
    if search.files:
        return "ph.selection", "text-3", f"{row.read:,} read; what the source claimed is not reported"
    if row.records.value is None:
        return "ph.selection", "text-3", "How many records it gave is not reported."
    return "ph.pencil-simple", "text-3", f"{row.records.value:,} is typed; no file is there to count"
