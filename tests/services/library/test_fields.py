"""The fields of a reference: which come first, how they are typed, and that typing loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.csl import ALL_DATES, NAME_VARIABLES, TYPES, VARIABLES, CslItem
from evidence_app.services.library.fields import (
    FORMS,
    NOT_OFFERED,
    FieldKind,
    form_of,
    in_sentence,
    kind_of,
    label_of,
    other_fields,
    read_value,
    shown_value,
    type_label,
    types_by_label,
    unwrapped,
    wrapped_like,
)


def variables_of(item: CslItem) -> list[str]:
    return [field.variable for row in form_of(item) for field in row]


@pytest.mark.parametrize("csl_type", TYPES)
def test_every_type_has_a_form_that_begins_with_its_title(csl_type: str) -> None:
    variables = variables_of({"type": csl_type})
    assert variables[0] == "title"
    assert len(variables) == len(set(variables))
    assert type_label(csl_type)[0].isupper()


def test_forms_name_only_variables_of_csl() -> None:
    assert {name for form in FORMS.values() for row in form for name in row} <= set(VARIABLES)
    assert set(FORMS) <= set(TYPES)


def test_what_a_work_holds_beyond_its_type_is_shown_too() -> None:
    assert "PMID" in variables_of({"type": "article-journal", "PMID": "123"})
    assert "PMID" not in variables_of({"type": "article-journal"})


def test_every_other_variable_can_be_added() -> None:
    item = {"type": "article-journal"}
    offered = {field.variable for field in other_fields(item)} | set(variables_of(item))
    assert offered == set(VARIABLES) - NOT_OFFERED


def test_a_journal_is_called_a_journal_and_a_university_a_university() -> None:
    assert label_of("container-title", "article-journal") == "Journal"
    assert label_of("publisher", "thesis") == "University"
    assert in_sentence(label_of("DOI")) == "DOI"
    assert in_sentence(label_of("publisher-place")) == "place of publication"


def test_types_are_listed_from_a_to_z() -> None:
    labels = [label for _, label in types_by_label()]
    assert labels == sorted(labels, key=str.casefold)


@pytest.mark.parametrize(
    ("variable", "typed", "value"),
    [
        ("issued", "2019-04", {"date-parts": [[2019, 4]]}),
        ("issued", "c. 2019", {"date-parts": [[2019]], "circa": True}),
        ("issued", "2013/2015", {"date-parts": [[2013], [2015]]}),
        ("author", "van der Berg, Jan; NHS England",
         [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
          {"literal": "NHS England"}]),
        ("DOI", "https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("title", "  Care at home ", "Care at home"),
        ("volume", "", None),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_as_the_field_needs_it(variable: str, typed: str, value: object) -> None:
    assert read_value(variable, typed) == value
    if value is not None:
        assert read_value(variable, shown_value(variable, value)) == value


NAMES = st.lists(
    st.one_of(
        st.builds(
            lambda family, given: {"family": family, "given": given},
            st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True),
            st.from_regex(r"[A-Z]{1,2}", fullmatch=True),
        ),
        st.builds(
            lambda body: {"literal": body},
            st.from_regex(r"[A-Z][a-z]+ (Council|Trust)", fullmatch=True),
        ),
    ),
    min_size=1,
    max_size=6,
)


@given(NAMES)
def test_names_survive_being_shown_and_read(names: list[dict[str, str]]) -> None:
    assert read_value("author", shown_value("author", names)) == names


def test_kinds_follow_the_variables() -> None:
    assert all(kind_of(name) is FieldKind.NAMES for name in NAME_VARIABLES)
    assert all(kind_of(name) is FieldKind.DATE for name in ALL_DATES)


def test_a_guarded_title_is_edited_without_its_guard_and_keeps_it() -> None:
    guarded = '<span class="nocase">Co-production in NHS trusts</span>'
    assert unwrapped(guarded) == "Co-production in NHS trusts"
    assert (
        wrapped_like(guarded, "Co-production in trusts")
        == '<span class="nocase">Co-production in trusts</span>'
    )
    assert wrapped_like("Plain", "Other") == "Other"
    partly = 'A <span class="nocase">NHS</span> study'
    assert unwrapped(partly) == partly
