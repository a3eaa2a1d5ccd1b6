"""What the history says of screening: the record, and no verdict while screening is blind."""

from pathlib import Path

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.screening import Stage, Verdict
from evidence_app.services.row_names import RowNames, table_words
from evidence_app.services.screening import deciding
from evidence_app.storage import screening
from evidence_app.storage.project import Project


def test_a_decision_is_told_by_its_record_and_not_by_its_verdict_while_blind(tmp_path: Path) -> None:
    with Project.create(tmp_path / "r.evidence", "Review") as project, project.reader() as reader:
        work = insert("reference", title="On walking", type="article-journal")
        person = insert("person", name="Ada")
        project.apply(Edit("Begin", (work, person)))
        who = reader.value("SELECT id FROM person WHERE name = 'Ada'")
        project.apply(deciding.decide(reader, 1, Stage.TITLE_ABSTRACT, Verdict.EXCLUDE, who))
        row = screening.decisions(reader)[0].id
        told = RowNames(reader).essence("decision", row)
        assert told == ("Decision on On walking n.d.", "not shown while screening is blind")
        project.apply(Edit("Lift the blindness", (insert("protocol", blind=0),)))
        assert RowNames(reader).essence("decision", row) == ("Decision on On walking n.d.", "Exclude")


def test_rows_of_screening_have_words(tmp_path: Path) -> None:
    assert table_words("look_again", 3) == "3 records to be judged again"
    assert table_words("exclusion_reason", 1) == "1 reason"
    with Project.create(tmp_path / "r.evidence", "Review") as project, project.reader() as reader:
        project.apply(Edit("Highlight", (insert("term", text="peer*", kind="include"),)))
        assert RowNames(reader).essence("term", 1) == ("Highlighted term (include)", "peer*")
        assert RowNames(reader).name("term", 1) == "the highlighted term “peer*”"
