"""The style sheet: style.qss with every @token replaced by its colour and every length scaled."""

import re

from PySide6.QtWidgets import QApplication

from evidence_app.services.resources import resource_path
from evidence_app.ui.look import Look

TONES = ("include", "exclude", "maybe", "conflict", "retracted", "barrier", "enabler", "neither", "accent")
TONE = """
QLabel[tone="{tone}"] {{ color: @{tone}; }}
QLabel#chip[tone="{tone}"] {{ background: @{tone}-soft; color: @{tone}; }}
QFrame#warning[tone="{tone}"] {{ background: @{tone}-soft; }}
"""


def style_sheet(look: Look) -> str:
    """Return the sheet of this look; a length written `26spx` grows with the text size."""
    sheet = resource_path("look/style.qss").read_text("utf-8")
    sheet += "".join(TONE.format(tone=tone) for tone in TONES)
    sheet = sheet.replace("LOOK/", f"{resource_path('look').as_posix()}/")
    sheet = re.sub(r"(\d+)spx", lambda length: f"{look.px(int(length[1]))}px", sheet)
    return re.sub(r"@([a-z0-9-]+)", lambda token: look.colours[token[1]], sheet)


def wear(application: QApplication, look: Look) -> None:
    """Dress the whole application in this look: palette first, then font, then the one sheet."""
    application.setStyle("Fusion")
    application.setPalette(look.palette())
    application.setFont(look.font("body"))
    application.setStyleSheet(style_sheet(look))
