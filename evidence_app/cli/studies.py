"""The command `studies`: included studies with reports and characteristics, as text, JSON or a table."""

from pathlib import Path
from typing import Any

import click

from evidence_app.cli.shared import json_option, print_json, project_argument, reading
from evidence_app.storage.studies import StudyContents


@click.command()
@project_argument
@click.option(
    "--table", type=click.Choice(["counts by study", "counts by report", "included studies"]), default=None,
    help="Write one of the tables; name the file with --out.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=None,
    help="The file: .docx, .xlsx or .csv; counts also as a chart: .svg, .pdf or .png.",
)  # fmt: skip
@json_option
def studies(project: str, table: str | None, out: Path | None, as_json: bool) -> None:
    """List the included studies with their reports and characteristics, or write a table of them."""
    from evidence_app.storage.studies import study_contents

    if (table is None) != (out is None):
        raise click.UsageError("--table and --out go together: which table, and where to.")
    with reading(project) as reader:
        contents = study_contents(reader)
    if table is not None and out is not None:
        click.echo(f"Wrote {out}: {_write(contents, table, out)}", err=as_json)
    if as_json:
        print_json(plain_studies(contents))
    elif table is None:
        _print(contents)


def _write(contents: StudyContents, table: str, out: Path) -> str:
    from evidence_app.services.publishing.appendix.writing import write_table
    from evidence_app.services.studies import charting
    from evidence_app.services.studies.counting import TABLES, Unit

    made = TABLES[table](contents)
    if table.startswith("counts") and out.suffix.lower() in charting.FORMATS:
        unit = Unit.STUDIES if table.endswith("study") else Unit.REPORTS
        for warning in charting.write_chart(contents, unit, out):
            click.echo(warning, err=True)
    else:
        write_table(made, out)
    return made.note


def plain_studies(contents: StudyContents) -> dict[str, Any]:
    """Return studies, their characteristics, counts of both units and open suggestions as plain values."""
    from evidence_app.services.studies.counting import Unit, count, countable, shown
    from evidence_app.services.studies.suggesting import suggestions

    counts = [count(contents, field, unit) for unit in Unit for field in countable(contents)]
    number = {ref: work.number for ref, work in contents.works.items()}
    return {
        "studies": [
            {
                "label": study.label, "note": study.note,
                "reports": [
                    {"number": number[each.reference], "part": each.part.value} for each in study.reports
                ],
                "characteristics": {
                    field.name: shown(contents.values_of(study.references, field.name))
                    for field in contents.fields
                },
            }
            for study in contents.studies
        ],
        "counts": [
            {
                "field": each.field.name, "unit": each.unit.value, "total": each.total,
                "values": {value.value: value.number for value in each.values if value.number},
                "not_reported": each.silent_units, "not_extracted": each.missing_units,
                "adds_up": each.adds_up,
            }
            for each in counts
        ],
        "suggestions": [
            {
                "reports": [number[each.first], number[each.second]], "reason": each.reason,
                "for": [one.words for one in each.evidence if one.speaks_for],
                "against": [one.words for one in each.evidence if not one.speaks_for],
            }
            for each in suggestions(contents)
        ],
    }  # fmt: skip


def _print(contents: StudyContents) -> None:
    from evidence_app.services.studies.counting import included_table

    made = included_table(contents)
    for row in made.rows:
        click.echo("\t".join(str(cell or "-") for cell in row))
    click.echo(made.note, err=True)
