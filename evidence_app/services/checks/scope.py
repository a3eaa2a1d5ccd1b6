"""Which references the checks look at, and how a message names them."""

from collections.abc import Iterable

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block
from evidence_app.domain.reference import Reference
from evidence_app.domain.wording import in_words

MOST = 8
"""How many references a message names before it says how many more there are."""


def in_question(contents: ReviewContents) -> list[Reference]:
    """Return the references that leave the program: numbered, included or cited; else all there are.

    The thousands of records a search brought in are screened, not printed; checks would drown in them."""
    cited = cited_ids(contents)
    leaving = [
        reference
        for reference in contents.references
        if reference.number is not None or reference.included or reference.id in cited
    ]
    return leaving or list(contents.references)


def cited_ids(contents: ReviewContents) -> frozenset[int]:
    """Return the ids of all works the manuscript cites."""
    return frozenset(work.reference for block in contents.blocks for a in block.anchors for work in a.works)


def called(reference: Reference) -> str:
    """Return how a message names a reference: number, first author, year."""
    return f"{reference.number} {reference.short_label}" if reference.number else reference.short_label


def listed(references: Iterable[Reference]) -> str:
    """Return several references by number, by label where they have none: `15 and 64`; of many the first."""
    named = [str(each.number) if each.number else each.short_label for each in references]
    return in_words(named if len(named) <= MOST else [*named[: MOST - 1], f"{len(named) - MOST + 1} more"])


def opening(block: Block) -> str:
    """Return the first words of a block, by which a message points at it."""
    text = " ".join(block.text.split())
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"


def text_of(reference: Reference, variable: str) -> str:
    """Return a variable as text; empty where it is absent."""
    value = reference.item.get(variable)
    return str(value) if isinstance(value, str | int) else ""
