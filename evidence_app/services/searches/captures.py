"""Pages kept of a search without a file: copied beside the project by hash, with the day they were kept."""

from collections.abc import Sequence
from datetime import UTC, datetime

from evidence_app.domain.edit import Edit, counted, insert, remove
from evidence_app.services.library.attachments import KeptFile
from evidence_app.services.searches.log import with_run
from evidence_app.storage.searches import Capture, LoggedSearch


def keep_pages(search: LoggedSearch, files: Sequence[KeptFile], at: str = "") -> Edit:
    """Return the edit that notes pages, copied beside the project already, as kept of a search."""
    changes, row = with_run(search)
    at = at or datetime.now(UTC).isoformat(timespec="seconds")
    named = files[0].name if len(files) == 1 else counted(len(files), "page")
    made = (
        insert(
            "capture", search=row, name=file.name, kind=file.kind, sha256=file.sha256, size=file.size, at=at
        )
        for file in files
    )
    return Edit(f"Keep {named} of {search.name}", (*changes, *made))


def drop_page(capture: Capture) -> Edit:
    """Return the edit that takes a captured page off its search; the copy stays for undo."""
    return Edit(f"Take off {capture.name}", (remove("capture", capture.id),))
