"""Keeping a work from a search without a file: which reference, and where it stood among the results."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.query import parse_query
from evidence_app.services.searches.log import read_number
from evidence_app.storage import references, searching
from evidence_app.storage.connections import Reader
from evidence_app.storage.references import ListedReference
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.table import Column, IdTableModel, Table

MOST = 200


class KeepDialog(PanelDialog):
    """Asks for a reference of the library and its place in the results."""

    def __init__(self, context: ScreenContext, source: str, parent: QWidget | None = None) -> None:
        super().__init__(context.parts, f"Keep a work from {source}", size=(760, 560), parent=parent)
        self.tell("Choose it in the library. A work that is not there yet is added in the Library first.")
        self._context, self._shown = context, {}  # type: ignore[var-annotated]
        self.search = context.parts.search("Find it: words, author:, doi:", "Find a reference", 700)
        self.search.searched.connect(self._ask)
        columns = (
            Column("No.", lambda line: str(line.number or ""), 48, told="Number in the bibliography"),
            Column("Authors", lambda line: line.authors, 150),
            Column("Year", lambda line: str(line.year or ""), 54),
            Column("Title", lambda line: line.title),
        )
        self._model = IdTableModel(columns, self._fetch)
        self.table = Table(context.look, self._model, "References")
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.opened.connect(self.check)
        self.search.left_down.connect(self.table.setFocus)
        self.place = context.parts.field("Place in the results", hint="14; empty is not known")
        self.note = context.parts.field("Note")
        self.problem = context.parts.label("", "small", "exclude", wrap=True)
        self.problem.hide()
        self.put(self.search)
        self.put(self.table, share=1)
        self.put(across(self.place, self.note), self.problem)
        self.keep = context.parts.button("Keep this work", "primary", act=self.check)
        self.offer(context.parts.button("Cancel", "plain", act=self.reject), self.keep)
        self._ask()

    def _ask(self) -> None:
        question = partial(_found, words=self.search.text())
        self._context.project.read(question, self._show, latest="searches.keep")

    def _show(self, lines: Sequence[ListedReference]) -> None:
        self._shown = {line.id: line for line in lines}
        self.table.show_ids([line.id for line in lines])
        if lines and self.table.current_id() is None:
            self.table.select(lines[0].id)
        self.keep.setEnabled(bool(lines))

    def _fetch(self, ids: Sequence[int]) -> dict[int, ListedReference]:
        return {number: self._shown[number] for number in ids if number in self._shown}

    @property
    def chosen(self) -> int | None:
        """The reference that is chosen."""
        return self.table.current_id()

    @property
    def rank(self) -> int | None:
        """The place in the results."""
        return read_number(self.place.text())

    def check(self) -> None:
        """Accept where a reference is chosen and its place is a number."""
        try:
            accepted = self.chosen is not None and (self.rank is None or self.rank > 0)
        except EvidenceError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        if accepted:
            self.accept()


def _found(reader: Reader, words: str) -> list[ListedReference]:
    ids = searching.search(reader, parse_query(words), "author")[:MOST]
    return references.lines(reader, list(ids))
