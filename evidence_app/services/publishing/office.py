"""What pandoc leaves to be done in a finished docx or odt.

Both are zip files of XML; the edits are few: page starts, landscape sections, rows that stay whole, and the
properties pandoc would fill with its own words."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Final

from lxml import etree

from evidence_app.services.publishing.items import cleaned

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FO: Final = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"

PAGE_START: Final = "DeskPageStart"
LANDSCAPE: Final = "DeskLandscape"
UPRIGHT: Final = "DeskUpright"
"""Styles of the empty paragraphs by which the writer says where a page or section begins."""

_SHORT_TABLE: Final = 24
"""Rows up to which a table is kept on one page."""
_STAMP: Final = (2024, 1, 1, 0, 0, 0)


def marker(kind: str, style: str) -> dict[str, object]:
    """Return the raw block that says where a page begins, in the format of the document."""
    if kind == "docx":
        return {"t": "RawBlock", "c": ["openxml", f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>']}
    return {"t": "RawBlock", "c": ["opendocument", f'<text:p text:style-name="{style}"></text:p>']}


def finish_docx(made: bytes, title: str, authors: str = "") -> bytes:
    """Return the docx with its page starts, landscape sections and properties in place."""
    return _edited(
        made,
        {
            "word/document.xml": _word_document,
            "docProps/core.xml": lambda _: _word_properties(title, authors),
            "docProps/custom.xml": lambda _: _NO_CUSTOM,
        },
    )


def finish_odt(made: bytes, title: str, authors: str = "") -> bytes:
    """Return the odt with its page starts, landscape pages and properties in place."""
    return _edited(
        made, {"content.xml": _open_document, "meta.xml": lambda _: _open_properties(title, authors)}
    )


_NO_CUSTOM: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)


def _edited(made: bytes, edits: dict[str, Callable[[bytes], bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in edits:
                content = edits[entry.filename](content)
            kept = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(entry.filename, _STAMP), content, kept)
    return out.getvalue()


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


def _word_document(content: bytes) -> bytes:
    root = etree.fromstring(content)
    body = root.find(_w("body"))
    assert body is not None  # pandoc always writes one
    final = body.find(_w("sectPr"))
    for paragraph in list(body.iterchildren(_w("p"))):
        style = paragraph.find(f"{_w('pPr')}/{_w('pStyle')}")
        name = style.get(_w("val")) if style is not None else None
        if name == PAGE_START:
            _begin_page(paragraph)
        elif name in (LANDSCAPE, UPRIGHT) and final is not None:
            _end_section(paragraph, final, landscape=name == UPRIGHT)
    for row in root.iter(_w("tr")):
        _keep_row(row)
    for table in root.iter(_w("tbl")):
        _keep_table(table)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _begin_page(marked: etree._Element) -> None:
    """Move the page break into the paragraph that follows, so that no empty line opens the page."""
    following = _next_paragraph(marked)
    parent = marked.getparent()
    if following is None or parent is None:
        return
    properties = following.find(_w("pPr"))
    if properties is None:
        properties = etree.Element(_w("pPr"))
        following.insert(0, properties)
    at = sum(1 for child in properties if child.tag in (_w("pStyle"), _w("keepNext"), _w("keepLines")))
    properties.insert(at, etree.Element(_w("pageBreakBefore")))
    parent.remove(marked)


def _next_paragraph(marked: etree._Element) -> etree._Element | None:
    """Return the next paragraph, past bookmarks; None when a table comes first."""
    for following in marked.itersiblings():
        if following.tag == _w("p"):
            return following
        if following.tag not in (_w("bookmarkStart"), _w("bookmarkEnd")):
            return None
    return None


def _end_section(marked: etree._Element, final: etree._Element, landscape: bool) -> None:
    """Close the section that ends here; it has the page, footer and line numbers of the last one."""
    properties = marked.find(_w("pPr"))
    section = etree.fromstring(etree.tostring(final))
    size = section.find(_w("pgSz"))
    if landscape and size is not None:
        width, height = size.get(_w("w")) or "", size.get(_w("h")) or ""
        size.set(_w("w"), height)
        size.set(_w("h"), width)
        size.set(_w("orient"), "landscape")
    if properties is not None:
        style = properties.find(_w("pStyle"))
        if style is not None:
            properties.remove(style)
        for tag in ("suppressLineNumbers", "spacing"):
            properties.append(etree.Element(_w(tag)))
        spacing = properties.find(_w("spacing"))
        if spacing is not None:
            for side, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
                spacing.set(_w(side), value)
        properties.append(section)


def _keep_row(row: etree._Element) -> None:
    properties = row.find(_w("trPr"))
    if properties is None:
        properties = etree.Element(_w("trPr"))
        row.insert(0, properties)
    if properties.find(_w("cantSplit")) is None:
        properties.insert(0, etree.Element(_w("cantSplit")))


def _keep_table(table: etree._Element) -> None:
    """Keep a short table on one page: each row but the last stays with the next."""
    rows = table.findall(_w("tr"))
    for row in rows[:-1] if len(rows) <= _SHORT_TABLE else ():
        for paragraph in row.iter(_w("p")):
            properties = paragraph.find(_w("pPr"))
            if properties is not None and properties.find(_w("keepNext")) is None:
                at = 1 if properties.find(_w("pStyle")) is not None else 0
                properties.insert(at, etree.Element(_w("keepNext")))


def _word_properties(title: str, authors: str) -> bytes:
    root = etree.fromstring(
        b'<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
        b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    )
    for name, text in (("title", title), ("creator", authors), ("language", "en-GB")):
        etree.SubElement(root, f"{{http://purl.org/dc/elements/1.1/}}{name}").text = cleaned(text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _open_properties(title: str, authors: str) -> bytes:
    root = etree.fromstring(
        b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta/>'
        b"</office:document-meta>"
    )
    for name, text in (("title", title), ("creator", authors), ("language", "en-GB")):
        etree.SubElement(root[0], f"{{http://purl.org/dc/elements/1.1/}}{name}").text = cleaned(text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _open_document(content: bytes) -> bytes:
    root = etree.fromstring(content)
    automatic = root.find(f"{{{_OFFICE}}}automatic-styles")
    assert automatic is not None  # pandoc always writes one
    name = f"{{{_TEXT}}}style-name"
    for styled in root.iter():
        # pandoc writes the names of custom styles as shown; in the file a space is spelled _20_
        for attribute in (name, f"{{{_STYLE}}}parent-style-name"):
            if " " in (written := styled.get(attribute) or ""):
                styled.set(attribute, written.replace(" ", "_20_"))
    for at, paragraph in enumerate(list(root.iter(f"{{{_TEXT}}}p"))):
        style, following = paragraph.get(name), paragraph.getnext()
        if style not in (PAGE_START, LANDSCAPE, UPRIGHT):
            continue
        parent = paragraph.getparent()
        target = _first_text(following)
        if parent is None or target is None:
            continue
        made = etree.SubElement(automatic, f"{{{_STYLE}}}style")
        made.set(f"{{{_STYLE}}}name", f"Start{at}")
        made.set(f"{{{_STYLE}}}family", "paragraph")
        made.set(f"{{{_STYLE}}}parent-style-name", target.get(name) or "Standard")
        if style == PAGE_START:
            etree.SubElement(made, f"{{{_STYLE}}}paragraph-properties").set(f"{{{_FO}}}break-before", "page")
        else:
            page = "Landscape" if style == LANDSCAPE else "Standard"
            made.set(f"{{{_STYLE}}}master-page-name", page)
        target.set(name, f"Start{at}")
        parent.remove(paragraph)
    _rule_tables(automatic)
    _keep_open_tables(root, automatic)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _first_text(element: etree._Element | None) -> etree._Element | None:
    while element is not None:
        found = next(element.iter(f"{{{_TEXT}}}p", f"{{{_TEXT}}}h"), None)
        if found is not None:
            return found
        element = element.getnext()
    return None


def _rule_tables(automatic: etree._Element) -> None:
    """Give cells the three rules of our tables; pandoc writes them without any."""
    for style in automatic.iterchildren(f"{{{_STYLE}}}style"):
        if style.get(f"{{{_STYLE}}}family") != "table-cell":
            continue
        header = re.search("Header", style.get(f"{{{_STYLE}}}name") or "") is not None
        properties = style.find(f"{{{_STYLE}}}table-cell-properties")
        if properties is None:
            properties = etree.SubElement(style, f"{{{_STYLE}}}table-cell-properties")
        properties.attrib.clear()
        properties.set(f"{{{_FO}}}padding", "0.09cm")
        properties.set(f"{{{_FO}}}border-bottom", "1pt solid #1C1E23" if header else "0.5pt solid #CFCFCA")
        if header:
            properties.set(f"{{{_FO}}}border-top", "1pt solid #1C1E23")


def _keep_open_tables(root: etree._Element, automatic: etree._Element) -> None:
    """Keep short tables on one page, and set all to the left."""
    name = f"{{{_TABLE}}}style-name"
    short = {
        table.get(name)
        for table in root.iter(f"{{{_TABLE}}}table")
        if sum(1 for _ in table.iter(f"{{{_TABLE}}}table-row")) <= _SHORT_TABLE
    }
    for style in automatic.iterchildren(f"{{{_STYLE}}}style"):
        properties = style.find(f"{{{_STYLE}}}table-properties")
        if properties is None:
            continue
        properties.set(f"{{{_TABLE}}}align", "left")
        if style.get(f"{{{_STYLE}}}name") in short:
            properties.set(f"{{{_STYLE}}}may-break-between-rows", "false")
