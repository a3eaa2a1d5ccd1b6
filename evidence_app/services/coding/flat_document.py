"""Quotations as a Word document: under each code its quotations, each with its source and page."""

from collections.abc import Sequence

from evidence_app.domain.edit import counted
from evidence_app.services.coding.retrieval import FoundQuotation
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.summary.documents import write_document
from evidence_app.services.publishing.summary.model import (
    Heading,
    Look,
    Page,
    Paragraph,
    Part,
    Summary,
    said,
)
from evidence_app.services.publishing.summary.rendering import Rendered
from evidence_app.storage.coding_contents import CodingContents


def docx_bytes(contents: CodingContents, found: Sequence[FoundQuotation], query: str) -> bytes:
    """Return the document. Raises `PublishingError`."""
    reports = len({each.report.id for each in found if each.report})
    told = f"{counted(len(found), 'quotation')} from {counted(reports, 'report')}"
    parts: list[Part] = [
        Paragraph(said("Quotations"), Look.TITLE),
        Paragraph(said(f"{told}{f', found by: {query}' if query.strip() else ''}."), Look.SUBTITLE),
    ]
    for placed in contents.tree:
        coded = [each for each in found if placed in each.codes]
        if coded:
            parts.append(Heading(1, said(placed.full_name)))
            if placed.code.definition:
                parts.append(Paragraph(said(placed.code.definition), Look.DEFINITION))
            parts += [part for each in coded for part in _quotation(each)]
    uncoded = [each for each in found if not each.codes]
    if uncoded:
        parts.append(Heading(1, said("Not coded")))
        parts += [part for each in uncoded for part in _quotation(each)]
    page = Page(key="quotations", parts=tuple(parts))
    summary = Summary(profile="commissioner", title="Quotations", authors=(), pages=(page,))
    return write_document(summary, Rendered({}, (), styles.style_source(styles.DEFAULT_STYLE)), "docx")


def _quotation(found: FoundQuotation) -> list[Part]:
    quotation = found.quotation
    notes = [quotation.voice.value, quotation.speaker, quotation.core and f"Core: {quotation.core}"]
    told = " · ".join(note for note in notes if note)
    parts: list[Part] = [Paragraph(said(found.as_citation))]
    if told:
        parts.append(Paragraph(said(told), Look.NOTE))
    return parts
