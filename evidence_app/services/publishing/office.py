"""What pandoc leaves to be done in a finished docx or odt.

Both are zip files of XML; the edits are few: page starts, landscape sections, rows and short tables that stay
whole, rules in tables, and the properties pandoc would fill with its own words."""

import io
import zipfile
from collections.abc import Callable
from typing import Final

from evidence_app.services.publishing import office_open, office_word

_STAMP: Final = (2024, 1, 1, 0, 0, 0)
"""The same time in every file, so that the same summary gives the same bytes."""


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
            "word/document.xml": office_word.finished,
            "docProps/core.xml": lambda _: office_word.properties(title, authors),
            "docProps/custom.xml": lambda _: office_word.NO_CUSTOM_PROPERTIES,
        },
    )


def finish_odt(made: bytes, title: str, authors: str = "") -> bytes:
    """Return the odt with its page starts, landscape pages and properties in place."""
    edits: dict[str, Callable[[bytes], bytes]] = {
        "content.xml": office_open.finished,
        "meta.xml": lambda _: office_open.properties(title, authors),
    }
    return _edited(made, edits)


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
