"""The Tab key: no composite widget may fall out of the window's chain of focus when it is laid in."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from evidence_app.ui.widgets.laying import down
from evidence_app.ui.widgets.parts import Parts

MAKERS: dict[str, Callable[[Parts], QWidget]] = {
    "tabs": lambda parts: parts.tabs("Views", ("One", "Two")),
    "segments": lambda parts: parts.segments("Role", (("a", "A"), ("b", "B"))),
    "filters": lambda parts: parts.filters("Set", (("a", "A"), ("b", "B"))),
    "field": lambda parts: parts.field("Title", "words"),
    "long field": lambda parts: parts.long_field("Abstract", "words"),
    "search": lambda parts: parts.search("Search"),
    "banner": lambda parts: parts.banner("ph.info", "maybe", "Look", "Do"),
}


def chain(widget: QWidget) -> list[QWidget]:
    found = [widget]
    following = widget.nextInFocusChain()
    while following is not None and following is not widget:
        found.append(following)
        following = following.nextInFocusChain()
    return found


@pytest.mark.parametrize("name", MAKERS)
def test_a_part_stays_in_the_chain_of_its_window(parts: Parts, name: str) -> None:
    window = QWidget()
    part = MAKERS[name](parts)
    window.setLayout(down(QLineEdit(), part, QLineEdit()))
    reached = chain(window)
    lost = [
        type(child).__name__
        for child in (part, *part.findChildren(QWidget))
        if child not in reached and not child.isWindow()
    ]
    assert lost == []
    window.deleteLater()
