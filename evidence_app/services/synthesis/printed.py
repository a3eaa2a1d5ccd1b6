"""How a citation prints: the end of its sentence with the citation written out in a style."""

import re
from collections.abc import Sequence

from evidence_app.domain.manuscript import Anchor, Block, Text
from evidence_app.domain.reference import Reference
from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import inlines
from evidence_app.services.publishing.styles import style_source
from evidence_app.services.publishing.summary.model import Citation, Page, Paragraph, Summary, Words
from evidence_app.services.publishing.summary.rendering import render
from evidence_app.services.synthesis.flat import ANCHOR, cut, flat, length, place_of

_LINK = re.compile(r"</?a\b[^>]*>")
_BEFORE = 44
_BEHIND = 16


def printed(
    block: Block,
    anchor: Anchor,
    references: Sequence[Reference],
    style: str,
    report: Report = silent,
) -> str:
    """Return the words before an anchor with its citation as a page prints it, as html.

    Raises `PublishingError` when the style is not there."""
    source = style_source(style)
    before, behind = _around(block, anchor.guid)
    words: Words = (*before, Citation(anchor.works), *behind)
    summary = Summary(profile="journal", title="", pages=(Page(key="", parts=(Paragraph(words),)),))
    written = inlines.to_html(render(summary, references, source, report).inlines(words), _note)
    return _LINK.sub("", written)


def _note(note: inlines.Inline) -> str:
    words = inlines.plain_text(inlines.children(note))
    return f"<sup>1</sup> <small>{words.replace('&', '&amp;').replace('<', '&lt;')}</small>"


def _around(block: Block, anchor: str) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return the last words before the anchor and the next ones: a style may move it over a stop."""
    at = place_of(block.runs, anchor) or 0
    text = flat(block.runs)
    start = max(text.rfind(ANCHOR, 0, at) + 1, at - _BEFORE)
    if start and text[start - 1] not in (ANCHOR, " "):
        start = text.find(" ", start, at) + 1 or start
    end = min(at + 1 + _BEHIND, text.find(ANCHOR, at + 1) % (length(block.runs) + 1))
    end = max(text.rfind(" ", at + 1, end), at + 2) if end < len(text) else end
    before = tuple(run for run in cut(block.runs, start, at) if isinstance(run, Text))
    behind = tuple(run for run in cut(block.runs, at + 1, end) if isinstance(run, Text))
    return before, (*behind, Text(" …")) if end < len(text) else behind
