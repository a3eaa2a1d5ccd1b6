"""What stands on each citation anchor of the page."""

from collections.abc import Mapping

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Anchor
from evidence_app.services.synthesis.numbering import number_line
from evidence_app.ui.manuscript.prose import Face, face_text


def faces(contents: ReviewContents, extra: Mapping[int, str]) -> dict[str, Face]:
    """Return what stands on each anchor of the manuscript."""
    return {
        anchor.guid: face_of(contents, anchor, extra) for block in contents.blocks for anchor in block.anchors
    }


def face_of(contents: ReviewContents, anchor: Anchor, extra: Mapping[int, str]) -> Face:
    """Return what stands on an anchor: numbers, and the names of works that have none."""
    numbers = contents.numbers_of(anchor)
    parts = [number_line(numbers)] if numbers else []
    for work in anchor.works:
        reference = contents.by_id.get(work.reference)
        if reference is None:
            parts.append(extra.get(work.reference, "?"))
        elif reference.number is None:
            parts.append(extra.get(work.reference, reference.short_label))
    return Face(face_text(anchor.role, ",".join(parts)), anchor.role)
