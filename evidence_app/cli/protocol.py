"""The command that prints the protocol, and what the methods say of screening, and that writes it down."""

import json
from pathlib import Path
from typing import Any

import click

from evidence_app.cli.shared import (
    acting_option,
    in_whose_name,
    json_option,
    opened,
    print_json,
    project_argument,
    reading,
)
from evidence_app.domain.edit import counted
from evidence_app.domain.screening import Stage
from evidence_app.storage.connections import Reader


@click.command()
@project_argument
@click.argument("out", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
@click.option("--set", "file", metavar="FILE.json", type=click.Path(path_type=Path),
              help="Write the protocol down as this file has it; OUT.json writes such a file.")  # fmt: skip
@acting_option
@json_option
def protocol(project: str, out: Path | None, file: Path | None, acting: str, as_json: bool) -> None:
    """Print the protocol and what the methods say; or write it: .docx, .odt, .md, or .json for --set."""
    if file is not None and out is not None:
        raise click.UsageError("Give OUT or --set FILE, not both.")
    if file is not None:
        _set(project, file, acting, as_json=as_json)
        return
    with reading(project) as reader:
        if out is not None:
            _write(reader, out)
        found = _told(reader)
    if as_json:
        print_json(found)
    elif out is not None:
        click.echo(f"{out}: the protocol with {counted(len(found['protocol']), 'part')}")
    else:
        _print(found)


def _set(project: str, file: Path, acting: str, *, as_json: bool) -> None:
    from evidence_app.services.screening.protocol_file import read_protocol_file, set_from_file

    said = read_protocol_file(file)
    with opened(project, acting) as found, found.reader() as reader:
        edit = set_from_file(reader, said)
        if edit:
            found.apply(edit)
        told = _told(reader) | {"changed": bool(edit), "by": found.acting.name}
    if as_json:
        print_json(told)
    elif edit:
        click.echo(f"Wrote the protocol. {in_whose_name(found, acting)}")
    else:
        click.echo("Nothing was changed: the protocol says so already.")


def _write(reader: Reader, out: Path) -> None:
    if out.suffix.lower() == ".json":
        from evidence_app.services.publishing.files import write_whole
        from evidence_app.services.screening.protocol_file import protocol_as_file

        text = json.dumps(protocol_as_file(reader), ensure_ascii=False, indent=1)
        write_whole(out, f"{text}\n".encode())
        return
    from evidence_app.services.publishing.protocol import write_protocol

    write_protocol(reader, out)


def _told(reader: Reader) -> dict[str, Any]:
    from evidence_app.services.screening.methods import protocol_parts, screening_paragraphs
    from evidence_app.services.screening.rounds import asked_for

    return {
        "protocol": [{"heading": each.heading, "lines": list(each.lines)} for each in protocol_parts(reader)],
        "methods": list(screening_paragraphs(reader)),
        "asked_for": [*asked_for(reader, Stage.TITLE_ABSTRACT), *asked_for(reader, Stage.FULL_TEXT)],
    }


def _print(found: dict[str, Any]) -> None:
    for part in found["protocol"]:
        click.echo(part["heading"])
        for line in part["lines"]:
            click.echo(f"  {line}")
    if not found["protocol"]:
        click.echo("No protocol was written yet. Write it on the screen Screening, or with --set FILE.json.")
    for sentence in (*found["methods"], *found["asked_for"]):
        click.echo(f"\n{sentence}")
