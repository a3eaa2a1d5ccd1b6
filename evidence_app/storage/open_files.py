"""Which files SQLite holds open in this process, and that nobody else may open beside it.

A process that closes any handle of a file loses all its POSIX locks on it, those of SQLite too
(https://www.sqlite.org/howtocorrupt.html, section 2.2). Another program would then take the project for
free and cut the memory both share, while we write: the process dies, or the file is damaged."""

from collections import Counter
from pathlib import Path
from typing import Final

from evidence_app.domain.errors import EvidenceError

_BESIDE: Final = ("", "-wal", "-shm", "-journal")
_held: Final[Counter[Path]] = Counter()


def hold(path: Path) -> None:
    """Remember that a project is open; each call needs one of `let_go`."""
    _held[path.absolute()] += 1


def let_go(path: Path) -> None:
    """Forget one opening of a project."""
    place = path.absolute()
    _held[place] -= 1
    if _held[place] <= 0:
        del _held[place]


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file stands at a path, whatever it holds; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def is_held(path: Path) -> bool:
    """Return whether a path leads to an open project or to what SQLite keeps beside it; nothing is opened."""
    wanted = identity(path)
    return wanted is not None and any(
        identity(Path(f"{place}{ending}")) == wanted for place in tuple(_held) for ending in _BESIDE
    )


def leave_alone(path: Path) -> None:
    """Raise `EvidenceError` where a file that is to be read is part of a project that is open."""
    if is_held(path):
        raise EvidenceError(f"“{path.name}” belongs to the project that is open here, so it was not read.")
