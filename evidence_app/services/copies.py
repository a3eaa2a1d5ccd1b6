"""Verified copies of the project: made now, looked at beside what is open, brought back as a new file."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from evidence_app.domain.edit import counted
from evidence_app.storage import backup, settings
from evidence_app.storage.backup import Verified
from evidence_app.storage.connections import Reader

TABLE: Final = "cache_setting"
_KEY: Final = "snapshot"


def suggested_path(project: Path) -> Path:
    """Return where a backup of a project goes unless somebody says otherwise."""
    return backup.backup_name(project, datetime.now().astimezone())


def back_up(reader: Reader, out: Path) -> Verified:
    """Write a copy of the open project that was opened, checked and counted.

    Raises `EvidenceError`; the project itself is unchanged."""
    return backup.backup(reader, out)


def snapshot_row(made: Verified) -> Mapping[str, Any]:
    """Return the row of `cache_setting` that remembers a verified copy."""
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    value = {"at": at, "references": made.references, "name": made.path.name}
    return {"key": _KEY, "value": json.dumps(value, ensure_ascii=False)}


def snapshot_words(reader: Reader) -> str:
    """Return what the status line says of the last verified copy: its time and how much it holds."""
    try:
        kept = json.loads(settings.setting(reader, _KEY) or "{}")
        at = datetime.fromisoformat(kept["at"]).astimezone()
        references = int(kept["references"])
    except (ValueError, KeyError, TypeError):
        return ""
    today = at.date() == datetime.now().astimezone().date()
    when = f"{at:%H:%M}" if today else f"{at.day} {at:%B} {at:%H:%M}"
    return f"Snapshot {when}, verified {counted(references, 'reference')}"


def present(reader: Reader) -> Verified:
    """Return what the open project holds, counted as a copy is."""
    return backup.count(reader)


def held(path: Path) -> Verified:
    """Open a backup, check every page and every link, and count. Raises `NotAProject`."""
    return backup.verify(path)


def restore(source: Path, out: Path) -> Verified:
    """Write a verified copy of a backup to a new file. Raises `AlreadyExists`; the backup is not touched."""
    return backup.restore(source, out)
