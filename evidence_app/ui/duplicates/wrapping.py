"""Labels that wrap in narrow columns, so that no line of them is cut."""

from PySide6.QtWidgets import QLabel, QScrollArea

NARROWEST = 40


def let_wrap(column: QScrollArea) -> None:
    """Let every label that wraps in a column be as narrow as it has to; the column is as high as it needs.

    By itself a label asks for a third of the screen; layouts then measure its height at that width."""
    inner = column.widget()
    if inner is not None:
        inner.setMinimumHeight(1)  # else that of the narrowest width: an empty end below
    for label in column.findChildren(QLabel):
        if label.wordWrap():
            label.setMinimumWidth(NARROWEST)
