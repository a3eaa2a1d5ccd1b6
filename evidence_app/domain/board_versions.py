"""Versions of the theme board: how one is kept, and what changed since it, when and by whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evidence_app.domain.board import ABOVE, KIND_WORDS, RELATION_WORDS, Board, Touch, Trace
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.domain.wording import in_words


def snapshot(board: Board) -> dict[str, Any]:
    """Return the board as it is kept: by identities, so that it can be compared after years."""
    guid = {each.id: each.theme.guid for each in board.themes}
    codes = {code.id: code.guid for code in board.codes}
    questions = {each.id: each.guid for each in board.questions}
    rows = {"theme": guid, "code": codes}
    return {
        "themes": {
            each.theme.guid: {
                "name": each.name, "kind": each.theme.kind.value, "proposition": each.proposition,
                "rationale": each.rationale, "question": board.question_words(each.theme.question),
                "question_guid": questions.get(each.theme.question or 0, ""),
                "position": each.theme.position,
                "parents": [guid[parent] for parent in each.theme.parents if parent in guid],
            }
            for each in board.themes
        },
        "codes": {code.guid: code.name for code in board.living},
        "held": [[guid[theme], codes[code]] for theme, code in board.held
                 if theme in guid and code in codes],
        "relations": [[guid[each.theme_a], guid[each.theme_b], each.kind.value, each.note]
                      for each in board.relations if each.theme_a in guid and each.theme_b in guid],
        "places": [[table, rows[table][row], place.x, place.y]
                   for (table, row), place in board.places.items() if row in rows[table]],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardChange:
    """One thing that is different from a version: its sort, a sentence, and the themes it touches."""

    sort: str
    """`added`, `removed`, `moved` or `worded`."""
    words: str
    themes: frozenset[str] = frozenset()
    """The identities of the themes."""
    touch: Touch | None = None
    """When it was done, and by whom; None where the history does not tell."""
    of_book: bool = False
    """Whether it was done in the code book, which a version does not bring back."""


def changes_since(version: Mapping[str, Any], board: Board) -> list[BoardChange]:
    """Return what is different on the board from a version of it, in plain sentences."""
    return _Difference(version, snapshot(board), board).all()


class _Difference:
    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any], board: Board) -> None:
        self._board = board
        self.old, self.new = themes_of(old), themes_of(new)
        self.old_codes, self.new_codes = _mapping(old, "codes"), _mapping(new, "codes")
        self.old_held, self.new_held = pairs_of(old, "held"), pairs_of(new, "held")
        self.old_relations, self.new_relations = pairs_of(old, "relations"), pairs_of(new, "relations")

    def all(self) -> list[BoardChange]:
        """Return the changes: themes, their words, links, relations, codes."""
        book = [replace(each, of_book=True) for each in self._codes()]
        return [
            *self._themes(), *self._worded(), *self._links(), *self._related(), *book, *self._placed(),
            *self._ordered(),
        ]  # fmt: skip

    def _name(self, theme: str) -> str:
        return str((self.new.get(theme) or self.old.get(theme) or {}).get("name", "a theme that is gone"))

    def _what(self, theme: str) -> str:
        kind = str((self.new.get(theme) or self.old.get(theme) or {}).get("kind", ""))
        return "Theme" if kind in {each.value for each in ABOVE} else "Group"

    def _made(self, sort: str, words: str, themes: Iterable[str], *traces: Trace) -> BoardChange:
        """Return a change with the last time one of its traces was touched."""
        known = self._board.touched
        touches = [known[trace] for trace in traces if trace in known]
        return BoardChange(
            sort, words, frozenset(themes), max(touches, key=lambda each: each.at, default=None)
        )

    def _themes(self) -> Iterable[BoardChange]:
        for each in self.new:
            if each not in self.old:
                yield self._made("added", f"{self._what(each)} {self._name(each)} added", (each,),
                                 *_come("theme", each))  # fmt: skip
        for each in self.old:
            if each not in self.new:
                words = f"{self._what(each)} {self._name(each)} taken out"
                yield self._made("removed", words, (each,), ("theme", each, "removed"))

    def _worded(self) -> Iterable[BoardChange]:
        for each in self.new:
            before, after = self.old.get(each), self.new[each]
            if before is None:
                continue
            name = self._name(each)
            if before.get("name") != after["name"]:
                words = f"{self._what(each)} {before.get('name')} renamed to {name}"
                yield self._made("worded", words, (each,), ("theme", each, "name"))
            if before.get("kind") != after["kind"]:
                words = f"{name} is now of the kind {KIND_WORDS[ThemeKind(after['kind'])].lower()}"
                yield self._made("worded", words, (each,), ("theme", each, "kind"))
            for key, what in _WORDED:
                if (before.get(key) or "") != (after[key] or ""):
                    words = _reworded(what, name, before.get(key), after[key])
                    yield self._made("worded", words, (each,), ("theme", each, key))

    def _links(self) -> Iterable[BoardChange]:
        for each in (*self.new, *(gone for gone in self.old if gone not in self.new)):
            before, after = (set(parents_of(held.get(each, {}))) for held in (self.old, self.new))
            what = f"{self._what(each)} {self._name(each)}"
            for parent in sorted(after - before, key=self._name):
                words = f"{what} linked to {self._name(parent)}"
                yield self._made("added", words, (each, parent), ("link", each, parent))
            for parent in sorted(before - after, key=self._name):
                if each in self.new and parent in self.new:
                    words = f"{what} no longer linked to {self._name(parent)}"
                    yield self._made("removed", words, (each, parent), ("link", each, parent))

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
                sort = "removed" if gone else "added"
                yield self._made(sort, said, each[:2], ("relation", each[0], each[1]))

    def _codes(self) -> Iterable[BoardChange]:
        became = {code.guid: self._board.code_by_id.get(code.merged_into or 0) for code in self._board.codes}
        for each, name in self.new_codes.items():
            if each not in self.old_codes:
                under = self._under(each, self.new_held)
                yield self._made("added", f"Code {name} added", under, *_come("code", each))
            elif self.old_codes[each] != name:
                words = f"Code {self.old_codes[each]} renamed to {name}"
                yield self._made("worded", words, self._under(each, self.new_held), ("code", each, "name"))
        for each, name in self.old_codes.items():
            if each not in self.new_codes:
                into, under = became.get(each), self._under(each, self.old_held)
                words = f"Code {name} merged into {into.name}" if into else f"Code {name} taken out"
                yield self._made("removed", words, under, *(
                    ("code", each, column) for column in ("merged_into", "removed", "codable")
                ))  # fmt: skip

    def _placed(self) -> Iterable[BoardChange]:
        for code, name in self.new_codes.items():
            if code not in self.old_codes:
                continue
            before, after = self._under(code, self.old_held), self._under(code, self.new_held)
            gone = sorted(self._name(each) for each in before - after if each in self.new)
            come = sorted(self._name(each) for each in after - before)
            touched = before ^ after
            traces = [("held", theme, code) for theme in touched]
            if gone and come:
                words = f"Code {name} moved from {in_words(gone)} to {in_words(come)}"
                yield self._made("moved", words, touched, *traces)
            elif come:
                yield self._made("added", f"Code {name} put under {in_words(come)}", touched, *traces)
            elif gone:
                yield self._made("removed", f"Code {name} taken out of {in_words(gone)}", touched, *traces)

    def _ordered(self) -> Iterable[BoardChange]:
        """Tell of codes that stand in another order; one that came or went moves no other."""
        orders: tuple[dict[str, list[str]], ...] = ({}, {})
        for order, held in zip(orders, (self.old_held, self.new_held), strict=True):
            for theme, code in (pair[:2] for pair in held if len(pair) > 1):
                order.setdefault(theme, []).append(code)
        before, after = orders
        for each in self.new:
            both = set(before.get(each, ())) & set(after.get(each, ()))
            was, now = ([code for code in order.get(each, ()) if code in both] for order in orders)
            if was != now:
                traces = [("held", each, code) for code in now]
                yield self._made(
                    "moved", f"Codes of {self._name(each)} put in another order", (each,), *traces
                )

    def _under(self, code: str, held: Sequence[tuple[str, ...]]) -> frozenset[str]:
        return frozenset(pair[0] for pair in held if pair[1:2] == (code,))


_RELATED: dict[str, str] = {kind.value: words for kind, words in RELATION_WORDS.items()}
_WORDED = (("proposition", "Proposition"), ("rationale", "Reasons"), ("question", "Question answered"))


def _reworded(what: str, name: str, before: object, after: object) -> str:
    how = "written" if not before else "taken out" if not after else "reworded"
    if what == "Question answered":
        how = "set" if not before else "taken out" if not after else "changed"
    return f"{what} of {name} {how}"


def _come(table: str, guid: str) -> tuple[Trace, Trace]:
    """Return the traces of something that is there now: it was made, or brought back."""
    return (table, guid, "made"), (table, guid, "removed")


def _mapping(board: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = board.get(key)
    return dict(found) if isinstance(found, dict) else {}


def themes_of(board: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the themes of a kept board by their identities."""
    return {key: each for key, each in _mapping(board, "themes").items() if isinstance(each, dict)}


def parents_of(theme: Mapping[str, Any]) -> list[str]:
    """Return what a theme of a kept board is part of, by identities."""
    found = theme.get("parents")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def pairs_of(board: Mapping[str, Any], key: str) -> list[tuple[str, ...]]:
    """Return the rows of a list of a kept board, as texts: `held` or `relations`."""
    found = board.get(key)
    if not isinstance(found, list):
        return []
    return [tuple(str(part) for part in each) for each in found if isinstance(each, list)]
