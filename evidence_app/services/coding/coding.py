"""Coding: giving passages codes and taking them off; each act returns an edit and writes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence_app.domain.coding import Anchor, AnchorState, Code, Coding, Document, Quotation
from evidence_app.domain.edit import (
    Change,
    Edit,
    Insert,
    RowOf,
    counted,
    insert,
    new_guid,
    remove,
    set_columns,
)
from evidence_app.domain.wrapped import one_line
from evidence_app.services.coding.codebook import code_row
from evidence_app.services.coding.documents import Person, now
from evidence_app.services.coding.quoting import PLAINLY, Said, quotation_row, shortened

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Coder:
    """Who codes, and the layer their codings go into; None is the layer everybody sees."""

    person: Person = None
    layer: int | RowOf | None = None
    row: int | None = None
    """The person's row, once they have acted: what others gave is not theirs."""


NOBODY = Coder()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is to be coded: a place in a document, and the quotation that stands exactly there already."""

    document: Document
    anchor: Anchor
    quotation: Quotation | None = None


def passage_at(document: Document, anchor: Anchor, quotations: Iterable[Quotation]) -> Passage:
    """Return the place with the quotation that stands exactly there, so that none is made twice."""
    for each in quotations:
        if each.state is AnchorState.PLACED and _same_place(each.anchor, anchor):
            return Passage(document, anchor, each)
    return Passage(document, anchor)


def _same_place(one: Anchor, other: Anchor) -> bool:
    if one.start is None or other.start is None:
        return one.start is other.start and bool(one.rectangles) and one.rectangles == other.rectangles
    return (one.start, one.end) == (other.start, other.end)


def code_passage(
    passage: Passage,
    codes: Sequence[Code],
    held: Sequence[Coding] = (),
    coder: Coder = NOBODY,
    said: Said = PLAINLY,
) -> Edit:
    """Return the edit that gives a passage codes; `held` are the codings it has, which are not made twice.

    A quotation is made where none stands at exactly this place."""
    changes, quotation = _quoted(passage, coder, said)
    mine = {coding.code for coding in held if is_by(coding, coder)}
    added = [code for code in codes if code.id not in mine]
    changes += [coding_row(quotation, code.id, coder) for code in added]
    if not added:
        return Edit("Change nothing")
    return Edit(f"Code {shortened(passage.anchor.exact)} as {_named(added)}", tuple(changes))


def code_with_new(
    passage: Passage,
    name: str,
    parent: int | None = None,
    position: float = 0.0,
    coder: Coder = NOBODY,
    colour: str = "",
) -> Edit:
    """Return the edit that makes a code and gives it to a passage: N, and V with the passage's own words."""
    changes, quotation = _quoted(passage, coder, PLAINLY)
    made = code_row(name, parent, position, colour, coder.person, made_from=quotation)
    changes += [made, coding_row(quotation, RowOf("code", made.guid), coder)]
    return Edit(f"Code {shortened(passage.anchor.exact)} as the new code “{name.strip()}”", tuple(changes))


def in_vivo_name(exact: str) -> str:
    """Return the words of a passage as the name of a code: its first words, without marks at the ends."""
    words = one_line(exact).strip(" .,;:!?“”\"'‘’()[]«»。，；：！？「」『』")
    if len(words) <= _LONGEST_NAME:
        return words
    cut = words[:_LONGEST_NAME]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"


def uncode(codings: Sequence[Coding], name: str = "") -> Edit:
    """Return the edit that takes codings off; the quotations stay."""
    what = f"Take “{name}” off" if name else f"Take off {counted(len(codings), 'coding')}"
    return Edit(what, tuple(remove("coding", each.id) for each in codings))


def set_memo(coding: Coding, text: str) -> Edit:
    """Return the edit that says why this code was given here."""
    changes = set_columns("coding", coding.id, {"memo": coding.memo}, {"memo": text.strip()})
    return Edit("Write why a code was given", tuple(changes))


def coding_row(quotation: int | RowOf, code: int | RowOf, coder: Coder, memo: str = "") -> Insert:
    """Return the row of a new coding."""
    return insert(
        "coding", new_guid(), quotation=quotation, code=code, layer=coder.layer, person=coder.person,
        memo=memo, at=now(),
    )  # fmt: skip


def _quoted(passage: Passage, coder: Coder, said: Said) -> tuple[list[Change], int | RowOf]:
    if passage.quotation is not None:
        return [], passage.quotation.id
    made = quotation_row(passage.document, passage.anchor, said, coder.person)
    return [made], RowOf("quotation", made.guid)


def is_by(coding: Coding, coder: Coder) -> bool:
    """Return whether a coding is the coder's own: each coder may give a passage the same code."""
    if coder.row is not None and coding.person is not None:
        return coding.person == coder.row and coding.layer == coder.layer
    return coder.layer is None or coding.layer == coder.layer


def _named(codes: Sequence[Code]) -> str:
    return f"“{codes[0].name}”" if len(codes) == 1 else counted(len(codes), "code")
