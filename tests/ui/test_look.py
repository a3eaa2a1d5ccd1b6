"""The look: every pair of colours can be read, every icon exists, everything grows with the text."""

import json
import re
from pathlib import Path

import pytest

from evidence_app.services.resources import resource_path
from evidence_app.ui import icons
from evidence_app.ui.directions import DIRECTIONS
from evidence_app.ui.look import Look, tokens
from evidence_app.ui.style import style_sheet

PACKAGE = Path(__file__).resolve().parents[2] / "evidence_app"
TONES = ("include", "exclude", "maybe", "conflict", "retracted", "barrier", "enabler", "neither")
MARKED = ("term-include", "term-exclude", "term-neutral", "diff-mine", "diff-theirs")
ON_PAPER = ("ink", "text-2", "text-3", "accent", "barrier", "enabler", "maybe", "exclude")
GROUNDS = ("surface", "window", "rail", "hover")
TEXT_PAIRS = (
    *((text, ground) for text in ("text", "text-2", "text-3") for ground in GROUNDS),
    *(("text-3", ground) for ground in ("sunken", "raised")),
    *((text, "accent-soft") for text in ("text", "text-2", "text-3", "accent")),
    *((tone, ground) for tone in TONES for ground in ("surface", f"{tone}-soft")),
    *(("text", f"{tone}-soft") for tone in ("maybe", "retracted", "conflict")),
    *(("text", ground) for ground in MARKED),
    *((ink, "paper") for ink in ON_PAPER),
    ("accent", "surface"), ("accent", "window"), ("on-accent", "accent-fill"),
    ("text-2", "barrier-soft"), ("text-2", "enabler-soft"),
)  # fmt: skip
GRAPHIC_PAIRS = (("line-control", "surface"), ("line-control", "window"), ("accent", "accent-soft"))


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.1) of an opaque #RRGGBB colour."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_text_can_be_read_on_every_ground_it_stands_on(palette: str) -> None:
    colours = tokens()[palette]
    weak = [pair for pair in TEXT_PAIRS if ratio(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert weak == []


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_lines_and_theme_colours_can_be_seen(palette: str) -> None:
    colours = tokens()[palette]
    assert all(ratio(colours[front], colours[back]) >= 3 for front, back in GRAPHIC_PAIRS)
    assert all(ratio(colour, colours["surface"]) >= 3 for colour in tokens()["theme-colours"][palette])


def test_both_palettes_have_the_same_tokens() -> None:
    assert tokens()["light"].keys() == tokens()["dark"].keys()


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_names_only_tokens_that_exist(qapp: object, dark: bool) -> None:
    sheet = style_sheet(Look(dark=dark))
    assert "@" not in sheet
    assert "spx" not in sheet


def test_pictures_the_sheet_names_come_with_the_program(qapp: object) -> None:
    named = re.findall(r'url\("([^"]+)"\)', style_sheet(Look()))
    assert named
    assert all(Path(name).is_file() for name in named)


def test_lengths_and_fonts_grow_with_the_text(qapp: object) -> None:
    normal, large = Look(), Look(scale=2.0)
    assert large.size("row") == 2 * normal.size("row")
    assert large.font("body").pixelSize() == 2 * normal.font("body").pixelSize()
    assert "min-height: 52px" in style_sheet(large)


def test_density_changes_the_height_of_rows(qapp: object) -> None:
    assert [Look(density=one).row_height for one in ("compact", "normal", "comfortable")] == [26, 30, 36]


def test_the_look_tells_of_a_change_once_and_not_of_none(qapp: object) -> None:
    look, told = Look(), list[int]()
    look.changed.connect(lambda: told.append(1))
    look.change(dark=True, scale=1.25)
    look.change(dark=True)
    assert told == [1]
    assert look.colour("surface").name() == tokens()["dark"]["surface"].lower()


def test_a_colour_with_eight_digits_is_transparent(qapp: object) -> None:
    assert Look().colour("scrim").alpha() == 0x42


def test_every_icon_that_is_named_anywhere_exists() -> None:
    named = {
        name
        for module in PACKAGE.rglob("*.py")
        for name in re.findall(r'"(ph\.[a-z0-9-]+)"', module.read_text("utf-8"))
    }
    known = json.loads(icons._font_files()[1].read_text("utf-8"))
    assert [name for name in sorted(named) if name.removeprefix("ph.") not in known] == []
    assert len(named) > 30


def test_icons_of_the_rail_have_a_filled_form() -> None:
    from evidence_app.ui.registry import SCREENS

    assert all(icons.glyph(f"{screen.icon}-fill") for screen in SCREENS)


def test_an_unknown_icon_is_said_and_stands_for_a_question(qapp: object, expected_logs: list[str]) -> None:
    expected_logs.append("There is no icon ph.no-such")
    with pytest.raises(icons.NoSuchIcon):
        icons.glyph("ph.no-such")
    drawn = icons.pixmap("ph.no-such", "#000000", 16)
    assert drawn.toImage() == icons.pixmap("ph.question", "#000000", 16).toImage()


def test_an_icon_is_drawn_in_its_colour_at_the_ratio_of_the_screen(look: Look) -> None:
    drawn = look.pixmap("ph.books", "accent", 16, 2.0)
    assert drawn.width() == 32
    image = drawn.toImage()
    inked = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inked == {look.colour("accent").name()}


def test_every_direction_has_a_word_and_an_icon_of_its_own() -> None:
    shown = DIRECTIONS.values()
    assert len({one.icon for one in shown}) == len({one.word for one in shown}) == 6


def test_the_tokens_come_with_the_program() -> None:
    assert resource_path("look/tokens.json").is_file()
