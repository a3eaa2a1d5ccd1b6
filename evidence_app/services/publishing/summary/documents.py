"""Write a summary as docx, odt or Markdown: pandoc's JSON model built from plain values."""

import base64
import json
from collections.abc import Iterator, Sequence
from functools import singledispatchmethod
from typing import Any, Final

from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import inlines as build
from evidence_app.services.publishing import office, pandoc
from evidence_app.services.publishing.citing import API_VERSION
from evidence_app.services.publishing.inlines import Inline
from evidence_app.services.publishing.office_xml import LANDSCAPE, PAGE_START, UPRIGHT
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
    said,
)
from evidence_app.services.publishing.summary.rendering import Rendered
from evidence_app.services.publishing.typesetting import to_png
from evidence_app.services.resources import resource_path

Block = dict[str, Any]
_NO_ATTRIBUTES: Final = ["", [], []]
_FORMATS: Final = {
    "docx": "docx+native_numbering", "odt": "odt+native_numbering", "md": "gfm",
}  # fmt: skip
_TAB: Final = {
    "docx": {"t": "RawInline", "c": ["openxml", "<w:r><w:tab/></w:r>"]},
    "odt": {"t": "RawInline", "c": ["opendocument", "<text:tab/>"]},
    "md": build.SPACE,
}


def write_document(summary: Summary, rendered: Rendered, kind: str, report: Report = silent) -> bytes:
    """Return the summary as a file of this kind: docx, odt or md. Raises `PublishingError`."""
    writer = _Writer(rendered, kind)
    blocks = [block for page in summary.pages for block in writer.page(page)]
    document = {
        "pandoc-api-version": API_VERSION,
        "meta": {},
        "blocks": blocks,
    }
    return convert(
        document, kind, summary.profile, summary.title, authors=", ".join(summary.authors), report=report
    )


def convert(
    document: dict[str, Any],
    kind: str,
    look: str,
    title: str,
    *,
    authors: str = "",
    report: Report = silent,
) -> bytes:
    """Return pandoc's document as a file of this kind in the look of a profile, finished."""
    arguments = ["--from=json", f"--to={_FORMATS[kind]}", "--wrap=none"]
    files: dict[str, str | bytes] = {}
    if kind != "md":
        files["reference." + kind] = resource_path(f"publishing/{look}.{kind}").read_bytes()
        arguments.append(f"--reference-doc=reference.{kind}")
    made = pandoc.run(arguments, json.dumps(document), files, report)
    if kind == "docx":
        return office.finish_docx(made, title, authors)
    return office.finish_odt(made, title, authors) if kind == "odt" else made


class _Writer:
    """Turns parts into pandoc's blocks; holds the format and the citations written out."""

    def __init__(self, rendered: Rendered, kind: str) -> None:
        self._rendered = rendered
        self._kind = kind
        self._first = True
        self._wide = False

    def page(self, page: Page) -> Iterator[Block]:
        """Yield the blocks of a page, with what begins it."""
        if self._kind != "md":
            if page.landscape != self._wide:
                yield office.marker(self._kind, LANDSCAPE if page.landscape else UPRIGHT)
            elif page.new and not self._first:
                yield office.marker(self._kind, PAGE_START)
        self._first, self._wide = False, page.landscape
        for part in page.parts:
            yield from self.part(part)

    def _words(self, words: Words) -> list[Inline]:
        inlines = list(self._rendered.inlines(words))
        return inlines if self._kind != "md" else [_for_markdown(inline) for inline in inlines]

    def _styled(self, style: str, *paragraphs: list[Inline]) -> Block:
        """Return paragraphs in a style of the document; Markdown has none and takes one plain paragraph."""
        blocks = [{"t": "Para", "c": paragraph} for paragraph in paragraphs]
        if self._kind == "md":
            return blocks[0]
        return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}

    @singledispatchmethod
    def part(self, part: Part) -> Iterator[Block]:
        """Yield the blocks of a part."""
        raise AssertionError(part)

    @part.register
    def _(self, part: Heading) -> Iterator[Block]:
        if part.key == "in-brief" and self._kind != "md":
            yield self._styled("Brief Heading", self._words(part.words))
            return
        level = part.level + 1 if self._kind == "md" else part.level
        yield {"t": "Header", "c": [level, [part.key, [], []], self._words(part.words)]}

    @part.register
    def _(self, part: Paragraph) -> Iterator[Block]:
        inlines = self._words(part.words)
        if part.look is Look.BODY:
            yield {"t": "Para", "c": inlines}
        elif self._kind == "md" and part.look is Look.TITLE:
            yield {"t": "Header", "c": [1, _NO_ATTRIBUTES, inlines]}
        elif self._kind == "md" and part.look in (Look.DEFINITION, Look.KICKER, Look.SUBTITLE):
            yield {"t": "Para", "c": [build.wrapped("Emph", inlines)]}
        else:
            yield self._styled(part.look.value, inlines)

    @part.register
    def _(self, part: Bullets) -> Iterator[Block]:
        lines = [[{"t": "Para", "c": self._words(line)}] for line in part.lines]
        if self._kind != "md":
            for number, line in enumerate(part.lines, 1):
                sign = f"{number}." if part.numbered else "–"
                yield self._styled("List Line", [*build.text(sign), _TAB[self._kind], *self._words(line)])
        elif part.numbered:
            yield {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], lines]}
        else:
            yield {"t": "BulletList", "c": lines}

    @part.register
    def _(self, part: Strip) -> Iterator[Block]:
        yield self._styled("Evidence Strip", self._words(part.words))

    @part.register
    def _(self, part: Tinted) -> Iterator[Block]:
        if self._kind == "md":
            yield {
                "t": "BlockQuote",
                "c": [{"t": "Para", "c": self._words(each)} for each in part.paragraphs],
            }
        else:
            yield self._styled("Answer", *(self._words(each) for each in part.paragraphs))

    @part.register
    def _(self, part: Message) -> Iterator[Block]:
        number = build.text(str(part.number))
        opening = [build.styled(number, "Message Number"), _TAB[self._kind]]
        title = self._words(part.title)
        if self._kind == "md":
            opening, title = [], [*build.text(f"{part.number}."), build.SPACE, *title]
        space = [build.SPACE] if title and part.words else []
        strong = [build.wrapped("Strong", title)] if title else []
        yield self._styled("Message", [*opening, *strong, *space, *self._words(part.words)])
        if part.strip:
            yield self._styled("Message Strip", self._words(part.strip.words))

    @part.register
    def _(self, part: Aside) -> Iterator[Block]:
        if self._kind == "md":
            yield {"t": "Para", "c": [build.wrapped("Strong", build.text(part.title))]}
            yield {"t": "BulletList", "c": [[{"t": "Plain", "c": self._words(line)}] for line in part.lines]}
            return
        yield self._styled("Aside Title", build.text(part.title))
        for at, line in enumerate(part.lines, 1):
            style = "Aside End" if at == len(part.lines) else "Aside"
            yield self._styled(style, [*build.text("–\u00a0"), *self._words(line)])

    @part.register
    def _(self, part: Table) -> Iterator[Block]:
        if self._kind == "md":
            yield {"t": "Para", "c": [build.wrapped("Strong", self._words(part.caption))]}
        yield self._table(part)
        if part.note:
            yield self._styled(Look.TABLE_NOTE.value, self._words(part.note))

    def _cell(self, words: Words, heads: bool) -> list[Inline]:
        return [build.wrapped("Strong", self._words(words))] if heads else self._words(words)

    def _table(self, part: Table) -> Block:
        aligned = [
            {"t": "AlignRight" if at in part.numeric else "AlignLeft"} for at in range(len(part.header))
        ]
        columns = [
            [align, {"t": "ColWidth", "c": width / 100} if self._kind != "md" else {"t": "ColWidthDefault"}]
            for align, width in zip(aligned, part.widths, strict=True)
        ]
        header = _row([build.text(title) for title in part.header])
        rows = [_row([self._cell(cell, part.headed and at == 0) for at, cell in enumerate(row)])
                for row in part.rows]  # fmt: skip
        if part.total and rows:
            rows[-1] = _row([[build.wrapped("Strong", self._words(cell))] for cell in part.rows[-1]])
        caption = [{"t": "Plain", "c": self._words(part.caption)}] if self._kind != "md" else []
        return {
            "t": "Table",
            "c": [
                [part.key, [], []], [None, caption], columns, [_NO_ATTRIBUTES, [header]],
                [[_NO_ATTRIBUTES, 0, [], rows]], [_NO_ATTRIBUTES, []],
            ],
        }  # fmt: skip

    @part.register
    def _(self, part: Chart) -> Iterator[Block]:
        if self._kind == "md":
            rows = tuple((said(name), said(str(number))) for name, number in part.bars)
            yield from self.part(
                Table(
                    caption=part.caption,
                    header=("", part.unit),
                    rows=rows,
                    widths=(50, 50),
                    numeric=frozenset((1,)),
                )
            )
        else:
            yield self._figure(drawing.bars(part.bars), part.caption, part.description, part.key)

    @part.register
    def _(self, part: Flow) -> Iterator[Block]:
        if self._kind == "md":
            yield {"t": "Para", "c": [build.wrapped("Strong", self._words(part.caption))]}
            yield {"t": "Para", "c": build.text(part.description)}
        else:
            yield self._figure(drawing.flow(part.diagram), part.caption, part.description, part.key)

    def _figure(self, drawn: drawing.Drawing, caption: Words, description: str, key: str) -> Block:
        picture = base64.b64encode(to_png(drawn.svg, drawn.width)).decode()
        size = [["width", f"{drawn.width_cm:.1f}cm"]]
        target = [f"data:image/png;base64,{picture}", ""]
        image = {"t": "Image", "c": [["", [], size], build.text(description), target]}
        return {
            "t": "Figure",
            "c": [
                [key, [], []], [None, [{"t": "Plain", "c": self._words(caption)}]],
                [{"t": "Plain", "c": [image]}],
            ],
        }  # fmt: skip

    @part.register
    def _(self, part: Definitions) -> Iterator[Block]:
        for term, words in part.rows:
            title = build.wrapped("Strong", build.text(f"{term}."))
            yield self._styled(Look.NOTE.value, [title, build.SPACE, *self._words(words)])

    @part.register
    def _(self, part: Columns) -> Iterator[Block]:
        for each in (*part.left, *part.right):
            yield from self.part(each)

    @part.register
    def _(self, _part: ReferenceList) -> Iterator[Block]:
        yield from reference_blocks(self._rendered.entries, self._kind)


def reference_blocks(entries: Sequence[Any], kind: str) -> Iterator[Block]:
    """Yield one paragraph for each work of a list, which citations link to."""
    for entry in entries:
        margin = [*build.text(entry.margin), _TAB[kind]] if entry.margin else []
        inlines = [*margin, *entry.inlines]
        if kind == "md":
            yield {"t": "Para", "c": [_for_markdown(inline) for inline in inlines]}
        else:
            attributes = [f"ref-{entry.key}", [], [["custom-style", "Bibliography"]]]
            yield {"t": "Div", "c": [attributes, [{"t": "Para", "c": inlines}]]}


def _row(cells: Sequence[list[Inline]]) -> list[Any]:
    made = [[_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}]] for cell in cells]
    return [_NO_ATTRIBUTES, made]


def _for_markdown(inline: Inline) -> Inline:
    """Leave out links into the file itself, which Markdown has no anchors for."""
    kind = inline["t"]
    if kind == "Link" and str(inline["c"][2][0]).startswith("#"):
        return {"t": "Span", "c": [_NO_ATTRIBUTES, inline["c"][1]]}
    if kind in ("Cite", "Span"):
        return {"t": "Span", "c": [_NO_ATTRIBUTES, [_for_markdown(child) for child in inline["c"][1]]]}
    if kind in ("Superscript", "Subscript", "Emph", "Strong"):
        return {"t": kind, "c": [_for_markdown(child) for child in inline["c"]]}
    return inline
