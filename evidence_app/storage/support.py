"""What review findings rest on, as the project holds it."""

from typing import Any

from evidence_app.domain.coding import Document
from evidence_app.domain.support import Contribution, Support, SupportLevel
from evidence_app.domain.wrapped import one_line
from evidence_app.storage import coding, references
from evidence_app.storage.connections import Reader


def supports(reader: Reader, block: int | None = None) -> list[Support]:
    """Return what a finding rests on, or what all do, in order; without what was removed since."""
    rows = reader.rows(
        """SELECT s.id, s.guid, s.block, s.disconfirms, s.coding, s.reference AS whole,
               coalesce(s.quotation, g.quotation) AS quotation, q.page, q.exact, q.text, q.core,
               q.kind, q.state, q.document,
               d.reference AS told_by, c.name AS code
           FROM live_support s
           LEFT JOIN live_coding g ON g.id = s.coding
           LEFT JOIN code used ON used.id = g.code
           LEFT JOIN code c ON c.id = coalesce(used.merged_into, used.id)
           LEFT JOIN live_quotation q ON q.id = coalesce(s.quotation, g.quotation)
           LEFT JOIN live_document d ON d.id = q.document
           WHERE (:block IS NULL OR s.block = :block) AND (d.reference IS NOT NULL OR s.reference IS NOT NULL)
           ORDER BY s.disconfirms, s.position, s.id""",
        block=block,
    )
    works = {row["told_by"] or row["whole"] for row in rows}
    known = {int(each.id): each.short_label for each in references.references(reader, works)}
    pages = {
        row: document
        for row in {each["document"] for each in rows if each["page"]}
        if (document := coding.document(reader, row)) is not None
    }
    return [_support(row, known, pages) for row in rows if (row["told_by"] or row["whole"]) in known]


def _support(row: Any, known: dict[int, str], documents: dict[int, Document]) -> Support:
    reference = int(row["told_by"] or row["whole"])
    level = SupportLevel.REPORT
    if row["quotation"] is not None:
        level = SupportLevel.CODING if row["coding"] is not None else SupportLevel.QUOTATION
    said = row["text"] if row["kind"] not in (None, "direct") and row["text"] else row["exact"] or row["core"]
    page = row["page"] if row["state"] != "lost" else None  # what is lost is on no page
    document = documents.get(row["document"]) if page else None
    printed = document.printed_page(int(page)) if document and page else str(page or "")
    return Support(
        id=row["id"], guid=row["guid"], block=row["block"], level=level, reference=reference,
        report=known[reference], quotation=row["quotation"], coding=row["coding"], document=row["document"],
        page=page, printed=printed, words=one_line(said or ""), code=row["code"] or "",
        disconfirms=bool(row["disconfirms"]), is_lost=row["state"] == "lost",
    )  # fmt: skip


def contributions(reader: Reader, block: int | None = None) -> list[Contribution]:
    """Return the reports counted or left out of a finding, or of all, by a person, with the reasons."""
    rows = reader.rows(
        """SELECT c.id, c.block, c.reference, c.counts, c.reason, coalesce(p.name, '') AS by, c.at
           FROM live_contribution c LEFT JOIN person p ON p.id = c.person
           WHERE :block IS NULL OR c.block = :block ORDER BY c.id""",
        block=block,
    )
    return [Contribution(**{**dict(row), "counts": bool(row["counts"])}) for row in rows]
