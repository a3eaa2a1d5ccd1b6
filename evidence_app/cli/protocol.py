"""The command that prints the protocol, and what the methods say of screening."""

from pathlib import Path

import click

from evidence_app.cli.shared import json_option, print_json, project_argument, reading
from evidence_app.domain.edit import counted
from evidence_app.domain.screening import Stage


@click.command()
@project_argument
@click.argument("out", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
@json_option
def protocol(project: str, out: Path | None, as_json: bool) -> None:
    """Print the protocol with its amendments and what the methods say; or write it: .docx, .odt, .md."""
    from evidence_app.services.screening.methods import protocol_parts, screening_paragraphs
    from evidence_app.services.screening.rounds import asked_for

    with reading(project) as reader:
        parts, methods = protocol_parts(reader), screening_paragraphs(reader)
        if out is not None:
            from evidence_app.services.publishing.protocol import write_protocol

            write_protocol(reader, out)
        asked = [*asked_for(reader, Stage.TITLE_ABSTRACT), *asked_for(reader, Stage.FULL_TEXT)]
    if as_json:
        print_json(
            {
                "protocol": [{"heading": each.heading, "lines": list(each.lines)} for each in parts],
                "methods": list(methods),
                "asked_for": asked,
            }
        )
        return
    if out is not None:
        click.echo(f"{out}: the protocol with {counted(len(parts), 'part')}")
        return
    for part in parts:
        click.echo(f"{part.heading}")
        for line in part.lines:
            click.echo(f"  {line}")
    if not parts:
        click.echo("No protocol was written yet; it is written on the screen Screening.")
    for paragraph in methods:
        click.echo(f"\n{paragraph}")
    for sentence in asked:
        click.echo(f"\n{sentence}")
