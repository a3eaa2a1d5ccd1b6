"""What the summary for commissioners says where nobody has written its editorial passages.

Everything here is taken from the review's findings, their directions and the reports they cite."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block, Direction, Text
from evidence_app.domain.reference import ReferenceId
from evidence_app.domain.synthesis import Theme
from evidence_app.services.publishing.summary.evidence import (
    NOT_REPORTED,
    country_of,
    findings_of,
    joined,
    topics_of,
    words_of,
)
from evidence_app.services.publishing.summary.model import DERIVED, Sign, Words, said
from evidence_app.services.publishing.summary.numbers import counted_noun

MESSAGES: Final = 5
_IN_CELL: Final = 2
"""Findings a cell of the table holds."""
_BLOCKS: Final = (Direction.BARRIER,)
_HELPS: Final = (Direction.ENABLER, Direction.SOLUTION)


def answer(contents: ReviewContents, themes: Sequence[Theme]) -> tuple[Words, ...]:
    """Return the answer in figures: how many findings speak of barriers, enablers, proposals and gaps."""
    findings = [block for theme in themes for block in findings_of(theme, contents)] or list(
        contents.findings
    )
    counts = Counter(block.direction for block in findings if block.direction is not None)
    if not findings:
        return (said("The review has no findings yet, so it gives no answer."),)
    named = [
        (Direction.BARRIER, "name", "a barrier"), (Direction.ENABLER, "name", "an enabler"),
        (Direction.BOTH, "name", "both"), (Direction.SOLUTION, "propose", "a solution"),
        (Direction.GAP, "name", "a gap"),
    ]  # fmt: skip
    figures = ", ".join(
        f"{counts[direction]} {verb}{'s' * (counts[direction] == 1)} {what}"
        for direction, verb, what in named
        if counts[direction]
    )
    first = f"The review gives {counted_noun(len(findings), 'finding')}"
    if not figures:
        return ((Text(f"{first}. Which are barriers and which enablers has not been noted."),),)
    why = "derived: counted from the directions of the findings"
    return ((Text(f"{first}: {figures}"), Sign(DERIVED, why), Text(".")),)


def messages(contents: ReviewContents, themes: Sequence[Theme]) -> list[tuple[Words, Words]]:
    """Return a title and words for each of the best supported topics, in the order of the text."""
    topics = [
        (topic, [block for block in findings_of(theme, contents) if block.theme == topic.id])
        for theme in themes
        for topic in topics_of(theme, contents)
    ]
    included = {reference.id for reference in contents.included}
    supported = [
        (topic, blocks, len(contents.counting_for(blocks) & included)) for topic, blocks in topics if blocks
    ]
    best = sorted(supported, key=lambda each: -each[2])[:MESSAGES]
    kept = {topic.id for topic, _, _ in best}
    return [
        (said(f"{topic.name}."), words_of(_leading(contents, blocks, included)))
        for topic, blocks, _ in supported
        if topic.id in kept
    ]


def _leading(contents: ReviewContents, blocks: Sequence[Block], included: set[ReferenceId]) -> Block:
    """Return the finding with the most included reports behind it, the first of several."""
    return max(blocks, key=lambda block: len(contents.counting_for([block]) & included))


def rows(contents: ReviewContents, themes: Sequence[Theme]) -> list[tuple[Words, ...]]:
    """Return a row for each topic: its barriers, then its enablers and proposals."""
    made: list[tuple[Words, ...]] = []
    for theme in themes:
        for topic in topics_of(theme, contents):
            blocks = [block for block in findings_of(theme, contents) if block.theme == topic.id]
            blocking, helping = (_cell(blocks, kinds) for kinds in (_BLOCKS, _HELPS))
            if blocking or helping:
                none = said("none named")
                made.append((said(topic.name), blocking or none, helping or none, said("not stated")))
    return made


def _cell(blocks: Sequence[Block], directions: tuple[Direction, ...]) -> Words:
    return joined(words_of(block) for block in [b for b in blocks if b.direction in directions][:_IN_CELL])


def unknown(contents: ReviewContents, theme: Theme, findings: Sequence[Block]) -> Iterator[Words]:
    """Yield what a theme leaves open: its gaps, and countries that none of its reports come from."""
    yield from (words_of(block) for block in findings if block.direction is Direction.GAP)
    cited = contents.counting_for(findings)
    everywhere = {country_of(contents, reference.id) for reference in contents.included} - {NOT_REPORTED}
    here = {country_of(contents, each.id) for each in contents.included if each.id in cited}
    for country in sorted(everywhere - here) if here else ():
        text = f"How this looks in {country}: no report from there is cited under this theme."
        yield (Text(text), Sign(DERIVED, f"derived: counted from the references of “{theme.name}”"))
