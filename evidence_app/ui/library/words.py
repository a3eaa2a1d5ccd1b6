"""How the library says when something was and where it came from."""

from evidence_app.domain.edit import Edit
from evidence_app.storage.references import Provenance
from evidence_app.ui.moments import day_of

_ORIGINS = {"crossref": "From Crossref", "typed": "Typed by a person", "imported": "As imported"}


_DONE = {
    "Add": "Added", "Change": "Changed", "Fill": "Filled", "Keep": "Kept", "Make": "Made", "Mark": "Marked",
    "Remove": "Removed", "Replace": "Replaced", "Tag": "Tagged", "Take": "Took",
}  # fmt: skip


def done(edit: Edit) -> str:
    """Say of an edit that it is done: "Make 2 references included" is "Made 2 references included"."""
    verb, _, rest = edit.label.partition(" ")
    return f"{_DONE[verb]} {rest}" if verb in _DONE else f"Done: {edit.label}"


def size_of(size: int) -> str:
    """Return the size of a file in the unit that suits it."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def origin_told(known: Provenance) -> str:
    """Return where a value came from and when, for the tool tip of its dot."""
    words = _ORIGINS.get(known.origin, known.origin.capitalize())
    if known.at:
        words += f", {day_of(known.at)}"
    return f"{words}. {known.source}" if known.source else words
