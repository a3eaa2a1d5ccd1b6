"""The theme board: codes as cards, their groups, analytic themes above, and the links between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from evidence_app.domain.coding import Code, CodeCount
from evidence_app.domain.edit import SetColumns
from evidence_app.domain.review import Question
from evidence_app.domain.synthesis import Theme, ThemeKind, outline, path_to

ABOVE = frozenset((ThemeKind.OVERARCHING, ThemeKind.ANALYTIC))
"""Kinds that stand in the upper row; the others are groups."""


class RelationKind(StrEnum):
    """How one theme stands to another beside being part of it."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


RELATION_WORDS = {RelationKind.SUPPORTS: "supports", RelationKind.CONTRADICTS: "speaks against"}


@dataclass(frozen=True, slots=True)
class Relation:
    """A theme that supports another one, or speaks against it."""

    id: int
    theme_a: int
    theme_b: int
    kind: RelationKind
    note: str = ""

    @property
    def words(self) -> str:
        """What is said beside the link."""
        return RELATION_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class BoardTheme:
    """A theme or a group as its card shows it."""

    theme: Theme
    proposition: str = ""
    rationale: str = ""
    anchors: int = 0
    reports: int = 0

    @property
    def id(self) -> int:
        """The row of the theme."""
        return self.theme.id

    @property
    def name(self) -> str:
        """What it is called."""
        return self.theme.name

    @property
    def is_above(self) -> bool:
        """Whether it stands in the upper row."""
        return self.theme.kind in ABOVE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card was put, in lengths of the design at 100 %."""

    id: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GoneTheme:
    """A theme that was taken out, as its row still holds it."""

    id: int
    guid: str
    edit: int
    """The edit that took it out."""
    values: Mapping[str, Any]
    """Name, kind, proposition, rationale, question and position."""
    moved: tuple[SetColumns, ...] = ()
    """What that edit changed of its review findings and its section, where they are still so."""
    strewn: tuple[tuple[str, int], ...] = ()
    """The rows of links, codes, relations and places that still speak of it."""


@dataclass(frozen=True, slots=True)
class Version:
    """The board as it was when somebody kept it."""

    id: int
    name: str
    at: str
    person: str
    board: Mapping[str, Any]


Trace = tuple[str, ...]
"""What was touched: `theme` or `code`, identity and column; `link`, `held` or `relation` and two ends."""


@dataclass(frozen=True, slots=True)
class Touch:
    """When something of the board was last changed, and by whom."""

    at: str
    person: str


@dataclass(frozen=True)
class Board:
    """Everything the board shows, read at once."""

    themes: tuple[BoardTheme, ...] = ()
    codes: tuple[Code, ...] = ()
    """All codes, those that live on in another one too."""
    counts: Mapping[int, CodeCount] = field(default_factory=dict)
    held: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    """The rows of `theme_code` by theme and code, a merged code led to what it became; in their order."""
    positions: Mapping[int, float] = field(default_factory=dict)
    """What the rows of `theme_code` are put in order by."""
    links: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """The rows of `theme_parent` by theme and parent."""
    relations: tuple[Relation, ...] = ()
    places: Mapping[tuple[str, int], Place] = field(default_factory=dict)
    """Where cards were put, by table and row."""
    versions: tuple[Version, ...] = ()
    """The latest first."""
    questions: tuple[Question, ...] = ()
    touched: Mapping[Trace, Touch] = field(default_factory=dict, compare=False)
    """What was changed since the oldest version, with the last time it was."""

    @cached_property
    def by_id(self) -> dict[int, BoardTheme]:
        """The themes by their rows."""
        return {each.id: each for each in self.themes}

    @cached_property
    def code_by_id(self) -> dict[int, Code]:
        """The codes by their rows."""
        return {code.id: code for code in self.codes}

    @cached_property
    def living(self) -> tuple[Code, ...]:
        """The codes that can be given."""
        return tuple(code for code in self.codes if code.merged_into is None and code.codable)

    @cached_property
    def most_quotations(self) -> int:
        """How many quotations the code has that has the most; 1 at least."""
        return max((count.quotations for count in self.counts.values()), default=0) or 1

    @cached_property
    def plain(self) -> tuple[Theme, ...]:
        """The themes without what only the board knows."""
        return tuple(each.theme for each in self.themes)

    @cached_property
    def above(self) -> tuple[BoardTheme, ...]:
        """The overarching and analytic themes in the order of the outline, the overarching ones first."""
        order = self._order
        found = [each for each in self.themes if each.is_above]
        return tuple(
            sorted(found, key=lambda each: (each.theme.kind is not ThemeKind.OVERARCHING, order[each.id]))
        )

    @cached_property
    def groups(self) -> tuple[BoardTheme, ...]:
        """The descriptive themes and topics, each beside those of the same theme."""
        order = self._order
        return tuple(
            sorted((each for each in self.themes if not each.is_above), key=lambda each: order[each.id])
        )

    @cached_property
    def _order(self) -> dict[int, int]:
        return {theme: at for at, theme in enumerate(dict.fromkeys(
            line.theme.id for line in outline(self.plain)))}  # fmt: skip

    def codes_of(self, theme: int) -> tuple[Code, ...]:
        """Return the codes under a group, in their order."""
        return self._under.get(theme, ())

    @cached_property
    def _under(self) -> dict[int, tuple[Code, ...]]:
        found: dict[int, tuple[Code, ...]] = {}
        for group, row in self.held:
            code = self.code_by_id.get(row)
            if code is not None and code.merged_into is None:
                found[group] = (*found.get(group, ()), code)
        return found

    def groups_of(self, code: int) -> tuple[BoardTheme, ...]:
        """Return the groups a code stands under."""
        found = (self.by_id.get(theme) for theme, held in self.held if held == code)
        return tuple(theme for theme in found if theme is not None)

    @cached_property
    def loose(self) -> tuple[Code, ...]:
        """The codes that stand under no group; one that stands under a theme above alone is one of them."""
        groups = {each.id for each in self.groups}
        grouped = {code for theme, code in self.held if theme in groups}
        return tuple(code for code in self.living if code.id not in grouped)

    @cached_property
    def spanning(self) -> BoardTheme | None:
        """The overarching theme, where there is exactly one."""
        found = [each for each in self.themes if each.theme.kind is ThemeKind.OVERARCHING]
        return found[0] if len(found) == 1 else None

    def parents_of(self, theme: int) -> tuple[BoardTheme, ...]:
        """Return what a theme is part of."""
        return tuple(self.by_id[each] for each in self.by_id[theme].theme.parents if each in self.by_id)

    def children_of(self, theme: int) -> tuple[BoardTheme, ...]:
        """Return what a theme is built from, in the order of the board."""
        return tuple(each for each in (*self.above, *self.groups) if theme in each.theme.parents)

    def relations_of(self, theme: int) -> tuple[Relation, ...]:
        """Return the relations a theme is in."""
        return tuple(each for each in self.relations if theme in (each.theme_a, each.theme_b))

    def other(self, relation: Relation, theme: int) -> BoardTheme | None:
        """Return the other end of a relation."""
        return self.by_id.get(relation.theme_b if relation.theme_a == theme else relation.theme_a)

    @cached_property
    def colours(self) -> dict[int, int]:
        """Which colour each theme takes: its place in the upper row; a group that of the first one above."""
        places = {theme.id: place for place, theme in enumerate(self.above)}
        known = {theme.id: theme for theme in self.plain}
        found: dict[int, int] = {}
        for theme in self.plain:
            nearest = [each.id for each in path_to(theme.id, known) if each.id in places]
            if nearest:
                found[theme.id] = places[nearest[-1]]
        return found

    def kind_words(self, theme: BoardTheme) -> str:
        """Return what a theme is in a word: an analytic theme below an overarching one is a subtheme."""
        if theme.theme.kind is ThemeKind.ANALYTIC and any(
            each.theme.kind is ThemeKind.OVERARCHING for each in self.parents_of(theme.id)
        ):
            return "Subtheme"
        return KIND_WORDS[theme.theme.kind]

    def question_words(self, question: int | None) -> str:
        """Return a research question with its number; empty where there is none."""
        for number, each in enumerate(self.questions, 1):
            if each.id == question:
                return f"Question {number}: {each.text}"
        return ""


KIND_WORDS = {
    ThemeKind.OVERARCHING: "Overarching", ThemeKind.ANALYTIC: "Analytic",
    ThemeKind.DESCRIPTIVE: "Group", ThemeKind.TOPIC: "Topic",
}  # fmt: skip
