"""A duplicate found after full texts were judged: what counts is what the votes on both come to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.screening import Stage, Verdict
from evidence_app.services.deduplication import merging
from evidence_app.services.screening import deciding
from evidence_app.storage.applied import Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project

ADA = Acting("Ada Lovelace", "AL", "11111111-0000-4000-8000-000000000001")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two records of one work, both passed on title and abstract."""
    with Project.create(tmp_path / "review.evidence", "A review", ADA) as made:
        source = insert("source", name="Medline")
        search = insert("search", source=RowOf("source", source.guid))
        file = insert("search_file", search=RowOf("search", search.guid), name="a.ris")
        works = [insert("reference", title="One work") for _ in range(2)]
        records = [
            insert(
                "record", reference=RowOf("reference", each.guid), raw="{}",
                search_file=RowOf("search_file", file.guid),
            )
            for each in works
        ]  # fmt: skip
        reason = insert("exclusion_reason", stage="full text", name="Wrong design")
        made.apply(Edit("Import", (source, search, file, *works, *records, reason)))
        for work in (1, 2):
            decide(made, work, Stage.TITLE_ABSTRACT, Verdict.INCLUDE)
        yield made


def decide(project: Project, work: int, stage: Stage, verdict: Verdict) -> None:
    """Judge a record as Ada."""
    with project.reader() as reader:
        reason = 1 if verdict is Verdict.EXCLUDE else None
        project.apply(deciding.decide(reader, work, stage, verdict, RowOf("person", ADA.guid), reason))


def standings(reader: Reader) -> list[str | None]:
    """Return where both references stand."""
    return [row["standing"] for row in reader.rows("SELECT standing FROM reference ORDER BY id")]


@pytest.mark.parametrize(("later", "stands"), [(Verdict.EXCLUDE, None), (Verdict.INCLUDE, "included")])
@pytest.mark.parametrize("master", [1, 2])
def test_the_later_vote_of_one_person_counts_for_both(
    project: Project, later: Verdict, stands: str | None, master: int
) -> None:
    earlier = Verdict.INCLUDE if later is Verdict.EXCLUDE else Verdict.EXCLUDE
    decide(project, 1, Stage.FULL_TEXT, earlier)
    decide(project, 2, Stage.FULL_TEXT, later)
    with project.reader() as reader:
        before = standings(reader)
        project.apply(merging.merge(reader, [1, 2], master))
        assert reader.value("SELECT standing FROM live_reference") == stands
        other = 3 - master
        project.apply(merging.unmerge(reader, other))
        assert standings(reader) == before


def test_an_included_report_stays_where_the_duplicate_was_never_judged(project: Project) -> None:
    decide(project, 2, Stage.FULL_TEXT, Verdict.INCLUDE)
    with project.reader() as reader:
        project.apply(merging.merge(reader, [1, 2], 1))
        assert reader.value("SELECT standing FROM live_reference") == "included"
        project.undo()
        assert standings(reader) == [None, "included"]


def test_what_was_included_by_hand_and_never_judged_stays(project: Project) -> None:
    project.apply(Edit("Include", (insert("reference", title="One work", standing="included"),)))
    with project.reader() as reader:
        project.apply(merging.merge(reader, [1, 3], 1))
        assert reader.value("SELECT standing FROM reference WHERE id = 1") == "included"
