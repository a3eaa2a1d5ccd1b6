"""The texts of all documents, with what is quoted and coded in them: where a phrase is looked for."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from evidence_app.domain.coding import Coding, Document, Quotation
from evidence_app.services.library.attachments import place_of
from evidence_app.storage import coding, coding_notes
from evidence_app.storage.connections import Reader


class Texts(NamedTuple):
    """All that is needed to code by a phrase."""

    texts: Sequence[tuple[Document, str]]
    files: Mapping[int, Path]
    """The PDF of a document, by document."""
    quotations: Sequence[Quotation]
    codings: Sequence[Coding]
    labels: Mapping[int, str]
    """What each report is called."""

    def place(self, document: Document, position: int) -> str:
        """Return the report and page of a position."""
        page = document.page_at(position)
        label = self.labels.get(document.reference, "")
        parts = (label, f"p. {document.printed_page(page)}" if page else "", document.name)
        return " · ".join(part for part in parts if part)


def read_texts(reader: Reader, guid: str) -> Texts:
    """Return the texts of all documents with what is quoted and coded in them, as this person may see it."""
    viewer = coding.person_of(reader, guid) or -1
    found = [(each, coding.text_of(reader, each.id)) for each in coding.documents(reader)]
    kept = {each.id: coding.attached_file(reader, each.id) for each, _ in found if each.is_pdf}
    files = {row: place_of(reader.path, *held) for row, held in kept.items() if held is not None}
    labels = {each.reference: each.label for each in coding_notes.reports_to_code(reader)}
    quotations = coding.all_quotations(reader, viewer)
    return Texts(found, files, quotations, coding.codings(reader, viewer=viewer), labels)
