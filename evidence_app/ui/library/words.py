"""How the library says when something was and where it came from."""

from datetime import datetime

from evidence_app.storage.references import Provenance

_ORIGINS = {"crossref": "From Crossref", "typed": "Typed by a person", "imported": "As imported"}


def day_of(moment: str) -> str:
    """Return an ISO moment as a day: 3 May 2024; what cannot be read stands as it is."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{at.day} {at:%B} {at.year}"


def moment_of(moment: str) -> str:
    """Return an ISO moment as a day and a time of the place where the window is."""
    try:
        at = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    return f"{at.day} {at:%B} {at.year}, {at:%H:%M}"


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
