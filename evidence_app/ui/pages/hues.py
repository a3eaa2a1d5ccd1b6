"""The colours of codes: a theme's, or one chosen, which has a counterpart on dark ground."""

from PySide6.QtGui import QColor

from evidence_app.ui.look import Look, tokens

SLATE = 9
"""The place of the colour a code has while it has none."""


def hue_colour(look: Look, hue: int | str | None) -> QColor:
    """Return the colour of a hue in the palette in use."""
    if isinstance(hue, int):
        return look.theme(hue)
    if not hue:
        return look.theme(SLATE)
    light: list[str] = tokens()["theme-colours"]["light"]
    if hue.upper() in light:
        return look.theme(light.index(hue.upper()))
    colour = QColor(hue)
    return colour if colour.isValid() else look.theme(SLATE)


def offered() -> list[tuple[str, str]]:
    """Return the colours a code can be given: name and value."""
    colours = tokens()["theme-colours"]
    return list(zip(colours["names"], colours["light"], strict=True))


def ground(look: Look, colour: QColor, *, chosen: bool = False) -> QColor:
    """Return the ground of a passage: a share of its colour."""
    share = 0.45 if chosen else 0.27 if look.dark else 0.17
    tinted = QColor(colour)
    tinted.setAlphaF(share)
    return tinted


def multiplied(colour: QColor, *, chosen: bool = False) -> QColor:
    """Return what a white page is multiplied with to show a passage."""
    share = 0.5 if chosen else 0.25
    mixed = [round(255 - (255 - part) * share) for part in (colour.red(), colour.green(), colour.blue())]
    return QColor(*mixed)
