"""The parts of a reference docx, written out from the table of styles."""

from reference_styles import ACCENT, INK, LINE, SOFT, Sheet, Style, styles_of

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
        f'<w:outlineLvl w:val="{max(style.level - 1, 0)}"/>' if style.level or style.heads else "",
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
        f'<w:rPr>{word_fonts(sheet.head)}<w:color w:val="{ACCENT}"/><w:sz w:val="26"/></w:rPr></w:style>'
    )
    paragraphs = "".join(word_style(style) for style in styles_of(sheet) if style.only != "odt")
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
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        "</w:style>"
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
