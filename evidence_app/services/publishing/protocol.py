"""The protocol as a document of its own: what was planned, its amendments, and what was done so far."""

from pathlib import Path
from typing import Final

from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.files import write_whole
from evidence_app.services.publishing.summary.appendix import protocol_parts, unsaid
from evidence_app.services.publishing.summary.documents import write_document
from evidence_app.services.publishing.summary.model import Heading, Look, Page, Paragraph, Part, Summary, said
from evidence_app.services.publishing.summary.rendering import Rendered
from evidence_app.services.screening.methods import protocol_parts as parts_of
from evidence_app.services.screening.methods import screening_paragraphs
from evidence_app.storage import contents
from evidence_app.storage.connections import Reader

FORMATS: Final = {".docx": "Word document", ".odt": "OpenDocument text", ".md": "Markdown"}
"""What a protocol can be written as, by the ending of the file."""


def write_protocol(reader: Reader, out: Path, report: Report = silent) -> None:
    """Write the protocol with its amendments, and what the methods say of screening.

    Raises `PublishingError` where there is no protocol yet, or for an ending that is none of `FORMATS`."""
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise PublishingError(
            f"“{out.suffix or out.name}” is not a format a protocol can have. Nothing was written. "
            f"Use one of: {', '.join(FORMATS)}."
        )
    protocol = tuple((each.heading, each.lines) for each in parts_of(reader))
    if not protocol:
        raise PublishingError("No protocol was written yet, so there is nothing to export.")
    review = contents.review(reader)
    parts: list[Part] = [
        Paragraph(said(review.title or "Untitled review"), Look.TITLE),
        Paragraph(said("Protocol"), Look.SUBTITLE), *protocol_parts(protocol, 2),
    ]  # fmt: skip
    if methods := unsaid(screening_paragraphs(reader), protocol):
        parts.append(Heading(2, said("Screening so far")))
        parts += [Paragraph(said(paragraph)) for paragraph in methods]
    summary = Summary(
        profile="commissioner", title=f"Protocol: {review.title or 'Untitled review'}",
        authors=tuple(author.get("name", "") for author in review.authors),
        pages=(Page(key="protocol", parts=tuple(parts)),),
    )  # fmt: skip
    rendered = Rendered({}, (), styles.style_source(styles.DEFAULT_STYLE))
    write_whole(out, write_document(summary, rendered, ending[1:], report))
