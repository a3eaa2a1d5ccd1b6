"""The boxes of characters are joined line by line, as a highlight is drawn."""

from evidence_app.services.coding.pdf import Box, lines_of


def letters(x: float, y: float, *widths: float, height: float = 10) -> list[Box | None]:
    boxes: list[Box | None] = []
    for width in widths:
        boxes.append((x, y, x + width, y + height))
        x += width
    return boxes


def test_a_line_that_begins_with_a_wide_letter_is_no_part_of_the_line_above() -> None:
    found = lines_of(1, [*letters(70, 354, 5, 5, 5, 5), None, *letters(70, 341, 9, 5, 5)])
    assert [(box.y0, box.y1) for box in found] == [(354, 364), (341, 351)]


def test_letters_of_a_line_are_one_box_and_columns_are_two() -> None:
    (line,) = lines_of(1, letters(70, 354, 5, 9, 3))
    assert line == (1, 70, 354, 87, 364)
    assert len(lines_of(1, [*letters(70, 354, 5, 5), *letters(300, 354, 5, 5)])) == 2


def test_a_line_that_runs_up_the_page_is_one_box() -> None:
    boxes: list[Box | None] = [(70, y, 80, y + 5) for y in (100, 105, 110, 115)]
    assert lines_of(1, boxes) == ((1, 70, 100, 80, 120),)
