"""How finding duplicates fares: on labelled sets, on a made-up one with DOIs, and how fast at 16,000 records.

`python -m tests.benchmarks dedupe RECORDS TRUTH.csv …` takes any labelled sets: records in a format we read,
with their ids, and one line of `;`-joined ids for each group of records of one work. Without files it takes
the sets beside the checkout. bib-dedupe is measured beside it where it is installed."""

import csv
import importlib.util
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence_app.domain.csl import CslItem
from evidence_app.services.deduplication.finding import find_duplicates
from evidence_app.services.formats.registry import read_file
from tests.benchmarks.made_up_records import made_up
from tests.benchmarks.measuring import Figure

SIZE = 16_000


@dataclass(frozen=True)
class Answers:
    """What a tool says: groups it would merge, pairs it leaves to a person, and what that took."""

    groups: list[list[int]]
    pairs: list[tuple[int, int]]
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Score:
    """How answers fare against the truth. Lost works are distinct works merged away."""

    records: int
    redundant: int
    found: int
    """Redundant records merged with another record of their work."""
    reached: int
    """These, and those in a pair left to a person."""
    lost: int
    pairs: int

    @property
    def precision(self) -> float:
        """The share of merges that are right."""
        return self.found / (self.found + self.lost) if self.found + self.lost else 1.0

    @property
    def recall(self) -> float:
        """The share of redundant records merged automatically."""
        return self.found / self.redundant if self.redundant else 1.0

    @property
    def sensitivity(self) -> float:
        """The share of redundant records merged automatically or left to a person."""
        return self.reached / self.redundant if self.redundant else 1.0


def score(works: Sequence[int], answers: Answers) -> Score:
    """Compare answers with the truth: the work of each record."""
    known = len(set(works))
    lost = sum(len({works[at] for at in group}) - 1 for group in answers.groups)
    joined = _Joined(works)
    for group in answers.groups:
        for at in group:
            joined.join(next(each for each in group if works[each] == works[at]), at)
    found = len(works) - joined.count()
    for one, other in answers.pairs:
        if works[one] == works[other]:
            joined.join(one, other)
    reached = len(works) - joined.count()
    return Score(len(works), len(works) - known, found, reached, lost, len(answers.pairs))


class _Joined:
    def __init__(self, works: Sequence[int]) -> None:
        self._above = list(range(len(works)))

    def top(self, at: int) -> int:
        while self._above[at] != at:
            at = self._above[at]
        return at

    def join(self, one: int, other: int) -> None:
        self._above[self.top(other)] = self.top(one)

    def count(self) -> int:
        return len({self.top(at) for at in range(len(self._above))})


def ours(items: Sequence[CslItem]) -> Answers:
    """Return what we say."""
    start = time.perf_counter()
    found = find_duplicates(dict(enumerate(items)))
    seconds = time.perf_counter() - start
    groups = [list(group.references) for group in found.automatic]
    return Answers(groups, [(match.one, match.other) for match in found.review], seconds, _peak_megabytes())


def _peak_megabytes() -> float:
    try:
        import resource
    except ImportError:  # not on Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def bib_dedupe(items: Sequence[CslItem]) -> Answers:
    """Return what bib-dedupe says of the same records."""
    pandas = importlib.import_module("pandas")
    steps = importlib.import_module("bib_dedupe.bib_dedupe")
    table = pandas.DataFrame([_row(at, item) for at, item in enumerate(items)])
    start = time.perf_counter()
    matched = steps.match(steps.block(steps.prep(table, cpu=1), cpu=1), cpu=1)
    groups = steps.cluster(matched)
    seconds = time.perf_counter() - start
    maybe = matched[matched["duplicate_label"] == "maybe"] if "duplicate_label" in matched else matched[:0]
    pairs = [(int(one), int(other)) for one, other in zip(maybe["ID_1"], maybe["ID_2"], strict=True)]
    return Answers([[int(at) for at in group] for group in groups], pairs, seconds, _peak_megabytes())


def _row(at: int, item: CslItem) -> dict[str, str]:
    names = [
        f"{name.get('family') or name.get('literal', '')}, {name.get('given', '')}"
        for name in item.get("author", [])
    ]
    year = (item.get("issued") or {}).get("date-parts") or [[""]]
    fields = {
        "title": "title",
        "journal": "container-title",
        "volume": "volume",
        "number": "issue",
        "pages": "page",
        "doi": "DOI",
        "abstract": "abstract",
    }
    row = {name: str(item.get(variable) or "") for name, variable in fields.items()}
    return {
        "ID": str(at),
        "ENTRYTYPE": "article",
        "author": " and ".join(names),
        "year": str(year[0][0]),
        "isbn": "",
        "booktitle": "",
        "series": "",
        **row,
    }


def apart(tool: Callable[[Sequence[CslItem]], Answers], items: Sequence[CslItem]) -> Answers:
    """Run a tool in a process of its own, so that its memory can be told."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(tool, (items,))


def labelled(records: Path, truth: Path) -> tuple[list[CslItem], list[int]]:
    """Return the records of a labelled set and the work each describes."""
    read = list(read_file(records).records)
    place = {record.source_id or str(at): at for at, record in enumerate(read, 1)}
    works = list(range(len(read)))
    with truth.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            places = [
                place[name.strip()] - 1 for name in row["merged_ids"].split(";") if name.strip() in place
            ]
            for at in places:
                works[at] = places[0]
    return [record.item for record in read], works


def shared_sets() -> Iterator[tuple[Path, Path]]:
    """Yield the labelled sets beside the checkout."""
    for above in Path(__file__).resolve().parents:
        folder = above.parent / "shared" / "data" / "dedupe"
        if folder.is_dir():
            for truth in sorted(folder.glob("*.truth.csv")):
                yield folder / truth.name.replace(".truth", ""), truth
            return


def measure(size: int) -> list[Figure]:
    """Return the figures of a made-up set with DOIs, 16,000 records or fewer."""
    made = made_up(min(size, SIZE))
    answers = apart(ours, made.items)
    told = score(made.works, answers)
    count = f"{told.records:,} records"
    return [
        Figure(f"find duplicates among {count}", answers.seconds, "s", 20),
        Figure(f"memory for {count}", answers.megabytes, "MB", 500),
        Figure(f"works lost among {count}", told.lost, "works", 0, f"{told.redundant:,} are redundant"),
        Figure("pairs left to a person per 1,000", 1000 * told.pairs / told.records, "pairs", 100),
        Figure("redundant records missed", told.redundant - told.reached, "records", 0.015 * told.redundant),
    ]


def main(arguments: Sequence[str]) -> None:
    """Print how we fare on labelled sets, beside bib-dedupe where it is installed."""
    paths = [Path(each) for each in arguments]
    sets = list(zip(paths[::2], paths[1::2], strict=True)) or list(shared_sets())
    tools: dict[str, Callable[[Sequence[CslItem]], Answers]] = {"Evidence Desk": ours}
    if importlib.util.find_spec("bib_dedupe"):
        tools["bib-dedupe"] = bib_dedupe
    else:
        print("bib-dedupe is not installed, so nothing is measured beside it (pip install bib-dedupe).\n")
    print("".join(f"{head:>{width}}" for head, width in _HEADS))
    total: Counter[tuple[str, str]] = Counter()
    for records, truth in sets:
        items, works = labelled(records, truth)
        for name, tool in tools.items():
            answers = apart(tool, items)
            _print(records.stem, name, score(works, answers), answers)
            _add(total, name, score(works, answers), answers)
    for name in tools:
        told = Score(*(total[name, field] for field in Score.__dataclass_fields__))
        _print("all", name, told, Answers([], [], total[name, "ms"] / 1000, total[name, "MB"]))


_HEADS = (
    ("set", 20), ("tool", 15), ("records", 9), ("redundant", 10), ("precision", 10), ("recall", 8),
    ("sensitivity", 12), ("lost", 6), ("pairs", 7), ("per 1,000", 10), ("s", 7), ("rec/s", 8), ("MB", 6),
)  # fmt: skip


def _add(total: "Counter[tuple[str, str]]", tool: str, told: Score, answers: Answers) -> None:
    for field in Score.__dataclass_fields__:
        total[tool, field] += getattr(told, field)
    total[tool, "ms"] += round(answers.seconds * 1000)
    total[tool, "MB"] = max(total[tool, "MB"], round(answers.megabytes))


def _print(name: str, tool: str, told: Score, answers: Answers) -> None:
    cells = (
        name, tool, f"{told.records:,}", f"{told.redundant:,}", f"{told.precision:.4f}", f"{told.recall:.4f}",
        f"{told.sensitivity:.4f}", f"{told.lost}", f"{told.pairs}", f"{1000 * told.pairs / told.records:.1f}",
        f"{answers.seconds:.1f}", f"{told.records / max(answers.seconds, 0.001):,.0f}",
        f"{answers.megabytes:.0f}",
    )  # fmt: skip
    print("".join(f"{cell:>{width}}" for cell, (_, width) in zip(cells, _HEADS, strict=True)), flush=True)
