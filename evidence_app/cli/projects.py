"""The command that makes projects."""

from pathlib import Path

import click

from evidence_app.cli.shared import acting_option, person


@click.command()
@click.argument("project", metavar="PROJECT", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title of the review; else the file's name.")
@click.option("--sample", is_flag=True, help="Fill it with the sample review.")
@acting_option
def new(project: Path, title: str, sample: bool, acting: str) -> None:
    """Make a project file. An existing file is never overwritten."""
    from evidence_app.services import projects

    path = project if project.suffix or not project.name else project.with_suffix(".evidence")
    if sample:
        made = projects.new_sample(path, person(acting))
    else:
        made = projects.new_project(path, title, person(acting))
    made.close()
    click.echo(f"Made {path}")
