"""REFI-QDA files in `import` and `export`: what was placed, what was lost."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_app.cli.shared import print_json
from evidence_app.domain.edit import RowOf, counted

if TYPE_CHECKING:
    from evidence_app.storage.connections import Reader
    from evidence_app.storage.project import Project


def coding_files(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files that hold coding, and the others."""
    from evidence_app.services.coding.exchange.files import is_coding_file

    coded = [file for file in files if is_coding_file(file)]
    return coded, [file for file in files if file not in coded]


def try_out(project: "Project", files: Sequence[Path]) -> None:
    """Read coding files without keeping anything, so that one that cannot be read stops all in time."""
    from evidence_app.services.coding.exchange.files import bring_in as brought

    with project.reader() as reader:
        for file in files:
            brought(reader, file, RowOf("person", project.acting.guid))


def bring_in(project: "Project", files: Sequence[Path]) -> list[dict[str, Any]]:
    """Bring coding files in, each as one undo, and return what each came to."""
    from evidence_app.services.coding.exchange.files import bring_in as brought

    told = []
    with project.reader() as reader:
        for file in files:
            edit, came = brought(reader, file, RowOf("person", project.acting.guid))
            if edit.changes:
                project.apply(edit)
            told.append({"format": "REFI-QDA", **asdict(came), "file": str(file)})
    return told


def tell(came: dict[str, Any]) -> None:
    """Print what an import came to."""
    click.echo(
        f"{came['file']}: {came['placed']} of {came['codings']} codings placed, "
        f"{counted(came['codes'], 'new code')}, {counted(came['documents'], 'new document')}, "
        f"{counted(came['memos'], 'memo')}"
    )
    if came["model"]:
        click.echo(f"  its offsets: {came['model']}")
    for each in came["lost"]:
        click.echo(f"  not placed: {each.get('document', 'code')} {each['text'][:60]} ({each['why']})")
    for what, times in came["not_kept"].items():
        click.echo(f"  not kept: {times} × {what}")


def send_out(reader: "Reader", out: Path, profile: str, kind: str | None, *, as_json: bool) -> None:
    """Write a .qdpx or .qdc with the report of what it could not hold beside it."""
    from evidence_app.services.coding.exchange import reports
    from evidence_app.services.coding.exchange.files import send_out as sent

    came = sent(reader, out, profile, kind)
    report = out.with_name(f"{out.name}.report.json")
    reports.write(came, report)
    if as_json:
        print_json({"format": "REFI-QDA", **asdict(came), "file": str(out), "report": str(report)})
        return
    click.echo(
        f"Wrote {out}: {counted(came.codes, 'code')}, {counted(came.documents, 'document')}, "
        f"{counted(came.quotations, 'quotation')}, {counted(came.codings, 'coding')}; report: {report.name}"
    )
    for what, times in came.not_written.items():
        click.echo(f"  not written: {times} × {what}")
