"""Passages: what a summary says beside the manuscript, each short, each cited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence_app.domain.manuscript import Mark, Text


@dataclass(frozen=True, slots=True)
class PassageCitation:
    """The works cited at one place of a passage, in the order printed, by reference id."""

    references: tuple[int, ...]


PassageRun = Text | PassageCitation


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One piece of a commissioner's summary.

    `kind` is question, answer, message, row, disagreement, unknown or definition. The details of a row
    are `{"blocks": [runs…], "helps": [runs…], "who": [{"runs": runs, "inferred": bool}…]}`."""

    id: int
    guid: str
    kind: str
    theme: int | None = None
    position: float = 0.0
    title: str = ""
    runs: tuple[PassageRun, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


def passage_runs(plain: Sequence[Any], ids: Mapping[str, int] | None = None) -> tuple[PassageRun, ...]:
    """Return the runs held as plain values: text, [text, mark…], {"cite": [reference ids or guids]}.

    Guids are looked up in `ids`; a work that is not in the review is left out of its citation."""
    runs: list[PassageRun] = []
    for value in plain:
        if isinstance(value, str):
            runs.append(Text(value))
        elif isinstance(value, dict):
            works = [work if isinstance(work, int) else (ids or {}).get(work) for work in value["cite"]]
            runs.append(PassageCitation(tuple(work for work in works if work is not None)))
        else:
            runs.append(Text(str(value[0]), tuple(Mark(mark) for mark in value[1:])))
    return tuple(runs)
