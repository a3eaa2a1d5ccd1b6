"""Icons: the Phosphor glyphs that qtawesome carries, drawn in any colour and size.

Only the font file and its map are used: importing qtawesome itself takes 0.3 s, a third of the start."""

import importlib.util
import json
import logging
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

log = logging.getLogger(__name__)

SIZES = (16, 20, 24, 32, 48)
PREFIX = "ph."


class NoSuchIcon(LookupError):
    """The font has no glyph of this name."""


@cache
def _font_files() -> tuple[Path, Path]:
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise NoSuchIcon("qtawesome, which carries the icons, is not installed")
    folder = Path(spec.origin).parent / "fonts"
    return next(folder.glob("phosphor-[0-9]*.ttf")), next(folder.glob("phosphor-charmap-*.json"))


@cache
def _glyphs() -> dict[str, str]:
    codes: dict[str, str] = json.loads(_font_files()[1].read_text("utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_font_files()[0]))
    return QFontDatabase.applicationFontFamilies(number)[0]


def glyph(name: str) -> str:
    """Return the character of an icon; raises `NoSuchIcon`."""
    character = _glyphs().get(name.removeprefix(PREFIX))
    if character is None:
        raise NoSuchIcon(name)
    return character


def _glyph_or_question_mark(name: str) -> str:
    try:
        return glyph(name)
    except NoSuchIcon:  # a wrong name is no reason to end the program; tests fail on the warning
        log.warning("There is no icon %s", name)
        return glyph("question")


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon in this colour, `size` logical pixels wide, on a screen of this ratio."""
    character = _glyph_or_question_mark(name)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    font = QFont(_family())
    font.setPixelSize(size)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(0, 0, size, size), int(Qt.AlignmentFlag.AlignCenter), character)
    painter.end()
    return picture


@cache
def icon(name: str, colour: str, disabled: str) -> QIcon:
    """Return the icon for buttons and menus, with its greyed state."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(pixmap(name, colour, size), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made
