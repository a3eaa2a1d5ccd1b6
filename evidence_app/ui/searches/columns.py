"""What the columns of tables hold: remembered in the project, asked where nobody said it yet."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from evidence_app.services.formats.column_mapping import UnknownTable
from evidence_app.services.remembered_mappings import mapping_of, rows_to_keep
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.searches.mapping_dialog import MappingDialog


class RememberedColumns:
    """The columns this project knows; what is said anew is kept at once."""

    def __init__(self, context: ScreenContext, over: Callable[[], QWidget]) -> None:
        self._context, self._over = context, over

    def known(self, table: UnknownTable) -> dict[str, str] | None:
        """Return what was said of a table with these headers before."""
        return mapping_of(self._context.project.reader, table.headers)

    def ask(self, table: UnknownTable, mapping: dict[str, str] | None) -> dict[str, str] | None:
        """Ask what the columns hold; None where nobody said."""
        dialog = MappingDialog(self._context.parts, table, mapping, self._over())
        if not self._context.messages.show(dialog):
            return None
        named = dialog.mapping()
        self._context.project.keep("cache_setting", rows_to_keep(table.headers, named))
        return named
