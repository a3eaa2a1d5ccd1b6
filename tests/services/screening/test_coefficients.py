"""Coefficients of agreement against published worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.services.screening.coefficients import (
    cohens_kappa,
    gwets_ac1,
    percent_agreement,
    upper_bound,
)

FLEISS_1969 = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
"""Fleiss, Cohen & Everitt 1969, table 1: 200 people, the shares .53 .05 .02, .11 .14 .05, .01 .06 .03."""
GWET_2014 = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
"""Gwet 2014, Handbook of Inter-Rater Reliability; figures as printed by his R package irrCAC 1.0."""
GWET_2002 = [[118, 5], [2, 0]]
"""Gwet 2002, Kappa statistic is not satisfactory: 125 people, one trait nearly always present."""
FEINSTEIN_1990 = [[40, 9], [6, 45]]
"""Feinstein & Cicchetti 1990, doi:10.1016/0895-4356(90)90158-L: balanced totals."""
FEINSTEIN_1990_SKEWED = [[80, 10], [5, 5]]
"""The same agreement, with one verdict far more often: the first paradox of kappa."""


def test_kappa_and_its_error_are_those_of_fleiss_cohen_and_everitt() -> None:
    found = cohens_kappa(FLEISS_1969)
    assert found is not None
    assert found.value == pytest.approx(0.429, abs=0.0005)
    assert found.error**2 == pytest.approx(0.002885, abs=0.0000005)


def test_kappa_is_that_of_irrcac() -> None:
    found = cohens_kappa(GWET_2014)
    assert found is not None
    assert (found.value, found.error) == pytest.approx((0.7964094, 0.05891072), abs=5e-8)
    assert (found.low, found.high) == pytest.approx((0.68, 0.913), abs=0.002)


def test_ac1_is_that_of_irrcac() -> None:
    found = gwets_ac1(GWET_2014)
    assert found is not None
    assert (found.value, found.error) == pytest.approx((0.8493305, 0.04321747), abs=5e-8)
    assert (found.low, found.high) == pytest.approx((0.764, 0.935), abs=0.002)


def test_the_paradox_of_kappa_shows_and_ac1_is_free_of_it() -> None:
    kappa, ac1, percent = cohens_kappa(GWET_2002), gwets_ac1(GWET_2002), percent_agreement(GWET_2002)
    assert kappa is not None
    assert ac1 is not None
    assert percent is not None
    assert (percent.value, kappa.value, ac1.value) == pytest.approx((0.944, -0.0234, 0.9408), abs=5e-5)
    balanced, skewed = cohens_kappa(FEINSTEIN_1990), cohens_kappa(FEINSTEIN_1990_SKEWED)
    assert balanced is not None
    assert skewed is not None
    assert (balanced.value, skewed.value) == pytest.approx((0.70, 0.32), abs=0.005)


def test_wilsons_interval_is_that_of_its_textbook_example() -> None:
    found = percent_agreement([[81, 182], [0, 0]])  # Newcombe 1998, Stat Med 17:857
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_chance_that_explains_all_leaves_kappa_undefined() -> None:
    assert cohens_kappa([[20, 0], [0, 0]]) is None
    ac1 = gwets_ac1([[20, 0], [0, 0]])
    assert ac1 is not None
    assert ac1.value == 1
    assert cohens_kappa([[0, 0], [0, 0]]) is gwets_ac1([[0, 0], [0, 0]]) is None
    assert percent_agreement([[0, 0], [0, 0]]) is None


tables = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3)


@given(tables)
def test_coefficients_are_the_same_whoever_is_named_first(table: list[list[int]]) -> None:
    turned = [[row[at] for row in table] for at in range(3)]
    for coefficient in (percent_agreement, cohens_kappa, gwets_ac1):
        one, two = coefficient(table), coefficient(turned)
        assert (one is None) == (two is None)
        if one is not None and two is not None:
            assert (one.value, one.error) == pytest.approx((two.value, two.error), abs=1e-9)
            assert -1 <= one.low <= one.value + 1e-9 <= one.high + 2e-9 <= 1 + 2e-9


def test_the_upper_bound_of_none_found_is_near_three_in_n() -> None:
    assert upper_bound(0, 100) == pytest.approx(1 - 0.05 ** (1 / 100), abs=1e-9)
    assert upper_bound(0, 300) == pytest.approx(3 / 300, rel=0.01)  # Hanley & Lippman-Hand 1983
    assert upper_bound(1, 20) == pytest.approx(0.2161, abs=5e-5)  # Clopper & Pearson, one-sided 95 %
    assert upper_bound(0, 0) == upper_bound(5, 5) == 1
    assert upper_bound(3, 50_000) < upper_bound(4, 50_000) < 0.001
