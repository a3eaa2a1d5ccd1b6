"""The matrix of 1,000 reports × 200 codes: counted, painted, gone through, sorted, written."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.matrix import By, Per
from evidence_app.services.publishing.matrix.heat_map import heat_map
from evidence_app.services.publishing.matrix.records import csv_bytes
from evidence_app.services.publishing.matrix.sheet import Sheet
from evidence_app.services.synthesis.matrix_counting import Asked, count_matrix
from evidence_app.storage.applied import Acting
from evidence_app.storage.matrix import matrix_source
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.matrix.screen import MatrixScreen
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.style import wear
from evidence_app.ui.widgets.parts import Parts
from tests.benchmarks.measuring import Figure, median_ms, timed
from tests.ui.doubles import RecordedMessages

REPORTS, CODES, BRANCHES, EACH = 1000, 200, 20, 20
"""How many reports and codes there are, in how many branches, and how many codings each report has."""
TEXT = " ".join(f"Passage {at} of the report says what it says." for at in range(EACH))


def measure(_size: int) -> list[Figure]:
    """Return the figures."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.evidence"
        _fill(path)
        figures = _counted(path)
        look = Look()
        wear(application, look)
        lanes = InlineLanes()
        project = OpenProject(lanes, Project.open(path, Acting("Ada", "A", "ada")))
        preferences = Preferences(Path(folder) / "settings.ini")
        context = ScreenContext(
            look, Parts(look), lanes, project, preferences, RecordedMessages(), _nowhere, _silently
        )
        screen = MatrixScreen(context)
        for part in screen.header_parts():
            part.setParent(screen)
        screen.resize(1250, 850)
        screen.show()
        figures += _shown(screen)
        screen.hide()
        project.close()
    return figures


def _fill(path: Path) -> None:
    with Project.create(path, "Matrix", Acting("Ada", "A", "ada")) as project:
        reports = [
            insert("reference", type="report", title=f"Report {at}", standing="included", sort_title=str(at))
            for at in range(REPORTS)
        ]
        documents = [
            insert("document", reference=RowOf("reference", each.guid), name="Report", kind="text", text=TEXT,
                   text_sha256="")
            for each in reports
        ]  # fmt: skip
        roots = [insert("code", name=f"Branch {at}", codable=0, position=at) for at in range(BRANCHES)]
        codes = [
            insert("code", name=f"Code {at}", parent=RowOf("code", roots[at % BRANCHES].guid), position=at)
            for at in range(CODES)
        ]
        project.apply(Edit("Add", (*reports, *documents, *roots, *codes)))
        rows = []
        for place, document in enumerate(documents):
            for at in range(EACH):
                quotation = insert(
                    "quotation", document=RowOf("document", document.guid), start=at * 40, end=at * 40 + 30,
                    exact=TEXT[at * 40 : at * 40 + 30],
                )  # fmt: skip
                code = codes[(place * 7 + at * 13) % CODES]
                rows += [quotation, insert("coding", quotation=RowOf("quotation", quotation.guid),
                                           code=RowOf("code", code.guid))]  # fmt: skip
        project.apply(Edit("Code", tuple(rows)))
        status = [insert("coding_status", reference=at + 1, state="coded") for at in range(REPORTS // 2)]
        project.apply(Edit("Coded", tuple(status)))


def _counted(path: Path) -> list[Figure]:
    size = f"{REPORTS:,} × {CODES}"
    with Project.open(path) as project, project.reader() as reader:
        source = matrix_source(reader)
        matrix = count_matrix(source, Asked(By.CODES))
        sheet = Sheet(matrix, matrix.rows)
        return [
            Figure(f"read what {size} are made of", median_ms(lambda: matrix_source(reader), 3), budget=1000),
            Figure(f"count {size} by code", median_ms(lambda: count_matrix(source, Asked(By.CODES)), 3),
                   budget=500),
            Figure(f"count {size} by code, per study",
                   median_ms(lambda: count_matrix(source, Asked(By.CODES, per=Per.STUDY)), 3), budget=1500),
            Figure(f"write {size} as a table", median_ms(lambda: csv_bytes(sheet), 1), budget=2000),
            Figure(f"draw {size} as a heat map", median_ms(lambda: heat_map(sheet), 1), budget=5000),
        ]  # fmt: skip


def _shown(screen: MatrixScreen) -> list[Figure]:
    with timed() as first:
        screen.dimension.ask(Asked(By.CODES))
        screen.grid.repaint()
    screen.grid.setFocus()

    def to_the_next() -> None:
        QTest.keyClick(screen.grid, Qt.Key.Key_Down)
        screen.grid.viewport().repaint()

    def sort() -> None:
        screen.sort_column()
        screen.grid.viewport().repaint()

    return [
        Figure("turn to codes: read, counted and painted", first[0], budget=2500),
        Figure("from a key to the next cell with its inspector", median_ms(to_the_next, 15), budget=50),
        Figure("sort by a column and paint", median_ms(sort, 5), budget=250),
    ]


def _nowhere(screen: str, subject: Subject | None = None) -> None:
    """Open no other screen."""
    del screen, subject


def _silently(text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None) -> None:
    """Say nothing."""
    del text, undo, act
