"""The command that finds and merges duplicates."""

from collections.abc import Mapping
from typing import Any

import click

from evidence_app.cli.shared import acting_option, json_option, opened, print_json, project_argument, reading
from evidence_app.domain.edit import counted


@click.command()
@project_argument
@click.option("--apply", "applying", is_flag=True, help="Merge the groups found automatically, as one undo.")
@acting_option
@json_option
def dedupe(project: str, applying: bool, acting: str, as_json: bool) -> None:
    """Find records of one work: groups that a rule shows, and pairs for a person to judge."""
    from evidence_app.services.deduplication.merging import merge_all

    if applying:
        with opened(project, acting) as found, found.reader() as reader:
            items, result, names = _found(reader)
            if result.automatic:
                found.apply(merge_all(reader, result))
    else:
        with reading(project) as reader:
            items, result, names = _found(reader)
    if as_json:
        print_json(_as_json(result, items, names))
    else:
        _tell(result, applying)


def _found(reader: Any) -> tuple[Mapping[int, Any], Any, dict[int, str]]:
    from evidence_app.services.deduplication.finding import find_duplicates
    from evidence_app.storage import duplicates

    items = duplicates.comparable(reader)
    result = find_duplicates(items, different=duplicates.judged_different(reader))
    return items, result, _names(reader, items)


def _names(reader: Any, items: Mapping[int, Any]) -> dict[int, str]:
    """Return what its file calls each reference, behind the file's name where there are several."""
    from evidence_app.storage.imports import called

    known = called(reader)
    several = len({known[at][0] for at in items if at in known}) > 1
    names = {}
    for at in items:
        file, name = known.get(at, ("", f"#{at}"))
        names[at] = f"{file}:{name}" if several and file else name
    return names


def _as_json(result: Any, items: Mapping[int, Any], names: Mapping[int, str]) -> dict[str, Any]:
    from evidence_app.services.deduplication.showing import differing

    matches = [match for group in result.automatic for match in group.matches] + list(result.review)
    fired = [
        {"ids": [names[match.one], names[match.other]], "rule": match.rule.name, "saw": match.seen}
        for match in matches
    ]
    return {
        "automatic": [[names[at] for at in group.references] for group in result.automatic],
        "review": [
            [names[match.one], names[match.other], differing(items[match.one], items[match.other])]
            for match in result.review
        ],
        "rules": {"in_force": result.rules.printed(), "fired": fired},
    }


def _tell(result: Any, applying: bool) -> None:
    from evidence_app.services.deduplication.finding import counted_by_rule

    removed = sum(len(group.references) - 1 for group in result.automatic)
    labels = {rule.name: rule.label for rules in result.rules.by_kind.values() for rule in rules}
    click.echo(f"{counted(removed, 'duplicate')} in {counted(len(result.automatic), 'group')}, "
               f"{counted(len(result.review), 'pair')} to be judged.")  # fmt: skip
    for name, count in counted_by_rule(result).most_common():
        click.echo(f"{count:>7,}  {labels[name]}")
    if not applying:
        click.echo("Nothing was changed; --apply merges the groups.")
    elif removed:
        click.echo(f"Merged {counted(removed, 'duplicate')}; one undo takes all of it back.")
    else:
        click.echo("There was nothing to merge.")
