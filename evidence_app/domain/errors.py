"""What can go wrong in the world, told in the user's words. Our own mistakes are never caught."""


class EvidenceError(Exception):
    """Something the user can understand and act on; its text says what happened and what was kept."""


class MovedOn(EvidenceError):
    """A value is no longer the one the change expects, so nothing was written.

    `rows` are (table, row id) pairs, `edit` the later edit that stands in the way, if it is known."""

    def __init__(self, message: str, rows: tuple[tuple[str, int], ...] = (), edit: int | None = None) -> None:
        super().__init__(message)
        self.rows = rows
        self.edit = edit


class NothingToUndo(EvidenceError):
    """There is no edit of this person left to take back, or to do again."""


class NotAProject(EvidenceError):
    """The file is not one of ours, is damaged, or was written by a newer version."""


class AlreadyExists(EvidenceError):
    """A file stands where a new one was to be written; it was left as it is."""


class Cancelled(Exception):
    """The user stopped a piece of work; nothing of it is kept half done."""
