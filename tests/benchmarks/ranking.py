"""How much work ranked screening saves: labelled sets replayed, by ASReview too where it is installed.

Both start from the same relevant and irrelevant records, those of the seeds 0 to 2, and learn anew after each
label; the figures are means. The sets lie beside the checkout; where there are none, nothing is measured."""

import importlib
import importlib.util
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from evidence_app.services.screening.ranking import Ranking
from evidence_app.services.screening.simulation import loss, read_labelled, recall, screened, wss
from tests.benchmarks.measuring import Figure

STARTS: Final = range(3)
MOST_LOSS = 10
LEAST_RECALL = 84
MOST_MS = 20


@dataclass(frozen=True)
class Replay:
    """What a replay came to; shares are of 1."""

    wss95: float
    recall10: float
    recall20: float
    loss: float
    ms: float


def measure(_size: int) -> list[Figure]:
    """Return loss, recall and time on each set beside the checkout, and their means."""
    figures: list[Figure] = []
    ours: list[Replay] = []
    for path in shared_sets():
        works, labels = read_labelled(path)
        mine = _mean([_ours(works, labels, seed) for seed in STARTS])
        ours.append(mine)
        replays = [_asreview(works, labels, seed) for seed in STARTS]
        theirs = _mean([each for each in replays if each is not None])
        said = (
            f"ASReview {_percent(theirs.loss)}, at 20 % {_percent(theirs.recall20)}, {theirs.ms:.0f} ms"
            if theirs is not None
            else "ASReview is not installed"
        )
        figures.append(Figure(f"{path.stem}: loss", 100 * mine.loss, "%", None, said))
        figures.append(Figure(f"{path.stem}: recall at 20 %", 100 * mine.recall20, "%"))
        figures.append(Figure(f"{path.stem}: retrain and rank", mine.ms, "ms", MOST_MS))
    if ours:
        mean = statistics.mean(each.loss for each in ours)
        figures.append(Figure("mean loss", 100 * mean, "%", MOST_LOSS))
        reached = statistics.mean(each.recall20 for each in ours)
        aim = f"the bar is {LEAST_RECALL} % or more"
        figures.append(Figure("mean recall at 20 %", 100 * reached, "%", None, aim))
    return figures


def shared_sets() -> Iterator[Path]:
    """Return the labelled sets beside the checkout."""
    for above in Path(__file__).resolve().parents:
        folder = above.parent / "shared" / "data" / "screening"
        if folder.is_dir():
            yield from sorted(folder.glob("*.csv"))
            return


def _mean(replays: Sequence[Replay]) -> Any:
    """Return the means of replays, None of none."""
    if not replays:
        return None
    return Replay(*(statistics.mean(getattr(each, name.name) for each in replays) for name in fields(Replay)))


def _ours(works: Sequence[tuple[str, str]], labels: Sequence[bool], seed: int) -> Replay:
    order, ms = screened(Ranking(works), labels, seed)
    return _replay([labels[place] for place in order], ms)


def _replay(found: Sequence[bool], ms: float) -> Replay:
    return Replay(wss(found), recall(found, 0.1), recall(found, 0.2), loss(found), ms)


def _asreview(works: Sequence[tuple[str, str]], labels: Sequence[bool], seed: int) -> Replay | None:
    """Replay with ASReview's default model, from the two records ours starts from."""
    if importlib.util.find_spec("asreview") is None:
        return None
    asreview: Any = importlib.import_module("asreview")
    models: Any = importlib.import_module("asreview.models")
    pandas: Any = importlib.import_module("pandas")
    cycle = asreview.ActiveLearningCycle.from_meta(models.get_ai_config("elas_u4")["value"])
    chance = random.Random(seed)
    by_label = [[at for at, label in enumerate(labels) if label is wanted] for wanted in (True, False)]
    first = [chance.choice(places) for places in by_label]
    table = pandas.DataFrame(
        {"title": [title for title, _ in works], "abstract": [text for _, text in works]}
    )
    simulation = asreview.Simulate(table, [int(label) for label in labels], cycle, print_progress=False)
    simulation.label(first)
    start = time.perf_counter()
    simulation.review()
    spent = (time.perf_counter() - start) * 1000
    seen = [int(place) for place in simulation._results["record_id"]]
    rest = sorted(set(range(len(labels))) - set(seen))
    return _replay([labels[place] for place in (*seen, *rest)], spent / max(len(seen), 1))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
