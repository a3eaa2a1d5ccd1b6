"""Read and write the XML of office documents without changing the names in it."""

import io
from typing import Final
from xml.etree import ElementTree

from evidence_app.services.publishing.items import cleaned

Element = ElementTree.Element

PAGE_START: Final = "DeskPageStart"
LANDSCAPE: Final = "DeskLandscape"
UPRIGHT: Final = "DeskUpright"
"""Styles of the empty paragraphs by which the writer says where a page or section begins."""
SHORT_TABLE: Final = 24
"""Rows up to which a table is kept on one page."""
DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"


def read(content: bytes) -> Element:
    """Return the root of a document; its prefixes are kept for writing it again."""
    for _, (prefix, name) in ElementTree.iterparse(io.BytesIO(content), events=["start-ns"]):
        if prefix:
            ElementTree.register_namespace(prefix, name)
    return ElementTree.fromstring(content)


def written(root: Element) -> bytes:
    """Return a document as bytes."""
    made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def parents(root: Element) -> dict[Element, Element]:
    """Return what each element stands in."""
    return {child: parent for parent in root.iter() for child in parent}


def with_properties(holder: Element, title: str, authors: str) -> None:
    """Write the title, the authors and the language of a document into its properties."""
    for name, text in (("title", title), ("creator", authors), ("language", "en-GB")):
        ElementTree.SubElement(holder, f"{{{DUBLIN_CORE}}}{name}").text = cleaned(text)
