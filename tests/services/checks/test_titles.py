"""Titles: markup, capitals, quotation marks and brackets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.services.checks.titles import unmatched, without_markup
from tests.doubles import a_reference, contents_of, found_by


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Health &amp; care", "Health & care"),
        ("Health &amp;amp; care", "Health & care"),
        ("A &lt;i&gt;rare&lt;/i&gt; case", "A <i>rare</i> case"),
        ("<p>Power</p> and <jats:italic>voice</jats:italic>", "Power and voice"),
        ("Caf&#233; talks", "Café talks"),
    ],
)
def test_markup_that_databases_leave_is_mended(before: str, after: str) -> None:
    (result,) = found_by("markup-in-title", contents_of(a_reference(title=before)))
    assert result.fix is not None
    assert (result.fix.before, result.fix.after) == (before, after)


@pytest.mark.parametrize(
    "title",
    [
        "The <i>NHS</i> and H<sub>2</sub>O",
        "R&D; what next?",
        "Costs < 5 and > 3",
        'The <span class="nocase">BMJ</span>',
        "Health & care",
        "5 $ a day, 6 $ a night",
        "AT&T;",
    ],
)
def test_marks_csl_allows_and_plain_signs_are_left_alone(title: str) -> None:
    assert not found_by("markup-in-title", contents_of(a_reference(title=title)))


def test_latex_is_told_and_left_to_the_reader() -> None:
    (result,) = found_by("markup-in-title", contents_of(a_reference(title=r"The \textit{rare} case")))
    assert result.fix is None


@settings(deadline=None)
@given(st.text(alphabet="a &;<>/ipl#x3", max_size=30))
def test_taking_markup_out_never_leaves_more_of_it(text: str) -> None:
    once = without_markup(text)
    assert len(once) <= len(text)


@pytest.mark.parametrize("title", ["CO-PRODUCTION IN MENTAL HEALTH", "WHOSE VOICES COUNT? A STUDY OF POWER"])
def test_a_title_in_capitals_is_told(title: str) -> None:
    assert len(found_by("title-all-capitals", contents_of(a_reference(title=title)))) == 1


@pytest.mark.parametrize(
    "title", ["PRISMA 2020", "The NHS and BMJ", "RAPPORT", "Power in the NHS", "委托服务"]
)
def test_abbreviations_are_no_capitals(title: str) -> None:
    assert not found_by("title-all-capitals", contents_of(a_reference(title=title)))


SENTENCES = [
    "Health care in two towns",
    "What users say of planning",
    "Planning services with people in Leeds",
    "An evaluation of a pilot for older people",
    "Research with people who use services",
]


def titled(*titles: str, kind: str = "article-journal") -> list[tuple[int, ...]]:
    articles = [a_reference(n, type="article-journal", title=t) for n, t in enumerate(SENTENCES, 1)]
    others = [a_reference(n, type=kind, title=t) for n, t in enumerate(titles, 101)]
    return [result.references for result in found_by("unusual-capitals", contents_of(*articles, *others))]


def test_a_capital_inside_an_ordinary_word_is_unusual() -> None:
    assert titled("ReseArch with the public") == [(1101,)]


def test_title_case_among_sentence_case_is_unusual() -> None:
    assert titled("Planning Local Services With Older People") == [(1101,)]
    assert titled("Care Homes, Hospitals, Towns: Planning New Services Among Unequal Partners") == [(1101,)]
    assert titled("Qualitative evidence synthesis: Where Are We At") == [(1101,)]


@pytest.mark.parametrize(
    "title",
    [
        "Using ResearchRabbit and MeSH",
        "Care in South London",
        "Clinical Commissioning Groups and the people they serve",
        "Health and Social Care Act: what changed for people",
        "Is it fair? A study: Part two of three",
        "McDonald and iPads",
        "The PRISMA 2020 statement: an updated guideline",
        "Voices of the National Survivor User Network",
    ],
)
def test_names_and_beginnings_have_their_capitals(title: str) -> None:
    assert titled(title) == []


def test_books_may_be_in_title_case() -> None:
    assert titled("Planning Local Services With Older People", kind="book") == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Power (and voice", "("),
        ("Power and voice]", "]"),
        ("“Power and voice", "“"),
        ("The ‘power of voice", "‘"),
        ('The "power of voice', '"'),
        ("Power (and voice)", ""),
        ("'It's a shift': users' views", ""),
        ("„Macht“ und Stimme", ""),
        ("“Power” and ‘voice’", ""),
        ('A 5" screen', ""),
        ("Reasons a) and b)", ""),
        ("[Power] and “voice”", ""),
    ],
)
def test_marks_that_do_not_pair_are_found(text: str, mark: str) -> None:
    assert unmatched(text) == mark
    assert len(found_by("unmatched-marks", contents_of(a_reference(title=text)))) == bool(mark)


def test_a_final_stop_is_taken_off_and_an_abbreviation_left() -> None:
    (result,) = found_by("title-final-stop", contents_of(a_reference(title="Power and voice.")))
    assert result.fix is not None
    assert result.fix.after == "Power and voice"
    for title in (
        "Care in the U.S.",
        "Power and voice…",
        "What now?",
        "Power et al.",
        "Power and so on...",
        "One. And two.",
    ):
        assert not found_by("title-final-stop", contents_of(a_reference(title=title))), title
