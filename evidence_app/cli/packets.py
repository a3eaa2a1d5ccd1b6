"""The commands that give records to a second reviewer and take the answers back."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from evidence_app.cli.shared import (
    acting_option,
    in_whose_name,
    json_option,
    known,
    opened,
    person,
    print_json,
    project_argument,
)
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError

STAGES = {"title-abstract": "title-abstract", "full-text": "full text"}


@click.command()
@project_argument
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--for", "reviewer", metavar="NAME", default="", help="Who judges; else the sample's reviewer.")
@click.option("--sample", default="", help="A sample by its name; else the last one drawn.")
@click.option("--all", "whole", is_flag=True, help="All records of the stage, not a sample.")
@click.option("--stage", type=click.Choice(list(STAGES)), default="title-abstract", show_default=True)
@acting_option
@json_option
def packet(
    project: str, out: Path, reviewer: str, sample: str, whole: bool, stage: str, acting: str, as_json: bool
) -> None:
    """Give records to a second reviewer: OUT is a .evidence file, or one offline .html page."""
    if out.suffix.lower() not in (".evidence", ".html"):
        raise EvidenceError(
            "A packet is a .evidence file or an .html page; name OUT so. Nothing was written."
        )
    with opened(project, acting) as found, found.reader() as reader:
        made = _made(reader, reviewer, sample, STAGES[stage], whole=whole)
        from evidence_app.services.screening.packets import making
        from evidence_app.services.screening.packets.page import write_page

        if out.suffix.lower() == ".html":
            write_page(made, out)
        else:
            making.write_project(made, out)
        edit = making.given_out(reader, made, person(made.person_name).initials)
        if edit:
            found.apply(edit)
    if as_json:
        print_json(
            {"packet": made.guid, "file": str(out), "records": len(made.records), "for": made.person_name,
             "stage": made.stage.value, "sample": made.sample}
        )  # fmt: skip
    else:
        click.echo(f"{out}: {counted(len(made.records), 'record')} for {made.person_name}")
        click.echo(in_whose_name(found, acting))


def _made(reader: Any, reviewer: str, sample: str, stage: str, *, whole: bool) -> Any:
    from evidence_app.domain.screening import Stage
    from evidence_app.services.screening.packets import choosing, making

    who = known(reader, person(reviewer)) if reviewer.strip() else None
    drawn = None
    if not whole:
        drawn = choosing.sample_for(reader, Stage(stage), sample, who.guid if who else "")
    if who is None and drawn is not None and drawn.person_name:
        who = known(reader, person(drawn.person_name))
    if who is None:
        raise EvidenceError("Say who judges, with --for NAME. Nothing was written.")
    references = choosing.records_for(reader, Stage(stage), drawn)
    return making.packet(reader, references, Stage(stage), who, drawn)


@click.command()
@project_argument
@click.argument("files", metavar="ANSWER...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--by", default="", metavar="NAME",
              help="Who judged, where a packet was judged under the name of somebody else here.")  # fmt: skip
@acting_option
@json_option
def merge(project: str, files: tuple[Path, ...], by: str, acting: str, as_json: bool) -> None:
    """Merge what came back: packets (.evidence) or the answers their pages saved (.json)."""
    from evidence_app.services.screening.packets.answers import answers_in

    told = []
    with opened(project, acting) as found, found.reader() as reader:
        for file in files:
            answers = answers_in(file)
            for answer in answers:
                _merged(reader, answer, by)  # all of a file can be merged, or nothing of it is
            for answer in answers:
                edit, came = _merged(reader, answer, by)
                if edit:
                    found.apply(edit)
                told.append({"file": str(file), **asdict(came)})
    if as_json:
        print_json(told)
        return
    for each in told:
        new = counted(each["decisions"], "decision")
        click.echo(
            f"{each['file']}: {new} of {each['person']}, {each['taken_back']} taken back, "
            f"{each['unchanged']} known already"
        )
        if each["conflicts"]:
            click.echo(f"  {counted(each['conflicts'], 'field')} changed on both sides; yours stays for now")
        if each["unknown"]:
            click.echo(f"  {counted(len(each['unknown']), 'record')} not in this review any more")


def _merged(reader: Any, answer: Any, by: str) -> Any:
    from evidence_app.services.screening.packets.merging import WhoJudged
    from evidence_app.services.screening.packets.merging import merge as merged

    try:
        return merged(reader, answer, by)
    except WhoJudged as error:
        raise EvidenceError(
            f'{error} If it was {error.meant} on a machine with that name: --by "{error.meant}"; '
            f'if it was {error.judged_as}: --by "{error.judged_as}".'
        ) from error
