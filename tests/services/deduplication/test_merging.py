"""Merging: nothing is dropped, all of it can be taken back at any time, and a judgement is remembered."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.edit import Change, Edit, Insert, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.deduplication.finding import find_duplicates
from evidence_app.services.deduplication.merging import merge, merge_all, not_duplicates, unmerge
from evidence_app.services.deduplication.standard_rules import STANDARD
from evidence_app.services.library.references import set_fields
from evidence_app.storage import contents, duplicates, imports, library, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.search_index import prepared

WORK = {
    "type": "article-journal", "title": "Pacing and walking distance", "volume": "24", "page": "221-228",
    "author": [{"family": "Berg", "given": "Anna"}], "issued": {"date-parts": [[2011]]},
    "container-title": "Gait and Balance",
}  # fmt: skip


def a_reference(**fields: Any) -> Insert:
    item = {**WORK, **{name.replace("_", "-"): value for name, value in fields.items()}}
    columns = references.columns_of({name: value for name, value in item.items() if value is not None})
    return insert("reference", **columns)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with four records of one work (rows 1 to 4) and another work (row 5)."""
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        rows: list[Change] = [
            a_reference(DOI="10.1234/a", abstract="We walked."),
            a_reference(volume=None, page="221-8", PMID="77", custom={"eid": "x"}),
            a_reference(title="PACING AND WALKING DISTANCE.", issue="3", custom={"lens": "y"}),
            a_reference(issued={"date-parts": [[2010]]}),
            a_reference(title="Shoes and floors in homes", page="1-9"),
        ]
        made.apply(Edit("Add", tuple(rows)))
        yield made


@pytest.fixture
def reader(project: Project) -> Iterator[Reader]:
    with project.reader() as opened:
        yield opened


def live(reader: Reader) -> list[int]:
    return [row["id"] for row in reader.rows("SELECT id FROM live_reference ORDER BY id")]


def leads(reader: Reader) -> dict[int, int]:
    rows = reader.rows("SELECT id, merged_into FROM reference WHERE merged_into IS NOT NULL")
    return {row["id"]: row["merged_into"] for row in rows}


def everything(project: Project) -> str:
    """Return all that a reader of the review sees of references: what must come back exactly."""
    with project.reader() as opened:
        rows = [tuple(row) for row in opened.rows("SELECT * FROM live_reference ORDER BY id")]
        merges = [tuple(row)[2:7] for row in opened.rows("SELECT * FROM live_merge ORDER BY id")]
        origins = [tuple(row)[2:4] for row in opened.rows("SELECT * FROM live_provenance ORDER BY id")]
    return json.dumps([rows, merges, origins])


def test_the_kept_reference_fills_its_gaps_from_the_others(project: Project, reader: Reader) -> None:
    project.apply(merge(reader, [1, 2, 3], 1))
    kept = references.reference(reader, 1)
    assert kept is not None
    assert live(reader) == [1, 4, 5]
    assert (kept.item["volume"], kept.item["PMID"], kept.item["issue"]) == ("24", "77", "3")
    assert kept.item["title"] == "Pacing and walking distance"
    assert kept.item["custom"] == {"eid": "x", "lens": "y"}


def test_a_choice_shows_the_value_of_another_record(project: Project, reader: Reader) -> None:
    project.apply(merge(reader, [1, 3], 1, {"title": 3}))
    kept = references.reference(reader, 1)
    assert kept is not None
    assert kept.title == "PACING AND WALKING DISTANCE."
    project.apply(unmerge(reader, 3))
    again = references.reference(reader, 1)
    assert again is not None
    assert again.title == "Pacing and walking distance"
    assert "issue" not in again.item


def test_without_a_choice_the_fullest_record_is_kept(project: Project, reader: Reader) -> None:
    project.apply(merge(reader, [4, 3, 2, 1]))
    assert live(reader) == [1, 5]


def test_a_cited_reference_is_kept_before_a_fuller_one(project: Project, reader: Reader) -> None:
    entries = (
        insert("bibliography", title="Works cited"),
        insert("bibliography_entry", bibliography=1, reference=4, number=7),
    )
    project.apply(Edit("Number", entries))
    project.apply(merge(reader, [1, 4]))
    assert live(reader) == [2, 3, 4, 5]


def test_an_included_report_stays_included(project: Project, reader: Reader) -> None:
    project.apply(Edit("Include", (insert("reference", type="book", title="T", standing="included"),)))
    project.apply(merge(reader, [6, 1], 1))
    kept = references.reference(reader, 1)
    assert kept is not None
    assert kept.included
    project.undo()
    before = references.reference(reader, 1)
    assert before is not None
    assert before.included is None


def test_what_was_merged_before_follows_and_goes_back_with_it(project: Project, reader: Reader) -> None:
    project.apply(merge(reader, [2, 3], 2))
    project.apply(merge(reader, [1, 2], 1))
    assert leads(reader) == {2: 1, 3: 1}
    project.apply(unmerge(reader, 2))
    assert leads(reader) == {3: 2}
    project.apply(unmerge(reader, 3))
    assert leads(reader) == {}


def test_one_of_a_chain_can_be_taken_out_alone(project: Project, reader: Reader) -> None:
    project.apply(merge(reader, [2, 3], 2))
    project.apply(merge(reader, [1, 2], 1))
    project.apply(unmerge(reader, 3))
    assert leads(reader) == {2: 1}
    assert live(reader) == [1, 3, 4, 5]


def test_un_merging_keeps_what_was_written_since(project: Project, reader: Reader) -> None:
    project.apply(merge(reader, [1, 2], 1))
    kept = references.reference(reader, 1)
    assert kept is not None
    project.apply(set_fields(kept, {"PMID": "78", "title": "Pacing"}, references.provenance(reader, 1)))
    project.apply(unmerge(reader, 2))
    after = references.reference(reader, 1)
    assert after is not None
    assert (after.item["PMID"], after.title) == ("78", "Pacing")
    assert live(reader) == [1, 2, 3, 4, 5]


def test_undo_and_redo_of_merge_and_un_merge_give_the_same_file(project: Project, reader: Reader) -> None:
    states = [everything(project)]
    acts: list[Callable[[], Edit]] = [
        lambda: merge(reader, [2, 3], 2), lambda: merge(reader, [1, 2, 4], 1), lambda: unmerge(reader, 2),
    ]  # fmt: skip
    for act in acts:
        project.apply(act())
        states.append(everything(project))
    for state in reversed(states[:-1]):
        project.undo()
        assert everything(project) == state
    for state in states[1:]:
        project.redo()
        assert everything(project) == state


def test_a_reference_that_is_not_merged_cannot_be_un_merged(reader: Reader) -> None:
    with pytest.raises(EvidenceError, match="not merged"):
        unmerge(reader, 5)


def test_one_reference_is_nothing_to_merge(reader: Reader) -> None:
    with pytest.raises(EvidenceError, match="nothing was changed"):
        merge(reader, [5])


def test_all_that_hangs_on_a_merged_reference_is_reached_from_what_it_became(
    project: Project, reader: Reader
) -> None:
    hung = (
        insert("tag", name="gait"), insert("reference_tag", reference=2, tag=1),
        insert("note", reference=2, text="Zebras pace too"),
        insert("attachment", reference=2, name="berg.pdf"),
        insert("characteristic", reference=2, name="country", value="Wales", state="typed"),
        insert("decision", reference=2, verdict="include"),
        insert("study", label="Berg 2011"), insert("study_report", study=1, reference=2),
        insert("record", reference=2, raw="{}"),
        insert("bibliography", title="Works cited"),
        insert("bibliography_entry", bibliography=1, reference=2, number=7),
    )  # fmt: skip
    project.apply(Edit("Hang", hung))
    project.apply(merge(reader, [1, 2], 1))
    assert [tag.name for tag in library.tags_on(reader, [1])] == ["gait"]
    assert [note.text for note in library.notes_on(reader, 1)] == ["Zebras pace too"]
    assert [file.name for file in library.attachments_of(reader, 1)] == ["berg.pdf"]
    assert [one.value for one in library.characteristics_of(reader, 1)] == ["Wales"]
    assert [one.reference for one in contents.characteristics(reader)] == [1]
    for table in ("decision", "study_report", "record", "bibliography_entry"):
        assert reader.value(f"SELECT reference FROM live_{table}") == 1, table
        assert reader.value(f"SELECT reference FROM {table}") == 2, table
    cited = references.by_number(reader, 7)
    assert cited is not None
    assert cited.id == 1
    sql = "SELECT rowid FROM search_reference WHERE search_reference MATCH :words"
    found = reader.rows(sql, words=prepared("zebras"))
    assert 1 in [row[0] for row in found]
    project.apply(unmerge(reader, 2))
    assert library.notes_on(reader, 1) == []
    assert reader.value("SELECT reference FROM live_decision") == 2


def test_a_work_has_one_number_though_two_of_its_records_had_one_each(
    project: Project, reader: Reader
) -> None:
    entries = (
        insert("bibliography", title="Works cited"),
        *(insert("bibliography_entry", bibliography=1, reference=row, number=row + 10) for row in (2, 3, 4)),
    )
    project.apply(Edit("Number", entries))
    project.apply(merge(reader, [1, 2, 3], 1))
    rows = reader.rows("SELECT reference, number FROM live_bibliography_entry ORDER BY number")
    assert [tuple(row) for row in rows] == [(1, 12), (4, 14)]
    assert list(references.ids_in_order(reader, "number")) == [1, 4, 5]


def test_a_batch_is_one_undo_and_keeps_its_rules(project: Project, reader: Reader) -> None:
    before = everything(project)
    found = find_duplicates(duplicates.comparable(reader))
    project.apply(merge_all(reader, found))
    assert live(reader) == [1, 5]
    merges = duplicates.merges(reader)
    assert {one.reference for one in merges} == {2, 3, 4}
    assert all(one.rule in {rule.name for rule in STANDARD.same} and one.seen for one in merges)
    (stored,) = reader.rows("SELECT rules FROM live_rule_set")
    assert json.loads(stored["rules"]) == STANDARD.printed()
    assert find_duplicates(duplicates.comparable(reader)).automatic == ()
    project.undo()
    assert everything(project) == before


def test_a_judgement_is_remembered_for_what_the_works_became(project: Project, reader: Reader) -> None:
    project.apply(not_duplicates(3, 1))
    project.apply(merge(reader, [3, 4], 4))
    different = duplicates.judged_different(reader)
    assert {frozenset(pair) for pair in different} == {frozenset((1, 4))}
    found = find_duplicates(duplicates.comparable(reader), different=different)
    assert all({1, 4} - set(group.references) for group in found.automatic)
    assert {frozenset((match.one, match.other)) for match in found.review}.isdisjoint({frozenset((1, 4))})


def test_an_imported_record_is_called_as_before_when_it_is_merged(project: Project, reader: Reader) -> None:
    source = insert("source", name="Medline")
    search = insert("search", source=1)
    file = insert("search_file", search=1, name="medline.csv")
    records = [
        insert("record", reference=row, search_file=1, source_id=f"id{row}", raw="{}") for row in (1, 2)
    ]
    project.apply(Edit("Import", (source, search, file, *records)))
    project.apply(merge(reader, [1, 2], 1))
    assert imports.called(reader) == {1: ("medline.csv", "id1"), 2: ("medline.csv", "id2")}
