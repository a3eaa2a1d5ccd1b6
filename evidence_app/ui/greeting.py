"""What the window says of a project when it has opened it."""

from datetime import datetime

from evidence_app.storage.history import edits
from evidence_app.ui.open_project import OpenProject

SAMPLE = "This is a finished review to try things on; whatever you do can be undone. Yours begins here:"


def saved_at(project: OpenProject) -> datetime:
    """Return when something was written last: the newest edit, which a kill leaves beside the file itself."""
    newest = edits(project.reader, 1)
    if newest:
        return datetime.fromisoformat(newest[0].at).astimezone().replace(tzinfo=None)
    return datetime.fromtimestamp(project.path.stat().st_mtime)


def of_last_time(project: OpenProject) -> str:
    """Say in plain words how it ended last time; nothing where it was closed as it should be."""
    if project.cut_off:
        named = " and ".join(f"“{label}”" for label in project.cut_off)
        return (
            f"{named} was cut off last time before it ended. Nothing of it was kept, so please do it again. "
            "Everything else that was saved is there."
        )
    if project.ended_uncleanly:
        return (
            "This project was not closed last time, or is open in another window as well. "
            "Nothing that was saved is lost."
        )
    return ""
