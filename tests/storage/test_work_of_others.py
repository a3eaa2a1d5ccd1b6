"""What others did on records stays whole when who brought the records in takes that back, or out."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from evidence_app.domain.edit import Change, Edit, Insert, RowOf, insert, remove
from evidence_app.domain.errors import MovedOn
from evidence_app.domain.screening import Stage, Verdict
from evidence_app.services.screening.agreement import agreements
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.desk_queue import read_queue
from evidence_app.services.screening.methods import screening_paragraphs
from evidence_app.services.screening.taking_back import last_taken
from evidence_app.storage import screening
from evidence_app.storage.applied import Acting
from evidence_app.storage.backup import verify
from evidence_app.storage.project import Project

ADA, CY = Acting("Ada", "A", "ada-guid"), Acting("Cy", "C", "cy-guid")
FIRST = Stage.TITLE_ABSTRACT


def an_import(number: int) -> Iterable[Change]:
    """Return rows as an import makes them."""
    source = insert("source", name="MEDLINE", kind="database")
    search = insert("search", source=RowOf("source", source.guid))
    file = insert("search_file", search=RowOf("search", search.guid), name="medline.ris")
    yield from (source, search, file)
    for at in range(number):
        reference = insert("reference", type="article-journal", title=f"Work {at}")
        yield reference
        yield insert(
            "record", reference=RowOf("reference", reference.guid), source_id=f"R{at}", raw="{}",
            search_file=RowOf("search_file", file.guid),
        )  # fmt: skip


def an_import_as_a_job(project: Project, number: int) -> None:
    job = project.job("Import 1 file")
    job.add([each for each in an_import(number) if isinstance(each, Insert)])
    job.finish()


def judge(path: Path, who: Acting, rows: Iterable[int], verdict: Verdict = Verdict.EXCLUDE) -> None:
    with Project.open(path, who) as project, project.reader() as reader:
        for row in rows:
            project.apply(decide(reader, row, FIRST, verdict, RowOf("person", who.guid)))


def live(path: Path) -> dict[str, int]:
    """Count what stands in the review."""
    with Project.open(path, ADA) as project, project.reader() as reader:
        names = ("reference", "record", "decision", "search")
        return {name: reader.rows(f"SELECT count(*) FROM live_{name}")[0][0] for name in names}


@pytest.fixture(params=["an edit", "a job"])
def imported(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A review into which Ada imported six records."""
    path = tmp_path / "review.evidence"
    Project.create(path, "A review").close()
    with Project.open(path, ADA) as project:
        if request.param == "a job":
            an_import_as_a_job(project, 6)
        else:
            project.apply(Edit("Import 1 file", tuple(an_import(6))))
    return path


def test_an_import_that_others_judged_is_not_taken_back_below_them(imported: Path) -> None:
    judge(imported, CY, (1, 2, 3))
    before = live(imported)
    refused = pytest.raises(MovedOn, match="Cy has since judged 3 records of it")
    with Project.open(imported, ADA) as project, refused:
        project.undo()
    assert live(imported) == before
    verify(imported)  # raises where the file is not sound
    with Project.open(imported, CY) as project:
        for _ in range(3):
            project.undo()
    with Project.open(imported, ADA) as project:
        project.undo()
    assert set(live(imported).values()) == {0}
    with Project.open(imported, ADA) as project:
        project.redo()
    with Project.open(imported, CY) as project:
        for _ in range(3):
            project.redo()
    assert live(imported) == before
    verify(imported)  # raises where the file is not sound


def test_what_others_did_again_and_an_import_done_again_are_kept_whole_too(imported: Path) -> None:
    for turn in ("undo", "redo"):
        with Project.open(imported, ADA) as project:
            getattr(project, turn)()
    judge(imported, CY, (1,))
    for turn in ("undo", "redo"):
        with Project.open(imported, CY) as project:
            getattr(project, turn)()
    refused = pytest.raises(MovedOn, match="Cy has since judged 1 record of it")
    with Project.open(imported, ADA) as project, refused:
        project.undo()
    assert live(imported)["decision"] == 1


def test_what_somebody_did_alone_is_taken_back_to_the_beginning_and_done_again(imported: Path) -> None:
    judge(imported, ADA, (1, 2))
    before = live(imported)
    with Project.open(imported, ADA) as project:
        for _ in range(3):
            project.undo()
        assert project.undoable() is None
        for _ in range(3):
            project.redo()
    assert live(imported) == before


def test_records_taken_out_with_decisions_on_them_are_counted_nowhere_and_come_back_whole(
    imported: Path,
) -> None:
    judge(imported, CY, (1, 2, 3))
    judge(imported, ADA, (1, 2, 3), Verdict.INCLUDE)
    me = RowOf("person", CY.guid)

    def told() -> tuple[object, ...]:
        with Project.open(imported, CY) as project, project.reader() as reader:
            state = read_queue(reader, FIRST, "unscreened", me)
            taken = last_taken(reader, FIRST, me)
            return (
                [each.number for each in agreements(reader, FIRST)], state.done, state.total,
                [row for row, _ in state.judged], len(state.moments), taken and taken.decision.reference,
                screening_paragraphs(reader),
            )  # fmt: skip

    before = told()
    assert before[:6] == ([3], 3, 6, [3, 2, 1], 3, 3)
    with Project.open(imported, ADA) as project:
        gone = [remove("reference", 3), *_records_of(project, 3)]
        project.apply(Edit("Take out", tuple(gone)))
    after = told()
    assert after[:6] == ([2], 2, 5, [2, 1], 2, 2)
    assert "Titles and abstracts of 2 records were judged" in str(after[6])
    verify(imported)  # raises where the file is not sound
    with Project.open(imported, ADA) as project:
        project.undo()
    assert told() == before


def _records_of(project: Project, row: int) -> list[Change]:
    with project.reader() as reader:
        found = reader.rows("SELECT id FROM live_record WHERE reference = :row", row=row)
        assert screening.screened(reader)
    return [remove("record", each["id"]) for each in found]
