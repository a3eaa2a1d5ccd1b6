"""Asking, as another program would, whether a project still holds its locks."""

import subprocess
import sys
from pathlib import Path

_ASKS = """
import fcntl, sys
with open(sys.argv[1], "r+b") as memory:
    try:
        fcntl.lockf(memory, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 128)
    except OSError:
        print("held")
"""
"""Byte 128 of the shared memory tells SQLite that a file is in use (UNIX_SHM_DMS in its os_unix.c)."""


def keeps_its_locks(project: Path) -> bool:
    """Return whether another process sees that the project is open."""
    memory = f"{project}-shm"
    asked = subprocess.run([sys.executable, "-c", _ASKS, memory], capture_output=True, text=True, check=True)
    return asked.stdout.strip() == "held"
