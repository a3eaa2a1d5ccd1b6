"""The summary before it leaves: the html file itself, and on demand pictures of the pages of the PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence_app.domain.contents import ReviewContents
from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.summary.export_report import OpenCheck
from evidence_app.services.publishing.summary.pages import draw_pages, unprintable
from evidence_app.services.publishing.summary.web import write_html
from evidence_app.services.publishing.summary.writing import build, rendered_summary


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a summary would leave as, with what is to be told of it."""

    html: str
    """What the html file would hold."""
    pages: tuple[bytes, ...]
    """Its pages as pictures (PNG), in order; empty where nobody asked for them."""
    places: Mapping[str, int]
    """The references its list holds, by the name of the place of their entry in the html."""
    warnings: tuple[str, ...] = ()
    style: str = ""

    @property
    def works(self) -> tuple[int, ...]:
        """The references its list holds."""
        return tuple(self.places.values())


def preview(
    contents: ReviewContents,
    profile: str,
    style: str = styles.DEFAULT_STYLE,
    ppi: float | None = 96.0,
    *,
    open_checks: Sequence[OpenCheck] = (),
    report: Report = silent,
) -> Preview:
    """Return the summary as it would leave; its pages are drawn at so many points to the inch, or not at all.

    Raises `PublishingError`."""
    source = styles.style_source(style)
    summary = build(contents, profile, source, open_checks=open_checks)
    rendered = rendered_summary(summary, contents, source, report)
    pages: tuple[bytes, ...] = ()
    if ppi is None:
        warnings = unprintable(summary, rendered)
    else:
        pages, warnings = draw_pages(summary, rendered, ppi)
    return Preview(
        html=write_html(summary, rendered), pages=pages, warnings=warnings, style=source.title,
        places={f"ref-{entry.key}": entry.reference for entry in rendered.entries},
    )  # fmt: skip
