"""What leaves the program: summaries and bibliographies of the sample review."""

import tempfile
from functools import partial
from pathlib import Path

from evidence_app.services import projects
from evidence_app.services.publishing.bibliography import write_bibliography
from evidence_app.services.publishing.summary.writing import write_summary
from evidence_app.storage.contents import review_contents
from tests.benchmarks.measuring import Figure, median_ms


def measure(size: int) -> list[Figure]:
    """Return the figures of exports of the sample review."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        with projects.new_sample(out / "sample.evidence") as project, project.reader() as reader:
            contents = review_contents(reader)
            reading = median_ms(lambda: review_contents(reader))
        figures = [Figure("read the whole sample review", reading)]
        for profile in ("journal", "commissioner"):
            for kind in ("docx", "odt", "pdf", "html"):
                path = out / f"{profile}.{kind}"
                spent = median_ms(partial(write_summary, contents, path, profile), 3)
                budget = 3000 if kind == "docx" else None
                figures.append(Figure(f"{profile} summary as {kind}", spent, budget=budget))
        listed = [reference for reference in contents.references if reference.number]
        path = out / "list.docx"
        figures.append(
            Figure("bibliography of 110 as docx", median_ms(lambda: write_bibliography(listed, path), 3))
        )
    return figures
