"""What the checks found, as lists show it: named, placed, counted, searched."""

from pathlib import Path

import pytest

from evidence_app.domain.contents import Waiver
from evidence_app.domain.edit import Edit, insert
from evidence_app.services.checks import overview as checks_overview
from evidence_app.services.checks.overview import Overview, RuleLine, look_at, matching, overview, waiting
from evidence_app.services.checks.results import Level
from evidence_app.services.checks.rules import RULES
from evidence_app.storage.project import Project
from tests.doubles import a_block, a_reference, contents_of, sample_contents


@pytest.fixture(scope="module")
def seen() -> Overview:
    return overview(sample_contents())


def line_of(seen: Overview, rule: str) -> RuleLine:
    line = seen.rule(rule)
    assert line is not None
    return line


def test_every_rule_has_a_line_in_the_order_of_the_rules(seen: Overview) -> None:
    assert [line.rule for line in seen.rules] == list(RULES)
    assert len(seen.silent) + sum(bool(line.found) for line in seen.rules) == len(RULES)


def test_open_results_are_counted_by_level(seen: Overview) -> None:
    counts = seen.counts()
    assert counts[Level.ERROR] == 3
    assert seen.waiting == counts[Level.ERROR] + counts[Level.DOUBT]


def test_a_result_is_named_by_its_work_and_says_the_rest(seen: Overview) -> None:
    (found,) = line_of(seen, "journal-volume-contradicts-year").found
    assert (found.number, found.label) == ("63", "Evans 2013")
    assert found.said.startswith("Volume 18 is 2015")


def test_a_result_about_a_citation_leads_to_the_passage_first_and_then_to_the_work(seen: Overview) -> None:
    found = line_of(seen, "evidence-not-included").found[0]
    assert [place.kind for place in found.places] == ["block", "reference"]
    assert found.places[1].name == "42 Bovaird 2019"


def test_a_result_about_two_works_names_both(seen: Overview) -> None:
    (found,) = line_of(seen, "journal-two-names").found
    assert found.number == "42 and 95"
    assert [place.kind for place in found.places] == ["reference", "reference"]


def test_one_result_is_its_own_reason_and_of_several_the_works_are_listed(seen: Overview) -> None:
    assert line_of(seen, "journal-volume-contradicts-year").why.startswith("63 Evans 2013: volume 18")
    assert line_of(seen, "included-without-finding").why.startswith("55, 92. The review included this report")
    assert line_of(seen, "catalogue-link-only").why.startswith("65, 66, 69, 72 and 10 more. ")
    assert "“10.”" in line_of(seen, "doi-malformed").why
    assert line_of(seen, "retracted").why == "The work was retracted or withdrawn."


def test_what_is_waived_comes_last_and_is_not_counted() -> None:
    works = (a_reference(1, title="One"), a_reference(2, title="Two"))
    waiver = Waiver(id=7, rule="no-year", subject="reference:1001", reason="It bears none", by="Ada")
    line = line_of(overview(contents_of(*works, waivers=(waiver,))), "no-year")
    assert [found.number for found in line.found] == ["2", "1"]
    assert (len(line.open), len(line.waived)) == (1, 1)
    assert line.waived[0].waived_words == "Waived by Ada: It bears none"


def test_a_rule_whose_results_are_all_waived_gives_the_reason() -> None:
    waiver = Waiver(id=7, rule="no-year", subject="reference:1001", reason="It bears none")
    line = line_of(overview(contents_of(a_reference(1, title="One"), waivers=(waiver,))), "no-year")
    assert line.why == "Waived: It bears none"


def test_a_passage_is_named_by_its_first_words() -> None:
    block = a_block(3, "Grants are short", (), theme=2)
    line = line_of(overview(contents_of(a_reference(1), blocks=(block,))), "finding-without-direction")
    (found,) = line.found
    assert found.label.startswith("“Grants are short")
    assert (found.places[0].kind, found.places[0].row) == ("block", 3)


def test_a_search_keeps_the_rule_it_names_whole(seen: Overview) -> None:
    line = line_of(seen, "catalogue-link-only")
    assert matching(line, "catalogue LINK") is line
    assert matching(line, "") is line


def test_a_search_for_a_work_keeps_only_its_results(seen: Overview) -> None:
    narrowed = matching(line_of(seen, "catalogue-link-only"), "moss 2018")
    assert narrowed is not None
    assert [found.number for found in narrowed.found] == ["66"]
    assert matching(line_of(seen, "no-year"), "moss") is None


def test_the_rail_counts_open_errors_and_doubts(sample_project: Project, seen: Overview) -> None:
    with sample_project.reader() as reader:
        assert waiting(reader) == seen.waiting


def test_records_that_were_never_screened_are_not_read_for_the_checks(sample_project: Project) -> None:
    works = [insert("reference", type="article-journal", title=f"Record {at}") for at in range(3)]
    sample_project.apply(Edit("Import", tuple(works)))
    with sample_project.reader() as reader:
        looked = look_at(reader)
    assert len(looked.contents.references) == 110
    assert looked.overview.waiting == overview(sample_contents()).waiting


def test_where_nothing_is_in_the_review_yet_everything_is_looked_at(tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.evidence") as project, project.reader() as reader:
        project.apply(Edit("Import", (insert("reference", type="article-journal", title="One"),)))
        assert len(look_at(reader).contents.references) == 1
        assert waiting(reader) > 0


def test_the_rail_does_not_look_at_thousands_of_unscreened_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks_overview, "_UNSCREENED", 2)
    with Project.create(tmp_path / "new.evidence") as project, project.reader() as reader:
        works = [insert("reference", type="article-journal", title=f"Record {at}") for at in range(3)]
        project.apply(Edit("Import", tuple(works)))
        assert waiting(reader) == 0
