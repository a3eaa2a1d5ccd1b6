"""Making a project file beside its place: it appears there when it is complete, and never over another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from evidence_app.domain.edit import new_guid
from evidence_app.domain.errors import AlreadyExists, EvidenceError

_STANDS: Final = "{path} already exists; it was left as it is. Choose another name."


@contextmanager
def built(path: Path) -> Iterator[Path]:
    """Yield where to build the file; at the end it takes its place. A kill leaves no half of it there.

    Raises `AlreadyExists`, `EvidenceError`; then nothing is left behind."""
    _refuse_what_stands(path)
    unfinished = path.with_name(f".{new_guid()}.unfinished")
    try:
        yield unfinished
        _put(unfinished, path)
    except OSError as error:
        raise EvidenceError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        for left in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                unfinished.with_name(unfinished.name + left).unlink(missing_ok=True)


def _refuse_what_stands(path: Path) -> None:
    if not path.name:
        raise EvidenceError("The project needs a name. Nothing was made.")
    try:
        if os.path.lexists(path):
            raise AlreadyExists(_STANDS.format(path=path))
        if not path.parent.is_dir():
            raise EvidenceError(f"The folder {path.parent} does not exist. Make it first, or choose another.")
        _try_to_write(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EvidenceError(f"{path} cannot be written: {reason}.") from error


def _try_to_write(path: Path) -> None:
    """Make the file and take it out again: the folder says at once whether it takes it."""
    path.touch(exist_ok=False)
    path.unlink()


def _put(unfinished: Path, path: Path) -> None:
    """Give the file its name, unless another has come to bear it meanwhile."""
    try:
        os.link(unfinished, path)
    except FileExistsError as error:
        raise AlreadyExists(_STANDS.format(path=path)) from error
    except OSError:  # a disk without links
        if os.path.lexists(path):
            raise AlreadyExists(_STANDS.format(path=path)) from None
        unfinished.rename(path)
