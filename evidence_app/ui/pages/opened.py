"""What a reader of documents asks of the project, in a reading lane: a document, or all texts of a report."""

from dataclasses import dataclass
from pathlib import Path

from evidence_app.domain.coding import Document
from evidence_app.services.library.attachments import place_of
from evidence_app.services.studies.receiving import unread
from evidence_app.storage import coding, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.library import Attachment, attachments_of


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A document that is shown: its text, and its file where it lies beside the project."""

    document: Document
    text: str
    file: Path | None
    label: str = ""


def opened_document(reader: Reader, row: int) -> OpenedDocument | None:
    """Return a document with its text; None where it is gone."""
    document = coding.document(reader, row)
    if document is None:
        return None
    kept = coding.attached_file(reader, row)
    file = place_of(reader.path, *kept) if kept else None
    report = references.reference(reader, document.reference)
    label = report.short_label if report else document.name
    return OpenedDocument(
        document, coding.text_of(reader, row), file if file and file.is_file() else None, label
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """What there is to read of one report."""

    reference: int
    documents: tuple[Document, ...] = ()
    """Its frozen texts, the newest first."""
    opened: OpenedDocument | None = None
    unread: tuple[Attachment, ...] = ()
    """Files whose text was never frozen."""
    files: tuple[Attachment, ...] = ()


def report_text(reader: Reader, reference: int, wanted: int | None = None) -> ReportText:
    """Return the texts of a report with the wanted one opened, or the newest."""
    documents = tuple(reversed(coding.documents(reader, reference)))
    rows = [each.id for each in documents]
    chosen = wanted if wanted in rows else rows[0] if rows else None
    return ReportText(
        reference=reference, documents=documents, unread=tuple(unread(reader, reference)),
        opened=opened_document(reader, chosen) if chosen is not None else None,
        files=tuple(attachments_of(reader, reference)),
    )  # fmt: skip
