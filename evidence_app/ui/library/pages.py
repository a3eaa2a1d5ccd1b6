"""A page of the inspector: what one tab shows of a reference."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.domain.reference import Reference
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.laying import down


class Page(QWidget):
    """One tab's content. It reads what it shows, and hands edits to the project."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.parts = context.parts
        self.project = context.project
        self.reference: Reference | None = None
        self.column: QVBoxLayout = down(gap=8, edge=(12, 12, 12, 12))
        self.setLayout(self.column)

    def show_reference(self, reference: Reference) -> None:
        """Show this reference as the project holds it now."""
        self.reference = reference
        self.fill(reference)

    def fill(self, reference: Reference) -> None:
        """Read what belongs to the reference, and show it."""
        raise NotImplementedError

    def leave(self) -> None:
        """Keep what is half typed."""
