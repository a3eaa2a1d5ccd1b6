"""What the checks find on the sample review: each finding by number, and nothing else."""

import pytest

from evidence_app.services.checks.results import CheckResult
from evidence_app.services.checks.rules import RULES, run_checks
from tests.doubles import sample_contents

Results = list[CheckResult]

EXPECTED = {
    "evidence-not-included": [42, 102],
    "journal-volume-contradicts-year": [63],
    "included-without-finding": [55, 92],
    "article-without-doi": [49, 83],
    "doi-names-another-journal": [85],
    "no-year": [20, 45],
    "several-years": [8],
    "address-without-access-date": [2],
    "authors-incomplete": [56, 66, 68, 75, 82, 85, 101],
    "unusual-capitals": [54, 109],
    "catalogue-link-only": [65, 66, 69, 72, 73, 76, 77, 79, 84, 88, 89, 92, 96, 97],
    "online-and-print-year": [56, 57, 87],
}
TOGETHER = {
    "one-name-several": [(1, 38), (15, 64)],
    "journal-two-names": [(42, 95)],
}


@pytest.fixture(scope="module")
def results() -> Results:
    return run_checks(sample_contents())


def numbers(result: CheckResult) -> tuple[int | None, ...]:
    by_id = sample_contents().by_id
    return tuple(sorted(by_id[reference].number or 0 for reference in result.references))


@pytest.mark.parametrize("rule", EXPECTED)
def test_a_rule_names_these_references_and_no_others(results: Results, rule: str) -> None:
    assert [numbers(result) for result in results if result.rule == rule] == [(n,) for n in EXPECTED[rule]]


@pytest.mark.parametrize("rule", TOGETHER)
def test_a_rule_names_these_references_together(results: Results, rule: str) -> None:
    assert sorted(numbers(result) for result in results if result.rule == rule) == TOGETHER[rule]


def test_retractions_were_never_asked_for_while_nothing_is_cached(results: Results) -> None:
    (result,) = [result for result in results if result.rule == "retraction-never-checked"]
    assert len(result.references) == 48


def test_no_other_rule_finds_anything(results: Results) -> None:
    named = {*EXPECTED, *TOGETHER, "retraction-never-checked"}
    assert [result.message for result in results if result.rule not in named] == []


def test_the_volume_result_says_what_it_rests_on(results: Results) -> None:
    (result,) = [result for result in results if result.rule == "journal-volume-contradicts-year"]
    assert "volume 18 is 2015 by the other 7 articles" in result.message


def test_every_subject_is_its_own(results: Results) -> None:
    named = [(result.rule, result.subject) for result in results]
    assert len(named) == len(set(named))


def test_results_come_in_the_order_of_the_rules(results: Results) -> None:
    order = [rule.name for rule in RULES]
    places = [order.index(result.rule) for result in results]
    assert places == sorted(places)


def test_a_second_look_finds_the_same(results: Results) -> None:
    assert run_checks(sample_contents()) == results
