"""Bringing a large RIS export in: reading it, writing it into the project, indexing it, taking it back."""

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from evidence_app.domain.csl import CslItem
from evidence_app.services.formats.registry import read_file
from evidence_app.services.importing import SearchRun, import_files
from evidence_app.storage.project import Project
from tests.benchmarks.library import a_work, some_words
from tests.benchmarks.measuring import Figure


def measure(size: int) -> list[Figure]:
    """Return the figures of importing this many RIS records, beside rispy reading the same file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.ris"
        write_ris(path, size)
        project = Project.create(Path(folder) / "large.evidence", "A large review")
        before = _peak_mb()
        start = time.process_time()
        import_files(project, [path], SearchRun(source="Medline"))
        while project.index_some():
            pass
        project.checkpoint()
        spent = time.process_time() - start
        grown = _peak_mb() - before
        undone = _seconds(project.undo)
        project.close()
        ours, theirs = _seconds(lambda: _count(path)), _seconds(lambda: _rispy(path))
    return [
        Figure(
            f"import and index {size:,} RIS records (CPU)", spent * 1000, budget=20_000,
            beside=f"{spent / theirs:.0f} times rispy’s reading alone, {theirs * 1000:,.0f} ms",
        ),
        Figure("reading alone (CPU)", ours * 1000, beside=f"{ours / theirs:.1f} times rispy"),
        Figure("memory the import takes at its peak", grown, "MB", budget=500),
        Figure("its undo (CPU)", undone * 1000),
    ]  # fmt: skip


def write_ris(path: Path, size: int) -> None:
    """Write made-up articles with abstracts of 150 words as a database exports them."""
    chance = random.Random(1)
    words = some_words(chance)
    with path.open("w", encoding="utf-8", newline="\r\n") as file:
        for at in range(size):
            file.writelines(_lines(a_work(chance, words, at), words[at % 40]))


def _lines(work: CslItem, keyword: str) -> list[str]:
    people = [f"AU  - {name['family']}, {name['given']}\n" for name in work["author"]]
    return [
        "TY  - JOUR\n", *people, f"TI  - {work['title']}\n", f"JO  - {work['container-title']}\n",
        f"PY  - {work['issued']['date-parts'][0][0]}\n",
        f"AB  - {work['abstract']}\n", f"DO  - {work['DOI']}\n",
        f"KW  - {keyword}\n", "ER  - \n", "\n",
    ]  # fmt: skip


def _count(path: Path) -> int:
    return sum(1 for _ in read_file(path).records)


def _rispy(path: Path) -> int:
    import rispy

    with path.open(encoding="utf-8") as file:
        return len(rispy.load(file))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def _peak_mb() -> float:
    """Return the most memory this process has held so far."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1000)
