"""The styles of the exports as one table, for docx and odt alike, and the two profiles' sheets."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

INK, SOFT, LINE, TINT, ACCENT = "1C1E23", "545964", "CFCFCA", "F5F5F3", "3348B2"


@dataclass(frozen=True, kw_only=True)
class Style:
    """A paragraph style; lengths in points, indents in centimetres, `line` in lines."""

    name: str
    base: str = "Normal"
    following: str = ""
    font: str = ""
    size: float = 0
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    before: float = 0
    after: float = 0
    line: float = 1.0
    left: float = 0
    first: float = 0
    keep: bool = False
    centred: bool = False
    level: int = 0
    rule: bool = False
    ground: str = ""
    unnumbered: bool = False
    heads: bool = False
    """Whether it is listed in the outline without being one of the headings."""
    only: str = ""
    """The one format that has the style, where the other must not."""
    odt: str = ""
    """The name pandoc gives the style in an odt, where it differs."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one profile looks like."""

    name: str
    body: str
    head: str
    size: float
    margin: float
    numbered_lines: bool
    styles: tuple[Style, ...] = field(default=())


def styles_of(sheet: Sheet) -> Iterator[Style]:
    """Yield the styles both profiles have, then replace what the profile sets itself."""
    own = {style.name: style for style in sheet.styles}
    for style in common(sheet):
        yield own.pop(style.name, style)
    yield from own.values()


def common(sheet: Sheet) -> tuple[Style, ...]:
    """Return the styles pandoc and the summary writer use, in the profile's fonts."""
    head, small = sheet.head, max(sheet.size - 3, 8.5)
    heading = Style(name="Heading 1", following="First Paragraph", font=head, size=14, bold=True, before=18,
                    after=6, line=1.2, keep=True, level=1)  # fmt: skip
    caption = Style(name="Caption", font="Arial", size=10, before=4, after=14, line=1.15)
    note = Style(name="Table Note", font="Arial", size=9, colour=SOFT, before=4, after=14, line=1.15)
    return (
        Style(name="Body Text", following="Body Text", after=6, line=1.25),
        Style(name="First Paragraph", base="Body Text", following="Body Text", after=6, line=1.25,
              odt="First paragraph"),
        Style(name="Compact", font="Arial", size=9, line=1.05, odt="Table Contents"),
        Style(name="Table Heading", base="Compact", font="Arial", size=9, bold=True, line=1.05),
        Style(name="Title", following="Author", font=head, size=18, bold=True, before=60, after=18, line=1.2),
        Style(name="Subtitle", font=head, size=13, after=12, line=1.3),
        Style(name="Author", after=8, line=1.5), Style(name="Date", after=6, line=1.5),
        Style(name="Title Page", size=11, after=6, line=1.5),
        Style(name="Abstract Title", base="Heading 1", font=head, size=14, bold=True, after=6, keep=True),
        Style(name="Abstract", after=6, line=1.5), heading,
        replace(heading, name="Heading 2", size=12, before=14, level=2),
        replace(heading, name="Heading 3", size=12, bold=False, italic=True, before=10, after=4, level=3),
        replace(heading, name="Heading 4", size=11, bold=False, italic=True, before=8, after=2, level=4),
        caption, replace(caption, name="Table Caption", base="Caption", before=12, after=6, keep=True,
                         odt="TableCaption"),
        replace(caption, name="Image Caption", base="Caption", odt="FigureCaption"),
        replace(caption, name="Table", base="Caption", before=12, after=6, keep=True, only="odt"),
        replace(caption, name="Figure Caption", base="Caption"),
        Style(name="Captioned Figure", before=12, keep=True, odt="FigureWithCaption"),
        Style(name="Figure", before=12, keep=True),
        note, Style(name="Small Print", size=small, colour=SOFT, after=6, line=1.2),
        Style(name="Brief Heading", font="Arial", size=9, bold=True, colour=SOFT, keep=True, heads=True),
        Style(name="Kicker", font="Arial", size=9, colour=SOFT, after=2, keep=True),
        Style(name="Lead", after=8, line=1.3), Style(name="Evidence Strip", font="Arial", size=9, colour=SOFT,
                                                     after=6, line=1.2, keep=True),
        Style(name="Strip End", font="Arial", size=9, colour=SOFT, after=10, line=1.2),
        Style(name="Definition", font=head, size=sheet.size + 1.5, italic=True, after=8, line=1.3),
        Style(name="Answer", ground=TINT, line=1.25, left=0.3),
        Style(name="Message", left=0.9, first=-0.9, after=1, line=1.15, keep=True),
        Style(name="Message Strip", font="Arial", size=9, colour=SOFT, left=0.9, after=5, line=1.1),
        Style(name="Aside Title", rule=True, left=0.4, font="Arial", size=10, bold=True, before=10, keep=True,
              line=1.3),
        Style(name="Aside", rule=True, left=0.4, line=1.3, after=0),
        Style(name="Aside End", rule=True, left=0.4, line=1.3, after=10),
        Style(name="Warning", rule=True, left=0.4, line=1.3, before=4, after=10),
        Style(name="List Line", left=0.7, first=-0.5, after=3, line=1.3),
        Style(name="Bibliography", after=4, line=1.5, left=1.0, first=-1.0),
        Style(name="Footnote Text", size=10, after=2, odt="Footnote"),
        Style(name="Block Text", base="Body Text", left=1.0, line=1.3, odt="Quotations"),
        Style(name="Footer", font="Arial", size=9, colour=SOFT, centred=True, unnumbered=True),
    )  # fmt: skip


JOURNAL = Sheet(
    name="journal", body="Times New Roman", head="Arial", size=12, margin=2.5, numbered_lines=True,
    styles=(
        Style(name="Body Text", following="Body Text", line=2.0, first=1.0),
        Style(name="First Paragraph", base="Body Text", following="Body Text", line=2.0,
              odt="First paragraph"),
        Style(name="Abstract", line=2.0, after=6), Style(name="Lead", line=2.0),
        Style(name="Strip End", line=2.0), Style(name="Evidence Strip", line=2.0),
        Style(name="List Line", left=1.0, first=-0.6, line=2.0),
    ),
)  # fmt: skip
COMMISSIONER = Sheet(
    name="commissioner", body="Arial", head="Georgia", size=9.5, margin=2.0, numbered_lines=False,
    styles=(
        Style(name="Body Text", following="Body Text", after=5, line=1.12),
        Style(name="First Paragraph", base="Body Text", following="Body Text", after=5, line=1.12,
              odt="First paragraph"),
        Style(name="Evidence Strip", font="Arial", size=8.5, colour=SOFT, after=3, line=1.1, keep=True),
        Style(name="Definition", font="Georgia", size=11, italic=True, after=6, line=1.15),
        Style(name="Aside Title", rule=True, left=0.4, font="Arial", size=9.5, bold=True, before=7, keep=True,
              line=1.15),
        Style(name="Aside", rule=True, left=0.4, line=1.12, after=0),
        Style(name="Aside End", rule=True, left=0.4, line=1.12, after=8),
        Style(name="List Line", left=0.7, first=-0.5, after=2, line=1.12),
        Style(name="Title", following="Subtitle", font="Georgia", size=21, bold=True, after=4, line=1.05),
        Style(name="Subtitle", font="Arial", size=13, colour=SOFT, after=8, line=1.15),
        Style(name="Heading 1", following="First Paragraph", font="Georgia", size=20, bold=True, before=6,
              after=10, line=1.15, keep=True, level=1),
        Style(name="Heading 2", following="First Paragraph", font="Georgia", size=13, bold=True, before=9,
              after=3, line=1.1, keep=True, level=2),
        Style(name="Heading 3", following="First Paragraph", font="Arial", size=10.5, bold=True, before=10,
              after=4, line=1.2, keep=True, level=3),
        Style(name="Bibliography", size=8.5, after=3, line=1.08, left=1.0, first=-1.0),
    ),
)  # fmt: skip
