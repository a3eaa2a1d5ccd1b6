"""What the methods say of screening is written from what was done."""

from pathlib import Path

from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.screening import MadeAs, Protocol, Purpose, Stage, Verdict
from evidence_app.services.publishing.summary.commissioner import commissioner
from evidence_app.services.publishing.summary.journal import journal
from evidence_app.services.publishing.summary.model import text_of
from evidence_app.services.publishing.summary.selection import contents_with_flow
from evidence_app.services.screening.amending import amend
from evidence_app.services.screening.conflicts import adjudicate
from evidence_app.services.screening.deciding import decide
from evidence_app.services.screening.methods import protocol_parts, screening_paragraphs
from evidence_app.services.screening.protocol import CriterionLine, Line, Lists, RoleLine, set_protocol
from evidence_app.services.screening.sampling import draw_sample
from evidence_app.services.screening.stopping import Rule, leave, running, start
from evidence_app.storage import screening, screening_votes
from evidence_app.storage.project import Project
from tests.doubles import a_person, a_screening_project

FIRST, FULL = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
LISTS = Lists(
    questions=(Line(None, "What works?"),), concepts=(Line(None, "Who reads", "Population"),),
    criteria=(
        CriterionLine(None, "I1", "Similar countries", True), CriterionLine(None, "E1", "Letters", False),
    ),
    roles=(RoleLine(None, "Cleo", "adjudicator"),),
)  # fmt: skip


def screened(path: Path) -> Project:
    """Return a review screened by two people, with a check, a conflict, a ranking and an amendment."""
    project = a_screening_project(path, 21)
    with project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        project.apply(set_protocol(reader, Protocol(double_share=0.1, least_agreement=0.6), LISTS))
        (cleo,) = screening_votes.people_called(reader, "Cleo")
        project.apply(draw_sample(reader, FIRST, Purpose.CHECK, share=0.1, seed=42, person=ben))
        members = screening.samples(reader)[0].members
        for at, row in enumerate(members):
            project.apply(decide(reader, row, FIRST, Verdict.INCLUDE, ada))
            verdict = Verdict.EXCLUDE if at == 0 else Verdict.INCLUDE
            project.apply(decide(reader, row, FIRST, verdict, ben))
        project.apply(adjudicate(reader, members[0], FIRST, Verdict.EXCLUDE, cleo))
        project.apply(start(reader, FIRST, Rule.SHARE, 20, "Enough for the example", ada))
        run = running(reader, FIRST)
        assert run is not None
        project.apply(leave(run, "A fifth is screened"))
        project.apply(amend(reader, "UK only", "Comparable systems", ada, again={FIRST: members[1:2]}))
    return project


def test_the_paragraphs_tell_who_judged_how_many_and_how(tmp_path: Path) -> None:
    with screened(tmp_path / "r.evidence") as project, project.reader() as reader:
        first, ranked, amended = screening_paragraphs(reader)
        assert first.startswith("Titles and abstracts of 2 records were judged by Ada and Ben.")
        assert (
            "A random sample of 3 records (10 % of 21, seed 42) was judged by a second person as well, Ben."
            in first
        )
        assert "Nobody saw the decisions of others before giving their own." in first
        assert "independently judged 3 records on title and abstract and agreed on 2" in first
        assert "Differences on 1 record were settled by Cleo." in first
        assert "stop when 20 % of all records are screened (Enough for the example)." in ranked
        assert ranked.endswith(": A fifth is screened.")
        assert amended.endswith("UK only (Comparable systems); 1 record was judged again.")


def test_a_check_that_goes_on_is_told_as_far_as_it_is(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 20) as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        project.apply(draw_sample(reader, FIRST, Purpose.CHECK, number=3, seed=7, person=ben))
        members = screening.samples(reader)[0].members
        for row in members:
            project.apply(decide(reader, row, FIRST, Verdict.INCLUDE, ada))
        drawn = "A random sample of 3 records (15 % of 20, seed 7)"
        assert (
            f"{drawn} is to be judged by a second person as well, Ben; so far none was judged by two people."
            in screening_paragraphs(reader)[0]
        )
        for row in members[:2]:
            project.apply(decide(reader, row, FIRST, Verdict.INCLUDE, ben))
        assert "so far 2 were judged by two people." in screening_paragraphs(reader)[0]
        project.apply(decide(reader, members[2], FIRST, Verdict.INCLUDE, a_person(project, "Cleo")))
        told = screening_paragraphs(reader)[0]
        assert f"{drawn} was judged by a second person as well." in told  # by Ben only in part


def test_that_every_record_was_judged_twice_is_said_once_it_is_true(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 2) as project, project.reader() as reader:
        ada, ben = a_person(project, "Ada"), a_person(project, "Ben")
        project.apply(set_protocol(reader, Protocol(double_share=1.0)))
        project.apply(decide(reader, 1, FIRST, Verdict.INCLUDE, ada))
        assert "so far none of 2 was." in screening_paragraphs(reader)[0]
        for row, who in ((1, ben), (2, ada), (2, ben)):
            project.apply(decide(reader, row, FIRST, Verdict.INCLUDE, who))
        assert "Every record was judged by two people." in screening_paragraphs(reader)[0]


def test_what_only_a_program_decided_was_judged_by_nobody(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 3) as project, project.reader() as reader:
        project.apply(decide(reader, 1, FIRST, Verdict.EXCLUDE, None, as_=MadeAs.AUTOMATION))
        assert screening_paragraphs(reader) == ()
        project.apply(decide(reader, 2, FIRST, Verdict.INCLUDE, a_person(project, "Ada")))
        assert screening_paragraphs(reader)[0].startswith(
            "Titles and abstracts of 1 record were judged by Ada"
        )


def test_whoever_judged_without_a_name_is_told_of_beside_those_who_are_named(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence", 3) as project, project.reader() as reader:
        row = reader.value("SELECT id FROM live_reference")
        unnamed = insert(
            "decision", reference=row, stage=FIRST.value, verdict="include", made_as="reviewer",
            at="2026-01-01T08:00:00+00:00",
        )  # fmt: skip
        project.apply(Edit("Import decisions", (unnamed,)))
        assert "judged by one reviewer." in screening_paragraphs(reader)[0]
        project.apply(decide(reader, row, FIRST, Verdict.INCLUDE, a_person(project, "Ben")))
        assert "judged by Ben and a reviewer not named." in screening_paragraphs(reader)[0]


def test_the_manuscript_prints_them_with_its_methods(tmp_path: Path) -> None:
    with screened(tmp_path / "r.evidence") as project, project.reader() as reader:
        section = insert("section", title="Methods", kind="methods")
        block = insert("block", section=1, runs='["As planned."]', text="As planned.")
        project.apply(Edit("Write", (section, block)))
        summary = journal(contents_with_flow(reader))
        assert "A random sample of 3 records" in str(summary)


def test_a_review_screened_elsewhere_says_nothing_of_it(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        assert screening_paragraphs(reader) == ()
        assert protocol_parts(reader) == ()


def test_the_protocol_is_printed_part_by_part(tmp_path: Path) -> None:
    with screened(tmp_path / "r.evidence") as project, project.reader() as reader:
        parts = {part.heading: part.lines for part in protocol_parts(reader)}
        assert parts["Included"] == ("I1 Similar countries",)
        assert parts["Concepts"] == ("Population: Who reads",)
        assert parts["Roles"] == ("Cleo: adjudicator",)
        assert "10 % of the records are judged by two people." in parts["Screening"]
        assert "Least agreement: Cohen’s κ of 0.60." in parts["Screening"]
        assert list(parts) == [
            "Questions",
            "Concepts",
            "Included",
            "Excluded",
            "Screening",
            "Roles",
            "Amendments",
        ]


def test_both_profiles_print_the_protocol_with_its_amendments(tmp_path: Path) -> None:
    with screened(tmp_path / "r.evidence") as project, project.reader() as reader:
        contents = contents_with_flow(reader)
        for summary in (journal(contents), commissioner(contents)):
            (page,) = (each for each in summary.pages if each.key == "protocol")
            said = " ".join(text_of(words) for part in page.parts for words in part.every())
            for words in (
                "I1 Similar countries",
                "UK only (Comparable systems)",
                "κ of 0.60",
                "Cleo: adjudicator",
            ):
                assert words in said
            assert said.count("UK only") == 1
            assert ("judged by Ada and Ben" in said) is (summary.profile == "commissioner")


def test_a_review_without_rules_or_decisions_of_its_own_prints_no_protocol(tmp_path: Path) -> None:
    with a_screening_project(tmp_path / "r.evidence") as project, project.reader() as reader:
        project.apply(set_protocol(reader, Protocol(), Lists(questions=(Line(None, "What works?"),))))
        assert protocol_parts(reader) != ()
        contents = contents_with_flow(reader)
        assert contents.protocol == ()
        for summary in (journal(contents), commissioner(contents)):
            assert "protocol" not in [page.key for page in summary.pages]
