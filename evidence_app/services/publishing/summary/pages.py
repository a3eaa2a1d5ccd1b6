"""Write a summary as PDF: its words go to typst as plain values, its look lies in the templates."""

from collections.abc import Iterable, Sequence
from functools import singledispatchmethod
from typing import Any

from evidence_app.services.publishing import inlines as build
from evidence_app.services.publishing.citing import Entry
from evidence_app.services.publishing.fonts import missing_characters, spare_fonts
from evidence_app.services.publishing.inlines import Inline
from evidence_app.services.publishing.items import cleaned
from evidence_app.services.publishing.summary import drawing
from evidence_app.services.publishing.summary.model import (
    Aside,
    Bullets,
    Chart,
    Columns,
    Definitions,
    Flow,
    Heading,
    Message,
    Paragraph,
    Part,
    ReferenceList,
    Strip,
    Summary,
    Table,
    Tinted,
    Words,
)
from evidence_app.services.publishing.summary.rendering import Rendered
from evidence_app.services.publishing.typesetting import to_pages, to_pdf

Run = str | list[Any]
_KINDS = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub", "SmallCaps": "caps"}
_LONG = 7
_LONG_IN_CELL = 4
"""Citation groups of more numbers than this may break once, in their middle."""


def write_pdf(summary: Summary, rendered: Rendered) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF, and a warning for characters that no installed font has. Raises `PublishingError`."""
    content, pictures = _content(summary, rendered)
    return typeset(f"{summary.profile}.typ", content, pictures)


def draw_pages(summary: Summary, rendered: Rendered, ppi: float) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Return the pages of that PDF as pictures (PNG), and the same warning: what is shown is what leaves."""
    content, pictures = _content(summary, rendered)
    shown, warnings = _printable(content)
    return to_pages(f"{summary.profile}.typ", shown, pictures, ppi), warnings


def unprintable(summary: Summary, rendered: Rendered) -> tuple[str, ...]:
    """Return that warning alone, without setting any page."""
    return _printable(_content(summary, rendered)[0])[1]


def _content(summary: Summary, rendered: Rendered) -> tuple[dict[str, Any], dict[str, str]]:
    writer = _Writer(rendered)
    content = {
        "title": f"{summary.title}: {summary.subtitle}" if summary.subtitle else summary.title,
        "short": summary.title,
        "authors": [author for author in summary.authors if author],
        "keywords": list(summary.keywords),
        "pages": [
            {
                "key": page.key,
                "landscape": page.landscape,
                "new": page.new,
                "parts": [writer.part(part) for part in page.parts],
            }
            for page in summary.pages
        ],
        "entries": entry_runs(rendered.entries),
        "notes": rendered.style.cites_in_notes,
    }
    return content, writer.pictures


def typeset(
    template: str, content: dict[str, Any], pictures: dict[str, str] | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF of a template with a check that every character has a font."""
    shown, warnings = _printable(content)
    return to_pdf(template, shown, pictures), warnings


def _printable(content: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the content with the fonts it needs, □ where there is none, and a warning that says so."""
    content = _cleaned(content)
    letters = letters_of(content)
    missing = missing_characters(letters)
    shown = {**_shown(content, missing), "fonts": spare_fonts(letters)}
    if not missing:
        return shown, ()
    named = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:20])
    return shown, (
        f"No font on this computer has these characters; the PDF shows □ for them: {named}. "
        "Install a font for this script, or export docx or html.",
    )


def letters_of(content: Any) -> frozenset[str]:
    """Return every character that occurs in the strings of plain values."""
    if isinstance(content, str):
        return frozenset(content)
    values = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    found: set[str] = set()
    for value in values:
        found |= letters_of(value)
    return frozenset(found)


def _cleaned(content: Any) -> Any:
    if isinstance(content, str):
        return cleaned(content)
    if isinstance(content, dict):
        return {key: _cleaned(value) for key, value in content.items()}
    return [_cleaned(value) for value in content] if isinstance(content, list) else content


def _shown(content: Any, missing: str) -> Any:
    """Return the values with □ for characters no font has, so that nothing vanishes without a sign."""
    if not missing:
        return content
    if isinstance(content, str):
        return content.translate({ord(letter): "□" for letter in missing})
    if isinstance(content, dict):
        return {key: _shown(value, missing) for key, value in content.items()}
    return [_shown(value, missing) for value in content] if isinstance(content, list) else content


def entry_runs(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return the entries of a list of works for the templates."""
    return [
        {"key": entry.key, "margin": entry.margin, "words": list(runs(entry.inlines))} for entry in entries
    ]


def runs(inlines: Iterable[Inline], long: int = _LONG) -> Iterable[Run]:
    """Return pandoc's elements as runs of the templates, plain text joined."""
    waiting = ""
    for run in (each for inline in inlines for each in _runs(inline, long)):
        if isinstance(run, str):
            waiting += run
            continue
        if waiting:
            yield waiting
        waiting = ""
        yield run
    if waiting:
        yield waiting


def _runs(inline: Inline, long: int) -> Iterable[Run]:
    kind = inline["t"]
    inner = list(runs(build.children(inline), long))
    if kind in _KINDS:
        yield [_KINDS[kind], inner]
    elif kind == "Link":
        target = str(inline["c"][2][0])
        internal = target.startswith("#")
        yield ["ref", inner, target[1:]] if internal else ["url", inner, target]
    elif kind == "Cite":
        yield ["cite", _together(inner, long)]
    elif kind == "Note":
        yield ["note", inner]
    elif kind == "LineBreak":
        yield ["br"]
    elif kind == "Quoted":
        yield from ["“", *inner, "”"]
    elif inner:
        yield from inner
    else:
        yield build.plain_text([inline])


def _together(inner: list[Run], long: int) -> list[Run]:
    """Hold the numbers of a raised group together; a long one may break once, in its middle."""
    if len(inner) != 1 or not isinstance(inner[0], list) or inner[0][0] != "sup":
        return inner
    group: list[Run] = list(inner[0][1])
    commas = [at for at, run in enumerate(group) if run == ","]
    if len(commas) + 1 > long:
        group.insert(commas[len(commas) // 2] + 1, ["zws"])
    return [["sup", [run if run != "," else "\u2060,\u2060" for run in group]]]


class _Writer:
    """Turns parts into the plain values the templates read; gathers their pictures."""

    def __init__(self, rendered: Rendered) -> None:
        self._rendered = rendered
        self.pictures: dict[str, str] = {}

    def _words(self, words: Words, long: int = _LONG) -> list[Run]:
        return list(runs(self._rendered.inlines(words), long))

    @singledispatchmethod
    def part(self, part: Part) -> dict[str, Any]:
        """Return a part as plain values."""
        raise AssertionError(part)

    @part.register
    def _(self, part: Heading) -> dict[str, Any]:
        return {"kind": "heading", "level": part.level, "key": part.key, "words": self._words(part.words)}

    @part.register
    def _(self, part: Paragraph) -> dict[str, Any]:
        return {"kind": "paragraph", "look": part.look.value, "words": self._words(part.words)}

    @part.register
    def _(self, part: Bullets) -> dict[str, Any]:
        lines = [self._words(line) for line in part.lines]
        return {"kind": "bullets", "numbered": part.numbered, "lines": lines}

    @part.register
    def _(self, part: Strip) -> dict[str, Any]:
        return {"kind": "strip", "words": self._words(part.words)}

    @part.register
    def _(self, part: Tinted) -> dict[str, Any]:
        return {"kind": "tinted", "paragraphs": [self._words(each) for each in part.paragraphs]}

    @part.register
    def _(self, part: Message) -> dict[str, Any]:
        return {
            "kind": "message", "number": str(part.number), "title": self._words(part.title),
            "words": self._words(part.words), "strip": self._words(part.strip.words) if part.strip else [],
        }  # fmt: skip

    @part.register
    def _(self, part: Aside) -> dict[str, Any]:
        return {"kind": "aside", "title": part.title, "lines": [self._words(line) for line in part.lines]}

    @part.register
    def _(self, part: Table) -> dict[str, Any]:
        caption = self._words(part.caption)
        said = build.plain_text(self._rendered.inlines(part.caption))
        return {
            "kind": "table", "caption": caption, "header": list(part.header), "widths": list(part.widths),
            "rows": [[self._words(cell, _LONG_IN_CELL) for cell in row] for row in part.rows],
            "numeric": sorted(part.numeric), "total": part.total, "headed": part.headed,
            "note": self._words(part.note),
            "alt": f"Table of {len(part.rows)} rows: {said}. Columns: {', '.join(part.header)}.",
        }  # fmt: skip

    @part.register
    def _(self, part: Chart) -> dict[str, Any]:
        return {
            "kind": "chart", "caption": self._words(part.caption), "alt": part.description,
            "bars": [[name, number, f"{number:,}"] for name, number in part.bars],
        }  # fmt: skip

    @part.register
    def _(self, part: Flow) -> dict[str, Any]:
        name = f"picture-{len(self.pictures)}.svg"
        self.pictures[name] = drawing.flow(part.diagram).svg
        caption = self._words(part.caption)
        return {"kind": "flow", "picture": name, "caption": caption, "alt": part.description}

    @part.register
    def _(self, part: Definitions) -> dict[str, Any]:
        return {"kind": "definitions", "rows": [[term, self._words(words)] for term, words in part.rows]}

    @part.register
    def _(self, part: Columns) -> dict[str, Any]:
        left, right = ([self.part(each) for each in side] for side in (part.left, part.right))
        return {"kind": "columns", "left": left, "right": right}

    @part.register
    def _(self, _part: ReferenceList) -> dict[str, Any]:
        return {"kind": "references"}
