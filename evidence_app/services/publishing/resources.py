"""Where the reference documents, templates and style sheets of the exports lie."""

from pathlib import Path

import evidence_app
from evidence_app.services.publishing.errors import PublishingError


def resource(name: str) -> Path:
    """Return the path of one of the export's resources, in the installed program or in a checkout."""
    package = Path(evidence_app.__file__).parent
    for folder in (package / "_resources", package.parent / "resources"):
        path = folder / "publishing" / name
        if path.exists():
            return path
    raise PublishingError(
        f"A part of the program is missing: “{name}”. Nothing was written. Install Evidence Desk again."
    )
