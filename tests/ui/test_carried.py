"""What is dragged inside the window survives the trip, and anything else is nothing."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from evidence_app.ui.carried import CITATION, REFERENCES, _label, carried, carried_citation, carrying, load
from evidence_app.ui.look import Look


def test_references_and_the_citation_they_come_from_arrive() -> None:
    mime = carrying(REFERENCES, [4, 2**40])
    load(mime, CITATION, [7, "anchor"])
    assert carried(mime, REFERENCES) == [4, 2**40]
    assert carried_citation(mime) == (7, "anchor")


@pytest.mark.parametrize("data", [b"", b"{", b'{"a": 1}', b"[1", b'["x", null, 1.5]'])
def test_what_cannot_be_read_is_nothing(data: bytes) -> None:
    mime = QMimeData()
    mime.setData(REFERENCES, data)
    mime.setData(CITATION, data)
    assert carried(mime, REFERENCES) == []
    assert carried_citation(mime) is None
    assert carried(QMimeData(), REFERENCES) == []


@pytest.mark.usefixtures("qapp")
def test_the_words_beside_the_pointer_are_never_longer_than_a_line(look: Look) -> None:
    widget = QWidget()
    assert _label(widget, look, "word " * 200).width() < look.px(300)
    widget.deleteLater()
