"""The table that says what blocks, what helps and who can act, every cell cited."""

from collections.abc import Sequence
from typing import Any, Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Text
from evidence_app.domain.passages import Passage, passage_runs
from evidence_app.domain.synthesis import Theme
from evidence_app.services.publishing.summary import fallback
from evidence_app.services.publishing.summary.evidence import words_of_runs
from evidence_app.services.publishing.summary.model import (
    INFERRED,
    Citation,
    Sign,
    Table,
    Word,
    Words,
    said,
)

HEADER: Final = ("Topic", "What blocks", "What helps", "Who can act")
_NOT_STATED: Final = "not stated"
_WHY: Final = "inferred: the cited finding does not name who acts; the actor is read from it"


def act_table(contents: ReviewContents, rows: Sequence[Passage], themes: Sequence[Theme]) -> Table | None:
    """Return the table from the review's own rows, or from its findings by direction; None without any."""
    made = [_row(passage) for passage in rows] or fallback.rows(contents, themes)
    if not made:
        return None
    inferred = any(isinstance(word, Sign) for row in made for cell in row for word in cell)
    from_findings = not rows
    notes = []
    if inferred:
        notes.append(
            f"{INFERRED} inferred: the cited finding does not name who acts; the actor is read from it."
        )
    if from_findings:
        notes.append("Made from the review's findings by their direction; who can act is not stated there.")
    return Table(
        caption=said("Barriers, enablers and actors by topic"),
        header=HEADER,
        rows=tuple(made),
        widths=(18, 29, 29, 24),
        note=said(" ".join(notes)) if notes else (),
        headed=True,
        key="table-act",
    )


def _row(passage: Passage) -> tuple[Words, ...]:
    return (
        said(passage.title or "Untitled"),
        _cell(passage.details.get("blocks")),
        _cell(passage.details.get("helps")),
        _actors(passage.details.get("who")),
    )


def _cell(runs: Any) -> Words:
    words = words_of_runs(passage_runs(runs)) if isinstance(runs, list) else ()
    return words or said(_NOT_STATED)


def _actors(who: Any) -> Words:
    words: list[Word] = []
    for actor in who if isinstance(who, list) else []:
        named = words_of_runs(passage_runs(actor.get("runs", ())))
        if words and named:
            words.append(Text("; "))
        words += _marked(named) if actor.get("inferred") else named
    return tuple(words) or said(_NOT_STATED)


def _marked(named: Words) -> Words:
    """Put the mark of an inference behind the words, before the citation that ends them."""
    at = len(named)
    while at and isinstance(named[at - 1], Citation):
        at -= 1
    return (*named[:at], Sign(INFERRED, _WHY), *named[at:])
