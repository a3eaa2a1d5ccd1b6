"""What is done with themes: each act asks the service for an edit and hands it to the project."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt

from evidence_app.domain.edit import Insert
from evidence_app.domain.synthesis import Theme, ThemeKind, with_descendants
from evidence_app.services.synthesis import outlining, themes
from evidence_app.services.synthesis.outlining import Spot
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.themes.doing import Doing
from evidence_app.ui.themes.shown import Shown
from evidence_app.ui.themes.theme_dialog import ThemeDialog
from evidence_app.ui.themes.tree import Dropped
from evidence_app.ui.themes.tree_model import Place


class ThemeActs(QObject):
    """The acts on the chosen theme; all of them one undo each."""

    def __init__(self, context: ScreenContext, shown: Shown, doing: Doing) -> None:
        super().__init__(doing)
        self._context, self._shown, self._doing = context, shown, doing

    # -- new

    def add_theme(self) -> None:
        """Ask for a name and add a theme: under the overarching theme if there is one."""
        name = self._asked("New theme", "Name of the theme", "")
        if name:
            self._doing.run(partial(self._add_theme, name))

    def _add_theme(self, name: str) -> None:
        spanning = [each.id for each in self._shown.contents.themes if each.kind is ThemeKind.OVERARCHING]
        self._add(name, ThemeKind.ANALYTIC, Spot(spanning[0] if len(spanning) == 1 else None))

    def add_topic(self) -> None:
        """Ask for a name and add a topic below the chosen theme."""
        main = self._shown.main
        if main is None:
            self._context.say("Add a theme first: a topic stands under one.")
            return
        name = self._asked("New topic", f"Name of the topic under “{main.name}”", "")
        if name:
            self._doing.run(partial(self._add, name, ThemeKind.TOPIC, Spot(main.id)))

    def _add(self, name: str, kind: ThemeKind, spot: Spot) -> None:
        edit = outlining.add_theme(self._shown.contents, name, kind, spot)
        made = edit.changes[0]
        self._shown.wish = made.guid if isinstance(made, Insert) else ""
        self._doing.do(edit)

    def _asked(self, title: str, question: str, value: str) -> str:
        return " ".join((self._context.messages.ask(title, question, value) or "").split())

    # -- what a theme says

    def rename(self, place: Place, name: str) -> None:
        """Give a theme another name; an empty one leaves it as it is."""
        self._doing.add(partial(self._rename, place.theme, " ".join(name.split())))

    def rename_chosen(self, name: str) -> None:
        """Give the chosen theme another name."""
        if self._shown.place is not None:
            self.rename(self._shown.place, name)

    def _rename(self, row: int, name: str) -> None:
        theme = self._theme(row)
        if theme is not None and name and name != theme.name:
            self._doing.do(outlining.rename(self._shown.contents, theme, name))

    def change(self, row: int, values: Mapping[str, Any]) -> None:
        """Change kind, definition or question of a theme."""
        self._doing.add(partial(self._change, row, values))

    def _change(self, row: int, values: Mapping[str, Any]) -> None:
        theme = self._theme(row)
        if theme is not None:
            self._doing.do(themes.change_theme(theme, replace(theme, **values)))

    def _theme(self, row: int) -> Theme | None:
        return self._shown.contents.theme_by_id.get(row)

    # -- where it stands

    def drop(self, dropped: Dropped) -> None:
        """Move a theme to where it was dropped; with Ctrl it stands there too."""
        place, spot = dropped.place, dropped.spot
        if spot.parent == place.theme:
            return
        if dropped.also and spot.parent is not None:
            self._doing.run(partial(self._link, place.theme, spot.parent))
        else:
            self._doing.run(partial(self._move, place, spot))

    def _move(self, place: Place, spot: Spot) -> None:
        shown, theme = self._shown, self._theme(place.theme)
        if theme is not None:
            shown.wish = theme.guid
            self._doing.attempt(
                partial(
                    outlining.move_theme, shown.contents, shown.synthesis.links, theme, place.parent, spot
                )
            )

    def nudge(self, key: Qt.Key) -> None:
        """Move the chosen theme up, down, below the one before it, or out beside its parent."""
        self._doing.run(partial(self._nudge, key))

    def _nudge(self, key: Qt.Key) -> None:
        theme, place, contents = self._shown.theme, self._shown.place, self._shown.contents
        if theme is None or place is None:
            return
        match key:
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                step = -1 if key == Qt.Key.Key_Up else 1
                spot = outlining.nudged(contents, theme, place.parent, step)
            case Qt.Key.Key_Right:
                spot = outlining.indented(contents, theme, place.parent)
            case _:
                spot = outlining.outdented(contents, place.parent)
        if spot is not None:
            self._shown.place = Place(theme.id, spot.parent)
            self._move(place, spot)

    def put_under(self) -> None:
        """Ask for a theme, and put the chosen one under that too."""
        theme, contents = self._shown.theme, self._shown.contents
        if theme is None:
            return
        below = with_descendants(theme.id, contents.themes)
        offered = [
            each.id for each in contents.themes if each.id not in below and each.id not in theme.parents
        ]
        if not offered:
            self._context.say("There is no other theme it could stand under.")
            return
        title = f"Put “{theme.name}” under"
        dialog = ThemeDialog(self._context.parts, title, "Put under it too", contents.themes, offered)
        if self._context.messages.show(dialog) and dialog.theme is not None:
            self._doing.run(partial(self._link, theme.id, dialog.theme))

    def _link(self, row: int, parent: int) -> None:
        theme, above = self._theme(row), self._theme(parent)
        if theme is not None and above is not None and parent not in theme.parents:
            self._doing.attempt(partial(themes.link, theme, above, self._shown.contents.themes))

    def take_from(self, parent: Theme) -> None:
        """Take the chosen theme from under a parent."""
        if self._shown.place is not None:
            self._doing.run(partial(self._unlink, self._shown.place.theme, parent))

    def _unlink(self, row: int, parent: Theme) -> None:
        theme, links = self._theme(row), self._shown.synthesis.links
        if theme is not None and (theme.id, parent.id) in links:
            self._doing.do(themes.unlink(theme, parent, links))

    def remove(self) -> None:
        """Remove the chosen theme after saying what that does."""
        theme = self._shown.theme
        if theme is None:
            return
        what = "topic" if theme.kind is ThemeKind.TOPIC else "theme"
        told = outlining.consequence(self._shown.contents, theme)
        if self._context.messages.confirm(f"Remove the {what} “{theme.name}”?", told, f"Remove {what}"):
            self._doing.run(partial(self._remove, theme.id))

    def _remove(self, row: int) -> None:
        theme, shown = self._theme(row), self._shown
        if theme is None:
            return
        heirs = [each for each in map(self._theme, theme.parents) if each is not None]
        shown.wish = heirs[0].guid if heirs else ""
        edit = outlining.remove_theme(shown.contents, shown.synthesis.links, theme)
        self._doing.do(edit, f"Removed “{theme.name}”")
