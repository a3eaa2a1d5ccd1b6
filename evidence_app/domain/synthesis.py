"""Themes and how they hang together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ThemeKind(StrEnum):
    """What sort of theme it is (Thomas and Harden 2008; topics are the headings under a theme)."""

    OVERARCHING = "overarching"
    ANALYTIC = "analytic"
    DESCRIPTIVE = "descriptive"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme in the graph; `parents` may be several, the first one gives its place in the outline."""

    id: int
    guid: str
    name: str
    kind: ThemeKind
    parents: tuple[int, ...] = ()
    question: int | None = None
    definition: str = ""
    position: float = 0.0


@dataclass(frozen=True, slots=True)
class Outlined:
    """A theme at its place in the outline."""

    theme: Theme
    depth: int


def outline(themes: Sequence[Theme]) -> list[Outlined]:
    """Return the graph as an outline: each theme under each of its parents, roots by position.

    A theme that has a root's place and parents too is shown under the parents only. Themes that go round
    in a circle follow at the end, so that none is lost."""
    known = {theme.id for theme in themes}
    children: dict[int | None, list[Theme]] = {}
    for theme in sorted(themes, key=lambda theme: (theme.position, theme.id)):
        parents: list[int | None] = [parent for parent in theme.parents if parent in known]
        for parent in parents or [None]:
            children.setdefault(parent, []).append(theme)
    lines: list[Outlined] = []

    def place(parent: int | None, depth: int, above: frozenset[int]) -> None:
        for theme in children.get(parent, ()):
            if theme.id not in above:
                lines.append(Outlined(theme, depth))
                place(theme.id, depth + 1, above | {theme.id})

    place(None, 0, frozenset())
    shown = {line.theme.id for line in lines}
    for theme in themes:
        if theme.id not in shown:
            first = len(lines)
            lines.append(Outlined(theme, 0))
            place(theme.id, 1, frozenset({theme.id}))
            shown.update(line.theme.id for line in lines[first:])
    return lines


def with_descendants(theme: int, themes: Iterable[Theme]) -> frozenset[int]:
    """Return the theme and everything below it."""
    below: dict[int, list[int]] = {}
    for each in themes:
        for parent in each.parents:
            below.setdefault(parent, []).append(each.id)
    found = {theme}
    waiting = [theme]
    while waiting:
        for child in below.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)


def path_to(theme: int, themes: Mapping[int, Theme]) -> tuple[Theme, ...]:
    """Return the themes from the root to this one along first parents."""
    path: list[Theme] = []
    at: int | None = theme
    while at is not None and at in themes and themes[at] not in path:
        path.append(themes[at])
        at = themes[at].parents[0] if themes[at].parents else None
    return tuple(reversed(path))


def would_circle(theme: int, parent: int, themes: Iterable[Theme]) -> bool:
    """Return whether putting the theme under this parent would make it its own ancestor."""
    return parent in with_descendants(theme, themes)


def is_main(theme: Theme, known: Mapping[int, Theme]) -> bool:
    """Return whether a theme stands for itself: it is no topic, and no group that is part of another one."""
    if theme.kind is ThemeKind.DESCRIPTIVE:
        return not any(parent in known for parent in theme.parents)
    return theme.kind is not ThemeKind.TOPIC


def colour_places(themes: Sequence[Theme]) -> dict[int, int]:
    """Return which colour each theme takes: the place among the themes that are no topics, as outlined.

    A topic, or a descriptive theme that is part of another one, takes that of the nearest such theme above it
    along first parents, or none."""
    known = {theme.id: theme for theme in themes}
    lines = outline(themes)
    main = dict.fromkeys(line.theme.id for line in lines if is_main(line.theme, known))
    places = {theme: place for place, theme in enumerate(main)}
    found: dict[int, int] = {}
    for theme in themes:
        nearest = [each.id for each in path_to(theme.id, known) if each.id in places]
        if nearest:
            found[theme.id] = places[nearest[-1]]
    return found
