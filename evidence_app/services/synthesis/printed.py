"""How a citation prints: the end of its sentence with the citation written out in a style."""

from collections.abc import Sequence

from evidence_app.domain.manuscript import Anchor, Block, Text
from evidence_app.domain.reference import Reference
from evidence_app.services.publishing import inlines, pandoc
from evidence_app.services.publishing.styles import style_source
from evidence_app.services.publishing.summary.model import Citation, Page, Paragraph, Summary, Words
from evidence_app.services.publishing.summary.rendering import placed, render
from evidence_app.services.synthesis.flat import ANCHOR, cut, flat, length, place_of

_ROOM = 44


def printed(
    block: Block,
    anchor: Anchor,
    references: Sequence[Reference],
    style: str,
    report: pandoc.Report = pandoc.silent,
) -> str:
    """Return the words before an anchor with its citation as a page prints it, as html.

    Raises `PublishingError` when the style is not there."""
    source = style_source(style)
    words: Words = (*_around(block, anchor.guid)[0], Citation(anchor.works), *_around(block, anchor.guid)[1])
    summary = Summary(profile="journal", title="", pages=(Page(key="", parts=(Paragraph(words),)),))
    made = render(summary, references, source, report)
    placed_words = words if words in made.words else placed(words, source)
    return inlines.to_html(made.inlines(placed_words), _note)


def _note(note: inlines.Inline) -> str:
    words = inlines.plain_text(inlines.children(note))
    return f"<sup>1</sup> <small>{words.replace('&', '&amp;').replace('<', '&lt;')}</small>"


def _around(block: Block, anchor: str) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return the last words before the anchor and the one character behind it that a style may move."""
    at = place_of(block.runs, anchor) or 0
    text = flat(block.runs)
    start = max(text.rfind(ANCHOR, 0, at) + 1, at - _ROOM)
    if start and text[start - 1 : start] not in (ANCHOR, " "):
        start = text.find(" ", start, at) + 1 or start
    before = tuple(run for run in cut(block.runs, start, at) if isinstance(run, Text))
    follows = text[at + 1 : at + 2] if at + 1 < length(block.runs) else ""
    return before, (Text(follows),) if follows in (".", ",", ";", ":") and follows else ()
