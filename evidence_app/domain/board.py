"""The theme board: codes as cards, their groups, analytic themes above, and what changed since a version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from evidence_app.domain.coding import Code, CodeCount
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
class Version:
    """The board as it was when somebody kept it."""

    id: int
    name: str
    at: str
    person: str
    board: Mapping[str, Any]


@dataclass(frozen=True)
class Board:
    """Everything the board shows, read at once."""

    themes: tuple[BoardTheme, ...] = ()
    codes: tuple[Code, ...] = ()
    """All codes, those that live on in another one too."""
    counts: Mapping[int, CodeCount] = field(default_factory=dict)
    held: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    """The rows of `theme_code` by theme and code, a merged code led to what it became; in their order."""
    links: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """The rows of `theme_parent` by theme and parent."""
    relations: tuple[Relation, ...] = ()
    places: Mapping[tuple[str, int], Place] = field(default_factory=dict)
    """Where cards were put, by table and row."""
    versions: tuple[Version, ...] = ()
    """The latest first."""
    questions: tuple[Question, ...] = ()

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
        """The codes that stand under no group."""
        grouped = {code for theme, code in self.held if theme in self.by_id}
        return tuple(code for code in self.living if code.id not in grouped)

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


# -- versions


def snapshot(board: Board) -> dict[str, Any]:
    """Return the board as it is kept: by identities, so that it can be compared after years."""
    guid = {each.id: each.theme.guid for each in board.themes}
    codes = {code.id: code.guid for code in board.codes}
    return {
        "themes": {
            each.theme.guid: {
                "name": each.name, "kind": each.theme.kind.value, "proposition": each.proposition,
                "rationale": each.rationale, "question": board.question_words(each.theme.question),
                "parents": [guid[parent] for parent in each.theme.parents if parent in guid],
            }
            for each in board.themes
        },
        "codes": {code.guid: code.name for code in board.living},
        "held": [[guid[theme], codes[code]] for theme, code in board.held
                 if theme in guid and code in codes],
        "relations": [[guid[each.theme_a], guid[each.theme_b], each.kind.value, each.note]
                      for each in board.relations if each.theme_a in guid and each.theme_b in guid],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardChange:
    """One thing that is different from a version: its sort, a sentence, and the themes it touches."""

    sort: str
    """`added`, `removed`, `moved` or `worded`."""
    words: str
    themes: frozenset[str] = frozenset()
    """The identities of the themes."""


def changes_since(version: Mapping[str, Any], board: Board) -> list[BoardChange]:
    """Return what is different on the board from a version of it, in plain sentences."""
    return _Difference(version, snapshot(board), board).all()


class _Difference:
    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any], board: Board) -> None:
        self._board = board
        self.old, self.new = _themes_of(old), _themes_of(new)
        self.old_codes, self.new_codes = _mapping(old, "codes"), _mapping(new, "codes")
        self.old_held, self.new_held = _pairs(old, "held"), _pairs(new, "held")
        self.old_relations, self.new_relations = _pairs(old, "relations"), _pairs(new, "relations")

    def all(self) -> list[BoardChange]:
        """Return the changes: themes, their words, links, relations, codes."""
        return [*self._themes(), *self._worded(), *self._links(), *self._related(), *self._codes(),
                *self._placed()]  # fmt: skip

    def _name(self, theme: str) -> str:
        return str((self.new.get(theme) or self.old.get(theme) or {}).get("name", "a theme that is gone"))

    def _what(self, theme: str) -> str:
        kind = str((self.new.get(theme) or self.old.get(theme) or {}).get("kind", ""))
        return "Theme" if kind in {each.value for each in ABOVE} else "Group"

    def _themes(self) -> Iterable[BoardChange]:
        for each in self.new:
            if each not in self.old:
                yield BoardChange("added", f"{self._what(each)} {self._name(each)} added", frozenset((each,)))
        for each in self.old:
            if each not in self.new:
                words = f"{self._what(each)} {self._name(each)} taken out"
                yield BoardChange("removed", words, frozenset((each,)))

    def _worded(self) -> Iterable[BoardChange]:
        for each in self.new:
            before, after = self.old.get(each), self.new[each]
            if before is None:
                continue
            name, touched = self._name(each), frozenset((each,))
            if before.get("name") != after["name"]:
                words = f"{self._what(each)} {before.get('name')} renamed to {name}"
                yield BoardChange("worded", words, touched)
            if before.get("kind") != after["kind"]:
                kind = KIND_WORDS[ThemeKind(after["kind"])].lower()
                yield BoardChange("worded", f"{name} is now of the kind {kind}", touched)
            for key, what in _WORDED:
                if (before.get(key) or "") != (after[key] or ""):
                    yield BoardChange("worded", _reworded(what, name, before.get(key), after[key]), touched)

    def _links(self) -> Iterable[BoardChange]:
        for each in (*self.new, *(gone for gone in self.old if gone not in self.new)):
            before = set(self.old.get(each, {}).get("parents", ()))
            after = set(self.new.get(each, {}).get("parents", ()))
            what = f"{self._what(each)} {self._name(each)}"
            for parent in sorted(after - before, key=self._name):
                yield BoardChange(
                    "added", f"{what} linked to {self._name(parent)}", frozenset((each, parent))
                )
            for parent in sorted(before - after, key=self._name):
                if each in self.new and parent in self.new:
                    words = f"{what} no longer linked to {self._name(parent)}"
                    yield BoardChange("removed", words, frozenset((each, parent)))

    def _related(self) -> Iterable[BoardChange]:
        for gone, relations, others in (
            (False, self.new_relations, self.old_relations), (True, self.old_relations, self.new_relations),
        ):  # fmt: skip
            known = {each[:3] for each in others}
            for each in relations:
                if each[:3] in known or len(each) < 3:
                    continue
                words = _RELATED.get(each[2], each[2])
                said = f"{self._name(each[0])} {'no longer ' if gone else ''}{words} {self._name(each[1])}"
                yield BoardChange("removed" if gone else "added", said, frozenset(each[:2]))

    def _codes(self) -> Iterable[BoardChange]:
        became = {code.guid: self._board.code_by_id.get(code.merged_into or 0) for code in self._board.codes}
        for each, name in self.new_codes.items():
            if each not in self.old_codes:
                yield BoardChange("added", f"Code {name} added", self._under(each, self.new_held))
            elif self.old_codes[each] != name:
                words = f"Code {self.old_codes[each]} renamed to {name}"
                yield BoardChange("worded", words, self._under(each, self.new_held))
        for each, name in self.old_codes.items():
            if each not in self.new_codes:
                into = became.get(each)
                words = f"Code {name} merged into {into.name}" if into else f"Code {name} taken out"
                yield BoardChange("removed", words, self._under(each, self.old_held))

    def _placed(self) -> Iterable[BoardChange]:
        for code, name in self.new_codes.items():
            if code not in self.old_codes:
                continue
            before, after = self._under(code, self.old_held), self._under(code, self.new_held)
            gone = [self._name(each) for each in before - after if each in self.new]
            come = [self._name(each) for each in after - before]
            touched = before ^ after
            if gone and come:
                words = f"Code {name} moved from {_listed(gone)} to {_listed(come)}"
                yield BoardChange("moved", words, touched)
            elif come:
                yield BoardChange("added", f"Code {name} put under {_listed(come)}", touched)
            elif gone:
                yield BoardChange("removed", f"Code {name} taken out of {_listed(gone)}", touched)

    def _under(self, code: str, held: Sequence[tuple[str, ...]]) -> frozenset[str]:
        return frozenset(pair[0] for pair in held if pair[1:2] == (code,))


_RELATED: dict[str, str] = {kind.value: words for kind, words in RELATION_WORDS.items()}
_WORDED = (("proposition", "Proposition"), ("rationale", "Reasons"), ("question", "Question answered"))


def _reworded(what: str, name: str, before: object, after: object) -> str:
    how = "written" if not before else "taken out" if not after else "reworded"
    if what == "Question answered":
        how = "set" if not before else "taken out" if not after else "changed"
    return f"{what} of {name} {how}"


def _listed(names: Iterable[str]) -> str:
    *first, last = sorted(names)
    return f"{', '.join(first)} and {last}" if first else last


def _mapping(board: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = board.get(key)
    return dict(found) if isinstance(found, dict) else {}


def _themes_of(board: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {key: each for key, each in _mapping(board, "themes").items() if isinstance(each, dict)}


def _pairs(board: Mapping[str, Any], key: str) -> list[tuple[str, ...]]:
    found = board.get(key)
    if not isinstance(found, list):
        return []
    return [tuple(str(part) for part in each) for each in found if isinstance(each, list)]
