"""A large library: writing it, opening its list, each key in the search box, one change over all of it."""

import random
import tempfile
import time
from pathlib import Path

from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import Edit, Insert, SetWhere, new_guid
from evidence_app.domain.query import parse_query
from evidence_app.storage import references, searching
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from tests.benchmarks import memory
from tests.benchmarks.measuring import Figure, median_ms, timed

_SYLLABLES = [
    a + b for a in ("co", "pro", "mi", "ser", "vi", "ta", "he", "al", "lo") for b in ("n", "r", "d", "st")
]


def measure(size: int) -> list[Figure]:
    """Return the figures of a library of this size."""
    with tempfile.TemporaryDirectory() as folder:
        figures = []
        start = time.process_time()
        project = filled(Path(folder) / "large.evidence", size)
        per_1000 = (time.process_time() - start) * 1000 / (size / 1000)
        figures.append(Figure("write and index 1,000 references (CPU)", per_1000))
        with project.reader() as reader:
            figures += _reading(reader, size)
        figures += _changing(project, size)
        project.close()
        figures += memory.measure(Path(folder) / "large.evidence", size)
    return figures


def filled(path: Path, size: int) -> Project:
    """Return a project with this many references with abstracts of 150 words, indexed."""
    chance = random.Random(1)
    words = some_words(chance)
    project = Project.create(path, "A large review")
    job = project.job(f"Import {size:,} records")
    for start in range(0, size, 1000):
        made = [a_work(chance, words, at) for at in range(start, min(start + 1000, size))]
        job.add([Insert("reference", new_guid(), references.columns_of(item)) for item in made])
    job.finish()
    while project.index_some():
        pass
    project.checkpoint()
    return project


def some_words(chance: random.Random) -> list[str]:
    """Return the 4,000 made-up words that works are made of."""
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(4000)]


def a_work(chance: random.Random, words: list[str], at: int) -> CslItem:
    """Return one made-up article."""
    return {
        "type": "article-journal", "title": " ".join(chance.choices(words, k=12)),
        "abstract": " ".join(chance.choices(words, k=150)), "DOI": f"10.1000/{at}",
        "author": [{"family": chance.choice(words), "given": "A"} for _ in range(3)],
        "issued": {"date-parts": [[chance.randint(1990, 2024)]]}, "container-title": chance.choice(words),
    }  # fmt: skip


def _reading(reader: Reader, size: int) -> list[Figure]:
    word = str(reader.value("SELECT container_title FROM live_reference LIMIT 1"))

    def opened() -> None:
        ids = references.ids_in_order(reader)
        references.lines(reader, ids[:256])

    def typed(text: str) -> float:
        return median_ms(lambda: references.lines(reader, searching.search(reader, parse_query(text))[:256]))

    keys = max(typed(word[:length]) for length in range(2, len(word) + 1))
    scanned = median_ms(
        lambda: reader.rows("SELECT id FROM live_reference WHERE abstract LIKE :like", like=f"%{word}%"), 3
    )
    return [
        Figure(f"open the list of {size:,}", median_ms(opened), budget=500),
        Figure("sort it by title", median_ms(lambda: references.ids_in_order(reader, "title")), budget=500),
        Figure(f"slowest key of typing “{word}” into the search box", keys, budget=100,
               beside=f"{scanned / keys:.0f} times as fast as LIKE over the abstracts"),
        Figure("author:… year:…", typed(f"author:{word} year:2000..2010"), budget=100),
    ]  # fmt: skip


def _changing(project: Project, size: int) -> list[Figure]:
    edit = Edit("All", (SetWhere("reference", "standing", "background", range(1, size + 1)),))
    with timed() as applied:
        project.apply(edit)
    with timed() as undone:
        project.undo()
    with timed() as small:
        project.apply(Edit("One", (SetWhere("reference", "standing", "included", [1]),)))
    return [
        Figure(f"one change over {size:,} references", applied[0]),
        Figure("its undo", undone[0]),
        Figure("one change of one reference, on the disk", small[0], budget=50),
    ]
