"""Write the cited evidence summary to a file, in one of two profiles and five formats."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from evidence_app.domain.contents import ReviewContents, Waiver
from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.files import write_whole
from evidence_app.services.publishing.styles import StyleSource
from evidence_app.services.publishing.summary.commissioner import commissioner
from evidence_app.services.publishing.summary.documents import write_document
from evidence_app.services.publishing.summary.export_report import OpenCheck, report_page
from evidence_app.services.publishing.summary.journal import journal
from evidence_app.services.publishing.summary.model import Summary
from evidence_app.services.publishing.summary.notices import entry_marks, sentence
from evidence_app.services.publishing.summary.pages import write_pdf
from evidence_app.services.publishing.summary.rendering import Rendered, render
from evidence_app.services.publishing.summary.web import write_html

PROFILES: Final = ("journal", "commissioner")
FORMATS: Final = ("docx", "odt", "html", "pdf", "md")


@dataclass(frozen=True, kw_only=True)
class ExportReport:
    """What was written and what the reader should know of it."""

    path: Path
    profile: str
    kind: str
    style: str
    works: int
    """How many works its list holds."""
    open_checks: int = 0
    waived: int = 0
    warnings: tuple[str, ...] = ()
    """Retractions of cited works, characters without a font: to be told after the export."""


def write_summary(
    contents: ReviewContents,
    out_path: Path,
    profile: str = "journal",
    style: str = styles.DEFAULT_STYLE,
    *,
    themes: Sequence[int] = (),
    open_checks: Sequence[OpenCheck] | None = None,
    waivers: Sequence[Waiver] | None = None,
    report: Report = silent,
) -> ExportReport:
    """Write the summary to `out_path`; its ending says the format (docx, odt, html, pdf, md).

    `themes` limits it to these themes (ids). The last page lists what `open_checks` found, or says that
    nobody looked, and the waivers (the review's own unless given). A file that stands there is replaced whole
    or not at all. Raises `PublishingError`."""
    kind = out_path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise PublishingError(
            f"“{out_path.suffix or out_path.name}” is not a format a summary can have. Nothing was written. "
            f"Use one of: {', '.join(f'.{name}' for name in FORMATS)}."
        )
    source = styles.style_source(style)
    summary = build(contents, profile, source, themes=themes, open_checks=open_checks, waivers=waivers)
    rendered = rendered_summary(summary, contents, source, report)
    made, missing = _made(summary, rendered, kind, report)
    write_whole(out_path, made)
    cited = {entry.reference for entry in rendered.entries}
    warnings = [sentence(update, contents) for update in contents.updates if update.reference in cited]
    return ExportReport(
        path=out_path, profile=profile, kind=kind, style=source.title, works=len(rendered.entries),
        open_checks=len(_still_open(open_checks) or ()), warnings=(*warnings, *missing),
        waived=len(contents.waivers if waivers is None else waivers),
    )  # fmt: skip


def build(
    contents: ReviewContents,
    profile: str,
    source: StyleSource,
    *,
    themes: Sequence[int] = (),
    open_checks: Sequence[OpenCheck] | None = None,
    waivers: Sequence[Waiver] | None = None,
) -> Summary:
    """Return the summary as plain values, its export report included. Raises `PublishingError`."""
    if profile not in PROFILES:
        raise PublishingError(
            f"There is no profile “{profile}”. Nothing was written. Use journal or commissioner."
        )
    made = (
        journal(contents, themes, source.is_numeric)
        if profile == "journal"
        else commissioner(contents, themes, source.is_numeric)
    )
    waived = contents.waivers if waivers is None else waivers
    last = report_page(contents, _still_open(open_checks), waived, source.title)
    return replace(made, pages=(*made.pages, last))


def _still_open(checks: Sequence[OpenCheck] | None) -> Sequence[OpenCheck] | None:
    """Leave out what somebody waived: it is listed with its reason."""
    if checks is None:
        return None
    return [check for check in checks if getattr(check, "waived", None) is None]


def rendered_summary(
    summary: Summary, contents: ReviewContents, source: StyleSource, report: Report = silent
) -> Rendered:
    """Write out the citations, and mark entries of works that were retracted or corrected."""
    rendered = render(summary, contents.references, source, report)
    return rendered.with_marks(entry_marks(contents))


def _made(summary: Summary, rendered: Rendered, kind: str, report: Report) -> tuple[bytes, tuple[str, ...]]:
    if kind == "pdf":
        return write_pdf(summary, rendered)
    if kind == "html":
        return write_html(summary, rendered).encode("utf-8"), ()
    return write_document(summary, rendered, kind, report), ()
