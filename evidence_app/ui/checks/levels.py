"""How the levels of checks are shown: word, meaning, icon and tone."""

from typing import NamedTuple

from evidence_app.services.checks.results import Level


class ShownLevel(NamedTuple):
    """A level in words, with its icon and the tone of icon and number."""

    word: str
    many: str
    meaning: str
    icon: str
    tone: str


LEVELS = {
    Level.ERROR: ShownLevel(
        "Error", "errors", "stops no export, but is printed with it", "ph.x-circle-fill", "exclude"
    ),
    Level.DOUBT: ShownLevel("Doubt", "doubts", "a person has to look", "ph.question-fill", "maybe"),
    Level.STYLE: ShownLevel(
        "Style", "matters of style", "how it will look in print", "ph.paint-brush", "text-2"
    ),
    Level.INFORMATION: ShownLevel(
        "Information", "pieces of information", "good to know, nothing to do", "ph.info", "text-2"
    ),
}
