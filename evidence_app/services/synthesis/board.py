"""Acts of the theme board: each returns an edit and writes nothing."""

from collections.abc import Sequence

from evidence_app.domain.board import Board, BoardTheme, Relation, RelationKind
from evidence_app.domain.coding import Code
from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Change, Edit, Insert, RowOf, counted, insert, remove, set_columns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.services.synthesis import outlining, themes

NOTHING = Edit("Change nothing")


# -- codes


def put_codes(
    board: Board, codes: Sequence[Code], group: BoardTheme, out_of: BoardTheme | None = None
) -> Edit:
    """Return the edit that puts codes under a group, and takes them out of another one where it is given."""
    changes: list[Change] = []
    at = len(board.codes_of(group.id))
    for code in codes:
        if (group.id, code.id) not in board.held:
            changes.append(insert("theme_code", theme=group.id, code=code.id, position=float(at)))
            at += 1
        if out_of is not None and out_of.id != group.id:
            changes += _taken(board, code, out_of.id)
        changes += _unplaced(board, "code", code.id)
    verb = "Move" if out_of is not None and out_of.id != group.id else "Put"
    into = "to" if verb == "Move" else "under"
    return Edit(f"{verb} {_named(codes)} {into} “{group.name}”", tuple(changes)) if changes else NOTHING


def take_codes(board: Board, codes: Sequence[Code], group: BoardTheme) -> Edit:
    """Return the edit that takes codes out of a group; they stay in the code book."""
    changes = [change for code in codes for change in _taken(board, code, group.id)]
    return Edit(f"Take {_named(codes)} out of “{group.name}”", tuple(changes))


def new_group(board: Board, name: str, codes: Sequence[Code] = (), parent: BoardTheme | None = None) -> Edit:
    """Return the edit that makes a group of codes. Codes stay in the groups they are in already."""
    name = said_name(name, "group")
    made = insert(
        "theme", name=name, kind=ThemeKind.DESCRIPTIVE.value, position=_last(board)
    )  # fmt: skip
    row = RowOf("theme", made.guid)
    changes: list[Change] = [made]
    changes += [
        insert("theme_code", theme=row, code=code.id, position=float(at)) for at, code in enumerate(codes)
    ]
    if parent is not None:
        changes.append(insert("theme_parent", theme=row, parent=parent.id, position=0.0))
    return Edit(f"Add the group “{name}”", tuple(changes))


def _taken(board: Board, code: Code, group: int) -> list[Change]:
    return [remove("theme_code", row) for row in board.held.get((group, code.id), ())]


def _named(codes: Sequence[Code]) -> str:
    return f"“{codes[0].name}”" if len(codes) == 1 else counted(len(codes), "code")


# -- themes and groups


def new_theme(board: Board, name: str, groups: Sequence[BoardTheme] = ()) -> Edit:
    """Return the edit that adds an analytic theme at the end of the upper row, built from groups.

    Where the board has one overarching theme, it is a subtheme of that one."""
    edit = themes.new_theme(said_name(name, "theme"), ThemeKind.ANALYTIC, position=_last(board))
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


def link_several(board: Board, groups: Sequence[BoardTheme], parent: BoardTheme) -> Edit:
    """Return the edit that makes several groups part of a theme. Raises `EvidenceError` for a circle."""
    changes = [
        change for each in groups if each.id != parent.id for change in link(board, each, parent).changes
    ]
    return Edit(f"Put {counted(len(changes), 'group')} under “{parent.name}”", tuple(changes))


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
    gone += _unplaced(board, "theme", theme.id)
    return Edit(edit.label, (*edit.changes, *gone))


# -- places


def place(board: Board, table: str, row: int, x: float, y: float) -> Edit:
    """Return the edit that puts the card of a theme or a code at a place of the board."""
    held = board.places.get((table, row))
    if held is not None:
        changes = set_columns("board_place", held.id, {"x": held.x, "y": held.y}, {"x": x, "y": y})
    else:
        values = {"theme": row} if table == "theme" else {"code": row}
        changes = [insert("board_place", x=x, y=y, **values)]
    return Edit("Move a card", tuple(changes))


def order_cards(board: Board) -> Edit:
    """Return the edit that lets all cards stand in their rows again."""
    gone = tuple(remove("board_place", each.id) for each in board.places.values())
    return Edit("Put the cards in order", gone)


def _unplaced(board: Board, table: str, row: int) -> list[Change]:
    held = board.places.get((table, row))
    return [remove("board_place", held.id)] if held is not None else []


def said_name(name: str, what: str) -> str:
    """Return a name without needless blanks. Raises `EvidenceError` where nothing is left of it."""
    name = " ".join(name.split())
    if not name:
        raise EvidenceError(f"A {what} needs a name. Nothing was changed.")
    return name


def _last(board: Board) -> float:
    return max((each.theme.position for each in board.themes), default=0.0) + 1.0
