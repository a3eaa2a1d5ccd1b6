"""Coding: from a key to the coded passage among 5,000 codings, and scrolling through 400 pages."""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.services.coding import documents
from evidence_app.services.coding.anchoring import anchor_of
from evidence_app.services.coding.coding import Coder, coding_row
from evidence_app.services.coding.full_texts import read_document
from evidence_app.services.coding.quoting import quotation_row
from evidence_app.services.library.attachments import keep_copies
from evidence_app.services.progress import silent
from evidence_app.storage import coding
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.coding.screen import CodingScreen
from evidence_app.ui.lanes import Lanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.style import wear
from evidence_app.ui.widgets.parts import Parts
from tests.benchmarks.measuring import Figure, timed
from tests.services.coding.pdfs import made_pdf
from tests.ui.doubles import RecordedMessages

PAGES, CODINGS, CODES = 400, 5000, 60
_WORDS = (
    "Money arrived late in each financial year and had to be spent early in the next. Two of the smaller "
    "groups lost a worker in the gap, and with the worker went the trust that had taken months to build. "
)
_PAGE = "#set page(width: 420pt, height: 595pt, margin: 48pt)\n#set text(size: 10pt)\n"


def measure(_size: int) -> list[Figure]:
    """Return the figures."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coding.evidence"
        pdf = made_pdf(Path(folder) / "long.pdf", "#pagebreak()\n".join([_WORDS * 9] * PAGES), _PAGE)
        with timed() as reading:
            read_document(pdf)
        _fill(path, pdf)
        look = Look()
        wear(application, look)
        lanes = Lanes()
        preferences = Preferences(Path(folder) / "settings.ini")
        preferences.change(person_name="Ada", person_initials="A", person_guid="ada")
        project = OpenProject(lanes, Project.open(path, Acting("Ada", "A", "ada")))
        context = ScreenContext(
            look, Parts(look), lanes, project, preferences, RecordedMessages(), _nowhere, _silently
        )
        screen = CodingScreen(context)
        for part in screen.header_parts():
            part.setParent(screen)
        project.changed.connect(screen.reload)
        screen.resize(1250, 850)
        screen.show()
        screen.reload(frozenset())
        figures = [Figure(f"read a PDF of {PAGES} pages", reading[0], budget=5000), *_measured(screen)]
        screen.leave()
        screen.hide()
        project.close()
        lanes.close()
        shutil.rmtree(folder, ignore_errors=True)
    return figures


def _fill(path: Path, pdf: Path) -> None:
    with Project.create(path, "Coding", Acting("Ada", "A", "ada")) as project:
        project.apply(Edit("Add", (insert("reference", type="report", title="One", standing="included"),)))
        (kept,) = keep_copies(path, [pdf], silent)
        project.apply(documents.attach(1, read_document(pdf), kept))
        project.apply(Edit("Codes", tuple(insert("code", name=f"Code {at}") for at in range(CODES))))
        with project.reader() as reader:
            (document,) = coding.documents(reader)
            text = coding.text_of(reader, document.id)
        rows = []
        step = len(text) // CODINGS
        for at in range(CODINGS):
            quotation = quotation_row(document, anchor_of(document, text, at * step, at * step + 60))
            rows += [quotation, coding_row(RowOf("quotation", quotation.guid), at % CODES + 1, Coder())]
        project.apply(Edit("Code", tuple(rows)))


def _measured(screen: CodingScreen) -> list[Figure]:
    _until(lambda: bool(screen.desk.book.tree) and bool(screen.list.lines))
    screen.reading.open(1)
    _until(lambda: screen.desk.canvas is not None and len(screen.desk.canvas.marks.all) == CODINGS)
    canvas = screen.desk.canvas
    assert canvas is not None
    _settle(600)
    keys, stalls = _coded(screen, canvas)
    longest, own, steps = _scrolled(canvas)
    return [
        Figure(f"key to the coded passage, {CODINGS:,} codings", sorted(keys)[len(keys) // 2], budget=50),
        Figure("longest stall of the window while coding", max(stalls), budget=100),
        Figure(
            f"longest stall in {steps} steps through {PAGES} pages", longest, budget=100,
            beside=f"of it at most {own:.0f} ms work of the window",
        ),
    ]  # fmt: skip


def _coded(screen: CodingScreen, canvas: Any) -> tuple[list[float], list[float]]:
    """Code eight sentences: time each until its mark is painted, and the longest turn until all is read."""
    screen.desk.use(1)
    keys, stalls = [], []
    for _ in range(8):
        QTest.keyClick(canvas, Qt.Key.Key_Space)
        before = len(canvas.marks.all)
        start = time.perf_counter()
        QTest.keyClick(canvas, Qt.Key.Key_Q)
        worst = 0.0
        while len(canvas.marks.all) == before:
            turn = time.perf_counter()
            QApplication.processEvents()
            worst = max(worst, time.perf_counter() - turn)
        canvas.repaint()
        keys.append((time.perf_counter() - start) * 1000)
        stalls.append(max(worst * 1000, _settle(300)))
    return keys, stalls


def _scrolled(canvas: Any) -> tuple[float, float, int]:
    """Scroll through all pages; return the longest turn, by the clock and by its own work."""
    bar = canvas.verticalScrollBar()
    bar.setValue(0)
    worst = own = 0.0
    steps = 0
    while bar.value() < bar.maximum() and steps < 1200:
        start, begun = time.perf_counter(), time.thread_time()
        bar.setValue(bar.value() + 400)
        QApplication.processEvents()
        worst = max(worst, time.perf_counter() - start)
        own = max(own, time.thread_time() - begun)
        time.sleep(0.004)
        steps += 1
    return worst * 1000, own * 1000, steps


def _until(done: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("the screen did not get ready")
        QApplication.processEvents()
        time.sleep(0.002)


def _settle(milliseconds: int) -> float:
    """Let everything come to rest; return the longest turn of the event loop in milliseconds."""
    end, worst = time.perf_counter() + milliseconds / 1000, 0.0
    while time.perf_counter() < end:
        turn = time.perf_counter()
        QApplication.processEvents()
        worst = max(worst, time.perf_counter() - turn)
        time.sleep(0.001)
    return worst * 1000


def _nowhere(screen: str, subject: Subject | None = None) -> None:
    """Open no other screen."""
    del screen, subject


def _silently(text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None) -> None:
    """Say nothing."""
    del text, undo, act
