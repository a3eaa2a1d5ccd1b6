"""The look: colours, fonts, lengths and icons from tokens.json, and the palette made of them."""

import json
from functools import cache
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap

from evidence_app.services.resources import resource_path
from evidence_app.ui import icons

Density = Literal["compact", "normal", "comfortable"]
SLIM_BELOW = 1280
"""Windows narrower than this show a rail of icons."""

_PALETTE = {
    "Window": "window", "WindowText": "text", "Base": "surface", "AlternateBase": "sunken", "Text": "text",
    "Button": "raised", "ButtonText": "text", "ToolTipBase": "raised", "ToolTipText": "text",
    "PlaceholderText": "text-3", "Highlight": "accent-soft", "HighlightedText": "text", "Link": "accent",
    "Accent": "accent", "Light": "raised", "Midlight": "hover", "Mid": "line", "Dark": "line-strong",
    "Shadow": "line-strong", "BrightText": "on-accent",
}  # fmt: skip


@cache
def tokens() -> dict[str, Any]:
    """Return the design tokens."""
    read: dict[str, Any] = json.loads(resource_path("look/tokens.json").read_text("utf-8"))
    return read


class Look(QObject):
    """One palette with its fonts; every painter asks it and holds no colour of its own.

    There is one for the whole window. It changes in place and says so: what is painted asks again."""

    changed = Signal()

    def __init__(
        self,
        *,
        dark: bool = False,
        scale: float = 1.0,
        density: Density = "normal",
        family: str = "system",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.dark = dark
        self.scale = scale
        self.density: Density = density
        self._family = family
        self._fonts: dict[tuple[str, str], QFont] = {}
        self._colours: dict[str, QColor] = {}

    def change(
        self, *, dark: bool | None = None, scale: float | None = None, density: Density | None = None
    ) -> None:
        """Take another palette, text size or density, and tell everybody once."""
        before = (self.dark, self.scale, self.density)
        self.dark = self.dark if dark is None else dark
        self.scale = self.scale if scale is None else scale
        self.density = self.density if density is None else density
        if (self.dark, self.scale, self.density) != before:
            self._fonts.clear()
            self._colours.clear()
            self.changed.emit()

    @property
    def colours(self) -> dict[str, str]:
        """The tokens of the palette in use, as #RRGGBB or #RRGGBBAA."""
        palette: dict[str, str] = tokens()["dark" if self.dark else "light"]
        return palette

    @property
    def theme_colours(self) -> list[str]:
        """The ten theme colours in the order given out."""
        given: list[str] = tokens()["theme-colours"]["dark" if self.dark else "light"]
        return given

    def colour(self, name: str) -> QColor:
        """Return a token's colour; the last two digits of #RRGGBBAA are its opacity."""
        colour = self._colours.get(name)
        if colour is None:
            value = self.colours[name]
            colour = QColor(value[:7])
            colour.setAlpha(int(value[7:] or "FF", 16))
            self._colours[name] = colour
        return QColor(colour)

    def theme(self, place: int, alpha: int = 255) -> QColor:
        """Return the colour of the theme with this place in the outline."""
        colour = QColor(self.theme_colours[place % len(self.theme_colours)])
        colour.setAlpha(alpha)
        return colour

    def px(self, pixels: float) -> int:
        """Return a length drawn for 100 %, scaled with the reader's text size."""
        return round(pixels * self.scale)

    def size(self, name: str) -> int:
        """Return a named length in logical pixels, scaled with the reader's text size."""
        return self.px(tokens()["size"][name])

    @property
    def row_height(self) -> int:
        """The height of a list row at the density chosen."""
        return self.size("row" if self.density == "normal" else f"row-{self.density}")

    def font(self, role: str, face: str = "ui") -> QFont:
        """Return the font of a role; figures have one width so that columns line up."""
        font = self._fonts.get((role, face))
        if font is None:
            pixels, weight = tokens()["font"]["role"][role]
            font = QFont()
            font.setFamilies(self._families(face))
            font.setPixelSize(self.px(pixels))
            font.setWeight(QFont.Weight(weight))
            if face == "ui":
                font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[role, face] = font
        return QFont(font)

    def _families(self, face: str) -> list[str]:
        families: list[str] = list(tokens()["font"][face])
        if families[0] == "system":
            system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
            families[0] = system if self._family == "system" else self._family
        return families

    def icon(self, name: str, tone: str = "text-2") -> QIcon:
        """Return a Phosphor icon ("ph.books") in a token's colour, with its disabled state."""
        return icons.icon(name, self.colours[tone][:7], self.colours["disabled"])

    def pixmap(self, name: str, tone: str = "text-2", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """Return the icon drawn once at this size, for a screen of this device pixel ratio."""
        return icons.pixmap(name, self.colours[tone][:7], size, ratio)

    def palette(self) -> QPalette:
        """Return the palette Fusion draws with; the style sheet only adds to it."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(QPalette.ColorRole[role], self.colour(name))
        for role in ("Text", "WindowText", "ButtonText", "HighlightedText"):
            palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], self.colour("disabled"))
        palette.setColor(
            QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight, self.colour("accent-soft")
        )
        return palette
