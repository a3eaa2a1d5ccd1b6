"""Write a list of works in any style, as docx, odt, html, pdf, Markdown or plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.reference import Reference
from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import inlines as build
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.citing import API_VERSION, Entry, entries
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.files import write_whole
from evidence_app.services.publishing.summary.documents import convert, reference_blocks
from evidence_app.services.publishing.summary.pages import entry_runs, typeset
from evidence_app.services.resources import resource_path

FORMATS: Final = ("docx", "odt", "html", "pdf", "md", "txt")


def write_bibliography(
    references: Sequence[Reference],
    out_path: Path,
    style: str = styles.DEFAULT_STYLE,
    *,
    own_numbers: bool = True,
    title: str = "References",
    marks: Mapping[int, str] | None = None,
    report: Report = silent,
) -> tuple[str, ...]:
    """Write the list of these works to `out_path`, whose ending says the format; return warnings, if any.

    With `own_numbers` a numbering style keeps the review's numbers, gaps included; else it counts through.
    `marks` are printed behind entries (by reference id), see `notices.entry_marks`.
    Raises `PublishingError`."""
    kind = out_path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise PublishingError(
            f"“{out_path.suffix or out_path.name}” is not a format a bibliography can have. Nothing was "
            f"written. Use one of: {', '.join(f'.{name}' for name in FORMATS)}."
        )
    listed = tuple(_marked(entry, (marks or {}).get(entry.reference)) for entry in
                   entries(references, style, own_numbers, report))  # fmt: skip
    warnings: tuple[str, ...] = ()
    if kind == "pdf":
        content: dict[str, Any] = {"title": title, "entries": entry_runs(listed)}
        made, warnings = typeset("bibliography.typ", content)
    elif kind == "html":
        made = as_html(listed, title).encode("utf-8")
    elif kind == "txt":
        made = as_text(listed, title).encode("utf-8")
    else:
        made = convert(_document(listed, title, kind), kind, "commissioner", title, report=report)
    write_whole(out_path, made)
    return warnings


def _marked(entry: Entry, mark: str | None) -> Entry:
    if not mark:
        return entry
    return replace(entry, inlines=(*entry.inlines, build.SPACE, build.wrapped("Strong", build.text(mark))))


def _document(listed: Sequence[Entry], title: str, kind: str) -> dict[str, Any]:
    heading = {"t": "Header", "c": [1, ["references", [], []], build.text(title)]}
    blocks = [heading, *(reference_blocks(listed, kind) if listed else [_empty()])]
    return {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}


_NONE: Final = "There are no works to list."


def _empty() -> dict[str, Any]:
    return {"t": "Para", "c": build.text(_NONE)}


def as_text(listed: Sequence[Entry], title: str) -> str:
    """Return the list as plain text, one work to a paragraph."""
    return "\n\n".join([title, *([entry.text for entry in listed] or [_NONE])]) + "\n"


def as_html(listed: Sequence[Entry], title: str) -> str:
    """Return the list as one self-contained html page."""
    style = resource_path("publishing/summary.css").read_text("utf-8")
    lines = "\n".join(entry_html(entry) for entry in listed) or f"<li>{_NONE}</li>"
    return (
        f'{html_head(title, style)}<main class="bibliography"><section id="references">'
        f'<h1>{build.escaped(title)}</h1>\n<ol class="references" role="list">\n{lines}\n</ol></section>'
        "</main>\n</body>\n</html>\n"
    )


def entry_html(entry: Entry) -> str:
    """Return one work as a line of an html list."""
    margin = f"<b>{build.escaped(entry.margin)}</b> " if entry.margin else ""
    words = build.to_html(entry.inlines)
    plain = "" if margin else ' class="plain"'
    return f'<li id="ref-{build.escaped(entry.key)}"{plain}>{margin}{words}</li>'


def html_head(title: str, style: str, profile: str = "commissioner") -> str:
    """Return the head of a page that may load nothing at all."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<meta name="referrer" '
        f'content="no-referrer">\n<title>{build.escaped(title)}</title>\n<style>\n{style}</style>\n</head>\n'
        f'<body class="{profile}">\n'
    )
