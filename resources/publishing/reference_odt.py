"""The parts of a reference odt, written out from the table of styles."""

from xml.sax.saxutils import escape, quoteattr

from reference_styles import ACCENT, INK, SOFT, Sheet, Style, styles_of

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
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
        f' style:font-name="{sheet.body}" fo:font-size="{sheet.size}pt"'
        f' style:font-size-asian="{sheet.size}pt" style:font-size-complex="{sheet.size}pt"'
        f' fo:color="#{INK}" fo:language="en" fo:country="GB"/>'
        '</style:default-style><style:style style:name="Standard" style:family="paragraph"/>'
        '<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard"/>'
    )
    characters = "".join(
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}"'
        f' style:family="text"><style:text-properties {properties}/></style:style>'
        for name, properties in (
            ("Emphasis", 'fo:font-style="italic" style:font-style-asian="italic"'),
            ("Strong_20_Emphasis", 'fo:font-weight="bold" style:font-weight-asian="bold"'),
            ("Superscript", 'style:text-position="super 62%"'),
            ("Subscript", 'style:text-position="sub 62%"'),
            ("Internet_20_link", f'fo:color="#{INK}" style:text-underline-style="none"'),
            ("Visited_20_Internet_20_Link", f'fo:color="#{INK}" style:text-underline-style="none"'),
            ("Line_20_numbering", f'fo:color="#{SOFT}" fo:font-size="8pt" style:font-name="Arial"'),
            ("Footnote_20_anchor", 'style:text-position="super 62%"'),
            ("Message_20_Number", f'fo:color="#{ACCENT}" fo:font-size="13pt" style:font-name="{sheet.head}"'),
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
        f' fo:page-height="{height}cm" style:print-orientation="{turn}"'
        f' fo:margin-top="{sheet.margin}cm" fo:margin-left="{sheet.margin}cm"'
        f' fo:margin-right="{sheet.margin}cm" fo:margin-bottom="{sheet.margin - 1:.1f}cm"/>'
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
            f"Styles of the {sheet.name} profile</text:p></office:text></office:body>"
            "</office:document-content>"
        ),
        "styles.xml": open_styles(sheet),
        "meta.xml": (
            f'{HEAD}<office:document-meta {ODF} office:version="1.2"><office:meta/></office:document-meta>'
        ),
        "META-INF/manifest.xml": (
            f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            f' manifest:version="1.2">{entries}</manifest:manifest>'
        ),
    }
