"""Checks of the numbers the review states."""

from collections.abc import Iterator

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.review import NumberState
from evidence_app.services.checks.results import Found, Level, rule

_PRISMA = "https://www.prisma-statement.org/prisma-2020-flow-diagram"


@rule(
    "number-differs", Level.ERROR, "Typed number differs from the count",
    "The review prints a number somebody typed, and the review's own records count to another one.",
    ("Correct the number", "Or correct the records it is counted from",
     "Or waive with the reason for the difference"),
    link=_PRISMA,
)  # fmt: skip
def number_differs(contents: ReviewContents) -> Iterator[Found]:
    """Find stated numbers that disagree with what is counted."""
    for number in contents.numbers:
        if number.differs:
            yield Found(
                f"number:{number.key}",
                f"{number.label}: {number.value:,} is stated, {number.derived:,} is counted.",
            )


@rule(
    "number-without-basis", Level.DOUBT, "Number without a source",
    "A typed or inferred number is printed with where it comes from. This one does not say.",
    "Write down the page, table or reason it comes from",
    link=_PRISMA,
)  # fmt: skip
def number_without_basis(contents: ReviewContents) -> Iterator[Found]:
    """Find typed and inferred numbers that name no source or reason."""
    for number in contents.numbers:
        stands_alone = number.state in (NumberState.TYPED, NumberState.INFERRED) and not number.basis.strip()
        if stands_alone and number.value is not None:
            yield Found(
                f"number:{number.key}",
                f"{number.label}: {number.value:,} is {number.state.value}, without saying from what.",
            )


@rule(
    "number-contradicts-state", Level.ERROR, "Number and its state contradict each other",
    "A number marked not reported has a value, or a number with another mark has none.",
    "Choose the state that is true, or enter the value",
    link=_PRISMA,
)  # fmt: skip
def number_contradicts_state(contents: ReviewContents) -> Iterator[Found]:
    """Find numbers that are there though not reported, or absent though stated."""
    for number in contents.numbers:
        reported = number.state is not NumberState.NOT_REPORTED
        if number.value is None and number.derived is None and reported:
            yield Found(f"number:{number.key}", f"{number.label} is {number.state.value}, but has no value.")
        elif number.value is not None and not reported:
            yield Found(
                f"number:{number.key}", f"{number.label} is {number.value:,}, but marked not reported."
            )


RULES = (number_differs, number_contradicts_state, number_without_basis)
