"""The commands that bring decisions of other screening programs in, and write them for these."""

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
    who_acts,
)
from evidence_app.cli.stages import STAGES
from evidence_app.domain.edit import RowOf, counted
from evidence_app.domain.screening import Outcome, Verdict

_stage = click.option(
    "--stage", type=click.Choice([*STAGES]), default="title-abstract", show_default=True,
    help="Where decisions were made; on the way in, where the file does not say.",
)  # fmt: skip


@click.command("import")
@project_argument
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--by", "by", metavar="NAME", default="", help="Whose decisions these are, where the file names nobody."
)
@click.option(
    "--verdict", type=click.Choice([each.value for each in Verdict]),
    help="What was decided on records whose file does not say: Covidence exports a list for each verdict.",
)  # fmt: skip
@_stage
@acting_option
@json_option
def import_decisions(
    project: str, file: Path, by: str, verdict: str | None, stage: str, acting: str, as_json: bool
) -> None:
    """Take over decisions of Rayyan, Covidence or ASReview (RIS, CSV) on records the project holds."""
    from evidence_app.services.screening.exchange.reading import Assumed
    from evidence_app.services.screening.exchange.taking_over import take_decisions

    assumed = Assumed(Verdict(verdict) if verdict else None, STAGES[stage], by)
    with opened(project, acting) as found, found.reader() as reader:
        edit, taken = take_decisions(reader, file, assumed)
        if taken.decisions:
            found.apply(edit)
    if as_json:
        print_json(
            {
                "file": file.name, "records": taken.records, "matched_by": taken.matched_by,
                "decisions": taken.decisions, "unchanged": taken.unchanged, "kept": taken.kept,
                "unmatched": [{"line": each.line, "title": each.title} for each in taken.unmatched],
            }
        )  # fmt: skip
        return
    _tell(taken)
    click.echo(in_whose_name(found, acting))


def _tell(taken: Any) -> None:
    how = ", ".join(f"{number:,} by {by}" for by, number in taken.matched_by.items())
    click.echo(f"Read {counted(taken.records, 'record')}{f': {how}' if how else ', none of this project'}.")
    click.echo(f"{counted(taken.decisions, 'decision')} taken over, {taken.unchanged:,} held already.")
    if taken.kept:
        click.echo(f"{counted(taken.kept, 'decision')} made here differ and were kept.")
    for each in taken.unmatched:
        click.echo(f"Not in the project, line {each.line}: {each.title}")


@click.command("export")
@project_argument
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--to", "program", type=click.Choice(["rayyan", "asreview", "covidence"]), default="rayyan",
    show_default=True, help="Whose way of writing decisions is used.",
)  # fmt: skip
@click.option(
    "--outcome", type=click.Choice([each.value for each in Outcome]),
    help="Only records of this outcome; for Covidence, which takes a list for each, include unless you say.",
)  # fmt: skip
@_stage
@acting_option
@json_option
def export_decisions(
    project: str, out: Path, program: str, outcome: str | None, stage: str, acting: str, as_json: bool
) -> None:
    """Write records with their decisions, .ris or .csv; while screening is blind, with your own only."""
    from evidence_app.services.screening.exchange.writing import Program, records_to_write, write_decisions
    from evidence_app.storage.screening import person_row

    wanted = Outcome(outcome) if outcome else Outcome.INCLUDE if program == "covidence" else None
    with reading(project) as reader:
        viewer = person_row(reader, RowOf("person", who_acts(reader, acting).guid))
        records = records_to_write(reader, STAGES[stage], viewer, wanted)
        write_decisions(records, Program(program), out)
    decisions = sum(len(each.decisions) for each in records)
    if as_json:
        print_json({"file": str(out), "to": program, "records": len(records), "decisions": decisions})
        return
    click.echo(f"Wrote {counted(len(records), 'record')} with {counted(decisions, 'decision')} to {out}.")
