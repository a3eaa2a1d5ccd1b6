"""The one adapter of pandoc, as pypandoc_binary brings it: one short process per task.

It gets plain values only: its own JSON document model on standard input, never user text as Markdown. It
runs in its sandbox, in an empty folder, without the user's own settings, and is ended when its time is up."""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from evidence_app.services.progress import Report, silent
from evidence_app.services.publishing.errors import PublishingError

TIME_LIMIT: Final = 120.0
"""Seconds after which a run is given up; the sample's bibliography takes 0.2."""
_GLANCE: Final = 0.1


@cache
def _binary() -> str:
    import pypandoc

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise PublishingError(
            "Pandoc, which writes the documents, is missing. Nothing was written. Install pypandoc_binary."
        ) from error


def run(
    arguments: Sequence[str],
    document: str,
    files: Mapping[str, str | bytes] | None = None,
    report: Report = silent,
    time_limit: float = TIME_LIMIT,
) -> bytes:
    """Return what pandoc makes of the document; `files` lie beside it under their names.

    Raises `PublishingError` in the user's words when pandoc fails or takes more than `time_limit` seconds."""
    with tempfile.TemporaryDirectory(prefix="evidence-desk-", ignore_cleanup_errors=True) as folder:
        for name, content in (files or {}).items():
            encoded = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
            (Path(folder) / name).write_bytes(encoded)
        command = [_binary(), "--sandbox", f"--data-dir={folder}", "--output=-", *arguments]
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        with process:
            try:
                made, said = _wait(process, document.encode("utf-8", "replace"), report, time_limit)
            finally:
                process.kill()
    if process.returncode:
        raise PublishingError(f"The document could not be made and nothing was written: {_first_line(said)}")
    return made


def _environment(folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": folder, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def _wait(
    process: "subprocess.Popen[bytes]", document: bytes, report: Report, time_limit: float
) -> tuple[bytes, bytes]:
    given: bytes | None = document
    waited = 0.0
    while True:
        try:
            return process.communicate(given, timeout=_GLANCE)
        except subprocess.TimeoutExpired:
            given = None
            waited += _GLANCE
            report(int(waited / _GLANCE), 0)
            if waited >= time_limit:
                raise PublishingError(
                    f"The document was not ready after {time_limit:.0f} seconds, so it was given up. "
                    "Nothing was written. Try fewer references or another style."
                ) from None


def _first_line(said: bytes) -> str:
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[0] if lines else "pandoc ended without a reason."
