"""Asking Crossref about many references: what came back, what it can fill, and what waits for a choice."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.edit import counted
from evidence_app.services.library import crossref_updates
from evidence_app.services.library.crossref_updates import Asked, Filling, Updated
from evidence_app.services.library.fields import in_sentence, label_of
from evidence_app.storage.references import Provenance
from evidence_app.ui.library.compare import text_of
from evidence_app.ui.library.preview import Previewed, PreviewTable
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.panel_dialog import PanelDialog
from evidence_app.ui.widgets.parts import Parts

WORDS: Final = {
    "found": ("Agrees", "include"), "differs": ("Differs", "maybe"), "not found": ("Not found", "exclude"),
    "failed": ("Failed", "exclude"),
}  # fmt: skip
ORDER: Final = ("differs", "failed", "not found", "found")


class BatchReport(PanelDialog):
    """Says of each reference what asking came to; from here fields are filled or compared."""

    compare_asked = Signal(object)
    """The id of a reference to compare."""

    def __init__(
        self,
        parts: Parts,
        asked: Asked,
        known: Mapping[int, Mapping[str, Provenance]],
        parent: QWidget | None = None,
    ) -> None:
        total = counted(len(asked.updated), "reference")
        super().__init__(parts, f"Crossref on {total}", size=(900, 600), parent=parent)
        self._states = {
            each.reference.id: each.with_state(known.get(each.reference.id, {})) for each in asked.updated
        }
        self._updated = sorted(asked.updated, key=self._place)
        self._known = known
        self.fillings: list[Filling] = crossref_updates.fillings(asked.updated, known)
        self.wants_fill = False
        self.tell(self._fact(asked))
        chips = across(gap=6)
        for state in ORDER:
            count = list(self._states.values()).count(state)
            if count:
                chips.addWidget(parts.chip(f"{WORDS[state][0]}: {count:,}", WORDS[state][1]))
        if asked.passed_over:
            chips.addWidget(parts.chip(f"No DOI: {len(asked.passed_over):,}"))
        chips.addStretch(1)
        self.table = PreviewTable(parts.look, "What Crossref says of each reference")
        self.table.name_columns("Reference", "State", "What")
        self.table.show_rows([self._line(each) for each in self._updated])
        self.table.opened.connect(self._compare)
        self.put(chips)
        self.put(self.table, share=1)
        self.fill = parts.button("", "primary", act=self._fill)
        self.fill.rename(f"Fill {counted(len(self.fillings), 'empty field')}…")
        self.fill.setVisible(bool(self.fillings))
        close = parts.button("Close", "plain", act=self.reject)
        self.offer(parts.button("Compare", "plain", act=self._compare_current), close, self.fill)
        self.table.setFocus()
        if self._updated:
            self.table.select(0)

    def _place(self, each: Updated) -> tuple[bool, int]:
        return (not _is_grave(each), ORDER.index(self._states[each.reference.id]))

    def _fact(self, asked: Asked) -> str:
        words = "Nothing was changed. Answers are kept in the project, so asking again is quick."
        return f"{asked.stopped} What had arrived was kept." if asked.stopped else words

    def _line(self, each: Updated) -> Previewed:
        state = self._states[each.reference.id]
        word = "Retracted or of concern" if _is_grave(each) else WORDS[state][0]
        return Previewed(_named(each), word, self._what(each, state))

    def _what(self, each: Updated, state: str) -> str:
        notices = "; ".join(update.sentence for update in each.outcome.updates)
        if state in ("failed", "not found"):
            return each.outcome.reason
        open_fields = crossref_updates.open_differences(each.outcome, self._known.get(each.reference.id, {}))
        fields = ", ".join(_field(one.field, one.kind == "missing") for one in open_fields)
        return ". ".join(part for part in (notices, fields) if part) or "The same"

    def _fill(self) -> None:
        self.wants_fill = True
        self.accept()

    def _compare_current(self) -> None:
        self._compare(self.table.current_id())

    def _compare(self, at: object) -> None:
        if isinstance(at, int) and at < len(self._updated):
            self.compare_asked.emit(self._updated[at].reference.id)


def _is_grave(each: Updated) -> bool:
    return any(update.kind in ("retraction", "concern") for update in each.outcome.updates)


def filling_lines(fillings: Sequence[Filling]) -> list[Previewed]:
    """Return what each filling does, for the preview."""
    return [
        Previewed(
            f"{filling.reference.short_label}: {label_of(filling.difference.field)}",
            "",
            text_of(filling.difference.field, filling.difference.theirs)[:300],
        )
        for filling in fillings
    ]


def _named(each: Updated) -> str:
    number = f"{each.reference.number}  " if each.reference.number is not None else ""
    return f"{number}{each.reference.short_label}"


def _field(variable: str, missing: bool) -> str:
    label = "type" if variable == "type" else in_sentence(label_of(variable))
    return f"{label} (empty here)" if missing else label
