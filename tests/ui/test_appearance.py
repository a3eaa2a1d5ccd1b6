"""Light, dark and text size at run time, as the settings or the system say."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from evidence_app.ui.appearance import Appearance
from evidence_app.ui.look import tokens
from evidence_app.ui.settings import Preferences


@pytest.fixture
def appearance(qapp: QApplication, preferences: Preferences) -> Iterator[Appearance]:
    """What the application wears."""
    made = Appearance(qapp, preferences)
    yield made
    preferences.change(theme="system")
    made.deleteLater()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_worn_at_once(
    appearance: Appearance, preferences: Preferences, qapp: QApplication, theme: str
) -> None:
    preferences.change(theme=theme)
    colours = tokens()[theme]
    assert qapp.palette().window().color().name() == colours["window"].lower()
    assert colours["surface"] in qapp.styleSheet()
    assert appearance.look.dark is (theme == "dark")


def test_text_size_changes_the_font_of_the_application(
    appearance: Appearance, preferences: Preferences, qapp: QApplication
) -> None:
    preferences.change(text_size=200)
    assert qapp.font().pixelSize() == 26
    preferences.change(text_size=100)
    assert qapp.font().pixelSize() == 13


def test_other_settings_leave_the_look_alone(appearance: Appearance, preferences: Preferences) -> None:
    told: list[int] = []
    appearance.look.changed.connect(lambda: told.append(1))
    preferences.change(contact_address="ada@example.org")
    assert told == []
