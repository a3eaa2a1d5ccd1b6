"""Acts of several coders: compare, settle, export, code blind and open."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding import coders
from evidence_app.services.coding.coders import Difference
from evidence_app.services.coding.coders_export import FORMATS, write_comparison
from evidence_app.storage import coding
from evidence_app.ui.coding.compare_dialog import AGREEMENT, Compared, CompareDialog, read_compared
from evidence_app.ui.coding.desk import Desk

READ: Final = frozenset(("coding", "quotation", "layer", "note", "code", "document"))
FILTERS: Final = ";;".join(f"{name} (*{ending})" for ending, name in FORMATS.items())


class Comparing(QObject):
    """Opens the dialog of the coders and does what is asked in it."""

    place_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._dialog: CompareDialog | None = None
        self._pair: tuple[int, int] | None = None
        self._tab: int | None = None
        desk.project.changed.connect(self._changed)

    def open(self) -> None:
        """Read what everybody coded, as far as it may be seen, then show it."""
        self._pair = self._tab = None
        self._read()

    def open_again(self) -> None:
        """Show the two coders that were compared before the passage was looked at."""
        self._tab = AGREEMENT
        self._read()

    def _changed(self, tables: frozenset[str]) -> None:
        """Show in the open dialog what was written or taken back."""
        if self._dialog is not None and (not tables or tables & READ):
            self._read()

    def _read(self) -> None:
        self._desk.project.read(
            partial(read_compared, guid=self._desk.guid), self._show, latest="coding.compare"
        )

    def _show(self, found: Compared) -> None:
        if self._dialog is not None:
            self._dialog.show_compared(found)
            return
        dialog = CompareDialog(self._desk.context.parts, found, self._tab)
        if self._pair is not None:
            dialog.choose(*self._pair)
        dialog.settled.connect(self._settle)
        dialog.shown.connect(self._show_place)
        dialog.blind_asked.connect(self.switch_blind)
        dialog.export_asked.connect(self._export)
        dialog.undo_asked.connect(self._desk.project.undo)
        self._dialog = dialog
        self._desk.context.messages.show(dialog)
        self._dialog = None

    def _settle(self, difference: Difference, take: bool, reason: str) -> None:
        if self._dialog is not None:
            contents = self._dialog.found.contents
            self._desk.do(
                coders.settle(contents, difference, take=take, person=self._desk.person, reason=reason)
            )

    def _show_place(self, quotation: int) -> None:
        if self._dialog is not None:
            self._pair = self._dialog.first.currentData(), self._dialog.second.currentData()
        self.place_asked.emit(quotation)
        self._desk.context.say("This is the passage.", act=("Back to the differences", self.open_again))

    def _export(self) -> None:
        context = self._desk.context
        if self._dialog is None:
            return
        out = context.messages.save_file("Export the comparison", FILTERS, Path.home() / "coders.xlsx")
        if out is None:
            return
        try:
            write_comparison(*self._dialog.exported(), out)
        except (EvidenceError, OSError) as error:
            context.messages.inform("The comparison was not written.", str(error))
            return
        context.say(f"Wrote {out.name}")

    def switch_blind(self) -> None:
        """Code blind from now on, or open the codings; the dialog closes, for what is seen is another."""
        desk, layer = self._desk, self._desk.book.layer
        if layer is not None and desk.is_blind:
            if desk.context.messages.confirm(
                "Open your codings?",
                "Everybody sees them from then on, you see theirs, and you can be compared.",
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
            desk.context.say("You code blind until you open your codings, and see only your own.")
        if self._dialog is not None:
            self._dialog.accept()
