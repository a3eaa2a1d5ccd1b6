"""The abstract: in the review's language and in the work's own, one under the other, both edited here."""

from evidence_app.domain.reference import Reference
from evidence_app.services.library.fields import label_of, read_value
from evidence_app.services.library.references import set_fields
from evidence_app.storage import references
from evidence_app.ui.library.pages import Page
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.fields import LongField

SHOWN = ("abstract", "original-title", "original-abstract", "language", "keyword")
HINTS = {
    "abstract": "Paste or type the abstract",
    "original-title": "Only where the work is in another language",
    "original-abstract": "Only where the work is in another language",
    "language": "en, zh, cy …",
}


class AbstractPage(Page):
    """The abstract in both languages."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._fields: dict[str, LongField] = {}
        for variable in SHOWN:
            field = self.parts.long_field(label_of(variable), hint=HINTS.get(variable, ""))
            field.setObjectName(variable)
            field.edited.connect(self._edited)
            self._fields[variable] = field
            self.column.addWidget(field)
        self.column.addStretch(1)

    def fill(self, reference: Reference) -> None:
        """Show the texts of the reference."""
        known = references.provenance(self.project.reader, reference.id)
        for variable, field in self._fields.items():
            value = str(reference.item.get(variable) or "")
            origin = known[variable].origin if variable in known else ("imported" if value else "")
            field.show_value(value, origin if value else "")

    def _edited(self, text: str) -> None:
        sender = self.sender()
        if self.reference is None or not isinstance(sender, LongField):
            return
        variable = sender.objectName()
        known = references.provenance(self.project.reader, self.reference.id)
        self.project.do(set_fields(self.reference, {variable: read_value(variable, text)}, known))
