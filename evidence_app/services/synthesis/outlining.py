"""Ordering the themes: the place of each in the outline, its name in the manuscript, what goes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Change, Edit, counted, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.synthesis import Theme, ThemeKind, would_circle
from evidence_app.services.synthesis import findings, themes
from evidence_app.services.synthesis.manuscript import between

Links = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the outline: below a parent or none, before one of its children, or at the end."""

    parent: int | None
    before: int | None = None


def siblings(contents: ReviewContents, parent: int | None) -> list[Theme]:
    """Return the themes below a parent, or the roots, in the order of the outline."""
    known = contents.theme_by_id
    found = [
        theme
        for theme in contents.themes
        if (parent in theme.parents if parent is not None else not any(at in known for at in theme.parents))
    ]
    return sorted(found, key=lambda theme: (theme.position, theme.id))


def _position(contents: ReviewContents, spot: Spot, moving: int | None = None) -> float:
    there = [theme for theme in siblings(contents, spot.parent) if theme.id != moving]
    ids = [theme.id for theme in there]
    at = ids.index(spot.before) if spot.before in ids else len(there)
    return between(there[at - 1].position if at else None, there[at].position if at < len(there) else None)


def add_theme(contents: ReviewContents, name: str, kind: ThemeKind, spot: Spot) -> Edit:
    """Return the edit that adds a theme at a place of the outline; it answers its parent's question."""
    parent = contents.theme_by_id.get(spot.parent) if spot.parent is not None else None
    return themes.new_theme(
        name, kind, parents=() if parent is None else (parent.id,),
        question=parent.question if parent else None, position=_position(contents, spot),
    )  # fmt: skip


def rename(contents: ReviewContents, theme: Theme, name: str) -> Edit:
    """Return the edit that renames a theme, with its section of the manuscript if that has the same name."""
    edit = themes.change_theme(theme, replace(theme, name=name))
    section = findings.section_of(contents, theme.id)
    if section is None or section.title != theme.name:
        return edit
    retitled = set_columns("section", section.id, {"title": section.title}, {"title": name})
    return Edit(edit.label, (*edit.changes, *retitled))


def move_theme(
    contents: ReviewContents, links: Links, theme: Theme, from_parent: int | None, spot: Spot
) -> Edit:
    """Return the edit that moves a theme from one place of the outline to another; other parents stay.

    Raises `EvidenceError` where it would come to stand below itself."""
    changes: list[Change] = []
    if spot.parent != from_parent:
        parent = contents.theme_by_id.get(spot.parent) if spot.parent is not None else None
        if parent is not None and would_circle(theme.id, parent.id, contents.themes):
            raise EvidenceError(
                f"“{theme.name}” cannot go under “{parent.name}”, which is part of it. Nothing was changed."
            )
        order = theme.parents.index(from_parent) if from_parent in theme.parents else len(theme.parents)
        if from_parent is not None and (theme.id, from_parent) in links:
            changes.append(remove("theme_parent", links[theme.id, from_parent]))
        if spot.parent is None:
            changes += [
                remove("theme_parent", links[theme.id, each])
                for each in theme.parents
                if each != from_parent and (theme.id, each) in links
            ]
        elif spot.parent not in theme.parents:
            changes.append(insert("theme_parent", theme=theme.id, parent=spot.parent, position=float(order)))
    position = _position(contents, spot, theme.id)
    changes += set_columns("theme", theme.id, {"position": theme.position}, {"position": position})
    return Edit(f"Move “{theme.name}”", tuple(changes))


def nudged(contents: ReviewContents, theme: Theme, parent: int | None, step: int) -> Spot | None:
    """Return the place one step up (-1) or down (1) among those that stand together, or None at the end.

    Topics and other themes under an overarching theme stand apart and are passed over."""
    together = _together(contents, theme, parent)
    at = [each.id for each in together].index(theme.id) + step
    if not 0 <= at < len(together):
        return None
    if step < 0:
        return Spot(parent, together[at].id)
    row = siblings(contents, parent)
    ids = [each.id for each in row if each.id != theme.id]
    behind = ids.index(together[at].id) + 1
    return Spot(parent, ids[behind] if behind < len(ids) else None)


def _together(contents: ReviewContents, theme: Theme, parent: int | None) -> list[Theme]:
    row = siblings(contents, parent)
    above = contents.theme_by_id.get(parent) if parent is not None else None
    if above is not None and above.kind is not ThemeKind.OVERARCHING:
        return row
    if above is None:
        spanning = theme.kind is ThemeKind.OVERARCHING
        return [each for each in row if (each.kind is ThemeKind.OVERARCHING) is spanning]
    topic = theme.kind is ThemeKind.TOPIC
    return [each for each in row if (each.kind is ThemeKind.TOPIC) is topic]


def indented(contents: ReviewContents, theme: Theme, parent: int | None) -> Spot | None:
    """Return the place below the theme that stands before this one, or None where there is none."""
    together = _together(contents, theme, parent)
    at = [each.id for each in together].index(theme.id)
    return Spot(together[at - 1].id) if at else None


def outdented(contents: ReviewContents, parent: int | None) -> Spot | None:
    """Return the place behind the parent, or None where there is no parent."""
    above = contents.theme_by_id.get(parent) if parent is not None else None
    if above is None:
        return None
    grand = next((each for each in above.parents if each in contents.theme_by_id), None)
    row = [each.id for each in siblings(contents, grand)]
    behind = row.index(above.id) + 1
    return Spot(grand, row[behind] if behind < len(row) else None)


def remove_theme(contents: ReviewContents, links: Links, theme: Theme) -> Edit:
    """Return the edit that removes a theme: its findings go to its parent and into the parent's section.

    What stood below it goes to the parent too; its own section goes once nothing is left in it."""
    edit = themes.remove_theme(theme, contents, links)
    heir = next((each for each in theme.parents if each in contents.theme_by_id), None)
    section = findings.section_of(contents, theme.id)
    if section is None:
        return edit
    heirs = findings.section_of(contents, heir) if heir is not None else None
    changes = list(edit.changes)
    there = [block for block in contents.blocks if block.section == section.id]
    children = [each for each in contents.sections if each.parent == section.id]
    if heirs is None or any(block.theme != theme.id for block in there):
        changes += set_columns("section", section.id, {"theme": section.theme}, {"theme": heir})
        return Edit(edit.label, tuple(changes))
    last = [block.position for block in contents.blocks if block.section == heirs.id]
    position = max(last, default=0.0)
    for block in there:
        position += 1.0
        before = {"section": block.section, "position": block.position}
        changes += set_columns("block", block.id or 0, before, {"section": heirs.id, "position": position})
    for child in children:
        changes += set_columns("section", child.id, {"parent": section.id}, {"parent": section.parent})
    changes.append(remove("section", section.id))
    return Edit(edit.label, tuple(changes))


def consequence(contents: ReviewContents, theme: Theme) -> str:
    """Return in words, with numbers, what removing a theme does."""
    own = sum(1 for block in contents.findings if block.theme == theme.id)
    below = sum(1 for each in contents.themes if theme.id in each.parents)
    heir = next((contents.theme_by_id[each] for each in theme.parents if each in contents.theme_by_id), None)
    parts = []
    if own:
        where = f"go to “{heir.name}”" if heir else "stay in the manuscript as plain text"
        parts.append(f"Its {counted(own, 'review finding')} {_one(where) if own == 1 else where}.")
    if below:
        where = f"go under “{heir.name}”" if heir else "stand at the top of the outline"
        what = counted(below, "theme or topic", "themes and topics")
        parts.append(f"The {what} below it {_one(where) if below == 1 else where}.")
    return " ".join(parts) or "No review finding stands under it."


def _one(words: str) -> str:
    verb, _, rest = words.partition(" ")
    return f"{'goes' if verb == 'go' else verb + 's'} {rest}"


def names_of(found: Sequence[Theme]) -> str:
    """Return the names of themes as one line."""
    return ", ".join(theme.name for theme in found)
