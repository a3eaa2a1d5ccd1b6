"""Values are written into the form, drafts stay apart, and agreed ones count."""

import pytest

from evidence_app.domain.edit import Edit, Insert, RowOf, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.studies import ExtractionField, FieldKind, Value, ValueState
from evidence_app.services.studies import characteristics, form
from evidence_app.services.studies.characteristics import Said
from evidence_app.services.studies.form import FieldLine
from evidence_app.storage import contents as review_contents
from evidence_app.storage import studies
from evidence_app.storage.library import characteristics_of
from evidence_app.storage.project import Project

COUNTRY = ExtractionField(id=None, name="country")
DESIGN = ExtractionField(
    id=1, name="design", kind=FieldKind.CHOICE, choices=("Qualitative", "Mixed methods"), several=True
)


def first_report(project: Project) -> int:
    with project.reader() as reader:
        return studies.included(reader)[0]


def held(project: Project, name: str, *, drafts: bool = False) -> list[Value]:
    with project.reader() as reader:
        found = studies.values(reader, [first_report(project)], drafts=drafts)
    return [each for each in found if each.name == name]


def test_a_typed_value_takes_the_place_of_an_inferred_one_and_undo_restores_it(
    sample_project: Project,
) -> None:
    row = first_report(sample_project)
    service = ExtractionField(id=None, name="service")
    before = held(sample_project, "service")
    assert before[0].state is ValueState.INFERRED
    edit = characteristics.write(row, service, before, [Said("Alcohol services", "p. 4")], None)
    sample_project.apply(edit)
    now = held(sample_project, "service")[0]
    assert (now.value, now.place, now.state, now.basis) == ("Alcohol services", "p. 4", ValueState.TYPED, "")
    sample_project.undo()
    assert held(sample_project, "service") == before


def test_a_place_alone_leaves_the_origin_of_a_value(sample_project: Project) -> None:
    row = first_report(sample_project)
    before = held(sample_project, "service")
    said = [Said(before[0].value, "Table 2")]
    sample_project.apply(
        characteristics.write(row, ExtractionField(id=None, name="service"), before, said, None)
    )
    now = held(sample_project, "service")[0]
    assert (now.place, now.state, now.basis) == ("Table 2", ValueState.INFERRED, before[0].basis)


def test_several_values_and_not_reported(sample_project: Project) -> None:
    row = first_report(sample_project)
    said = [Said("qualitative"), Said("Mixed methods", "p. 3")]
    edit = characteristics.write(row, DESIGN, held(sample_project, "design"), said, None)
    sample_project.apply(edit)
    assert [each.value for each in held(sample_project, "design")] == ["Qualitative", "Mixed methods"]
    edit = characteristics.not_reported(row, DESIGN, held(sample_project, "design"), None, "whole report")
    sample_project.apply(edit)
    left = held(sample_project, "design")
    assert [(each.value, each.state, each.place) for each in left] == [
        ("", ValueState.NOT_REPORTED, "whole report")
    ]


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        (FieldKind.NUMBER, "1 250", "1250"), (FieldKind.NUMBER, "3,5", "3.5"),
        (FieldKind.NUMBER, "many", None),
        (FieldKind.DATE, "2019-06", "2019-06"), (FieldKind.DATE, "June", None),
        (FieldKind.YES_NO, "Y", "yes"),
        (FieldKind.YES_NO, "perhaps", None), (FieldKind.TEXT, "  two  words ", "two words"),
    ],
)  # fmt: skip
def test_a_field_takes_what_its_kind_says(kind: FieldKind, text: str, kept: str | None) -> None:
    field = ExtractionField(id=1, name="thing", kind=kind)
    if kept is None:
        with pytest.raises(EvidenceError, match="Thing takes"):
            form.checked(field, text)
    else:
        assert form.checked(field, text) == kept


def test_a_choice_that_is_not_offered_is_refused() -> None:
    with pytest.raises(EvidenceError, match="one of: Qualitative, Mixed methods"):
        form.checked(DESIGN, "survey")


def test_drafts_are_seen_by_nothing_that_counts_or_prints(sample_project: Project) -> None:
    row = first_report(sample_project)
    with sample_project.reader() as reader:
        before = (characteristics_of(reader, row), review_contents.characteristics(reader))
    sample_project.apply(characteristics.write(row, COUNTRY, [], [Said("Atlantis")], None, draft=True))
    with sample_project.reader() as reader:
        assert (characteristics_of(reader, row), review_contents.characteristics(reader)) == before
        assert "Atlantis" not in [each.value for each in studies.values(reader)]
        assert [each.value for each in studies.values(reader, drafts=True)] == ["Atlantis"]


def test_two_extractors_are_compared_where_both_filled_a_field_and_agree(sample_project: Project) -> None:
    row = first_report(sample_project)
    sample_project.apply(
        Edit("Enter two people", (insert("person", "ann", name="Ann"), insert("person", "ben", name="Ben")))
    )
    for who, country in (("ann", "England"), ("ben", "england")):
        said = [Said(country, f"page of {who}")]
        edit = characteristics.write(row, COUNTRY, [], said, RowOf("person", who), draft=True)
        sample_project.apply(edit)
    only = characteristics.write(row, DESIGN, [], [Said("Qualitative")], RowOf("person", "ann"), draft=True)
    sample_project.apply(only)
    with sample_project.reader() as reader:
        drafts, held_now = studies.values(reader, drafts=True), studies.study_contents(reader)
    ann, ben = characteristics.extractors(drafts)
    assert [(each.name, each.fields) for each in (ann, ben)] == [("Ann", 2), ("Ben", 1)]
    found = characteristics.compare(drafts, held_now, ann.person, ben.person)
    assert [(each.field.name, each.is_same, each.is_settled) for each in found.both] == [
        ("country", True, True)
    ]
    assert (found.only_first, found.only_second, found.differing, found.ready) == (1, 0, 0, ())
    basis = characteristics.settled_by("Ann", "Ben", "Cleo")
    sample_project.apply(characteristics.agree(found.both[0], found.both[0].second, None, basis))
    now = held(sample_project, "country")
    assert [(each.value, each.place, each.draft) for each in now] == [("england", "page of ben", False)]
    assert now[0].basis == "Extracted by Ann and Ben, settled by Cleo"
    assert len(held(sample_project, "country", drafts=True)) == 2


def test_any_two_of_three_extractors_are_compared_and_several_values_are_taken_from_both(
    sample_project: Project,
) -> None:
    row = first_report(sample_project)
    people = tuple(insert("person", name.lower(), name=name) for name in ("Ann", "Ben", "Cleo"))
    sample_project.apply(Edit("Enter three people", people))
    with sample_project.reader() as reader:
        fields = studies.fields(reader)
    lines = [
        FieldLine(field=each, name=each.name, kind=each.kind, choices=each.choices,
                  several=each.name == "approach") for each in fields
    ]  # fmt: skip
    sample_project.apply(form.set_form(fields, lines))
    with sample_project.reader() as reader:
        approach = next(each for each in studies.fields(reader) if each.name == "approach")
    found = {"ann": [Said("panel", "p. 2")], "ben": [Said("panel", "p. 3")], "cleo": [Said("budget", "p. 9")]}
    for who, said in found.items():
        edit = characteristics.write(row, approach, [], said, RowOf("person", who), draft=True)
        sample_project.apply(edit)
    with sample_project.reader() as reader:
        drafts, contents = studies.values(reader, drafts=True), studies.study_contents(reader)
    ann, ben, cleo = characteristics.extractors(drafts)
    assert characteristics.compare(drafts, contents, ann.person, ben.person).differing == 0
    compared = characteristics.compare(drafts, contents, ben.person, cleo.person)
    assert compared.differing == 1
    (each,) = compared.both
    assert [(one.value, one.place) for one in characteristics.both_of(each)] == [
        ("panel", "p. 3"), ("budget", "p. 9"),
    ]  # fmt: skip
    sample_project.apply(characteristics.agree(each, characteristics.both_of(each), None))
    assert [(one.value, one.place) for one in held(sample_project, "approach")] == [
        ("panel", "p. 3"), ("budget", "p. 9"),
    ]  # fmt: skip
    with sample_project.reader() as reader:
        contents = studies.study_contents(reader)
    assert characteristics.compare(drafts, contents, ben.person, cleo.person).both[0].is_settled


def test_the_form_is_begun_reordered_and_undone(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        held_now = studies.fields(reader)
    assert [each.name for each in held_now] == ["country", "kind", "service", "design", "approach"]
    sample_project.apply(form.start(held_now))
    with sample_project.reader() as reader:
        made = studies.fields(reader)
    assert [each.name for each in made] == [
        "country", "kind", "service", "design", "approach", "setting", "sample size", "participants",
        "funding",
    ]  # fmt: skip
    lines = [FieldLine(field=each, name=each.name, kind=each.kind) for each in reversed(made[1:])]
    sample_project.apply(form.set_form(made, lines))
    with sample_project.reader() as reader:
        names = [each.name for each in studies.fields(reader)]
    assert (names[0], names[-1]) == ("funding", "country")  # its values stay, so it is shown on
    with pytest.raises(EvidenceError, match="a name of its own"):
        form.set_form(made, [FieldLine(field=None, name="x"), FieldLine(field=None, name="X")])


def test_a_choice_is_named_by_its_beginning_or_its_number(sample_project: Project) -> None:
    row = first_report(sample_project)
    field = ExtractionField(
        id=None, name="method", kind=FieldKind.CHOICE, choices=("Survey", "Interviews", "Mixed")
    )
    for typed, kept in (("s", "Survey"), ("2", "Interviews"), ("mixed", "Mixed")):
        said = characteristics.write(row, field, [], [Said(typed)], None).changes[0]
        assert isinstance(said, Insert)
        assert said.values["value"] == kept
    with pytest.raises(EvidenceError, match="is one of: Survey, Interviews, Mixed"):
        characteristics.write(row, field, [], [Said("4")], None)
