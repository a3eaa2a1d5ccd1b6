"""Small real objects that tests of every layer share."""

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.domain.review import Review

if TYPE_CHECKING:
    from evidence_app.domain.manuscript import Block
    from evidence_app.services.checks.results import CheckResult
    from evidence_app.storage.project import Project


@cache
def sample_contents() -> ReviewContents:
    """Return everything the sample review holds, read from a project made for the purpose."""
    from evidence_app.services.projects import new_sample
    from evidence_app.storage.contents import review_contents

    with tempfile.TemporaryDirectory() as folder:
        project = new_sample(Path(folder) / "sample.evidence")
        try:
            reader = project.reader()
            try:
                return review_contents(reader)
            finally:
                reader.close()
        finally:
            project.close()


def a_reference(number: int | None = 1, included: bool | None = None, /, **item: Any) -> Reference:
    """Return a reference of this number, with these variables; its id is the number and a thousand.

    Underscores stand for hyphens: `container_title="BMJ"`; `year=2019` is short for the date."""
    year = item.pop("year", None)
    if year is not None:
        item["issued"] = {"date-parts": [[year]]}
    variables = {name.replace("_", "-"): value for name, value in item.items()}
    identity = 1000 + (number or 0)
    return Reference(
        id=ReferenceId(identity),
        guid=f"reference-{identity}",
        number=number,
        included=included,
        item=variables,
    )


def contents_of(*references: Reference, **rest: Any) -> ReviewContents:
    """Return a review of these references and whatever else is given."""
    return ReviewContents(review=Review(title="A review"), references=references, **rest)


def found_by(rule: str, contents: ReviewContents) -> "list[CheckResult]":
    """Return what one rule finds in a review."""
    from evidence_app.services.checks.rules import rule_named, run_checks

    known = rule_named(rule)
    assert known is not None, f"there is no rule {rule}"
    return run_checks(contents, (known,))


def a_review_contents() -> ReviewContents:
    """Return a small review that has some of everything: ten works, three themes, two sections."""
    from evidence_app.domain.contents import Waiver
    from evidence_app.domain.review import NumberState, Question, Search, StatedNumber
    from evidence_app.domain.synthesis import Theme, ThemeKind

    references = tuple(
        a_reference(
            number, number > 4, type="article-journal" if number % 3 else "report", title=f"Work {number}",
            author=[{"family": f"Writer{number}", "given": "AB"}], year=2010 + number,
            container_title="Journal of Examples" if number % 3 else None, volume=str(number),
        )
        for number in range(1, 11)
    )  # fmt: skip
    themes = (
        Theme(id=1, guid="theme-1", name="Money", kind=ThemeKind.OVERARCHING, definition="What it costs."),
        Theme(id=2, guid="theme-2", name="Short grants", kind=ThemeKind.TOPIC, parents=(1,)),
        Theme(id=3, guid="theme-3", name="Trust", kind=ThemeKind.ANALYTIC, parents=(1,), position=1.0),
    )
    return ReviewContents(
        review=Review(title="A small review", subtitle="An example", keywords=("examples",),
                      authors=({"name": "Ada One", "affiliations": "Here"}, {"name": "Ben Two"})),
        references=references,
        questions=(Question(id=1, guid="question-1", text="Does it work?"),),
        searches=(
            Search(id=1, guid="search-1", source="MEDLINE", platform="Ovid", searched_from="2023-03-16",
                   searched_to="2023-03-16", covers="2008–2023", claimed=30),
            Search(id=2, guid="search-2", source="Web of Science", searched_from="2023-03-17",
                   searched_to="2023-03-17", covers="2008–2023", claimed=None),
        ),
        numbers=(
            StatedNumber(key="included_studies", label="Studies included", value=5, state=NumberState.TYPED),
            StatedNumber(key="duplicates_removed", label="Duplicates removed", value=7,
                         state=NumberState.DERIVED, basis="30 − 23"),
            StatedNumber(key="records_screened", label="Records screened", value=23,
                         state=NumberState.INFERRED, basis="guessed from the figure"),
            StatedNumber(key="reports_sought", label="Reports sought", value=None,
                         state=NumberState.NOT_REPORTED),
        ),
        themes=themes,
        waivers=(Waiver(id=1, rule="missing-doi", subject="reference:1005", reason="It has none", by="Ada"),),
        **_text_and_characteristics(),
    )  # fmt: skip


def _text_and_characteristics() -> dict[str, Any]:
    from evidence_app.domain.manuscript import Direction, Role, Section
    from evidence_app.domain.review import Characteristic, NumberState

    reports = range(1005, 1011)
    return {
        "sections": (
            Section(id=1, guid="section-1", title="Introduction", kind="introduction"),
            Section(id=2, guid="section-2", title="Results", kind="results", position=1.0),
        ),
        "blocks": (
            a_block(1, "Examples matter", (1001, 1002), role=Role.CONTEXT, section=1),
            a_block(2, "Grants are short", (1005, 1006, 1007), theme=2, direction=Direction.BARRIER),
            a_block(3, "Longer grants help", (1008,), theme=2, direction=Direction.ENABLER),
            a_block(4, "Trust takes time", (1009, 1005), theme=3, direction=Direction.BOTH),
        ),
        "characteristics": (
            *(Characteristic(reference=each, name="country", value="Wales" if each % 2 else "England",
                             state=NumberState.TYPED) for each in reports),
            *(Characteristic(reference=each, name="service", value="Libraries", state=NumberState.INFERRED,
                             basis="read from the title") for each in reports if each != 1010),
        ),
    }  # fmt: skip


def a_block(number: int, text: str, works: tuple[int, ...], **rest: Any) -> "Block":
    """Return a paragraph of one sentence that cites these works (reference ids) before its full stop."""
    from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Text

    role = rest.pop("role", Role.EVIDENCE)
    anchor = Anchor(f"anchor-{number}", role, tuple(Cited(ReferenceId(work)) for work in works))
    return Block(
        id=number, guid=f"block-{number}", section=rest.pop("section", 2), position=float(number),
        runs=(Text(text), AnchorPlace(anchor.guid), Text(".")), anchors=(anchor,), **rest,
    )  # fmt: skip


def a_screening_project(path: Path, records: int = 6, /, **item: Any) -> "Project":
    """Return a new project whose references 1 to `records` came in by one search, as by an import."""
    from evidence_app.domain.edit import Edit, RowOf, insert
    from evidence_app.storage.project import Project
    from evidence_app.storage.references import columns_of

    source = insert("source", name="MEDLINE", kind="database")
    search = insert("search", source=RowOf("source", source.guid))
    file = insert("search_file", search=RowOf("search", search.guid), name="medline.ris")
    rows = [source, search, file]
    for number in range(1, records + 1):
        said = {
            "type": "article-journal", "title": f"Title {number}", "abstract": f"About subject {number}.",
            "issued": {"date-parts": [[2000 + number]]}, "author": [{"family": f"Writer{number}"}], **item,
        }  # fmt: skip
        reference = insert("reference", **columns_of(said))
        record = insert(
            "record", reference=RowOf("reference", reference.guid), source_id=f"R{number}", raw="{}",
            search_file=RowOf("search_file", file.guid),
        )  # fmt: skip
        rows += [reference, record]
    project = Project.create(path, "A review")
    project.apply(Edit("Import", tuple(rows)))
    return project


def a_person(project: "Project", name: str, *roles: str) -> int:
    """Enter a person into a project, with roles, and return their row."""
    from evidence_app.domain.edit import Edit, RowOf, insert

    person = insert("person", name=name)
    row = RowOf("person", person.guid)
    project.apply(Edit(f"Enter {name}", (person, *(insert("role", person=row, role=each) for each in roles))))
    with project.reader() as reader:
        return int(reader.value("SELECT id FROM person WHERE guid = :guid", guid=person.guid))
