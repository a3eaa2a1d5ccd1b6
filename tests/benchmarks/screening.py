"""Screening in the window: from the key to the next record painted, with many records in the queue."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from evidence_app.domain.edit import Edit, Insert, RowOf, insert
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of
from tests.benchmarks.made_up_records import made_up
from tests.benchmarks.measuring import Figure

RECORDS = 20_000
PRESSED = 150
BATCH = 500


def measure(_size: int) -> list[Figure]:
    """Return how long the next record takes at 20,000 records, and how long the queue takes to open."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.evidence"
        _filled(path, RECORDS)
        return _in_window(path, Path(folder))


def _filled(path: Path, number: int) -> None:
    items = made_up(number).items[:number]
    with Project.create(path, "Large", Acting("Ada Lovelace", "AL")) as project:
        source = insert("source", name="Medline")
        search = insert("search", source=RowOf("source", source.guid))
        file = insert("search_file", search=RowOf("search", search.guid), name="large.ris", imported=number)
        terms = [
            insert("term", text=f"{word}*", kind=kind)
            for word, kind in (
                ("con", "include"),
                ("prost", "exclude"),
                ("mil", "neutral"),
                ("hed", "neutral"),
            )
        ]
        project.apply(Edit("Begin", (source, search, file, *terms)))
        job = project.job("Import")
        for start in range(0, len(items), BATCH):
            rows: list[Insert] = []
            for place, item in enumerate(items[start : start + BATCH], start):
                work = insert("reference", **columns_of(item))
                held = RowOf("search_file", file.guid)
                record = insert(
                    "record", reference=RowOf("reference", work.guid), search_file=held, line=place, raw="{}"
                )
                rows += [work, record]
            job.add(rows)
        job.finish()


def _in_window(path: Path, folder: Path) -> list[Figure]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    from evidence_app.ui.lanes import Lanes
    from evidence_app.ui.look import Look
    from evidence_app.ui.messages import Messages
    from evidence_app.ui.open_project import OpenProject
    from evidence_app.ui.screen import ScreenContext
    from evidence_app.ui.screening.screen import ScreeningScreen
    from evidence_app.ui.session import acting_of
    from evidence_app.ui.settings import Preferences
    from evidence_app.ui.style import wear
    from evidence_app.ui.widgets.laying import across
    from evidence_app.ui.widgets.parts import Parts

    made = QApplication.instance() or QApplication([])
    assert isinstance(made, QApplication)
    look, lanes = Look(), Lanes()
    wear(made, look)
    preferences = Preferences(folder / "settings.ini")
    preferences.enter_person("Ada Lovelace", "AL")
    project = OpenProject(lanes, Project.open(path, acting_of(preferences)))
    context = ScreenContext(
        look,
        Parts(look),
        lanes,
        project,
        preferences,
        Messages(lambda: None, Parts(look)),
        lambda *_: None,
        _unsaid,
    )
    screen = ScreeningScreen(context)
    head = QWidget()
    head.setLayout(across(*screen.header_parts()))
    project.changed.connect(screen.reload)
    screen.resize(1260, 820)
    start = time.perf_counter()
    screen.reload(frozenset())
    screen.show()
    screen.activateWindow()
    _until(made, lambda: bool(screen.side.queue.queue.ids))
    opened = 1000 * (time.perf_counter() - start)
    _until(made, screen.isActiveWindow)
    screen.take_focus()
    times, spent = _pressed(made, screen, lambda key: QTest.keyClick(screen.side.queue, Qt.Key(ord(key))))
    _until(made, lambda: not lanes.writer.waiting)
    decided = project.reader.value("SELECT count(*) FROM live_decision")
    if decided != PRESSED:
        raise RuntimeError(f"{PRESSED} keys were pressed and {decided} decisions written")
    screen.close()
    project.close()
    lanes.close()
    worst = sorted(times)[int(len(times) * 0.99)]
    return [
        Figure(f"the queue of {RECORDS:,} records, opened", opened, budget=1000),
        Figure(
            "verdict to next record painted, median",
            statistics.median(times),
            budget=50,
            beside=f"of it {spent:.0f} ms of computing in the window",
        ),
        Figure("verdict to next record painted, 99 of 100", worst, budget=50, beside=f"{PRESSED} decisions"),
    ]


def _pressed(
    application: object, screen: object, press: Callable[[str], object]
) -> tuple[list[float], float]:
    from evidence_app.ui.screening.screen import ScreeningScreen

    assert isinstance(screen, ScreeningScreen)
    times, spent = [], []
    for number in range(PRESSED):
        start, began = time.perf_counter(), time.thread_time()
        press("EIEEU"[number % 5])
        screen.page.text.viewport().repaint()
        screen.side.queue.viewport().repaint()
        screen.foot.repaint()
        times.append(1000 * (time.perf_counter() - start))
        spent.append(1000 * (time.thread_time() - began))
        _until(application, lambda: True)
    return times, statistics.median(spent)


def _until(application: object, done: Callable[[], bool]) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(application, QApplication)
    ends = time.monotonic() + 60
    application.processEvents()
    while not done():
        application.processEvents()
        if time.monotonic() > ends:
            raise RuntimeError("the queue did not come")
        time.sleep(0.002)


def _unsaid(*_: object, **__: object) -> None:
    """Nobody listens here."""
