"""Where the files lie that come with the program."""

from pathlib import Path

import evidence_app
from evidence_app.domain.errors import EvidenceError


def resource_path(name: str) -> Path:
    """Return the path of a file that comes with the program: in the installed package, else in the checkout.

    Raises `EvidenceError` where the installation is not whole."""
    package = Path(evidence_app.__file__).parent
    for folder in (package / "_resources", package.parent / "resources"):
        if (path := folder / name).exists():
            return path
    raise EvidenceError(
        f"A part of the program is missing: {name}. Nothing was written. Install Evidence Desk again."
    )
