"""Commands are declared once: each has a handler, and no key has two meanings."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from PySide6.QtGui import QKeySequence

from evidence_app.ui import actions
from evidence_app.ui.actions import ActionSpec
from evidence_app.ui.icons import glyph
from evidence_app.ui.registry import SCREENS, ScreenSpec, built
from evidence_app.ui.screen import Screen
from evidence_app.ui.shell.commands import screen_specs
from evidence_app.ui.shell.handlers import Handlers

GLOBAL = (*actions.WINDOW, *(spec for _, spec in screen_specs(SCREENS)))


def class_of(spec: ScreenSpec) -> type[Screen]:
    """Return the class of a built screen."""
    found: type[Screen] = getattr(import_module(spec.module), spec.place.partition(":")[2])
    return found


def keys_of(specs: tuple[ActionSpec, ...]) -> list[str]:
    """Return every shortcut as Qt writes it."""
    return [QKeySequence(keys).toString() for spec in specs for keys in spec.keys]


@pytest.mark.parametrize("spec", actions.WINDOW, ids=lambda spec: spec.name)
def test_every_command_of_the_window_has_a_handler_and_an_icon(spec: ActionSpec) -> None:
    assert callable(getattr(Handlers, spec.name))
    assert spec.menu in actions.MENUS
    assert glyph(spec.icon)


def test_no_shortcut_occurs_twice_and_each_is_a_key() -> None:
    keys = keys_of(GLOBAL)
    assert all(keys)
    assert sorted(keys) == sorted(set(keys))


def test_the_first_ten_screens_have_the_digits() -> None:
    specs = [spec for _, spec in screen_specs(SCREENS)]
    assert [spec.shortcut for spec in specs[:10]] == [f"Ctrl+{digit}" for digit in "1234567890"][: len(specs)]


@pytest.mark.parametrize("spec", built(), ids=lambda spec: spec.name)
def test_a_built_screen_is_a_screen_and_its_commands_have_handlers(spec: ScreenSpec) -> None:
    screen = class_of(spec)
    assert issubclass(screen, Screen)
    assert all(callable(getattr(screen, action.name, None)) for action in screen.ACTIONS)
    assert not set(keys_of(screen.ACTIONS)) & set(keys_of(GLOBAL))
    assert len(keys_of(screen.ACTIONS)) == len(set(keys_of(screen.ACTIONS)))


def test_every_screen_that_is_listed_is_built() -> None:
    assert [spec.name for spec in SCREENS if not spec.exists()] == []


def test_every_screen_has_a_name_of_its_own_and_says_what_it_is_for() -> None:
    assert len({spec.name for spec in SCREENS}) == len(SCREENS)
    assert all(spec.purpose.endswith(".") for spec in SCREENS)


def test_a_screen_without_a_module_is_not_shown() -> None:
    absent = ScreenSpec("absent", "Absent", "ph.books", "Report", "absent.screen:AbsentScreen")
    assert not absent.exists()
    assert all(find_spec(spec.module) for spec in built())
