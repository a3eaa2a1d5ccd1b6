"""What the sample review states about itself: searches, numbers, characteristics, summary."""

from collections import Counter
from typing import Any

import pytest

from evidence_app.domain.passages import PASSAGE_KINDS
from evidence_app.domain.review import NumberState
from tests.sample.files import MAIN_THEMES, cited, country_of, main_theme, reports_under, sample, words_of

PUBLISHED_SERVICES = {
    "Mental health": 11, "Commissioning": 9, "Older adults": 6, "Disabilities": 3, "Public services": 3,
    "Addiction services": 2, "Primary care": 2, "Social care": 2, "Arts for health": 1, "Cancer care": 1,
    "Healthcare systems": 1, "Public health": 1, "Long-term conditions": 1, "Respiratory": 1,
    "Rural health": 1, "Transplant": 1, "Veteran services": 1,
}  # fmt: skip


def numbers() -> dict[str, Any]:
    return {number["key"]: number for number in sample("review")["numbers"]}


def passages(*kinds: str) -> list[dict[str, Any]]:
    return [passage for passage in sample("summary") if passage["kind"] in kinds]


def test_four_searches_of_march_2023_add_up() -> None:
    searches = sample("review")["searches"]
    assert [search["claimed"] for search in searches] == [834, 676, 245, 920]
    assert sum(search["claimed"] for search in searches) == numbers()["records_identified"]["value"] == 2675
    for search in searches:
        assert (search["searched_from"], search["searched_to"]) == ("2023-03-16", "2023-03-17")
        assert search["covers"] == "2008–2023"


def test_every_search_has_its_source_and_the_other_methods_claim_nothing() -> None:
    sources = [source["key"] for source in sample("review")["sources"]]
    searched = [search["source"] for search in sample("review")["searches"]]
    assert sources[:4] == searched
    assert len(sources) == len(set(sources)) == 12


def test_numbers_say_where_they_come_from() -> None:
    assert len(numbers()) == len(sample("review")["numbers"])
    for number in numbers().values():
        assert (number["value"] is None) == (NumberState(number["state"]) is NumberState.NOT_REPORTED)
        assert number["basis"].endswith(".")
        assert number["unit"] in ("records", "reports", "studies", "%")


def test_derived_and_inferred_numbers_follow_from_the_others() -> None:
    value = {key: number["value"] for key, number in numbers().items()}
    assert value["duplicates_removed"] == value["records_identified"] - value["records_screened"] == 750
    share = value["records_screened"] * value["second_reviewer_share"] / 100
    assert value["second_reviewer_records"] == 193 == int(share + 0.5)
    for kind in ("kind", "country", "design", "approach", "service"):
        assert sum(v for key, v in value.items() if key.startswith(f"{kind}:")) == value["included_reports"]
    assert value["included_studies"] == 42


@pytest.mark.parametrize("name", ["kind", "country", "service"])
def test_characteristics_count_to_what_the_review_states(name: str) -> None:
    counted = Counter(report[name] for report in sample("characteristics")["reports"])
    stated = {k.partition(":")[2]: n["value"] for k, n in numbers().items() if k.startswith(f"{name}:")}
    assert counted == stated


def test_the_service_types_are_those_of_table_1() -> None:
    stated = {k.partition(":")[2]: n["value"] for k, n in numbers().items() if k.startswith("service:")}
    assert stated == PUBLISHED_SERVICES
    assert list(stated) == list(PUBLISHED_SERVICES)


def test_characteristics_say_how_they_are_known() -> None:
    names = sample("characteristics")["names"]
    assert {name: origin["state"] for name, origin in names.items()} == {
        "country": "typed", "kind": "inferred", "service": "inferred", "design": "not reported",
        "approach": "not reported",
    }  # fmt: skip
    assert [report["number"] for report in sample("characteristics")["reports"]] == list(range(55, 102))


def test_no_study_is_invented_and_99_and_100_are_suggested_only() -> None:
    (link,) = sample("review")["links"]
    assert link["reports"] == [99, 100]
    assert link["state"] == "suggested"
    assert link["reason"]


def test_the_title_page_is_whole() -> None:
    review = sample("review")
    assert len(review["authors"]) == 5
    assert [author["name"] for author in review["authors"] if "corresponding" in author] == [
        "Rebecca J. Scott"
    ]
    assert all(isinstance(value, str) and value for value in review["facts"].values())
    assert len(review["questions"]) == 2
    assert Counter(criterion["includes"] for criterion in review["criteria"]) == {True: 4, False: 5}


def test_the_summary_has_its_parts() -> None:
    kinds = Counter(passage["kind"] for passage in sample("summary"))
    assert set(kinds) == set(PASSAGE_KINDS)
    assert (kinds["question"], kinds["answer"], kinds["message"], kinds["definition"]) == (1, 2, 5, 4)
    for kind in ("definition", "disagreement", "unknown"):
        assert {passage["theme"] for passage in passages(kind)} == set(MAIN_THEMES)


def test_messages_rest_on_the_topics_they_name() -> None:
    for message in passages("message"):
        assert message["title"]
        assert cited(message["runs"])
        assert cited(message["runs"]) <= reports_under(*message["details"]["topics"])


def test_every_cell_of_the_table_is_cited_and_stays_within_its_theme() -> None:
    for row in passages("row"):
        cells = [row["details"]["blocks"], row["details"]["helps"]]
        cells += [actor["runs"] for actor in row["details"]["who"]]
        for cell in cells:
            assert cited(cell)
            assert cited(cell) <= set(range(55, 102))
        assert cited(row["details"]["blocks"] + row["details"]["helps"]) <= reports_under(
            main_theme(row["theme"])
        )


def test_disagreements_cite_both_sides_within_their_theme() -> None:
    for passage in passages("disagreement"):
        groups = [run for run in passage["runs"] if isinstance(run, dict)]
        assert len(groups) >= 2
        assert cited(passage["runs"]) <= reports_under(passage["theme"])


def test_a_country_said_to_be_absent_from_a_theme_is_absent() -> None:
    checked = 0
    for passage in passages("unknown"):
        countries = {country_of()[number] for number in reports_under(passage["theme"])}
        for country in passage["details"].get("absent", []):
            assert country not in countries
            assert country in words_of(passage["runs"])
            checked += 1
    assert checked == 4
