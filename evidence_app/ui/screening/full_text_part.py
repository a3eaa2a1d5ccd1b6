"""At full text: the report's pages to read, under its name; the record itself is one key away."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.reference import Reference, plain
from evidence_app.ui.pages.attaching import Attaching
from evidence_app.ui.pages.reader import FullTextReader
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.laying import across, down

TEXT, RECORD = "text", "record"
VIEWS: Final = ((TEXT, "Full text"), (RECORD, "Record"))
KEPT: Final = "screening.view"


class FullTextPart(QWidget):
    """The line above with title and choice, and below it the reader or what `body` holds instead."""

    turned = Signal()
    """The full text is shown instead of the record, or the other way round."""

    def __init__(self, context: ScreenContext, attaching: Attaching) -> None:
        super().__init__()
        parts = context.parts
        self._settings = context.settings
        self.attaching = attaching
        self.title = parts.line("", "strong")
        self.facts = parts.line("", "small", "text-2")
        kept = context.settings.now.kept.get(KEPT, TEXT)
        self.views = parts.segments("Show", VIEWS, kept if kept in (TEXT, RECORD) else TEXT)
        self.views.chosen.connect(self._turn)
        self.reader = FullTextReader(context, "screening", attaching)
        head = across(gap=12, edge=(16, 7, 12, 7))
        head.addLayout(down(self.title, self.facts, gap=1), 1)
        head.addWidget(self.views)
        self.head = QWidget()
        self.head.setLayout(head)
        column = down(gap=0)
        column.addWidget(self.reader, 1)
        self.setLayout(column)

    @property
    def shows_text(self) -> bool:
        """Whether the full text is shown, not the record."""
        return self.views.choice != RECORD

    def show_reference(self, reference: Reference) -> None:
        """Show the full text of this report."""
        title = plain(reference.title)
        self.title.setText(title)
        self.title.setToolTip(title)
        named = (reference.short_label, reference.container)
        self.facts.setText(" · ".join(plain(each) for each in named if each))
        self.reader.show_report(int(reference.id), reference.short_label)

    def switch(self) -> None:
        """Show the record instead of the full text, or the other way round."""
        self.views.choose(RECORD if self.shows_text else TEXT)
        self._turn()

    def _turn(self, _view: object = None) -> None:
        self._settings.keep(KEPT, self.views.choice)
        self.turned.emit()
