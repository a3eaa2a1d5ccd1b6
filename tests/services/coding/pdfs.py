"""Small PDFs made for a test."""

import tempfile
from pathlib import Path

import pytest

_PAGE = """#set page(width: 300pt, height: 400pt, margin: 30pt)
#set text(size: 11pt, font: ("Libertinus Serif", "WenQuanYi Micro Hei", "Noto Sans CJK SC"))
"""
_SCAN = "#set page(width: 300pt, height: 400pt)\n#rect(width: 100%, height: 60%, fill: luma(200))\n"


def made_pdf(path: Path, content: str, page: str = _PAGE) -> Path:
    """Write a PDF of small pages with this content (typst's marks: = heading, #pagebreak())."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.typ"
        source.write_text(page + content, "utf-8")
        path.write_bytes(typst.compile(str(source)))
    if any(letter >= "\u4e00" for letter in content) and not _has_chinese(path):
        pytest.skip("this machine has no font with Chinese letters")
    return path


def _has_chinese(path: Path) -> bool:
    """Whether typst found a font: it drops letters without one silently."""
    from evidence_app.services.coding.pdf import PdfFile

    with PdfFile(path) as file:
        return any(
            "\u4e00" <= letter <= "\u9fff" for at in range(file.count) for letter in file.letters(at + 1)
        )


def scanned_pdf(path: Path) -> Path:
    """Write a PDF with a picture and without text."""
    return made_pdf(path, "", _SCAN)
