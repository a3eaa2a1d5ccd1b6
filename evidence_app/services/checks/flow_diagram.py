"""Checks of the flow diagram: whether its numbers agree, and what waits before they can."""

from collections.abc import Callable, Iterator
from typing import Final

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.flow import MEASURE, Equation
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.checks.results import Found, Level, rule

_PRISMA: Final = "https://www.prisma-statement.org/prisma-2020-flow-diagram"
_TWO_STUDIES: Final = "one_study"
_WAITING: Final = "decided"


@rule(
    "flow-broken", Level.ERROR, "Flow diagram does not add up",
    "The numbers of the flow diagram contradict each other. It is not written as a file until they are "
    "mended, or explained in a note that is printed below it.",
    ("Open the diagram; the box that is red is the one to look at first",
     "Correct what it is counted from, or the number that was typed",
     "Or explain in a note why the numbers differ"),
    link=_PRISMA,
)  # fmt: skip
def flow_broken(contents: ReviewContents) -> Iterator[Found]:
    """Find the equations of the diagram that do not hold and that no note explains."""
    yield from _found(contents, lambda each: each.stops and each.key != _WAITING)


@rule(
    "report-in-two-studies", Level.DOUBT, "Report in more than one study",
    "A report that stands in two studies is counted once as a report and twice among the studies. It may be "
    "right, where one report tells of two studies.",
    ("Open Studies, and take it out of the one it does not belong to", "Or waive with the reason"),
    link="https://doi.org/10.1136/bmj.n71",
)  # fmt: skip
def report_in_two_studies(contents: ReviewContents) -> Iterator[Found]:
    """Find reports that were joined to more than one study."""
    yield from _found(contents, lambda each: each.key == _TWO_STUDIES and each.broken)


@rule(
    "flow-doubtful", Level.DOUBT, "Flow diagram and review differ",
    "A number somebody typed into the flow diagram is not what the review counts, or a report was included "
    "in full text and is not marked as included in the library.",
    ("Open the diagram and look at the number", "Take the typed number back, or say where it comes from",
     "Mark the report as included, or change its decision"),
    link=_PRISMA,
)  # fmt: skip
def flow_doubtful(contents: ReviewContents) -> Iterator[Found]:
    """Find the warnings of the diagram that no other rule tells."""
    told = {number.key for number in contents.numbers if number.differs}
    yield from _found(
        contents,
        lambda each: (
            each.warning and each.broken and each.key != _TWO_STUDIES and not told & _stated_as(each)
        ),
    )


@rule(
    "flow-unfinished", Level.INFORMATION, "Decisions still to come",
    "Records or full texts still need a decision by somebody. Until then the flow diagram cannot be written.",
    "Go on screening",
    link=_PRISMA,
)  # fmt: skip
def flow_unfinished(contents: ReviewContents) -> Iterator[Found]:
    """Tell how many decisions the diagram waits for."""
    yield from _found(contents, lambda each: each.key == _WAITING and each.broken)


def _found(contents: ReviewContents, wanted: Callable[[Equation], bool]) -> Iterator[Found]:
    for equation in contents.flow.equations if contents.flow is not None else ():
        if wanted(equation):
            works = tuple(map(ReferenceId, equation.references))
            yield Found(f"flow:{equation.key}", f"{equation.title}: {equation.words}", works)


def _stated_as(equation: Equation) -> set[str]:
    measure = MEASURE.get(equation.key.removeprefix("typed:"))
    return set(measure.stated_keys) if measure is not None else set()


RULES = (flow_broken, report_in_two_studies, flow_doubtful, flow_unfinished)
