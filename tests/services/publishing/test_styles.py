"""The styles of the CSL project, as the picker and pandoc get them."""

import re

import pytest

from evidence_app.services.publishing import styles
from evidence_app.services.publishing.errors import PublishingError


def test_every_style_is_listed_with_a_title() -> None:
    listed = styles.all_styles()
    assert len(listed) == 10_844
    assert len({style.id for style in listed}) == len(listed)
    assert all(style.title for style in listed)
    assert sum(style.dependent for style in listed) == 7_993


def test_search_finds_by_words_in_any_order_and_puts_the_likeliest_first() -> None:
    assert styles.search_styles("apa")[0].id == "apa"
    assert styles.search_styles("style AMA manual")[0].id == "american-medical-association"
    assert styles.search_styles("no such style anywhere") == ()


def test_accents_do_not_hide_a_style() -> None:
    assert styles.search_styles("medecine") == styles.search_styles("Médecine")
    assert styles.search_styles("medecine")


def test_a_dependent_style_is_its_parent_in_its_own_language() -> None:
    dependent = styles.style_source("nature-digest")
    assert "independent-parent" not in dependent.csl_text
    assert dependent.title == "Nature Digest"
    assert f'default-locale="{dependent.locale}"' in dependent.csl_text
    assert dependent.has_bibliography


@pytest.mark.parametrize(
    ("asked", "current"),
    [
        ("vancouver", "nlm-citation-sequence"),
        ("aaa", "american-anthropological-association"),
        ("http://www.zotero.org/styles/apa", "apa"),
        ("apa.csl", "apa"),
        ("American-Medical-Association", "american-medical-association"),
    ],
)
def test_old_and_long_names_keep_working(asked: str, current: str) -> None:
    assert styles.current_id(asked) == current


def test_every_renamed_style_leads_to_one_that_is_there_or_says_so() -> None:
    gone = 0
    for old in styles.renamed_styles():
        try:
            styles.current_id(old)
        except PublishingError:
            gone += 1
    assert gone <= len(styles.renamed_styles()) * 0.02


def test_an_unknown_style_names_its_neighbours() -> None:
    with pytest.raises(
        PublishingError, match=r"no citation style “amercan-medical-asociation”.*Did you mean"
    ):
        styles.style_source("amercan-medical-asociation")


def test_a_path_is_no_style() -> None:
    with pytest.raises(PublishingError):
        styles.style_source("../../renamed-styles")


def test_names_are_put_where_a_style_only_places_their_label() -> None:
    for style in ("american-medical-association", "nlm-citation-sequence"):
        assert re.search(r"<names\b[^>/]*>\s*<name/>\s*<label", styles.style_source(style).csl_text)
    chicago = styles.style_source("chicago-notes-bibliography").csl_text
    assert "<name/><label" not in re.sub(r"\s", "", chicago)


def test_own_numbers_come_before_the_style_s_own_order() -> None:
    csl, variable = styles.with_own_numbers(styles.style_source("apa").csl_text)
    assert csl.count("<bibliography") == 1
    assert re.search(rf'<bibliography[^>]*><sort><key variable="{variable}"/>\s*<key ', csl)
    plain, _ = styles.with_own_numbers(styles.style_source().csl_text)
    assert re.search(r'<bibliography[^>]*><sort><key variable="annote"/></sort>', plain)


def test_the_number_never_hides_in_a_variable_the_style_prints() -> None:
    csl, variable = styles.with_own_numbers('<bibliography x="y"><layout><text variable="annote"/></layout>')
    assert variable != "annote"
    assert f'<key variable="{variable}"/>' in csl


def test_raised_and_noted_citations_follow_the_full_stop() -> None:
    assert styles.style_source("american-medical-association").follows_punctuation
    assert styles.style_source("chicago-notes-bibliography").follows_punctuation
    assert not styles.style_source("apa").follows_punctuation
    assert not styles.style_source("nlm-citation-sequence").follows_punctuation
