"""Moving cards: dropped on another one, put on empty ground, taken along with the keys, put in order."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt

from evidence_app.domain.board import BoardTheme
from evidence_app.domain.edit import Edit
from evidence_app.services.synthesis import board as acts
from evidence_app.services.synthesis import board_codes
from evidence_app.services.synthesis.board_codes import Carried
from evidence_app.ui.board.doing import Doing
from evidence_app.ui.board.placing import Key
from evidence_app.ui.widgets.zooming import WAYS

CARRIED = 24
"""How far an arrow key with Ctrl takes a theme or a group, in lengths of the design."""
Put = tuple[Key, float, float]
"""A card, and where it was put."""


class Moving(Doing):
    """The acts that move cards."""

    def join_dropped(self, theme: BoardTheme, other: BoardTheme) -> None:
        """Make one theme part of another: a kind of board says how."""
        raise NotImplementedError

    def drop(self, keys: Sequence[Key], target: Key, place: int | None, also: bool) -> None:
        """Do what dropping cards on another one means; with Ctrl codes stay where they are too."""
        over = self.board.by_id.get(target.row)
        themes, carried = self.themes_of(keys), self.carried_of(keys)
        if over is None:
            return
        if also:
            carried = [Carried(each.code) for each in carried]
        if len(themes) == 1 and not carried:
            self.join_dropped(themes[0], over)
        elif not themes and not over.is_above:
            self.do(partial(board_codes.move_codes, self.board, carried, over, place))
            self._canvas.unmark()
        else:
            self.gather(themes, carried, over)

    def put_down(self, put: Sequence[Put], also: bool = False) -> None:
        """Keep where cards were put; a code that was dragged out of its group leaves it."""
        out = [] if also else self.carried_of([key for key, _, _ in put if key.group])
        spots = [
            acts.Spot("code" if key.kind == "code" else "theme", key.row, round(x, 1), round(y, 1))
            for key, x, y in put if not key.group
        ]  # fmt: skip
        self.do(partial(self._put, out, spots))
        if out:
            self._canvas.unmark()

    def _put(self, out: Sequence[Carried], spots: Sequence[acts.Spot]) -> Edit:
        taken, placed = board_codes.take_out(self.board, out), acts.place(self.board, *spots)
        if not spots or not out:
            return placed if spots else taken
        return Edit(f"Move {len(spots) + len(out)} cards", (*placed.changes, *taken.changes))

    def carry(self, key: Key, arrow: Qt.Key) -> None:
        """Take codes into the next group in a direction; themes and groups a step further."""
        keys = self._canvas.moving(key)
        if key.kind != "code":
            across, down = WAYS[arrow]
            free = [each for each in keys if not each.group]
            spots = [(each, *self._canvas.spot_of(each)) for each in free]
            self.put_down([
                (each, max(x + CARRIED * across, 0.0), max(y + CARRIED * down, 0.0)) for each, x, y in spots
            ])  # fmt: skip
            return
        to = self._canvas.group_beside(key, arrow)
        if to is None:
            self.context.say("There is no group that way.")
            return
        self.wished = Key("code", key.row, to.row)
        self.do(partial(board_codes.move_codes, self.board, self.carried_of(keys), self.board.by_id[to.row]))
        self._canvas.unmark()

    def step(self, step: int) -> None:
        """Put the chosen codes one place up or down in their group."""
        key = self._canvas.current
        group = self.board.by_id.get(key.group) if key is not None else None
        if key is None or group is None:
            self.context.say("Choose a code in a group first: codes have an order there.")
            return
        codes = [each.code for each in self.carried_of(self._canvas.moving(key)) if each.out_of == group]
        self.wished = key
        if not self.do(partial(board_codes.step_codes, self.board, codes, group, step)):
            self.wished = ""

    def order(self) -> None:
        """Let all cards stand in their rows again."""
        self.do(partial(acts.order_cards, self.board))
