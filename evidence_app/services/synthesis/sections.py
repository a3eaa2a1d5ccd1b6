"""The outline of the manuscript: its sections with what stands in them, and acts on sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.domain.edit import Edit, insert, set_columns
from evidence_app.domain.manuscript import Block, Section
from evidence_app.services.synthesis.manuscript import between


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineLine:
    """One line of the outline: a section, or a theme inside a section that is not the section's own."""

    section: Section
    depth: int
    theme: int | None
    """The theme of the line; None for a section outside the synthesis."""
    inner: bool = False
    """Whether the line is a theme inside the section and not the section itself."""
    anchors: int
    """Citation anchors of the section and of all that is below it, or of the theme's blocks there."""
    blocks: int
    """Blocks of the section itself, or of the theme there."""


def outline_of(sections: Sequence[Section], blocks: Sequence[Block]) -> list[OutlineLine]:
    """Return the outline: sections in order, each with the themes of its blocks that have no section."""
    own: dict[int, list[Block]] = {}
    for block in blocks:
        own.setdefault(block.section, []).append(block)
    parents = {section.id: section.parent for section in sections}
    totals = {section.id: 0 for section in sections}
    for section in sections:
        count = _anchors(own.get(section.id, ()))
        at: int | None = section.id
        while at in totals:
            totals[at] += count
            at = parents[at]
    lines: list[OutlineLine] = []
    for section in sections:
        here = own.get(section.id, [])
        depth = _depth(section, parents)
        lines.append(
            OutlineLine(
                section=section, depth=depth, theme=section.theme, anchors=totals[section.id],
                blocks=len(here),
            )
        )  # fmt: skip
        for theme in dict.fromkeys(each.theme for each in here):
            if theme is not None and theme != section.theme:
                under = [block for block in here if block.theme == theme]
                lines.append(
                    OutlineLine(
                        section=section, depth=depth + 1, theme=theme, inner=True, anchors=_anchors(under),
                        blocks=len(under),
                    )
                )  # fmt: skip
    return lines


def _anchors(blocks: Sequence[Block]) -> int:
    return sum(sum(1 for _ in block.anchors_in_order()) for block in blocks)


def _depth(section: Section, parents: dict[int, int | None]) -> int:
    depth, at = 0, section.parent
    while at is not None and at in parents and depth < len(parents):
        depth, at = depth + 1, parents[at]
    return depth


def add_section(sections: Sequence[Section], title: str, beside: Section | None = None) -> Edit:
    """Return the edit that adds a section behind another one, of the same rank and kind, or at the end."""
    parent = beside.parent if beside is not None else None
    ranks = [each for each in sections if each.parent == parent]
    at = ranks.index(beside) if beside is not None and beside in ranks else len(ranks) - 1
    before = ranks[at].position if ranks else None
    after = ranks[at + 1].position if at + 1 < len(ranks) else None
    made = insert(
        "section", title=title, kind=beside.kind if beside is not None else "", parent=parent,
        position=between(before, after),
    )  # fmt: skip
    return Edit(f"Add the section “{title}”", (made,))


def shift_section(sections: Sequence[Section], section: Section, step: int) -> Edit | None:
    """Return the edit that moves a section with all below it past its neighbour of the same rank."""
    ranks = [each for each in sections if each.parent == section.parent]
    to = ranks.index(section) + step
    if not 0 <= to < len(ranks):
        return None
    low, high = (to, to + 1) if step > 0 else (to - 1, to)
    before = ranks[low].position if low >= 0 else None
    after = ranks[high].position if high < len(ranks) else None
    return _placed(section, section.parent, between(before, after))


def nest_section(sections: Sequence[Section], section: Section, *, deeper: bool) -> Edit | None:
    """Return the edit that puts a section under the one before it, or behind the one it is under."""
    ranks = [each for each in sections if each.parent == section.parent]
    at = ranks.index(section)
    if deeper:
        if not at:
            return None
        inside = [each.position for each in sections if each.parent == ranks[at - 1].id]
        return _placed(section, ranks[at - 1].id, between(max(inside, default=None), None))
    above = next((each for each in sections if each.id == section.parent), None)
    if above is None:
        return None
    later = [
        each.position for each in sections if each.parent == above.parent and each.position > above.position
    ]
    return _placed(section, above.parent, between(above.position, min(later, default=None)))


def _placed(section: Section, parent: int | None, position: float) -> Edit:
    changes = set_columns(
        "section", section.id, {"parent": section.parent, "position": section.position},
        {"parent": parent, "position": position},
    )  # fmt: skip
    return Edit(f"Move the section “{section.title}”", tuple(changes))


def below(sections: Sequence[Section], section: Section) -> list[Section]:
    """Return a section and all sections under it."""
    found = {section.id}
    listed = [section]
    for each in sections:  # a section comes before its own parts
        if each.parent in found and each.id not in found:
            found.add(each.id)
            listed.append(each)
    return listed


USUAL = (
    ("Introduction", "introduction"), ("Methods", "methods"), ("Results", "results"),
    ("Discussion", "discussion"), ("Conclusion", "conclusion"),
)  # fmt: skip
"""The sections a review begins with, as journals ask for them (PRISMA 2020), with their kinds."""


def usual_sections() -> Edit:
    """Return the edit that adds the usual sections to a manuscript that has none."""
    made = (
        insert("section", title=title, kind=kind, parent=None, position=float(place))
        for place, (title, kind) in enumerate(USUAL, 1)
    )
    return Edit("Add the usual sections", tuple(made))
