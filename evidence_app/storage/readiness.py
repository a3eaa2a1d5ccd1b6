"""Whether a project file can be read as it lies there, or wants tidying by its writer first."""

from contextlib import closing
from pathlib import Path

from evidence_app.storage import connections, migrations
from evidence_app.storage.connections import Reader


def is_ready(path: Path) -> bool:
    """Return whether the file is of this version and its search index complete.

    Raises `NotAProject` where it is missing, damaged, not ours or newer."""
    connections.check_there(path)
    connections.check(path)
    with Reader(path) as reader:
        return can_be_read(path) and not reader.rows("SELECT 1 FROM search_stale LIMIT 1")


def can_be_read(path: Path) -> bool:
    """Return whether every table of this version is there."""
    with closing(connections.reading(path)) as connection:
        return migrations.applied_names(connection) == migrations.known_names()
