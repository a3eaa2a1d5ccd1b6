"""`screen rank` and `screen simulate`: what to judge next, and how much such an order saves."""

from dataclasses import asdict
from pathlib import Path

import click

from evidence_app.cli.shared import (
    acting_option,
    json_option,
    print_json,
    print_table,
    project_argument,
    reading,
    who_acts,
)
from evidence_app.cli.stages import STAGES, stage_option
from evidence_app.domain.edit import RowOf


@click.command()
@project_argument
@stage_option
@click.option(
    "--order",
    type=click.Choice(["relevance", "uncertainty", "random"]),
    default="relevance",
    show_default=True,
)
@click.option("--seed", default=0, show_default=True, help="Chooses the random order.")
@acting_option
@json_option
def rank(project: str, stage: str, order: str, seed: int, acting: str, as_json: bool) -> None:
    """List the records you have still to judge, the likeliest relevant first; nothing is changed."""
    from evidence_app.services.screening.ranked import Order, rank_in
    from evidence_app.storage import references
    from evidence_app.storage.screening import person_row

    with reading(project) as reader:
        viewer = person_row(reader, RowOf("person", who_acts(reader, acting).guid))
        found = rank_in(reader, STAGES[stage], viewer, Order(order), seed)
        shown = {line.id: line for line in references.lines(reader, found.references)}
    scores = found.scores or {}
    if as_json:
        print_json(
            {
                "order": order, "stage": stage, "relevant": found.relevant, "irrelevant": found.irrelevant,
                "records": [
                    {"id": str(row), "score": scores.get(row), "title": shown[row].title}
                    for row in found.references
                ],
            }
        )  # fmt: skip
        return
    if found.scores is None:
        click.echo("There is nothing to learn from yet: judge one relevant and one irrelevant record.")
    rows = [
        (row, f"{scores[row]:.3f}" if row in scores else "", shown[row].title) for row in found.references
    ]
    print_table(rows, ("Id", "Score", "Title"))


@click.command()
@click.argument("labelled", metavar="LABELLED.csv", type=click.Path(path_type=Path))
@click.option("--seed", default=0, show_default=True, help="Chooses the two records it starts from.")
@click.option("--starts", type=click.IntRange(1, 100), default=1, show_default=True,
              help="Replay from so many pairs and give the means.")  # fmt: skip
@json_option
def simulate(labelled: Path, seed: int, starts: int, as_json: bool) -> None:
    """Replay a labelled set and tell how much work ranked screening would have saved."""
    from evidence_app.services.screening.simulation import simulate as replay

    done = replay(labelled, seed, starts=starts)
    if as_json:
        print_json(asdict(done))
        return
    means = f", means of {starts} starts" if starts > 1 else ""
    click.echo(f"{done.file}: {done.records} records, {done.included} included{means}")
    click.echo(
        f"WSS@95 {done.wss95:.3f}, recall at 10 % {done.recall10:.3f}, at 20 % {done.recall20:.3f}, "
        f"loss {done.loss:.3f}, {done.ms_per_retrain:.1f} ms per retrain and rank"
    )
