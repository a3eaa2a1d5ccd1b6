"""Every row of screening has words in the history, and tells nothing of others while screening is blind."""

from pathlib import Path

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.screening import Protocol, Purpose, Stage, Verdict
from evidence_app.services.row_names import RowNames, table_words
from evidence_app.services.screening.amending import amend
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.protocol import Lists, RoleLine, set_protocol
from evidence_app.services.screening.row_words import HIDDEN, TABLES
from evidence_app.services.screening.sampling import draw_sample
from evidence_app.services.screening.stopping import Rule, start
from evidence_app.storage import trail
from tests.doubles import a_person, a_screening_project

FIRST = Stage.TITLE_ABSTRACT


def test_every_table_of_screening_has_words_for_its_rows(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        roles = Lists(roles=(RoleLine(None, "Ada", "adjudicator"),))
        project.apply(set_protocol(reader, Protocol(blind=False), roles))
        rows = (
            insert("exclusion_reason", stage=FIRST.value, name="No study"),
            insert("exclusion_reason", stage=FIRST.value, name="A letter"), insert("concept", name="Setting"),
            insert("term", text="grant", kind="include"),
            insert("flag", reference=1, stage=FIRST.value, person=ada),
        )  # fmt: skip
        project.apply(Edit("Prepare", rows))
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada, 1, (2,), "Odd"))
        project.apply(draw_sample(reader, FIRST, Purpose.CHECK, number=1, seed=7))
        project.apply(start(reader, FIRST, Rule.SHARE, 50, "", ada))
        project.apply(amend(reader, "Narrower", "Because", ada, again={FIRST: (1,)}))
        names = RowNames(reader)
        for table in TABLES:
            for row in (1, 2):
                if trail.row_of(reader, table, row) is not None:
                    essence = names.essence(table, row)
                    assert essence is not None
                    assert all(essence)
                    assert "_" not in "".join(essence) + names.name(table, row) + table_words(table, 2)
        assert names.essence("decision", 1) == (
            "Decision on Writer1 2001", "Exclude, No study, Odd",
        )  # fmt: skip
        assert names.essence("decision_reason", 1) == (
            "Further reason of the decision on Writer1 2001", "A letter",
        )  # fmt: skip
        assert names.value("protocol", "blind", 1) == "Yes"


def test_the_history_is_blind_while_screening_is(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        note = insert("note", reference=1, kind="screening", text="Secret", person=ada)
        project.apply(Edit("Note", (note,)))
        edit = decide(reader, 1, FIRST, Verdict.EXCLUDE, ada, note="Secret")
        project.apply(edit)
        assert edit.label == "Judge Writer1 2001"
        names = RowNames(reader)
        assert names.essence("decision", 1) == ("Decision on Writer1 2001", HIDDEN)
        assert names.essence("note", 1) == ("Note on Writer1 2001", HIDDEN)
        project.apply(set_protocol(reader, Protocol(blind=False)))
        assert RowNames(reader).essence("note", 1) == ("Note on Writer1 2001", "Secret")
        assert decide(reader, 2, FIRST, Verdict.EXCLUDE, ada).label == "Exclude Writer2 2002"
