"""Which words are highlighted: three lists, filled from the searches' own words if wanted."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from evidence_app.services.screening.terms import split_terms
from evidence_app.ui.screening.terms_panel import NAMES, Sample
from evidence_app.ui.widgets.laying import across, down
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

FACT = "One word, stem or phrase on each line. commission* finds every ending; a hyphen, also a space."
HINTS = {
    "include": "They speak for a record",
    "exclude": "They speak against it",
    "neutral": "Worth seeing, as the searches’ own",
}


class TermsDialog(PanelDialog):
    """Edits the three lists."""

    keeps_words = True

    def __init__(
        self,
        parts: Parts,
        terms: Mapping[str, Sequence[str]],
        from_searches: Callable[[], Sequence[str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parts, "Highlighted terms", FACT, size=(760, 520), parent=parent)
        self._from_searches = from_searches
        self.fields: dict[str, QPlainTextEdit] = {}
        columns = across(gap=14)
        for kind, name in NAMES:
            field = QPlainTextEdit("\n".join(terms.get(kind, ())))
            field.setAccessibleName(f"{name} terms")
            field.setTabChangesFocus(True)
            field.setFont(parts.look.font("body"))
            hint = parts.label(HINTS[kind], "caption", "text-3", wrap=True)
            hint.setMinimumWidth(40)
            column = down(across(Sample(parts.look, kind, name), None), hint, gap=4)
            column.addWidget(field, 1)
            columns.addLayout(column, 1)
            self.fields[kind] = field
        self.put(columns, share=1)
        self.fill = parts.button("Fill from the searches", "plain", "ph.magnifying-glass", self.fill_in)
        self.told = parts.label("", "small", "text-2", wrap=True)
        self.told.setMinimumWidth(40)
        row = across(self.fill, gap=10)
        row.addWidget(self.told, 1)
        self.put(row)
        keep = parts.button("Highlight these", "primary", act=self.accept)
        self.offer(parts.button("Cancel", "plain", act=self.reject), keep)

    def wanted(self) -> dict[str, list[str]]:
        """Return the terms of each kind."""
        return {kind: split_terms(field.toPlainText()) for kind, field in self.fields.items()}

    def fill_in(self) -> None:
        """Add the words of the searches' queries that stand in none of the lists yet to the neutral ones."""
        found = self._from_searches()
        known = {term.casefold() for terms in self.wanted().values() for term in terms}
        new = [term for term in found if term.casefold() not in known]
        if not found:
            self.told.setText("The searches hold no queries; write them down in Searches first.")
            return
        held = self.wanted()["neutral"]
        self.fields["neutral"].setPlainText("\n".join([*held, *new]))
        self.told.setText(
            f"{len(new)} added, in the order of the queries." if new else "All of them are here."
        )
