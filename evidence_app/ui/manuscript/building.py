"""What the preview and the export do beside the window: building pages, writing files."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evidence_app.domain.contents import ReviewContents, Update
from evidence_app.services.checks.results import CheckResult
from evidence_app.services.checks.rules import open_results, run_checks
from evidence_app.services.progress import Report
from evidence_app.services.publishing.summary import writing
from evidence_app.services.publishing.summary.preview import Preview, preview
from evidence_app.services.publishing.summary.writing import ExportReport
from evidence_app.ui.manuscript.web_markup import Laid, Room, laid_out


class Built(NamedTuple):
    """The html and its pages, what the checks say of the review they were made from, and how long it took."""

    preview: Preview
    laid: Laid
    results: Sequence[CheckResult]
    contents: ReviewContents
    seconds: float


def build(
    contents: ReviewContents, profile: str, style: str, ppi: float | None, room: Room, report: Report
) -> Built:
    """Build the summary as it would leave, laid out for its room; its pages too where `ppi` says how fine."""
    began = time.perf_counter()
    results = run_checks(contents)
    report(0, 0)
    made = preview(contents, profile, style, ppi, open_checks=open_results(results), report=report)
    return Built(made, laid_out(made.html, room), results, contents, time.perf_counter() - began)


def export(contents: ReviewContents, path: Path, profile: str, style: str, report: Report) -> ExportReport:
    """Write the summary to a file."""
    checks = open_results(run_checks(contents))
    return writing.write_summary(contents, path, profile, style, open_checks=checks, report=report)


def grave_updates(contents: ReviewContents, works: Sequence[int]) -> list[Update]:
    """Return the retractions and concerns of these works."""
    cited = set(works)
    return [
        update
        for update in contents.updates
        if update.reference in cited and update.group in ("retraction", "concern")
    ]


def cited_works(contents: ReviewContents) -> list[int]:
    """Return every work the manuscript cites."""
    return sorted({work.reference for _, anchor in contents.anchors() for work in anchor.works})
