"""Citations and lists of works: the review's own numbers, ranges, and text that is never markup."""

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_app.domain.manuscript import Cited
from evidence_app.domain.reference import Reference
from evidence_app.services.publishing import styles
from evidence_app.services.publishing.citing import entries, format_citations, formatted_citation, works
from evidence_app.services.publishing.errors import PublishingError
from evidence_app.services.publishing.inlines import plain_text
from tests.doubles import a_reference, sample_contents
from tests.sample import seed

AMA, NLM = "american-medical-association", "vancouver"
KNOWN_TO_DIFFER = {10, 18, 43, 80, 83, 98}
"""Where AMA as the CSL project writes it prints otherwise than the journal: hyphens between initials (10, 83,
98), the number of a chapter (18), the version of a program (43), the stop behind a university (80)."""


def _numbered(count: int) -> list[Reference]:
    return [
        a_reference(number, type="article-journal", title=f"Work {number}", year=2000 + number % 20,
                    author=[{"family": f"Writer{number}", "given": "A"}], container_title="Journal")
        for number in range(1, count + 1)
    ]  # fmt: skip


def _cite(style: str, *numbers: int, of: int = 110) -> str:
    known = _numbered(of)
    return formatted_citation([known[number - 1] for number in numbers], style).html


def test_ranges_collapse() -> None:
    assert _cite(AMA, *range(55, 87)) == "<sup>55–86</sup>"
    assert _cite(AMA, 57, 62, 63, 66, 68) == "<sup>57,62,63,66,68</sup>"
    assert _cite(AMA, 58, 59, 60, 61, 65, 71) == "<sup>58–61,65,71</sup>"


def test_own_numbers_are_kept_and_ordered() -> None:
    assert _cite(AMA, 5, 2, 3, 110) == "<sup>2,3,5,110</sup>"
    assert _cite(NLM, 5, 2, 3, 110) == "(2,3,5,110)"


def test_own_numbers_are_kept_where_some_are_missing() -> None:
    known = [each for each in _numbered(12) if each.number not in (1, 4, 7)]
    assert [entry.margin for entry in entries(known, AMA)] == [
        "2.",
        "3.",
        "5.",
        "6.",
        "8.",
        "9.",
        "10.",
        "11.",
        "12.",
    ]
    assert formatted_citation(known[-1:], AMA).text == "12"


def test_a_number_that_the_style_runs_in_is_set_apart_too() -> None:
    made = entries(_numbered(2), "bmc-dermatology")
    assert [entry.margin for entry in made] == ["1.", "2."]
    assert made[1].text.startswith("2. Writer2")


def test_works_without_a_number_come_last() -> None:
    extra = a_reference(None, type="book", title="Unnumbered", author=[{"literal": "Somebody"}])
    made = entries([extra, *_numbered(3)], AMA)
    assert [entry.margin for entry in made] == ["1.", "2.", "3.", "4."]
    assert "Unnumbered" in made[-1].text


def test_numbering_through_is_there_for_those_who_want_it() -> None:
    known = [each for each in _numbered(9) if each.number in (3, 8)]
    assert [entry.margin for entry in entries(known, AMA, own_numbers=False)] == ["1.", "2."]


def test_author_date_style_cites_names_and_sorts_by_them() -> None:
    known = [
        a_reference(1, type="book", title="One", author=[{"family": "Zed", "given": "A"}], year=2001),
        a_reference(2, type="book", title="Two", author=[{"family": "Abel", "given": "B"}], year=2002),
    ]
    assert formatted_citation(known, "apa").text == "(Abel, 2002; Zed, 2001)"
    assert [entry.text[:4] for entry in entries(known, "apa")] == ["Abel", "Zed,"]


def test_note_style_gives_the_words_of_its_note() -> None:
    made = formatted_citation(_numbered(1), "chicago-notes-bibliography").text
    assert made.startswith("A. Writer1")


def test_text_is_never_markup() -> None:
    title = "5*3*2 @smith2019 [x](http://e.org) $x^2$ \\alpha <script>alert(1)</script> p < 0.05 & `code` _u_"
    made = entries([a_reference(1, type="article-journal", title=title)], AMA)[0]
    assert title in made.text
    assert "<script" not in made.html
    assert "&lt;script&gt;" in made.html


def test_marks_of_titles_are_set() -> None:
    made = entries(
        [a_reference(1, type="article-journal", title="Of <i>E. coli</i> and H<sub>2</sub>O")], AMA
    )
    assert "Of <em>E. coli</em> and H<sub>2</sub>O" in made[0].html


def test_locators_and_words_around_a_citation_are_printed() -> None:
    known = works(_numbered(3))
    group = known.citation([Cited(known.references[1].id, locator="12", prefix="see", suffix="and on")])
    assert group is not None
    made = format_citations([[group]], known, styles.style_source("apa")).passages[0]
    assert plain_text(made) == "(see Writer2, 2002, p. 12 and on)"


def test_a_work_that_is_gone_is_left_out() -> None:
    known = works(_numbered(2))
    assert known.citation([Cited(a_reference(99).id)]) is None


def test_a_style_without_a_list_says_so() -> None:
    without = next(s.id for s in styles.all_styles() if not s.dependent and s.kind == "note"
                   and not styles.style_source(s.id).has_bibliography)  # fmt: skip
    with pytest.raises(PublishingError, match="no list of works"):
        entries(_numbered(1), without)


def test_a_thousand_works_in_apa_take_little_time() -> None:
    began = time.process_time()
    made = entries(_numbered(1000), "apa")
    assert len(made) == 1000
    assert time.process_time() - began < 20


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 60), min_size=1, max_size=25))
def test_a_collapsed_group_names_exactly_its_works(numbers: list[int]) -> None:
    printed = _cite(AMA, *numbers, of=60).removeprefix("<sup>").removesuffix("</sup>")
    assert sorted(seed.expanded(printed)) == sorted(set(numbers))


@pytest.mark.parametrize("style", [AMA, NLM])
def test_all_110_entries_of_the_sample_stand_under_their_numbers(style: str) -> None:
    contents = sample_contents()
    listed = [reference for reference in contents.references if reference.number is not None]
    made = entries(listed, style)
    assert [entry.margin for entry in made] == [f"{number}." for number in range(1, 111)]
    for entry, reference in zip(made, listed, strict=True):
        assert entry.reference == reference.id
        assert re.sub(r"\W", "", reference.title).lower() in re.sub(r"\W", "", entry.text).lower()


def test_the_sample_s_entries_read_as_the_review_prints_them() -> None:
    if seed.seed_path() is None:
        pytest.skip("the published text does not lie beside this checkout")
    printed = seed.entries()
    listed = [reference for reference in sample_contents().references if reference.number is not None]
    made = {int(entry.key): _bare(entry.text.partition(" ")[2]) for entry in entries(listed, AMA)}
    assert {number for number in printed if made[number] != _bare(printed[number])} <= KNOWN_TO_DIFFER


def _bare(text: str) -> str:
    """Leave out what print and file may differ in: quotation marks, kinds of dash, spaces, the last stop."""
    text = re.sub(r"[\"'“”‘’*<>\s]", "", re.sub(r"[–—‐‑]", "-", text))
    return text.rstrip(".")
