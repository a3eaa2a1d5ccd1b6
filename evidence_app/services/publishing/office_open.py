"""The edits of a finished odt."""

from typing import Final
from xml.etree.ElementTree import SubElement

from evidence_app.services.publishing.office_xml import (
    LANDSCAPE,
    PAGE_START,
    SHORT_TABLE,
    UPRIGHT,
    Element,
    parents,
    read,
    with_properties,
    written,
)

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT: Final = f"{{{_ODF}:text:1.0}}"
_STYLE: Final = f"{{{_ODF}:style:1.0}}"
_FO: Final = f"{{{_ODF}:xsl-fo-compatible:1.0}}"
_OFFICE: Final = f"{{{_ODF}:office:1.0}}"
_TABLE: Final = f"{{{_ODF}:table:1.0}}"
_NAME: Final = f"{_TEXT}style-name"


def properties(title: str, authors: str) -> bytes:
    """Return meta.xml of the document."""
    root = read(
        f'<office:document-meta xmlns:office="{_ODF}:office:1.0" office:version="1.2">'
        "<office:meta/></office:document-meta>".encode()
    )
    with_properties(root[0], title, authors)
    return written(root)


def finished(content: bytes) -> bytes:
    """Return content.xml with its page starts in place, its tables ruled and short ones kept whole."""
    root = read(content)
    automatic = root.find(f"{_OFFICE}automatic-styles")
    if automatic is None:
        automatic = SubElement(root, f"{_OFFICE}automatic-styles")
    _spell_names(root)
    _begin_pages(root, automatic)
    _rule_cells(automatic)
    _place_tables(root, automatic)
    return written(root)


def _spell_names(root: Element) -> None:
    """Spell spaces in style names as the format wants it; pandoc writes custom styles as they are shown."""
    for element in root.iter():
        for attribute in (_NAME, f"{_STYLE}parent-style-name"):
            if " " in (shown := element.get(attribute) or ""):
                element.set(attribute, shown.replace(" ", "_20_"))


def _begin_pages(root: Element, automatic: Element) -> None:
    """Replace each mark of a page start by a style of the paragraph that follows."""
    holders = parents(root)
    marked = [each for each in root.iter(f"{_TEXT}p") if each.get(_NAME) in (PAGE_START, LANDSCAPE, UPRIGHT)]
    for at, paragraph in enumerate(marked):
        holder = holders[paragraph]
        siblings = list(holder)
        later = siblings[siblings.index(paragraph) + 1 :]
        target = _first_text(later)
        if target is not None:
            _start(automatic, f"Start{at}", paragraph.get(_NAME) or "", target)
        holder.remove(paragraph)


def _first_text(elements: list[Element]) -> Element | None:
    for element in elements:
        for each in element.iter():
            if each.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                return each
    return None


def _start(automatic: Element, name: str, mark: str, target: Element) -> None:
    made = SubElement(automatic, f"{_STYLE}style")
    made.set(f"{_STYLE}name", name)
    made.set(f"{_STYLE}family", "paragraph")
    made.set(f"{_STYLE}parent-style-name", target.get(_NAME) or "Standard")
    if mark == PAGE_START:
        SubElement(made, f"{_STYLE}paragraph-properties").set(f"{_FO}break-before", "page")
    else:
        made.set(f"{_STYLE}master-page-name", "Landscape" if mark == LANDSCAPE else "Standard")
    target.set(_NAME, name)


def _rule_cells(automatic: Element) -> None:
    """Give cells the three rules of our tables; pandoc writes them without any."""
    for style in automatic.findall(f"{_STYLE}style"):
        if style.get(f"{_STYLE}family") != "table-cell":
            continue
        header = "Header" in (style.get(f"{_STYLE}name") or "")
        shape = style.find(f"{_STYLE}table-cell-properties")
        if shape is None:
            shape = SubElement(style, f"{_STYLE}table-cell-properties")
        shape.attrib.clear()
        shape.set(f"{_FO}padding", "0.09cm")
        shape.set(f"{_FO}border-bottom", "1pt solid #1C1E23" if header else "0.5pt solid #CFCFCA")
        if header:
            shape.set(f"{_FO}border-top", "1pt solid #1C1E23")


def _place_tables(root: Element, automatic: Element) -> None:
    """Set tables to the left, and keep short ones on one page."""
    short = {
        table.get(f"{_TABLE}style-name")
        for table in root.iter(f"{_TABLE}table")
        if sum(1 for _ in table.iter(f"{_TABLE}table-row")) <= SHORT_TABLE
    }
    for style in automatic.findall(f"{_STYLE}style"):
        shape = style.find(f"{_STYLE}table-properties")
        if shape is None:
            continue
        shape.set(f"{_TABLE}align", "left")
        if style.get(f"{_STYLE}name") in short:
            shape.set(f"{_STYLE}may-break-between-rows", "false")
