"""A title as it is compared: what databases add falls away, what tells works apart stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.deduplication.titles import are_opposites, title_of, trials_in


@pytest.mark.parametrize(
    "written",
    [
        "Walking after stroke",
        "WALKING AFTER STROKE.",
        "[Walking after stroke].",
        "Walking after stroke. [Chinese]",
        "[Walking after stroke] [Article in German]",
        "Walking after stroke (in French with English abstract)",
        "<i>Walking</i> after stroke [see comment]",
        "Walking after stroke.[Erratum appears in Stroke. 2006 Jan;15(1):187]",
        "Walking after stroke [Abstract]",
        "Retracted: Walking after stroke",
        "Walking after\u00a0stroke",
    ],
)
def test_notes_brackets_case_and_a_full_stop_do_not_count(written: str) -> None:
    assert title_of(written).letters == "walkingafterstroke"


def test_entities_accents_and_hyphens_do_not_count() -> None:
    assert title_of("Caf&eacute; &amp; health-care").letters == title_of("Cafe and healthcare").letters


def test_greek_letters_are_their_names() -> None:
    assert (
        title_of("β-blockers in heart failure").letters == title_of("Beta blockers in heart failure").letters
    )


def test_the_note_of_a_language_says_that_the_title_is_translated() -> None:
    assert title_of("Walking after stroke [Chinese]").is_translated
    assert title_of("[Walking after stroke]").is_translated
    assert not title_of("Walking after stroke [see comment]").is_translated


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("Gait training. Part II", ("2",)),
        ("Gait training: part 2", ("2",)),
        ("Type II diabetes", ("2",)),
        ("Vitamin D in 2009 and 2010", ("2009", "2010")),
        ("p16(INK4a) expression", ("16", "4")),
        ("I believe in walking", ()),
    ],
)
def test_the_numbers_of_a_title_are_read_however_they_are_written(
    written: str, numbers: tuple[str, ...]
) -> None:
    assert title_of(written).numbers == numbers


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Erratum: Walking after stroke", "erratum"),
        ("Corrigendum to “Walking after stroke”", "erratum"),
        ("Correction to: Walking after stroke", "erratum"),
        ("Walking after stroke: Correction", "erratum"),
        ("Retraction: Walking after stroke", "retraction"),
        ("Walking after stroke (vol 12, pg 5, 2012)", "erratum"),
        ("Expression of concern: Walking after stroke", "retraction"),
        ("Walking after stroke (Retraction of vol 12, pg 5, 2012)", "retraction"),
        ("Walking after stroke [Retraction]", "retraction"),
        ("Walking after stroke: Invited commentary", "reply"),
        ("Walking after stroke - Rejoinder", "reply"),
        ("Commentary: Walking after stroke", "reply"),
        ("Re: Walking after stroke", "reply"),
        ("Authors' reply", "reply"),
        ("Comment on walking after stroke", "reply"),
        ("Walking after stroke: study protocol of a trial", "protocol"),
    ],
)
def test_a_title_announces_what_it_is(written: str, kind: str) -> None:
    assert kind in title_of(written).kinds


@pytest.mark.parametrize(
    "written",
    [
        "Correction of myopia",
        "Response to exercise",
        "A new protocol-driven ward",
        "Summary statistics",
        "Walking after stroke [Retraction in Gait 2012;3:4]",
        "Retracted: Walking after stroke",
        "Walking after stroke (Retracted article. See vol 12, pg 5, 2012)",
        "Walking: a dose-response",
        "The immune response",
        "Walking after stroke (Reprinted from Gait, vol 12, pg 5-9, 2002)",
    ],
)
def test_words_that_only_look_like_an_announcement_are_none(written: str) -> None:
    assert title_of(written).kinds == frozenset()


@pytest.mark.parametrize(
    "written", ["Editorial", "Editor's comments", "Letters to the editor", "Reply", "News", ""]
)
def test_titles_that_many_works_bear_are_known(written: str) -> None:
    assert title_of(written).is_generic or not title_of(written)


def test_a_telling_title_is_not_generic() -> None:
    assert not title_of("Walking after stroke").is_generic


def test_two_titles_in_one_are_told_apart() -> None:
    title = title_of("Gehen nach einem Schlaganfall = Walking after a stroke")
    assert title.other == "walkingafterastroke"
    assert title.main == "gehennacheinemschlaganfall"


@pytest.mark.parametrize(
    ("one", "other"), [("men", "women"), ("hypotension", "hypertension"), ("pretreatment", "posttreatment")]
)
def test_words_that_look_alike_and_mean_another_thing_are_opposites(one: str, other: str) -> None:
    assert are_opposites([one], [other])
    assert are_opposites([other], [one])


def test_spellings_are_no_opposites() -> None:
    assert not are_opposites(["tumour", "lesions"], ["tumor", "lesion"])


def test_registration_numbers_are_found_in_text() -> None:
    assert trials_in("see nct01234567 and ISRCTN12345678.") == {"NCT01234567", "ISRCTN12345678"}


@given(st.text())
def test_any_text_is_a_title(text: str) -> None:
    title = title_of(text)
    assert title.letters == "".join(title.words)
    assert bool(title) == bool(title.letters)
