"""The command that looks for what a reader of the review would stumble over."""

from typing import Any

import click

from evidence_app.cli.shared import json_option, print_json, project_argument, reading


@click.command()
@project_argument
@click.option(
    "--level", type=click.Choice(["error", "doubt", "style", "information"]), help="Only this level."
)
@json_option
def check(project: str, level: str | None, as_json: bool) -> None:
    """Look through the review with every rule; waived results are listed as such."""
    from evidence_app.services.checks.overview import contents_to_check
    from evidence_app.services.checks.rules import run_checks

    with reading(project) as reader:
        contents = contents_to_check(reader)
    results = [result for result in run_checks(contents) if level in (None, result.level.value)]
    if as_json:
        print_json([_result_json(contents, result) for result in results])
        return
    for result in results:
        waived = f" (waived: {result.waived.reason})" if result.waived else ""
        click.echo(f"{result.level.value:<12}{result.message}{waived}")


def _result_json(contents: Any, result: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"rule": result.rule, "level": result.level.value}
    if result.block is not None:
        block = next(block for block in contents.blocks if block.guid == result.block)
        found["finding" if block.is_finding else "block"] = str(block.id)
    if result.references:
        found["reference"] = str(result.references[0])
        found["references"] = [str(reference) for reference in result.references]
        numbers = (contents.by_id[reference].number for reference in result.references)
        found["numbers"] = [number for number in numbers if number is not None]
    found |= {"subject": result.subject, "message": result.message, "waived": result.waived is not None}
    if result.waived:
        found["reason"] = result.waived.reason
    return found
