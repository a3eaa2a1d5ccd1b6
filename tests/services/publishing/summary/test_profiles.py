"""What the two profiles say: their counts, tables, states of numbers and fallbacks."""

from dataclasses import replace

import pytest

from evidence_app.domain.contents import Waiver
from evidence_app.domain.flow import FlowForm
from evidence_app.domain.manuscript import Text
from evidence_app.domain.passages import Passage, PassageCitation
from evidence_app.domain.review import NumberState, StatedNumber
from evidence_app.domain.synthesis import ThemeKind
from evidence_app.services.checks.rules import run_checks
from evidence_app.services.flow.forms import chart
from evidence_app.services.flow.review_flow import flow_of
from evidence_app.services.publishing.summary import drawing
from evidence_app.services.publishing.summary.base import collapsed
from evidence_app.services.publishing.summary.commissioner import commissioner
from evidence_app.services.publishing.summary.export_report import report_page
from evidence_app.services.publishing.summary.journal import journal
from evidence_app.services.publishing.summary.model import (
    Aside,
    Chart,
    Flow,
    Heading,
    Message,
    Page,
    Part,
    Sign,
    Strip,
    Summary,
    Table,
    Words,
    text_of,
)
from evidence_app.services.publishing.summary.searching import search_sentences
from evidence_app.storage.flow import FlowFacts
from tests.doubles import a_review_contents, sample_contents


def _parts(summary: Summary, kind: type[Part]) -> list[Part]:
    return [part for page in summary.pages for part in page.parts if isinstance(part, kind)]


def _tables(summary: Summary) -> list[Table]:
    return [part for page in summary.pages for part in page.parts if isinstance(part, Table)]


def _said(page: Page | Summary) -> str:
    pages = page.pages if isinstance(page, Summary) else (page,)
    return "\n".join(_whole(words) for each in pages for part in each.parts for words in part.every())


def _whole(words: Words) -> str:
    return "".join(
        word.text if isinstance(word, Text) else word.sign if isinstance(word, Sign) else "" for word in words
    )


def test_published_counts_stand_in_the_table_of_services() -> None:
    services, reports = _tables(journal(sample_contents()))
    rows = {text_of(name): text_of(count) for name, count in services.rows}
    assert rows["Mental health"] == "11"
    assert rows["Total"] == "47"
    assert len(rows) == 18
    assert "47\u00a0reports of 42\u00a0studies" in text_of(services.note)
    assert len(reports.rows) == 47


def test_inferred_values_carry_their_mark_and_reason() -> None:
    _, reports = _tables(journal(sample_contents()))
    assert "".join(_whole(cell) for cell in reports.rows[0]).endswith("Addiction services†")
    assert "† inferred" in text_of(reports.note)


def test_what_a_report_does_not_say_is_said_in_words() -> None:
    _, reports = _tables(journal(a_review_contents()))
    assert "not reported" in {text_of(row[-1]) for row in reports.rows}


def test_reports_stand_by_country_then_type() -> None:
    _, reports = _tables(journal(sample_contents()))
    countries = list(dict.fromkeys(text_of(row[3]) for row in reports.rows))
    assert countries == ["England", "United Kingdom", "Scotland", "Ireland", "Wales"]


def test_the_methods_paragraph_is_written_by_the_searches() -> None:
    text = _whole(search_sentences(sample_contents()))
    assert text.startswith(
        "Four sources were searched on 16–17\u00a0March 2023 for 2008–2023: MEDLINE (Ovid, n"
    )
    assert "750‡ duplicates" in text
    assert "(193†)" in text
    small = _whole(search_sentences(a_review_contents()))
    assert "Web of Science (number not reported)" in small


def test_the_figure_says_what_is_not_reported() -> None:
    (flow,) = _parts(journal(sample_contents()), Flow)
    assert isinstance(flow, Flow)
    assert "Records from databases: 2,675 (worked out)" in flow.description
    assert "Records excluded: not reported" in flow.description
    assert "Reports included: 47" in flow.description
    assert "Studies included: 42" in flow.description
    unknown = [box for box in chart(flow.diagram).boxes if not box.known]
    assert all("not reported" in box.told for box in unknown)
    assert "750‡" in drawing.flow(flow.diagram).svg


def test_the_figure_takes_the_form_chosen_for_the_review() -> None:
    contents = sample_contents()
    chosen = replace(contents, flow=flow_of(FlowFacts(form="new-databases")))
    (flow,) = _parts(journal(chosen), Flow)
    assert isinstance(flow, Flow)
    assert flow.diagram.form is FlowForm.NEW_DATABASES


def test_themes_open_with_what_they_rest_on() -> None:
    text = _said(journal(sample_contents()))
    assert "This overarching theme draws on 41 of 47 reports‡ (England\u00a028, United Kingdom\u00a08" in text
    assert text.count("Where reports differ") == 4


def test_only_included_reports_cited_as_evidence_count() -> None:
    strips = [part for part in _parts(commissioner(a_review_contents()), Strip) if isinstance(part, Strip)]
    assert (strips[0].reports, strips[0].of) == (4, 6)
    assert strips[0].countries == (("England", 2), ("Wales", 2))


def test_the_commissioner_profile_has_its_pages_in_order() -> None:
    made = commissioner(sample_contents())
    keys = [page.key for page in made.pages]
    assert keys[:2] == ["brief", "act"]
    assert keys[-2:] == ["evidence", "references"]
    assert len(keys) == 8
    messages = [part for part in _parts(made, Message) if isinstance(part, Message)]
    assert len(messages) == 5
    assert all(message.strip and message.strip.reports for message in messages)
    charts = [part for part in _parts(made, Chart) if isinstance(part, Chart)]
    assert any("Funding cycles" in chart.description for chart in charts)


def test_every_cell_of_the_table_is_cited() -> None:
    (table,) = _tables(commissioner(sample_contents()))
    for row in table.rows:
        for cell in row[1:]:
            assert any(not isinstance(word, Text | Sign) for word in cell), text_of(cell)


def test_an_inferred_actor_is_marked_before_its_citation() -> None:
    (table,) = _tables(commissioner(sample_contents()))
    cell = table.rows[1][3]
    kinds = [type(word).__name__ for word in cell]
    assert kinds == ["Text", "Sign", "Citation"]


def test_each_theme_says_what_disagrees_and_what_is_not_known() -> None:
    asides = [part for part in _parts(commissioner(sample_contents()), Aside) if isinstance(part, Aside)]
    assert {aside.title for aside in asides} == {"What disagrees", "What is not known"}
    assert len(asides) == 8


def test_without_passages_the_findings_speak() -> None:
    made = commissioner(a_review_contents())
    (table,) = _tables(made)
    assert [text_of(cell) for cell in table.rows[0]] == [
        "Short grants", "Grants are short.", "Longer grants help.", "not stated",
    ]  # fmt: skip
    text = _said(made)
    assert "1 names a barrier" in text
    assert "Does it work?" in text
    messages = [part for part in _parts(made, Message) if isinstance(part, Message)]
    assert [text_of(message.title) for message in messages] == ["Short grants.", "Trust."]


def test_a_row_without_actors_says_so() -> None:
    cited = PassageCitation((a_review_contents().references[5].id,))
    row = Passage(id=1, guid="p", kind="row", title="Money", details={"blocks": ["Little of it"]})
    answer = Passage(id=2, guid="q", kind="answer", runs=(Text("Yes."), cited))
    contents = replace(a_review_contents(), passages=(row, answer))
    (table,) = _tables(commissioner(contents))
    assert [text_of(cell) for cell in table.rows[0]] == ["Money", "Little of it", "not stated", "not stated"]


def test_uncited_included_reports_are_named_with_the_references() -> None:
    text = _said(commissioner(sample_contents()).pages[-1])
    assert "Included reports are 55–101. 55 and 92 are included, but no finding rests on them." in text


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [([], ""), ([3], "3"), ([3, 4], "3, 4"), ([1, 2, 3, 7, 5, 6], "1–3, 5–7"), ([9, 1, 9], "1, 9")],
)
def test_numbers_are_told_as_ranges(numbers: list[int], printed: str) -> None:
    assert collapsed(numbers) == printed


def test_the_export_report_prints_open_checks_waivers_and_states() -> None:
    contents = sample_contents()
    waiver = Waiver(id=1, rule="missing-doi", subject=f"reference:{contents.references[48].id}",
                    reason="It never had one", by="Ada", at="2024-02-03T10:00:00")  # fmt: skip
    found = run_checks(contents)
    text = _said(report_page(contents, found, [waiver], "AMA"))
    assert "Missing doi, reference 49." in text
    assert "It never had one. (Ada, 2024-02-03)" in text
    assert found[0].message.rstrip(".") in text
    assert "inferred (†)" in text


def test_a_waiver_of_anything_else_than_one_reference_is_printed_in_words() -> None:
    contents = sample_contents()
    found = next(each for each in run_checks(contents) if each.rule == "journal-two-names")
    waivers = [
        Waiver(id=1, rule=found.rule, subject=found.subject, reason="The journal changed its name", by="Ada"),
        Waiver(id=2, rule="theme-without-findings", subject="theme:999", reason="Still to be written"),
    ]
    text = _said(report_page(contents, [], waivers, "AMA"))
    assert f"One journal under two names. {found.message.rstrip('.')}." in text
    assert "Waived: The journal changed its name. (Ada)" in text
    assert "Theme without findings. It is no longer found. Waived: Still to be written." in text
    assert found.subject not in text
    assert "theme:999" not in text


def test_a_number_that_differs_from_its_count_is_shown() -> None:
    number = StatedNumber(key="x", label="Reports included", value=47, state=NumberState.TYPED, derived=46)
    contents = replace(a_review_contents(), numbers=(number,))
    assert "states 47, the project counts 46" in _said(report_page(contents, (), (), "AMA"))


def test_checks_that_were_not_run_are_not_said_to_have_passed() -> None:
    contents = a_review_contents()
    assert "not run for this export" in _said(report_page(contents, None, (), "AMA"))
    assert "every check has passed" in _said(report_page(contents, (), (), "AMA"))


def test_a_group_is_printed_within_the_theme_it_is_part_of() -> None:
    contents = a_review_contents()
    group = replace(contents.themes[1], kind=ThemeKind.DESCRIPTIVE, parents=(3,))
    made = commissioner(replace(contents, themes=(contents.themes[0], group, contents.themes[2])))
    headings = [
        (part.level, text_of(part.words)) for part in _parts(made, Heading) if isinstance(part, Heading)
    ]
    at = headings.index((1, "Trust"))
    assert (2, "Short grants") in headings[at:]
    assert (1, "Short grants") not in headings
