"""Write a summary as html: one file, its style inside, nothing loaded from anywhere, readable in the dark."""

from collections.abc import Iterable, Sequence
from functools import singledispatchmethod

from evidence_app.services.publishing import inlines as build
from evidence_app.services.publishing.bibliography import entry_html, html_head
from evidence_app.services.publishing.inlines import Inline, escaped
from evidence_app.services.publishing.summary import drawing
from evidence_app.services.publishing.summary.model import (
    Aside,
    Bullets,
    Chart,
    Columns,
    Definitions,
    Flow,
    Heading,
    Look,
    Message,
    Page,
    Paragraph,
    Part,
    ReferenceList,
    Strip,
    Summary,
    Table,
    Tinted,
    Words,
    text_of,
)
from evidence_app.services.publishing.summary.rendering import Rendered
from evidence_app.services.resources import resource_path

_CLASSES = {
    Look.KICKER: "kicker", Look.SUBTITLE: "subtitle", Look.AUTHOR: "author", Look.TITLE_PAGE: "small",
    Look.ABSTRACT: "abstract", Look.STRIP: "count", Look.DEFINITION: "definition", Look.NOTE: "note",
    Look.TABLE_NOTE: "note", Look.WARNING: "warning", Look.LEAD: "lead", Look.STRIP_END: "count",
}  # fmt: skip
_LONG = 7
_LONG_IN_CELL = 4


def write_html(summary: Summary, rendered: Rendered) -> str:
    """Return the summary as one self-contained html page."""
    title = f"{summary.title}: {summary.subtitle}" if summary.subtitle else summary.title
    writer = _Writer(rendered)
    first, *rest = summary.pages
    style = resource_path("publishing/summary.css").read_text("utf-8")
    opening = "".join(writer.part(part) for part in first.parts if _opens(part))
    remainder = "".join(writer.part(part) for part in first.parts if not _opens(part))
    sections = [_section(first, remainder), *(_section(page, writer.page(page)) for page in rest)]
    return (
        f"{html_head(title, style, summary.profile)}<header>{opening}{_contents(summary.pages)}</header>\n"
        f"<main>\n{''.join(sections)}{writer.notes()}</main>\n</body>\n</html>\n"
    )


def _opens(part: Part) -> bool:
    return isinstance(part, Paragraph) and part.look in (
        Look.KICKER, Look.TITLE, Look.SUBTITLE, Look.AUTHOR, Look.TITLE_PAGE, Look.WARNING,
    )  # fmt: skip


def _contents(pages: Sequence[Page]) -> str:
    headings = (
        part for page in pages for part in page.parts if isinstance(part, Heading) and part.level == 1
    )
    lines = "".join(
        f'<li><a href="#{escaped(heading.key)}-heading">{escaped(text_of(heading.words))}</a></li>'
        for heading in headings
        if heading.key
    )
    return f'\n<nav aria-label="Contents"><ol>{lines}</ol></nav>' if lines else ""


def _section(page: Page, inner: str) -> str:
    wide = ' class="wide"' if page.landscape else ""
    return f'<section id="{escaped(page.key)}"{wide}>\n{inner}</section>\n' if inner else ""


class _Writer:
    """Turns parts into html; counts tables and figures, gathers footnotes."""

    def __init__(self, rendered: Rendered) -> None:
        self._rendered = rendered
        self._counts = {"Table": 0, "Chart": 0, "Figure": 0}
        self._notes: list[str] = []
        self._long = _LONG

    def page(self, page: Page) -> str:
        """Return the parts of a page."""
        return "".join(self.part(part) for part in page.parts)

    def notes(self) -> str:
        """Return the footnotes of a style that cites in notes."""
        if not self._notes:
            return ""
        lines = "".join(
            f'<li id="note-{at}">{words} <a href="#mark-{at}" aria-label="Back to the text">↩</a></li>'
            for at, words in enumerate(self._notes, 1)
        )
        return f'<section id="notes"><h2>Notes</h2>\n<ol class="notes">{lines}</ol></section>\n'

    def _words(self, words: Words) -> str:
        return "".join(self._inline(inline) for inline in self._rendered.inlines(words))

    def _inline(self, inline: Inline) -> str:
        if inline["t"] == "Cite":
            return self._citation(build.children(inline))
        if inline["t"] == "Span" and "state-mark" in inline["c"][0][1]:
            why = dict(inline["c"][0][2]).get("title", "")
            return f'<span class="mark" title="{escaped(why)}">{escaped(build.plain_text([inline]))}</span>'
        return build.to_html([inline], self._note)

    def _citation(self, inner: Sequence[Inline]) -> str:
        """Set a citation group; a raised one stays together, a long one may break in its middle."""
        if len(inner) != 1 or inner[0]["t"] != "Superscript":
            return build.to_html(inner, self._note)
        group = list(inner[0]["c"])
        commas = [at for at, part in enumerate(group) if part == {"t": "Str", "c": ","}]
        middle = commas[len(commas) // 2] if len(commas) + 1 > self._long else -1
        made = "".join(
            build.to_html([part]) + ("<wbr>" if at == middle else "") for at, part in enumerate(group)
        )
        return f'<sup class="cite" role="group" aria-label="References">{made}</sup>'

    def _note(self, note: Inline) -> str:
        self._notes.append(build.to_html(build.children(note)))
        at = len(self._notes)
        return f'<sup class="cite"><a id="mark-{at}" href="#note-{at}">{at}</a></sup>'

    def _number(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind} {self._counts[kind]}. "

    @singledispatchmethod
    def part(self, part: Part) -> str:
        """Return a part as html."""
        raise AssertionError(part)

    @part.register
    def _(self, part: Heading) -> str:
        level = min(part.level + 1, 6)
        key = f' id="{escaped(part.key)}-heading"' if part.key else ""
        return f"<h{level}{key}>{_unbroken(self._words(part.words))}</h{level}>\n"

    @part.register
    def _(self, part: Paragraph) -> str:
        if part.look is Look.TITLE:
            return f"<h1>{_unbroken(self._words(part.words))}</h1>\n"
        name = _CLASSES.get(part.look, "")
        kind = f' class="{name}"' if name else ""
        return f"<p{kind}>{self._words(part.words)}</p>\n"

    @part.register
    def _(self, part: Bullets) -> str:
        tag = "ol" if part.numbered else "ul"
        return f"<{tag}>{self._lines(part.lines)}</{tag}>\n"

    def _lines(self, lines: Iterable[Words]) -> str:
        return "".join(f"<li>{self._words(line)}</li>" for line in lines)

    @part.register
    def _(self, part: Strip) -> str:
        return f'<p class="count">{self._words(part.words)}</p>\n'

    @part.register
    def _(self, part: Tinted) -> str:
        return f'<div class="answer">{"".join(f"<p>{self._words(p)}</p>" for p in part.paragraphs)}</div>\n'

    @part.register
    def _(self, part: Message) -> str:
        title = f"<strong>{self._words(part.title)}</strong> " if part.title else ""
        strip = f'<p class="count">{self._words(part.strip.words)}</p>' if part.strip else ""
        number = f'<span class="number" aria-hidden="true">{part.number}</span>'
        return f'<div class="message">{number}<p>{title}{self._words(part.words)}</p>{strip}</div>\n'

    @part.register
    def _(self, part: Aside) -> str:
        lines = self._lines(part.lines)
        return f"<aside><h3>{escaped(part.title)}</h3><ul>{lines}</ul></aside>\n"

    @part.register
    def _(self, part: Table) -> str:
        name = self._number("Table")
        self._long = _LONG_IN_CELL
        head = "".join(
            f'<th scope="col"{_right(at, part)}>{escaped(t)}</th>' for at, t in enumerate(part.header)
        )
        rows = "".join(self._row(row, part, at == len(part.rows) - 1) for at, row in enumerate(part.rows))
        self._long = _LONG
        widths = "".join(f'<col style="width:{width * 100 // sum(part.widths)}%">' for width in part.widths)
        narrow = " narrow" if sum(part.widths) < 90 else ""
        note = f'<p class="note">{self._words(part.note)}</p>\n' if part.note else ""
        label = name.strip(" .")
        return (
            f'<div class="scroll{narrow}" tabindex="0" role="region" aria-label="{label}">'
            f"<table><caption>{name}{self._words(part.caption)}</caption><colgroup>{widths}</colgroup>"
            f"<thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>\n{note}"
        )

    def _row(self, row: Sequence[Words], part: Table, last: bool) -> str:
        total = ' class="total"' if part.total and last else ""
        cells = "".join(
            f'<th scope="row">{self._words(cell)}</th>'
            if at == 0 and (part.headed or total)
            else f"<td{_right(at, part)}>{self._words(cell)}</td>"
            for at, cell in enumerate(row)
        )
        return f"<tr{total}>{cells}</tr>\n"

    @part.register
    def _(self, part: Chart) -> str:
        top = max((number for _, number in part.bars), default=1) or 1
        rows = "".join(
            f'<tr><th scope="row">{escaped(name)}</th><td><span class="bar" style="width:'
            f'{number / top * 9:.2f}rem"></span> {number:,}</td></tr>'
            for name, number in part.bars
        )
        head = f'<thead class="hidden"><tr><th>What</th><th>{escaped(part.unit)}</th></tr></thead>'
        return (
            f'<figure><table class="chart">{head}<tbody>{rows}</tbody></table>'
            f"<figcaption>{self._number('Chart')}{self._words(part.caption)}</figcaption></figure>\n"
        )

    @part.register
    def _(self, part: Flow) -> str:
        drawn = drawing.flow(part.diagram, drawing.SCREEN)
        caption = f"<figcaption>{self._number('Figure')}{self._words(part.caption)}</figcaption>"
        return f'<figure class="flow">{drawn.svg}{caption}</figure>\n'

    @part.register
    def _(self, part: Definitions) -> str:
        rows = "".join(f"<dt>{escaped(term)}</dt><dd>{self._words(words)}</dd>" for term, words in part.rows)
        return f"<dl>{rows}</dl>\n"

    @part.register
    def _(self, part: Columns) -> str:
        left, right = ("".join(self.part(each) for each in side) for side in (part.left, part.right))
        return f'<div class="charts"><div>{left}</div><div>{right}</div></div>\n'

    @part.register
    def _(self, _part: ReferenceList) -> str:
        lines = "\n".join(entry_html(entry) for entry in self._rendered.entries)
        return f'<ol class="references" role="list">\n{lines}\n</ol>\n'


def _right(at: int, part: Table) -> str:
    return ' class="number"' if at in part.numeric else ""


def _unbroken(html: str) -> str:
    """Keep hyphenated words of a heading together: balanced lines would break “co-production”."""
    words = html.split(" ")
    return " ".join(
        f'<span class="nb">{word}</span>' if "-" in word and "<" not in word and len(word) < 24 else word
        for word in words
    )
