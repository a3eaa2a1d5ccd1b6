"""The one adapter of typst, which sets the PDFs and draws pictures for docx and odt.

Words reach it through a JSON file, as strings: nothing a user typed is ever read as its markup."""

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.resources import resource_path

_PRINT: Final = 300.0
"""Points of a picture to the inch, enough for print."""


def to_pdf(template: str, content: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> bytes:
    """Return the PDF a template of ours makes of this content; `pictures` are SVG by name.

    It is tagged (PDF/UA-1). Raises `PublishingError` with typst's reason."""
    made = _compiled(template, content, pictures, format="pdf", pdf_standards=["ua-1"])
    return bytes(made or b"")


def to_pages(
    template: str, content: Mapping[str, Any], pictures: Mapping[str, str] | None, ppi: float
) -> tuple[bytes, ...]:
    """Return the pages of that PDF as PNG pictures of so many points to the inch."""
    made = _compiled(template, content, pictures, format="png", ppi=ppi)
    return tuple(bytes(page) for page in (made if isinstance(made, list) else [made]))


def _compiled(
    template: str, content: Mapping[str, Any], pictures: Mapping[str, str] | None, **options: Any
) -> Any:
    import typst

    with tempfile.TemporaryDirectory(prefix="evidence-desk-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        for source in resource_path(f"publishing/{template}").parent.glob("*.typ"):
            (root / source.name).write_bytes(source.read_bytes())
        (root / "content.json").write_text(json.dumps(content, ensure_ascii=True), "utf-8")
        for name, svg in (pictures or {}).items():
            (root / name).write_text(svg, "utf-8")
        try:
            made, _ = typst.compile_with_warnings(str(root / template), root=str(root), **options)
        except typst.TypstError as error:
            raise PublishingError(f"The PDF could not be made and nothing was written: {error}") from error
    return made


def to_png(svg: str, width: float) -> bytes:
    """Return a drawing of this width (in points) as a picture fit for print."""
    import typst

    page = f'#set page(width: {width}pt, height: auto, margin: 0pt)\n#image("drawing.svg", width: 100%)\n'
    with tempfile.TemporaryDirectory(prefix="evidence-desk-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        (root / "drawing.svg").write_text(svg, "utf-8")
        (root / "page.typ").write_text(page, "utf-8")
        try:
            made, _ = typst.compile_with_warnings(
                str(root / "page.typ"), root=str(root), format="png", ppi=_PRINT
            )
        except typst.TypstError as error:
            raise PublishingError(f"A figure could not be drawn; nothing was written: {error}") from error
    return bytes(made or b"")


def drawing_to_pdf(svg: str, width: float, title: str, described: str) -> bytes:
    """Return a tagged PDF of one page with a drawing of this width (in points), in words too."""
    import typst

    page = (
        f'#let said = json("said.json")\n#set document(title: said.title)\n'
        f"#set page(width: {width + 40}pt, height: auto, margin: 20pt)\n"
        '#image("drawing.svg", width: 100%, alt: said.described)\n'
    )
    with tempfile.TemporaryDirectory(prefix="evidence-desk-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        said = {"title": title or "Flow diagram", "described": described}
        (root / "said.json").write_text(json.dumps(said), "utf-8")
        (root / "drawing.svg").write_text(svg, "utf-8")
        (root / "page.typ").write_text(page, "utf-8")
        try:
            made, _ = typst.compile_with_warnings(
                str(root / "page.typ"), root=str(root), format="pdf", pdf_standards=["ua-1"]
            )
        except typst.TypstError as error:
            raise PublishingError(f"The PDF could not be made; nothing was written: {error}") from error
    return bytes(made or b"")


@cache
def installed_families() -> frozenset[str]:
    """Return the names of the font families typst can use on this computer."""
    import typst

    return frozenset(typst.Fonts().families())


def glyphs(letters: Sequence[str]) -> list[str]:
    """Return how each character is drawn, as outlines: two characters drawn alike give the same text."""
    import typst

    page = (
        '#let letters = json("letters.json")\n#set page(width: 40pt, height: 40pt, margin: 10pt)\n'
        "#set text(size: 10pt)\n#for letter in letters { page(letter) }\n"
    )
    with tempfile.TemporaryDirectory(prefix="evidence-desk-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        (root / "letters.json").write_text(json.dumps(list(letters)), "utf-8")
        (root / "page.typ").write_text(page, "utf-8")
        try:
            made, _ = typst.compile_with_warnings(str(root / "page.typ"), root=str(root), format="svg")
        except typst.TypstError as error:
            raise PublishingError(f"The fonts could not be read; nothing was written: {error}") from error
    drawn = made if isinstance(made, list) else [made or b""]
    return [_outlines(bytes(each).decode("utf-8", "replace")) for each in drawn]


def _outlines(svg: str) -> str:
    return " ".join(re.findall(r'<path[^>]* d="([^"]*)"', svg) + re.findall(r"<image[^>]*>", svg))
