"""The command that amends the protocol: dated, with its reason, and what is to be judged again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import click

from evidence_app.cli.shared import (
    acting_option,
    in_whose_name,
    json_option,
    opened,
    print_json,
    project_argument,
)
from evidence_app.cli.stages import STAGES
from evidence_app.domain.edit import RowOf, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import Criterion, MaybeCounts, Protocol, Stage
from evidence_app.storage.connections import Reader

KINDS = ("criterion", "include", "exclude", "all")


@click.command()
@project_argument
@click.argument("text", metavar="[TEXT]", default="")
@click.option("--why", default="", help="The reason for the change; without it nothing is written.")
@click.option("--criterion", "code", metavar="CODE", default="",
              help="The criterion that changes; TEXT is its new wording.")  # fmt: skip
@click.option("--again", "kind", type=click.Choice(KINDS),
              help="What is judged again: by the criterion’s reasons, or by verdict.")  # fmt: skip
@click.option("--record", "records", metavar="REF", multiple=True, help="Only these records are put back.")
@click.option(
    "--since", default="", metavar="DAY", help="Only what was decided from this day on: 2023-05-01."
)
@click.option("--stage", type=click.Choice([*STAGES]), default="title-abstract", show_default=True,
              help="Where decisions are put back.")  # fmt: skip
@click.option("--maybe", type=click.Choice([each.value for each in MaybeCounts]),
              help="What a Maybe on title and abstract counts as from now on.")  # fmt: skip
@click.option(
    "--double-share", type=click.FloatRange(0, 1), help="How much two people screen: 0.1, or 1 for all."
)
@click.option("--blind/--open", default=None, help="Whether decisions stay hidden from others from now on.")
@acting_option
@json_option
def amend(
    project: str, text: str, why: str, code: str, kind: str | None, records: tuple[str, ...], since: str,
    stage: str, maybe: str | None, double_share: float | None, blind: bool | None, acting: str, as_json: bool,
) -> None:  # fmt: skip
    """Amend the protocol; without TEXT, list the decisions that a change may put back into the queue."""
    with opened(project, acting) as found, found.reader() as reader:
        who = RowOf("person", found.acting.guid)
        criterion = _criterion(reader, code)
        if not text.strip():
            _list_offers(reader, criterion, who, as_json=as_json)
            return
        again = _again(reader, STAGES[stage], kind, criterion, records, since)
        rules = _rules(reader, maybe, double_share, blind)
        edit = _amendment(reader, text, why, who, criterion, again, rules)
        named = _told(reader, again, who)
        found.apply(edit)
    if as_json:
        print_json(
            {"text": text.strip(), "why": why.strip(), "criterion": criterion.code if criterion else None,
             "before": criterion.text if criterion else None, "again": named,
             "number": sum(map(len, again.values())), "by": found.acting.name}
        )  # fmt: skip
        return
    click.echo(f"{edit.label}. {in_whose_name(found, acting)}")
    for each in named:
        click.echo(f"  {each['id']}  {each['title']}")


def _criterion(reader: Reader, code: str) -> Criterion | None:
    from evidence_app.storage import protocols

    if not code.strip():
        return None
    listed = protocols.criteria(reader)
    for each in listed:
        if each.code.casefold() == code.strip().casefold():
            return each
    known = ", ".join(each.code for each in listed if each.code) or "none yet"
    raise EvidenceError(f"No criterion has the code {code.strip()}. Nothing was written. Codes: {known}.")


def _again(
    reader: Reader, stage: Stage, kind: str | None, criterion: Criterion | None, names: Sequence[str],
    since: str,
) -> dict[Stage, tuple[int, ...]]:  # fmt: skip
    from evidence_app.services.screening.amending import of_kind
    from evidence_app.services.screening.naming import RecordNames

    if kind is None and not names and not since:
        return {}
    if kind == "criterion" and criterion is None:
        raise EvidenceError("Say which criterion, with --criterion CODE. Nothing was written.")
    among = [RecordNames(reader).find(each) for each in names] if names else None
    row = criterion.id if criterion else None
    rows = of_kind(reader, stage, kind or "all", row, since=since, among=among)
    if not rows:
        raise EvidenceError("No decision is of this kind, so none would be made again. Nothing was written.")
    return {stage: rows}


def _rules(
    reader: Reader, maybe: str | None, double_share: float | None, blind: bool | None
) -> Protocol | None:
    from evidence_app.storage import screening

    held = screening.protocol(reader)
    wanted = replace(
        held,
        maybe_counts=MaybeCounts(maybe) if maybe else held.maybe_counts,
        double_share=held.double_share if double_share is None else double_share,
        blind=held.blind if blind is None else blind,
    )
    return wanted if wanted != held else None


def _amendment(
    reader: Reader, text: str, why: str, who: RowOf, criterion: Criterion | None,
    again: Mapping[Stage, Sequence[int]], rules: Protocol | None,
) -> Any:  # fmt: skip
    from evidence_app.services.screening import amending
    from evidence_app.services.screening.protocol import set_protocol

    changes = set_protocol(reader, rules).changes if rules is not None else ()
    said = text
    if criterion is not None:
        said = f"{criterion.code} {'Include' if criterion.includes else 'Exclude'}: {text.strip()}"
    return amending.amend(
        reader, said, why, who, criterion=criterion.id if criterion else None,
        after=text if criterion else None, again=again, changes=changes,
    )  # fmt: skip


def _told(reader: Reader, again: Mapping[Stage, Sequence[int]], who: RowOf) -> list[dict[str, str]]:
    """Return the records whose decisions are put back, as far as who acts may know of them."""
    from evidence_app.services.screening.amending import may_be_named
    from evidence_app.storage import references

    return [
        {"id": str(line.id), "stage": stage.value, "title": line.title}
        for stage, rows in again.items()
        for line in references.lines(reader, may_be_named(reader, stage, rows, who))
    ]


def _list_offers(reader: Reader, criterion: Criterion | None, who: RowOf, *, as_json: bool) -> None:
    from evidence_app.services.screening.amending import offers

    found = offers(reader, criterion.id if criterion else None, who)
    if as_json:
        print_json(
            [
                {"again": each.key.partition(":")[0], "stage": each.stage.value, "words": each.words,
                 "number": len(each.references), "records": [str(row) for row in each.named]}
                for each in found
            ]
        )  # fmt: skip
        return
    for each in found:
        click.echo(f"{each.words}: {counted(len(each.references), 'record')}")
    if not found:
        click.echo("Nobody has decided anything yet, so no change touches a decision.")
