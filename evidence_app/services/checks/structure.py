"""Checks of the review's own text: findings, themes, headings."""

from collections.abc import Iterator

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.manuscript import Block, BlockKind, Direction, Role, Section
from evidence_app.domain.synthesis import Theme
from evidence_app.services.checks.results import Found, Level, about_block, rule
from evidence_app.services.checks.scope import opening

_THEMATIC = "https://doi.org/10.1186/1471-2288-8-45"
_ENTREQ = "https://doi.org/10.1186/1471-2288-12-181"


@rule(
    "finding-without-evidence", Level.DOUBT, "Review finding without evidence",
    "A block under a theme is a review finding, and this one cites no work as evidence. A reader cannot tell "
    "which reports it rests on. A gap needs none.",
    ("Cite the reports it rests on", "Or move the block out of the theme if it only leads over"),
    link=_ENTREQ,
)  # fmt: skip
def finding_without_evidence(contents: ReviewContents) -> Iterator[Found]:
    """Find review findings that cite no work as evidence."""
    for block in contents.findings:
        if block.direction is Direction.GAP:
            continue  # what no report says has none to cite
        if not any(anchor.role is Role.EVIDENCE and anchor.works for anchor in block.anchors):
            yield about_block(block, f"“{opening(block)}” under {_path(contents, block)} cites no evidence.")


@rule(
    "finding-without-direction", Level.DOUBT, "Review finding without a direction",
    "Each finding says whether it is a barrier, an enabler, both, a proposed solution, a gap or neither; the "
    "summary's tables are built from it. This one says nothing.",
    "Choose the direction in the inspector of the block",
    link=_THEMATIC,
)  # fmt: skip
def finding_without_direction(contents: ReviewContents) -> Iterator[Found]:
    """Find review findings whose direction nobody chose."""
    for block in contents.findings:
        if block.direction is None:
            yield about_block(block, f"“{opening(block)}” under {_path(contents, block)} has no direction.")


def _path(contents: ReviewContents, block: Block) -> str:
    return " › ".join(contents.theme_path(block)) or "no theme"


@rule(
    "theme-without-findings", Level.DOUBT, "Theme without findings",
    "The theme is in the outline, but neither it nor anything below it has a review finding, so the summary "
    "would print an empty heading.",
    ("Write the findings, or move some here", "Or remove the theme"),
    link=_THEMATIC,
)  # fmt: skip
def theme_without_findings(contents: ReviewContents) -> Iterator[Found]:
    """Find themes nothing was found under; silent while no finding is written at all."""
    if not contents.findings:
        return
    for theme in contents.themes:
        if not contents.findings_under(theme.id):
            yield Found(
                f"theme:{theme.id}", f"The theme “{theme.name}” has no finding, nor has any below it."
            )


@rule(
    "theme-in-a-circle", Level.ERROR, "Theme above itself",
    "Following the themes upwards leads back to this one, so its place in the outline is arbitrary.",
    "Take away one of its parents",
    link=_THEMATIC,
)  # fmt: skip
def theme_in_a_circle(contents: ReviewContents) -> Iterator[Found]:
    """Find themes that are their own ancestors."""
    for theme in contents.themes:
        if theme.id in _ancestors(theme, contents):
            yield Found(f"theme:{theme.id}", f"The theme “{theme.name}” stands above itself.")


def _ancestors(theme: Theme, contents: ReviewContents) -> set[int]:
    found: set[int] = set()
    waiting = list(theme.parents)
    while waiting:
        at = waiting.pop()
        if at not in found and at in contents.theme_by_id:
            found.add(at)
            waiting.extend(contents.theme_by_id[at].parents)
    return found


@rule(
    "heading-with-nothing-below", Level.STYLE, "Heading with nothing below",
    "A section or heading is followed by no text. It would print as a bare line.",
    ("Write the section", "Or remove the heading"),
    link="https://www.icmje.org/recommendations/browse/manuscript-preparation/preparing-for-submission.html",
)  # fmt: skip
def heading_with_nothing_below(contents: ReviewContents) -> Iterator[Found]:
    """Find sections without text, and headings inside a section that nothing follows."""
    written = {block.section for block in contents.blocks if block.kind is not BlockKind.HEADING}
    below: dict[int | None, list[Section]] = {}
    for section in contents.sections:
        below.setdefault(section.parent, []).append(section)
    if not written:
        return
    for section in contents.sections:
        if not _has_text(section, written, below, frozenset()):
            yield Found(f"section:{section.id}", f"The section “{section.title}” is empty.")
            continue
        blocks = [block for block in contents.blocks if block.section == section.id]
        for block, after in zip(blocks, [*blocks[1:], None], strict=False):
            if block.kind is not BlockKind.HEADING:
                continue
            last = after is None and not below.get(section.id)
            if last or (after is not None and after.kind is BlockKind.HEADING):
                yield about_block(block, f"Nothing follows the heading “{opening(block)}”.")


def _has_text(
    section: Section, written: set[int], below: dict[int | None, list[Section]], above: frozenset[int]
) -> bool:
    if section.id in written:
        return True
    above |= {section.id}
    return any(_has_text(s, written, below, above) for s in below.get(section.id, ()) if s.id not in above)


@rule(
    "empty-block", Level.STYLE, "Empty block",
    "A block holds neither words nor citations; it prints as an empty line, or a citation prints "
    "without a sentence.",
    "Write the block or delete it",
    link="https://www.icmje.org/recommendations/browse/manuscript-preparation/preparing-for-submission.html",
)  # fmt: skip
def empty_block(contents: ReviewContents) -> Iterator[Found]:
    """Find blocks without words."""
    for at, block in enumerate(contents.blocks, 1):
        if not block.text.strip():
            yield about_block(block, f"Block {at} of the manuscript has no words.")


RULES = (
    theme_in_a_circle, finding_without_evidence, finding_without_direction, theme_without_findings,
    heading_with_nothing_below, empty_block,
)  # fmt: skip
