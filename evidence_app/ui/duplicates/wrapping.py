"""Labels that wrap in narrow columns, so that no line of them is cut."""

from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

NARROWEST = 40


def let_wrap(column: QScrollArea) -> None:
    """Let every label that wraps in a column be as narrow as it has to; the column is as high as it needs.

    By itself a label asks for a third of the screen; layouts then measure its height at that width."""
    inner = column.widget()
    if inner is not None:
        inner.setMinimumHeight(1)  # else that of the narrowest width: an empty end below
        let_wrap_in(inner)


def let_wrap_in(*parts: QWidget) -> None:
    """Let the labels in these parts be narrow; done before they are laid out, no layout is asked again."""
    for part in parts:
        for label in [part] if isinstance(part, QLabel) else part.findChildren(QLabel):
            if label.wordWrap() and label.minimumWidth() != NARROWEST:
                label.setMinimumWidth(NARROWEST)
