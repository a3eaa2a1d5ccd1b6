"""The short form of an exploratory review: four steps below one another, what left the review beside each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from evidence_app.domain.flow import Flow, FlowForm, FlowLine, FlowNumber
from evidence_app.domain.review import NumberState
from evidence_app.services.flow.charts import (
    Chart,
    ChartArrow,
    ChartBox,
    ChartRow,
    RowKind,
    number_rows,
    other_rows,
)


def exploratory(flow: Flow) -> Chart:
    """Return the four steps."""
    others = list(other_rows(flow, "Records from other methods"))
    screened = number_rows(flow, "records_screened", "Screened on title and abstract")
    excluded = number_rows(flow, "records_excluded", "Records excluded")
    boxes = [
        *_step(0, "identified", _identified(flow), [("others", others)]),
        ChartBox(key="removed", rows=tuple(_removed(flow)), column=1, row=1),
        *_step(2, "screened", screened, [("excluded", excluded)]),
        *_step(3, "assessed", _assessed(flow), _left_in_full_text(flow)),
        *_step(4, "included", _included(flow), ()),
    ]
    main = ("identified", "screened", "assessed", "included")
    arrows = [ChartArrow(*each) for each in pairwise(main)]
    before = {1: "identified", 2: "screened", 3: "assessed"}
    arrows += [ChartArrow(before[box.row], box.key) for box in boxes if box.column == 1 and box.row in before]
    return Chart(flow=flow, boxes=tuple(boxes), arrows=tuple(arrows), wide=True)


def _step(
    row: int, key: str, rows: Sequence[ChartRow], beside: Iterable[tuple[str, Sequence[ChartRow]]]
) -> list[ChartBox]:
    boxes = [ChartBox(key=key, rows=tuple(rows), column=0, row=row)]
    boxes += [ChartBox(key=name, rows=tuple(each), column=1, row=row) for name, each in beside]
    return boxes


def _identified(flow: Flow) -> list[ChartRow]:
    rows = number_rows(flow, "database_results", "Records from databases")
    if flow["register_results"].number:
        rows += number_rows(flow, "register_results", "Records from registers", kind=RowKind.NUMBER)
    return rows


def _removed(flow: Flow) -> list[ChartRow]:
    removed = number_rows(flow, "duplicates", "Duplicates removed")
    for key, words in (("excluded_automatic", "Removed by automation tools"),
                       ("excluded_other", "Removed for other reasons")):  # fmt: skip
        if flow[key].number:
            removed += number_rows(flow, key, words, kind=RowKind.NUMBER)
    return removed


def _both(flow: Flow, key: str) -> FlowNumber:
    """Return a number of both arms together, where both are known."""
    one, other = flow[f"dbr_{key}"], flow[f"other_{key}"]
    if not other.number:
        return one
    if one.number is None:
        return replace(one, lines=())
    return replace(
        one, number=one.number + other.number, references=tuple(sorted({*one.references, *other.references})),
        lines=_joined((*one.lines, *other.lines)) if "excluded" in key else (),
        state=NumberState.DERIVED if one.state is other.state else NumberState.TYPED,
        basis=f"{one.number:,} of databases and registers + {other.number:,} of other methods.",
    )  # fmt: skip


def _joined(lines: Sequence[FlowLine]) -> tuple[FlowLine, ...]:
    """Return the lines of both arms, those of the same words as one, the most frequent first."""
    by_words: dict[str, FlowLine] = {}
    for line in lines:
        held = by_words.get(line.label.casefold())
        if held is None or held.number is None or line.number is None:
            by_words.setdefault(line.label.casefold(), line)
        else:
            works = tuple(sorted({*held.references, *line.references}))
            by_words[line.label.casefold()] = replace(
                held, number=held.number + line.number, references=works
            )
    return tuple(sorted(by_words.values(), key=lambda line: -(line.number or 0)))


def _rows(number: FlowNumber, words: str, kind: RowKind) -> list[ChartRow]:
    made = Flow(title="", form=FlowForm.EXPLORATORY, numbers={number.key: number})
    return number_rows(made, number.key, words, kind=kind)


def _assessed(flow: Flow) -> list[ChartRow]:
    return [*_rows(_both(flow, "sought_reports"), "Reports sought", RowKind.HEAD),
            *_rows(_both(flow, "assessed"), "Read in full", RowKind.NUMBER)]  # fmt: skip


def _left_in_full_text(flow: Flow) -> list[tuple[str, list[ChartRow]]]:
    missed = _both(flow, "notretrieved_reports")
    found = [("missed", _rows(missed, "Reports not retrieved", RowKind.HEAD))] if missed.number else []
    excluded = _rows(_both(flow, "excluded"), "Reports excluded, with reasons", RowKind.HEAD)
    return [*found, ("reports_excluded", excluded)]


def _included(flow: Flow) -> list[ChartRow]:
    return [*number_rows(flow, "new_reports", "Reports included"),
            *number_rows(flow, "new_studies", "Studies included", kind=RowKind.NUMBER)]  # fmt: skip
