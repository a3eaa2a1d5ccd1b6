"""The JSON other programs rely on (design, section 6), on the sample review."""

from collections import Counter
from functools import cache
from typing import Any

from evidence_app.domain.csl import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES, TEXT_VARIABLES, TYPES
from tests.cli.running import run


@cache
def printed(*arguments: str) -> Any:
    ended = run(*arguments, "--json")
    assert (ended.code, ended.err) == (0, "")
    return ended.json


def test_list_prints_csl_json_in_number_order() -> None:
    items = printed("list", "sample")
    assert [item["citation-number"] for item in items] == list(range(1, 111))
    known = {*TEXT_VARIABLES, *NUMBER_VARIABLES, *DATE_VARIABLES, *NAME_VARIABLES, "id", "type", "custom"}
    assert {key for item in items for key in item} <= known
    assert {item["type"] for item in items} <= set(TYPES)
    assert all(isinstance(item["id"], str) for item in items)


def test_sets_and_queries_narrow_the_list() -> None:
    assert len(printed("list", "sample", "--set", "included")) == 47
    assert len(printed("list", "sample", "--set", "background")) == 63
    numbers = [item["citation-number"] for item in printed("list", "sample", "--query", "author:loeffler")]
    assert numbers == [42, 95]


def test_every_anchor_of_the_results_occurs_once_in_the_findings() -> None:
    findings = printed("findings", "sample")
    counts = Counter(finding["theme"][0] for finding in findings for _ in finding["citations"])
    assert list(counts.values()) == [40, 11, 33, 25]
    assert all(len(finding["citations"]) == len(finding["roles"]) for finding in findings)
    directions = {"barrier", "enabler", "both", "proposed solution", "gap", "neither"}
    assert {finding["direction"] for finding in findings} <= directions


def test_the_manuscript_cites_all_references_in_187_groups() -> None:
    blocks = printed("manuscript", "sample")
    groups = [group for block in blocks for group in block["citations"]]
    assert len(groups) == 187
    assert {number for group in groups for number in group} == set(range(1, 111))


def test_themes_tell_their_parents_and_support() -> None:
    themes = printed("themes", "sample")
    assert Counter(theme["kind"] for theme in themes) == {"topic": 18, "analytic": 3, "overarching": 1}
    ids = {theme["id"] for theme in themes}
    assert all(set(theme["parents"]) <= ids for theme in themes)
    (overarching,) = [theme for theme in themes if theme["kind"] == "overarching"]
    assert overarching["reports"] == 41


def test_checks_name_what_they_are_about() -> None:
    results = printed("check", "sample")
    by_rule: dict[str, set[int]] = {}
    for result in results:
        assert result["level"] in ("error", "doubt", "style", "information")
        by_rule.setdefault(result["rule"], set()).update(result.get("numbers", ()))
    assert {55, 92} in by_rule.values()
    assert {42, 102} in by_rule.values()


def test_formats_say_what_is_written() -> None:
    writing = {suffix for each in printed("formats") if each["writes"] for suffix in each["suffixes"]}
    assert writing >= {".ris", ".bib", ".json", ".xml", ".csv", ".xlsx", ".nbib", ".enw"}
