"""What a tag can mean: rules that put its value into the draft of an item. Mappings read as tables of them.

They are called by the name of this module, as in `to.text("volume")`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evidence_app.services.formats.draft import Draft, Rule
from evidence_app.services.formats.values import date_of, doi_in, issns_in, name_of, with_year, without_markup

_REMARK = re.compile(r"\s?\([A-Za-z][^()]{0,40}\)")
"""What serial numbers are followed by: `(print)`, `(cloth)`."""
_GLUED = re.compile(r"(?<=\w)(?=https?://)")
"""Where a program wrote the next link without a blank: `…&from=exporthttp://dx.doi.org/…`."""
_ISSN_LETTERS = 9
_PARTS = re.compile(r"[\s,;|]+")
_MAJOR = re.compile(r"^\*(?=\w)")
"""The star of a heading that is the main point of the work."""


def text(variable: str, rank: int = 0) -> Rule:
    """Return the rule: the value is this variable."""

    def rule(draft: Draft, value: str) -> None:
        draft.put(variable, value, rank)

    return rule


def title(variable: str = "title", rank: int = 0) -> Rule:
    """Return the rule: the value is a title, in one line, its entities resolved and emphasis as CSL marks."""

    def rule(draft: Draft, value: str) -> None:
        if "&" in value or "<" in value or "\n" in value or "  " in value:
            value = " ".join(without_markup(value).split())
        draft.put(variable, value, rank)

    return rule


def paragraphs(variable: str, rank: int = 0) -> Rule:
    """Return the rule: the value is this variable, and a second value of the same rank continues it."""

    def rule(draft: Draft, value: str) -> None:
        value = without_markup(value)
        known = draft.item.get(variable)
        if known and draft.ranks.get(variable, 0) == rank and value not in known:
            draft.item[variable] = f"{known}\n{value}"
        else:
            draft.put(variable, value, rank)

    return rule


def names(variable: str, rank: int = 0, several: str = "") -> Rule:
    """Return the rule: the value is one more name; `several` parts names that share a value."""

    def rule(draft: Draft, value: str) -> None:
        known = draft.item.get(variable)
        if known and draft.ranks.get(variable, 0) < rank:
            return
        read = [name for piece in (value.split(several) if several else [value]) if (name := name_of(piece))]
        if known and draft.ranks.get(variable, 0) == rank:
            known.extend(read)
        else:
            draft.put(variable, read, rank)

    return rule


def date(variable: str, rank: int = 0) -> Rule:
    """Return the rule: the value is a date; a fuller date of the same year completes a bare year."""

    def rule(draft: Draft, value: str) -> None:
        read = date_of(value)
        known = draft.item.get(variable)
        if not read:
            return
        if known and _completes(known, read):
            known.update(read)
        elif known and "literal" in known and "literal" not in read:
            draft.item[variable] = read
            draft.ranks[variable] = rank
        elif not (known and "literal" in read) and not (known and _completes(read, known)):
            draft.put(variable, read, rank)

    return rule


def printed_date(draft: Draft) -> None:
    """Take a date that was printed apart from the year (`Apr 12`) as that of the work, with its year."""
    if printed := draft.parts.get("date"):
        date("issued", 2)(draft, with_year(printed, draft.item.get("issued")))


def _completes(bare: Mapping[str, Any], fuller: Mapping[str, Any]) -> bool:
    first, second = bare.get("date-parts"), fuller.get("date-parts")
    if not first or not second or len(first) > 1:
        return False
    return len(first[0]) < len(second[0]) and first[0] == second[0][: len(first[0])]


def part(name: str, rank: int = 0) -> Rule:
    """Return the rule: the value is kept until the record is complete."""

    def rule(draft: Draft, value: str) -> None:
        if name not in draft.parts or rank < draft.ranks.get(f"part {name}", 0):
            draft.parts[name] = value
            draft.ranks[f"part {name}"] = rank

    return rule


def doi(rank: int = 0) -> Rule:
    """Return the rule: the value holds a DOI, alone or in a link."""

    def rule(draft: Draft, value: str) -> None:
        draft.put("DOI", doi_in(value), rank)

    return rule


def link(rank: int = 0) -> Rule:
    """Return the rule: the value is a link; a link to a DOI resolver gives the DOI where none is known."""

    def rule(draft: Draft, value: str) -> None:
        if "doi.org/" in value.lower():
            draft.put("DOI", doi_in(value), 5)
        draft.put("URL", _GLUED.split(value, maxsplit=1)[0], rank)

    return rule


def keywords(several: str = "") -> Rule:
    """Return the rule: the value is one more keyword, or several."""

    def rule(draft: Draft, value: str) -> None:
        pieces = value.split(several) if several else value.split("\n")
        draft.keywords.extend(word for piece in pieces if (word := _word(piece.strip())))

    return rule


def _word(piece: str) -> str:
    return _MAJOR.sub("", piece) if piece[:1] == "*" else piece


def serial_number(draft: Draft, value: str) -> None:
    """Put an ISSN or ISBN, or several in one value, where it belongs."""
    value = " ".join((_REMARK.sub("", value) if "(" in value else value).split())
    digits = sum(letter.isdigit() for letter in value)
    issns = issns_in(value)
    if issns and (len(issns) * 7 <= digits <= len(issns) * 8 or _are_alone(issns, value)):
        known = draft.item.get("ISSN", "")
        draft.item["ISSN"] = ", ".join(dict.fromkeys([*known.split(", "), *issns] if known else issns))
    elif digits >= 9:
        known = draft.item.get("ISBN", "")
        draft.item["ISBN"] = f"{known} {value}" if known and value not in known else value
    elif value:
        draft.put("ISSN", value, 9)


def _are_alone(issns: Sequence[str], value: str) -> bool:
    """Whether the ISSNs stand between other words, and none is a piece of an ISBN."""
    parts = _PARTS.split(value)
    alone = [part for part in parts if len(part) <= _ISSN_LETTERS and issns_in(part)]
    return len(alone) == len(issns) and not any(sum(map(str.isdigit, part)) >= 9 for part in parts)


def identifier(draft: Draft, value: str) -> None:
    """Take the value as what the file calls the record."""
    draft.source_id = draft.source_id or value


def attachment(draft: Draft, value: str) -> None:
    """Take the value as a file or full-text link."""
    draft.attachments.extend(piece.strip() for piece in value.split("\n") if piece.strip())


def ignore(draft: Draft, value: str) -> None:
    """Leave the value where it is kept anyway: in the raw record."""
