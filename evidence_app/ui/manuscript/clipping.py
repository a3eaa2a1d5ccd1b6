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


def with_own_names(clip: Clip) -> Clip:
    """Return the clip with fresh identities for its anchors: each stands at one place only."""
    names = {anchor.guid: new_guid() for anchor in clip.anchors}
    anchors = tuple(copied(each, names[each.guid]) for each in clip.anchors)
    return Clip(renamed(clip.runs, names), anchors, clip.block)
