"""Building themes: each act returns an edit and writes nothing."""

from collections.abc import Mapping, Sequence

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Change, Edit, RowOf, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Block
from evidence_app.domain.synthesis import Theme, ThemeKind, would_circle
from evidence_app.services.synthesis.manuscript import write_block


def new_theme(
    name: str,
    kind: ThemeKind,
    *,
    parents: Sequence[int] = (),
    question: int | None = None,
    position: float = 0.0,
) -> Edit:
    """Return the edit that adds a theme under its parents."""
    made = insert("theme", name=name, kind=kind.value, question=question, position=position)
    links = [
        insert("theme_parent", theme=RowOf("theme", made.guid), parent=parent, position=float(at))
        for at, parent in enumerate(parents)
    ]
    return Edit(f"Add the theme “{name}”", (made, *links))


def change_theme(before: Theme, after: Theme) -> Edit:
    """Return the edit from one state of a theme to another: name, kind, definition, question, position."""
    changes = set_columns("theme", before.id, _columns(before), _columns(after))
    label = f"Rename “{before.name}”" if before.name != after.name else f"Change the theme “{after.name}”"
    return Edit(label, tuple(changes))


def _columns(theme: Theme) -> dict[str, object]:
    return {
        "name": theme.name, "kind": theme.kind.value, "definition": theme.definition,
        "question": theme.question, "position": theme.position,
    }  # fmt: skip


def link(theme: Theme, parent: Theme, themes: Sequence[Theme]) -> Edit:
    """Return the edit that puts a theme under one more parent. Raises `EvidenceError` for a circle."""
    if would_circle(theme.id, parent.id, themes):
        raise EvidenceError(
            f"“{theme.name}” cannot go under “{parent.name}”, which is part of it. Nothing was changed."
        )
    made = insert("theme_parent", theme=theme.id, parent=parent.id, position=float(len(theme.parents)))
    return Edit(f"Put “{theme.name}” under “{parent.name}”", (made,))


def unlink(theme: Theme, parent: Theme, links: Mapping[tuple[int, int], int]) -> Edit:
    """Return the edit that takes a theme from under a parent; `links` are the rows of `theme_parent`."""
    row = links[theme.id, parent.id]
    return Edit(f"Take “{theme.name}” from under “{parent.name}”", (remove("theme_parent", row),))


def move(
    theme: Theme,
    parent: Theme | None,
    themes: Sequence[Theme],
    links: Mapping[tuple[int, int], int],
    position: float,
) -> Edit:
    """Return the edit that puts a theme at another place of the outline, under one parent or none."""
    changes: list[Change] = [
        remove("theme_parent", links[theme.id, each])
        for each in theme.parents
        if (parent is None or each != parent.id) and (theme.id, each) in links
    ]
    if parent is not None and parent.id not in theme.parents:
        changes += link(theme, parent, themes).changes
    changes += set_columns("theme", theme.id, {"position": theme.position}, {"position": position})
    return Edit(f"Move “{theme.name}”", tuple(changes))


def remove_theme(theme: Theme, contents: ReviewContents, links: Mapping[tuple[int, int], int]) -> Edit:
    """Return the edit that takes a theme out. Its findings go to its first parent, or become plain blocks."""
    heir = theme.parents[0] if theme.parents else None
    changes: list[Change] = [remove("theme", theme.id)]
    changes += [remove("theme_parent", row) for pair, row in links.items() if theme.id in pair]
    for block in contents.blocks:
        if block.theme == theme.id:
            changes += set_columns("block", block.id or 0, {"theme": theme.id}, {"theme": heir})
    for child in contents.themes:
        if theme.id in child.parents and heir is not None and heir not in child.parents:
            changes.append(insert("theme_parent", theme=child.id, parent=heir, position=0.0))
    return Edit(f"Remove the theme “{theme.name}”", tuple(changes))


def put_under(block: Block, theme: int | None) -> Edit:
    """Return the edit that makes a block a finding of a theme, or of none."""
    from dataclasses import replace

    return write_block(block, replace(block, theme=theme), "Put a finding under another theme")
