"""Quotations as a Word document: under each code its quotations, each with its source and page."""

from collections.abc import Sequence

from evidence_app.domain.coding import QuotationKind, Voice
from evidence_app.domain.edit import counted
from evidence_app.domain.wrapped import one_line
from evidence_app.services.coding.flat_export import links_of
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

_VOICES = {
    Voice.UNSAID: "", Voice.PARTICIPANT: "Participant’s words", Voice.AUTHOR: "Author’s interpretation",
}  # fmt: skip


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
            parts += [part for each in coded for part in _quotation(contents, each)]
    uncoded = [each for each in found if not each.codes]
    if uncoded:
        parts.append(Heading(1, said("Not coded")))
        parts += [part for each in uncoded for part in _quotation(contents, each)]
    page = Page(key="quotations", parts=tuple(parts))
    summary = Summary(profile="commissioner", title="Quotations", authors=(), pages=(page,))
    return write_document(summary, Rendered({}, (), styles.style_source(styles.DEFAULT_STYLE)), "docx")


def _quotation(contents: CodingContents, found: FoundQuotation) -> list[Part]:
    quotation = found.quotation
    direct = quotation.kind is QuotationKind.DIRECT
    whose = " · ".join(
        word for word in ("" if direct else quotation.kind.value.capitalize(), _VOICES[quotation.voice],
                          quotation.speaker) if word
    )  # fmt: skip
    exact = one_line(quotation.anchor.exact)
    reasons = "; ".join(coding.memo for coding in found.codings if coding.memo)
    linked = "; ".join(links_of(contents, found))
    notes = [
        whose, quotation.core and f"Core: {quotation.core}",
        f"On the page: “{exact}”" if not direct and quotation.text and exact else "",
        reasons and f"Why coded: {reasons}", linked and f"Linked to: {linked}",
    ]  # fmt: skip
    parts: list[Part] = [Paragraph(said(found.as_citation))]
    return [*parts, *(Paragraph(said(note), Look.NOTE) for note in notes if note)]
