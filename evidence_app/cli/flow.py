"""The command `prisma`: the flow diagram as a file, or as one JSON value."""

from pathlib import Path

import click

from evidence_app.cli.shared import json_option, print_json, project_argument, reading
from evidence_app.domain.edit import counted
from evidence_app.domain.flow import FlowForm


@click.command()
@project_argument
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--form", type=click.Choice([str(each) for each in FlowForm]), default=None,
    help="The shape of the diagram; else the one chosen for the review, or the one that fits it.",
)  # fmt: skip
@click.option(
    "--table", type=click.Choice(["searches", "excluded"]), default=None,
    help="In its stead a table: every search as PRISMA-S asks, or excluded full texts with reasons.",
)  # fmt: skip
@json_option
def prisma(project: str, out: Path, form: str | None, table: str | None, as_json: bool) -> None:
    """Write the PRISMA 2020 flow diagram: .svg .pdf .png .csv .json; a table: .docx .xlsx .csv."""
    if table is not None:
        _write_table(project, out, table, as_json)
        return
    from evidence_app.services.flow.review_flow import review_flow
    from evidence_app.services.flow.writing import as_json as plain
    from evidence_app.services.flow.writing import write_flow

    with reading(project) as reader:
        flow = review_flow(reader, FlowForm(form) if form else None)
    for warning in write_flow(flow, out):
        click.echo(f"evidence-desk: {warning}", err=True)
    if as_json:
        print_json(plain(flow))
        return
    shown = {key: flow[key].shown for key in ("records_screened", "new_reports", "new_studies")}
    click.echo(
        f"Wrote {out}: records screened {shown['records_screened']}, reports included "
        f"{shown['new_reports']}, studies included {shown['new_studies']}"
    )
    for equation in (each for each in flow.broken if not each.stops):
        click.echo(f"evidence-desk: {equation.title}: {equation.words}", err=True)


def _write_table(project: str, out: Path, table: str, as_json: bool) -> None:
    from evidence_app.services.flow import appendices
    from evidence_app.services.publishing.appendix.writing import write_table

    with reading(project) as reader:
        made = appendices.TABLES[table](reader)
    write_table(made, out)
    if as_json:
        rows = [dict(zip(made.heads, row, strict=True)) for row in made.rows]
        print_json({"title": made.title, "rows": rows})
        return
    click.echo(f"Wrote {out}: {counted(len(made.rows), 'row')}")
