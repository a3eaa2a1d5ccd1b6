"""Small real objects that tests of every layer share."""

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.domain.review import Review

if TYPE_CHECKING:
    from evidence_app.services.checks.results import CheckResult


@cache
def sample_contents() -> ReviewContents:
    """Return everything the sample review holds, read from a project made for the purpose."""
    from evidence_app.services.projects import new_sample
    from evidence_app.storage.contents import review_contents

    with tempfile.TemporaryDirectory() as folder:
        project = new_sample(Path(folder) / "sample.evidence")
        try:
            reader = project.reader()
            try:
                return review_contents(reader)
            finally:
                reader.close()
        finally:
            project.close()


def a_reference(number: int | None = 1, included: bool | None = None, /, **item: Any) -> Reference:
    """Return a reference of this number, with these variables; its id is the number and a thousand.

    Underscores stand for hyphens: `container_title="BMJ"`; `year=2019` is short for the date."""
    year = item.pop("year", None)
    if year is not None:
        item["issued"] = {"date-parts": [[year]]}
    variables = {name.replace("_", "-"): value for name, value in item.items()}
    identity = 1000 + (number or 0)
    return Reference(
        id=ReferenceId(identity),
        guid=f"reference-{identity}",
        number=number,
        included=included,
        item=variables,
    )


def contents_of(*references: Reference, **rest: Any) -> ReviewContents:
    """Return a review of these references and whatever else is given."""
    return ReviewContents(review=Review(title="A review"), references=references, **rest)


def found_by(rule: str, contents: ReviewContents) -> "list[CheckResult]":
    """Return what one rule finds in a review."""
    from evidence_app.services.checks.rules import rule_named, run_checks

    known = rule_named(rule)
    assert known is not None, f"there is no rule {rule}"
    return run_checks(contents, (known,))
