"""What stands under each theme: counts, colours, groups and filters."""

from evidence_app.domain.manuscript import Direction
from evidence_app.domain.synthesis import Theme, ThemeKind, colour_places
from evidence_app.services.synthesis.overview import (
    FindingLine,
    TopicHead,
    Wanted,
    countries_line,
    findings_of,
    headline,
    main_theme_of,
    theme_fact,
    tree,
)
from tests.doubles import contents_of, sample_contents


def theme(number: int, name: str, kind: ThemeKind, *parents: int) -> Theme:
    return Theme(id=number, guid=name, name=name, kind=kind, parents=parents, position=float(number))


def test_the_sample_stands_in_two_groups_with_its_published_counts() -> None:
    groups = tree(sample_contents())
    assert [group.name for group in groups] == ["Overarching theme", "Subthemes"]
    assert [line.anchors for group in groups for line in group.lines] == [40, 11, 33, 25]
    assert len(groups[0].lines[0].children) == 8
    assert headline(sample_contents()) == "4 themes, 109 citation anchors"
    assert theme_fact(sample_contents(), 1) == "40 anchors, 41 of 47 reports"


def test_a_topic_takes_the_colour_of_its_theme() -> None:
    themes = (
        theme(1, "Over", ThemeKind.OVERARCHING), theme(2, "Sub", ThemeKind.ANALYTIC, 1),
        theme(3, "Topic", ThemeKind.TOPIC, 2), theme(4, "Below", ThemeKind.TOPIC, 3),
        theme(5, "Loose", ThemeKind.TOPIC), theme(6, "Group", ThemeKind.DESCRIPTIVE, 2),
        theme(7, "Group alone", ThemeKind.DESCRIPTIVE),
    )  # fmt: skip
    assert colour_places(themes) == {1: 0, 2: 1, 3: 1, 4: 1, 6: 1, 7: 2}


def test_a_theme_under_two_parents_stands_under_both() -> None:
    themes = (
        theme(1, "A", ThemeKind.ANALYTIC), theme(2, "B", ThemeKind.ANALYTIC),
        theme(3, "Both", ThemeKind.TOPIC, 1, 2),
    )  # fmt: skip
    (group,) = tree(contents_of(themes=themes))
    assert group.name == "Themes"
    assert [[child.theme.name for child in line.children] for line in group.lines] == [["Both"], ["Both"]]
    assert main_theme_of(contents_of(themes=themes), 3) == 1


def test_themes_that_stand_in_a_circle_are_shown_once() -> None:
    themes = (theme(1, "A", ThemeKind.ANALYTIC, 2), theme(2, "B", ThemeKind.ANALYTIC, 1))
    (group,) = tree(contents_of(themes=themes))
    assert [line.theme.name for line in group.lines] == ["A"]
    assert [child.theme.name for child in group.lines[0].children] == ["B"]


def test_findings_stand_below_their_topics_in_order() -> None:
    rows = findings_of(sample_contents(), 1)
    heads = [row.name for row in rows if isinstance(row, TopicHead)]
    assert heads[:2] == ["Funding cycles and models", "Rigid structures"]
    lines = [row for row in rows if isinstance(row, FindingLine)]
    assert [line.ordinal for line in lines] == list(range(1, 40))
    assert lines[2].support == "6 reports"
    assert countries_line(lines[2].countries) == "England 5, United Kingdom 1"


def test_a_filter_keeps_headings_and_says_how_many_are_shown() -> None:
    rows = findings_of(sample_contents(), 1, Wanted(direction=Direction.GAP))
    lines = [row for row in rows if isinstance(row, FindingLine)]
    assert {line.block.direction for line in lines} == {Direction.GAP}
    head = rows[0]
    assert isinstance(head, TopicHead)
    assert (head.shown, head.all) == (1, 7)


def test_findings_without_evidence_and_of_a_country_are_found() -> None:
    contents = sample_contents()

    def listed(theme: int, wanted: Wanted) -> list[FindingLine]:
        return [row for row in findings_of(contents, theme, wanted) if isinstance(row, FindingLine)]

    bare = listed(1, Wanted(unsupported=True))
    assert [line.support for line in bare] == ["No evidence"]
    welsh = listed(18, Wanted(country="Wales"))
    assert all("Wales" in dict(line.countries) for line in welsh)
    assert 0 < len(welsh) < len(listed(18, Wanted()))


def test_a_filter_says_what_it_is() -> None:
    assert not Wanted()
    assert Wanted(direction=Direction.BARRIER, country="England").words() == "Barrier, England"
    assert Wanted(unsupported=True).words() == "Without evidence"
