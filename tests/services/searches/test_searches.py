"""The log of searches: what is written, what is counted, what each search was worth."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evidence_app.domain.edit import Edit, SetWhere
from evidence_app.domain.errors import EvidenceError
from evidence_app.services.importing import SearchRun, import_files
from evidence_app.services.library.attachments import keep_copies
from evidence_app.services.searches import captures, known_items, log, worth
from evidence_app.services.searches.arrivals import Arrival, likely_search, look_at
from evidence_app.services.searches.kinds import KINDS, form_of
from evidence_app.services.searches.versions import versions
from evidence_app.storage import searches
from evidence_app.storage.project import Project
from evidence_app.storage.search_yields import yields
from evidence_app.storage.searches import LoggedSearch


def ris(path: Path, numbers: range) -> Path:
    """Write an export with these works."""
    record = "TY  - JOUR\nAU  - Berg, A\nTI  - Work {0} on commissioning care\nPY  - 2019\n"
    record += "DO  - 10.1000/{0}\nER  - \n\n"
    path.write_text("".join(record.format(number) for number in numbers), "utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "review.evidence", "A review") as made:
        yield made


@pytest.fixture
def stocked(project: Project, tmp_path: Path) -> Project:
    """Medline holds works 0 to 9, Scopus 5 to 14; the common five are merged; 4 and 5 are included."""
    import_files(project, [ris(tmp_path / "m.ris", range(10))], SearchRun(source="Medline", platform="Ovid"))
    import_files(project, [ris(tmp_path / "s.ris", range(5, 15))], SearchRun(source="Scopus"))
    with project.reader() as reader:
        rows = reader.rows("SELECT id, doi FROM reference ORDER BY id")
    first: dict[str, int] = {}
    changes = []
    for row in rows:
        if row["doi"] in first:
            changes.append(SetWhere("reference", "merged_into", first[row["doi"]], [row["id"]]))
        first.setdefault(row["doi"], row["id"])
    changes.append(SetWhere("reference", "standing", "included", [first["10.1000/4"], first["10.1000/5"]]))
    project.apply(Edit("Merge and include", tuple(changes)))
    return project


def logged(project: Project, name: str) -> LoggedSearch:
    with project.reader() as reader:
        return next(each for each in searches.searches(reader) if each.name == name)


def test_merged_references_count_once_and_unique_is_what_nobody_else_found(stocked: Project) -> None:
    with stocked.reader() as reader:
        found = yields(reader)
    medline, scopus = (found[logged(stocked, name).search or 0] for name in ("Medline", "Scopus"))
    assert (medline.records, medline.works, medline.unique) == (10, 10, 5)
    assert (medline.included, medline.only_here) == (2, 1)
    assert (scopus.records, scopus.unique, scopus.included, scopus.only_here) == (10, 5, 1, 0)


def test_an_undone_import_is_not_counted(stocked: Project) -> None:
    stocked.undo()
    stocked.undo()
    with stocked.reader() as reader:
        (medline,) = yields(reader).values()
    assert (medline.records, medline.unique) == (10, 10)


def test_the_worth_of_each_search_leaves_as_a_workbook_of_numbers(stocked: Project, tmp_path: Path) -> None:
    stocked.apply(log.set_field(logged(stocked, "Medline"), "claimed", "12"))
    out = worth.write_table(stocked.path, tmp_path / "worth.xlsx")
    rows = list(load_workbook(out)["Searches"].values)
    assert rows[0] == worth.HEADS
    assert rows[1][:5] == ("Medline", "database", "Ovid", None, 10)
    assert rows[1][5:] == ("derived", 12, 10, 5, 2, 1, 5)
    assert rows[3][:5] == ("All databases (2)", None, None, None, 20)


def test_claimed_and_read_are_compared(stocked: Project) -> None:
    stocked.apply(log.set_field(logged(stocked, "Medline"), "claimed", "1,200"))
    with stocked.reader() as reader:
        row = next(each for each in worth.worth(reader) if each.search.name == "Medline")
    assert row.difference == 10 - 1200


def test_the_sample_states_its_yields_and_reports_nothing_of_other_methods(sample_project: Project) -> None:
    with sample_project.reader() as reader:
        rows = worth.worth(reader)
    shown = {row.search.name: row.records.shown for row in rows if row.gives_records}
    assert list(shown.values())[:4] == ["834", "676", "245", "920"]
    assert {shown[name] for name in list(shown)[4:]} == {"not reported"}
    databases = [row for row in rows if row.group == "databases"]
    fact = log.records_fact([(row.search, row.records.value, True) for row in databases])
    assert fact == "2,675 records typed from 4 databases"


@pytest.mark.parametrize("kind", [kind.word for kind in KINDS])
def test_every_field_of_every_form_is_kept_and_taken_back(project: Project, kind: str) -> None:
    project.apply(log.new_search("Somewhere", kind, 1))
    for field in (field for row in form_of(kind) for field in row):
        typed = "12" if field.number else "16–17 March 2023" if field.column == "run" else f"my {field.label}"
        before = log.shown(logged_first(project), field.column)
        project.apply(log.set_field(logged_first(project), field.column, typed))
        assert log.shown(logged_first(project), field.column) == typed
        project.undo()
        assert log.shown(logged_first(project), field.column) == before


def logged_first(project: Project) -> LoggedSearch:
    with project.reader() as reader:
        return searches.searches(reader)[0]


def test_a_source_without_a_run_gets_one_by_its_first_field(sample_project: Project) -> None:
    scholar = logged(sample_project, "Google Scholar")
    assert scholar.search is None
    sample_project.apply(log.set_field(scholar, "seen", "200"))
    assert logged(sample_project, "Google Scholar").number("seen") == 200
    sample_project.undo()
    assert logged(sample_project, "Google Scholar").search is None


@pytest.mark.parametrize("typed", ["many", "-3", "1.5e3"])
def test_what_is_no_number_is_refused(project: Project, typed: str) -> None:
    project.apply(log.new_search("BASE", "search engine", 1))
    with pytest.raises(EvidenceError, match="not a number"):
        log.set_field(logged_first(project), "seen", typed)


def test_a_search_engine_needs_no_file(project: Project, tmp_path: Path) -> None:
    import_files(project, [ris(tmp_path / "m.ris", range(3))], SearchRun(source="Medline"))
    project.apply(
        log.new_search(
            "Google Scholar", "search engine", 2, seen=200, kept=3, query="co-production commissioning"
        )
    )
    scholar = logged(project, "Google Scholar")
    project.apply(log.keep_work(scholar, 2, 14))
    pages = keep_copies(project.path, [tmp_path / "m.ris"], lambda _done, _total: None)
    project.apply(captures.keep_pages(scholar, pages, "2023-03-20T10:00:00"))
    with project.reader() as reader:
        (kept,) = searches.kept_works(reader, scholar.search or 0)
        (page,) = searches.captures(reader, scholar.search or 0)
        row = next(each for each in worth.worth(reader) if each.search.name == "Google Scholar")
    assert (kept.rank, kept.also_in) == (14, ("Medline",))
    assert (page.at, page.sha256) == ("2023-03-20T10:00:00", pages[0].sha256)
    assert (row.records.shown, row.records.state.value, row.unique.value) == ("200", "typed", 0)


def test_removing_a_search_takes_what_it_alone_brought_and_undo_brings_it_back(stocked: Project) -> None:
    scopus = logged(stocked, "Scopus")
    with stocked.reader() as reader:
        alone = searches.records_of(reader, scopus.search or 0)
        before = reader.value("SELECT count(*) FROM live_reference")
    stocked.apply(log.remove_search(scopus, alone))
    with stocked.reader() as reader:
        assert [each.name for each in searches.searches(reader)] == ["Medline"]
        assert reader.value("SELECT count(*) FROM live_reference") == before - 5
        (medline,) = yields(reader).values()
    assert medline.unique == 10
    stocked.undo()
    with stocked.reader() as reader:
        assert reader.value("SELECT count(*) FROM live_reference") == before


def test_known_works_are_found_by_merged_and_by_unmerged_records(stocked: Project) -> None:
    known = Edit(
        "Add",
        (
            insert_reference("Work 9 on commissioning care", "10.1000/9"),
            insert_reference("Lost", "10.9000/9"),
        ),
    )
    stocked.apply(known)
    with stocked.reader() as reader:
        new = [row["id"] for row in reader.rows("SELECT id FROM reference ORDER BY id DESC LIMIT 2")]
        items = known_items.tested(
            reader, [*new, *(row["id"] for row in reader.rows("SELECT id FROM reference LIMIT 1"))]
        )
        by_query = known_items.known_items(reader, "set:included")
    medline = logged(stocked, "Medline").search or 0
    state = {
        item.label.split(". ")[1]: (medline in item.found_by, item.is_found_by(medline)) for item in items
    }
    assert state == {
        "Lost": (False, False),
        "Work 9 on commissioning care": (False, True),
        "Work 0 on commissioning care": (True, True),
    }
    assert known_items.recall(items, medline) == (2, 3)
    assert known_items.recall(by_query, logged(stocked, "Scopus").search) == (1, 2)


def insert_reference(title: str, doi: str):  # type: ignore[no-untyped-def]
    from evidence_app.domain.edit import insert
    from evidence_app.storage.references import columns_of

    item = {"type": "article-journal", "title": title, "DOI": doi, "author": [{"family": "Berg"}]}
    return insert("reference", **columns_of(item))


def test_earlier_versions_of_a_query_are_known_newest_first(project: Project) -> None:
    project.apply(log.new_search("Medline", "database", 1, query="a"))
    for text in ("a\nb", "a\nb\nc"):
        project.apply(log.set_field(logged_first(project), "query", text))
    with project.reader() as reader:
        found = versions(reader, logged_first(project).search or 0, "a\nb\nc")
    assert [each.query for each in found] == ["a\nb\nc", "a\nb", "a"]
    assert "3 lines" in found[0].label


def test_files_are_told_by_content_and_sent_to_the_search_they_are_of(
    project: Project, tmp_path: Path
) -> None:
    project.apply(log.new_search("Public Health", "database", 1))
    letter = tmp_path / "letter.docx"
    letter.write_text("Dear editor,", "utf-8")
    files = [ris(tmp_path / "public-health 2023.txt", range(2)), letter]
    first, second = look_at(files, lambda _done, _total: None)
    assert (first.format, first.why_not) == ("ris", "")
    assert "none of the formats" in second.why_not
    with project.reader() as reader:
        held = searches.searches(reader)
    likely = likely_search(Arrival(files[0]), held)
    assert likely is not None
    assert likely.name == "Public Health"
    assert likely_search(Arrival(letter), held) is None
