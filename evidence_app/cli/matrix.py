"""The command `matrix`: reports by themes as a file."""

from pathlib import Path

import click

from evidence_app.cli.shared import project_argument, reading
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.synthesis.matrix_rows import ORDERS


@click.command()
@project_argument
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--order", type=click.Choice(list(ORDERS)), default="number", show_default=True)
@click.option("--query", default="", help="Only the reports this finds, e.g. year:2018..2023.")
@click.option("--country", default="", help="Only reports from this country.")
@click.option("--service", default="", help="Only reports on this type of service.")
@click.option("--kind", default="", help="Only reports of this kind.")
@click.option(
    "--with", "names", multiple=True, metavar="NAME",
    help="A characteristic as a column, e.g. country; may be given several times.",
)  # fmt: skip
def matrix(
    project: str, out: Path, order: str, query: str, country: str, service: str, kind: str,
    names: tuple[str, ...],
) -> None:  # fmt: skip
    """Write the matrix of included reports and themes: .xlsx .csv .json .docx .svg."""
    from evidence_app.cli.reading import asked_for
    from evidence_app.services.publishing.matrix.sheet import Sheet
    from evidence_app.services.publishing.matrix.writing import write_matrix
    from evidence_app.services.synthesis import matrix_rows
    from evidence_app.services.synthesis.matrix import ColumnKind, matrix_of
    from evidence_app.storage.matrix import matrix_source

    with reading(project) as reader:
        source = matrix_source(reader)
        found = {each.id for each in asked_for(reader, query, "included")} if query else None
    made = matrix_of(source.contents, source.marks)
    known = matrix_rows.characteristics(made)
    for name in names:
        if name not in known:
            raise EvidenceError(
                f"No report has the characteristic “{name}”. Nothing was written. "
                f"There are: {', '.join(known) or 'none'}."
            )
    wanted = matrix_rows.RowsWanted(country, service, kind, found)
    rows = matrix_rows.wanted_rows(made, wanted, order)
    filtered = "; ".join(words for words in (wanted.words(), query) if words)
    write_matrix(Sheet(made, rows, names, filtered), out)
    topics = [at for at, column in enumerate(made.columns) if column.kind is not ColumnKind.SUM]
    cells = sum(made.cell(row.id, at).count > 0 for row in rows for at in topics)
    click.echo(f"Wrote {out}: {made.size}, {counted(len(rows), 'row')}, {cells} cells with evidence")
