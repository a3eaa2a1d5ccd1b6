"""Write a finished file whole or not at all."""

import os
import tempfile
from pathlib import Path

from evidence_app.services.publishing.errors import PublishingError


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file by this content in one step; the old one stays where that fails.

    Raises `PublishingError` when the folder cannot be written to."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o666 & ~_mask())
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise PublishingError(
            f"“{path.name}” could not be written: {error.strerror or error}. What stood there is unchanged. "
            "Choose another folder, or close the file in the program that holds it."
        ) from error


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
