"""The JSON other programs rely on (design, section 6), on the sample review."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from evidence_app.domain.csl import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES, TEXT_VARIABLES, TYPES
from evidence_app.domain.edit import Edit, insert
from evidence_app.services.synthesis import support
from evidence_app.storage import contents
from tests.cli.running import run
from tests.services.coding.desk import opened_desk


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
    assert all(finding["rests_on"] == [] for finding in findings)
    for finding in findings:
        evidence = {number for numbers, role in zip(finding["citations"], finding["roles"], strict=True)
                    if role == "evidence" for number in numbers}  # fmt: skip
        counted = {each["number"] for each in finding["counts"] if each["counts"]}
        assert counted == evidence
        assert {each["level"] for each in finding["counts"]} <= {"report as a whole"}
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


def test_a_finding_tells_what_it_rests_on_and_who_was_left_out(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as desk:
        desk.coded("money arrived late", "Money")
        desk.coded("Money was short", "Money", row=2)
        desk.do(Edit("Theme", (insert("theme", name="Money", kind="analytic"),)))
        review = contents.review_contents(desk.reader)
        first, second = desk.quotations(1)[0], desk.quotations(2)[0]
        reports = {first.document: 1, second.document: 2}
        desk.do(support.finding_from(review, review.themes[0].id, "Money is late.", [first, second], reports))
        block = contents.review_contents(desk.reader).findings[0].id or 0
        left_out = support.overrule(block, 2, counts=False, reason="A copy", held=(), person=None)
        desk.do(left_out)
        path = desk.project.path
    (finding,) = printed("findings", str(path))
    assert [(each["reference"], each["level"], each["words"]) for each in finding["rests_on"]] == [
        ("1", "quotation", "money arrived late"), ("2", "quotation", "Money was short"),
    ]  # fmt: skip
    assert [(each["reference"], each["counts"], each["why"]) for each in finding["counts"]] == [
        ("1", True, "quoted"), ("2", False, "A copy"),
    ]  # fmt: skip
