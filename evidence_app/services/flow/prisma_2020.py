"""The form of PRISMA 2020: identification, screening, what is included; earlier studies and other ways."""

from collections.abc import Iterable, Mapping
from typing import Final

from evidence_app.domain.flow import Flow
from evidence_app.services.flow.charts import (
    Chart,
    ChartArrow,
    ChartBox,
    ChartHead,
    ChartRow,
    ChartStage,
    RowKind,
    head,
    number_rows,
    other_rows,
)

_MAIN: Final = (("box4", "records_screened"), ("box6", "dbr_sought_reports"), ("box8", "dbr_assessed"))
_ASIDE: Final = (("box5", "records_excluded"), ("box7", "dbr_notretrieved_reports"), ("box9", "dbr_excluded"))
_OTHER: Final = (("box12", "other_sought_reports"), ("box14", "other_assessed"))
_OTHER_ASIDE: Final = (("box13", "other_notretrieved_reports"), ("box15", "other_excluded"))
_SHORT: Final[Mapping[str, str]] = {
    "other_sought_reports": "Reports sought for retrieval",
    "other_notretrieved_reports": "Reports not retrieved",
    "other_assessed": "Reports assessed for eligibility", "other_excluded": "Reports excluded",
    "dbr_sought_reports": "Reports sought for retrieval",
}  # fmt: skip


_OTHER_ARROWS: Final = (
    ChartArrow("box11", "box12"), ChartArrow("box12", "box13"), ChartArrow("box12", "box14"),
    ChartArrow("box14", "box15"), ChartArrow("box14", "box10"),
)  # fmt: skip


def prisma_2020(flow: Flow) -> Chart:
    """Return the boxes of PRISMA 2020, for a new or an updated review."""
    left = 1 if flow.form.is_update else 0
    others = flow.form.has_other_methods
    boxes = [*_identification(flow, left), *_columns(flow, left), _included(flow, left)]
    arrows = [
        ChartArrow("box2", "box3"), ChartArrow("box2", "box4"), ChartArrow("box4", "box5"),
        ChartArrow("box4", "box6"), ChartArrow("box6", "box7"), ChartArrow("box6", "box8"),
        ChartArrow("box8", "box9"), ChartArrow("box8", "box10"),
    ]  # fmt: skip
    heads = [ChartHead("Identification of new studies via databases and registers", left, left + 1)]
    if others:
        heads.append(ChartHead("Identification of new studies via other methods", left + 2, left + 3))
        arrows += _OTHER_ARROWS
        boxes += _other_boxes(flow, left)
    last = 4
    if flow.form.is_update:
        heads.insert(0, ChartHead("Previous studies", 0, 0))
        boxes += _previous(flow)
        arrows += [ChartArrow("box1", "box16"), ChartArrow("box10", "box16")]
        last = 5
    stages = (
        ChartStage("Identification", 0, 0),
        ChartStage("Screening", 1, 3),
        ChartStage("Included", 4, last),
    )
    return Chart(flow=flow, boxes=tuple(boxes), arrows=tuple(arrows), heads=tuple(heads), stages=stages)


def _identification(flow: Flow, left: int) -> list[ChartBox]:
    number = RowKind.NUMBER
    found = [
        head("Records identified from"), *number_rows(flow, "database_results", "Databases", kind=number),
        *number_rows(flow, "register_results", "Registers", kind=number),
    ]  # fmt: skip
    removed = [
        head("Records removed before screening"),
        *number_rows(flow, "duplicates", "Duplicate records", kind=number),
        *number_rows(flow, "excluded_automatic", "Marked as ineligible by automation tools", kind=number),
        *number_rows(flow, "excluded_other", "Removed for other reasons", kind=number),
    ]
    return [ChartBox(key="box2", rows=tuple(found), column=left, row=0),
            ChartBox(key="box3", rows=tuple(removed), column=left + 1, row=0)]  # fmt: skip


def _columns(flow: Flow, left: int) -> Iterable[ChartBox]:
    for at, (key, measure) in enumerate(_MAIN, 1):
        yield ChartBox(key=key, rows=_rows(flow, measure), column=left, row=at)
    for at, (key, measure) in enumerate(_ASIDE, 1):
        yield ChartBox(key=key, rows=_rows(flow, measure), column=left + 1, row=at)


def _rows(flow: Flow, measure: str) -> tuple[ChartRow, ...]:
    return tuple(number_rows(flow, measure, _SHORT.get(measure, "")))


def _other_boxes(flow: Flow, left: int) -> Iterable[ChartBox]:
    yield ChartBox(key="box11", rows=tuple(other_rows(flow)), column=left + 2, row=0)
    for at, (key, measure) in enumerate(_OTHER, 2):
        yield ChartBox(key=key, rows=_rows(flow, measure), column=left + 2, row=at)
    for at, (key, measure) in enumerate(_OTHER_ASIDE, 2):
        yield ChartBox(key=key, rows=_rows(flow, measure), column=left + 3, row=at)


def _included(flow: Flow, left: int) -> ChartBox:
    words = ("Studies included in review", "Reports of included studies")
    if flow.form.is_update:
        words = ("New studies included in review", "Reports of new included studies")
    rows = [*number_rows(flow, "new_studies", words[0]),
            *number_rows(flow, "new_reports", words[1], kind=RowKind.NUMBER), *_analysed(flow)]  # fmt: skip
    return ChartBox(key="box10", rows=tuple(rows), column=left, row=4)


def _analysed(flow: Flow) -> Iterable[ChartRow]:
    """Yield what went into a meta-analysis, where the review says so."""
    for key in ("total_studies_ma", "total_reports_ma"):
        if flow[key].number is not None and not flow.form.is_update:
            yield from number_rows(flow, key, kind=RowKind.NUMBER)


def _previous(flow: Flow) -> Iterable[ChartBox]:
    rows = [
        *number_rows(flow, "previous_studies", "Studies included in previous version of review"),
        *number_rows(flow, "previous_reports", "Reports of studies included in previous version of review",
                     kind=RowKind.NUMBER),
    ]  # fmt: skip
    yield ChartBox(key="box1", rows=tuple(rows), column=0, row=0)
    total = number_rows(flow, "total_studies", "Total studies included in review")
    total += number_rows(flow, "total_reports", "Reports of total included studies", kind=RowKind.NUMBER)
    for key in ("total_studies_ma", "total_reports_ma"):
        if flow[key].number is not None:
            total += number_rows(flow, key, kind=RowKind.NUMBER)
    yield ChartBox(key="box16", rows=tuple(total), column=1, row=5)
