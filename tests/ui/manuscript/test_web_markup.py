"""The exported html laid out for Qt's text document: the same words, in the same order."""

import re
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.storage import contents
from evidence_app.storage.project import Project
from evidence_app.ui.manuscript.web_markup import Room, copied, laid_out, parsed, seen
from tests.summaries import summary_html

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
TAGS = st.sampled_from(
    ["p", "li", "em", "h2", "td", "aside", "div class='answer'", "div class='charts'", "sup"]
)


def words_of(html: str) -> str:
    return seen(f"<body>{copied(html)}</body>")


def test_both_profiles_keep_every_word_and_link_in_order(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        review = contents.review_contents(reader)
    for profile in ("journal", "commissioner"):
        html = summary_html(review, profile)
        laid = laid_out(html, Room(17, 740))
        assert words_of(laid.markup) == seen(html)
        body = html.partition("<body")[2]
        assert re.findall('href="([^"]*)"', laid.markup) == re.findall('href="([^"]*)"', body)
        assert len(laid.figures) == html.count("<svg") > 0


def test_a_list_of_contents_goes_on_counting_in_its_second_column() -> None:
    lines = "".join(f"<li>{name}</li>" for name in "abcde")
    laid = laid_out(f"<body><nav><ol>{lines}</ol></nav></body>", Room(10, 500))
    assert re.findall('start="([0-9]+)"', laid.markup) == ["1", "4"]
    narrow = laid_out(f"<body><nav><ol>{lines}</ol></nav></body>", Room(10, 200))
    assert re.findall('start="([0-9]+)"', narrow.markup) == ["1"]


def test_names_in_a_drawing_keep_their_capitals_and_its_words_are_escaped() -> None:
    svg = '<svg viewBox="0 0 20 10" aria-label="a"><text x="1">1 &lt; 2</text><path d="M1 1H2"/></svg>'
    laid = laid_out(f"<body><figure class='flow'>{svg}</figure></body>", Room(10, 400))
    assert laid.figures == [
        '<svg viewBox="0 0 20 10" aria-label="a"><text x="1">1 &lt; 2</text><path d="M1 1H2"></path></svg>'
    ]
    assert 'width="400" height="200"' in laid.markup


def test_a_page_without_a_body_is_empty() -> None:
    assert laid_out("no page", Room(10, 400)).markup == ""


@given(st.lists(st.tuples(TAGS, WORDS), max_size=8))
def test_any_words_arrive_as_they_are(parts: list[tuple[str, str]]) -> None:
    inner = "".join(f"<{tag}><p>{escape(words)}</p></{tag.split()[0]}>" for tag, words in parts)
    html = f"<html><body><section>{inner}</section></body></html>"
    assert words_of(laid_out(html, Room(16, 700)).markup) == copied(seen(html))


@given(st.text(max_size=200))
def test_no_text_at_all_makes_it_fail(html: str) -> None:
    laid_out(f"<body>{html}", Room(16, 700))
    assert parsed(html).tag == ""
