"""What the window itself asks of the project: the review's name, the counts in the rail, the palette."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from evidence_app.domain.edit import RowOf
from evidence_app.domain.query import parse_query
from evidence_app.services import copies
from evidence_app.services.checks import overview as checks
from evidence_app.services.deduplication import queue as duplicates
from evidence_app.services.screening import desk_queue
from evidence_app.storage import contents, overview, references, searching
from evidence_app.storage.applied import NOBODY
from evidence_app.storage.connections import Reader
from evidence_app.ui.screen import Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.shell.questions import Found, Questions
from evidence_app.ui.shell.rail import Count

MOST_FOUND = 20


def counts(reader: Reader) -> Mapping[str, Count]:
    """Return how much there is on each screen."""
    pairs = duplicates.waiting(reader)
    found = {name: Count(number) for name, number in overview.how_many(reader).items()}
    return {**found, "duplicates": Count(pairs, waits=pairs > 0)}


def waiting(reader: Reader) -> Mapping[str, Count]:
    """Return how many errors and doubts the checks found that nobody has waived."""
    number = checks.waiting(reader)
    return {"checks": Count(number, waits=number > 0)}


def questions_for(preferences: Preferences) -> Questions:
    """Return the questions, with what waits for the person of the settings among the counts."""
    return replace(QUESTIONS, slow=partial(waiting_with, preferences))


def waiting_with(preferences: Preferences, reader: Reader) -> Mapping[str, Count]:
    """Return what `waiting` does, and how many records are left for this person to judge."""
    person = RowOf("person", preferences.now.person_guid or NOBODY.guid)
    number = desk_queue.left_for(reader, person)
    return {**waiting(reader), "screening": Count(number, waits=number > 0)}


def name(reader: Reader) -> tuple[str, str]:
    """Return the review's short title in two lines, broken before "and" or in the middle."""
    review = contents.review(reader)
    title = review.short_title or review.title
    first, joint, second = title.partition(" and ")
    if not joint or len(first) > 24:
        return title, ""
    return first, f"and {second}"


def find(reader: Reader, words: str) -> Sequence[Found]:
    """Return the references, themes and passages of the manuscript that hold these words."""
    return [*_references(reader, words), *_themes(reader, words), *_blocks(reader, words)]


def _references(reader: Reader, words: str) -> list[Found]:
    ids = list(searching.search(reader, parse_query(words))[:MOST_FOUND])
    if words.strip().isdigit():
        numbered = references.by_number(reader, int(words))
        ids = [numbered.id, *(at for at in ids if at != numbered.id)] if numbered else ids
    return [
        Found(
            f"{line.number}  {line.title}" if line.number is not None else line.title,
            f"{line.authors} {line.year or ''}".strip(),
            "library",
            Subject("reference", line.id),
            "ph.books",
        )
        for line in references.lines(reader, ids)
    ]


def _themes(reader: Reader, words: str) -> list[Found]:
    asked = words.casefold().split()
    return [
        Found(theme.name, "Theme", "themes", Subject("theme", theme.id), "ph.tree-structure")
        for theme in contents.themes(reader)
        if all(word in theme.name.casefold() for word in asked)
    ]


def _blocks(reader: Reader, words: str) -> list[Found]:
    found = []
    for row in searching.search_blocks(reader, words, limit=8):
        block = contents.block(reader, row)
        if block is not None:
            found.append(Found(block.text, "Manuscript", "manuscript", Subject("block", row), "ph.article"))
    return found


QUESTIONS = Questions(find, counts, name, waiting, copies.snapshot_words)
"""The questions, asked in a reading lane."""
