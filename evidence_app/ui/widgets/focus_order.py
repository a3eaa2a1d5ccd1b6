"""The order in which Tab goes through a form: that of its layouts, whenever its parts were made."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from evidence_app.ui.widgets.fields import Field


def order_focus(root: QWidget) -> None:
    """Let Tab go through everything in a widget as it is laid out."""
    for first, second in pairwise(_focusable(root)):
        QWidget.setTabOrder(first, second)


def order_focus_after(before: QWidget, root: QWidget) -> None:
    """Let Tab go from one part to another that was made later, and through it as it is laid out."""
    for first, second in pairwise((before, *_focusable(root))):
        QWidget.setTabOrder(first, second)


def _focusable(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _focusable(inner)
        return
    if isinstance(widget, Field):
        # Tab would stop at the field where it was made, and at its editor where it stands.
        widget.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none, the stub does not
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        place = layout.itemAt(at)
        if place is None:
            continue
        widget, inner = place.widget(), place.layout()
        if widget is not None:
            yield from _focusable(widget)
        elif inner is not None:
            yield from _in_layout(inner)
