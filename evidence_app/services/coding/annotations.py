"""The one adapter of pikepdf: highlights made in other readers come in, ours go out on a copy.

A highlight is a standard annotation with QuadPoints, four corners for each line: left top, right top, left
bottom, right bottom, in the page's own space, so that every reader draws it at the right place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.coding import Rectangle
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.whole_files import replacing

_KINDS: Final = ("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Square")
_PRINTED: Final = 4
"""The flag by which an annotation is printed too."""


class UnreadableAnnotations(EvidenceError):
    """A PDF whose annotations cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight on a page, with its colour as #RRGGBB, who made it and what they wrote."""

    page: int
    rectangles: tuple[Rectangle, ...]
    colour: str = ""
    note: str = ""
    author: str = ""
    title: str = ""
    is_area: bool = False
    name: str = ""
    """What the file calls it; ours are the identity of the quotation."""


def read_annotations(path: Path) -> list[Annotation]:
    """Return the highlights of a PDF, page by page; what makes no sense is left out."""
    with _opened(path) as document:
        return [
            found
            for number, page in enumerate(document.pages, 1)
            for each in _of_page(page)
            if (found := _annotation(each, number)) is not None
        ]


def write_annotations(path: Path, out: Path, annotations: Sequence[Annotation]) -> int:
    """Write a copy of a PDF with these highlights added; return how many. The PDF itself stays as it is."""
    import pikepdf

    with _opened(path) as document:
        written = 0
        for each in annotations:
            if not 1 <= each.page <= len(document.pages) or not each.rectangles:
                continue
            page = document.pages[each.page - 1]
            made = document.make_indirect(_dictionary(document, page, each))
            if not isinstance(page.obj.get("/Annots"), pikepdf.Array):
                page.obj.Annots = pikepdf.Array()
            page.obj.Annots.append(made)
            written += 1
        with replacing(out) as beside:
            document.save(beside)
    return written


def _opened(path: Path) -> Any:
    import pikepdf

    try:
        return pikepdf.open(path)
    except (pikepdf.PdfError, OSError) as error:
        raise UnreadableAnnotations(
            f"The annotations of {path.name} could not be read: it is damaged or protected. "
            "Nothing was changed."
        ) from error


def _of_page(page: Any) -> Iterator[Any]:
    found = page.obj.get("/Annots")
    try:
        yield from list(found) if found is not None else []
    except (TypeError, ValueError):
        return


def _annotation(found: Any, page: int) -> Annotation | None:
    try:
        kind = str(found.get("/Subtype"))
        if kind not in _KINDS:
            return None
        area = kind == "/Square"
        boxes = _boxes(found.get("/Rect"), page, 4) if area else _boxes(found.get("/QuadPoints"), page, 8)
        boxes = boxes or _boxes(found.get("/Rect"), page, 4)
        if not boxes:
            return None
        return Annotation(
            page, tuple(boxes), _colour(found.get("/C")), _text(found, "/Contents"), _text(found, "/T"),
            _text(found, "/Subj"), area, _text(found, "/NM"),
        )  # fmt: skip
    except (AttributeError, TypeError, ValueError, KeyError):
        return None


def _boxes(numbers: Any, page: int, size: int) -> list[Rectangle]:
    """Return the boxes that corners make; readers write the corners in different orders."""
    values = [float(number) for number in numbers] if numbers is not None else []
    boxes = []
    for at in range(0, len(values) - size + 1, size):
        across, up = values[at : at + size : 2], values[at + 1 : at + size : 2]
        box = Rectangle(page, min(across), min(up), max(across), max(up))
        if box.x1 - box.x0 > 0.5 and box.y1 - box.y0 > 0.5:
            boxes.append(box)
    return boxes


def _colour(numbers: Any) -> str:
    parts = [min(max(float(number), 0.0), 1.0) for number in numbers] if numbers is not None else []
    if len(parts) == 1:
        parts *= 3
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
    return "#" + "".join(f"{round(255 * part):02X}" for part in parts) if len(parts) == 3 else ""


def _text(found: Any, key: str) -> str:
    value = found.get(key)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip() if value is not None else ""


def _dictionary(document: Any, page: Any, each: Annotation) -> Any:
    import pikepdf

    x0, y0 = min(box.x0 for box in each.rectangles), min(box.y0 for box in each.rectangles)
    x1, y1 = max(box.x1 for box in each.rectangles), max(box.y1 for box in each.rectangles)
    quads = [
        round(number, 2)
        for box in each.rectangles
        for number in (box.x0, box.y1, box.x1, box.y1, box.x0, box.y0, box.x1, box.y0)
    ]
    values = {
        "/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name("/Square" if each.is_area else "/Highlight"),
        "/Rect": pikepdf.Array([round(side, 2) for side in (x0, y0, x1, y1)]), "/F": _PRINTED,
        "/C": pikepdf.Array(_parts(each.colour)), "/Contents": pikepdf.String(each.note),
        "/T": pikepdf.String(each.author), "/Subj": pikepdf.String(each.title),
        "/NM": pikepdf.String(each.name), "/P": page.obj,
    }  # fmt: skip
    if not each.is_area:
        values["/QuadPoints"] = pikepdf.Array(quads)
    values["/AP"] = pikepdf.Dictionary(N=_appearance(document, each, (x0, y0, x1, y1)))
    return pikepdf.Dictionary(values)


def _appearance(document: Any, each: Annotation, bounds: tuple[float, float, float, float]) -> Any:
    """Return how it is drawn, for readers that draw no highlight by themselves: multiplied with the page."""
    import pikepdf

    red, green, blue = _parts(each.colour)
    if each.is_area:
        x0, y0, x1, y1 = bounds
        drawn = f"{red} {green} {blue} RG 1.5 w {x0 + 1} {y0 + 1} {x1 - x0 - 2} {y1 - y0 - 2} re S"
    else:
        boxes = " ".join(
            f"{box.x0} {box.y0} {box.x1 - box.x0} {box.y1 - box.y0} re" for box in each.rectangles
        )
        drawn = f"/Through gs {red} {green} {blue} rg {boxes} f"
    through = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply, ca=0.4)
    stream = document.make_stream(drawn.encode("ascii"))
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    stream.BBox = pikepdf.Array(list(bounds))
    stream.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(Through=through))
    return stream


def _parts(colour: str) -> list[float]:
    if len(colour) != 7:
        return [1.0, 0.85, 0.2]
    return [round(int(colour[at : at + 2], 16) / 255, 3) for at in (1, 3, 5)]
