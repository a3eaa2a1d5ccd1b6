"""From the words of a summary to pandoc's inline elements, citations written out in their style."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidence_app.domain.manuscript import Mark, Text
from evidence_app.domain.reference import Reference
from evidence_app.services.publishing import inlines as build
from evidence_app.services.publishing import pandoc
from evidence_app.services.publishing.citing import Entry, Works, format_citations, works
from evidence_app.services.publishing.inlines import Inline
from evidence_app.services.publishing.styles import StyleSource
from evidence_app.services.publishing.summary.model import Citation, Summary, Word, Words

_KINDS: Final = {
    Mark.EMPHASIS: "Emph", Mark.STRONG: "Strong", Mark.SUB: "Subscript", Mark.SUP: "Superscript",
}  # fmt: skip
_MOVED: Final = ".,"
"""Raised citations stand behind these, citations in the line before them; `;` and `:` always follow."""


@dataclass(frozen=True)
class Rendered:
    """The words of a summary with their citations written out, and its list of works."""

    words: dict[Words, tuple[Inline, ...]]
    entries: tuple[Entry, ...]
    style: StyleSource

    def inlines(self, words: Words) -> tuple[Inline, ...]:
        """Return words as pandoc's elements."""
        found = self.words.get(words)
        return tuple(_elements(words, None)) if found is None else found

    def with_marks(self, marks: Mapping[int, str]) -> "Rendered":
        """Return the same with words behind some entries: what happened to a work since (by id)."""
        entries = (
            replace(entry, inlines=(*entry.inlines, build.SPACE, build.wrapped("Strong", build.text(mark))))
            if (mark := marks.get(entry.reference))
            else entry
            for entry in self.entries
        )
        return replace(self, entries=tuple(entries))


def render(
    summary: Summary,
    references: Sequence[Reference],
    style: StyleSource,
    report: pandoc.Report = pandoc.silent,
) -> Rendered:
    """Write out every citation of the summary in the style. Raises `PublishingError`."""
    known = works(references)
    citing = [words for words in summary.every() if any(isinstance(word, Citation) for word in words)]
    passages = [list(_elements(placed(words, style), known)) for words in citing]
    made = format_citations(passages, known, style, also=summary.listed, report=report)
    return Rendered(dict(zip(citing, made.passages, strict=True)), made.entries, style)


def _elements(words: Words, known: Works | None) -> Iterable[Inline]:
    for word in words:
        if isinstance(word, Text):
            yield from _text(word)
        elif isinstance(word, Citation):
            if known is not None and (group := known.citation(word.works)) is not None:
                yield group
        else:
            yield {"t": "Span", "c": [["", ["state-mark"], [["title", word.why]]], build.text(word.sign)]}


def _text(text: Text) -> Iterable[Inline]:
    made: list[Inline] = build.text(text.text)
    for mark in text.marks:
        made = [build.wrapped(_KINDS[mark], made)]
    return made


def placed(words: Words, style: StyleSource) -> Words:
    """Return the words with each citation where the style wants it: behind or before a stop or comma."""
    made: list[Word] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if not isinstance(word, Citation):
            made.append(word)
            continue
        before = made[-1] if made else None
        after = waiting[0] if waiting else None
        if style.follows_punctuation:
            moved, rest = _taken_from(after)
            _strip_end(made)
            made += [*moved, word]
            if moved:
                waiting[0:1] = rest
        else:
            made[-1:] = [*_before_citation(before), word, *_stop_of(before)]
    return tuple(made)


def _taken_from(after: Word | None) -> tuple[list[Word], list[Word]]:
    if isinstance(after, Text) and after.text[:1] in _MOVED and after.text:
        rest = [Text(after.text[1:], after.marks)] if after.text[1:] else []
        return [Text(after.text[0], after.marks)], list(rest)
    return [], []


def _strip_end(made: list[Word]) -> None:
    last = made[-1] if made else None
    if isinstance(last, Text) and last.text.endswith(" "):
        made[-1] = Text(last.text.rstrip(" "), last.marks)


def _before_citation(before: Word | None) -> list[Word]:
    if before is None:
        return []
    if not isinstance(before, Text):
        return [before]
    text = before.text.rstrip(" ")
    text = text[:-1] if text[-1:] in _MOVED and text else text
    spaced = text if text.endswith(("(", "[", "\u2009")) or not text else f"{text} "
    return [Text(spaced, before.marks)]


def _stop_of(before: Word | None) -> list[Word]:
    text = before.text.rstrip(" ") if isinstance(before, Text) else ""
    return [Text(text[-1])] if text and text[-1] in _MOVED else []
