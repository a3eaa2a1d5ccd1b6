"""Writing a file that leaves the program: whole or not at all, and never over a project."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence_app.domain.errors import EvidenceError
from evidence_app.storage.connections import is_project


class NotWritten(EvidenceError):
    """A file could not be written; what stood in its place is unchanged."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Yield a new file beside `out` to be filled, which takes its place at the end in one step.

    A link is followed, so that it leads on to the file. Raises `NotWritten`."""
    place = _place(out)
    try:
        handle, name = tempfile.mkstemp(prefix=".part-", suffix=place.suffix[:20], dir=place.parent)
        os.close(handle)
    except OSError as error:
        raise _not_written(out, error) from error
    beside = Path(name)
    try:
        yield beside
        _keep_on_disk(beside)
        beside.chmod(0o666 & ~_mask())
        beside.replace(place)
    except OSError as error:
        raise _not_written(out, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _place(out: Path) -> Path:
    """Return the file that a path leads to, where one may be put there."""
    try:
        place = out.resolve()
        if place.exists() and not place.is_file():
            raise NotWritten(f"{out} is not a file, so nothing was written. Give the name of a file.")
        if is_project(place):
            raise NotWritten(f"{out} is an Evidence Desk project; it was left as it is. Choose another name.")
    except (OSError, RuntimeError, ValueError) as error:
        raise _not_written(out, error) from error
    return place


def _keep_on_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _not_written(out: Path, error: Exception) -> NotWritten:
    reason = getattr(error, "strerror", None) or str(error)
    return NotWritten(
        f"“{out.name}” could not be written: {reason}. What stood there is unchanged. "
        "Choose another folder, or close the file in the program that holds it."
    )


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
