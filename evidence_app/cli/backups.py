"""The commands for verified copies: backup, verify, restore."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evidence_app.cli.shared import project_argument, reading

path_type = click.Path(path_type=Path)


@click.command()
@project_argument
@click.argument("out", metavar="[OUT]", required=False, type=path_type)
def backup(project: str, out: Path | None) -> None:
    """Write a copy of the project that was opened, checked and counted."""
    from evidence_app.services.projects import SAMPLE_WORD
    from evidence_app.storage import backup as copies

    with reading(project) as reader:
        named = copies.backup_name(reader.path, datetime.now().astimezone())
        beside = Path(named.name) if project == SAMPLE_WORD else named  # the sample's own folder goes
        made = copies.backup(reader, out or beside)
    click.echo(f"Wrote {made.path}: {_held(made)}")


@click.command()
@project_argument
def verify(project: str) -> None:
    """Check every page of a project file and count what it holds."""
    from evidence_app.services import projects
    from evidence_app.storage.backup import verify as verified

    if project == projects.SAMPLE_WORD:
        with projects.thrown_away_sample() as path:
            found = verified(path)
    else:
        found = verified(Path(project))
    click.echo(f"{project} is sound: {_held(found)}")


@click.command()
@click.argument("backup", metavar="BACKUP", type=path_type)
@click.argument("out", metavar="OUT", type=path_type)
def restore(backup: Path, out: Path) -> None:
    """Write a verified copy of a backup to a new file; nothing is overwritten."""
    from evidence_app.storage.backup import restore as restored

    made = restored(backup, out)
    click.echo(f"Wrote {made.path}: {_held(made)}")


def _held(found: Any) -> str:
    counts = f"{found.references} references, {found.blocks} blocks, {found.edits} edits"
    return f"{counts}, last at {found.last_edit}"
