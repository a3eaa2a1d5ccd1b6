"""From the words of a summary to pandoc's inline elements, citations written out in their style."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidence_app.domain.manuscript import Mark, Text
from evidence_app.domain.reference import Reference
from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import inlines as build
from evidence_app.services.publishing.citing import Entry, Works, format_citations, works
from evidence_app.services.publishing.inlines import Inline
from evidence_app.services.publishing.styles import StyleSource
from evidence_app.services.publishing.summary.model import Citation, Summary, Words
from evidence_app.services.publishing.summary.placing import placed

_KINDS: Final = {
    Mark.EMPHASIS: "Emph", Mark.STRONG: "Strong", Mark.SUB: "Subscript", Mark.SUP: "Superscript",
}  # fmt: skip


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
    report: Report = silent,
) -> Rendered:
    """Write out every citation of the summary in the style. Raises `PublishingError`."""
    known = works(references)
    citing = [words for words in summary.every() if any(isinstance(word, Citation) for word in words)]
    passages = [list(_elements(placed(_known(words, known), style), known)) for words in citing]
    made = format_citations(passages, known, style, also=summary.listed, report=report)
    return Rendered(dict(zip(citing, made.passages, strict=True)), made.entries, style)


def _known(words: Words, known: Works) -> Words:
    """Leave out citations none of whose works is there any more."""
    return tuple(word for word in words if not isinstance(word, Citation) or known.citation(word.works))


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
