"""The known-item test: which of the works one knows this search found."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from evidence_app.services.searches.known_items import CHOSEN, KnownItem, choose, chosen, known_items, recall
from evidence_app.services.searches.worth import Worth
from evidence_app.storage import library
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.table import Column, IdTableModel, Table

INCLUDED: Final = "set:included"
SETS: Final = (("Included references", INCLUDED), ("Background references", "set:background"))


class KnownPage(QWidget):
    """The chosen known works, those not found by this search first."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context, parts = context, context.parts
        self._row: Worth | None = None
        self._found: dict[int, KnownItem] = {}
        self._sets = QComboBox()
        self._sets.setAccessibleName("Set of known works")
        self._sets.setFont(context.look.font("body"))
        self._sets.activated.connect(self._choose_set)
        self.query = parts.field("Known works", hint="a search: tag:seed, doi:10.1000/x, set:included")
        self.query.edited.connect(self._choose_query)
        self._fact = parts.label("", "strong", wrap=True)
        self._all = parts.note("", wrap=True)
        columns = (
            Column("Work", lambda item: item.label),
            Column("Here", self._state, 92, told="Whether this search found it"),
        )
        self._model = IdTableModel(columns, self._fetch)
        self.table = Table(context.look, self._model, "Known works and whether this search found them")
        self.table.opened.connect(self._go_to)
        self.table.setMinimumHeight(context.look.px(240))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sets = across(self._sets, edge=(6, 0, 6, 0))
        facts = down(self._fact, self._all, gap=2, edge=(6, 0, 6, 0))
        self.setLayout(down(sets, self.query, facts, self.table, gap=9, edge=(12, 12, 12, 12)))

    def show_search(self, row: Worth) -> None:
        """Test this search."""
        self._row = row
        asked = chosen(self._context.project.reader, INCLUDED)
        self._offer(asked)
        self.query.show_value(asked)
        self._context.project.read(partial(known_items, query=asked), self._show, latest="searches.known")

    def _offer(self, asked: str) -> None:
        saved = library.saved_searches(self._context.project.reader)
        choices = [*SETS, *((each.name, each.query) for each in saved if each.name != CHOSEN)]
        if asked not in [query for _, query in choices]:
            choices.append(("As typed below", asked))
        self._sets.clear()
        for name, query in choices:
            self._sets.addItem(name, query)
        self._sets.setCurrentIndex(self._sets.findData(asked))

    def _show(self, items: tuple[KnownItem, ...]) -> None:
        if self._row is None:
            return
        self._found = {item.reference: item for item in items}
        search = self._row.search
        ordered = sorted(items, key=self._is_found)
        self.table.show_ids([item.reference for item in ordered])
        here, total = recall(items, search.search or 0)
        anywhere, _ = recall(items)
        if not total:
            self._fact.setText("No reference of the library is named by this.")
            self._all.setText("Type a search, or choose a set.")
            return
        self._fact.setText(f"{search.name} found {here} of {total}")
        missing = total - anywhere
        rest = f"; {missing} by none" if missing else ""
        self._all.setText(f"All searches together found {anywhere} of {total}{rest}.")

    def _is_found(self, item: KnownItem) -> bool:
        search = self._row.search.search if self._row else None
        return search is not None and item.is_found_by(search)

    def _state(self, item: KnownItem) -> str:
        search = self._row.search.search if self._row else None
        if search is None or not item.is_found_by(search):
            return "elsewhere" if item.is_found else "not found"
        return "found" if search in item.found_by else "not merged"

    def _fetch(self, ids: Sequence[int]) -> dict[int, KnownItem]:
        return {number: self._found[number] for number in ids if number in self._found}

    def _choose_set(self) -> None:
        self._choose_query(str(self._sets.currentData()))

    def _choose_query(self, query: str) -> None:
        edit = choose(self._context.project.reader, query.strip() or INCLUDED)
        if edit:
            self._context.project.do(edit)
        elif self._row is not None:
            self.show_search(self._row)

    def _go_to(self, row: int) -> None:
        self._context.go_to("library", Subject("reference", row))
