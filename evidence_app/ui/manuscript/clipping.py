"""What is copied, cut and dragged in the manuscript: runs with their anchors, references, plain text."""

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QByteArray, QMimeData

from evidence_app.domain.edit import new_guid
from evidence_app.domain.manuscript import (
    Anchor,
    Cited,
    Role,
    Run,
    runs_from_json,
    runs_to_json,
)
from evidence_app.domain.reference import ReferenceId
from evidence_app.services.synthesis.rewriting import copied, renamed

RUNS: Final = "application/x-evidence-runs"
REFERENCES: Final = "application/x-evidence-references"
"""Ids of references, as JSON; what the Library and the lists of works hand over when they are dragged."""


class Clip(NamedTuple):
    """Copied prose: its runs, the anchors in it, and the block it comes from."""

    runs: tuple[Run, ...]
    anchors: tuple[Anchor, ...]
    block: str = ""


def clip_mime(runs: Sequence[Run], anchors: Sequence[Anchor], block: str, shown: str) -> QMimeData:
    """Return the runs as mime data; `shown` is what other programs get."""
    plain = {
        "runs": runs_to_json(runs), "block": block,
        "anchors": [
            {"guid": each.guid, "role": each.role.value, "works": [_work(work) for work in each.works]}
            for each in anchors
        ],
    }  # fmt: skip
    mime = QMimeData()
    mime.setData(RUNS, QByteArray(json.dumps(plain).encode()))
    mime.setText(shown)
    return mime


def _work(work: Cited) -> dict[str, object]:
    return {
        "reference": work.reference, "locator": work.locator, "label": work.label, "prefix": work.prefix,
        "suffix": work.suffix,
    }  # fmt: skip


def clip_of(mime: QMimeData) -> Clip | None:
    """Return the prose in mime data, or None where there is none of ours."""
    if not mime.hasFormat(RUNS):
        return None
    try:
        plain = json.loads(bytes(mime.data(RUNS).data()))
        anchors = tuple(
            Anchor(
                str(each["guid"]), Role(each["role"]),
                tuple(
                    Cited(**{**work, "reference": ReferenceId(int(work["reference"]))})
                    for work in each["works"]
                ),
            )
            for each in plain["anchors"]
        )  # fmt: skip
        return Clip(runs_from_json(plain["runs"]), anchors, str(plain["block"]))
    except (ValueError, KeyError, TypeError):
        return None


def references_mime(ids: Sequence[int], shown: str = "") -> QMimeData:
    """Return references as mime data."""
    mime = QMimeData()
    mime.setData(REFERENCES, QByteArray(json.dumps(list(ids)).encode()))
    if shown:
        mime.setText(shown)
    return mime


def references_of(mime: QMimeData) -> list[int]:
    """Return the ids of references in mime data."""
    if not mime.hasFormat(REFERENCES):
        return []
    try:
        ids = json.loads(bytes(mime.data(REFERENCES).data()))
    except ValueError:
        return []
    return [each for each in ids if isinstance(each, int)] if isinstance(ids, list) else []


def with_own_names(clip: Clip) -> Clip:
    """Return the clip with fresh identities for its anchors: each stands at one place only."""
    names = {anchor.guid: new_guid() for anchor in clip.anchors}
    anchors = tuple(copied(each, names[each.guid]) for each in clip.anchors)
    return Clip(renamed(clip.runs, names), anchors, clip.block)
