"""What the dialogs of screening are made of: a body that scrolls, and boxes for numbers."""

from PySide6.QtWidgets import QDoubleSpinBox, QLayout, QScrollArea, QSpinBox

from evidence_app.ui.look import Look
from evidence_app.ui.widgets.laying import scrolled


def loosened(column: QScrollArea) -> QScrollArea:
    """Let a column be as high as its text needs at its width, not at its narrowest."""
    inner = column.widget()
    if inner is not None:
        inner.setMinimumHeight(1)
    return column


def scrolling(layout: QLayout) -> QScrollArea:
    """Return a body that scrolls where the dialog is low."""
    return loosened(scrolled(layout))


def spin_box(look: Look, name: str, least: int, most: int, value: int, suffix: str = "") -> QSpinBox:
    """Return a box for a number, as high as a field."""
    spin = QSpinBox()
    spin.setAccessibleName(name)
    spin.setRange(least, most)
    spin.setValue(value)
    spin.setSuffix(suffix)
    spin.setFont(look.font("body"))
    spin.lineEdit().setTextMargins(look.px(7), 0, 0, 0)
    spin.setFixedHeight(look.size("control"))
    spin.setMinimumWidth(look.px(110))
    return spin


def share_box(look: Look, name: str, value: float) -> QDoubleSpinBox:
    """Return a box for a number between 0 and 1."""
    spin = QDoubleSpinBox()
    spin.setAccessibleName(name)
    spin.setRange(0.0, 1.0)
    spin.setSingleStep(0.05)
    spin.setDecimals(2)
    spin.setValue(value)
    spin.setFont(look.font("body"))
    spin.lineEdit().setTextMargins(look.px(7), 0, 0, 0)
    spin.setFixedHeight(look.size("control"))
    spin.setMinimumWidth(look.px(110))
    return spin
