"""Decisions: taken, changed, unset, undone; and the standing that follows."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.domain.edit import Edit, RowOf, SetColumns, insert
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.screening import MadeAs, MaybeCounts, Outcome, Stage, Verdict
from evidence_app.services.screening.deciding import change_reasons, decide, unset
from evidence_app.services.screening.outcomes import outcomes
from evidence_app.storage import screening
from evidence_app.storage.applied import Acting
from evidence_app.storage.connections import Reader
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def reasons_of(project: Project, stage: Stage = FULL) -> tuple[int, int, int]:
    """Give a stage three reasons and return their rows."""
    made = [insert("exclusion_reason", stage=stage.value, name=name, position=at)
            for at, name in enumerate(("Not a study", "Wrong country", "No library"))]  # fmt: skip
    project.apply(Edit("Reasons", tuple(made)))
    with project.reader() as reader:
        one, two, three = (each.id for each in screening.reasons(reader, stage))
    return one, two, three


def test_a_decision_keeps_what_it_was_made_with(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        one, two, three = reasons_of(project, FIRST)
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada, two, (one, two, three), " Look. ",
                             shown_by="relevance", score=0.5))  # fmt: skip
        found = screening.own_decision(reader, 1, FIRST, ada)
        assert found is not None
        assert (found.verdict, found.reasons, found.note) == (Verdict.EXCLUDE, (two, one, three), "Look.")
        assert (found.shown_by, found.score, found.made_as) == ("relevance", 0.5, MadeAs.REVIEWER)
        assert found.at


def test_a_change_leaves_one_decision_and_the_log_keeps_both(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        project.apply(decide(reader, 1, FIRST, Verdict.MAYBE, ada))
        assert [each.verdict for each in screening.decisions(reader, [1])] == [Verdict.MAYBE]
        assert reader.value("SELECT count(*) FROM decision") == 2
        project.undo()
        assert [each.verdict for each in screening.decisions(reader, [1])] == [Verdict.INCLUDE]


def test_the_same_decision_again_is_nothing_unless_it_was_put_back(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        assert not decide(reader, 1, FIRST, Verdict.INCLUDE, ada)
        again = insert("look_again", reference=1, stage=FIRST.value, at="2999-01-01T00:00:00.000+00:00")
        project.apply(Edit("Again", (again,)))
        assert outcomes(reader, FIRST)[1] is Outcome.UNSCREENED
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        assert outcomes(reader, FIRST)[1] is Outcome.INCLUDE


def test_somebody_who_never_acted_here_can_decide(tmp_path: Path) -> None:
    path = tmp_path / "r.evidence"
    a_screening_project(path).close()
    new = Acting("New Person", "NP", "11111111-1111-4111-8111-111111111111")
    with Project.open(path, new) as project, project.reader() as reader:
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, RowOf("person", new.guid)))
        assert [each.name for each in screening.decisions(reader)] == ["New Person"]
        project.apply(unset(reader, 1, FIRST, RowOf("person", new.guid)))
        assert screening.decisions(reader) == []


def test_a_report_is_excluded_for_a_reason(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        with pytest.raises(EvidenceError, match="main reason"):
            decide(reader, 1, FULL, Verdict.EXCLUDE, ada)
        with pytest.raises(EvidenceError, match="not in the review"):
            decide(reader, 99, FIRST, Verdict.EXCLUDE, ada)


def test_reasons_change_without_a_change_of_verdict_and_decide_nothing(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        one, two, _ = reasons_of(project, FIRST)
        assert not change_reasons(reader, 1, FIRST, ada, one)
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada, one, note="Why"))
        project.apply(change_reasons(reader, 1, FIRST, ada, two, (one,)))
        found = screening.own_decision(reader, 1, FIRST, ada)
        assert found is not None
        assert (found.verdict, found.reasons, found.note) == (Verdict.EXCLUDE, (two, one), "Why")


def test_what_full_text_includes_stands_as_included_in_the_same_edit(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        one, _, _ = reasons_of(project)
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        assert screening.standing(reader, 1) is None
        project.apply(decide(reader, 1, FULL, Verdict.INCLUDE, ada))
        assert screening.standing(reader, 1) == "included"
        project.apply(decide(reader, 1, FULL, Verdict.EXCLUDE, ben, one))
        assert screening.standing(reader, 1) is None
        project.apply(decide(reader, 1, FULL, Verdict.INCLUDE, ada, as_=MadeAs.ADJUDICATOR))
        assert screening.standing(reader, 1) == "included"
        for _ in range(3):
            project.undo()
        assert screening.standing(reader, 1) is None


def test_what_was_included_by_hand_stays_where_no_vote_included_it(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        ada = a_person(project, "Ada")
        project.apply(
            Edit("By hand", (SetColumns("reference", 1, {"standing": None}, {"standing": "included"}),))
        )
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, ada))
        assert screening.standing(reader, 1) == "included"


Step = tuple[str, int, int, str, str]
steps = st.lists(
    st.tuples(
        st.sampled_from(("decide", "decide", "decide", "unset", "settle", "undo", "redo")),
        st.integers(1, 3), st.integers(0, 2), st.sampled_from(("title-abstract", "full text")),
        st.sampled_from(("include", "exclude", "maybe")),
    ),
    max_size=25,
)  # fmt: skip


def plainly(reader: Reader, reference: int, maybe: MaybeCounts) -> tuple[str, str, bool]:
    """Work the outcomes of a reference out again, the plain way, straight from the rows."""
    said = {}
    for stage in ("title-abstract", "full text"):
        rows = reader.rows(
            "SELECT person, verdict, made_as FROM decision WHERE reference = :r AND stage = :s"
            " AND removed IS NULL ORDER BY at, id", r=reference, s=stage,
        )  # fmt: skip
        swap = maybe.value if stage == "title-abstract" and maybe is not MaybeCounts.SEPARATE else "maybe"
        verdicts = [(row[0], swap if row[1] == "maybe" else row[1], row[2]) for row in rows]
        settled = [verdict for _, verdict, made_as in verdicts if made_as == "adjudicator"]
        people = {person: verdict for person, verdict, made_as in verdicts if made_as == "reviewer"}
        different = set(people.values())
        needed = 2 if reference == 1 and stage == "title-abstract" else 1
        if settled:
            said[stage] = settled[-1]
        elif len(different) > 1:
            said[stage] = "conflict"
        elif not people:
            said[stage] = "unscreened"
        else:
            said[stage] = "needs second vote" if len(people) < needed else different.pop()
        said[f"any {stage}"] = str(bool(rows))
    first, full = said["title-abstract"], said["full text"]
    there = first == "include" or (first == "unscreened" and said["any full text"] == "True")
    return first, full if there else "", there and full == "include"


@settings(max_examples=25)
@given(steps, st.sampled_from(list(MaybeCounts)))
def test_any_course_of_decisions_comes_to_what_its_rows_say(course: list[Step], maybe: MaybeCounts) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = a_screening_project(Path(folder) / "r.evidence", 3)
        with project, project.reader() as reader:
            people = [a_person(project, name) for name in ("Ada", "Ben", "Cleo")]
            one, _, _ = reasons_of(project)
            project.apply(Edit("Protocol", (insert("protocol", maybe_counts=maybe.value),)))
            sample = insert("sample", name="Check", stage="title-abstract", purpose="check")
            project.apply(Edit("Draw", (sample, insert("sample_member", sample=1, reference=1))))
            project.seal()
            for act, reference, who, stage, verdict in course:
                if act in ("undo", "redo"):
                    if getattr(project, f"{act}able")() is not None:
                        getattr(project, act)()
                    continue
                at, person = Stage(stage), people[who]
                if act == "unset":
                    edit = unset(reader, reference, at, person)
                else:
                    as_ = MadeAs.ADJUDICATOR if act == "settle" else MadeAs.REVIEWER
                    edit = decide(reader, reference, at, Verdict(verdict), person, one, as_=as_)
                if edit:
                    project.apply(edit)
            first, full = outcomes(reader, FIRST), outcomes(reader, FULL)
            for reference in (1, 2, 3):
                expected = plainly(reader, reference, maybe)
                found = (first[reference].value, full[reference].value if reference in full else "",
                         screening.standing(reader, reference) == "included")  # fmt: skip
                assert found == expected
            rows = reader.rows(
                "SELECT count(*) FROM live_decision GROUP BY reference, person, stage, made_as"
            )
            assert all(row[0] == 1 for row in rows)
