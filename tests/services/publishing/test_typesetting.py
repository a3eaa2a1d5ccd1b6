"""Fonts, pictures and PDFs."""

from evidence_app.services.publishing.fonts import missing_characters, spare_fonts
from evidence_app.services.publishing.typesetting import glyphs, installed_families, to_png


def test_plain_words_need_no_look_at_the_fonts() -> None:
    assert missing_characters("Plain words, 1–9.") == ""
    assert spare_fonts("Plain words") == []


def test_a_character_no_font_has_is_named() -> None:
    assert missing_characters("a\U000e1234\U0010abcdé†") == "\U0010abcd" or missing_characters("\U0010abcd")


def test_different_characters_are_drawn_differently() -> None:
    drawn = glyphs("ab")
    assert drawn[0] != drawn[1]
    assert all(drawn)


def test_spare_fonts_are_installed_ones() -> None:
    assert set(spare_fonts("委托")) <= installed_families()


def test_a_drawing_becomes_a_picture_for_print() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72" width="72" height="72"/>'
    made = to_png(svg, 72)
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20], "big") == 300
