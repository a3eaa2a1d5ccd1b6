"""The registry, waivers, and what every rule promises."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.contents import ReviewContents, Waiver
from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, NUMBER_VARIABLES, TEXT_VARIABLES, TYPES
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.services.checks.results import Level
from evidence_app.services.checks.rules import RULES, open_results, rule_named, run_checks
from tests.doubles import a_reference, contents_of

DOC = Path(__file__).resolve().parents[3] / "docs" / "checks.md"


def test_every_rule_explains_itself() -> None:
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name), rule.name
        assert rule.explanation.endswith("."), rule.name
        assert rule.how_to_mend, rule.name
        assert all(step and not step.endswith(".") for step in rule.how_to_mend), rule.name
        assert rule.link.startswith("https://"), rule.name
        assert rule_named(rule.name) is rule


def test_no_two_rules_share_a_name_or_title() -> None:
    assert len({rule.name for rule in RULES}) == len({rule.title for rule in RULES}) == len(RULES)


def test_errors_come_first() -> None:
    levels = [list(Level).index(rule.level) for rule in RULES]
    assert levels == sorted(levels)


def test_every_rule_is_in_the_handbook_with_its_level() -> None:
    text = DOC.read_text(encoding="utf-8")
    for rule in RULES:
        assert f"### {rule.title}\n\n`{rule.name}` · {rule.level.value}\n\n{rule.explanation}\n" in text, (
            rule.name
        )
    assert text.count("\n### ") == len(RULES)


def test_a_waiver_goes_with_its_rule_and_subject_only() -> None:
    references = (a_reference(1), a_reference(2))
    waiver = Waiver(id=1, rule="no-year", subject="reference:1001", reason="It bears none", by="Ada")
    results = run_checks(contents_of(*references, waivers=(waiver,)))
    waived = [result for result in results if result.waived is not None]
    assert [(result.rule, result.subject, result.waived) for result in waived] == [
        ("no-year", "reference:1001", waiver)
    ]
    assert len(open_results(results)) == len(results) - 1


def test_what_searches_brought_in_is_not_checked_beside_a_bibliography() -> None:
    records = [Reference(id=ReferenceId(n), guid=str(n)) for n in range(2000, 2010)]
    assert {result.references for result in run_checks(contents_of(a_reference(1), *records))} == {(1001,)}
    assert len({result.references for result in run_checks(contents_of(*records))}) == 10


def test_an_empty_review_has_nothing_wrong() -> None:
    assert run_checks(contents_of()) == []


ODD_VALUES = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-3, 3000),
    st.lists(st.text(max_size=4), max_size=2),
    st.sampled_from(
        ["10.1000/a", "https://doi.org/10.1/x", "12-3", "&amp;", "<p>", "(", "1369-7625", "10.1136/bmj.2"]
    ),
    st.fixed_dictionaries(
        {
            "date-parts": st.lists(
                st.lists(st.one_of(st.integers(-9, 2030), st.none()), max_size=4), max_size=3
            )
        }
    ),
    st.lists(
        st.dictionaries(st.sampled_from(["family", "given", "literal"]), st.text(max_size=8)), max_size=3
    ),
)
VARIABLES = (*TEXT_VARIABLES, *NUMBER_VARIABLES, *ALL_DATES, *NAME_VARIABLES)
ITEMS = st.dictionaries(st.sampled_from(VARIABLES), ODD_VALUES, max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TYPES), ITEMS), max_size=4))
def test_no_reference_however_odd_stops_the_checks(items: list[tuple[str, dict[str, object]]]) -> None:
    references = [
        a_reference(n, n % 2 == 0, **{**item, "type": kind}) for n, (kind, item) in enumerate(items, 1)
    ]
    contents: ReviewContents = contents_of(*references)
    results = run_checks(contents)
    assert results == run_checks(contents)
    for result in results:
        if result.fix is not None:
            assert contents.by_id[result.fix.reference].item.get(result.fix.variable) == result.fix.before
            assert result.fix.after != result.fix.before


def test_a_fix_leaves_nothing_for_its_rule_to_find() -> None:
    broken = a_reference(
        1,
        title="Health  &amp; <p>care</p>.",
        DOI="doi:10.1000/ABC",
        URL="www.example.org",
        publisher="The  Press",
    )
    item = dict(broken.item)
    for _ in range(3):
        again = a_reference(1, **item)
        fixes = [result.fix for result in run_checks(contents_of(again)) if result.fix]
        for fix in fixes[:1]:
            item[fix.variable] = fix.after
        while fixes:
            again = a_reference(1, **item)
            fixes = [result.fix for result in run_checks(contents_of(again)) if result.fix]
            for fix in fixes[:1]:
                item[fix.variable] = fix.after
    assert item == {
        "title": "Health & care",
        "DOI": "10.1000/abc",
        "URL": "https://www.example.org",
        "publisher": "The Press",
    }
