"""The sample compared with the published review, where its text lies beside the checkout."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sample import seed
from tests.sample.files import anchors, blocks, items, sample, words_of
from tests.sample.printing import printed

published = pytest.mark.skipif(
    seed.seed_path() is None, reason="the published text is not beside the checkout"
)

LONGEST_SHARED_RUN = 7
FACTS = ("source", "funding", "correspondence")
"""Statements of fact that can hardly be worded otherwise: a citation, names of funders, an address."""


@given(st.sets(st.integers(1, 110), min_size=1).map(sorted))
def test_a_printed_group_is_read_back_number_by_number(numbers: list[int]) -> None:
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    text = ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in ranges)
    assert seed.expanded(text) == tuple(numbers)


@published
def test_the_sequence_of_citation_groups_is_the_reviews() -> None:
    ours = [tuple(anchor["cite"]) for _, block in blocks() for anchor in anchors(block)]
    assert ours == [group.numbers for group in seed.citation_groups()]


@published
def test_anchors_stand_in_the_sections_they_have_in_the_review() -> None:
    names = {
        "intro": "INTRODUCTION", "commissioning": "Commissioning", "background": "Background",
        "search": "Search strategy", "eligibility": "Inclusion criteria", "screening": "Screening",
        "synthesis": "Thematic synthesis", "found": "RESULTS",
        "complexity": "Complexity of the commissioning landscape",
        "leaders": "Commissioners as leaders of co-production", "relationships": "Navigating relationships",
        "voice": "The collective voice", "discussion": "DISCUSSION",
    }  # fmt: skip
    parents = {section["key"]: section["parent"] for section in sample("manuscript")}
    ours = []
    for section, block in blocks():
        key = section["key"] if section["key"] in names else parents[section["key"]]
        ours += [names[key] for _ in anchors(block)]
    assert ours == [group.section for group in seed.citation_groups()]


@published
@pytest.mark.parametrize("number", range(1, 111))
def test_every_reference_is_as_printed(number: int) -> None:
    entry = re.sub(r"[*<>]", "", seed.entries()[number])
    assert printed(items()[number]) == entry


@published
def test_every_doi_and_url_of_the_text_is_there() -> None:
    text = "\n".join(seed.entries().values())
    assert re.findall(r"doi:(\S+)", text) == [item["DOI"] for item in items().values() if "DOI" in item]
    urls = re.findall(r"https?://[^\s>]+", text)
    assert urls == [item["URL"] for item in items().values() if "URL" in item]


@published
def test_title_keywords_and_counts_are_those_of_the_text() -> None:
    text = seed.seed_text()
    review = sample("review")
    assert f"{review['title']}: {review['subtitle']}" in text
    assert ", ".join(review["keywords"]) in text
    for author in review["authors"]:
        assert f"{author['name']} {author['degrees']}, {author['role']}" in text
        assert author["orcid"] in text
        assert author["affiliations"] in text
    for number in review["numbers"]:
        if number["key"].startswith("service:"):
            assert f"{number['label']}\t{number['value']}\n" in text


@published
def test_no_sentence_of_ours_is_taken_from_the_text() -> None:
    theirs = _runs_of_words(re.sub(r"\^\{[^}]*\}|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", "", seed.seed_text()))
    shared = {run for text in _prose() for run in _runs_of_words(text) & theirs}
    assert not shared


def _runs_of_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text.lower()))
    size = LONGEST_SHARED_RUN + 1
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def _prose() -> Iterator[str]:
    yield from (words_of(block["runs"]) for _, block in blocks())
    yield from _texts([section["title"] for section in sample("manuscript")])
    yield from _texts(sample("themes"))
    yield from _texts(sample("summary"))
    yield from _texts(sample("characteristics")["names"])
    review = sample("review")
    yield from _texts(
        [review[name] for name in ("questions", "criteria", "sources", "searches", "numbers", "links")]
    )
    yield from (text for name, text in review["facts"].items() if name not in FACTS)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if any(isinstance(run, dict) and "cite" in run for run in value):
            yield words_of(value)
        else:
            for each in value:
                yield from _texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
