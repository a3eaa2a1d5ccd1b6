"""Write a finished file whole or not at all."""

from pathlib import Path

from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.whole_files import NotWritten, replacing


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file by this content in one step; the old one stays where that fails.

    Raises `PublishingError` when the folder cannot be written to, or a project stands there."""
    try:
        with replacing(path) as beside:
            beside.write_bytes(content)
    except NotWritten as error:
        raise PublishingError(str(error)) from error
