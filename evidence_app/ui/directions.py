"""How the direction of a review finding is shown: a word, an icon and a tone, never the colour alone."""

from typing import NamedTuple

from evidence_app.domain.manuscript import Direction


class Shown(NamedTuple):
    """The word of a direction, its short word in lists, its icon, its tone and the name of its form."""

    word: str
    short: str
    icon: str
    tone: str
    form: str


DIRECTIONS: dict[str, Shown] = {
    Direction.BARRIER: Shown("Barrier", "Barrier", "ph.minus-circle", "barrier", "barrier"),
    Direction.ENABLER: Shown("Enabler", "Enabler", "ph.plus-circle", "enabler", "enabler"),
    Direction.BOTH: Shown("Both", "Both", "ph.circle-half", "text-2", "both"),
    Direction.SOLUTION: Shown("Proposed solution", "Solution", "ph.lightbulb", "enabler", "solution"),
    Direction.GAP: Shown("Gap", "Gap", "ph.circle-dashed", "text-2", "gap"),
    Direction.NEITHER: Shown("Neither", "Neither", "ph.circle", "text-2", "neither"),
}
