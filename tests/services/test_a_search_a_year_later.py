"""A search run again a year later: what was screened stays screened, only new records are to be screened."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.screening import Outcome, Stage, Verdict
from evidence_app.services.deduplication import deciding, queue
from evidence_app.services.importing import SearchRun, import_files
from evidence_app.services.progress import silent
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.storage import references, screening
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from tests.doubles import a_person

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
HELD = ("walking home", "hands that write", "reading aloud", "standing up")
NEW = ("swallowing again", "driving a car")


def titled(subject: str) -> str:
    return f"A long look at {subject} after a first stroke"


def a_record(subject: str, at: int) -> str:
    """Return a record as the first search gives it."""
    return ris(
        ("AU", "Berg, Anna"), ("AU", "Ito, Ken"), ("TI", titled(subject)), ("VL", "9"), ("IS", "2"),
        ("JO", "Journal of Gait and Balance"), ("PY", "2010"), ("SP", f"{at}00"), ("EP", f"{at}09"),
    )  # fmt: skip


def a_later_record(subject: str, at: int) -> str:
    """Return the record of the same work as another database gives it a year later, saying more."""
    return ris(
        ("A1", "Berg A"), ("A1", "Ito K"), ("T1", f"{titled(subject).upper()}."), ("JF", "J Gait Balance"),
        ("Y1", "2010//"), ("VL", "9"), ("SP", f"{at}00-9"), ("DO", f"10.1234/gait.{at}"),
        ("N2", f"We looked at {subject} in ninety people and found what helped them. " * 3),
    )  # fmt: skip


def ris(*fields: tuple[str, str]) -> str:
    return "\n".join(("TY  - JOUR", *(f"{tag}  - {value}" for tag, value in fields), "ER  - ", ""))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence", "Review") as made:
        yield made


def imported(project: Project, path: Path, records: list[str], searched: str) -> list[int]:
    """Import a search, and return the references that came in."""
    with project.reader() as reader:
        before = {int(each.id) for each in references.all_references(reader)}
    path.write_text("\n".join(records), "utf-8")
    (report,) = import_files(project, [path], SearchRun(source=path.stem, searched=searched)).files
    assert report.imported == len(records)
    with project.reader() as reader:
        return sorted({int(each.id) for each in references.all_references(reader)} - before)


def merge_what_is_the_same(project: Project) -> None:
    project.keep(queue.TABLE, queue.look(project.path, (), silent))
    with project.reader() as reader:
        project.apply(deciding.preview(reader, queue.read_queue(reader).found).edit)


def unscreened(reader: Reader) -> list[int]:
    return [row for row, outcome in outcomes(reader, FIRST).items() if outcome is Outcome.UNSCREENED]


def titles_of(reader: Reader, rows: list[int]) -> list[str]:
    return sorted(each.title.lower().rstrip(".") for each in references.references(reader, rows))


def said(reader: Reader) -> list[tuple[str, str, str]]:
    """Return every decision by the title of the work it counts for."""
    return sorted(
        (titles_of(reader, [each.reference])[0], each.stage.value, each.verdict.value)
        for each in screening.decisions(reader)
    )


@pytest.fixture
def screened(project: Project, tmp_path: Path) -> list[int]:
    """The first search, screened: two go on, one of them is excluded in full text, two are out."""
    records = [a_record(subject, at) for at, subject in enumerate(HELD, 1)]
    rows = imported(project, tmp_path / "first.ris", records, "2023-03-16")
    ada = a_person(project, "Ada")
    reason = insert("exclusion_reason", stage=FULL.value, name="Wrong group", position=0)
    project.apply(Edit("Reason", (reason,)))
    verdicts = (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.INCLUDE, Verdict.EXCLUDE)
    with project.reader() as reader:
        for row, verdict in zip(rows, verdicts, strict=True):
            project.apply(decide(reader, row, FIRST, verdict, ada))
        (main,) = (each.id for each in screening.reasons(reader, FULL))
        project.apply(decide(reader, rows[0], FULL, Verdict.INCLUDE, ada))
        project.apply(decide(reader, rows[2], FULL, Verdict.EXCLUDE, ada, main))
        assert unscreened(reader) == []
    return rows


@pytest.mark.usefixtures("screened")
def test_only_new_records_enter_screening(project: Project, tmp_path: Path) -> None:
    again = [a_later_record(subject, at) for at, subject in enumerate((*HELD, *NEW), 1)]
    with project.reader() as reader:
        before = said(reader)
    imported(project, tmp_path / "later.ris", again, "2024-04-02")
    with project.reader() as reader:
        assert len(unscreened(reader)) == len(again)
    merge_what_is_the_same(project)
    with project.reader() as reader:
        assert titles_of(reader, unscreened(reader)) == sorted(titled(each).lower() for each in NEW)
        assert len(screening.screened(reader)) == len(HELD) + len(NEW)
        assert list(outcomes(reader, FIRST).values()).count(Outcome.INCLUDE) == 2
        assert Outcome.UNSCREENED not in outcomes(reader, FULL).values()
        assert said(reader) == before
        assert list(screening.standings(reader).values()) == ["included"]


@pytest.mark.usefixtures("screened")
def test_the_new_record_of_a_work_is_kept_with_it(project: Project, tmp_path: Path) -> None:
    imported(project, tmp_path / "later.ris", [a_later_record(HELD[0], 1)], "2024-04-02")
    merge_what_is_the_same(project)
    with project.reader() as reader:
        (work,) = [row for row, standing in screening.standings(reader).items() if standing == "included"]
        sources = reader.rows(
            """SELECT s.name FROM live_record r JOIN reference f ON f.id = r.reference
               JOIN live_search_file l ON l.id = r.search_file JOIN live_search h ON h.id = l.search
               JOIN live_source s ON s.id = h.source
               WHERE coalesce(f.merged_into, f.id) = :work ORDER BY s.id""",
            work=work,
        )
        assert [row[0] for row in sources] == ["first", "later"]
        kept = references.reference(reader, work)
        assert kept is not None
        assert kept.item["DOI"] == "10.1234/gait.1"


def test_a_record_that_is_taken_out_again_is_screened_by_itself(
    project: Project, tmp_path: Path, screened: list[int]
) -> None:
    (new,) = imported(project, tmp_path / "later.ris", [a_later_record(HELD[1], 2)], "2024-04-02")
    merge_what_is_the_same(project)
    with project.reader() as reader:
        assert unscreened(reader) == []
        into = reader.value("SELECT merged_into FROM reference WHERE id = :new", new=new)
        project.apply(deciding.take_apart(reader, new if into else screened[1]))
        assert unscreened(reader) == [new]
        assert outcomes(reader, FIRST)[screened[1]] is Outcome.EXCLUDE


def test_what_may_be_another_report_is_screened_unless_a_person_merges_it(
    project: Project, tmp_path: Path, screened: list[int]
) -> None:
    abstract = a_record(HELD[0], 1)
    for here, there in (("VL  - 9", "VL  - 8"), ("SP  - 100", "SP  - S12"), ("EP  - 109\n", "")):
        abstract = abstract.replace(here, there)
    (new,) = imported(project, tmp_path / "later.ris", [abstract], "2024-04-02")
    merge_what_is_the_same(project)
    with project.reader() as reader:
        assert unscreened(reader) == [new]
        (pair,) = queue.read_queue(reader).waiting
        assert {pair.one, pair.other} == {screened[0], new}
        project.apply(deciding.merge_pair(reader, pair.match, screened[0], {}))
        assert unscreened(reader) == []
