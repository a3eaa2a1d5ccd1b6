"""The matrix: what a cell counts, what absent means, and that the numbers of the sample agree."""

import pytest

from evidence_app.domain.contents import ReviewContents
from evidence_app.domain.edit import Edit, RowOf, SetColumns
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.manuscript import Anchor, AnchorPlace, Block, Cited, Role, Text
from evidence_app.domain.matrix import Absence, CellMarks, CellPlace, CellState
from evidence_app.domain.reference import Reference, ReferenceId
from evidence_app.domain.review import Characteristic, NumberState, Review
from evidence_app.domain.synthesis import Theme, ThemeKind
from evidence_app.services.row_names import RowNames
from evidence_app.services.synthesis import marking
from evidence_app.services.synthesis.matrix import ColumnKind, Matrix
from evidence_app.services.synthesis.matrix_rows import (
    RowsWanted,
    by_column,
    characteristics,
    values_of,
    wanted_rows,
)
from evidence_app.services.synthesis.matrix_themes import matrix_of
from evidence_app.storage.matrix import matrix_source
from evidence_app.storage.project import Project

POWER, TRUST, MAIN, OTHER, OVER = 3, 4, 2, 5, 1


def theme(row: int, name: str, kind: ThemeKind, *parents: int) -> Theme:
    return Theme(id=row, guid=f"t{row}", name=name, kind=kind, parents=parents, position=float(row))


THEMES = (
    theme(OVER, "Landscape", ThemeKind.OVERARCHING),
    theme(MAIN, "Relationships", ThemeKind.ANALYTIC, OVER),
    theme(POWER, "Power", ThemeKind.TOPIC, MAIN),
    theme(TRUST, "Trust", ThemeKind.TOPIC, MAIN),
    theme(OTHER, "Funding", ThemeKind.TOPIC, OVER),
)


def report(row: int, number: int, included: bool = True) -> Reference:
    item = {"title": f"Report {row}", "author": [{"family": f"Name{9 - row}"}], "type": "report",
            "issued": {"date-parts": [[2000 + row]]}}  # fmt: skip
    return Reference(id=ReferenceId(row), guid=f"r{row}", item=item, included=included, number=number)


def block(row: int, theme: int, *anchors: tuple[Role, tuple[int, ...]]) -> Block:
    made = tuple(
        Anchor(f"b{row}a{at}", role, tuple(Cited(ReferenceId(each)) for each in works))
        for at, (role, works) in enumerate(anchors)
    )
    places = tuple(AnchorPlace(anchor.guid) for anchor in made)
    return Block(
        guid=f"b{row}", id=row, section=1, theme=theme, runs=(Text(f"Finding {row}"), *places), anchors=made
    )


def a_review(*blocks: Block) -> ReviewContents:
    return ReviewContents(
        review=Review(title="A review"), references=(report(1, 7), report(2, 8), report(3, 9, False)),
        themes=THEMES, blocks=blocks,
        characteristics=tuple(
            Characteristic(reference=row, name="country", value=value, state=NumberState.TYPED)
            for row, value in ((1, "Wales"), (2, "England"))
        ),
    )  # fmt: skip


CITING = a_review(
    block(1, POWER, (Role.EVIDENCE, (1, 2)), (Role.EVIDENCE, (1, 3)), (Role.CONTRAST, (2,))),
    block(2, TRUST, (Role.EVIDENCE, (1,))),
    block(3, OTHER, (Role.EVIDENCE, (3,))),
)


def at(matrix: Matrix, theme: int, kind: ColumnKind = ColumnKind.TOPIC) -> int:
    return next(
        place for place, column in enumerate(matrix.columns)
        if column.of.id == theme and column.kind is kind
    )  # fmt: skip


def test_a_cell_counts_evidence_anchors_of_included_reports() -> None:
    matrix = matrix_of(CITING)
    assert [row.id for row in matrix.rows] == [1, 2]
    power = at(matrix, POWER)
    assert (matrix.cell(1, power).count, matrix.cell(2, power).count) == (2, 1)
    assert matrix.cell(1, power).blocks == (1,)
    assert matrix.cell(3, power).state is CellState.UNSEEN
    assert (matrix.anchors, matrix.anchors_to_reports) == (4, 3)


def test_a_main_theme_has_its_topics_and_a_sum_and_an_overarching_one_only_its_own() -> None:
    matrix = matrix_of(CITING)
    named = [[matrix.columns[place].name for place in band.columns] for band in matrix.bands]
    assert named == [["Funding", "All"], ["Power", "Trust", "All"]]
    main = at(matrix, MAIN, ColumnKind.SUM)
    assert (matrix.cell(1, main).count, matrix.cell(2, main).count) == (3, 1)
    assert matrix.cell(1, main).blocks == (1, 2)
    assert matrix.cell(1, at(matrix, OVER, ColumnKind.SUM)).state is CellState.UNSEEN


def test_findings_on_a_main_theme_itself_have_a_column() -> None:
    matrix = matrix_of(a_review(block(1, MAIN, (Role.EVIDENCE, (1,)))))
    itself = at(matrix, MAIN, ColumnKind.ITSELF)
    assert (matrix.cell(1, itself).count, matrix.cell(1, at(matrix, MAIN, ColumnKind.SUM)).count) == (1, 1)
    assert matrix.cell(1, at(matrix, POWER)).state is CellState.UNSEEN


def absent(*places: tuple[int, int]) -> CellMarks:
    return CellMarks({CellPlace(*place): Absence(row) for row, place in enumerate(places, 1)})


def test_not_cited_is_not_absent_until_somebody_says_so() -> None:
    trust = at(matrix_of(CITING), TRUST)
    assert matrix_of(CITING).cell(2, trust).state is CellState.UNSEEN
    assert matrix_of(CITING, absent((2, TRUST))).cell(2, trust).state is CellState.ABSENT


def test_evidence_outweighs_a_mark() -> None:
    assert matrix_of(CITING, absent((1, TRUST))).cell(1, at(matrix_of(CITING), TRUST)).count == 1


def test_absent_from_a_main_theme_is_absent_from_its_topics_and_the_other_way_round() -> None:
    empty = a_review()
    whole = matrix_of(empty, absent((1, MAIN)))
    assert {whole.cell(1, at(whole, topic)).state for topic in (POWER, TRUST)} == {CellState.ABSENT}
    parts = matrix_of(empty, absent((1, POWER), (1, TRUST)))
    assert parts.cell(1, at(parts, MAIN, ColumnKind.SUM)).state is CellState.ABSENT
    half = matrix_of(empty, absent((1, POWER)))
    assert half.cell(1, at(half, MAIN, ColumnKind.SUM)).state is CellState.UNSEEN


def test_what_the_overarching_theme_lacks_says_nothing_of_the_subthemes() -> None:
    matrix = matrix_of(a_review(), absent((1, OVER)))
    assert matrix.cell(1, at(matrix, OTHER)).state is CellState.ABSENT
    assert matrix.cell(1, at(matrix, POWER)).state is CellState.UNSEEN


def test_rows_are_filtered_and_ordered() -> None:
    matrix = matrix_of(CITING)

    def rows(wanted: RowsWanted, order: str = "number") -> list[int]:
        return [row.id for row in wanted_rows(matrix, wanted, order)]

    assert rows(RowsWanted()) == [1, 2]
    assert rows(RowsWanted(), "country") == [2, 1]
    assert rows(RowsWanted(), "name") == [2, 1]
    assert rows(RowsWanted(), "year") == [2, 1]
    assert rows(RowsWanted(), "cited") == [1, 2]
    assert rows(RowsWanted(country="Wales")) == [1]
    assert rows(RowsWanted(found={2})) == [2]
    assert rows(RowsWanted(country="Wales", found={2})) == []
    assert RowsWanted(country="Wales").words() == "Wales"
    assert [row.id for row in by_column(matrix, matrix.rows[::-1], at(matrix, TRUST))] == [1, 2]
    assert values_of(matrix, "kind") == [("not reported", 2)]
    assert characteristics(matrix) == ("country",)


def test_a_review_without_reports_or_themes_is_an_empty_matrix() -> None:
    bare = matrix_of(ReviewContents(review=Review(title="New")))
    assert (bare.rows, bare.columns, bare.anchors, bare.size) == ((), (), 0, "0 reports × 0 topics")


def test_topics_alone_stand_for_main_themes() -> None:
    contents = ReviewContents(
        review=Review(title="New"), references=(report(1, 1),), themes=(theme(1, "Power", ThemeKind.TOPIC),)
    )
    assert [column.kind for column in matrix_of(contents).columns] == [ColumnKind.SUM]


@pytest.fixture
def sample(sample_project: Project) -> Project:
    return sample_project


def test_the_sample_agrees_with_its_themes_and_its_109_anchors(sample: Project) -> None:
    with sample.reader() as reader:
        source = matrix_source(reader)
    matrix, contents = matrix_of(source.contents, source.marks), source.contents
    assert (len(matrix.rows), matrix.anchors, matrix.anchors_to_reports) == (47, 109, 107)
    assert [row.number for row in matrix.unseen] == [55, 92]
    assert [matrix.columns[band.last].total for band in matrix.bands] == [40, 11, 33, 25]
    for place, column in enumerate(matrix.columns):
        cited = {row.id for row in matrix.rows if matrix.cell(row.id, place).count}
        assert cited == {each.id for each in contents.supporting(column.of.id)}
        assert len(cited) == column.rows
    for band in matrix.bands:
        for row in matrix.rows:
            topics = [matrix.cell(row.id, place).count for place in range(band.first, band.last)]
            assert matrix.cell(row.id, band.last).count == sum(topics)


def test_marks_are_edits_with_one_undo(sample: Project) -> None:
    def read() -> tuple[Matrix, CellMarks]:
        with sample.reader() as reader:
            source = matrix_source(reader)
        return matrix_of(source.contents, source.marks), source.marks

    matrix, marks = read()
    silent = matrix.unseen[0].id
    cells = [(silent, place) for place in range(3)]
    edit = marking.looked_at_absent(matrix, marks, cells, None)
    assert edit.label == "Looked at, absent: 3 cells"
    sample.apply(edit)
    matrix, marks = read()
    assert [matrix.cell(*cell).state for cell in cells] == [CellState.ABSENT] * 3
    assert not marking.looked_at_absent(matrix, marks, cells, None)
    sample.apply(marking.not_looked_at(matrix, marks, cells[:1]))
    assert read()[0].cell(*cells[0]).state is CellState.UNSEEN
    sample.undo()
    sample.undo()
    assert read()[1].absences == {}


def test_a_cited_cell_cannot_be_called_absent() -> None:
    matrix = matrix_of(CITING)
    with pytest.raises(EvidenceError, match="not absent"):
        marking.looked_at_absent(matrix, CellMarks(), [(1, at(matrix, POWER))], None)
    both = [(1, at(matrix, TRUST)), (2, at(matrix, TRUST))]
    assert len(marking.looked_at_absent(matrix, CellMarks(), both, None).changes) == 1


def test_a_summary_is_written_reworded_and_removed(sample: Project) -> None:
    with sample.reader() as reader:
        source = matrix_source(reader)
    place = CellPlace(source.contents.included[0].id, source.contents.themes[0].id)

    def write(text: str) -> None:
        with sample.reader() as reader:
            marks = matrix_source(reader).marks
        sample.apply(marking.summarise(marks, place, text, None))

    def texts() -> list[str]:
        with sample.reader() as reader:
            return [each.text for each in matrix_source(reader).marks.summaries.values()]

    assert not marking.summarise(source.marks, place, "  ", RowOf("person", "nobody"))
    write("Commissioners knew the area.")
    write("Commissioners knew the area well.")
    assert texts() == ["Commissioners knew the area well."]
    write("")
    assert texts() == []
    sample.undo()
    assert texts() == ["Commissioners knew the area well."]


def test_marks_made_twice_in_haste_go_together(sample: Project) -> None:
    def marks() -> CellMarks:
        with sample.reader() as reader:
            return matrix_source(reader).marks

    with sample.reader() as reader:
        source = matrix_source(reader)
    matrix = matrix_of(source.contents, source.marks)
    cell = (matrix.unseen[0].id, 0)
    place = CellPlace(cell[0], matrix.columns[0].of.id)
    for _ in range(2):
        sample.apply(marking.looked_at_absent(matrix, source.marks, [cell], None))
        sample.apply(marking.summarise(source.marks, place, "Nothing", None))
    assert len(marks().absences) == 1
    sample.apply(marking.not_looked_at(matrix, marks(), [cell]))
    sample.apply(marking.summarise(marks(), place, "", None))
    assert marks() == CellMarks()


def test_marks_of_a_merged_report_stand_with_what_it_became(sample: Project) -> None:
    with sample.reader() as reader:
        source = matrix_source(reader)
    matrix = matrix_of(source.contents, source.marks)
    gone, kept = (row.id for row in matrix.unseen)
    sample.apply(marking.looked_at_absent(matrix, source.marks, [(gone, 0)], None))
    merged = SetColumns("reference", gone, {"merged_into": None}, {"merged_into": kept})
    sample.apply(Edit("Merge", (merged,)))
    with sample.reader() as reader:
        after = matrix_source(reader).marks
    assert list(after.absences) == [CellPlace(kept, matrix.columns[0].of.id)]


def test_history_tells_of_marks_in_words(sample: Project) -> None:
    with sample.reader() as reader:
        source = matrix_source(reader)
    matrix = matrix_of(source.contents, source.marks)
    report = matrix.unseen[0]
    place = CellPlace(report.id, matrix.columns[0].of.id)
    sample.apply(marking.looked_at_absent(matrix, source.marks, [(report.id, 0)], None))
    sample.apply(marking.summarise(source.marks, place, "Nothing on funding", None))
    theme = matrix.columns[0].of.name
    with sample.reader() as reader:
        names, marks = RowNames(reader), matrix_source(reader).marks
        absent = names.essence("absence", marks.absences[place].id)
        summary = names.essence("cell_summary", marks.summaries[place].id)
    assert absent == ("Looked at, absent", f"“{theme}” in {report.short_label}")
    assert summary == (f"Framework summary of “{theme}” in {report.short_label}", "Nothing on funding")
