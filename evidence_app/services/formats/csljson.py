"""CSL-JSON, streamed: a list, an object with a list, or one object after the other.

In the wild: Crossref's answers with lists for titles, null and over-long dates, empty arrays."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from evidence_app.domain.csl import (
    ALL_DATES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    OWN_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
    CslItem,
)  # fmt: skip
from evidence_app.services.formats.decoding import Source
from evidence_app.services.formats.draft import Draft
from evidence_app.services.formats.hidden import take_note
from evidence_app.services.formats.records import RawRecord, ReadFile, ReadRecord, Unplaced
from evidence_app.services.formats.values import date_of, without_markup

_CHUNK: Final = 1 << 16
_LIST: Final = re.compile(
    r'\A[\s\ufeff]*\{(?:(?!"(?:type|title|DOI|id)")[^\[]){0,4000}?"(?:items|references|records|data)"\s*:\s*\['
)
_NEXT: Final = re.compile(r"[\s,\[\]\ufeff]*")
_RESUME: Final = re.compile(r"\}\s*,\s*(?=\{)")
_TEXTS: Final = frozenset((*TEXT_VARIABLES, *NUMBER_VARIABLES, *OWN_VARIABLES)) - frozenset(ALL_DATES)
_SAY_NOTHING: Final = frozenset(("type", "version", "source", "language", "license", "status"))
"""Variables that settings and answers of programs hold too, and that tell of no work alone."""
_NAME_PARTS: Final = (
    "family", "given", "suffix", "dropping-particle", "non-dropping-particle", "literal", "comma-suffix",
    "static-ordering", "parse-names",
)  # fmt: skip
_TYPES: Final = {
    "journal-article": "article-journal", "book-chapter": "chapter",
    "proceedings-article": "paper-conference", "posted-content": "article", "monograph": "book",
    "dissertation": "thesis", "edited-book": "book", "reference-entry": "entry",
    "report-component": "report", "journal": "periodical", "other": "document", "reference-book": "book",
    "proceedings": "book", "book-section": "chapter", "peer-review": "review", "legal-case": "legal_case",
    "motion-picture": "motion_picture",
}  # fmt: skip


def read(source: Source, file: ReadFile) -> Iterator[ReadRecord]:
    """Yield the records of a CSL-JSON file; what is no object goes to `file.unplaced`."""
    file.dialect = (
        "Crossref"
        if re.search(r'"(?:is-referenced-by-count|reference-count|message)"', source.sample)
        else ""
    )
    with source.text() as text:
        for line, raw, value in _objects(text, file):
            file.expected += 1
            if isinstance(value, dict) and _tells_of_a_work(value):
                yield _record(raw, value, line)
            else:
                file.unplaced.append(Unplaced(line, raw, "This holds nothing that belongs to a reference."))


def _tells_of_a_work(value: Mapping[str, Any]) -> bool:
    kind = value.get("type")
    named = isinstance(kind, str) and (kind in TYPES or kind in _TYPES)
    return named or not _SAY_NOTHING.issuperset(item_of(value))


def _objects(text: TextIO, file: ReadFile) -> Iterator[tuple[int, str, Any]]:
    """Yield each object with its line and its text; the buffer holds one object at a time."""
    decoder = json.JSONDecoder()
    buffer, line, ended, need = "", 1, False, _CHUNK
    while True:
        if not ended and len(buffer) < need:
            chunk = text.read(max(need - len(buffer), _CHUNK))
            ended = not chunk
            buffer += chunk
            continue
        start = _skip(buffer, first=line == 1)
        line += buffer.count("\n", 0, start)
        buffer = buffer[start:]
        if not buffer.strip("}] \n\t\r\x00"):
            if ended:
                return
            need = len(buffer) + _CHUNK
            continue
        try:
            value, end = decoder.raw_decode(buffer)
        except (ValueError, RecursionError):
            if not ended:
                need = len(buffer) * 2 + _CHUNK
                continue
            end = _resume(buffer)
            file.expected += 1
            reason = "This part is damaged: it is no complete JSON object."
            file.unplaced.append(Unplaced(line, buffer[:end], reason))
        else:
            yield line, buffer[:end], value
        line += buffer.count("\n", 0, end)
        buffer, need = buffer[end:], _CHUNK


def _skip(buffer: str, first: bool) -> int:
    opening = _LIST.match(buffer) if first else None
    at = opening.end() if opening else 0
    found = _NEXT.match(buffer, at)
    return found.end() if found else at


def _resume(buffer: str) -> int:
    found = _RESUME.search(buffer, 1)
    return found.end() if found else len(buffer)


def _record(raw: str, value: Mapping[str, Any], line: int) -> ReadRecord:
    draft = Draft()
    item = item_of(value)
    if note := item.pop("note", None):
        draft.item = item
        _notes(draft, str(note))
    draft.item = item
    identifier = value.get("id")
    tags = tuple(
        (name, part if isinstance(part, str) else json.dumps(part, ensure_ascii=False))
        for name, part in value.items()
    )
    return ReadRecord(
        RawRecord(tags, raw, line),
        draft.close(),
        None if identifier is None else str(identifier),
        draft.extras(),
    )


def _notes(draft: Draft, note: str) -> None:
    """Decisions are lifted out of a note; what is left of it stays exactly as it was."""
    if re.search(r"RAYYAN-|USER-NOTES|ASReview_", note):
        take_note(draft, note)
    else:
        draft.item["note"] = note


def item_of(value: Mapping[str, Any]) -> CslItem:
    """Return the CSL item of a JSON object: known variables, with what Crossref does otherwise mended."""
    kind = str(value.get("type") or "document")
    kind = _TYPES.get(kind, kind)
    item: CslItem = {"type": kind if kind in TYPES else "document"}
    for name, given in value.items():
        name = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}.get(name, name)  # noqa: PLW2901
        read = _value(name, given)
        if read not in (None, "", [], {}):
            item[name] = read
    return item


def _value(name: str, given: Any) -> Any:
    if name in _TEXTS and name not in {"published-online", "published-print"}:
        text = _text(given, "; " if name == "keyword" else ", " if name in {"ISSN", "ISBN"} else None)
        return without_markup(text) if text and name == "abstract" and "<jats:" in text else text
    if name in NAME_VARIABLES:
        return _names(given)
    if name in ALL_DATES:
        return _date(given)
    if name == "custom" and isinstance(given, dict):
        return given
    return None


def _text(given: Any, joint: str | None) -> Any:
    if isinstance(given, list):
        texts = [str(part) for part in given if isinstance(part, str | int | float) and str(part)]
        return joint.join(texts) if joint else (texts[0] if texts else None)
    if isinstance(given, bool | dict) or given is None:
        return None
    return str(given)


def _names(given: Any) -> list[dict[str, Any]]:
    names = []
    for name in given if isinstance(given, list) else [given]:
        if isinstance(name, str) and name.strip():
            names.append({"literal": name.strip()})
        elif isinstance(name, dict):
            known = {
                part: name[part] for part in _NAME_PARTS if isinstance(name.get(part), str) and name[part]
            }
            if isinstance(name.get("name"), str) and not known:
                known = {"literal": name["name"]}
            names += [known] if known else []
    return names


def _date(given: Any) -> dict[str, Any] | None:
    if isinstance(given, str):
        return date_of(given)
    if not isinstance(given, dict):
        return None
    ends = given.get("date-parts")
    parts = [_numbers(end) for end in ends if isinstance(end, list)] if isinstance(ends, list) else []
    parts = [end for end in parts if end][:2]
    if parts:
        season = given.get("season")
        kept: dict[str, Any] = {"date-parts": parts}
        if str(season).isdigit() and 1 <= int(str(season)) <= 4:
            kept["season"] = int(str(season))
        return kept | ({"circa": True} if given.get("circa") else {})
    literal = given.get("literal") or given.get("raw")
    return (
        date_of(str(literal))
        if given.get("raw") and not given.get("literal")
        else ({"literal": str(literal)} if literal else None)
    )


def _numbers(end: list[Any]) -> list[int]:
    numbers: list[int] = []
    for at, part in enumerate(end[:3]):
        if not re.fullmatch(r"-?\d{1,6}", str(part)):
            break
        number = int(part)
        if (at == 1 and not 1 <= number <= 12) or (at == 2 and not 1 <= number <= 31):
            break
        numbers.append(number)
    return numbers
