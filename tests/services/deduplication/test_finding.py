"""Pairs, rules and groups: what is compared, what a rule is, and what a group must not hold."""

import pickle
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.csl import CslItem
from evidence_app.domain.errors import Cancelled
from evidence_app.services.deduplication.blocking import LARGEST_BLOCK, candidates
from evidence_app.services.deduplication.comparing import AGREEMENTS, compare
from evidence_app.services.deduplication.finding import counted_by_rule, find_duplicates
from evidence_app.services.deduplication.records import record_of, records_of
from evidence_app.services.deduplication.rules import Rule
from evidence_app.services.deduplication.showing import differing
from evidence_app.services.deduplication.standard_rules import STANDARD
from tests.benchmarks.duplicates import ours, score
from tests.benchmarks.made_up_records import made_up


def an_article(title: str, page: str = "100-109", year: int = 2010) -> CslItem:
    return {
        "type": "article-journal", "title": title, "author": [{"family": "Berg", "given": "Anna"}],
        "container-title": "Gait and Balance", "issued": {"date-parts": [[year]]}, "volume": "9",
        "page": page,
    }  # fmt: skip


WORDS = st.text(alphabet="abz 12.-:[]()éß委", max_size=12)
NAMES = st.fixed_dictionaries({}, optional={"family": WORDS, "given": WORDS, "literal": WORDS})
ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS, "volume": WORDS, "issue": WORDS, "page": WORDS, "DOI": WORDS, "PMID": WORDS,
        "container-title": WORDS, "abstract": WORDS, "note": WORDS,
        "author": st.lists(NAMES),
        "issued": st.just({"date-parts": [[2010]]}) | st.fixed_dictionaries({"literal": WORDS}),
    },
)  # fmt: skip


@given(ITEMS, ITEMS)
def test_any_two_records_compare_the_same_both_ways_in_known_words(one: CslItem, other: CslItem) -> None:
    mine, theirs = record_of(1, one), record_of(2, other)
    found = compare(mine, theirs)
    assert found == compare(theirs, mine)
    assert all(word in AGREEMENTS[name] for name, word in found.items())
    assert set(found) == set(AGREEMENTS)


@settings(max_examples=30)
@given(st.lists(ITEMS, max_size=12))
def test_no_record_is_in_two_groups_and_none_is_left_out_or_added(items: list[CslItem]) -> None:
    found = find_duplicates(dict(enumerate(items)))
    grouped = [at for group in found.automatic for at in group.references]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(range(len(items)))
    assert all(len(group.references) > 1 for group in found.automatic)


def test_the_order_of_the_records_does_not_matter() -> None:
    made = made_up(300)
    found = find_duplicates(dict(enumerate(made.items)))
    turned = find_duplicates(dict(reversed(list(enumerate(made.items)))))
    assert [group.references for group in found.automatic] == [group.references for group in turned.automatic]
    assert {frozenset((match.one, match.other)) for match in found.review} == {
        frozenset((match.one, match.other)) for match in turned.review
    }


def test_made_up_databases_lose_no_work_and_leave_little_to_a_person() -> None:
    made = made_up(1500, seed=7)
    told = score(made.works, ours(made.items))
    assert told.lost == 0
    assert told.recall > 0.95
    assert told.sensitivity > 0.985
    assert told.pairs < 0.1 * told.records


def test_a_key_that_many_share_compares_nothing() -> None:
    items = {
        at: an_article(f"Word{at} other{at} third{at} fourth{at}", page=f"{at * 20 + 1}") for at in range(60)
    }
    assert len(candidates(records_of(items))) == 0
    assert len(items) > LARGEST_BLOCK


def test_a_chain_of_near_matches_does_not_merge_strangers() -> None:
    chain = [
        an_article("Walking home after a long first stroke", page=f"{page}-{page + 9}")
        for page in (100, 108, 116, 124)
    ]
    found = find_duplicates(dict(enumerate(chain)))
    for group in found.automatic:
        pages = [100 + 8 * at for at in group.references]
        assert all(later - earlier <= 10 for earlier, later in pairwise(pages))
        assert pages[-1] - pages[0] <= 10
    assert found.review


def test_pairs_judged_different_are_neither_merged_nor_asked_again() -> None:
    items = {1: an_article("Walking home after a stroke"), 2: an_article("Walking home after a stroke")}
    assert [group.references for group in find_duplicates(items).automatic] == [(1, 2)]
    found = find_duplicates(items, different=[(2, 1)])
    assert (found.automatic, found.review) == ((), ())


def test_a_rule_switched_off_fires_no_more() -> None:
    items = {1: an_article("Walking home after a stroke"), 2: an_article("Walking home after a stroke")}
    (rule,) = {match.rule.name for group in find_duplicates(items).automatic for match in group.matches}
    found = find_duplicates(items, STANDARD.without([rule]))
    assert rule not in counted_by_rule(found)
    assert rule not in {each["name"] for each in found.rules.printed()["rules"]}


def test_a_match_tells_its_rule_and_what_it_saw() -> None:
    items = {
        1: an_article("Walking home after a stroke"),
        2: an_article("WALKING home after a stroke", page="100-9"),
    }
    (group,) = find_duplicates(items).automatic
    (match,) = group.matches
    assert match.rule.name == "place"
    assert match.seen["title"] == "same"
    assert match.seen["pages"] == "whole"
    assert set(match.seen) == set(match.rule.needs)


def test_rules_have_names_of_their_own_and_say_why_they_hold() -> None:
    rules = [rule for several in STANDARD.by_kind.values() for rule in several]
    assert len({rule.name for rule in rules}) == len(rules)
    assert len({rule.label for rule in rules}) == len(rules)
    assert all(rule.label and rule.explanation.endswith(".") for rule in rules)


@pytest.mark.parametrize("condition", ["title sam", "titel same", "title", ""])
def test_a_rule_that_cannot_be_read_is_refused_by_name(condition: str) -> None:
    with pytest.raises(ValueError, match="mine"):
        Rule("mine", "My rule", "It holds.", condition)


def test_finding_can_be_cancelled_and_reports_how_far_it_is() -> None:
    items = dict(enumerate(made_up(200).items))
    told: list[tuple[int, int]] = []
    find_duplicates(items, report=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        find_duplicates(items, report=stop)


def test_work_and_result_can_travel_to_another_process() -> None:
    items = {1: an_article("Walking home after a stroke"), 2: an_article("Walking home after a stroke")}
    work = pickle.loads(pickle.dumps(partial(find_duplicates, items, STANDARD, ())))
    found = work(lambda _done, _total: None)
    assert pickle.loads(pickle.dumps(found)) == found


def test_two_records_are_shown_by_the_fields_that_differ() -> None:
    one = an_article("Walking home", page="100-109")
    other = {**an_article("WALKING HOME.", page="100-9"), "DOI": "10.1234/a"}
    assert differing(one, other) == {"page": ["100-109", "100-9"], "DOI": ["", "10.1234/a"]}
