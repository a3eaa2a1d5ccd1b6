"""Acts of several coders: compare, settle, code blind and open."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from evidence_app.services.coding import coders
from evidence_app.services.coding.coders import Difference
from evidence_app.storage import coding
from evidence_app.storage.applied import Applied
from evidence_app.ui.coding.compare_dialog import Compared, CompareDialog, read_compared
from evidence_app.ui.coding.desk import Desk


class Comparing(QObject):
    """Opens the dialog of the coders and does what is asked in it."""

    place_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._dialog: CompareDialog | None = None

    def open(self) -> None:
        """Read what everybody coded, as far as it may be seen, then show it."""
        self._desk.project.read(
            partial(read_compared, guid=self._desk.guid), self._show, latest="coding.compare"
        )

    def _show(self, found: Compared) -> None:
        if self._dialog is not None:
            self._dialog.show_compared(found)
            return
        layer = self._desk.book.layer
        dialog = CompareDialog(self._desk.context.parts, found, bool(layer and layer.blind))
        dialog.settled.connect(self._settle)
        dialog.shown.connect(self.place_asked)
        dialog.blind_asked.connect(self.switch_blind)
        self._dialog = dialog
        self._desk.context.messages.show(dialog)
        self._dialog = None

    def _settle(self, difference: Difference, take: bool) -> None:
        if self._dialog is not None:
            contents = self._dialog.found.contents
            edit = coders.settle(contents, difference, take=take, person=self._desk.person)
            self._desk.project.do(edit, self._again)

    def _again(self, _applied: Applied) -> None:
        self.open()

    def switch_blind(self) -> None:
        """Code blind from now on, or open the codings; the dialog closes, for what is seen is another."""
        desk, layer = self._desk, self._desk.book.layer
        if layer is not None and layer.blind:
            if desk.context.messages.confirm(
                "Open your codings?",
                "Everybody sees them from then on, and you can be compared.",
                "Open my codings",
            ):
                desk.do(coders.open_layer(layer))
        else:
            own = [
                each for each in coding.codings(desk.project.reader)
                if desk.book.viewer is not None and each.person == desk.book.viewer
            ]  # fmt: skip
            name = desk.context.settings.now.person_name or "Coder"
            desk.do(coders.code_blind(name, desk.person, own, layer))
            desk.context.say("You code blind: nobody else sees your codings until you open them.")
        if self._dialog is not None:
            self._dialog.accept()
