"""Codes on the theme board: put under groups, taken out, put in order, gathered with groups under a theme.

Each act returns an edit and writes nothing."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from evidence_app.domain.board import Board, BoardTheme
from evidence_app.domain.coding import Code
from evidence_app.domain.edit import Change, Edit, RowOf, counted, insert, remove, set_columns
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.domain.wording import in_words
from evidence_app.services.synthesis.board import NOTHING, last_position, link, said_name, unplaced


class Carried(NamedTuple):
    """A code, and the group it is taken out of; none where it stays there too."""

    code: Code
    out_of: BoardTheme | None = None


def put_codes(
    board: Board, codes: Sequence[Code], group: BoardTheme, out_of: BoardTheme | None = None
) -> Edit:
    """Return the edit that puts codes under a group, and takes them out of another one where it is given."""
    return move_codes(board, [Carried(code, out_of) for code in codes], group)


def move_codes(board: Board, carried: Sequence[Carried], group: BoardTheme, at: int | None = None) -> Edit:
    """Return the edit that puts codes under a group: before so many of its other codes, or behind them all.

    Without a place, codes that are there already keep theirs."""
    codes = list({each.code.id: each.code for each in carried}.values())
    moving = [code.id for code in codes]
    there = [code.id for code in board.codes_of(group.id)]
    if at is None:
        order = [*there, *(row for row in moving if row not in there)]
    else:
        stay = [row for row in there if row not in moving]
        order = [*stay[:at], *moving, *stay[at:]]
    changes = _in_order(board, group, order)
    comes = any(row not in there for row in moving)
    leaves = False
    for code, out_of in carried:
        if out_of is not None and out_of.id != group.id:
            leaves = True
            changes += _taken(board, code, out_of.id)
        changes += unplaced(board, "code", code.id)
    if not changes:
        return NOTHING
    if not comes and not leaves:
        return Edit(f"Put {_named(codes)} in another place of “{group.name}”", tuple(changes))
    return Edit(f"{'Move' if leaves else 'Put'} {_named(codes)} {'to' if leaves else 'under'} “{group.name}”",
                tuple(changes))  # fmt: skip


def step_codes(board: Board, codes: Sequence[Code], group: BoardTheme, step: int) -> Edit:
    """Return the edit that puts codes one place up (-1) or down (1) among those of their group.

    Empty where they are at the end already."""
    order = stepped([code.id for code in board.codes_of(group.id)], {code.id for code in codes}, step)
    way = "up" if step < 0 else "down"
    changes = _in_order(board, group, order)
    return Edit(f"Move {_named(codes)} {way} in “{group.name}”", tuple(changes)) if changes else NOTHING


def stepped(order: Sequence[int], chosen: Collection[int], step: int) -> list[int]:
    """Return an order in which each chosen one has changed places with its neighbour that is not chosen."""
    found = list(order)
    for at in range(len(found)) if step < 0 else reversed(range(len(found))):
        if found[at] in chosen and 0 <= at + step < len(found) and found[at + step] not in chosen:
            found[at], found[at + step] = found[at + step], found[at]
    return found


def _in_order(board: Board, group: BoardTheme, order: Sequence[int]) -> list[Change]:
    """Return what puts codes under a group in this order; nothing where they stand so already."""
    there = [code.id for code in board.codes_of(group.id)]
    if list(order[: len(there)]) == there:  # only behind the others: nothing has to be counted anew
        last = max(
            (board.positions[row] for code in there for row in board.held[group.id, code]), default=-1.0
        )
        return [
            insert("theme_code", theme=group.id, code=code, position=last + place)
            for place, code in enumerate(order[len(there) :], 1)
        ]
    changes: list[Change] = []
    for place, code in enumerate(order):
        rows = board.held.get((group.id, code), ())
        if not rows:
            changes.append(insert("theme_code", theme=group.id, code=code, position=float(place)))
        for row in rows:
            before, after = {"position": board.positions[row]}, {"position": float(place)}
            changes += set_columns("theme_code", row, before, after)
    return changes


def take_codes(board: Board, codes: Sequence[Code], group: BoardTheme) -> Edit:
    """Return the edit that takes codes out of a group; they stay in the code book."""
    return take_out(board, [Carried(code, group) for code in codes])


def take_out(board: Board, carried: Sequence[Carried]) -> Edit:
    """Return the edit that takes codes out of their groups; they stay in the code book."""
    held = [each for each in carried if each.out_of is not None]
    changes = [change for code, group in held if group for change in _taken(board, code, group.id)]
    groups = {group.name for _, group in held if group}
    where = f"“{groups.pop()}”" if len(groups) == 1 else "their groups"
    codes = list({each.code.id: each.code for each in held}.values())
    return Edit(f"Take {_named(codes)} out of {where}", tuple(changes)) if changes else NOTHING


def new_group(board: Board, name: str, codes: Sequence[Code] = (), parent: BoardTheme | None = None) -> Edit:
    """Return the edit that makes a group of codes. Codes stay in the groups they are in already."""
    return Edit(f"Add the group “{said_name(name, 'group')}”", tuple(_grouped(board, name, codes, parent)))


def _grouped(board: Board, name: str, codes: Iterable[Code], parent: BoardTheme | None) -> list[Change]:
    made = insert(
        "theme", name=said_name(name, "group"), kind=ThemeKind.DESCRIPTIVE.value,
        position=last_position(board),
    )  # fmt: skip
    row = RowOf("theme", made.guid)
    changes: list[Change] = [made]
    changes += [
        insert("theme_code", theme=row, code=code.id, position=float(at)) for at, code in enumerate(codes)
    ]
    if parent is not None:
        changes.append(insert("theme_parent", theme=row, parent=parent.id, position=0.0))
    return changes


def gather(
    board: Board, themes: Sequence[BoardTheme], carried: Sequence[Carried], over: BoardTheme, name: str = ""
) -> Edit:
    """Return the edit that puts groups and codes under a theme or a group, all at once.

    Groups become part of it. Codes are put into it where it is a group, else into a new group of this name
    that is part of it. Raises `EvidenceError` for a circle, and for a new group without a name."""
    parts = [each for each in themes if each.id != over.id]
    changes: list[Change] = [change for each in parts for change in link(board, each, over).changes]
    codes = list({each.code.id: each.code for each in carried}.values())
    if codes and over.is_above:
        changes += _grouped(board, name, codes, over)
        changes += take_out(board, carried).changes
        changes += [change for code in codes for change in unplaced(board, "code", code.id)]
    elif codes:
        changes += move_codes(board, carried, over).changes
    if not changes:
        return NOTHING
    return Edit(f"Put {several_words(parts, codes)} under “{over.name}”", tuple(changes))


def several_words(themes: Sequence[BoardTheme], codes: Sequence[Code]) -> str:
    """Return what several cards are: “2 groups and 3 codes”; one is told by its name."""
    if len(themes) + len(codes) == 1:
        return f"“{themes[0].name if themes else codes[0].name}”"
    above = [each for each in themes if each.is_above]
    kinds = ((above, "theme"), ([each for each in themes if not each.is_above], "group"), (codes, "code"))
    told = [counted(len(cards), word) for cards, word in kinds if cards]
    return in_words(told)


def _taken(board: Board, code: Code, group: int) -> list[Change]:
    return [remove("theme_code", row) for row in board.held.get((group, code.id), ())]


def _named(codes: Sequence[Code]) -> str:
    return f"“{codes[0].name}”" if len(codes) == 1 else counted(len(codes), "code")
