"""A zooming canvas keeps what is looked at in place, fits, is dragged about, and is walked with arrows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.zooming import LEAST, MOST, Lettering, ZoomingCanvas, next_card

SIDE, GAP, CARDS = 100, 50, 6


class Field(ZoomingCanvas):
    """Six times six squares."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, QWidget())
        self.cards = {(column, row): QWidget(self.ground) for row in range(CARDS) for column in range(CARDS)}

    def fitting(self) -> float:
        """Return the zoom at which all squares are as wide as the room."""
        return max(self.viewport().width() / (CARDS * (SIDE + GAP)), LEAST)

    def lay_out(self) -> None:
        """Put the squares into rows."""
        letters = Lettering(self.look, self.zoom)
        side, step = round(letters.px(SIDE)), letters.px(SIDE + GAP)
        self.ground.resize(round(CARDS * step), round(CARDS * step))
        for (column, row), card in self.cards.items():
            card.setGeometry(round(column * step), round(row * step), side, side)


@pytest.fixture
def canvas(look: Look) -> Iterator[Field]:
    made = Field(look)
    made.resize(400, 400)
    made.show()
    made.lay()
    yield made
    made.close()
    made.deleteLater()


def wheel(canvas: Field, spot: QPoint, turn: int, held: Qt.KeyboardModifier) -> None:
    """Turn the wheel over a point of the room."""
    event = QWheelEvent(
        QPointF(spot), QPointF(canvas.mapToGlobal(spot)), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        held, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), event)


def test_what_lies_at_the_pointer_stays_there_while_it_is_zoomed(canvas: Field) -> None:
    canvas.verticalScrollBar().setValue(150)
    canvas.horizontalScrollBar().setValue(150)
    card, spot = canvas.cards[2, 2], QPoint(200, 200)
    before = card.mapFrom(canvas.viewport(), spot)
    assert card.rect().contains(before)
    wheel(canvas, spot, 120, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom == pytest.approx(1.15)
    assert card.mapFrom(canvas.viewport(), spot).x() == pytest.approx(before.x() * 1.15, abs=2)
    wheel(canvas, spot, -120, Qt.KeyboardModifier.NoModifier)
    assert canvas.zoom == pytest.approx(1.15)


def test_the_zoom_has_two_ends_and_fit_comes_back_with_the_room(canvas: Field) -> None:
    told: list[int] = []
    canvas.zoomed.connect(lambda: told.append(canvas.percent))
    for _ in range(8):
        canvas.zoom_in()
    assert (canvas.zoom, told[-1]) == (MOST, 200)
    for _ in range(16):
        canvas.zoom_out()
    assert canvas.zoom == LEAST
    canvas.fit()
    canvas.resize(720, 400)
    assert canvas.zoom == pytest.approx(canvas.viewport().width() / 900)
    canvas.zoom_in()
    assert not canvas.fits


def test_a_step_across_the_whole_size_ends_there(canvas: Field) -> None:
    canvas.set_zoom(0.9)
    canvas.zoom_in()
    assert canvas.zoom == 1.0
    canvas.zoom_in()
    assert canvas.zoom == pytest.approx(1.15)
    canvas.zoom_out()
    assert canvas.zoom == pytest.approx(1.0)
    canvas.zoom_out()
    assert canvas.zoom == pytest.approx(1 / 1.15)


def test_the_empty_ground_is_dragged(canvas: Field) -> None:
    gap = QPoint(SIDE + GAP // 2, SIDE + GAP // 2)
    QTest.mousePress(canvas.ground, Qt.MouseButton.LeftButton, pos=gap)
    QTest.mouseMove(canvas.ground, gap - QPoint(60, 40))
    assert (canvas.horizontalScrollBar().value(), canvas.verticalScrollBar().value()) == (60, 40)
    QTest.mouseRelease(canvas.ground, Qt.MouseButton.LeftButton, pos=gap)
    QTest.mouseMove(canvas.ground, gap)
    assert canvas.verticalScrollBar().value() == 40


def test_arrows_lead_to_the_nearest_card(canvas: Field) -> None:
    assert next_card(canvas.cards, (1, 1), Qt.Key.Key_Right) == (2, 1)
    assert next_card(canvas.cards, (1, 1), Qt.Key.Key_Left) == (0, 1)
    assert next_card(canvas.cards, (1, 1), Qt.Key.Key_Up) == (1, 0)
    assert next_card(canvas.cards, (1, 1), Qt.Key.Key_Down) == (1, 2)
    assert next_card(canvas.cards, (0, 0), Qt.Key.Key_Up) is None
