"""Adding by pasting: identifiers looked up, the rest kept, duplicates pointed out, one undo."""

from collections.abc import Iterator

import pytest

from evidence_app.services.library import adding
from evidence_app.services.library.adding import Candidate
from evidence_app.services.lookup.crossref import Crossref
from evidence_app.services.lookup.pasting import read_pasted
from evidence_app.storage import references
from evidence_app.storage.project import Project
from tests.crossref_server import CrossrefServer

WORK = {
    "DOI": "10.5555/ward", "type": "journal-article", "title": ["Sleep on the ward"], "volume": "3",
    "container-title": ["Journal of Night Care"], "issued": {"date-parts": [[2021]]},
    "author": [{"family": "Dormer", "given": "Nia"}],
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[CrossrefServer]:
    with CrossrefServer([WORK]) as running:
        yield running


@pytest.fixture
def client(server: CrossrefServer) -> Iterator[Crossref]:
    made = Crossref(server.url, wait=lambda _: None)
    yield made
    made.close()


def test_a_doi_becomes_what_crossref_says(client: Crossref) -> None:
    (candidate,) = adding.look_up(read_pasted("https://doi.org/10.5555/WARD"), client)
    assert candidate.item["title"] == "Sleep on the ward"
    assert candidate.origins["title"] == "crossref"
    assert candidate.looked_up
    assert adding.in_one_line(candidate.item) == "Dormer. 2021. Journal of Night Care"


def test_one_unknown_doi_does_not_stop_the_rest(client: Crossref) -> None:
    found = adding.look_up(read_pasted("10.5555/nothing\n10.5555/ward"), client)
    assert [bool(each.problem) for each in found] == [True, False]
    assert found[0].item["DOI"] == "10.5555/nothing"


def test_offline_keeps_what_the_text_says() -> None:
    text = "Care at night\nJournal of Night Care, v3(1), pp.1-9, January 2021, https://doi.org/10.5555/ward"
    (candidate,) = adding.look_up(read_pasted(text), None)
    assert "offline" in candidate.problem
    assert candidate.item["container-title"] == "Journal of Night Care"
    assert not candidate.looked_up


def test_what_crossref_cannot_look_up_is_kept_and_said(client: Crossref) -> None:
    (candidate,) = adding.look_up(read_pasted("PMID: 12345678"), client)
    assert candidate.item["PMID"] == "12345678"
    assert candidate.problem.startswith("PMIDs are kept")


def test_no_network_is_asked_once_and_told_of_all(server: CrossrefServer) -> None:
    address = server.url
    server.close()
    client = Crossref(address, wait=lambda _: None)
    found = adding.look_up(read_pasted("10.5555/a\n10.5555/b\n10.5555/c"), client)
    client.close()
    assert len({each.problem for each in found}) == 1
    assert all(each.problem for each in found)


def test_what_only_the_text_says_stays_beside_crossref(client: Crossref) -> None:
    candidate = Candidate(
        item={"type": "document", "DOI": "10.5555/ward", "note": "read soon"}, origins={"note": "typed"}
    )
    completed = adding.completed(candidate, {"type": "article-journal", "title": "T"}, "10.5555/ward")
    assert completed.item == {
        "type": "article-journal",
        "DOI": "10.5555/ward",
        "note": "read soon",
        "title": "T",
    }
    assert completed.origins["note"] == "typed"
    assert completed.origins["title"] == "crossref"


def test_works_that_are_held_already_are_pointed_out(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        first = next(each for each in references.all_references(reader) if each.doi)
        same_doi = Candidate(item={"DOI": str(first.doi).upper(), "title": "Another"})
        same_title = Candidate(item={"title": first.title.upper()})
        other = Candidate(item={"title": "Nothing like it"})
        judged = adding.with_duplicates(reader, [same_doi, same_title, other])
    assert [each.held_as for each in judged[:2]] == [first.id, first.id]
    assert judged[0].held_because == "the same DOI"
    assert judged[1].held_because == "the same title"
    assert judged[2].held_as is None


def test_adding_is_one_undo_and_notes_where_each_field_came_from(sample_project: Project) -> None:
    candidates = [
        Candidate(item={"type": "article-journal", "title": "One", "volume": "2"},
                  origins={"title": "crossref", "volume": "typed"}, asked="10.5555/one"),
        Candidate(item={"type": "report", "title": "Two"}),
    ]  # fmt: skip
    applied = sample_project.apply(adding.add(candidates, "background"))
    with sample_project.reader() as reader:
        row = references.first_made_by(reader, applied.number)
        assert row is not None
        made = references.reference(reader, row)
        known = references.provenance(reader, row)
    assert made is not None
    assert made.included is False
    assert (known["title"].origin, known["title"].source) == ("crossref", "10.5555/one")
    assert known["volume"].origin == "typed"
    sample_project.undo()
    with sample_project.reader() as reader:
        assert references.reference(reader, row) is None
