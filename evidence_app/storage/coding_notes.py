"""What is said about coding: the parts that are to be coded, how far reports are, and memos."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.coding import CodingState, CodingStatus, Memo, MemoKind, Region, RegionKind
from evidence_app.storage import references
from evidence_app.storage.coding import SHOWN_QUOTATION
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import member

MEMO_SUBJECTS: Final = ("quotation", "code", "document", "theme", "block", "reference")
"""What a memo may be on, by its column in `note`; one that says why a code was not agreed has two."""

_MEMO: Final = f"""
    SELECT n.id, n.guid, n.kind, n.title, n.text, coalesce(p.name, '') AS person, n.at,
    {", ".join(f'n."{name}"' for name in MEMO_SUBJECTS)}
    FROM live_note n LEFT JOIN person p ON p.id = n.person"""


def regions(reader: Reader, document: int | None = None) -> list[Region]:
    """Return the parts that are to be coded, of one document or of all, in their order."""
    rows = reader.rows(
        """SELECT * FROM live_region WHERE :row IS NULL OR document = :row ORDER BY document, start, id""",
        row=document,
    )
    return [
        Region(
            id=row["id"], guid=row["guid"], document=row["document"],
            kind=member(RegionKind, row["kind"], RegionKind.FINDINGS), start=row["start"], end=row["end"],
            person=row["person"],
        )
        for row in rows
    ]  # fmt: skip


def coding_statuses(reader: Reader) -> dict[tuple[int, int | None], CodingStatus]:
    """Return how far each report is coded by each person, by reference and person; the latest word counts."""
    found: dict[tuple[int, int | None], CodingStatus] = {}
    for row in reader.rows("SELECT * FROM live_coding_status ORDER BY id"):
        state = member(CodingState, row["state"], CodingState.IN_PROGRESS)
        found[row["reference"], row["person"]] = CodingStatus(
            id=row["id"], reference=row["reference"], state=state, person=row["person"], at=row["at"]
        )
    return found


@dataclass(frozen=True, slots=True)
class ReportToCode:
    """A report or another reference with a document, as the list beside the pages shows it."""

    reference: int
    label: str
    title: str
    number: int | None
    included: bool
    documents: int
    quotations: int


def reports_to_code(reader: Reader, viewer: int | None = None) -> list[ReportToCode]:
    """Return the included reports and every other reference with a document, by citation number.

    Quotations are counted as far as the viewer may see them."""
    counts: Mapping[int, tuple[int, int]] = {
        row["reference"]: (row["documents"], row["quotations"])
        for row in reader.rows(
            f"""SELECT d.reference, count(DISTINCT d.id) AS documents, count(q.id) AS quotations
                FROM live_document d LEFT JOIN live_quotation q ON q.document = d.id AND {SHOWN_QUOTATION}
                WHERE d.id NOT IN (SELECT replaces FROM live_document WHERE replaces IS NOT NULL)
                GROUP BY d.reference""",
            viewer=viewer,
        )
    }
    ids = references.ids_in_order(
        reader, "number", where="r.standing = 'included' OR r.id IN (SELECT reference FROM live_document)"
    )
    return [
        ReportToCode(
            each.id, each.short_label, each.title, each.number, each.included is True,
            *counts.get(each.id, (0, 0)),
        )
        for each in references.references(reader, ids)
    ]  # fmt: skip


_SHOWN_MEMO: Final = f"""(n.quotation IS NULL OR EXISTS (SELECT 1 FROM live_quotation q
    WHERE q.id = n.quotation AND {SHOWN_QUOTATION}))"""


def memos(reader: Reader, subject: str = "", row: int | None = None, viewer: int | None = None) -> list[Memo]:
    """Return the memos on one subject, or all that are no notes on a reference, the newest first.

    Those on quotations the viewer must not see are left out."""
    if subject:
        if subject not in MEMO_SUBJECTS:
            raise ValueError(f"a memo cannot be on {subject}")
        where = f'n."{subject}" = :row AND {_SHOWN_MEMO}'
        rows = reader.rows(f"{_MEMO} WHERE {where} ORDER BY n.id DESC", row=row, viewer=viewer)
    else:
        rows = reader.rows(
            f"""{_MEMO} WHERE (n.reference IS NULL OR n.kind NOT IN ('note', 'screening'))
                AND {_SHOWN_MEMO} ORDER BY n.id DESC""",
            viewer=viewer,
        )
    found = []
    for each in rows:
        on = next((name for name in MEMO_SUBJECTS if each[name] is not None), "")
        found.append(
            Memo(
                id=each["id"], guid=each["guid"], kind=member(MemoKind, each["kind"], MemoKind.MEMO),
                title=each["title"], text=each["text"], subject=on, row=each[on] if on else None,
                person=each["person"], at=each["at"],
            )
        )  # fmt: skip
    return found


def refusals(reader: Reader) -> frozenset[tuple[int, int]]:
    """Return which codes were left out of what is agreed, each as a quotation and a code."""
    rows = reader.rows(
        """SELECT n.quotation, coalesce(c.merged_into, c.id) AS code
           FROM live_note n JOIN code c ON c.id = coalesce(n.code, CAST(substr(n.title, 13) AS INTEGER))
           WHERE n.kind = 'decision' AND n.quotation IS NOT NULL
           AND (n.code IS NOT NULL OR n.title GLOB 'Not agreed: [0-9]* on *')"""
    )
    return frozenset((row["quotation"], row["code"]) for row in rows)
