"""A query finds through the index what a plain reading of every reference finds."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.csl import CslItem
from evidence_app.domain.edit import Edit, Insert, insert
from evidence_app.domain.query import parse_query
from evidence_app.domain.query_parts import UPDATES
from evidence_app.services import projects
from evidence_app.storage import crossref_answers, references, searching
from evidence_app.storage.connections import Reader
from evidence_app.storage.contents import review_contents
from evidence_app.storage.project import Project
from tests.query_oracle import ReferenceView, matches, reference_view

ODD: list[CslItem] = [
    {"type": "article-journal", "title": "Øvretveit's cycle of commissioning", "abstract": "Straße und Łódź"},
    {"type": "article-journal", "title": "Care", "original-abstract": "“委托”是一个术语", "DOI": "10.1/Z"},
    {"type": "report", "title": "covid-19 “and” OR", "author": [{"family": "Müller", "given": "Ä"}]},
]  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    made = projects.new_sample(tmp_path_factory.mktemp("search") / "sample.evidence")
    made.apply(Edit("Add", tuple(Insert("reference", f"odd{at}", references.columns_of(item))
                                 for at, item in enumerate(ODD))))  # fmt: skip
    made.apply(
        Edit(
            "Note and tag",
            (
                insert("note", reference=3, text="Ask the librarian"),
                insert("note", reference=5, text="Unsure whether this belongs", kind="screening"),
                Insert("tag", "t", {"name": "to read"}),
                insert("reference_tag", reference=4, tag=1),
            ),
        )
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def reader(project: Project) -> Iterator[Reader]:
    with project.reader() as found:
        yield found


@pytest.fixture(scope="module")
def views(reader: Reader) -> dict[int, ReferenceView]:
    contents: ReviewContents = review_contents(reader)
    return {
        reference.id: reference_view(
            contents, reference, tags=["to read"] if reference.id == 4 else [],
            notes=["Ask the librarian"] if reference.id == 3 else [],
        )
        for reference in contents.references
    }  # fmt: skip


def found(reader: Reader, text: str) -> set[int]:
    return set(searching.search(reader, parse_query(text)))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ovretveit", {111}), ("Øvretveit", {111}), ("strasse", {111}), ("lodz", {111}), ("委托", {112}),
        ("术语 委托", {112}), ("muller", {113}), ("covid-19", {108, 113}),
        ('"covid 19"', {108, 113}),
        ("note:librarian", {3}), ("librarian", {3}), ("note:unsure", set()), ('tag:"to read"', {4}),
        ("number:55..57", {55, 56, 57}),
        ("author:loeffler year:2010..2019", {42, 95}), ("doi:10.1/z", {112}),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_written(reader: Reader, text: str, ids: set[int]) -> None:
    assert found(reader, text) == ids


WORDS = st.sampled_from(
    [
        "commission",
        "co-production",
        "health",
        "nhs",
        "boyle",
        "委",
        "委托",
        "ovret",
        "strasse",
        "the",
        "of care",
    ]
)
ATOMS = st.one_of(
    WORDS,
    st.builds("{}:{}".format, st.sampled_from(["title", "author", "journal", "manuscript"]), WORDS),
    st.builds('"{} {}"'.format, WORDS, WORDS),
    st.sampled_from(
        ["set:included", "set:background", "set:undecided", "type:report", "year:2010..2019", "year:>2020",
         "number:50..60", "doi:missing", "doi:any", "abstract:missing", "year:missing", "number:missing",
         'theme:"collective voice"', "theme:trust", "theme:missing", "role:evidence", "role:definition",
         "cited:no", "cited:yes", "checked:no", "note:any", "tag:any", "url:any", "updates:any"]
    ),
)  # fmt: skip
QUERIES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} OR {})".format, inner, inner), st.builds("({} {})".format, inner, inner),
        st.builds("NOT ({})".format, inner),
    ),
    max_leaves=5,
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=QUERIES)
def test_the_index_agrees_with_reading_everything(
    reader: Reader, views: dict[int, ReferenceView], text: str
) -> None:
    query = parse_query(text)
    assert set(searching.search(reader, query)) == {at for at, view in views.items() if matches(query, view)}


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=40))
def test_no_text_breaks_the_search(reader: Reader, text: str) -> None:
    searching.search(reader, parse_query(text))
    searching.search_blocks(reader, text)


def test_blocks_of_the_manuscript_are_found_by_their_words(reader: Reader) -> None:
    assert searching.search_blocks(reader, "tenders deadl")
    assert searching.search_blocks(reader, "") == []


NOTICES = ("retraction", "Partial-Retraction", "expression of concern", "erratum", "new_edition", "reply", "")


@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_is_found_under_the_group_the_checks_put_it_in(sample_project: Project, kind: str) -> None:
    with sample_project.reader() as reader:
        (row, doi), *_ = reader.rows("SELECT id, lower(doi) FROM live_reference WHERE doi <> '' ORDER BY id")
        work = json.dumps({"updated-by": [{"type": kind, "DOI": "10.1000/notice"}]})
        answer = {"asked": doi, "doi": doi, "state": "found", "reason": "", "fetched_at": "2024-01-01"}
        sample_project.keep("cache_crossref", [{**answer, "work": work}])
        (update,) = crossref_answers.updates(reader)
        assert {group for group in UPDATES if row in found(reader, f"updates:{group}")} == {update.group}


def test_an_answer_nobody_can_read_stops_no_search(sample_project: Project) -> None:
    answer = {"asked": "10.1/x", "doi": "10.1/x", "state": "found", "reason": "", "fetched_at": "2024-01-01"}
    sample_project.keep("cache_crossref", [{**answer, "work": "not JSON"}])
    with sample_project.reader() as reader:
        assert found(reader, "updates:any") == set()
