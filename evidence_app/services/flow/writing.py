"""Write the diagram to a file; the ending says as what. Numbers that do not add up are not written."""

import json
import struct
import zlib
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.flow import Equation, Flow, FlowLine, FlowNumber
from evidence_app.services.flow.drawing import draw
from evidence_app.services.flow.forms import chart
from evidence_app.services.flow.prisma_csv import prisma_csv
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.files import write_whole

FORMATS: Final = {
    ".svg": "Drawing (SVG)", ".pdf": "PDF", ".png": "Picture at 300 dpi (PNG)",
    ".csv": "Table of the R package PRISMA2020 (CSV)", ".json": "JSON",
}  # fmt: skip
"""What the diagram can be written as, by the ending of the file."""
DPI: Final = 300


class DoesNotAddUp(PublishingError):
    """Numbers of the diagram contradict each other; `equations` are those that have to be mended."""

    def __init__(self, equations: tuple[Equation, ...]) -> None:
        first, *others = equations
        more = f" {len(others)} more: {'; '.join(each.title for each in others)}." if others else ""
        super().__init__(
            f"The diagram does not add up, so it was not written. {first.title}: {first.words}{more} "
            "Mend it, or explain it in a note on the Flow diagram screen; the note is printed."
        )
        self.equations = equations


def write_flow(flow: Flow, out: Path) -> tuple[str, ...]:
    """Write the diagram whole or not at all; return warnings: characters no font has.

    Raises `DoesNotAddUp`, `PublishingError` for an ending that is no format, and `EvidenceError` where the
    file cannot be written."""
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise PublishingError(
            f"“{out.suffix or out.name}” is not a format the diagram can have. Nothing was written. "
            f"Use one of: {', '.join(FORMATS)}."
        )
    if flow.stopping:
        raise DoesNotAddUp(flow.stopping)
    content, warnings = flow_bytes(flow, ending)
    write_whole(out, content)
    return warnings


def flow_bytes(flow: Flow, ending: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the diagram as the content of a file with this ending, and warnings."""
    if ending == ".json":
        text = json.dumps(as_json(flow), ensure_ascii=False, indent=1) + "\n"
        return text.encode("utf-8", "replace"), ()
    if ending == ".csv":
        return prisma_csv(flow), ()
    drawn = draw(flow)
    if ending == ".svg":
        return drawn.svg.encode("utf-8", "replace"), ()
    from evidence_app.services.publishing import typesetting

    svg, warnings = printable(drawn.svg)
    if ending == ".pdf":
        return typesetting.drawing_to_pdf(svg, drawn.width, flow.title, drawn.described), warnings
    return with_density(typesetting.to_png(svg, drawn.width), DPI), warnings


def printable(svg: str) -> tuple[str, tuple[str, ...]]:
    """Return the drawing with □ for characters that no font has, and a warning that says so."""
    from evidence_app.services.publishing.fonts import missing_characters

    missing = missing_characters(svg)
    if not missing:
        return svg, ()
    named = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:20])
    return svg.translate({ord(letter): "□" for letter in missing}), (
        f"No font on this computer has these characters; the drawing shows □ for them: {named}. "
        "Install a font for this script, or export svg.",
    )


def with_density(png: bytes, dpi: int) -> bytes:
    """Return a PNG that says how many of its points make an inch, so that documents show it in its size."""
    body = struct.pack(">IIB", *[round(dpi / 0.0254)] * 2, 1)
    chunk = b"pHYs" + body
    packed = struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    after_header = 8 + 25
    rest = png[after_header:]
    if rest[4:8] == b"pHYs":
        rest = rest[21:]
    return png[:after_header] + packed + rest


def as_json(flow: Flow) -> dict[str, Any]:
    """Return the diagram as plain values: numbers by PRISMA2020's keys, equations, notes."""
    shown = {number.key for box in chart(flow).boxes for number in box.numbers}
    return {
        "title": flow.title,
        "form": str(flow.form),
        "adds_up": not flow.stopping,
        "undecided": flow.undecided,
        "boxes": {key: _box(number, key in shown) for key, number in flow.numbers.items()},
        "equations": [_equation(each) for each in flow.equations],
        "notes": [{"equation": note.equation, "text": note.text, "by": note.by} for note in flow.notes],
        "logged": [{"text": each.text, "references": _ids(each.references)} for each in flow.remarks],
    }


def _box(number: FlowNumber, shown: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "number": number.number, "state": str(number.state), "unit": str(number.measure.unit),
        "box": number.measure.box, "label": number.measure.label, "shown": shown, "basis": number.basis,
        "lines": [_line(line) for line in number.lines], "references": _ids(number.references),
    }  # fmt: skip
    if number.counted is not None:
        made["counted"] = number.counted
    return made


def _line(line: FlowLine) -> dict[str, Any]:
    made: dict[str, Any] = {"label": line.label, "number": line.number, "state": str(line.state)}
    return {**made, "remark": line.remark} if line.remark else made


def _equation(equation: Equation) -> dict[str, Any]:
    terms = [{"sign": each.sign, "key": each.key, "name": each.name, "number": each.number}
             for each in equation.terms]  # fmt: skip
    return {
        "key": equation.key, "title": equation.title, "state": str(equation.state), "words": equation.words,
        "level": "warning" if equation.warning else "error",
        "left": {"key": equation.left.key, "number": equation.left.number} if terms else None,
        "terms": terms, "note": equation.note.text if equation.note else None,
    }  # fmt: skip


def _ids(references: tuple[int, ...]) -> list[str]:
    return [str(each) for each in references]
