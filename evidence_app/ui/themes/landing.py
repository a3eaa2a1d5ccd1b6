"""Where a drop in the list of findings goes, and what it brings."""

from typing import NamedTuple

from evidence_app.services.synthesis.overview import TopicHead
from evidence_app.ui.themes.finding_model import Row


class Landing(NamedTuple):
    """Where a drop would go: onto a finding, or before, behind it, or under a topic's heading."""

    row: int
    way: str


class Carried(NamedTuple):
    """References dropped on a finding; `source` is the chip's finding and anchor, if one was dragged."""

    block: int
    references: tuple[int, ...]
    new_anchor: bool
    source: tuple[int, str] | None


class Settled(NamedTuple):
    """Findings dropped at a place of the list."""

    blocks: tuple[int, ...]
    theme: int
    before: int | None
    after: int | None


def settled_at(blocks: tuple[int, ...], row: Row, way: str) -> Settled:
    """Return where findings go that were dropped on, before or behind a row."""
    if isinstance(row, TopicHead):
        return Settled(blocks, row.theme.id, None, None)
    theme = row.block.theme or 0
    if way == "before":
        return Settled(blocks, theme, row.block.id, None)
    return Settled(blocks, theme, None, row.block.id)
