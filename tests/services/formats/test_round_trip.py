"""What is written comes back through our own readers."""

import csv
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_app.domain.csl import (
    ALL_DATES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
    CslItem,
)
from evidence_app.services.formats import registry
from evidence_app.services.formats.leftovers import written
from tests.sample_items import ARTICLE, RECORD_FORMATS, one_of_every_variable, reference

LETTERS = string.ascii_letters + string.digits + " .,;:-–'\"()[]{}&%$#_~^\\<>=+@/|*éøßŁ委托αΩ\u00a0\n"
TEXT = st.text(LETTERS, min_size=1, max_size=40).filter(lambda text: text.strip() != "")
WORD = st.text(string.ascii_letters + "éøß-' ", min_size=1, max_size=12).filter(
    lambda text: text.strip() != ""
)
NAMES = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {"family": WORD},
            optional={
                "given": WORD,
                "suffix": st.sampled_from(["Jr", "III"]),
                "non-dropping-particle": st.sampled_from(["van der", "de"]),
                "dropping-particle": st.just("von"),
            },
        ),
        st.fixed_dictionaries({"literal": TEXT}),
    ),
    min_size=1,
    max_size=3,
)
PARTS = st.one_of(
    st.tuples(st.integers(1000, 2100)),
    st.tuples(st.integers(1000, 2100), st.integers(1, 12)),
    st.tuples(st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 28)),
).map(list)
DATES = st.one_of(
    st.builds(lambda parts: {"date-parts": parts}, st.lists(PARTS, min_size=1, max_size=2)),
    st.builds(lambda parts: {"date-parts": [parts], "circa": True}, PARTS),
    st.builds(
        lambda year, season: {"date-parts": [[year]], "season": season},
        st.integers(1500, 2100),
        st.integers(1, 4),
    ),
    st.builds(lambda text: {"literal": text}, TEXT),
)
ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES)},
    optional={
        **{
            name: TEXT
            for name in (*TEXT_VARIABLES, "original-abstract", "article-number")
            if name != "citation-key"
        },
        **{name: TEXT for name in NUMBER_VARIABLES if name != "citation-number"},
        **dict.fromkeys(NAME_VARIABLES, NAMES),
        **dict.fromkeys(ALL_DATES, DATES),
        "custom": st.dictionaries(WORD, TEXT, min_size=1, max_size=2),
    },
)


@pytest.mark.parametrize("name", [*RECORD_FORMATS, "csv", "xlsx"])
def test_every_variable_survives_the_round_trip(name: str, tmp_path: Path) -> None:
    items = [one_of_every_variable(), ARTICLE, {"type": "webpage", "title": "No date"}]
    path = tmp_path / "out.any"
    registry.write_references([reference(item, at) for at, item in enumerate(items, 1)], path, name)
    read = registry.read_file(path)
    assert [record.item for record in read.records] == [written(item) for item in items]
    assert (read.expected, read.unplaced) == (3, [])


@pytest.mark.parametrize("name", [*RECORD_FORMATS, "csv", "xlsx"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(ITEMS, min_size=1, max_size=3))
def test_any_item_survives_the_round_trip(name: str, items: list[CslItem], tmp_path: Path) -> None:
    path = tmp_path / "out.any"
    registry.write_references([reference(item, at) for at, item in enumerate(items, 1)], path, name)
    read = registry.read_file(path)
    assert [record.item for record in read.records] == [written(item) for item in items]
    assert read.unplaced == []


def test_formula_cells_are_neutralised(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    item = {
        "type": "book",
        "title": '=HYPERLINK("http://x")',
        "publisher": "+1",
        "note": "-2",
        "language": "@me",
    }
    registry.write_references([reference(item)], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]
    assert [record.item for record in registry.read_file(path).records] == [item]
