"""The command that opens the window."""

import signal
import sys
from pathlib import Path

import click


@click.command("open")
@click.argument("project", metavar="[PROJECT]", required=False)
def open_window(project: str | None) -> None:
    """Open the window on a project; without one, on the last one, the first time on the sample review."""
    from evidence_app import app
    from evidence_app.services import projects

    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the window waits in Qt, where Python would not hear it
    if project != projects.SAMPLE_WORD:
        sys.exit(app.run(None if project is None else Path(project)))
    with projects.thrown_away_sample() as path:
        code = app.run(path)
    sys.exit(code)
