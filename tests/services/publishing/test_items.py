"""What of a stored item pandoc gets."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.csl import VARIABLES
from evidence_app.services.publishing.items import balanced, publishable


def test_own_variables_stay_inside() -> None:
    item = {
        "type": "report", "title": "T", "original-abstract": "x", "published-online": {},
        "custom": {"a": "b"}, "abstract": "long",
    }  # fmt: skip
    assert publishable(item, "1") == {"id": "1", "type": "report", "title": "T"}


def test_et_al_becomes_the_engine_s_others() -> None:
    item = {"type": "report", "author": [{"family": "Berg", "given": "JK"}, {"literal": "et al."}]}
    assert publishable(item, "1")["author"] == [{"family": "Berg", "given": "J K"}, {"literal": "others"}]


def test_an_article_number_stands_for_pages_where_there_are_none() -> None:
    assert publishable({"type": "article-journal", "article-number": "e27"}, "1")["page"] == "e27"
    both = {"type": "article-journal", "article-number": "e27", "page": "1-9"}
    assert publishable(both, "1")["page"] == "1-9"


def test_dates_that_say_nothing_are_left_out() -> None:
    empty: list[dict[str, Any]] = [{}, {"date-parts": []}, {"date-parts": [[]]}, {"season": 1}]
    for nothing in empty:
        assert "issued" not in publishable({"type": "book", "issued": nothing}, "1")
    several = {"literal": "2013, 2015, 2022"}
    assert publishable({"type": "book", "issued": several}, "1")["issued"] == several


def test_an_unknown_type_is_a_document() -> None:
    assert publishable({"type": "podcast"}, "1")["type"] == "document"


def test_marks_without_a_partner_are_left_out() -> None:
    assert balanced("<i>E. coli</i> and <b>more") == "<i>E. coli</i> and more"
    assert balanced("p < 0.05 and </sub>x") == "p < 0.05 and x"


_values = st.one_of(st.text(), st.integers(), st.lists(st.dictionaries(st.sampled_from(["family", "literal"]),
                    st.text())), st.dictionaries(st.text(), st.text()), st.none())  # fmt: skip


@given(st.dictionaries(st.sampled_from([*VARIABLES, "odd"]), _values))
def test_whatever_is_stored_can_be_handed_over(item: dict[str, Any]) -> None:
    made = publishable(item, "1")
    assert made["id"] == "1"
    assert "custom" not in made
    json.dumps(made).encode("utf-8")
