"""The review's own text: sections of short blocks, with citation anchors inside their sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from evidence_app.domain.reference import ReferenceId


class Mark(StrEnum):
    """How a run of text is set; there are no others."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    SUB = "sub"
    SUP = "sup"


class Role(StrEnum):
    """What a citation is there for; only evidence supports a theme."""

    EVIDENCE = "evidence"
    DEFINITION = "definition"
    CONTEXT = "context"
    CONTRAST = "contrast"


class Direction(StrEnum):
    """What a review finding says of co-production, or of whatever the review asks about."""

    BARRIER = "barrier"
    ENABLER = "enabler"
    BOTH = "both"
    SOLUTION = "proposed solution"
    GAP = "gap"
    NEITHER = "neither"


class BlockKind(StrEnum):
    """What a block is; a paragraph under a theme is a review finding."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words with at most a few marks."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class AnchorPlace:
    """The place of a citation anchor in a sentence; the anchor itself is kept beside the block."""

    anchor: str
    """The anchor's guid."""


Run = Text | AnchorPlace


@dataclass(frozen=True, slots=True)
class Cited:
    """One work in a citation anchor, with the place in it that is meant."""

    reference: ReferenceId
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    id: int | None = field(default=None, compare=False)
    """Its row in the project; None while it is new."""
    position: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One citation group: the works cited together at one place, in the order printed."""

    guid: str
    role: Role
    works: tuple[Cited, ...]
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One short block of the manuscript, with its anchors."""

    guid: str
    section: int
    runs: tuple[Run, ...]
    anchors: tuple[Anchor, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    theme: int | None = None
    direction: Direction | None = None
    position: float = 0.0
    id: int | None = None

    @property
    def text(self) -> str:
        """The words alone, anchors left out."""
        return "".join(run.text for run in self.runs if isinstance(run, Text))

    @property
    def is_finding(self) -> bool:
        """Whether this block is a review finding: a paragraph or list line under a theme."""
        return self.theme is not None and self.kind in (BlockKind.PARAGRAPH, BlockKind.LIST)

    @property
    def evidence(self) -> tuple[ReferenceId, ...]:
        """The works it cites as evidence, in the order of its anchors."""
        return tuple(w.reference for each in self.anchors if each.role is Role.EVIDENCE for w in each.works)

    def anchors_in_order(self) -> Iterator[Anchor]:
        """Yield the anchors as they stand in the sentence."""
        by_guid = {anchor.guid: anchor for anchor in self.anchors}
        for run in self.runs:
            if isinstance(run, AnchorPlace) and run.anchor in by_guid:
                yield by_guid[run.anchor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An ordered part of the manuscript."""

    id: int
    guid: str
    title: str
    kind: str
    """introduction, methods, results, discussion, conclusion, captions, or the user's own word."""
    parent: int | None = None
    theme: int | None = None
    position: float = 0.0


def runs_to_json(runs: Sequence[Run]) -> list[Any]:
    """Return runs as the plain values the project file holds: text, [text, mark…], {"cite": guid}."""
    plain: list[Any] = []
    for run in runs:
        if isinstance(run, AnchorPlace):
            plain.append({"cite": run.anchor})
        elif run.marks:
            plain.append([run.text, *(mark.value for mark in run.marks)])
        else:
            plain.append(run.text)
    return plain


def runs_from_json(plain: Sequence[Any]) -> tuple[Run, ...]:
    """Return the runs held as plain values; see `runs_to_json`. What is no run is passed over."""
    runs: list[Run] = []
    for value in plain:
        if isinstance(value, dict) and value.get("cite"):
            runs.append(AnchorPlace(str(value["cite"])))
        elif text := text_run(value):
            runs.append(text)
    return tuple(runs)


def text_run(value: Any) -> Text | None:
    """Return the text a plain value holds, with the marks there are; None where it holds none."""
    if isinstance(value, str):
        return Text(value)
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        return None
    return Text(value[0], tuple(Mark(mark) for mark in value[1:] if mark in _MARKS))


_MARKS: Final = frozenset(mark.value for mark in Mark)


def tidy(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of the same marks joined and empty text left out."""
    tidied: list[Run] = []
    for run in runs:
        if isinstance(run, Text):
            if not run.text:
                continue
            last = tidied[-1] if tidied else None
            if isinstance(last, Text) and last.marks == run.marks:
                tidied[-1] = Text(last.text + run.text, run.marks)
                continue
        tidied.append(run)
    return tuple(tidied)
