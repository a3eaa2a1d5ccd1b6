"""The command `matrix`: reports or studies by themes, codes or characteristics as a file."""

from pathlib import Path
from typing import Any

import click

from evidence_app.cli.shared import acting_option, known, person, project_argument, reading
from evidence_app.domain.edit import counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.synthesis.matrix_rows import ORDERS


@click.command()
@project_argument
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--by",
    "columns",
    multiple=True,
    metavar="WHAT",
    default=("themes",),
    show_default=True,
    help="What the columns are: themes, codes, or a characteristic, e.g. country; several characteristics "
    "by several --by.",
)
@click.option(
    "--per",
    type=click.Choice(["report", "study"]),
    default="report",
    show_default=True,
    help="What a row is.",
)
@click.option("--order", type=click.Choice(list(ORDERS)), default="number", show_default=True)
@click.option("--query", default="", help="Only the reports this finds, e.g. year:2018..2023.")
@click.option("--country", default="", help="Only reports from this country.")
@click.option("--service", default="", help="Only reports on this type of service.")
@click.option("--kind", default="", help="Only reports of this kind.")
@click.option("--where", multiple=True, metavar="NAME=VALUE", help="Only reports with this characteristic.")
@click.option("--columns", "words", default="", help="Only columns with these words in their name.")
@click.option("--used", is_flag=True, help="Only columns in which something is found.")
@click.option(
    "--with",
    "names",
    multiple=True,
    metavar="NAME",
    help="A characteristic as a column, e.g. country; may be given several times.",
)
@acting_option
def matrix(
    project: str, out: Path, columns: tuple[str, ...], per: str, order: str, query: str, country: str,
    service: str, kind: str, where: tuple[str, ...], words: str, used: bool, names: tuple[str, ...],
    acting: str,
) -> None:  # fmt: skip
    """Write the matrix of included reports and themes, codes or values: .xlsx .csv .json .docx .svg."""
    from evidence_app.cli.reading import asked_for
    from evidence_app.services.publishing.matrix.quoting import with_quotations
    from evidence_app.services.publishing.matrix.sheet import Sheet
    from evidence_app.services.publishing.matrix.writing import write_matrix
    from evidence_app.services.synthesis import matrix_rows
    from evidence_app.services.synthesis.matrix import ColumnKind, ColumnsWanted, with_columns
    from evidence_app.services.synthesis.matrix_counting import count_matrix
    from evidence_app.storage.matrix import matrix_source

    with reading(project) as reader:
        viewer = _viewer(reader, acting)
        source = matrix_source(reader, viewer)
        found = {each.id for each in asked_for(reader, query, "included")} if query else None
        whole = count_matrix(source, _asked(source, columns, per))
        beside = tuple(_characteristic(whole, name) for name in names)
        wanted = matrix_rows.RowsWanted(country, service, kind, found)
        for each in where:
            name, _, value = each.partition("=")
            wanted = wanted.with_value(_characteristic(whole, name), value)
        shown = ColumnsWanted(used, words)
        made = with_columns(whole, shown)
        rows = matrix_rows.wanted_rows(made, wanted, order)
        filtered = "; ".join(part for part in (wanted.words(), query) if part)
        sheet = Sheet(made, rows, beside, filtered, columns_told=shown.told(whole))
        sheet = with_quotations(reader, sheet, viewer)
    write_matrix(sheet, out)
    counting = [at for at, column in enumerate(made.columns) if column.kind is not ColumnKind.SUM]
    cells = sum(made.cell(row.id, at).count > 0 for row in rows for at in counting)
    what = "evidence" if made.by == "themes" else f"{made.words.counts}s"
    click.echo(f"Wrote {out}: {made.size}, {counted(len(rows), 'row')}, {cells} cells with {what}")


def _viewer(reader: Any, acting: str) -> int:
    """Return who looks: what others code blind is not counted."""
    from evidence_app.storage.coding import person_of

    found = person_of(reader, known(reader, person(acting)).guid)
    return -1 if found is None else found


def _asked(source: Any, columns: tuple[str, ...], per: str) -> Any:
    """Return the matrix that is meant. Raises `EvidenceError` for what there is not."""
    from evidence_app.domain.matrix import By, Per
    from evidence_app.services.synthesis.matrix_counting import Asked, count_matrix

    whole = [each for each in columns if each in (By.THEMES, By.CODES)]
    if whole and len(columns) > 1:
        raise click.UsageError("Themes and codes stand alone: give --by once, or characteristics only.")
    if whole:
        return Asked(By(whole[0]), per=Per(per))
    by_theme = count_matrix(source, Asked())
    names = tuple(dict.fromkeys(_characteristic(by_theme, each) for each in columns))
    return Asked(By.CHARACTERISTICS, names, Per(per))


def _characteristic(made: Any, name: str) -> str:
    """Return the characteristic of this name. Raises `EvidenceError` where no report has it."""
    from evidence_app.services.synthesis import matrix_rows

    known = matrix_rows.known_as(made, name)
    if known is None:
        there = ", ".join(matrix_rows.characteristics(made)) or "none"
        raise EvidenceError(
            f"No report has the characteristic “{name}”. Nothing was written. There are: {there}."
        )
    return known
