"""A summary as the html page that leaves, for tests that look at it."""

from collections.abc import Sequence

from evidence_app.domain.contents import ReviewContents
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.summary.export_report import OpenCheck
from evidence_app.services.publishing.summary.web import write_html
from evidence_app.services.publishing.summary.writing import build, rendered_summary


def summary_html(
    contents: ReviewContents,
    profile: str = "commissioner",
    style: str = styles.DEFAULT_STYLE,
    *,
    open_checks: Sequence[OpenCheck] | None = None,
) -> str:
    """Return the summary as one self-contained html page."""
    source = styles.style_source(style)
    summary = build(contents, profile, source, open_checks=open_checks)
    return write_html(summary, rendered_summary(summary, contents, source))
