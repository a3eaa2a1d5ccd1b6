"""Documents, quotations, codes and codings in the project file.

`viewer` is the person who looks: what a coder does in a blind layer is shown to nobody else. None is for
what sees everything: a copy of the project, an exchange file of its owner."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from evidence_app.domain.coding import (
    Anchor,
    AnchorState,
    Code,
    CodeCount,
    Coding,
    Document,
    Layer,
    Page,
    Quotation,
    QuotationKind,
    QuotationLink,
    Rectangle,
    Voice,
    in_order,
)
from evidence_app.storage.connections import Reader
from evidence_app.storage.foreign import list_in, member

_DOCUMENT: Final = """d.id, d.guid, d.reference, d.attachment, d.name, d.kind, d.sha256, d.text_sha256,
    d.pages, d.replaces, d.person, d.at, length(d.text) AS length"""

HIDDEN_LAYERS: Final = """(SELECT l.id FROM live_layer l WHERE l.blind = 1 AND :viewer IS NOT NULL
    AND coalesce(l.person, -1) <> :viewer)"""
"""Layers the viewer must not see, as SQL."""

HIDDEN_PEOPLE: Final = """(SELECT l.person FROM live_layer l WHERE l.blind = 1 AND :viewer IS NOT NULL
    AND l.person IS NOT NULL AND l.person <> :viewer)"""

_SEES_ALL: Final = """NOT EXISTS (SELECT 1 FROM live_layer l WHERE l.blind = 1 AND l.person = :viewer)"""
"""Who codes blind sees nobody else's work either, until they open theirs."""

SHOWN_CODING: Final = f"""((g.layer IS NULL OR g.layer NOT IN {HIDDEN_LAYERS})
    AND ({_SEES_ALL} OR g.person IS NULL OR g.person = :viewer))"""
"""Whether a coding `g` may be seen by the viewer, as SQL."""

SHOWN_QUOTATION: Final = f"""(q.person IS NULL
    OR q.person NOT IN {HIDDEN_PEOPLE} AND ({_SEES_ALL} OR q.person = :viewer)
    OR EXISTS (SELECT 1 FROM live_coding g WHERE g.quotation = q.id AND {SHOWN_CODING}))"""
"""Whether a quotation `q` may be seen by the viewer, as SQL."""

_ALONE: Final = """CASE WHEN NOT EXISTS (SELECT 1 FROM live_stated_number n
    WHERE n.key = 'included_studies' AND n.value IS NOT NULL) THEN -d.reference END"""

BECAME: Final = "coalesce(c.merged_into, c.id)"
"""What a code `c` became by merging, as SQL."""


# -- documents


def documents(reader: Reader, reference: int | None = None) -> list[Document]:
    """Return the documents, those of one reference or all, the oldest first, without their texts.

    A document that a newer version replaces is left out."""
    rows = reader.rows(
        f"""SELECT {_DOCUMENT} FROM live_document d WHERE (:reference IS NULL OR d.reference = :reference)
            AND d.id NOT IN (SELECT replaces FROM live_document WHERE replaces IS NOT NULL) ORDER BY d.id""",
        reference=reference,
    )
    return [_document(row) for row in rows]


def document(reader: Reader, row: int) -> Document | None:
    """Return one document without its text, also one that was replaced."""
    found = reader.row(f"SELECT {_DOCUMENT} FROM live_document d WHERE d.id = :row", row=row)
    return _document(found) if found else None


def text_of(reader: Reader, row: int) -> str:
    """Return the frozen text of a document."""
    return str(reader.value("SELECT text FROM live_document WHERE id = :row", row=row) or "")


def attached_file(reader: Reader, row: int) -> tuple[str, str] | None:
    """Return the hash and the name of the file a document was made of; None where it came without one."""
    found = reader.row(
        """SELECT d.sha256, coalesce(a.name, d.name) AS name FROM document d
           LEFT JOIN attachment a ON a.id = d.attachment WHERE d.id = :row AND d.sha256 <> ''""",
        row=row,
    )
    return (found["sha256"], found["name"]) if found else None


def _document(row: sqlite3.Row) -> Document:
    return Document(
        id=row["id"], guid=row["guid"], reference=row["reference"], name=row["name"], kind=row["kind"],
        sha256=row["sha256"], text_sha256=row["text_sha256"], length=row["length"],
        pages=_pages(row["pages"]), attachment=row["attachment"], replaces=row["replaces"],
        person=row["person"], at=row["at"],
    )  # fmt: skip


def _pages(stored: str) -> tuple[Page, ...]:
    pages = []
    for page in list_in(stored):
        if not isinstance(page, dict):
            continue
        numbers = {name: _number(page.get(name)) for name in ("width", "height", "left", "bottom")}
        turned = int(_number(page.get("rotation"))) % 360
        label = str(page.get("label") or "")
        pages.append(Page(start=int(_number(page.get("start"))), rotation=turned, label=label, **numbers))
    return tuple(pages)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


# -- quotations


def quotations(
    reader: Reader, document: int, viewer: int | None = None, only: Iterable[int] | None = None
) -> list[Quotation]:
    """Return the quotations of a document as they follow in it: all, or only those with these ids."""
    chosen = "" if only is None else "AND q.id IN (SELECT value FROM json_each(:only))"
    rows = reader.rows(
        f"SELECT q.* FROM live_quotation q WHERE q.document = :document {chosen} AND {SHOWN_QUOTATION}",
        document=document, viewer=viewer, only=json.dumps(list(only or ())),
    )  # fmt: skip
    return in_order(_quotation(row) for row in rows)


def quotations_by_id(reader: Reader, rows: Iterable[int]) -> dict[int, Quotation]:
    """Return these quotations by their ids; one that is gone is left out."""
    found = reader.rows(
        "SELECT q.* FROM live_quotation q WHERE q.id IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(rows)),
    )
    return {row["id"]: _quotation(row) for row in found}


def all_quotations(reader: Reader, viewer: int | None = None) -> list[Quotation]:
    """Return every quotation of the review, by document and as they follow there."""
    rows = reader.rows(
        f"""SELECT q.* FROM live_quotation q WHERE q.document IN (SELECT id FROM live_document)
            AND {SHOWN_QUOTATION}""",
        viewer=viewer,
    )
    by_document: dict[int, list[Quotation]] = {}
    for row in rows:
        by_document.setdefault(row["document"], []).append(_quotation(row))
    return [each for row in sorted(by_document) for each in in_order(by_document[row])]


def quotation_links(reader: Reader, quotation: int | None = None) -> list[QuotationLink]:
    """Return the links between quotations: those of one, or all."""
    rows = reader.rows(
        """SELECT * FROM live_quotation_link WHERE :row IS NULL OR :row IN (quotation_a, quotation_b)
           ORDER BY id""",
        row=quotation,
    )
    return [
        QuotationLink(
            id=row["id"], guid=row["guid"], quotation_a=row["quotation_a"], quotation_b=row["quotation_b"],
            kind=row["kind"], note=row["note"],
        )
        for row in rows
    ]  # fmt: skip


def _quotation(row: sqlite3.Row) -> Quotation:
    anchor = Anchor(
        document_sha256=row["document_sha256"], page=row["page"], start=row["start"], end=row["end"],
        exact=row["exact"], prefix=row["prefix"], suffix=row["suffix"],
        rectangles=_rectangles(row["rectangles"]),
    )  # fmt: skip
    return Quotation(
        id=row["id"], guid=row["guid"], document=row["document"], anchor=anchor, area=bool(row["area"]),
        kind=member(QuotationKind, row["kind"], QuotationKind.DIRECT),
        voice=member(Voice, row["voice"], Voice.UNSAID), speaker=row["speaker"], core=row["core"],
        text=row["text"], important=bool(row["important"]),
        state=member(AnchorState, row["state"], AnchorState.PLACED), origin=row["origin"],
        colour=row["colour"], person=row["person"], at=row["at"],
    )  # fmt: skip


def _rectangles(stored: str) -> tuple[Rectangle, ...]:
    if stored == "[]":
        return ()
    return tuple(
        Rectangle(int(_number(box[0])), *(_number(side) for side in box[1:]))
        for box in list_in(stored)
        if isinstance(box, list) and len(box) == 5
    )


# -- codes


def codes(reader: Reader, *, merged: bool = False) -> list[Code]:
    """Return the codes by position; `merged` brings those that live on in another one too."""
    rows = reader.rows(
        """SELECT * FROM live_code WHERE :merged OR merged_into IS NULL ORDER BY position, id""",
        merged=int(merged),
    )
    return [
        Code(
            id=row["id"], guid=row["guid"], name=row["name"], parent=row["parent"], colour=row["colour"],
            definition=row["definition"], inclusion=row["inclusion"], exclusion=row["exclusion"],
            codable=bool(row["codable"]), made_from=row["made_from"], merged_into=row["merged_into"],
            position=row["position"], person=row["person"], at=row["at"],
        )
        for row in rows
    ]  # fmt: skip


def code_counts(reader: Reader, viewer: int | None = None) -> dict[int, CodeCount]:
    """Return how many quotations, reports and studies each code is used in; one not used is missing.

    A report without a study counts as one of its own, unless the review states how many studies it has."""
    rows = reader.rows(
        f"""SELECT {BECAME} AS code, count(DISTINCT q.id) AS quotations,
            count(DISTINCT d.reference) AS reports,
            count(DISTINCT coalesce(s.study, {_ALONE})) AS studies
            FROM live_coding g JOIN live_quotation q ON q.id = g.quotation
            JOIN live_document d ON d.id = q.document JOIN live_code c ON c.id = g.code
            LEFT JOIN live_study_report s ON s.reference = d.reference
            WHERE {SHOWN_CODING} GROUP BY {BECAME}""",
        viewer=viewer,
    )
    return {row["code"]: CodeCount(row["quotations"], row["reports"], row["studies"]) for row in rows}


def colours_of_codes(reader: Reader) -> dict[int, int]:
    """Return the theme under which each code stands first; a code takes its colour."""
    rows = reader.rows(
        f"""SELECT {BECAME} AS code, t.theme FROM live_theme_code t JOIN live_code c ON c.id = t.code
            JOIN live_theme h ON h.id = t.theme ORDER BY t.id DESC"""
    )
    return {row["code"]: row["theme"] for row in rows}


def theme_codes(reader: Reader) -> dict[int, frozenset[int]]:
    """Return the codes under each theme, merged ones as what they became."""
    found: dict[int, set[int]] = {}
    for row in reader.rows(
        f"""SELECT t.theme, {BECAME} AS code FROM live_theme_code t
            JOIN live_code c ON c.id = t.code"""
    ):
        found.setdefault(row["theme"], set()).add(row["code"])
    return {theme: frozenset(codes) for theme, codes in found.items()}


# -- codings


def codings(
    reader: Reader,
    document: int | None = None,
    viewer: int | None = None,
    code: int | None = None,
    only: Iterable[int] | None = None,
) -> list[Coding]:
    """Return the codings of a document or of all, in the order they were made, of one code or of all.

    Those of quotations, codes and documents that were removed are left out; `only` are ids of quotations."""
    chosen = "" if only is None else "AND g.quotation IN (SELECT value FROM json_each(:only))"
    rows = reader.rows(
        f"""SELECT g.*, {BECAME} AS became FROM live_coding g JOIN live_quotation q ON q.id = g.quotation
            JOIN live_code c ON c.id = g.code
            WHERE (:document IS NULL OR q.document = :document) {chosen} AND {SHOWN_CODING}
            AND (:code IS NULL OR {BECAME} = :code)
            AND q.document IN (SELECT id FROM document WHERE removed IS NULL) ORDER BY g.id""",
        document=document, viewer=viewer, code=code, only=json.dumps(list(only or ())),
    )  # fmt: skip
    return [
        Coding(
            id=row["id"], guid=row["guid"], quotation=row["quotation"], code=row["became"], used=row["code"],
            layer=row["layer"], memo=row["memo"], person=row["person"], at=row["at"],
        )
        for row in rows
    ]  # fmt: skip


def recent_codes(reader: Reader, person: int, most: int = 9) -> list[int]:
    """Return the codes a person gave last, the latest first."""
    rows = reader.rows(
        f"""SELECT {BECAME} AS code, max(g.id) AS last FROM live_coding g JOIN live_code c ON c.id = g.code
            WHERE g.person = :person GROUP BY {BECAME} ORDER BY last DESC LIMIT :most""",
        person=person, most=most,
    )  # fmt: skip
    return [row["code"] for row in rows]


def layers(reader: Reader) -> list[Layer]:
    """Return the layers of the coders."""
    rows = reader.rows("SELECT * FROM live_layer ORDER BY id")
    return [
        Layer(
            id=row["id"], guid=row["guid"], name=row["name"], person=row["person"], blind=bool(row["blind"])
        )
        for row in rows
    ]


def people(reader: Reader) -> dict[int, str]:
    """Return the names of all who ever acted."""
    return {row["id"]: row["name"] for row in reader.rows("SELECT id, name FROM person")}


def initials(reader: Reader) -> dict[int, str]:
    """Return the initials of all who ever acted, or their names where they have none."""
    rows = reader.rows("SELECT id, coalesce(nullif(initials, ''), name) AS told FROM person")
    return {row["id"]: row["told"] for row in rows}


def person_of(reader: Reader, guid: str) -> int | None:
    """Return the row of a person by their identity; None before their first edit."""
    found = reader.value("SELECT id FROM person WHERE guid = :guid", guid=guid)
    return int(found) if found is not None else None
