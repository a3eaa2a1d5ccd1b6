"""What an exchange came to: nothing is lost without being named. Kept with the review, or in a file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evidence_app.domain.edit import Insert, insert
from evidence_app.services.coding.documents import now
from evidence_app.services.coding.exchange.model import QdaSelection, QdaSource
from evidence_app.services.whole_files import replacing


@dataclass(slots=True, kw_only=True)
class BroughtIn:
    """What an import came to."""

    file: str
    origin: str
    model: str
    """How the file counts characters, as it was found out."""
    codings: int = 0
    placed: int = 0
    unchanged: int = 0
    """Of the placed ones, those the review held already."""
    documents: int = 0
    quotations: int = 0
    codes: int = 0
    themes: int = 0
    memos: int = 0
    lost: list[dict[str, Any]] = field(default_factory=list)
    not_kept: Mapping[str, int] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """What became of the codings, in one sentence."""
        return f"{self.placed} of {self.codings} codings placed"


@dataclass(slots=True, kw_only=True)
class SentOut:
    """What an export came to."""

    file: str
    profile: str
    codings: int = 0
    quotations: int = 0
    codes: int = 0
    documents: int = 0
    memos: int = 0
    not_written: Mapping[str, int] = field(default_factory=dict)
    """What REFI-QDA has no place for, with how often."""


def lost(source: QdaSource, selection: QdaSelection, why: str) -> dict[str, Any]:
    """Return the line of the report for a selection that could not be placed."""
    return {
        "document": source.name, "selection": selection.guid, "start": selection.start, "end": selection.end,
        "page": None if selection.page is None else selection.page + 1, "text": selection.name, "why": why,
    }  # fmt: skip


def row(told: BroughtIn | SentOut, name: str, direction: str, person: Any) -> Insert:
    """Return the row by which the review remembers an exchange."""
    origin = told.origin if isinstance(told, BroughtIn) else told.profile
    return insert(
        "exchange", name=name, direction=direction, program=origin, person=person, at=now(),
        report=json.dumps(asdict(told), ensure_ascii=False),
    )  # fmt: skip


def write(told: BroughtIn | SentOut, out: Path) -> None:
    """Write a report beside the file it is about."""
    with replacing(out) as place:
        place.write_text(json.dumps(asdict(told), ensure_ascii=False, indent=1), "utf-8")
