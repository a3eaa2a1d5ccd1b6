"""The queue of duplicates: what was found is kept, and what is left of it follows the review."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from evidence_app.domain.edit import Edit, Insert, insert
from evidence_app.services.deduplication import deciding, queue
from evidence_app.services.deduplication.likeness import likeness, signs
from evidence_app.services.deduplication.merging import not_duplicates
from evidence_app.services.library.references import set_fields
from evidence_app.services.progress import silent
from evidence_app.storage import found_duplicates, references
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of

SAME = {
    "type": "article-journal", "title": "Walking home after a first stroke",
    "author": [{"family": "Berg", "given": "Anna"}, {"family": "Ito", "given": "Ken"}],
    "container-title": "Gait and Balance", "issued": {"date-parts": [[2010]]}, "volume": "9",
    "page": "100-109",
}  # fmt: skip
ALIKE = {**SAME, "title": "Hands that learn to write again", "page": "33-41"}
"""Twice with another volume and other pages: left to a person."""


def a_reference(**fields: Any) -> Insert:
    return insert("reference", **columns_of({**SAME, **fields}))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence", "Review") as made:
        rows = (
            a_reference(), a_reference(page="100-9"), a_reference(DOI="10.1/walking"),
            a_reference(**ALIKE), a_reference(**{**ALIKE, "volume": "10", "page": "210-218"}),
            a_reference(title="Nothing like the others at all", page="7-8", volume="3"),
        )  # fmt: skip
        made.apply(Edit("Add", rows))
        yield made


@pytest.fixture
def reader(project: Project) -> Iterator[Reader]:
    with project.reader() as made:
        yield made


def look(project: Project, off: tuple[str, ...] = ()) -> None:
    project.keep(queue.TABLE, queue.look(project.path, off, silent))


def merge_all(project: Project, reader: Reader) -> None:
    project.apply(deciding.preview(reader, queue.read_queue(reader).found).edit)


def test_before_the_first_look_there_is_nothing(project: Project, reader: Reader) -> None:
    found = queue.read_queue(reader)
    assert (found.looked_at, found.automatic, found.waiting, found.suggested) == ("", (), (), 0)
    assert found.totals.records == found.totals.works == 6
    assert queue.waiting(reader) == 0


def test_groups_come_under_their_rule_and_pairs_to_a_person(project: Project, reader: Reader) -> None:
    look(project)
    found = queue.read_queue(reader)
    assert [group.references for each in found.automatic for group in each.groups] == [(1, 2, 3)]
    assert found.removable == 2
    assert [(each.one, each.other) for each in found.waiting] == [(4, 5)]
    assert found.waiting[0].match.rule.label
    assert queue.waiting(reader) == 1
    assert found.among == 6
    assert not found.stale


def test_merging_judging_and_undo_are_followed(project: Project, reader: Reader) -> None:
    look(project)
    merge_all(project, reader)
    found = queue.read_queue(reader)
    assert (found.automatic, found.totals.works, found.totals.records) == ((), 4, 6)
    assert not found.stale
    pair = found.waiting[0]
    project.apply(deciding.judge_different(reader, pair.one, pair.other))
    found = queue.read_queue(reader)
    assert (found.waiting, found.judged, len(found.different)) == ((), 1, 1)
    assert queue.waiting(reader) == 0
    project.undo()
    project.undo()
    found = queue.read_queue(reader)
    assert (found.removable, len(found.waiting), found.judged, found.stale) == (2, 1, 0, False)


def test_a_pair_put_off_waits_at_the_end(project: Project, reader: Reader) -> None:
    look(project)
    key = queue.read_queue(reader).waiting[0].key
    project.keep(queue.TABLE, [queue.later_row([key])])
    found = queue.read_queue(reader)
    assert (found.waiting, [each.key for each in found.later], found.judged) == ((), [key], 0)
    assert queue.waiting(reader) == 1
    look(project)
    assert queue.read_queue(reader).later == ()


@pytest.mark.parametrize("way", ["added", "changed", "removed"])
def test_what_was_found_goes_stale_when_references_change(project: Project, reader: Reader, way: str) -> None:
    look(project)
    sixth = references.references(reader, [6])[0]
    edits = {
        "added": partial(Edit, "Add", (a_reference(title="Something new", page="1-2"),)),
        "changed": partial(set_fields, sixth, {"title": "Another title"}, {}),
        "removed": partial(_removed, 6),
    }
    project.apply(edits[way]())
    assert queue.read_queue(reader).stale
    look(project)
    assert not queue.read_queue(reader).stale


def _removed(row: int) -> Edit:
    from evidence_app.domain.edit import remove

    return Edit("Remove", (remove("reference", row),))


def test_what_has_nothing_to_do_with_likeness_leaves_it_fresh(project: Project, reader: Reader) -> None:
    from evidence_app.domain.edit import SetColumns

    look(project)
    project.apply(
        Edit("Include", (SetColumns("reference", 6, {"standing": None}, {"standing": "included"}),))
    )
    assert not queue.read_queue(reader).stale


def test_other_rules_make_it_stale_and_find_other_pairs(project: Project, reader: Reader) -> None:
    look(project)
    names = {each.match.rule.name for each in queue.read_queue(reader).waiting}
    project.keep(queue.TABLE, [queue.off_row(tuple(names))])
    assert queue.read_queue(reader).stale
    look(project, queue.switched_off(reader))
    found = queue.read_queue(reader)
    assert not found.stale
    assert names.isdisjoint({each.match.rule.name for each in found.waiting})


def test_two_of_a_group_judged_different_are_offered_no_more(project: Project, reader: Reader) -> None:
    look(project)
    project.apply(not_duplicates(1, 2))
    found = queue.read_queue(reader)
    assert found.automatic == ()
    assert found.stale


def test_a_pair_follows_what_its_references_became(project: Project, reader: Reader) -> None:
    look(project)
    pair = queue.read_queue(reader).waiting[0]
    kept = deciding.merge_pair(reader, deciding_match(pair.match, one=pair.one, other=6), pair.one, {}, None)
    project.apply(kept)
    found = queue.read_queue(reader)
    assert [(each.one, each.other) for each in found.waiting] == [(pair.one, pair.other)]
    assert found_duplicates.led_to(reader, [6]) == {6: pair.one}


def deciding_match(match: Any, **ends: int) -> Any:
    from dataclasses import replace

    return replace(match, **ends)


def test_rules_this_version_does_not_know_are_looked_for_anew(project: Project, reader: Reader) -> None:
    rows = queue.look(project.path, (), silent)
    rows[0]["value"] = rows[0]["value"].replace('"place"', '"a-rule-of-tomorrow"')
    project.keep(queue.TABLE, rows)
    assert queue.read_queue(reader).looked_at == ""


def test_a_look_can_be_stopped(project: Project) -> None:
    from evidence_app.domain.errors import Cancelled

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        queue.look(project.path, (), stop)


def test_likeness_grows_with_what_agrees() -> None:
    same = {"title": "same", "authors": "same", "year": "same", "pages": "whole", "DOI": "unknown"}
    assert likeness(same) == 100
    assert likeness({**same, "pages": "differs"}) < likeness({**same, "pages": "near"}) < 100
    assert likeness({"title": "unknown"}) == 0


def test_signs_say_what_agrees_and_what_differs() -> None:
    told = signs({"title": "same", "pages": "differs", "DOI": "unknown", "issue": "same"})
    assert [(sign.words, sign.tone) for sign in told] == [
        ("Same title", "include"),
        ("Other pages", "exclude"),
    ]
