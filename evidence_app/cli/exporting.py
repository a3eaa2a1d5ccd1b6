"""The commands by which something leaves the program: summary, bibliography, export, formats."""

from pathlib import Path
from typing import Any

import click

from evidence_app.cli.reading import SETS, asked_for
from evidence_app.cli.shared import json_option, print_json, print_table, project_argument, reading
from evidence_app.domain.errors import EvidenceError

out_argument = click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
set_option = click.option(
    "--set", "which", type=click.Choice(SETS), default=None, help="Which part of the library."
)
_CODING = ("qdpx", "qdc")
query_option = click.option("--query", default="", help="Only what this finds.")


@click.command()
@project_argument
@out_argument
@click.option(
    "--profile", type=click.Choice(["journal", "commissioner"]), default="journal", show_default=True
)
@click.option(
    "--style", default="american-medical-association", show_default=True, help="A CSL style's name."
)
@click.option(
    "--theme", "names", multiple=True, help="Only this theme (name or id); may be given several times."
)
def summary(project: str, out: Path, profile: str, style: str, names: tuple[str, ...]) -> None:
    """Write the cited evidence summary: .docx .odt .html .pdf .md."""
    from evidence_app.services.checks.rules import run_checks
    from evidence_app.services.publishing.summary.selection import contents_with_flow
    from evidence_app.services.publishing.summary.writing import write_summary

    with reading(project) as reader:
        contents = contents_with_flow(reader)
    written = write_summary(
        contents, out, profile, style, themes=_themes(contents, names),
        open_checks=run_checks(contents),
    )  # fmt: skip
    for warning in written.warnings:
        click.echo(f"evidence-desk: {warning}", err=True)
    click.echo(f"Wrote {out}: {written.works} works cited, {written.open_checks} checks open")


def _themes(contents: Any, names: tuple[str, ...]) -> list[int]:
    by_name = {theme.name.casefold(): theme.id for theme in contents.themes}
    by_name |= {str(theme.id): theme.id for theme in contents.themes}
    unknown = [name for name in names if name.casefold() not in by_name]
    if unknown:
        known = "; ".join(theme.name for theme in contents.main_themes())
        raise EvidenceError(
            f"There is no theme “{unknown[0]}”. Nothing was written. The themes are: {known}."
        )
    return [by_name[name.casefold()] for name in names]


@click.command()
@project_argument
@out_argument
@click.option(
    "--style", default="american-medical-association", show_default=True, help="A CSL style's name."
)
@set_option
@query_option
def bibliography(project: str, out: Path, style: str, which: str | None, query: str) -> None:
    """Write a bibliography: .docx .odt .html .pdf .md .txt; without --set, the review's own list."""
    from evidence_app.services.publishing.bibliography import write_bibliography
    from evidence_app.services.publishing.summary.notices import entry_marks
    from evidence_app.storage.contents import review_contents

    with reading(project) as reader:
        found = asked_for(reader, query, which or ("all" if query else "bibliography"))
        contents = review_contents(reader)
    if not found:
        raise EvidenceError("No reference belongs to what you asked for. Nothing was written.")
    warnings = write_bibliography(
        found, out, style, own_numbers=all(each.number for each in found), title=contents.review.title,
        marks=entry_marks(contents),
    )  # fmt: skip
    for warning in warnings:
        click.echo(f"evidence-desk: {warning}", err=True)
    click.echo(f"Wrote {out}: {len(found)} references")


@click.command()
@project_argument
@out_argument
@click.option("--format", "name", default=None, help="The format, where the file's ending does not say it.")
@click.option(
    "--profile", type=click.Choice(["standard", "nvivo", "maxqda"]), default="standard", show_default=True,
    help="For whom a .qdpx is written: programs count characters differently.",
)  # fmt: skip
@set_option
@query_option
@json_option
def export(
    project: str, out: Path, name: str | None, profile: str, which: str | None, query: str, as_json: bool
) -> None:
    """Write references (.ris .bib .json .xml .csv .xlsx .nbib .enw) or the coding (.qdpx .qdc)."""
    if name in _CODING or (name is None and out.suffix.lower().lstrip(".") in _CODING):
        from evidence_app.cli.coding_exchange import send_out

        with reading(project) as reader:
            send_out(reader, out, profile, name, as_json=as_json)
        return
    from evidence_app.services.formats.registry import write_references

    with reading(project) as reader:
        found = asked_for(reader, query, which or "all")
    written = write_references(found, out, name)
    if as_json:
        print_json({"file": str(out), "format": written.name, "references": len(found)})
        return
    click.echo(f"Wrote {out}: {len(found)} references as {written.label}")


@click.command()
@json_option
def formats(as_json: bool) -> None:
    """List what can be read and written."""
    from evidence_app.services.formats.registry import FORMATS

    if as_json:
        print_json(
            [
                {"name": each.name, "label": each.label, "suffixes": list(each.suffixes),
                 "reads": each.reads, "writes": each.writes}
                for each in FORMATS
            ]
        )  # fmt: skip
        return
    rows = [
        (each.name, " ".join(each.suffixes), "reads" if each.reads else "", "writes" if each.writes else "",
         each.label)
        for each in FORMATS
    ]  # fmt: skip
    print_table(rows, ("Format", "Endings", "", "", "Name"))
