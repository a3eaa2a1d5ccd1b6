"""Running the program as a user would, in a process of its own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


def run(*arguments: str | Path, cwd: Path | None = None) -> Ended:
    """Run `main.py` with these arguments."""
    ended = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        capture_output=True, text=True, check=False, cwd=cwd, timeout=100,
    )  # fmt: skip
    return Ended(ended.returncode, ended.stdout, ended.stderr)
