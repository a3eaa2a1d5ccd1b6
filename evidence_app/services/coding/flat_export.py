"""Quotations as a flat file: one row for each, with its source, page, codes and what its study is like."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.coding import Coding
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.wrapped import one_line
from evidence_app.services.coding.coders import AGREED, is_agreed
from evidence_app.services.coding.quoting import shortened
from evidence_app.services.coding.retrieval import FoundQuotation, found_quotation
from evidence_app.storage.coding_contents import CodingContents

FORMATS: Final = {
    ".xlsx": "Excel workbook", ".csv": "Table (CSV)", ".docx": "Word document", ".json": "JSON",
}  # fmt: skip
"""What quotations can be written as, by the ending of the file."""

_HEADS: Final = (
    "Quotation", "Codes", "Themes", "Citation", "No.", "Report", "Year", "Study", "Page", "Kind", "Voice",
    "Speaker", "Core statement", "Own words", "Important", "State", "Coders", "Why coded", "Linked to",
    "Document", "Id",
)  # fmt: skip
_SEPARATOR: Final = "; "


def write_quotations(
    contents: CodingContents, found: Sequence[FoundQuotation], query: str, out: Path
) -> None:
    """Write quotations whole or not at all. Raises `EvidenceError` for an ending that is no format."""
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise EvidenceError(
            f"“{out.suffix or out.name}” is not a format quotations can have. Nothing was written. "
            f"Use one of: {', '.join(FORMATS)}."
        )
    if ending == ".xlsx":
        from evidence_app.services.formats.workbooks import write_tables

        write_tables(out, (("Quotations", rows(contents, found)), ("Codings", coding_rows(contents, found))))
        return
    from evidence_app.services.publishing.files import write_whole

    write_whole(out, _made(contents, found, query, ending))


def _made(contents: CodingContents, found: Sequence[FoundQuotation], query: str, ending: str) -> bytes:
    if ending == ".csv":
        return csv_bytes(contents, found)
    if ending == ".json":
        values = {"query": query, "quotations": [as_json(contents, each) for each in found]}
        return json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8")
    from evidence_app.services.coding.flat_document import docx_bytes

    return docx_bytes(contents, found, query)


def rows(contents: CodingContents, found: Sequence[FoundQuotation]) -> list[list[str | int | float | None]]:
    """Return one row for each quotation, below a row of heads; characteristics of reports come last."""
    names = _characteristics(contents, found)
    table: list[list[str | int | float | None]] = [[*_HEADS, *map(_head, names)]]
    for each in found:
        quotation, report = each.quotation, each.report
        table.append([
            one_line(quotation.anchor.exact), _SEPARATOR.join(code.full_name for code in each.codes),
            _SEPARATOR.join(themes_of(contents, each)), each.citation, report.number if report else None,
            report.title if report else "", report.year if report else None, _studies(contents, each),
            _page(each), quotation.kind.value, quotation.voice.value, quotation.speaker,
            quotation.core, quotation.text, "yes" if quotation.important else "", quotation.state.value,
            _SEPARATOR.join(_coders(contents, each.codings)), _SEPARATOR.join(_memos(each.codings)),
            _SEPARATOR.join(links_of(contents, each)), each.document, quotation.guid,
            *(_value(contents, each, name) for name in names),
        ])  # fmt: skip
    return table


def coding_rows(
    contents: CodingContents, found: Sequence[FoundQuotation]
) -> list[list[str | int | float | None]]:
    """Return one row for each use of a code, below a row of heads."""
    table: list[list[str | int | float | None]] = [
        ["Code", "Quotation", "Citation", "Page", "Coder", "Why", "At", "Id of the quotation"]
    ]
    for each in found:
        for coding in each.codings:
            placed = contents.placed.get(coding.code)
            table.append([
                placed.full_name if placed else "", one_line(each.quotation.anchor.exact),
                each.citation, _page(each), _coder(contents, coding),
                coding.memo, coding.at, each.quotation.guid,
            ])  # fmt: skip
    return table


def csv_bytes(contents: CodingContents, found: Sequence[FoundQuotation]) -> bytes:
    """Return the rows as CSV in UTF-8 with a mark, so that spreadsheets read the letters right."""
    from evidence_app.services.formats.cells import csv_of

    return csv_of(rows(contents, found))


def as_json(contents: CodingContents, found: FoundQuotation) -> dict[str, Any]:
    """Return a quotation as plain values; ids are strings."""
    quotation, report = found.quotation, found.report
    return {
        "id": str(quotation.id), "guid": quotation.guid, "document": str(quotation.document),
        "reference": str(report.id) if report else None, "number": report.number if report else None,
        "citation": found.citation, "page": quotation.anchor.page, "start": quotation.anchor.start,
        "end": quotation.anchor.end, "exact": quotation.anchor.exact, "kind": quotation.kind.value,
        "voice": quotation.voice.value, "speaker": quotation.speaker, "core": quotation.core,
        "text": quotation.text, "important": quotation.important, "state": quotation.state.value,
        "area": quotation.area, "rectangles": [list(each) for each in quotation.anchor.rectangles],
        "linked_to": [str(each.id) for each in contents.linked_to(quotation.id)],
        "codes": [placed.full_name for placed in found.codes], "themes": themes_of(contents, found),
        "studies": [contents.study_labels.get(row, "") for row in _study_rows(contents, found)],
    }  # fmt: skip


def coding_json(contents: CodingContents, coding: Coding) -> dict[str, Any] | None:
    """Return one use of a code as plain values; None where its quotation is in no present document."""
    quotation = contents.quotation.get(coding.quotation)
    placed = contents.placed.get(coding.code)
    if quotation is None or placed is None:
        return None
    report = contents.report_of(quotation)
    return {
        "id": str(coding.id), "quotation": str(quotation.id), "code": placed.code.name,
        "code_id": str(placed.code.id), "path": list(placed.path), "document": str(quotation.document),
        "reference": str(report.id) if report else None, "number": report.number if report else None,
        "page": quotation.anchor.page, "start": quotation.anchor.start, "end": quotation.anchor.end,
        "exact": quotation.anchor.exact, "state": quotation.state.value, "memo": coding.memo,
        "coder": contents.people.get(coding.person or 0, ""), "at": coding.at,
    }  # fmt: skip


def themes_of(contents: CodingContents, found: FoundQuotation) -> list[str]:
    """Return the names of the themes under which the codes of a quotation stand."""
    codes = {placed.code.id for placed in found.codes}
    return [
        theme.name for theme in contents.themes if codes & contents.theme_codes.get(theme.id, frozenset())
    ]


def _study_rows(contents: CodingContents, found: FoundQuotation) -> Sequence[int]:
    return contents.studies.get(found.report.id, ()) if found.report else ()


def _studies(contents: CodingContents, found: FoundQuotation) -> str:
    return _SEPARATOR.join(contents.study_labels.get(row, "") for row in _study_rows(contents, found))


def _coders(contents: CodingContents, codings: Sequence[Coding]) -> list[str]:
    return list(dict.fromkeys(_coder(contents, each) for each in codings if each.person))


def _coder(contents: CodingContents, coding: Coding) -> str:
    """Return who gave a code; what was settled between coders says so."""
    name = contents.people.get(coding.person or 0, "")
    return f"{AGREED} ({name})" if is_agreed(contents, coding) else name


def _page(found: FoundQuotation) -> int | str:
    return int(found.page) if found.page.isdecimal() else found.page


def _head(name: str) -> str:
    """Return the head of a characteristic's column, told apart from what a quotation has itself."""
    head = name.capitalize()
    return f"{head} of the report" if head in _HEADS else head


def links_of(contents: CodingContents, found: FoundQuotation) -> list[str]:
    """Return the quotations this one is linked to: their first words with their source."""
    others = (found_quotation(contents, each) for each in contents.linked_to(found.quotation.id))
    return [f"{shortened(each.quotation.words)} ({each.citation})" for each in others]


def _memos(codings: Sequence[Coding]) -> list[str]:
    return [each.memo for each in codings if each.memo]


def _characteristics(contents: CodingContents, found: Sequence[FoundQuotation]) -> list[str]:
    reports = {each.report.id for each in found if each.report}
    names = (name for row in sorted(reports) for name, _ in contents.characteristics.get(row, ()))
    return list(dict.fromkeys(names))


def _value(contents: CodingContents, found: FoundQuotation, name: str) -> str:
    pairs = contents.characteristics.get(found.report.id, ()) if found.report else ()
    return _SEPARATOR.join(value for known, value in pairs if known == name)
