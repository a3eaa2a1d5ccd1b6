"""Every way programs count characters is found out from the selections themselves."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.coding.anchoring import normalised
from evidence_app.services.coding.exchange.model import QdaSelection, QdaSource
from evidence_app.services.coding.exchange.offsets import MODELS, OffsetModel, Ruler, best, span
from evidence_app.services.coding.exchange.profiles import PROFILES

TEXT = (
    "\ufeffThe first year 😀 was hard.\r\nNobody asked us 🎉 at all.\r\n\r\n"
    "委托 came late, and e\u0301lan went.\r\n"
    "Money 😀😀 arrived in March, and had to be spent by April.\r\n"
)


def counted(raw: str, place: int, model: OffsetModel) -> int:
    """The offset of a place of the raw text, counted letter by letter as a program would."""
    at, index = 0, 0
    while index < place:
        letter = raw[index]
        if letter == "\ufeff" and not index:
            at += model.mark
        elif letter == "\r" and raw[index + 1 : index + 2] == "\n":
            at, index = at + model.line_end, index + 1
        else:
            at += 2 if model.utf16 and ord(letter) > 0xFFFF else 1
        index += 1
    return at


def selections(raw: str, model: OffsetModel) -> list[QdaSelection]:
    """One selection for each run of words between two line ends or marks."""
    found, start = [], None
    for place, letter in enumerate(raw + " \n"):
        inside = letter.isalnum() or unicodedata.combining(letter) or letter in " ,"
        if inside and start is None and letter.isalnum():
            start = place
        elif not inside and start is not None:
            end = place
            while raw[end - 1] == " ":
                end -= 1
            found.append(
                QdaSelection(guid=f"s{place}", start=counted(raw, start, model), end=counted(raw, end, model))
            )
            start = None
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.label)
def test_the_way_of_counting_is_found_out_and_every_selection_stands_on_its_words(model: OffsetModel) -> None:
    source = QdaSource(guid="d", name="Report", text=TEXT, selections=selections(TEXT, model))
    fit = best([source])
    ruler = Ruler(TEXT, fit.model)
    texts = []
    for each in source.selections:
        start, end = span(ruler, each)
        assert start is not None
        assert end is not None
        texts.append(ruler.text[start:end])
    assert texts == [
        "The first year", "was hard", "Nobody asked us", "at all", "委托 came late, and élan went", "Money",
        "arrived in March, and had to be spent by April",
    ]  # fmt: skip


def test_words_written_beside_a_selection_decide_where_word_ends_do_not() -> None:
    text = "aa bb cc\r\ndd ee ff"
    named = QdaSelection(guid="1", name="dd ee", start=10, end=15)
    fit = best([QdaSource(guid="d", name="R", text=text, selections=[named])])
    assert fit.model.line_end == 2


@pytest.mark.parametrize(
    ("origin", "model"),
    [("NVivo", OffsetModel(utf16=True, line_end=2, mark=0)),
     ("MAXQDA 2022", OffsetModel(utf16=True, line_end=2, mark=0)),
     ("ATLAS.ti 23", OffsetModel(utf16=False, line_end=1, mark=0))],
)  # fmt: skip
def test_where_several_ways_fit_that_of_the_program_is_taken(origin: str, model: OffsetModel) -> None:
    text = "a b c d e\r\nf g 😀 h i j k l m n o p"
    at = text.index("j k")
    one = QdaSelection(guid="1", start=counted(text, at, model), end=counted(text, at + 3, model))
    fit = best([QdaSource(guid="d", name="R", text=text, selections=[one])], origin)
    assert fit.model == model
    assert Ruler(text, fit.model).text[slice(*span(Ruler(text, fit.model), one))] == "j k"


def test_a_person_selects_words_and_not_the_blanks_around_them() -> None:
    model = OffsetModel(utf16=True, line_end=2, mark=0)
    text = "😀 a b c d e f g"
    at = text.index("b c")
    one = QdaSelection(guid="1", start=counted(text, at, model), end=counted(text, at + 3, model))
    assert best([QdaSource(guid="d", name="R", text=text, selections=[one])]).model.utf16


def test_a_file_without_selections_is_read_as_the_standard_says() -> None:
    assert best([QdaSource(guid="d", name="R", text="No selections")]).model == OffsetModel(
        utf16=False, line_end=1, mark=0
    )


@given(st.text(st.sampled_from("ab é\u0301😀委\r\n\0ÅA\u030a "), max_size=40))
def test_every_letter_has_a_place_in_the_frozen_text(raw: str) -> None:
    frozen = normalised(raw)
    for model in MODELS:
        ruler = Ruler(raw, model)
        assert ruler.text == frozen
        assert ruler.position(counted(raw, len(raw), model)) == len(frozen)


@given(st.text(max_size=60).map(normalised), st.sampled_from(list(PROFILES.values())), st.data())
def test_what_a_profile_writes_is_read_back_to_the_same_place(
    text: str, profile: object, data: st.DataObject
) -> None:
    from evidence_app.services.coding.exchange.profiles import Profile

    assert isinstance(profile, Profile)
    place = data.draw(st.integers(0, len(text)))
    model = OffsetModel(utf16=profile.utf16, line_end=2 if profile.line_end == "\r\n" else 1, mark=0)
    if not text.startswith("\ufeff"):
        assert Ruler(profile.text(text), model).position(profile.offsets(text).of(place)) == place
