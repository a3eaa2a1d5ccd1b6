"""Memos: typed notes on codes, quotations, documents, themes, or on the review."""

from evidence_app.domain.coding import Memo, MemoKind
from evidence_app.domain.edit import Edit, RowOf, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.documents import Person, now
from evidence_app.storage.coding_notes import MEMO_SUBJECTS


def write_memo(
    kind: MemoKind,
    text: str,
    subject: str = "",
    row: int | RowOf | None = None,
    title: str = "",
    person: Person = None,
) -> Edit:
    """Return the edit that writes a memo. Raises `EvidenceError` where it says nothing."""
    if not text.strip() and not title.strip():
        raise EvidenceError("The memo is empty, so it was not kept. Write something first.")
    if subject and subject not in MEMO_SUBJECTS:
        raise ValueError(f"a memo cannot be on {subject}")
    on = {subject: row} if subject else {}
    made = insert(
        "note", kind=kind.value, title=title.strip(), text=text.strip(), person=person, at=now(), **on
    )
    return Edit("Write a memo", (made,))


def change_memo(memo: Memo, kind: MemoKind, title: str, text: str) -> Edit:
    """Return the edit that rewords a memo or gives it another type; one left empty is removed."""
    if not text.strip() and not title.strip():
        return Edit("Remove a memo", (remove("note", memo.id),))
    before = {"kind": memo.kind.value, "title": memo.title, "text": memo.text}
    after = {"kind": kind.value, "title": title.strip(), "text": text.strip()}
    return Edit("Change a memo", tuple(set_columns("note", memo.id, before, after)))
