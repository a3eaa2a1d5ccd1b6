"""Make the reference documents whose styles, page and line numbers the exports take over.

    python resources/publishing/make_reference.py

writes `journal.docx`, `journal.odt`, `commissioner.docx` and `commissioner.odt` beside itself. Both formats
come from one table of styles, so that they cannot drift apart; every part of the files is written here."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

INK, SOFT, LINE, TINT, ACCENT = "1C1E23", "545964", "CFCFCA", "F5F5F3", "3348B2"
HERE = Path(__file__).parent
STAMP = (2024, 1, 1, 0, 0, 0)


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
        replace(caption, name="Table", base="Caption", before=12, after=6, keep=True),
        replace(caption, name="Figure Caption", base="Caption"),
        Style(name="Captioned Figure", before=12, keep=True, odt="FigureWithCaption"),
        Style(name="Figure", before=12, keep=True),
        note, Style(name="Small Print", size=small, colour=SOFT, after=6, line=1.2),
        Style(name="Kicker", font="Arial", size=9, colour=SOFT, after=2, keep=True),
        Style(name="Lead", after=8, line=1.3), Style(name="Evidence Strip", font="Arial", size=9, colour=SOFT,
                                                     after=6, line=1.2, keep=True),
        Style(name="Strip End", font="Arial", size=9, colour=SOFT, after=10, line=1.2),
        Style(name="Definition", font=head, size=sheet.size + 1.5, italic=True, after=8, line=1.3),
        Style(name="Answer", ground=TINT, before=0, after=0, line=1.35, left=0.3),
        Style(name="Message", left=0.9, first=-0.9, after=2, line=1.3, keep=True),
        Style(name="Message Strip", font="Arial", size=9, colour=SOFT, left=0.9, after=9, line=1.2),
        Style(name="Aside Title", rule=True, left=0.4, font="Arial", size=10, bold=True, before=10, keep=True,
              line=1.3),
        Style(name="Aside", rule=True, left=0.4, line=1.3, after=0),
        Style(name="Aside End", rule=True, left=0.4, line=1.3, after=10),
        Style(name="Warning", rule=True, left=0.4, line=1.3, before=4, after=10),
        Style(name="List Line", left=0.7, first=-0.5, after=3, line=1.3),
        Style(name="Bibliography", after=4, line=1.5, left=1.0, first=-1.0, odt="Bibliography 1"),
        Style(name="Footnote Text", size=10, after=2, odt="Footnote"),
        Style(name="Block Text", base="Body Text", left=1.0, line=1.3, odt="Quotations"),
        Style(name="Footer", font="Arial", size=9, colour=SOFT, centred=True, unnumbered=True),
    )  # fmt: skip


JOURNAL = Sheet(
    name="journal", body="Times New Roman", head="Arial", size=12, margin=2.5, numbered_lines=True,
    styles=(
        Style(name="Body Text", following="Body Text", line=2.0, first=1.0),
        Style(name="First Paragraph", base="Body Text", following="Body Text", line=2.0, odt="First paragraph"),
        Style(name="Abstract", line=2.0, after=6), Style(name="Lead", line=2.0),
        Style(name="Strip End", line=2.0), Style(name="Evidence Strip", line=2.0),
        Style(name="List Line", left=1.0, first=-0.6, line=2.0),
    ),
)  # fmt: skip
COMMISSIONER = Sheet(
    name="commissioner", body="Arial", head="Georgia", size=10.5, margin=2.5, numbered_lines=False,
    styles=(
        Style(name="Title", following="Subtitle", font="Georgia", size=23, bold=True, after=4, line=1.1),
        Style(name="Subtitle", font="Arial", size=13, colour=SOFT, after=14, line=1.2),
        Style(name="Heading 1", following="First Paragraph", font="Georgia", size=20, bold=True, before=6,
              after=10, line=1.15, keep=True, level=1),
        Style(name="Heading 2", following="First Paragraph", font="Georgia", size=13, bold=True, before=14,
              after=5, line=1.2, keep=True, level=2),
        Style(name="Heading 3", following="First Paragraph", font="Arial", size=10.5, bold=True, before=10,
              after=4, line=1.2, keep=True, level=3),
        Style(name="Bibliography", size=9, after=4, line=1.2, left=1.0, first=-1.0, odt="Bibliography 1"),
    ),
)  # fmt: skip

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TWIPS = 566.93
"""Twentieths of a point in a centimetre."""


def word_fonts(font: str) -> str:
    """Return the fonts of a style; the east Asian one stays the reader's own."""
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else ""


def word_style(style: Style) -> str:
    """Return a paragraph style of a docx."""
    style_id = style.name.replace(" ", "")
    following = f'<w:next w:val="{style.following.replace(" ", "")}"/>' if style.following else ""
    name = style.name.lower() if style.level or style.name in ("Caption", "Footer") else style.name
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{style.base.replace(" ", "")}"/>{following}<w:qFormat/>'
        f"<w:pPr>{word_paragraph(style)}</w:pPr><w:rPr>{word_run(style)}</w:rPr></w:style>"
    )


def word_paragraph(style: Style) -> str:
    """Return a style's paragraph properties, in the order the schema wants."""
    rule = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/></w:pBdr>'
    ground = style.ground and (
        f'<w:pBdr><w:top w:val="single" w:sz="36" w:space="0" w:color="{style.ground}"/>'
        f'<w:bottom w:val="single" w:sz="36" w:space="0" w:color="{style.ground}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{style.ground}"/>'
    )
    first = round(style.first * TWIPS)
    indent = f'w:hanging="{-first}"' if first < 0 else f'w:firstLine="{first}"'
    return "".join((
        "<w:keepNext/><w:keepLines/>" if style.keep else '<w:keepNext w:val="0"/>', "<w:widowControl/>",
        "<w:suppressLineNumbers/>" if style.unnumbered else "", rule if style.rule else "", ground,
        f'<w:spacing w:before="{style.before * 20:.0f}" w:after="{style.after * 20:.0f}"'
        f' w:line="{style.line * 240:.0f}" w:lineRule="auto"/>',
        f'<w:ind w:left="{style.left * TWIPS:.0f}" {indent}/>',
        '<w:jc w:val="center"/>' if style.centred else "",
        f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "",
    ))  # fmt: skip


def word_run(style: Style) -> str:
    """Return a style's character properties."""

    def switch(tag: str, on: bool | None) -> str:
        return "" if on is None else f'<w:{tag} w:val="{int(on)}"/>'

    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    size = f'<w:sz w:val="{style.size * 2:.0f}"/><w:szCs w:val="{style.size * 2:.0f}"/>' if style.size else ""
    return f"{word_fonts(style.font)}{switch('b', style.bold)}{switch('i', style.italic)}{colour}{size}"


def word_styles(sheet: Sheet) -> str:
    """Return styles.xml of a docx: the base, paragraphs, characters and the one table style."""
    base = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{word_fonts(sheet.body)}"
        f'<w:color w:val="{INK}"/><w:sz w:val="{sheet.size * 2:.0f}"/><w:szCs w:val="{sheet.size * 2:.0f}"/>'
        '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    characters = (
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="LineNumber"><w:name w:val="line number"/>'
        f'<w:rPr>{word_fonts("Arial")}<w:color w:val="{SOFT}"/><w:sz w:val="16"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="MessageNumber"><w:name w:val="Message Number"/>'
        f'<w:rPr>{word_fonts(sheet.head)}<w:color w:val="{ACCENT}"/><w:sz w:val="32"/></w:rPr></w:style>'
    )
    paragraphs = "".join(word_style(style) for style in styles_of(sheet))
    return f"{HEAD}<w:styles {W}>{base}{paragraphs}{characters}{word_table()}</w:styles>"


def word_table() -> str:
    """Return the table style: three rules, no boxes."""

    def side(name: str, size: int, colour: str) -> str:
        return f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    margins = "".join(
        f'<w:{name} w:w="{width}" w:type="dxa"/>'
        for name, width in (("top", 50), ("left", 85), ("bottom", 50), ("right", 85))
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{side('top', 8, INK)}{side('bottom', 8, INK)}{side('insideH', 2, LINE)}"
        f"</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
        f"{side('bottom', 8, INK)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    )


def word_section(sheet: Sheet) -> str:
    """Return the section: A4, margins, page number below, line numbers that run through."""
    margin = round(sheet.margin * TWIPS)
    lines = (
        '<w:lnNumType w:countBy="1" w:distance="340" w:restart="continuous"/>' if sheet.numbered_lines else ""
    )
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId9"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}"'
        f' w:header="708" w:footer="708" w:gutter="0"/>{lines}</w:sectPr>'
    )


def word_files(sheet: Sheet) -> dict[str, str]:
    """Return the parts of a docx."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    page = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{types}.styles+xml"/>'
            f'<Override PartName="/word/footer1.xml" ContentType="{types}.footer+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/_rels/document.xml.rels": (
            f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId9" Type="{office}/footer" Target="footer1.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f"{HEAD}<w:document {W} {R}><w:body><w:p><w:r><w:t>Styles of the {sheet.name} profile</w:t></w:r>"
            f"</w:p>{word_section(sheet)}</w:body></w:document>"
        ),
        "word/styles.xml": word_styles(sheet),
        "word/footer1.xml": (
            f'{HEAD}<w:ftr {W} {R}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{page.format("begin")}{code}'
            f"{page.format('end')}</w:p></w:ftr>"
        ),
    }


ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
    for prefix, rest in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"),
    )
)  # fmt: skip


def open_name(name: str) -> str:
    """Return a style's name as odt spells it in attributes."""
    return name.replace(" ", "_20_")


def open_style(style: Style) -> str:
    """Return a paragraph style of an odt."""
    name = style.odt or style.name
    base = {"Normal": "Standard", "Compact": "Table Contents"}.get(style.base, style.base)
    base = "Text body" if base == "Body Text" else base
    name = "Text body" if name == "Body Text" else name
    level = f' style:default-outline-level="{style.level}"' if style.level else ""
    return (
        f'<style:style style:name="{open_name(name)}" style:display-name={quoteattr(name)}'
        f' style:family="paragraph" style:parent-style-name="{open_name(base)}"{level}>'
        f"<style:paragraph-properties {open_paragraph(style)}/>"
        f"<style:text-properties {open_run(style)}/></style:style>"
    )


def open_paragraph(style: Style) -> str:
    """Return a style's paragraph properties."""
    made = [
        f'fo:margin-top="{style.before}pt" fo:margin-bottom="{style.after}pt"',
        f'fo:margin-left="{style.left}cm" fo:margin-right="0cm" fo:text-indent="{style.first}cm"',
        f'fo:line-height="{style.line * 100:.0f}%" fo:orphans="2" fo:widows="2"',
        f'fo:keep-with-next="{"always" if style.keep else "auto"}"',
        f'text:number-lines="{"false" if style.unnumbered else "true"}"',
    ]
    if style.centred:
        made.append('fo:text-align="center"')
    if style.rule:
        made.append(
            f'fo:border-left="2.2pt solid #{ACCENT}" fo:padding-left="0.3cm" style:join-border="true"'
        )
    if style.ground:
        made.append(f'fo:background-color="#{style.ground}" fo:padding="0.15cm" fo:border="none"')
    return " ".join(made)


def open_run(style: Style) -> str:
    """Return a style's character properties."""
    made = []
    if style.font:
        made.append(f'style:font-name="{style.font}" fo:font-family="{style.font}"')
        made.append(f'style:font-name-complex="{style.font}"')
    if style.size:
        made.append("".join(f' {p}font-size{s}="{style.size}pt"' for p, s in OPEN_SCRIPTS).strip())
    if style.bold is not None:
        weight = "bold" if style.bold else "normal"
        made.append("".join(f' {p}font-weight{s}="{weight}"' for p, s in OPEN_SCRIPTS).strip())
    if style.italic is not None:
        slope = "italic" if style.italic else "normal"
        made.append("".join(f' {p}font-style{s}="{slope}"' for p, s in OPEN_SCRIPTS).strip())
    if style.colour:
        made.append(f'fo:color="#{style.colour}"')
    return " ".join(made)


OPEN_SCRIPTS = (("fo:", ""), ("style:", "-asian"), ("style:", "-complex"))


def open_styles(sheet: Sheet) -> str:
    """Return styles.xml of an odt, with both page layouts and the numbering of lines."""
    fonts = "".join(
        f'<style:font-face style:name="{font}" svg:font-family="{escape(font)}"/>'
        for font in ("Times New Roman", "Arial", "Georgia")
    )
    default = (
        '<style:default-style style:family="paragraph"><style:paragraph-properties'
        ' style:tab-stop-distance="1.25cm"/><style:text-properties'
        f' style:font-name="{sheet.body}" fo:font-size="{sheet.size}pt" style:font-size-asian="{sheet.size}pt"'
        f' style:font-size-complex="{sheet.size}pt" fo:color="#{INK}" fo:language="en" fo:country="GB"/>'
        '</style:default-style><style:style style:name="Standard" style:family="paragraph"/>'
        '<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard"/>'
    )
    characters = "".join(
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}"'
        f' style:family="text"><style:text-properties {properties}/></style:style>'
        for name, properties in (
            ("Emphasis", 'fo:font-style="italic" style:font-style-asian="italic"'),
            ("Strong_20_Emphasis", 'fo:font-weight="bold" style:font-weight-asian="bold"'),
            ("Superscript", 'style:text-position="super 62%"'), ("Subscript", 'style:text-position="sub 62%"'),
            ("Internet_20_link", f'fo:color="#{INK}" style:text-underline-style="none"'),
            ("Visited_20_Internet_20_Link", f'fo:color="#{INK}" style:text-underline-style="none"'),
            ("Line_20_numbering", f'fo:color="#{SOFT}" fo:font-size="8pt" style:font-name="Arial"'),
            ("Footnote_20_anchor", 'style:text-position="super 62%"'),
            ("Message_20_Number", f'fo:color="#{ACCENT}" fo:font-size="16pt" style:font-name="{sheet.head}"'),
        )
    )  # fmt: skip
    paragraphs = "".join(open_style(style) for style in styles_of(sheet))
    lines = (
        '<text:linenumbering-configuration text:style-name="Line_20_numbering" text:offset="0.5cm"'
        ' style:num-format="1" text:number-position="left" text:increment="1"'
        f' text:number-lines="{"true" if sheet.numbered_lines else "false"}"/>'
    )
    return (
        f'{HEAD}<office:document-styles {ODF} office:version="1.2"><office:font-face-decls>{fonts}'
        f"</office:font-face-decls><office:styles>{default}{paragraphs}{characters}{lines}</office:styles>"
        f"{open_pages(sheet)}</office:document-styles>"
    )


def open_pages(sheet: Sheet) -> str:
    """Return the two page layouts, upright and landscape, with the page number below."""
    footer = (
        '<style:footer><text:p text:style-name="Footer"><text:page-number'
        ' text:select-page="current">1</text:page-number></text:p></style:footer>'
    )
    layouts = "".join(
        f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}cm"'
        f' fo:page-height="{height}cm" style:print-orientation="{turn}" fo:margin="{sheet.margin}cm"/>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.4cm"/>'
        "</style:footer-style></style:page-layout>"
        for name, width, height, turn in (("Upright", 21, 29.7, "portrait"), ("Wide", 29.7, 21, "landscape"))
    )
    return (
        f"<office:automatic-styles>{layouts}</office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="Standard" style:page-layout-name="Upright">{footer}'
        f'</style:master-page><style:master-page style:name="Landscape" style:page-layout-name="Wide">'
        f"{footer}</style:master-page></office:master-styles>"
    )


def open_files(sheet: Sheet) -> dict[str, str]:
    """Return the parts of an odt."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (
            ("/", "application/vnd.oasis.opendocument.text"), ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"), ("meta.xml", "text/xml"),
        )
    )  # fmt: skip
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f'{HEAD}<office:document-content {ODF} office:version="1.2"><office:body><office:text><text:p>'
            f"Styles of the {sheet.name} profile</text:p></office:text></office:body></office:document-content>"
        ),
        "styles.xml": open_styles(sheet),
        "meta.xml": f'{HEAD}<office:document-meta {ODF} office:version="1.2"><office:meta/></office:document-meta>',
        "META-INF/manifest.xml": (
            f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            f' manifest:version="1.2">{entries}</manifest:manifest>'
        ),
    }


def pack(path: Path, files: dict[str, str]) -> None:
    """Write the parts; the same parts give the same bytes."""
    with zipfile.ZipFile(path, "w") as made:
        for name, content in files.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, STAMP), content.encode(), stored)


def main(folder: Path = HERE) -> None:
    """Write all four reference documents."""
    for sheet in (JOURNAL, COMMISSIONER):
        pack(folder / f"{sheet.name}.docx", word_files(sheet))
        pack(folder / f"{sheet.name}.odt", open_files(sheet))


if __name__ == "__main__":
    main()
