"""A list of quotations that were found: each a few lines high, drawn as its screen wants."""

from collections.abc import Callable, Mapping, Sequence

from evidence_app.services.coding.retrieval import FoundQuotation
from evidence_app.ui.look import Look
from evidence_app.ui.widgets.table import Column, IdTableModel, Table


class FoundQuotations(Table):
    """Quotations in the order they were found; `said` are the words of one for a screen reader."""

    def __init__(self, look: Look, name: str, said: Callable[[FoundQuotation], str], height: int) -> None:
        self._seen, self._height = look, height
        self.found: Mapping[int, FoundQuotation] = {}
        super().__init__(look, IdTableModel((Column("Quotation", said),), self._fetch), name)
        self.horizontalHeader().hide()

    def renew(self) -> None:
        """Give each row its lines."""
        super().renew()
        self.verticalHeader().setDefaultSectionSize(self._seen.px(self._height))

    def show_found(self, found: Sequence[FoundQuotation]) -> None:
        """Show these quotations in their order."""
        self.found = {each.quotation.id: each for each in found}
        self.show_ids(list(self.found))
        self.viewport().update()

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, FoundQuotation]:
        return {row: self.found[row] for row in ids if row in self.found}
