"""Versions of the theme board: keeping one, taking one out, and bringing the board back to one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence_app.domain.board import Board, BoardTheme, GoneTheme, Version
from evidence_app.domain.board_versions import (
    BoardChange,
    changes_since,
    pairs_of,
    parents_of,
    snapshot,
    themes_of,
)
from evidence_app.domain.coding import Code
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Change, Edit, RowOf, SetColumns, counted, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.services.synthesis.board import said_name
from evidence_app.storage.project import now

Row = int | RowOf
WORDED: dict[str, type | tuple[type, ...]] = {
    "name": str, "kind": str, "proposition": str, "rationale": str, "position": (int, float),
}  # fmt: skip
"""What a version keeps of a theme beside its question, and of which sort it is."""


def keep_version(board: Board, name: str, person: int | RowOf | None = None) -> Edit:
    """Return the edit that keeps the board as it is under a name."""
    name = said_name(name, "version")
    kept = json.dumps(snapshot(board), ensure_ascii=False)  # in the order of the outline and the code book
    at = now()
    return Edit(f"Keep the version “{name}”", (
        insert("theme_version", name=name, board=kept, person=person, at=at),))  # fmt: skip


def forget_version(version: int, name: str) -> Edit:
    """Return the edit that takes a version out; the board stays as it is."""
    return Edit(f"Take out the version “{name}”", (remove("theme_version", version),))


@dataclass(frozen=True, slots=True)
class BringingBack:
    """The edit that brings the board back, and what it cannot bring back, in sentences."""

    edit: Edit
    stays: tuple[str, ...] = ()
    taken_back: tuple[BoardChange, ...] = ()
    """What changed since the version and does not hold any more once it is back."""


def bring_back(
    board: Board, version: Version, gone: Mapping[str, GoneTheme], contents: ReviewContents
) -> BringingBack:
    """Return the edit by which themes, links and places are again as a version keeps them.

    `gone` are themes of the version that were taken out since. The code book is left alone: what of it cannot
    come back is said. Raises `EvidenceError` where the version cannot be read."""
    if not isinstance(version.board.get("themes"), dict):
        raise EvidenceError(
            f"The version “{version.name}” cannot be read, so it cannot be brought back. Nothing was changed."
        )
    return _Return(board, version, gone, contents).made()


class _Return:
    """Works out row by row what differs from the version."""

    def __init__(
        self, board: Board, version: Version, gone: Mapping[str, GoneTheme], contents: ReviewContents
    ) -> None:
        self.board, self.version, self.gone, self.contents = board, version, gone, contents
        self.wanted = themes_of(version.board)
        self.now = {each.theme.guid: each for each in board.themes}
        self.changes: list[Change] = []
        self.stays: list[str] = []
        self.kept: set[int] = set()
        """Themes made since that stay, with all that speaks of them."""
        self.met: set[tuple[str | int, ...]] = set()
        self.rows: dict[str, Row] = {}
        """The row of each theme of the version."""

    def made(self) -> BringingBack:
        """Return the edit with what it cannot do."""
        for guid, values in self.wanted.items():
            self._theme(guid, values)
        for each in self.board.themes:
            if each.theme.guid not in self.wanted:
                self._made_since(each)
        self._links()
        self._codes()
        self._relations()
        self._places()
        label = f"Bring back the version “{self.version.name}”"
        return BringingBack(Edit(label, tuple(self.changes)), tuple(dict.fromkeys(self.stays)), self._back())

    def _back(self) -> tuple[BoardChange, ...]:
        """Return the changes that are taken back: none of the code book, nothing added to what stays."""
        stay = {self._guid(theme) for theme in self.kept}
        return tuple(
            each for each in changes_since(self.version.board, self.board)
            if not (each.of_book or (each.sort == "added" and each.themes & stay))
        )  # fmt: skip

    # -- themes

    def _theme(self, guid: str, kept: Mapping[str, Any]) -> None:
        values = {name: kept[name] for name, sort in WORDED.items() if isinstance(kept.get(name), sort)}
        if values.get("kind") not in tuple(ThemeKind):
            values["kind"] = ThemeKind.ANALYTIC.value
        now, gone = self.now.get(guid), self.gone.get(guid)
        if now is not None:
            self.rows[guid] = now.id
            held = {
                "name": now.name, "kind": now.theme.kind.value, "proposition": now.proposition,
                "rationale": now.rationale, "position": now.theme.position, "question": now.theme.question,
            }  # fmt: skip
            values["question"] = self._question(kept, now.theme.question)
            self.changes += set_columns("theme", now.id, held, values)
        elif gone is not None:
            self.rows[guid] = gone.id
            values["question"] = self._question(kept, gone.values["question"])
            self._from_removal(gone, values)
        else:
            values["question"] = self._question(kept, None)
            self.rows[guid] = RowOf("theme", guid)
            self.changes.append(insert("theme", guid, **{"name": "Theme", **values}))

    def _from_removal(self, gone: GoneTheme, values: Mapping[str, Any]) -> None:
        before, after = {**gone.values, "removed": gone.edit}, {**values, "removed": None}
        self.changes += set_columns("theme", gone.id, before, after)
        self.changes += [remove(table, row) for table, row in gone.strewn if self._is_new(table, row)]
        for each in gone.moved:
            if self._is_new(each.table, each.row, *sorted(each.after)):
                self.changes.append(SetColumns(each.table, each.row, each.after, each.before))

    def _is_new(self, *row: str | int) -> bool:
        """Whether a row was not dealt with yet: it may speak of two themes that come back."""
        met = row in self.met
        self.met.add(row)
        return not met

    def _question(self, kept: Mapping[str, Any], now: int | None) -> int | None:
        """Return the question a theme answered; what it answers now where that one is gone."""
        words = str(kept.get("question") or "")
        if not words:
            return None
        guid, text = kept.get("question_guid"), words.partition(": ")[2]
        for each in self.board.questions:
            if each.guid == guid or (not guid and each.text == text):
                return each.id
        self.stays.append(f"The research question “{text}” is not in the review any more.")
        return now

    def _made_since(self, theme: BoardTheme) -> None:
        """Take out a theme made since; one with findings or a section of the summary stays."""
        findings = sum(block.theme == theme.id for block in self.contents.findings)
        sections = [each for each in self.contents.sections if each.theme == theme.id]
        if findings or sections:
            holds = counted(findings, "review finding") if findings else "a section of the summary"
            self.stays.append(f"“{theme.name}” was added since and holds {holds}, so it stays.")
            self.kept.add(theme.id)
            return
        self.changes.append(remove("theme", theme.id))

    # -- links

    def _links(self) -> None:
        """Give each theme of the version its parents, in their order."""
        for guid, kept in self.wanted.items():
            wanted = [each for each in parents_of(kept) if each in self.wanted]
            now = self.now.get(guid)
            if now is not None and [self._guid(each) for each in now.theme.parents] == wanted:
                continue
            self.changes += [remove("theme_parent", row) for (theme, _), row in self.board.links.items()
                             if now is not None and theme == now.id]  # fmt: skip
            self.changes += [
                insert("theme_parent", theme=self.rows[guid], parent=self.rows[parent], position=float(at))
                for at, parent in enumerate(wanted)
            ]
        here = {row for row in self.rows.values() if isinstance(row, int)}
        for (theme, parent), row in self.board.links.items():
            if theme not in here and not {theme, parent} <= self.kept | here:
                self.changes.append(remove("theme_parent", row))

    def _guid(self, theme: int) -> str:
        held = self.board.by_id.get(theme)
        return held.theme.guid if held is not None else ""

    # -- codes

    def _codes(self) -> None:
        """Put the codes of the version under their groups again."""
        self._tell_codes()
        for guid, row in self.rows.items():
            held = [code for (theme, code) in self.board.held if theme == row]
            wanted = self._wanted_codes(guid)
            if held == wanted:
                continue
            self.changes += self._emptied(row)
            self.changes += [
                insert("theme_code", theme=row, code=code, position=float(at))
                for at, code in enumerate(wanted)
            ]
        for each in self.board.themes:
            if each.theme.guid not in self.wanted and each.id not in self.kept:
                self.changes += self._emptied(each.id)

    def _emptied(self, theme: Row) -> list[Change]:
        rows = [rows for (group, _), rows in self.board.held.items() if group == theme]
        return [remove("theme_code", row) for held in rows for row in held]

    def _wanted_codes(self, theme: str) -> list[int]:
        found = (self._living(pair[1]) for pair in pairs_of(self.version.board, "held")
                 if len(pair) == 2 and pair[0] == theme)  # fmt: skip
        return list(dict.fromkeys(code.id for code in found if code is not None))

    def _living(self, guid: str) -> Code | None:
        """Return a code as it is now: itself, or what it became."""
        code = next((each for each in self.board.codes if each.guid == guid), None)
        if code is None or code.merged_into is None:
            return code
        return self.board.code_by_id.get(code.merged_into)

    def _tell_codes(self) -> None:
        """Say what of the code book does not come back."""
        names = self.version.board.get("codes")
        names = names if isinstance(names, dict) else {}
        for guid, name in names.items():
            code = self._living(guid)
            if code is None:
                self.stays.append(
                    f"The code “{name}” was taken out of the code book since: it does not come back."
                )
            elif code.guid != guid:
                self.stays.append(
                    f"The code “{name}” was merged into “{code.name}”, which stands in its place."
                )
            elif code.name != name:
                self.stays.append(f"The code “{name}” is called “{code.name}” now, and stays so.")
        for code in self.board.living:
            if code.guid not in names and self.board.groups_of(code.id):
                self.stays.append(
                    f"The code “{code.name}” was added since: it stays, under no group of then."
                )

    # -- relations and places

    def _relations(self) -> None:
        wanted = {each[:2]: each[2:4] for each in pairs_of(self.version.board, "relations") if len(each) > 3}
        for each in self.board.relations:
            if {each.theme_a, each.theme_b} & self.kept:
                continue
            pair = (self._guid(each.theme_a), self._guid(each.theme_b))
            then = wanted.pop(pair, None)
            if then is None:
                self.changes.append(remove("theme_relation", each.id))
                continue
            before = {"kind": each.kind.value, "note": each.note}
            after = {"kind": then[0], "note": then[1]}
            self.changes += set_columns("theme_relation", each.id, before, after)
        for (first, second), (kind, note) in wanted.items():
            if first in self.rows and second in self.rows:
                ends = {"theme_a": self.rows[first], "theme_b": self.rows[second]}
                self.changes.append(insert("theme_relation", kind=kind, note=note, **ends))

    def _places(self) -> None:
        kept = self.version.board.get("places")
        if not isinstance(kept, list):
            self.stays.append("Where the cards lay was not kept with this version: they stay where they are.")
            return
        wanted = dict(self._kept_places(kept))
        for (table, row), place in self.board.places.items():
            if table == "theme" and row in self.kept:
                continue
            then = wanted.pop((table, row), None)
            if then is None:
                self.changes.append(remove("board_place", place.id))
            else:
                at = {"x": then[0], "y": then[1]}
                self.changes += set_columns("board_place", place.id, {"x": place.x, "y": place.y}, at)
        for (table, at_row), (x, y) in wanted.items():
            self.changes.append(insert("board_place", x=x, y=y, **{table: at_row}))

    def _kept_places(self, kept: Sequence[Any]) -> Iterable[tuple[tuple[str, Row], tuple[float, float]]]:
        for each in kept:
            if not isinstance(each, list) or len(each) != 4:
                continue
            table, guid, x, y = each
            code = self._living(guid) if table == "code" else None
            row = self.rows.get(guid) if table == "theme" else code.id if code is not None else None
            if row is not None and isinstance(x, int | float) and isinstance(y, int | float):
                yield (table, row), (float(x), float(y))
