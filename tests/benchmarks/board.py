"""The theme board of the sample with 200 codes, 30 groups, 2,000 codings: each key, each step of a drag."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.services.projects import new_sample
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.board.screen import BoardScreen
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.style import wear
from evidence_app.ui.widgets.parts import Parts
from tests.benchmarks.measuring import Figure, median_ms, timed
from tests.ui.doubles import RecordedMessages

THEMES, GROUPS, CODES, CODINGS, REPORTS = 6, 30, 200, 2000, 40
NAMES = ("Money and time", "Power of commissioners", "Trust between people and services", "Voices not heard")
AT_MOST = 50


def measure(_size: int) -> list[Figure]:
    """Return the figures."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.evidence"
        filled(path)
        look = Look()
        wear(application, look)
        project = OpenProject(InlineLanes(), Project.open(path, Acting("Ada", "A", "ada")))
        preferences = Preferences(Path(folder) / "settings.ini")
        context = ScreenContext(
            look, Parts(look), InlineLanes(), project, preferences, RecordedMessages(), _nowhere, _silently
        )
        screen = BoardScreen(context)
        for part in screen.header_parts():
            part.setParent(screen)
        project.changed.connect(screen.reload)
        screen.resize(1250, 850)
        screen.show()
        with timed() as first:
            screen.reload(frozenset())
            application.processEvents()
        figures = [
            Figure("read and show the board the first time", first[0], budget=1000),
            *_keys(screen, application), *_drags(screen, application), *_edits(screen, application),
        ]  # fmt: skip
        screen.hide()
        project.close()
    return figures


def filled(path: Path) -> None:
    """Make the sample review with a large board: themes, groups, codes, and passages that are coded."""
    new_sample(path).close()
    with Project.open(path, Acting("Ada", "A", "ada")) as project:
        above = [
            insert("theme", name=f"{NAMES[at % len(NAMES)]}: {at}", kind="analytic", position=100.0 + at)
            for at in range(THEMES)
        ]  # fmt: skip
        below = [
            insert(
                "theme", name=f"{NAMES[at % len(NAMES)]} {at + 1}", kind="descriptive", position=200.0 + at
            )
            for at in range(GROUPS)
        ]
        codes = [
            insert("code", name=f"{NAMES[at % len(NAMES)]}, code {at + 1}", position=float(at))
            for at in range(CODES)
        ]
        links = [
            insert("theme_parent", theme=RowOf("theme", group.guid), parent=RowOf("theme", above[n].guid))
            for at, group in enumerate(below)
            for n in {at % THEMES, (at * 7 + 1) % THEMES}
        ]
        held = [
            insert("theme_code", theme=RowOf("theme", below[at % GROUPS].guid),
                   code=RowOf("code", code.guid), position=float(at // GROUPS))
            for at, code in enumerate(codes)
        ]  # fmt: skip
        project.apply(Edit("Fill the board", (*above, *below, *codes, *links, *held)))
        text = " ".join(f"Passage {at} of the report says what it says." for at in range(CODINGS // REPORTS))
        documents = [
            insert("document", reference=at + 1, name="Report", kind="text", text=text, text_sha256="")
            for at in range(REPORTS)
        ]
        rows = []
        for at in range(CODINGS):
            quotation = insert(
                "quotation", document=RowOf("document", documents[at % REPORTS].guid), start=at, end=at + 30,
                exact=f"Passage {at} of the report",
            )  # fmt: skip
            code = codes[(at * 37 + at * at // 91) % CODES]
            rows += [quotation, insert("coding", quotation=RowOf("quotation", quotation.guid),
                                       code=RowOf("code", code.guid))]  # fmt: skip
        project.apply(Edit("Code", (*documents, *rows)))


def _keys(screen: BoardScreen, application: QApplication) -> list[Figure]:
    canvas = screen.canvas
    canvas.show_card(next(key for key in canvas.cards if key.group))
    arrows = iter([Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up] * 40)

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        assert canvas.current is not None
        QTest.keyClick(canvas.cards[canvas.current], key, held)
        application.processEvents()

    def zoom() -> None:
        screen.zoom_out() if canvas.zoom > 0.6 else screen.zoom_in()
        application.processEvents()

    def fit() -> None:
        screen.fit()
        application.processEvents()

    figures = [
        Figure("an arrow key to the next card", median_ms(lambda: press(next(arrows)), 21), budget=AT_MOST),
        Figure("Space: one of several", median_ms(lambda: press(Qt.Key.Key_Space), 11), budget=AT_MOST),
        Figure("one step of the zoom", median_ms(zoom, 11), budget=AT_MOST),
        Figure("fit", median_ms(fit, 5), budget=AT_MOST, beside=f"{canvas.percent} %"),
    ]
    canvas.unmark()
    canvas.set_zoom(1.0)
    return figures


def _drags(screen: BoardScreen, application: QApplication) -> list[Figure]:
    canvas = screen.canvas
    figures = []
    for what, kind in (("a code", "code"), ("a group with its codes", "group")):
        card = canvas.cards[next(key for key in canvas.cards if key.kind == kind and canvas.board.codes_of(
            key.group or key.row))]  # fmt: skip
        canvas.show_whole(card)
        QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
        spots = iter(range(20, 4000, 3))

        def step(card: object = card, spots: object = spots) -> None:
            at = next(spots)  # type: ignore[call-overload]
            QTest.mouseMove(card, QPoint(9 + at % 60, 9 + at % 45))  # type: ignore[call-overload]
            application.processEvents()

        figures.append(Figure(f"a step of a drag of {what}", median_ms(step, 31), budget=AT_MOST))
        QTest.keyClick(card, Qt.Key.Key_Escape)
        application.processEvents()
    ground = canvas.ground
    QTest.mousePress(ground, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    ends = iter(range(40, 4000, 20))

    def widen() -> None:
        QTest.mouseMove(ground, QPoint(next(ends), 600))
        application.processEvents()

    figures.append(Figure("a step of a band around cards", median_ms(widen, 31), budget=AT_MOST))
    QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    canvas.unmark()
    return figures


def _edits(screen: BoardScreen, application: QApplication) -> list[Figure]:
    canvas = screen.canvas
    key = next(key for key in canvas.cards if key.group)
    canvas.show_card(key)
    ways = iter([Qt.Key.Key_Right, Qt.Key.Key_Left] * 20)

    def carry() -> None:
        assert canvas.current is not None
        QTest.keyClick(canvas.cards[canvas.current], next(ways), Qt.KeyboardModifier.ControlModifier)
        application.processEvents()

    steps = iter([screen.code_down, screen.code_up] * 20)

    def order() -> None:
        next(steps)()
        application.processEvents()

    def read() -> None:
        screen.reload(frozenset())
        application.processEvents()

    def show() -> None:
        screen._show(canvas.board)
        application.processEvents()

    figures = [Figure("a code to the next group: written, read, shown", median_ms(carry, 9))]
    canvas.show_card(next(key for key in canvas.cards if len(canvas.board.codes_of(key.group)) > 3))
    return [
        *figures,
        Figure("a code down in its group: written, read, shown", median_ms(order, 9)),
        Figure("  of that: show what was read", median_ms(show, 9), budget=AT_MOST),
        Figure("  of that: read in its lane, and show", median_ms(read, 5)),
    ]


def _nowhere(screen: str, subject: Subject | None = None) -> None:
    """Open no other screen."""
    del screen, subject


def _silently(text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None) -> None:
    """Say nothing."""
    del text, undo, act
