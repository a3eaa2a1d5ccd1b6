"""The command that brings exports in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_app.cli import coding_exchange
from evidence_app.cli.shared import acting_option, json_option, opened, print_json, project_argument

if TYPE_CHECKING:
    from evidence_app.services.importing import FileReport


@click.command("import")
@project_argument
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", default="", help="The database or register searched; else the file's name.")
@click.option("--platform", default="", help="The platform it was searched on: Ovid, ProQuest …")
@click.option("--searched", default="", metavar="DATE", help="The day of the search.")
@click.option("--query-file", type=click.Path(path_type=Path), help="A text file with the query as run.")
@click.option("--format", "name", default=None, help="The format, where its content does not tell.")
@click.option(
    "--map", "mapped", multiple=True, metavar="HEADER=VARIABLE",
    help="What a column of a table holds: a CSL variable, tag, remark, decision, id, or nothing to leave it "
    "out. Remembered for tables with the same headers.",
)  # fmt: skip
@acting_option
@json_option
def import_(
    project: str,
    files: tuple[Path, ...],
    source: str,
    platform: str,
    searched: str,
    query_file: Path | None,
    name: str | None,
    mapped: tuple[str, ...],
    acting: str,
    as_json: bool,
) -> None:
    """Bring in exports of databases and reference managers, and coding as .qdpx or .qdc."""
    from evidence_app.services.formats.column_mapping import checked, unknown_table
    from evidence_app.services.importing import SearchRun, import_files
    from evidence_app.services.remembered_mappings import rows_to_keep

    mapping = checked(_mapping(mapped))
    query = query_file.read_text("utf-8", errors="replace") if query_file else ""
    run = SearchRun(source=source, platform=platform, searched=searched, query=query)
    coded, records = coding_exchange.coding_files(files)
    _check_headers(mapping, records)
    with opened(project, acting) as found:
        if len(files) > 1:
            coding_exchange.try_out(found, coded)
        done = import_files(found, records, run, format=name, mapping=mapping or None) if records else None
        came = coding_exchange.bring_in(found, coded)
        for path in records if mapping else ():
            table = unknown_table(path)
            if table is not None:
                found.keep("cache_setting", rows_to_keep(table.headers, mapping))
    if as_json:
        print_json({"files": [*came, *(_as_json(each) for each in (done.files if done else ()))]})
        return
    for told in came:
        coding_exchange.tell(told)
    for each in done.files if done else ():
        _tell(each)


def _as_json(each: "FileReport") -> dict[str, Any]:
    return {
        "file": each.file, "format": each.format, "dialect": each.dialect, "expected": each.expected,
        "imported": each.imported, "duplicates": each.duplicates,
        "unplaced": [{"line": one.line, "text": one.text} for one in each.unplaced],
    }  # fmt: skip


def _tell(each: "FileReport") -> None:
    click.echo(
        f"{each.file}: {each.format} {each.dialect}".rstrip()
        + f", {each.expected} records begun, {each.imported} imported"
        + (f", {each.duplicates} held already" if each.duplicates else "")
        + (f", {len(each.unplaced)} not placed" if each.unplaced else "")
        + (f", {each.attached} files attached" if each.attached else "")
    )
    for missing in each.missing:
        click.echo(f"  not in the folder of the export: {missing}")
    for one in each.unplaced:
        click.echo(f"  line {one.line}: {one.reason} {' '.join(one.text.split())[:100]}")


def _check_headers(mapping: dict[str, str], records: list[Path]) -> None:
    """Refuse a header that no table has, before records come in without what it was to hold."""
    from evidence_app.services.formats.column_mapping import headers_key, unknown_table

    if not mapping:
        return
    headers = [header for path in records if (table := unknown_table(path)) for header in table.headers]
    there = headers_key(headers).split("\n")
    for header in mapping:
        if headers_key([header]) not in there:
            columns = f"They are: {', '.join(headers)}." if headers else "None has columns to be named."
            raise click.BadParameter(f"No table has the column “{header}”. {columns}", param_hint="--map")


def _mapping(mapped: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for each in mapped:
        header, equals, variable = each.rpartition("=")
        if not equals or not header.strip():
            raise click.BadParameter(f"“{each}” is not HEADER=VARIABLE.", param_hint="--map")
        mapping[header.strip()] = variable.strip()
    return mapping
