"""Acts of the theme board: each returns an edit and writes nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from evidence_app.domain.board import Board, BoardTheme, Relation, RelationKind
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Change, Edit, Insert, RowOf, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.services.synthesis import outlining, themes

NOTHING = Edit("Change nothing")


# -- themes and groups


def new_theme(board: Board, name: str, groups: Sequence[BoardTheme] = ()) -> Edit:
    """Return the edit that adds an analytic theme at the end of the upper row, built from groups.

    Where the board has one overarching theme, it is a subtheme of that one."""
    edit = themes.new_theme(said_name(name, "theme"), ThemeKind.ANALYTIC, position=last_position(board))
    made = next(change for change in edit.changes if isinstance(change, Insert))
    row = RowOf("theme", made.guid)
    links = [
        insert("theme_parent", theme=each.id, parent=row, position=_last_parent(each)) for each in groups
    ]
    if board.spanning is not None and board.spanning not in groups:
        links.append(insert("theme_parent", theme=row, parent=board.spanning.id, position=0.0))
    return Edit(edit.label, (*edit.changes, *links))


def _last_parent(theme: BoardTheme) -> float:
    return float(len(theme.theme.parents))


def rename(theme: BoardTheme, name: str) -> Edit:
    """Return the edit that renames a theme or a group."""
    changes = set_columns("theme", theme.id, {"name": theme.name}, {"name": said_name(name, "theme")})
    return Edit(f"Rename “{theme.name}”", tuple(changes))


def link(board: Board, theme: BoardTheme, parent: BoardTheme) -> Edit:
    """Return the edit that makes a theme part of another one. Raises `EvidenceError` for a circle."""
    if (theme.id, parent.id) in board.links:
        return NOTHING
    return themes.link(theme.theme, parent.theme, board.plain)


def unlink(board: Board, theme: BoardTheme, parent: BoardTheme) -> Edit:
    """Return the edit that takes a link between two themes away."""
    return themes.unlink(theme.theme, parent.theme, board.links)


def relate(board: Board, theme: BoardTheme, other: BoardTheme, kind: RelationKind, note: str = "") -> Edit:
    """Return the edit that says that a theme supports or contradicts another one, once for each pair."""
    if theme.id == other.id:
        raise EvidenceError("A theme cannot support or contradict itself. Nothing was changed.")
    verb = "supports" if kind is RelationKind.SUPPORTS else "speaks against"
    label = f"Say that “{theme.name}” {verb} “{other.name}”"
    note = note.strip()
    for each in board.relations:
        if {each.theme_a, each.theme_b} == {theme.id, other.id}:
            before = {"kind": each.kind.value, "note": each.note}
            after = {"kind": kind.value, "note": note or each.note}
            return Edit(label, tuple(set_columns("theme_relation", each.id, before, after)))
    made = insert("theme_relation", theme_a=theme.id, theme_b=other.id, kind=kind.value, note=note)
    return Edit(label, (made,))


def unrelate(relation: Relation) -> Edit:
    """Return the edit that takes a relation away."""
    return Edit("Take a relation between themes away", (remove("theme_relation", relation.id),))


def describe(theme: BoardTheme, **values: object) -> Edit:
    """Return the edit that sets `proposition`, `rationale` or `question` of a theme."""
    held: dict[str, object] = {
        "proposition": theme.proposition, "rationale": theme.rationale, "question": theme.theme.question,
    }  # fmt: skip
    after = {key: value.strip() if isinstance(value, str) else value for key, value in values.items()}
    what = next(iter(after), "words")
    return Edit(f"Set the {what} of “{theme.name}”", tuple(set_columns("theme", theme.id, held, after)))


def remove_theme(board: Board, theme: BoardTheme, contents: ReviewContents) -> Edit:
    """Return the edit that takes a theme or group out with its links; its codes stay in the code book."""
    edit = outlining.remove_theme(contents, board.links, theme.theme)
    rows = [row for pair, held in board.held.items() if pair[0] == theme.id for row in held]
    gone: list[Change] = [remove("theme_code", row) for row in rows]
    gone += [remove("theme_relation", each.id) for each in board.relations_of(theme.id)]
    gone += unplaced(board, "theme", theme.id)
    return Edit(edit.label, (*edit.changes, *gone))


# -- places


class Spot(NamedTuple):
    """Where the card of a theme or a code is put, in lengths of the design at 100 %."""

    table: str
    row: int
    x: float
    y: float


def place(board: Board, *spots: Spot) -> Edit:
    """Return the edit that puts cards at places of the board."""
    changes: list[Change] = []
    for table, row, x, y in spots:
        held = board.places.get((table, row))
        if held is not None:
            changes += set_columns("board_place", held.id, {"x": held.x, "y": held.y}, {"x": x, "y": y})
        else:
            changes.append(insert("board_place", x=x, y=y, **{table: row}))
    return Edit("Move a card" if len(spots) == 1 else f"Move {len(spots)} cards", tuple(changes))


def order_cards(board: Board) -> Edit:
    """Return the edit that lets all cards stand in their rows again."""
    gone = tuple(remove("board_place", each.id) for each in board.places.values())
    return Edit("Put the cards in order", gone)


def unplaced(board: Board, table: str, row: int) -> list[Change]:
    """Return what lets a card stand in its row again."""
    held = board.places.get((table, row))
    return [remove("board_place", held.id)] if held is not None else []


def said_name(name: str, what: str) -> str:
    """Return a name without needless blanks. Raises `EvidenceError` where nothing is left of it."""
    name = " ".join(name.split())
    if not name:
        raise EvidenceError(f"A {what} needs a name. Nothing was changed.")
    return name


def last_position(board: Board) -> float:
    """Return the position of a theme or group behind all others."""
    return max((each.theme.position for each in board.themes), default=0.0) + 1.0
