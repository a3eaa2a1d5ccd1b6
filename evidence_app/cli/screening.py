"""The commands of screening: deciding, drawing samples, agreement."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from math import isnan
from typing import Any

import click

from evidence_app.cli.amending import amend
from evidence_app.cli.exchange import export_decisions, import_decisions
from evidence_app.cli.packets import merge, packet
from evidence_app.cli.protocol import protocol
from evidence_app.cli.ranking import rank, simulate
from evidence_app.cli.shared import (
    acting_option,
    in_whose_name,
    json_option,
    opened,
    person,
    print_json,
    project_argument,
    reading,
)
from evidence_app.cli.stages import STAGES, stage_option
from evidence_app.domain.edit import Edit, RowOf, counted
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import MadeAs, Outcome, Purpose, Stage, Verdict
from evidence_app.storage.connections import Reader

_UNSET = "unset"


@click.group(invoke_without_command=True)
@click.pass_context
def screen(context: click.Context) -> None:
    """Screening: judge records, draw samples, see agreement, rank what is left."""
    if context.invoked_subcommand is None:
        raise click.UsageError(f"Which one? Give: screen {'|'.join(screen.list_commands(context))}")


screen.add_command(protocol)
screen.add_command(amend)
screen.add_command(packet)
screen.add_command(merge)
screen.add_command(import_decisions)
screen.add_command(export_decisions)
screen.add_command(rank)
screen.add_command(simulate)


@screen.command()
@project_argument
@click.argument("records", metavar="REF...", nargs=-1, required=True)
@click.option(
    "--verdict", type=click.Choice([*(each.value for each in Verdict), _UNSET]), required=True,
    help="What you decide; unset takes your decision back.",
)  # fmt: skip
@stage_option
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    help="A reason of the stage by name or number; the first is the main one.",
)
@click.option("--note", default="", help="A note kept with the decision.")
@click.option("--settle", is_flag=True, help="Settle a conflict, as its named adjudicator.")
@acting_option
@json_option
def decide(
    project: str, records: tuple[str, ...], verdict: str, stage: str, reasons: tuple[str, ...], note: str,
    settle: bool, acting: str, as_json: bool,
) -> None:  # fmt: skip
    """Record your verdict on records, named by id, DOI or what their file calls them; one undo."""
    from evidence_app.services.screening.outcomes import outcome_of

    with opened(project, acting) as found, found.reader() as reader:
        who = RowOf("person", found.acting.guid)
        rows, edit = _decided(reader, records, verdict, STAGES[stage], who, reasons, note, settle=settle)
        if edit:
            found.apply(edit)
        told = [
            {"id": str(row), "stage": stage, "verdict": verdict,
             "outcome": _told_outcome(reader, row, outcome_of(reader, row, STAGES[stage]), who),
             "by": found.acting.name}
            for row in rows
        ]  # fmt: skip
        said = in_whose_name(found, acting)
    if as_json:
        print_json(told)
        return
    click.echo(f"{edit.label}. {said}" if edit else "Nothing was changed: you had decided so before.")


def _decided(
    reader: Any, records: Sequence[str], verdict: str, stage: Stage, who: RowOf, reasons: Sequence[str],
    note: str, *, settle: bool,
) -> tuple[list[int], Edit]:  # fmt: skip
    from evidence_app.services.screening import conflicts, deciding
    from evidence_app.services.screening.naming import RecordNames, reason_named

    names = RecordNames(reader)
    rows = list(dict.fromkeys(names.find(each) for each in records))
    given = [reason_named(reader, stage, each).id for each in reasons]
    if stage is Stage.FULL_TEXT and verdict != _UNSET:
        _refuse_excluded(reader, rows)
    edits = []
    for row in rows:
        if verdict == _UNSET:
            as_ = MadeAs.ADJUDICATOR if settle else MadeAs.REVIEWER
            edits.append(deciding.unset(reader, row, stage, who, as_))
        elif settle:
            first = given[0] if given else None
            edits.append(conflicts.adjudicate(reader, row, stage, Verdict(verdict), who, note, first))
        else:
            first = given[0] if given else None
            edits.append(
                deciding.decide(reader, row, stage, Verdict(verdict), who, first, given[1:], note, "command")
            )
    changes = tuple(change for edit in edits for change in edit.changes)
    label = edits[0].label if len(edits) == 1 else f"Judge {counted(len(rows), 'record')}"
    return rows, Edit(label, changes)


def _refuse_excluded(reader: Reader, rows: Sequence[int]) -> None:
    from evidence_app.services.screening.outcomes import outcome_of
    from evidence_app.storage import references

    for row in rows:
        if outcome_of(reader, row, Stage.TITLE_ABSTRACT) is Outcome.EXCLUDE:
            work = references.reference(reader, row)
            raise EvidenceError(
                f"{work.short_label if work else row} was excluded on title and abstract, so its full text "
                "is not judged. Nothing was decided; change that decision first."
            )


def _told_outcome(reader: Any, row: int, outcome: Any, who: RowOf) -> str | None:
    """Return an outcome, or nothing where it would tell a blind reviewer what another decided."""
    from evidence_app.storage import screening

    own = screening.person_row(reader, who)
    others = any(each.person != own for each in screening.decisions(reader, [row]))
    if others and screening.protocol(reader).blind:
        return None
    return str(outcome.value)


@screen.command()
@project_argument
@click.option(
    "--share", type=click.FloatRange(0, 1, min_open=True), help="A share of the records: 0.1 for 10 %."
)
@click.option("--number", type=click.IntRange(1), help="So many records, instead of a share.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    help="The same seed draws the same records; else one is made up.",
)
@click.option("--for", "name", metavar="NAME", default="", help="Who judges them; somebody new is entered.")
@click.option(
    "--purpose", type=click.Choice([each.value for each in Purpose]), default="check", show_default=True,
    help="A check by a second person, a calibration round, or an audit of the records nobody judged.",
)  # fmt: skip
@click.option(
    "--give-up", "given_up", metavar="ID", help="Give a sample up; the decisions on its records stay."
)
@stage_option
@acting_option
@json_option
def sample(
    project: str, share: float | None, number: int | None, seed: int | None, name: str, purpose: str,
    given_up: str | None, stage: str, acting: str, as_json: bool,
) -> None:  # fmt: skip
    """Draw a random sample of a stage, or without --share and --number list those that were drawn."""
    from evidence_app.services.screening.sampling import draw_sample, new_seed
    from evidence_app.storage import screening

    if given_up is not None:
        _give_up(project, given_up, acting, as_json=as_json)
        return
    if share is None and number is None:
        with reading(project) as reader:
            _tell_samples(reader, screening.samples(reader, STAGES[stage]), as_json=as_json, single=False)
        return
    if share is not None and number is not None:
        raise click.UsageError("Give --share or --number, not both.")
    if share is not None and isnan(share):
        raise click.BadParameter(
            "nan is no share of anything; give a number such as 0.1.", param_hint="--share"
        )
    with opened(project, acting) as found, found.reader() as reader:
        who, entered = _entered(reader, name)
        edit = draw_sample(
            reader, STAGES[stage], Purpose(purpose), share=share, number=number,
            seed=new_seed() if seed is None else seed, person=who,
        )  # fmt: skip
        found.apply(replace(edit, changes=(*entered, *edit.changes)))
        _tell_samples(reader, screening.samples(reader)[-1:], as_json=as_json, single=True)
        if not as_json:
            click.echo(in_whose_name(found, acting))


def _give_up(project: str, wanted: str, acting: str, *, as_json: bool) -> None:
    from evidence_app.services.screening.sampling import remove_sample
    from evidence_app.storage import screening

    with opened(project, acting) as found, found.reader() as reader:
        sample = _sample(screening.samples(reader), wanted)
        found.apply(remove_sample(reader, sample))
    if as_json:
        print_json({"id": wanted, "name": sample.name, "given_up": True})
    else:
        said = in_whose_name(found, acting)
        click.echo(f"Gave up {sample.name}; the decisions on its records stay. {said}")


def _entered(reader: Any, name: str) -> tuple[Any, tuple[Any, ...]]:
    from evidence_app.domain.edit import insert
    from evidence_app.storage.screening_votes import people_called

    if not name.strip():
        return None, ()
    if known := people_called(reader, name):
        return known[0], ()
    who = person(name.strip())
    return RowOf("person", who.guid), (insert("person", who.guid, name=who.name, initials=who.initials),)


def _tell_samples(reader: Any, samples: Sequence[Any], *, as_json: bool, single: bool) -> None:
    from evidence_app.services.screening.rounds import rounds
    from evidence_app.services.screening.sampling import audited

    held = {one.sample.id: one for stage in STAGES.values() for one in rounds(reader, stage)}
    told = [
        {
            "id": str(each.id), "name": each.name, "stage": each.stage.value, "purpose": each.purpose.value,
            "seed": each.seed, "share": each.share, "drawn_from": each.drawn_from, "for": each.person_name,
            "number": len(each.members), "records": [str(row) for row in each.members],
            "audit": asdict(audited(reader, each)) if each.purpose is Purpose.AUDIT else None,
            "judged_twice": held[each.id].twice if each.id in held else None,
            "poor": held[each.id].poor if each.id in held else "",
        }
        for each in samples
    ]  # fmt: skip
    if as_json:
        print_json(told[0] if single else told)
        return
    for each in told:
        by = f", for {each['for']}" if each["for"] else ""
        twice = f"; {each['judged_twice']:,} judged by two people" if each["judged_twice"] is not None else ""
        click.echo(
            f"{each['id']}  {each['name']}: {each['number']:,} of {each['drawn_from']:,} records, "
            f"seed {each['seed']}{by}{twice}"
        )
        if each["poor"]:
            click.echo(f"  {each['poor']}")
    if not told:
        click.echo("No sample was drawn yet.")


@screen.command()
@project_argument
@stage_option
@click.option("--sample", "sample_id", metavar="ID", help="Only the records of this sample.")
@json_option
def agreement(project: str, stage: str, sample_id: str | None, as_json: bool) -> None:
    """Tell how far each pair of reviewers agreed, by their first votes."""
    from evidence_app.services.screening.agreement import agreements, methods_sentence
    from evidence_app.services.screening.rounds import poor_pair, rounds
    from evidence_app.storage import screening

    with reading(project) as reader:
        among = _sample(screening.samples(reader), sample_id).members if sample_id else None
        found = agreements(reader, STAGES[stage], among=among)
        drawn = () if among else rounds(reader, STAGES[stage])
        poor = [poor_pair(each, drawn, screening.protocol(reader)) for each in found]
    if as_json:
        print_json(
            [
                _agreement_json(each, methods_sentence(each), said)
                for each, said in zip(found, poor, strict=True)
            ]
        )
        return
    for each, said in zip(found, poor, strict=True):
        click.echo(methods_sentence(each))
        if said:
            click.echo(said)
    if not found:
        click.echo("No two people have judged the same record at this stage.")


def _sample(samples: Sequence[Any], wanted: str) -> Any:
    for each in samples:
        if str(each.id) == wanted:
            return each
    raise EvidenceError(f"There is no sample {wanted}. `screen sample` lists them.")


def _agreement_json(found: Any, sentence: str, poor: str) -> dict[str, Any]:
    def estimate(each: Any) -> dict[str, float] | None:
        return (
            None
            if each is None
            else {"value": each.value, "se": each.error, "low": each.low, "high": each.high}
        )

    return {
        "stage": found.stage.value, "reviewers": [found.first_name, found.second_name],
        "records": found.number, "agreed": found.agreed, "percent": estimate(found.percent),
        "kappa": estimate(found.kappa), "ac1": estimate(found.ac1), "maybe": found.maybe.value,
        "table": [
            {"first": one, "second": two, "count": count,
             "records": [str(row) for row in found.cells[one, two]] if (one, two) in found.cells else None}
            for (one, two), count in sorted(found.counts.items())
        ],
        "sentence": sentence, "poor": poor,
    }  # fmt: skip
