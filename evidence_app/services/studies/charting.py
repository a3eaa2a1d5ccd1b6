"""Counts of characteristics as a chart that is handed out: SVG, PDF and PNG for print."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from evidence_app.services.flow.lettering import FONT, width, wrapped
from evidence_app.services.flow.writing import DPI, printable, with_density
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.files import write_whole
from evidence_app.services.publishing.inlines import escaped
from evidence_app.services.studies.counting import FieldCount, Unit, count, count_units, countable
from evidence_app.storage.studies import StudyContents

FORMATS: Final = {".svg": "Chart (SVG)", ".pdf": "Chart (PDF)", ".png": "Chart at 300 dpi (PNG)"}
"""What the counts can be written as besides tables, by the ending of the file."""
_INK, _SOFT, _BAR, _FAINT, _WRONG, _LINE = "#1C1E23", "#545964", "#5B6BD6", "#C9CBD1", "#B3261E", "#8A8F99"
_WIDE, _EDGE, _LABEL, _NUMBER, _SAID = 560.0, 20.0, 190.0, 34.0, 120.0
_ROW, _HEAD, _FOOT, _SIZE, _SMALL = 20.0, 26.0, 16.0, 11.0, 9.5


class Bar(NamedTuple):
    """One line of the chart."""

    words: str
    number: int
    stated: int | None
    references: tuple[int, ...]
    faint: bool = False


def bars_of(count: FieldCount) -> list[Bar]:
    """Return the lines of a field: its values, then what is not known."""
    found = [Bar(each.value, each.number, each.stated, each.references) for each in count.values]
    for number, words, references in (
        (count.silent_units, "not reported", count.not_reported),
        (count.missing_units, "not extracted yet", count.missing),
    ):
        if number:
            found.append(Bar(words, number, None, references, True))
    return found


@dataclass(frozen=True, slots=True)
class CountDrawing:
    """An SVG, its width in points, and the chart in words."""

    svg: str
    width: float
    title: str
    described: str


def draw_counts(counts: Sequence[FieldCount], unit: Unit, total: int) -> CountDrawing:
    """Draw all fields one below the other: a bar and a number for each value, and the sum below."""
    title = f"Characteristics of the included {unit.value}"
    one = "study" if unit is Unit.STUDIES else "report"
    y = _EDGE + 14
    parts = [_text(_EDGE, y, title, size=14, weight=600)]
    y += 16
    parts.append(_text(_EDGE, y, f"Counted by {one}: {unit.of(total)}", _SOFT, _SMALL))
    told = [f"{title}, {unit.of(total)}."]
    for each in counts:
        y, drawn = _field(each, y + 12)
        parts += drawn
        said = ", ".join(f"{bar.words} {bar.number}" for bar in bars_of(each))
        told.append(f"{each.field.title}: {said}; {each.equation}.")
    wide, high, described = _WIDE + 2 * _EDGE, y + _EDGE, " ".join(told)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" '
        f'height="{high:.0f}" font-family="{FONT}" role="img" aria-labelledby="chart-title chart-words">'
        f'<title id="chart-title">{escaped(title)}</title><desc id="chart-words">{escaped(described)}</desc>'
        f'<rect width="{wide:.0f}" height="{high:.0f}" fill="#FFFFFF"/>{"".join(parts)}</svg>\n'
    )
    return CountDrawing(svg, wide, title, described)


def _field(each: FieldCount, top: float) -> tuple[float, list[str]]:
    bars = bars_of(each)
    y = top + _HEAD - 8
    parts = [_text(_EDGE, y, each.field.title, size=12, weight=600)]
    if each.summary is not None:
        x = _EDGE + width(each.field.title, 12, strong=True) + 10
        parts.append(_text(x, y, each.summary.told, _SOFT, _SMALL))
    y = top + _HEAD
    most = max([each.total, *(bar.stated or 0 for bar in bars)]) or 1
    for bar in bars:
        y, drawn = _bar(bar, y, most)
        parts += drawn
    words = each.equation + ("" if each.adds_up else ": some count more than once")
    for line in wrapped(words, _WIDE, _SMALL):
        y += _FOOT
        parts.append(_text(_EDGE, y - 2, line, _SOFT if each.adds_up else _WRONG, _SMALL))
    return y, parts


def _bar(bar: Bar, y: float, most: int) -> tuple[float, list[str]]:
    lines = list(wrapped(bar.words, _LABEL - 10, _SIZE))
    parts = [
        _text(_EDGE, y + 14 + 13 * at, line, _SOFT if bar.faint else _INK) for at, line in enumerate(lines)
    ]
    start = _EDGE + _LABEL + _NUMBER
    parts.append(_text(start - 8, y + 14, f"{bar.number:,}", weight=600, anchor="end"))
    differs = bar.stated is not None and bar.stated != bar.number
    room = _WIDE + _EDGE - start - (_SAID if differs else 0)
    if bar.number:
        parts.append(_rect(start, y + 5, room * bar.number / most, _FAINT if bar.faint else _BAR))
    if differs:
        stated = room * (bar.stated or 0) / most
        parts.append(_dashed(start, y + 5, stated))
        parts.append(_text(start + max(stated, 2) + 6, y + 14, f"{bar.stated} reports stated", _SOFT, _SMALL))
    return y + _ROW + 13 * (len(lines) - 1), parts


def _text(
    x: float, y: float, words: str, colour: str = _INK, size: float = _SIZE, *, weight: int = 400,
    anchor: str = "start",
) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{escaped(words)}</text>'
    )


def _rect(x: float, y: float, wide: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 1.5):.1f}" height="11" rx="2" fill="{colour}"/>'


def _dashed(x: float, y: float, wide: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 2):.1f}" height="11" rx="2" fill="none" '
        f'stroke="{_LINE}" stroke-dasharray="3 2"/>'
    )


def chart_bytes(contents: StudyContents, unit: Unit, ending: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the counts as a chart with this ending, and warnings: characters no font has."""
    counts = [count(contents, field, unit) for field in countable(contents)]
    drawn = draw_counts(counts, unit, count_units(contents, unit))
    if ending == ".svg":
        return drawn.svg.encode("utf-8", "replace"), ()
    from evidence_app.services.publishing import typesetting

    svg, warnings = printable(drawn.svg)
    if ending == ".pdf":
        return typesetting.drawing_to_pdf(svg, drawn.width, drawn.title, drawn.described), warnings
    return with_density(typesetting.to_png(svg, drawn.width), DPI), warnings


def write_chart(contents: StudyContents, unit: Unit, out: Path) -> tuple[str, ...]:
    """Write the counts as a chart, whole or not at all; return warnings.

    Raises `PublishingError` for an ending that is no format, `EvidenceError` where it cannot be written."""
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise PublishingError(
            f"“{out.suffix or out.name}” is not a format the chart can have. Nothing was written. "
            f"Use one of: {', '.join(FORMATS)}."
        )
    content, warnings = chart_bytes(contents, unit, ending)
    write_whole(out, content)
    return warnings
