"""Running heads and page numbers are left out of a text, and nothing else is."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.coding.pdf import PdfFile, read_text
from evidence_app.services.coding.running_heads import without_running_heads
from tests.services.coding.pdfs import made_pdf

BODIES = ["Money was", "late again, and", "trust went. The", "board met in", "spring. It was", "no use."]


def headed(*heads: str, foot: str = "", first: int = 101) -> list[str]:
    told = [heads[at % len(heads)].replace("#", str(first + at)) for at in range(len(BODIES))]
    feet = [foot.replace("#", str(first + at)) for at in range(len(BODIES))]
    return [
        "\n".join(filter(None, parts))
        for parts in zip(told, BODIES, feet, strict=True)
    ]  # fmt: skip


def test_the_same_head_on_pages_goes_with_its_number() -> None:
    assert without_running_heads(headed("HEALTH EXPECTATIONS | #", foot="#")) == BODIES


def test_left_and_right_pages_may_have_different_heads() -> None:
    assert without_running_heads(headed("ABLE and others | #", "# | Asking for rest", foot="")) == BODIES


def test_a_head_of_words_alone_needs_more_pages() -> None:
    pages = headed("Asking for rest on wards")
    assert without_running_heads(pages) == BODIES
    assert without_running_heads(pages[:3]) == pages[:3]


def test_two_lines_of_a_head_go_from_outside_inwards() -> None:
    assert without_running_heads(headed("Downloaded from the library\nRest and rota, page #")) == BODIES


def test_numbers_that_do_not_count_up_stay() -> None:
    pages = [f"{number}\n{body}" for number, body in zip((12, 12, 12, 80, 3, 7), BODIES, strict=True)]
    assert without_running_heads(pages) == pages


def test_a_short_word_that_a_table_repeats_stays() -> None:
    pages = [f"Yes\n{body}" for body in BODIES]
    assert without_running_heads(pages) == pages


def test_a_page_of_nothing_but_its_number_is_empty() -> None:
    assert without_running_heads(["1\nOne", "2", "3\nThree"]) == ["One", "", "Three"]


@given(st.lists(st.text(alphabet="ab1 \n", max_size=30), max_size=6))
def test_what_is_left_stood_there_in_this_order(pages: list[str]) -> None:
    for page, left in zip(pages, without_running_heads(pages), strict=True):
        assert left in page


def test_a_sentence_over_two_pages_is_one_and_its_letters_keep_their_boxes(tmp_path: Path) -> None:
    heads = '#set page(numbering: "1", header: [REST ON THE WARDS #context counter(page).display()])\n'
    words = "#pagebreak()\n".join(f"{body}\n" for body in BODIES)
    with PdfFile(made_pdf(tmp_path / "headed.pdf", heads + words)) as file:
        frozen, pages = read_text(file, lambda _done, _total: None)
        assert " ".join(frozen.text.split()) == " ".join(BODIES)
        for number, page in enumerate(pages, 1):
            end = pages[number].start if number < len(pages) else len(frozen.text)
            text = frozen.text[page.start : end]
            layer = file.layer(number, text)
            assert all(
                box is not None for box, letter in zip(layer.boxes, text, strict=True) if letter.strip()
            )
            assert all(50 < box[1] < 380 for box in layer.boxes if box is not None), "none lies in the head"
