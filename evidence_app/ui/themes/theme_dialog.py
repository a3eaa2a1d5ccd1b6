"""Picking a theme: where findings go, or what a theme stands under."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from evidence_app.domain.synthesis import Theme, colour_places, outline
from evidence_app.ui.look import Look
from evidence_app.ui.paint import Brush
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.pick_dialog import Offer, PickDialog


class ThemeDialog(PickDialog):
    """The themes as their outline, each with its colour."""

    nothing_found = "No theme has these words in its name. Try fewer letters."

    def __init__(
        self, parts: Parts, title: str, act: str, themes: Sequence[Theme], offered: Sequence[int]
    ) -> None:
        super().__init__(parts, title, act, _offers(parts.look, themes, frozenset(offered)), "Themes")

    @property
    def theme(self) -> int | None:
        """The theme that was taken."""
        return self.taken.row if self.taken is not None else None


def _offers(look: Look, themes: Sequence[Theme], offered: frozenset[int]) -> list[Offer]:
    """Return the themes that can be chosen, each with the names of those it is shown under."""
    places, path, offers = colour_places(themes), list[str](), list[Offer]()
    pictures = {theme: _dot(look, place) for theme, place in places.items() if theme in offered}
    for line in outline(themes):
        theme = line.theme
        path = [*path[: line.depth], theme.name]
        if theme.id in offered:
            above = " / ".join(path[:-1])
            offers.append(Offer(theme.id, theme.name, above, line.depth, pictures.get(theme.id)))
    return offers


def _dot(look: Look, place: int) -> QIcon:
    side = look.px(16)
    picture = QPixmap(side * 2, side * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    Brush(painter, look).theme_dot(look.px(3), side // 2, place)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
