"""What is done with themes: each act asks the service for an edit and hands it to the project."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from evidence_app.domain.edit import Edit, Insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.synthesis import Theme, ThemeKind, with_descendants
from evidence_app.services.synthesis import outlining, themes
from evidence_app.services.synthesis.outlining import Spot
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.themes.shown import Shown
from evidence_app.ui.themes.theme_dialog import ThemeDialog
from evidence_app.ui.themes.tree import Dropped
from evidence_app.ui.themes.tree_model import Place


class ThemeActs(QObject):
    """The acts on the chosen theme; all of them one undo each."""

    def __init__(self, context: ScreenContext, shown: Shown, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._shown = context, shown

    def _do(self, edit: Edit, said: str = "") -> None:
        if edit:
            self._context.project.do(edit)
            if said:
                self._context.say(said, undo=True)

    def _try(self, make: Callable[[], Edit], said: str = "") -> None:
        try:
            edit = make()
        except EvidenceError as error:
            self._context.say(str(error))
            return
        self._do(edit, said)

    # -- new

    def add_theme(self) -> None:
        """Ask for a name and add a theme: overarching the first one, then beside the chosen one."""
        contents = self._shown.contents
        name = self._asked("New theme", "Name of the theme", "")
        if not name:
            return
        spanning = [each for each in contents.themes if each.kind is ThemeKind.OVERARCHING]
        kind = ThemeKind.ANALYTIC
        parent = spanning[0].id if len(spanning) == 1 else None
        self._add(name, kind, Spot(parent))

    def add_topic(self) -> None:
        """Ask for a name and add a topic below the chosen theme."""
        main = self._shown.main
        if main is None:
            self._context.say("Add a theme first: a topic stands under one.")
            return
        name = self._asked("New topic", f"Name of the topic under “{main.name}”", "")
        if name:
            self._add(name, ThemeKind.TOPIC, Spot(main.id))

    def _add(self, name: str, kind: ThemeKind, spot: Spot) -> None:
        edit = outlining.add_theme(self._shown.contents, name, kind, spot)
        made = edit.changes[0]
        self._shown.wish = made.guid if isinstance(made, Insert) else ""
        self._do(edit)

    def _asked(self, title: str, question: str, value: str) -> str:
        return " ".join((self._context.messages.ask(title, question, value) or "").split())

    # -- what a theme says

    def rename(self, place: Place, name: str) -> None:
        """Give a theme another name; an empty one leaves it as it is."""
        theme = self._shown.contents.theme_by_id.get(place.theme)
        name = " ".join(name.split())
        if theme is not None and name and name != theme.name:
            self._do(outlining.rename(self._shown.contents, theme, name))

    def rename_chosen(self, name: str) -> None:
        """Give the chosen theme another name."""
        if self._shown.place is not None:
            self.rename(self._shown.place, name)

    def change(self, after: Theme) -> None:
        """Change kind, definition or question of a theme."""
        before = self._shown.contents.theme_by_id.get(after.id)
        if before is not None:
            self._do(themes.change_theme(before, after))

    # -- where it stands

    def drop(self, dropped: Dropped) -> None:
        """Move a theme to where it was dropped; with Ctrl it stands there too."""
        theme = self._shown.contents.theme_by_id.get(dropped.place.theme)
        if theme is None or dropped.spot.parent == theme.id:
            return
        if dropped.also and dropped.spot.parent is not None:
            self._link(theme, dropped.spot.parent)
        else:
            self._move(theme, dropped.place.parent, dropped.spot)

    def _move(self, theme: Theme, parent: int | None, spot: Spot) -> None:
        shown = self._shown
        shown.wish = theme.guid
        self._try(lambda: outlining.move_theme(shown.contents, shown.synthesis.links, theme, parent, spot))

    def nudge(self, key: Qt.Key) -> None:
        """Move the chosen theme up, down, below the one before it, or out beside its parent."""
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
            self._move(theme, place.parent, spot)

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
        dialog = ThemeDialog(
            self._context.parts, f"Put “{theme.name}” under", "Put under it too", contents.themes, offered
        )
        if self._context.messages.show(dialog) and dialog.theme is not None:
            self._link(theme, dialog.theme)

    def _link(self, theme: Theme, parent: int) -> None:
        contents = self._shown.contents
        if parent not in theme.parents:
            self._try(lambda: themes.link(theme, contents.theme_by_id[parent], contents.themes))

    def take_from(self, parent: Theme) -> None:
        """Take the chosen theme from under a parent."""
        theme = self._shown.theme
        if theme is not None and (theme.id, parent.id) in self._shown.synthesis.links:
            self._do(themes.unlink(theme, parent, self._shown.synthesis.links))

    def remove(self) -> None:
        """Remove the chosen theme after saying what that does."""
        theme, shown = self._shown.theme, self._shown
        if theme is None:
            return
        what = "topic" if theme.kind is ThemeKind.TOPIC else "theme"
        question = f"Remove the {what} “{theme.name}”?"
        if self._context.messages.confirm(
            question, outlining.consequence(shown.contents, theme), f"Remove {what}"
        ):
            heir = next((each for each in theme.parents if each in shown.contents.theme_by_id), None)
            shown.wish = shown.contents.theme_by_id[heir].guid if heir is not None else ""
            edit = outlining.remove_theme(shown.contents, shown.synthesis.links, theme)
            self._do(edit, f"Removed “{theme.name}”")
