"""What a check is and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evidence_app.domain.contents import ReviewContents, Waiver
from evidence_app.domain.manuscript import Block
from evidence_app.domain.reference import Reference, ReferenceId


class Level(StrEnum):
    """How much a result matters; none of them stops an export."""

    ERROR = "error"
    DOUBT = "doubt"
    STYLE = "style"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend that is safe to make unasked: one variable of one reference, from this value to that."""

    label: str
    reference: ReferenceId
    variable: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a rule found: what it is about, and what to say of it."""

    subject: str
    message: str
    references: tuple[ReferenceId, ...] = ()
    block: str | None = None
    """The guid of the block it stands in."""
    fix: Fix | None = None


Look = Callable[[ReviewContents], Iterable[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check: what it is called, why it matters, how what it finds is mended, and how it looks."""

    name: str
    level: Level
    title: str
    explanation: str
    how_to_mend: tuple[str, ...]
    link: str
    """Where the meaning behind the rule is written down."""
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One result of one rule; `subject` is what a waiver names."""

    rule: str
    level: Level
    subject: str
    message: str
    references: tuple[ReferenceId, ...] = ()
    block: str | None = None
    waived: Waiver | None = None
    fix: Fix | None = None


def rule(
    name: str, level: Level, title: str, explanation: str, how_to_mend: str | tuple[str, ...], *, link: str
) -> Callable[[Look], Rule]:
    """Make the function below into a rule."""
    steps = (how_to_mend,) if isinstance(how_to_mend, str) else how_to_mend

    def made(look: Look) -> Rule:
        return Rule(
            name=name,
            level=level,
            title=title,
            explanation=explanation,
            how_to_mend=steps,
            link=link,
            look=look,
        )

    return made


def about(reference: Reference, message: str, fix: Fix | None = None) -> Found:
    """Return what was found about one reference."""
    return Found(f"reference:{reference.id}", message, (reference.id,), fix=fix)


def about_several(references: Iterable[Reference], message: str) -> Found:
    """Return what was found about several references together."""
    ids = tuple(reference.id for reference in references)
    return Found("references:" + ",".join(map(str, sorted(ids))), message, ids)


def about_block(block: Block, message: str, references: tuple[ReferenceId, ...] = ()) -> Found:
    """Return what was found about one block of the manuscript."""
    return Found(f"block:{block.id if block.id is not None else block.guid}", message, references, block.guid)
