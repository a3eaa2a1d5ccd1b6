"""The study selection figure, from the searches and the numbers the review states."""

from collections.abc import Sequence

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.review import NumberState, Search, StatedNumber
from evidence_app.services.publishing.summary.model import DERIVED, Flow, FlowBox, FlowStep, Words
from evidence_app.services.publishing.summary.numbers import (
    SIGNS,
    counted_noun,
    reports_and_studies,
    stated,
)

_NOT_REPORTED = "number not reported"


def selection_figure(contents: ReviewContents, caption: Words, key: str = "figure-selection") -> Flow:
    """Return the figure of how reports were selected; unknown numbers are said, never drawn as 0."""
    steps = (_identified(contents), _screened(contents), _assessed(contents), _included(contents))
    return Flow(caption=caption, steps=steps, description=_described(steps), key=key)


def _figure(number: StatedNumber | None) -> str:
    if number is None or number.value is None or number.state is NumberState.NOT_REPORTED:
        return ""
    return f"{number.value:,}{SIGNS.get(number.state, '')}"


def _identified(contents: ReviewContents) -> FlowStep:
    databases = [search for search in contents.searches if search.kind in ("database", "search platform")]
    counts = [search.claimed for search in databases]
    total = _figure(stated(contents, "records_identified"))
    if not total and databases and None not in counts:
        total = f"{sum(count for count in counts if count is not None):,}{DERIVED}"
    first = f"Records from databases: {total}" if total else "Records from databases"
    lines = (
        [first, *_two_to_a_line(databases)] if total else [first, *_two_to_a_line(databases), _NOT_REPORTED]
    )
    other = _figure(stated(contents, "records_other_methods"))
    others = [search.source for search in contents.searches if search not in databases]
    beside = FlowBox(
        (f"Records from other methods: {other}",)
        if other
        else ("Records from other methods", *others[:2], _NOT_REPORTED),
        known=bool(other), strong=bool(other),
    )  # fmt: skip
    return FlowStep(FlowBox(tuple(lines), known=bool(total)), (beside,), joins=True)


def _two_to_a_line(searches: Sequence[Search]) -> list[str]:
    named = [
        f"{search.source} {search.claimed:,}" if search.claimed is not None else search.source
        for search in searches
    ]
    lines: list[str] = []
    for name in named:
        if lines and len(lines[-1]) + len(name) < 40:
            lines[-1] += f" · {name}"
        else:
            lines.append(name)
    return lines


def _screened(contents: ReviewContents) -> FlowStep:
    screened = _figure(stated(contents, "records_screened"))
    share = stated(contents, "second_reviewer_share")
    second = _figure(stated(contents, "second_reviewer_records"))
    lines = [f"Screened on title and abstract{': ' + screened if screened else ''}"]
    if not screened:
        lines.append(_NOT_REPORTED)
    if share is not None and share.value is not None:
        lines.append(f"a second reviewer checked {share.value} %{f' ({second})' if second else ''}")
    duplicates = _figure(stated(contents, "duplicates_removed"))
    excluded = _figure(stated(contents, "records_excluded"))
    return FlowStep(
        FlowBox(tuple(lines), known=bool(screened)),
        (_outcome("Duplicates removed", duplicates), _outcome("Records excluded", excluded)),
    )


def _outcome(name: str, figure: str) -> FlowBox:
    return FlowBox((f"{name}: {figure or 'not reported'}",), known=bool(figure), strong=bool(figure))


def _assessed(contents: ReviewContents) -> FlowStep:
    sought = _figure(stated(contents, "reports_sought"))
    assessed = _figure(stated(contents, "reports_assessed"))
    excluded = _figure(stated(contents, "reports_excluded"))
    if not sought and not assessed:
        box = FlowBox(("Reports sought and read in full", "numbers not reported"), known=False, strong=False)
    else:
        box = FlowBox(
            (f"Reports sought: {sought or 'not reported'}", f"Read in full: {assessed or 'not reported'}")
        )
    beside = ("Reports excluded, with reasons", "numbers not reported") if not excluded else (
        f"Reports excluded, with reasons: {excluded}",)  # fmt: skip
    return FlowStep(box, (FlowBox(beside, known=bool(excluded), strong=bool(excluded)),))


def _included(contents: ReviewContents) -> FlowStep:
    known = bool(contents.included) or bool(_figure(stated(contents, "included_reports")))
    if not known:
        return FlowStep(FlowBox(("Included reports: none marked yet",), known=False))
    if stated(contents, "included_studies") is None:
        listed = len(contents.included)
        return FlowStep(FlowBox((f"Included: {counted_noun(listed, 'report')}", "studies not reported")))
    return FlowStep(FlowBox((f"Included: {reports_and_studies(contents)}",)))


def _described(steps: Sequence[FlowStep]) -> str:
    said = [", ".join(box.lines) for step in steps for box in (step.box, *step.beside)]
    return "Study selection. " + ". ".join(said) + "."
