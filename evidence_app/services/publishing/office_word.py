"""The edits of a finished docx."""

import copy
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import SubElement

from evidence_app.services.publishing.office_xml import (
    LANDSCAPE,
    PAGE_START,
    SHORT_TABLE,
    UPRIGHT,
    Element,
    read,
    with_properties,
    written,
)

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
NO_CUSTOM_PROPERTIES: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)


def properties(title: str, authors: str) -> bytes:
    """Return the core properties of the document."""
    root = read(b'<cp:coreProperties xmlns:cp="' + _CORE.encode() + b'"/>')
    with_properties(root, title, authors)
    return written(root)


def finished(content: bytes) -> bytes:
    """Return word/document.xml with its page starts and sections in place and its tables kept whole."""
    root = read(content)
    body = _child(root, "body")
    final = body.find(_w("sectPr"))
    is_wide = False
    for paragraph in body.findall(_w("p")):
        style = paragraph.find(f"{_w('pPr')}/{_w('pStyle')}")
        name = style.get(_w("val")) if style is not None else None
        if name == PAGE_START:
            _begin_page(body, paragraph)
        elif name == LANDSCAPE and paragraph is next(iter(body)):
            body.remove(paragraph)  # nothing stands before it: a section that ends here is an empty page
        elif name in (LANDSCAPE, UPRIGHT) and final is not None:
            _end_section(paragraph, final, landscape=name == UPRIGHT)
        is_wide = name == LANDSCAPE if name in (LANDSCAPE, UPRIGHT) else is_wide
    if is_wide and final is not None:
        _turn(final)
    for table in root.iter(_w("tbl")):
        _keep_whole(table.findall(_w("tr")))
    return written(root)


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


def _child(element: Element, name: str, at: int = 0) -> Element:
    """Return a child of this name, made where there is none."""
    found = element.find(_w(name))
    if found is None:
        found = Element(_w(name))
        element.insert(at, found)
    return found


def _begin_page(body: Element, marked: Element) -> None:
    """Move the page break into the paragraph that follows, so that no empty line opens the page."""
    siblings = list(body)
    following = _next_paragraph(siblings[siblings.index(marked) + 1 :])
    target = marked if following is None else following
    shape = _child(target, "pPr")
    if following is None:
        shape.clear()
    else:
        body.remove(marked)
    at = sum(1 for child in shape if child.tag in (_w("pStyle"), _w("keepNext"), _w("keepLines")))
    shape.insert(at, Element(_w("pageBreakBefore")))


def _next_paragraph(siblings: Sequence[Element]) -> Element | None:
    """Return the next paragraph, past bookmarks; None when a table comes first."""
    for following in siblings:
        if following.tag == _w("p"):
            return following
        if following.tag not in (_w("bookmarkStart"), _w("bookmarkEnd")):
            return None
    return None


def _end_section(marked: Element, final: Element, landscape: bool) -> None:
    """Close the section that ends here; it has the page, footer and line numbers of the last one."""
    section = copy.deepcopy(final)
    if landscape:
        _turn(section)
    shape = _child(marked, "pPr")
    shape.clear()
    SubElement(shape, _w("suppressLineNumbers"))
    spacing = SubElement(shape, _w("spacing"))
    for side, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(_w(side), value)
    shape.append(section)


def _turn(section: Element) -> None:
    """Give the pages of a section the long side below."""
    size = section.find(_w("pgSz"))
    if size is not None:
        width, height = size.get(_w("w")) or "", size.get(_w("h")) or ""
        size.set(_w("w"), height)
        size.set(_w("h"), width)
        size.set(_w("orient"), "landscape")


def _keep_whole(rows: Sequence[Element]) -> None:
    """Keep each row on one page, and each row of a short table with the next."""
    for row in rows:
        shape = _child(row, "trPr")
        if shape.find(_w("cantSplit")) is None:
            shape.insert(0, Element(_w("cantSplit")))
    for row in rows[:-1] if len(rows) <= SHORT_TABLE else ():
        for paragraph in row.iter(_w("p")):
            shape = _child(paragraph, "pPr")
            if shape.find(_w("keepNext")) is None:
                shape.insert(len(shape.findall(_w("pStyle"))), Element(_w("keepNext")))
