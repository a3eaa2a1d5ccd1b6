"""What a person decides: pairs merged with their rule, apart for good, out again; the preview of a batch."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.edit import Edit, Insert, RowOf, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.deduplication import deciding, queue, reporting
from evidence_app.services.deduplication.merged_work import merged_work
from evidence_app.services.deduplication.queue import Suggestion
from evidence_app.services.deduplication.side_by_side import relation_of, result_text, side_by_side
from evidence_app.services.formats import workbooks
from evidence_app.services.progress import silent
from evidence_app.storage import duplicates, found_duplicates, references
from evidence_app.storage.applied import Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of

ADA = Acting("Ada Reviewer", "AR", "11111111-0000-4000-8000-000000000000")
PERSON = RowOf("person", ADA.guid)
WALKING = {
    "type": "article-journal", "title": "Walking home after a first stroke",
    "author": [{"family": "Berg", "given": "Anna"}, {"family": "Ito", "given": "Ken"}],
    "container-title": "Gait and Balance", "issued": {"date-parts": [[2010]]}, "volume": "9",
    "page": "100-109",
}  # fmt: skip
HANDS = {**WALKING, "title": "Hands that learn to write again", "page": "33-41"}


def a_reference(**fields: Any) -> Insert:
    return insert("reference", **columns_of({**WALKING, **fields}))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence", "Review", ADA) as made:
        source = insert("source", name="Walk Base", kind="database")
        search = insert("search", source=RowOf("source", source.guid), searched_to="2023-03-16")
        file = insert("search_file", search=RowOf("search", search.guid), name="walk.ris", imported=5)
        rows = [
            a_reference(), a_reference(page="100-9", DOI="10.1/walking"),
            a_reference(**HANDS, PMID="77"),
            a_reference(**{**HANDS, "volume": "10", "issue": "2", "page": "210-218", "abstract": "Long."}),
            a_reference(**{**HANDS, "title": "Erratum: Hands that learn to write again", "volume": "10"}),
        ]  # fmt: skip
        records = [
            insert(
                "record", reference=RowOf("reference", row.guid), search_file=RowOf("search_file", file.guid),
                format="ris", line=at * 10, raw=json.dumps({"tags": [], "text": f"TY  - JOUR {at}"}),
            )
            for at, row in enumerate(rows, 1)
        ]  # fmt: skip
        made.apply(Edit("Add", (source, search, file, *rows, *records)))
        made.keep(queue.TABLE, queue.look(made.path, (), silent))
        yield made


@pytest.fixture
def reader(project: Project) -> Iterator[Reader]:
    with project.reader() as made:
        yield made


@pytest.fixture
def pair(reader: Reader) -> Suggestion:
    found = queue.read_queue(reader)
    return next(each for each in found.waiting if (each.one, each.other) == (3, 4))


def test_both_sides_are_shown_with_what_differs_and_where_they_are_from(reader: Reader) -> None:
    shown = side_by_side(reader, 3, 4)
    assert shown is not None
    fields = {field.label: field for field in shown.fields}
    assert fields["Title"].is_same
    assert (fields["Volume, issue, pages"].one, fields["Volume, issue, pages"].other) == (
        "9, 33-41", "10(2), 210-218",
    )  # fmt: skip
    assert shown.fields[-1].label == "Abstract"
    (record,) = shown.records_of("one")
    assert (record.source, record.searched, record.place, record.of) == ("Walk Base", "2023-03-16", 3, 5)


def test_the_stated_preference_takes_the_kept_side_unless_it_is_empty(reader: Reader) -> None:
    shown = side_by_side(reader, 3, 4)
    assert shown is not None
    assert shown.master == "other"
    chosen = {field.label: field.chosen for field in shown.fields}
    assert chosen["Abstract"] == "other"
    assert chosen["PMID"] == "one"
    assert shown.choices({}) == {"PMID": 3}
    assert shown.choices({("volume", "issue", "page"): "one"})["volume"] == 3


def test_the_result_shown_is_the_result_merged(project: Project, reader: Reader, pair: Suggestion) -> None:
    shown = side_by_side(reader, 3, 4)
    assert shown is not None
    taken = {("volume", "issue", "page"): "one"}
    told = {f.label: result_text(shown, f, taken.get(f.variables, f.chosen)) for f in shown.fields}  # type: ignore[arg-type]
    project.apply(deciding.merge_pair(reader, pair.match, 4, shown.choices(taken), PERSON))  # type: ignore[arg-type]
    merged = references.reference(reader, 4)
    assert merged is not None
    again = side_by_side(reader, 4, 1)
    assert again is not None
    assert {field.label: field.one for field in again.fields if field.label in told} == told
    assert told["Volume, issue, pages"] == "9(2), 33-41"


def test_a_judged_pair_keeps_its_rule_and_who_judged(
    project: Project, reader: Reader, pair: Suggestion
) -> None:
    project.apply(deciding.merge_pair(reader, pair.match, 4, {}, PERSON))
    (merge,) = duplicates.merges(reader)
    assert (merge.rule, merge.person) == (pair.match.rule.name, "Ada Reviewer")
    work = merged_work(reader, 4)
    assert work is not None
    assert [record.line for record in work.records] == [40, 30]
    assert "Judged the same by Ada Reviewer" in work.parts[0].why


def test_a_pair_merged_meanwhile_is_not_merged_twice(
    project: Project, reader: Reader, pair: Suggestion
) -> None:
    project.apply(deciding.merge_pair(reader, pair.match, 4, {}, PERSON))
    with pytest.raises(EvidenceError, match="one reference already"):
        deciding.merge_pair(reader, pair.match, 4, {}, PERSON)
    with pytest.raises(EvidenceError, match="not two references"):
        deciding.judge_different(reader, 3, 4)


def test_a_pair_whose_end_was_merged_goes_to_what_that_became(
    project: Project, reader: Reader, pair: Suggestion
) -> None:
    project.apply(deciding.merge_pair(reader, replace(pair.match, one=1, other=2), 2, {}))
    project.apply(deciding.merge_pair(reader, replace(pair.match, one=1, other=3), 1, {}))
    assert found_duplicates.led_to(reader, [1, 2, 3]) == {1: 2, 2: 2, 3: 2}


def test_taken_apart_and_remembered_as_different(project: Project, reader: Reader, pair: Suggestion) -> None:
    project.apply(deciding.merge_pair(reader, pair.match, 4, {}, PERSON))
    project.apply(deciding.take_apart(reader, 3, PERSON, are_different=True))
    assert duplicates.judged_different(reader) == {(3, 4)}
    assert found_duplicates.totals(reader).works == 5
    (judged,) = found_duplicates.judged_pairs(reader)
    assert judged.person == "Ada Reviewer"
    project.apply(deciding.ask_again(judged.id))
    assert duplicates.judged_different(reader) == set()
    assert [(each.one, each.other) for each in queue.read_queue(reader).waiting].count((3, 4)) == 1


def test_an_erratum_is_linked_and_not_asked_for_again(project: Project, reader: Reader) -> None:
    found = next(each for each in queue.read_queue(reader).waiting if 5 in (each.one, each.other))
    shown = side_by_side(reader, found.one, found.other)
    assert shown is not None
    relation = relation_of(shown, found.match.found)
    assert relation == "erratum and original"
    project.apply(deciding.judge_different(reader, found.one, found.other, PERSON, relation))
    assert reader.value("SELECT reason FROM live_study_link") == relation
    assert found.key not in [each.key for each in queue.read_queue(reader).waiting]


def test_the_preview_tells_before_and_after_and_writes_nothing(project: Project, reader: Reader) -> None:
    made = deciding.preview(reader, queue.read_queue(reader).found)
    (row,) = made.rows
    assert "100-109" in row.before
    assert "100-9" in row.after
    assert row.rule
    assert duplicates.merges(reader) == []
    project.apply(made.edit)
    assert found_duplicates.totals(reader).works == 4
    assert deciding.merged_words(made.rows) == "Merge 1 record"


def test_the_methods_sentences_count_what_was_done(
    project: Project, reader: Reader, pair: Suggestion
) -> None:
    found = queue.read_queue(reader)
    project.apply(deciding.preview(reader, found.found).edit)
    project.apply(deciding.merge_pair(reader, pair.match, 4, {}, PERSON))
    told = reporting.methods(queue.read_queue(reader), reporting.done(reader))
    assert "5 records from 1 source" in told
    assert "1 record was merged automatically" in told
    assert "1 was judged to be the same and 0 to be different" in told
    assert "3 works remained" in told


@pytest.mark.parametrize("name", ["rules.xlsx", "rules.csv"])
def test_the_rules_are_exported_with_what_they_did(project: Project, tmp_path: Path, name: str) -> None:
    with project.reader() as reader:
        found = queue.read_queue(reader)
        project.apply(deciding.preview(reader, found.found).edit)
    out = reporting.write_rules(project.path, found.rules.without(["doi"]), tmp_path / name)
    if out.suffix == ".csv":
        lines = out.read_text("utf-8-sig").splitlines()
        assert lines[0].startswith("Rule,What it does")
        assert any(line.startswith("doi,") and ",switched off," in line for line in lines)
    else:
        rows = [row for sheet in workbooks.read_sheets(out) for _, row in sheet]
        assert rows[0][0] == "Rule"
        assert sum(int(row[6] or 0) for row in rows[1:]) == 1
