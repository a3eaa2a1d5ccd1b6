"""Many references at once: what find and replace would do, and edits that one undo takes back."""

import pytest

from evidence_app.domain.edit import RowOf
from evidence_app.services.library import bulk
from evidence_app.services.library.bulk import BadPattern, Wanted, replacements
from evidence_app.storage import references
from evidence_app.storage.applied import NOBODY
from evidence_app.storage.project import Project


def journals(project: Project) -> list[str]:
    with project.reader() as reader:
        return [str(each.item.get("container-title", "")) for each in references.all_references(reader)]


def test_replacing_is_shown_first_and_is_one_undo(sample_project: Project) -> None:
    before = journals(sample_project)
    wanted = Wanted(
        variable="container-title", find="Health Expect", put="Health Expectations", whole_words=True
    )
    with sample_project.reader() as reader:
        every = references.all_references(reader)
        found = replacements(every, wanted)
        known = references.provenance_of(reader, [each.reference.id for each in found])
    assert found
    assert all(each.before != each.after for each in found)
    assert journals(sample_project) == before
    sample_project.apply(bulk.replace(found, wanted.variable, known))
    assert journals(sample_project).count("Health Expectations") == before.count("Health Expect")
    sample_project.undo()
    assert journals(sample_project) == before


def test_a_replaced_field_is_typed_by_a_person(sample_project: Project) -> None:
    wanted = Wanted(variable="container-title", find="Health Expect", put="Health Expectations")
    with sample_project.reader() as reader:
        found = replacements(references.all_references(reader), wanted)
    sample_project.apply(bulk.replace(found[:1], wanted.variable, {}))
    with sample_project.reader() as reader:
        origin = references.provenance(reader, found[0].reference.id)["container-title"].origin
    assert origin == "typed"


def test_case_words_and_patterns_are_asked_for(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        every = references.all_references(reader)

    def count(**asked: object) -> int:
        return len(replacements(every, Wanted(variable="title", **{"put": "X", **asked})))  # type: ignore[arg-type]

    assert count(find="HEALTH") > 0
    assert count(find="HEALTH", match_case=True) == 0
    assert count(find="heal", whole_words=True) == 0
    assert count(find="heal") > 0
    assert count(find=r"co-?production", pattern=True) > count(find="coproduction")
    assert count(find="") == 0


def test_a_group_of_a_pattern_can_be_put_back(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        every = references.all_references(reader)
    found = replacements(every, Wanted(variable="page", find=r"^(\d+)-\d+$", put=r"\1", pattern=True))
    assert all(each.after == each.before.split("-")[0] for each in found)
    assert found


@pytest.mark.parametrize(("find", "put"), [("(", ""), ("a", r"\9"), ("[", "x")])
def test_a_broken_pattern_is_told_and_changes_nothing(find: str, put: str) -> None:
    with pytest.raises(BadPattern, match="Nothing was changed"):
        replacements([], Wanted(variable="title", find=find, put=put, pattern=True))


def test_plain_text_with_signs_of_patterns_is_found_as_it_is() -> None:
    assert bulk.replacer(Wanted(variable="title", find="a.c(", put=r"\1"))("a.c( abc") == r"\1 abc"


def test_many_are_ticked_and_removed_in_one_undo_each(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        ids = list(references.ids_in_order(reader))[:20]
    sample_project.apply(bulk.mark_checked(ids, RowOf("person", NOBODY.guid)))
    with sample_project.reader() as reader:
        assert all(line.checked for line in references.lines(reader, ids))
        assert references.references(reader, ids[:1])[0].checked_by is not None
    sample_project.apply(bulk.remove(ids))
    with sample_project.reader() as reader:
        assert len(references.ids_in_order(reader)) == 90
    sample_project.undo()
    sample_project.undo()
    with sample_project.reader() as reader:
        assert not any(line.checked for line in references.lines(reader, ids))


def test_every_field_of_text_can_be_replaced_in_and_the_common_ones_come_first() -> None:
    names = [name for name, _ in bulk.fields_to_replace_in()]
    assert set(names) == set(bulk.REPLACEABLE)
    assert names[: len(bulk.COMMON)] == list(bulk.COMMON)
