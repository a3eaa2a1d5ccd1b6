"""Who acts, as an edit names them."""

from evidence_app.domain.edit import RowOf
from evidence_app.storage.applied import NOBODY
from evidence_app.ui.screen import ScreenContext


def acting_person(context: ScreenContext) -> RowOf:
    """Return the person who is entered in the settings, as the project's writer knows them."""
    return RowOf("person", context.settings.now.person_guid or NOBODY.guid)
