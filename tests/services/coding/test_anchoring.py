"""Anchors stand where their words stand, in the same text and in a changed one, or are lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.coding import Anchor, Document, Page, Rectangle
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.coding.anchoring import (
    anchor_of,
    anchored_again,
    area_of,
    normalised,
    text_sha256,
)
from evidence_app.services.coding.letters import letters_of

LETTERS = st.text(alphabet=st.sampled_from("ab \n委托é😀.x"), min_size=1, max_size=120)


def a_document(text: str, **values: object) -> Document:
    known = {"id": 1, "guid": "d", "reference": 1, "name": "a.txt", "kind": "text"}
    return Document(**{**known, "text_sha256": text_sha256(text), "length": len(text), **values})  # type: ignore[arg-type]


def test_an_anchor_holds_the_words_with_what_is_around_them() -> None:
    text = "Before it. Money arrived late. After it."
    found = anchor_of(a_document(text), text, 10, 31)
    assert (found.exact, found.prefix, found.suffix) == ("Money arrived late.", "Before it. ", " After it.")
    assert (found.start, found.end) == (11, 30)


def test_blanks_alone_cannot_be_quoted() -> None:
    with pytest.raises(EvidenceError, match="Nothing is selected"):
        anchor_of(a_document("a  b"), "a  b", 1, 3)


@given(LETTERS, st.data())
def test_in_the_same_text_an_anchor_stays(text: str, data: st.DataObject) -> None:
    text = normalised(text)
    anchor = drawn(text, data)
    if anchor is not None:
        assert anchored_again(anchor, a_document(text), text) == anchor


@given(LETTERS, LETTERS, LETTERS, st.data())
def test_in_another_text_an_anchor_stands_on_its_words_or_is_lost(
    text: str, before: str, after: str, data: st.DataObject
) -> None:
    text = normalised(text)
    changed = normalised(before + text + after)
    anchor = drawn(text, data)
    if anchor is None:
        return
    found = anchored_again(anchor, a_document(changed), changed)
    if found is not None:
        assert found.start is not None
        assert changed[found.start : found.end] == found.exact
        assert letters_of(found.exact).text == letters_of(anchor.exact).text
        assert found.document_sha256 == text_sha256(changed)


@given(st.text(alphabet="abcdefgh ", min_size=40, max_size=80), st.integers(0, 60))
def test_what_was_put_before_a_passage_does_not_lose_it(before: str, at: int) -> None:
    passage = "Trust was lost with the worker who left."
    text = f"Some words first. {passage} Then it went on."
    anchor = anchor_of(a_document(text), text, 18, 18 + len(passage))
    changed = before[:at] + text
    found = anchored_again(anchor, a_document(changed), changed)
    assert found is not None
    assert found.start == min(at, len(before)) + 18


def test_of_two_places_the_one_with_the_same_context_is_taken() -> None:
    text = "In the first year money was late. In the second year money was late."
    anchor = anchor_of(a_document(text), text, 53, 67)
    changed = f"New. {text}"
    found = anchored_again(anchor, a_document(changed), changed)
    assert found is not None
    assert found.start == 58


def test_of_two_places_alike_none_is_guessed() -> None:
    text = "Money was late."
    anchor = anchor_of(a_document(text), text, 0, len(text))
    changed = "Money was late.\nMoney was late."
    assert anchored_again(anchor, a_document(changed), changed) is None


def test_a_short_word_in_another_context_is_lost() -> None:
    text = "They said that trust was gone by then, and for good."
    anchor = anchor_of(a_document(text), text, 15, 20)
    changed = "A trust is a legal body."
    assert anchored_again(anchor, a_document(changed), changed) is None


def test_a_reworded_passage_is_lost() -> None:
    text = "Money arrived late in each year."
    anchor = anchor_of(a_document(text), text, 0, 18)
    changed = "Money came late in each year."
    assert anchored_again(anchor, a_document(changed), changed) is None


def test_words_whose_lines_were_broken_anew_are_found() -> None:
    text = (
        "It was said that the ef\ufb01cient co-produc-\ntion of services takes “time and trust” on all sides."
    )
    passage = "ef\ufb01cient co-produc-\ntion of services takes “time and trust”"
    start = text.index(passage)
    anchor = anchor_of(a_document(text), text, start, start + len(passage))
    changed = (
        'It was said that the efficient\nco-production of services takes "time\nand trust" on all sides.'
    )
    found = anchored_again(anchor, a_document(changed), changed)
    assert found is not None
    assert found.exact == 'efficient\nco-production of services takes "time\nand trust"'


def test_the_same_letters_at_two_places_alike_are_lost() -> None:
    text = "Money was\nlate."
    anchor = anchor_of(a_document(text), text, 0, len(text))
    changed = "Money was late.\nMoney was late."
    assert anchored_again(anchor, a_document(changed), changed) is None


def test_an_area_goes_with_a_text_that_stayed_and_is_lost_with_another() -> None:
    document = a_document("One", pages=(Page(0, 595, 842),))
    area = area_of(document, Rectangle(1, 10, 10, 100, 100))
    assert anchored_again(area, document, "One") == area
    assert anchored_again(area, a_document("Two", pages=document.pages), "Two") is None


def test_an_area_stays_on_the_page() -> None:
    document = a_document("", pages=(Page(0, 842, 595, 90, 5, 0),))
    found = area_of(document, Rectangle(1, 700, 10, 100, -20))
    assert found.rectangles == (Rectangle(1, 100, 0, 600, 10),)
    assert found.is_area
    with pytest.raises(EvidenceError, match="empty"):
        area_of(document, Rectangle(1, 700, 10, 800, 20))


@given(st.text(max_size=60))
def test_freezing_twice_changes_nothing(text: str) -> None:
    once = normalised(text)
    assert "\r" not in once
    assert normalised(once) == once or once.startswith("\ufeff")


def drawn(text: str, data: st.DataObject) -> Anchor | None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    try:
        return anchor_of(a_document(text), text, start, end)
    except EvidenceError:
        return None
