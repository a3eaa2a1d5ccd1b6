"""Making quotations and saying what they are; each act returns an edit and writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidence_app.domain.coding import (
    Anchor,
    AnchorState,
    Document,
    Quotation,
    QuotationKind,
    QuotationLink,
    Voice,
)
from evidence_app.domain.edit import Change, Edit, Insert, counted, insert, new_guid, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.wrapped import one_line
from evidence_app.services.coding.documents import Person, anchor_columns, now

_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a reviewer says of a passage."""

    kind: QuotationKind = QuotationKind.DIRECT
    voice: Voice = Voice.UNSAID
    speaker: str = ""
    core: str = ""
    text: str = ""
    important: bool = False
    origin: str = ""
    colour: str = ""


PLAINLY = Said()


def quotation_row(document: Document, anchor: Anchor, said: Said = PLAINLY, person: Person = None) -> Insert:
    """Return the row of a new quotation."""
    return Insert(
        "quotation", new_guid(), {
            "document": document.id, **anchor_columns(anchor), "area": int(anchor.is_area),
            "state": AnchorState.PLACED.value, "person": person, "at": now(), "origin": said.origin,
            "colour": said.colour, **_values(said),
        },
    )  # fmt: skip


def _values(said: Said | Quotation) -> dict[str, Any]:
    return {
        "kind": said.kind.value, "voice": said.voice.value, "speaker": said.speaker, "core": said.core,
        "text": said.text, "important": int(said.important),
    }  # fmt: skip


def quote(document: Document, anchor: Anchor, said: Said = PLAINLY, person: Person = None) -> Edit:
    """Return the edit that makes a quotation of a passage or an area."""
    words = {
        QuotationKind.DIRECT: "Quote", QuotationKind.PARAPHRASE: "Paraphrase",
        QuotationKind.SUMMARY: "Summarise", QuotationKind.COMMENT: "Comment on",
    }  # fmt: skip
    return Edit(
        f"{words[said.kind]} {shortened(anchor.exact)}", (quotation_row(document, anchor, said, person),)
    )


def shortened(text: str) -> str:
    """Return the first words of a passage, quoted, for the name of an edit."""
    text = one_line(text)
    if not text:
        return "an area of a page"
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST].rsplit(' ', 1)[0]}…”"


def describe(quotation: Quotation, said: Said) -> Edit:
    """Return the edit that says something else of a quotation: kind, voice, speaker, core, own words."""
    changes = set_columns("quotation", quotation.id, _values(quotation), _values(said))
    return Edit(f"Describe {shortened(quotation.anchor.exact)}", tuple(changes))


def said_of(quotation: Quotation) -> Said:
    """Return what is said of a quotation now."""
    return Said(
        kind=quotation.kind, voice=quotation.voice, speaker=quotation.speaker, core=quotation.core,
        text=quotation.text, important=quotation.important, origin=quotation.origin, colour=quotation.colour,
    )  # fmt: skip


def mark_important(quotations: Sequence[Quotation]) -> Edit:
    """Return the edit that marks quotations as important, or takes the mark off where all have it."""
    on = not all(each.important for each in quotations)
    changes: list[Change] = []
    for each in quotations:
        changes += set_columns(
            "quotation", each.id, {"important": int(each.important)}, {"important": int(on)}
        )
    word = "Mark as important" if on else "Take off the mark “important”"
    return Edit(f"{word}: {_named(quotations)}", tuple(changes))


def adjust(quotation: Quotation, anchor: Anchor) -> Edit:
    """Return the edit that moves an end of a quotation; its codings stay with it."""
    changes = set_columns("quotation", quotation.id, anchor_columns(quotation.anchor), anchor_columns(anchor))
    return Edit(f"Adjust {shortened(anchor.exact)}", tuple(changes))


def remove_quotations(quotations: Sequence[Quotation], codings: Sequence[int] = ()) -> Edit:
    """Return the edit that takes quotations out, with these codings of them; undo brings all back."""
    changes: list[Change] = [remove("coding", row) for row in codings]
    changes += [remove("quotation", each.id) for each in quotations]
    return Edit(f"Remove {_named(quotations)}", tuple(changes))


def link(one: Quotation, other: Quotation, kind: str = "", note: str = "") -> Edit:
    """Return the edit that links two quotations. Raises `EvidenceError` for one and itself."""
    if one.id == other.id:
        raise EvidenceError("A quotation cannot be linked to itself. Choose another one.")
    made = insert("quotation_link", quotation_a=one.id, quotation_b=other.id, kind=kind, note=note)
    return Edit(f"Link {shortened(one.anchor.exact)} to {shortened(other.anchor.exact)}", (made,))


def unlink(link: QuotationLink) -> Edit:
    """Return the edit that takes a link between quotations away."""
    return Edit("Take a link between quotations away", (remove("quotation_link", link.id),))


def _named(quotations: Sequence[Quotation]) -> str:
    if len(quotations) == 1:
        return shortened(quotations[0].anchor.exact)
    return counted(len(quotations), "quotation")
