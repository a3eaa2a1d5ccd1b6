"""The sample's files as plain values, and the questions several tests ask of them."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from evidence_app.services.resources import resource_path

MAIN_THEMES = ("complexity", "leaders", "relationships", "voice")


@cache
def sample(name: str) -> Any:
    """Return one of the sample's files."""
    return json.loads(resource_path(f"sample_review/{name}.json").read_text(encoding="utf-8"))


def items() -> dict[int, dict[str, Any]]:
    """Return the CSL items by number."""
    return {each["number"]: each["item"] for each in sample("references")}


def blocks() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each block of the manuscript with its section, in order."""
    for section in sample("manuscript"):
        for block in section["blocks"]:
            yield section, block


def findings() -> list[dict[str, Any]]:
    """Return the blocks that stand under a theme."""
    return [block for _, block in blocks() if block["theme"]]


def anchors(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the citation anchors of a block as they stand in its sentences."""
    return [run for run in block["runs"] if isinstance(run, dict)]


def cited(runs: list[Any]) -> set[int]:
    """Return the numbers that runs cite."""
    return {number for run in runs if isinstance(run, dict) for number in run["cite"]}


def words_of(runs: list[Any]) -> str:
    """Return the words of runs, citations left out."""
    return "".join(run if isinstance(run, str) else run[0] for run in runs if not isinstance(run, dict))


def main_theme(key: str) -> str:
    """Return the theme a topic belongs to: the nearest that is not a topic."""
    themes = {theme["key"]: theme for theme in sample("themes")}
    while themes[key]["kind"] == "topic":
        key = themes[key]["parents"][0]
    return key


def reports_under(*keys: str) -> set[int]:
    """Return the included reports cited as evidence under these topics, or under topics of these themes."""
    return {
        number
        for block in findings()
        if block["theme"] in keys or main_theme(block["theme"]) in keys
        for anchor in anchors(block)
        if anchor["role"] == "evidence"
        for number in anchor["cite"]
        if 55 <= number <= 101
    }


def country_of() -> dict[int, str]:
    """Return the country of each included report."""
    return {report["number"]: report["country"] for report in sample("characteristics")["reports"]}
