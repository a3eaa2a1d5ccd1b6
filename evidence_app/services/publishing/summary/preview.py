"""The summary as its pages look: pictures of the very pages the PDF has, with what is to be told of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.domain.contents import ReviewContents
from evidence_app.services.publishing import pandoc, styles
from evidence_app.services.publishing.summary.export_report import OpenCheck
from evidence_app.services.publishing.summary.pages import draw_pages
from evidence_app.services.publishing.summary.writing import build, rendered_summary


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The pages of a summary as pictures (PNG), in order."""

    pages: tuple[bytes, ...]
    works: tuple[int, ...]
    """The references its list holds."""
    warnings: tuple[str, ...] = ()
    style: str = ""


def preview(
    contents: ReviewContents,
    profile: str,
    style: str = styles.DEFAULT_STYLE,
    ppi: float = 96.0,
    *,
    open_checks: Sequence[OpenCheck] = (),
    report: pandoc.Report = pandoc.silent,
) -> Preview:
    """Return the pages the summary would have as PDF. Raises `PublishingError`."""
    source = styles.style_source(style)
    summary = build(contents, profile, source, open_checks=open_checks)
    rendered = rendered_summary(summary, contents, source, report)
    pages, warnings = draw_pages(summary, rendered, ppi)
    works = tuple(entry.reference for entry in rendered.entries)
    return Preview(pages=pages, works=works, warnings=warnings, style=source.title)
