"""Replaying a labelled set: how much of the work ranked screening would have saved.

Metrics as ASReview defines them: WSS@95 is the share of records left unseen when 95 % of the relevant ones
are found, less the 5 % that chance would save; recall at a share screened; loss is the area between the
recall curve and the best one, as a share of what lies between best and worst."""

import csv
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import mean
from typing import Final

from evidence_app.domain.errors import EvidenceError
from evidence_app.services.formats.decoding import source
from evidence_app.services.formats.records import UnreadableFile
from evidence_app.services.formats.tables import delimiter_of
from evidence_app.services.progress import Report, silent
from evidence_app.services.screening.ranking import Ranking

TITLES: Final = ("title", "primary_title", "article title", "document title", "ti")
ABSTRACTS: Final = ("abstract", "notes_abstract", "abstract note", "abstract text", "ab")
LABELS: Final = (
    "label_included", "included", "label", "asreview_label", "final_included", "included_label",
    "included_final", "included_flag", "include", "inclusion", "relevant", "label_abstract_included",
    "decision",
)  # fmt: skip
_YES: Final = frozenset({"y", "t", "true", "yes", "in", "include", "included", "relevant", "maybe"})
_NO: Final = frozenset(
    {"", "n", "f", "false", "no", "out", "exclude", "excluded", "irrelevant", "not relevant", "nan", "na",
     "n/a", "none", "null", "unlabelled", "unlabeled"}
)  # fmt: skip
"""No label counts as not relevant: in a set that was screened to its end, nobody wanted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What a replay came to; shares are of 1."""

    file: str
    records: int
    included: int
    starts: int = 1
    """How many pairs of first records the figures are means over."""
    wss95: float
    recall10: float
    recall20: float
    loss: float
    ms_per_retrain: float


def read_labelled(path: Path) -> tuple[list[tuple[str, str]], list[bool]]:
    """Return titles with abstracts and the labels of a CSV with the columns title, abstract, label_included.

    Columns may bear other usual names, be parted by tabs or semicolons, and be written in any encoding.
    Raises `EvidenceError` where a column lacks, a label says neither yes nor no, or all are alike."""
    header, *rows = [[cell.strip() for cell in row] for row in _cells(path) if any(map(str.strip, row))] or [
        []
    ]
    columns = {name.casefold(): at for at, name in reversed(list(enumerate(header)))}
    title, abstract, label = (_column(columns, names) for names in (TITLES, ABSTRACTS, LABELS))
    if label is None or title is None:
        raise EvidenceError(f"{path.name} needs the columns title and label_included (abstract as well).")
    works = [(_cell(row, title), _cell(row, abstract)) for row in rows]
    labels = [_is_relevant(_cell(row, label), path) for row in rows]
    if len(set(labels)) < 2:
        raise EvidenceError(f"All records of {path.name} have the same label; there is nothing to replay.")
    return works, labels


def _cells(path: Path) -> Iterator[list[str]]:
    try:
        found = source(path)
        csv.field_size_limit(max(found.size, 10_000_000))
        with found.text() as text:
            yield from csv.reader(text, delimiter=delimiter_of(found.sample) or ",")
    except UnreadableFile as error:
        raise EvidenceError(str(error).replace(" Nothing was imported.", "")) from error
    except csv.Error as error:
        raise EvidenceError(f"{path} cannot be read as a table: {error}.") from error


def _column(columns: Mapping[str, int], names: Sequence[str]) -> int | None:
    return next((columns[name] for name in names if name in columns), None)


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def _is_relevant(label: str, path: Path) -> bool:
    word = label.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    try:
        return float(word) > 0
    except ValueError:
        raise EvidenceError(
            f"{path.name} has the label “{label[:40]}”, which says neither relevant (1, yes, included) nor "
            "not (0, no, excluded)."
        ) from None


def simulate(path: Path, seed: int = 0, report: Report = silent, starts: int = 1) -> Simulated:
    """Replay a labelled set from one relevant and one irrelevant record, ranking anew after each decision.

    With several `starts` the figures are means over the pairs that the seeds from `seed` on choose."""
    works, labels = read_labelled(path)
    ranking = Ranking(works)
    done = [screened(ranking, labels, each, report) for each in range(seed, seed + starts)]
    found = [[labels[place] for place in order] for order, _ in done]
    return Simulated(
        file=path.name, records=len(labels), included=sum(labels), starts=starts, wss95=mean(map(wss, found)),
        loss=mean(map(loss, found)), recall10=mean(recall(each, 0.1) for each in found),
        recall20=mean(recall(each, 0.2) for each in found), ms_per_retrain=mean(spent for _, spent in done),
    )  # fmt: skip


def screened(
    ranking: Ranking, labels: Sequence[bool], seed: int, report: Report = silent
) -> tuple[list[int], float]:
    """Return the order in which the records would be seen, and milliseconds per retrain and rank."""
    chance = random.Random(seed)
    relevant = [place for place, label in enumerate(labels) if label]
    others = [place for place, label in enumerate(labels) if not label]
    order = [chance.choice(relevant), chance.choice(others)]
    seen = {place: labels[place] for place in order}
    spent: list[float] = []
    while sum(seen.values()) < len(relevant):
        report(len(order), len(labels))
        start = time.perf_counter()
        scores = ranking.scores(seen)
        place = max((at for at in range(len(labels)) if at not in seen), key=scores.__getitem__)
        spent.append((time.perf_counter() - start) * 1000)
        order.append(place)
        seen[place] = labels[place]
    order += [place for place in range(len(labels)) if place not in seen]
    return order, sum(spent) / max(len(spent), 1)


def wss(found: Sequence[bool], share: float = 0.95) -> float:
    """Return the work saved over chance at a recall of `share`, for labels in the order seen."""
    wanted = ceil(share * sum(found))
    so_far = 0
    for seen, label in enumerate(found, 1):
        so_far += label
        if so_far >= wanted:
            return 1 - seen / len(found) - (1 - share)
    return 0.0


def recall(found: Sequence[bool], share: float) -> float:
    """Return the share of relevant records among the first `share` of all."""
    return sum(found[: int(len(found) * share)]) / sum(found)


def loss(found: Sequence[bool]) -> float:
    """Return 0 for a perfect order and 1 for the worst."""
    records, relevant = len(found), sum(found)
    best = sum(min(seen, relevant) for seen in range(1, records + 1))
    worst = sum(max(0, seen - (records - relevant)) for seen in range(1, records + 1))
    actual = so_far = 0
    for label in found:
        so_far += label
        actual += so_far
    return (best - actual) / (best - worst)
