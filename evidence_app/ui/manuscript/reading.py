"""What the screen asks of the project, in a reading lane."""

from collections.abc import Sequence
from typing import NamedTuple

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Anchor, Block
from evidence_app.domain.reference import Reference
from evidence_app.domain.support import Support
from evidence_app.services.checks.results import CheckResult
from evidence_app.services.checks.rules import run_checks
from evidence_app.services.synthesis.numbering import Numbering
from evidence_app.services.synthesis.picking import Candidate, ranked, times_cited
from evidence_app.storage import contents, history, manuscript, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.history import PastEdit
from evidence_app.storage.support import supports

TABLES = frozenset(
    {"section", "block", "anchor", "citation", "theme", "theme_parent", "reference", "bibliography_entry",
     "bibliography", "review"}
)  # fmt: skip
"""The tables that decide what the page shows."""
QUOTED = frozenset({"support", "quotation", "coding", "code", "document"})
"""The tables that decide which quotations stand behind a finding."""


class Quoted(NamedTuple):
    """The quotations and codings a review finding rests on."""

    block: int
    supports: Sequence[Support]


def quoted(reader: Reader, block: int) -> Quoted:
    """Return what stands behind a review finding, without reports that support it as a whole."""
    return Quoted(block, [each for each in supports(reader, block) if each.quotation is not None])


class Written(NamedTuple):
    """The manuscript with the works it cites, and the numbers given out."""

    contents: ReviewContents
    numbering: Numbering


def written(reader: Reader) -> Written:
    """Return what the page shows."""
    bibliography, numbers = manuscript.numbers_given(reader)
    numbering = Numbering(bibliography, numbers, max(numbers.values(), default=0))
    return Written(manuscript.written(reader), numbering)


def checked(reader: Reader) -> dict[str, list[CheckResult]]:
    """Return what the checks find, by the block it stands in; what was waived is left out."""
    found: dict[str, list[CheckResult]] = {}
    for result in run_checks(contents.review_contents(reader)):
        if result.block is not None and result.waived is None:
            found.setdefault(result.block, []).append(result)
    return found


def candidates(reader: Reader, words: str, blocks: Sequence[Block], section: int | None) -> list[Candidate]:
    """Return the works the picker offers for these words, the likeliest first."""
    anchors = [[work.reference for work in anchor.works] for block in blocks for anchor in block.anchors]
    near = {
        work.reference
        for block in blocks
        if block.section == section
        for anchor in block.anchors
        for work in anchor.works
    }
    counts = times_cited(anchors)
    ids = manuscript.works_found(reader, words) if words.strip() else sorted(near, key=lambda at: -counts[at])
    found = references.references(reader, ids or manuscript.works_found(reader, words))
    return ranked((candidate_of(each, counts.get(each.id, 0), near=each.id in near) for each in found), words)


def candidate_of(reference: Reference, cited: int, *, near: bool = False) -> Candidate:
    """Return a reference as the picker lists it."""
    return Candidate(
        reference=reference.id, number=reference.number, label=reference.short_label, title=reference.title,
        cited=cited, near=near, included=bool(reference.included),
    )  # fmt: skip


def past_of(reader: Reader, block: int, anchors: Sequence[Anchor] = ()) -> list[PastEdit]:
    """Return the edits that touched a block, its citations or their works, newest first."""
    rows = [("block", block)]
    rows += [("anchor", anchor.id) for anchor in anchors if anchor.id is not None]
    rows += [("citation", work.id) for anchor in anchors for work in anchor.works if work.id is not None]
    found = {
        edit.id: edit for table, row in rows for edit, _ in history.edits_of_row(reader, table, row, limit=50)
    }
    return [found[number] for number in sorted(found, reverse=True)]
