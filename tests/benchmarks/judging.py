"""The queue of duplicates: how soon the next pair is painted after a key, what holds the window after it.

16,000 made-up records with abstracts of 420 words; what is told is CPU time of the window's thread."""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from evidence_app.domain.edit import Edit, Insert, RowOf, insert
from evidence_app.services.deduplication import queue
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of
from tests.benchmarks.made_up_records import made_up
from tests.benchmarks.measuring import Figure

RECORDS = 16_000
WORDS = 420
PAIRS = 40
BATCH = 2_000
PATIENCE = 20


def measure(_size: int) -> list[Figure]:
    """Return the time to the next pair, median and worst, and the longest the window is held after it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.evidence"
        _fill(path)
        times = _judge(path)
    painted = [first for first, _ in times]
    after = [rest for _, rest in times]
    return [
        Figure("the next pair painted after a key (CPU), median", statistics.median(painted), budget=50),
        Figure("the next pair painted after a key (CPU), worst", max(painted), budget=50),
        Figure("the window held after it (CPU), worst", max(after), budget=50),
    ]


def _fill(path: Path) -> None:
    """Write the records, look for duplicates, and keep what was found."""
    items = made_up(RECORDS).items
    words = _Words()
    source = insert("source", name="Made-up Base", kind="database")
    search = insert("search", source=RowOf("source", source.guid), searched_to="2023-03-16")
    file = insert("search_file", search=RowOf("search", search.guid), name="base.ris", imported=len(items))
    with Project.create(path, "Review") as project:
        project.apply(Edit("Add a search", (source, search, file)))
        for at in range(0, len(items), BATCH):
            rows: list[Insert] = []
            for line, item in enumerate(items[at : at + BATCH], at + 1):
                made = insert("reference", **columns_of({**item, "abstract": words.abstract(item)}))
                rows += [made, _record(made, file, line)]
            project.apply(Edit("Add references", tuple(rows)))
        project.keep(queue.TABLE, queue.look(path, (), lambda _done, _total: None))


def _record(made: Insert, file: Insert, line: int) -> Insert:
    return insert(
        "record", reference=RowOf("reference", made.guid), search_file=RowOf("search_file", file.guid),
        format="ris", line=line, raw=json.dumps({"tags": [], "text": f"TY  - JOUR\nID  - {line}"}),
    )  # fmt: skip


class _Words:
    """Abstracts: the same work has nearly the same one, as two databases give it."""

    def __init__(self) -> None:
        self._chance = random.Random(5)
        self._words = [
            "".join(self._chance.choices("aeiostrnlm", k=self._chance.randint(2, 9))) for _ in range(4000)
        ]
        self._known: dict[str, list[str]] = {}

    def abstract(self, item: Any) -> str:
        key = str(item.get("title", ""))[:20].casefold()
        known = self._known.setdefault(key, self._chance.choices(self._words, k=WORDS))
        changed = list(known)
        for _ in range(self._chance.randint(0, 12)):
            changed[self._chance.randrange(WORDS)] = self._chance.choice(self._words)
        return " ".join(changed)


def _judge(path: Path) -> list[tuple[float, float]]:
    """Judge pairs by keys in a shown screen with real lanes."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as home:
        screen, close = _shown(path, Path(home))
        _until(application, lambda: screen._queue is not None)
        rows = [row for row in screen._list.rows.rows if type(row).__name__ == "PairRow"]
        screen._list.select(rows[0].key)
        screen._list.setFocus()
        times = []
        for at in range(PAIRS):
            before = screen._list.current()
            act = (screen.merge, screen.judge_different, screen.put_off)[at % 3]
            start = time.thread_time()
            act()
            screen.repaint()
            painted = (time.thread_time() - start) * 1000
            assert screen._list.current() != before
            times.append((painted, _until(application, partial(_is_idle, screen.context.lanes))))
        close()
    return times


def _is_idle(lanes: Any) -> bool:
    return not any(lane.waiting for lane in (lanes.writer, *lanes.reading.lanes))


def _until(application: Any, holds: Callable[[], bool]) -> float:
    """Let the window work until this holds; return how long it was held at once, in milliseconds."""
    longest = 0.0
    quiet = 0
    end = time.monotonic() + PATIENCE
    while quiet < 20:
        if time.monotonic() > end:
            raise RuntimeError("the window did not come to rest")
        start = time.thread_time()
        application.processEvents()
        longest = max(longest, (time.thread_time() - start) * 1000)
        quiet = quiet + 1 if holds() else 0
        time.sleep(0.001)
    return longest


def _shown(path: Path, home: Path) -> tuple[Any, Callable[[], None]]:
    from PySide6.QtWidgets import QApplication

    from evidence_app.ui.duplicates.screen import DuplicatesScreen
    from evidence_app.ui.lanes import Lanes
    from evidence_app.ui.look import Look
    from evidence_app.ui.open_project import OpenProject
    from evidence_app.ui.screen import ScreenContext
    from evidence_app.ui.session import acting_of
    from evidence_app.ui.settings import Preferences
    from evidence_app.ui.style import wear
    from evidence_app.ui.widgets.parts import Parts
    from tests.ui.doubles import RecordedMessages

    look, lanes, preferences = Look(), Lanes(), Preferences(home / "settings.ini")
    wear(QApplication.instance(), look)  # type: ignore[arg-type]
    project = OpenProject(lanes, Project.open(path))
    project.act_as(acting_of(preferences))
    parts = Parts(look)
    context = ScreenContext(look, parts, lanes, project, preferences, RecordedMessages(), _nothing, _nothing)
    screen = DuplicatesScreen(context)
    project.changed.connect(screen.reload)
    screen.resize(1260, 820)
    screen.reload(frozenset())
    screen.show()
    return screen, partial(_close, screen, project, lanes)


def _nothing(*_said: object, **_how: object) -> None:
    """Hear what the screen says to a window."""


def _close(screen: Any, project: Any, lanes: Any) -> None:
    screen.close()
    project.close()
    lanes.close()
