"""The commands of screening."""

from dataclasses import asdict
from pathlib import Path

import click

from evidence_app.cli.shared import json_option, print_json


@click.group()
def screen() -> None:
    """Screening: `simulate` replays a labelled set."""


@screen.command()
@click.argument("labelled", metavar="LABELLED.csv", type=click.Path(path_type=Path))
@click.option("--seed", default=0, show_default=True, help="Chooses the two records it starts from.")
@json_option
def simulate(labelled: Path, seed: int, as_json: bool) -> None:
    """Replay a labelled set and tell how much work ranked screening would have saved."""
    from evidence_app.services.screening.simulation import simulate as replay

    done = replay(labelled, seed)
    if as_json:
        print_json(asdict(done))
        return
    click.echo(f"{done.file}: {done.records} records, {done.included} included")
    click.echo(
        f"WSS@95 {done.wss95:.3f}, recall at 10 % {done.recall10:.3f}, at 20 % {done.recall20:.3f}, "
        f"loss {done.loss:.3f}, {done.ms_per_retrain:.1f} ms per retrain and rank"
    )
