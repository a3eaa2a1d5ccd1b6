"""The manuscript of the sample review and the themes it hangs on, on their own files alone."""

from collections import Counter

from evidence_app.domain.manuscript import BlockKind, Direction, Mark, Role
from evidence_app.domain.synthesis import ThemeKind
from tests.sample.files import MAIN_THEMES, anchors, blocks, findings, main_theme, sample, words_of

ALL_ANCHORS = 187


def test_187_anchors_cite_all_110_references() -> None:
    cited = [anchor["cite"] for _, block in blocks() for anchor in anchors(block)]
    assert len(cited) == ALL_ANCHORS
    assert {number for group in cited for number in group} == set(range(1, 111))


def test_109_anchors_stand_under_the_themes_as_in_the_review() -> None:
    count = Counter[str]()
    for block in findings():
        count[main_theme(block["theme"])] += len(anchors(block))
    assert [count[key] for key in MAIN_THEMES] == [40, 11, 33, 25]


def test_92_findings_carry_evidence_and_one_is_a_gap_nobody_fills() -> None:
    without = [block for block in findings() if not anchors(block)]
    assert len(findings()) - len(without) == 92
    assert [block["direction"] for block in without] == ["gap"]


def test_findings_stand_where_their_section_says() -> None:
    for section, block in blocks():
        assert block["theme"] in (None, section["theme"])
        assert (block["direction"] is None) == (block["theme"] is None)
        if block["direction"]:
            Direction(block["direction"])


def test_only_the_results_have_findings_and_all_their_anchors_are_evidence() -> None:
    for section, block in blocks():
        if block["theme"]:
            assert section["kind"] == "results"
            assert {anchor["role"] for anchor in anchors(block)} <= {"evidence"}


def test_evidence_that_is_not_included_is_42_and_102() -> None:
    cited = {number for block in findings() for anchor in anchors(block) for number in anchor["cite"]}
    assert sorted(number for number in cited if not 55 <= number <= 101) == [42, 102]
    assert sorted(set(range(55, 102)) - cited) == [55, 92]


def test_blocks_and_runs_are_shaped_as_the_project_file_holds_them() -> None:
    for _, block in blocks():
        BlockKind(block["kind"])
        assert block["runs"]
        for run in block["runs"]:
            if isinstance(run, dict):
                Role(run["role"])
                assert len(set(run["cite"])) == len(run["cite"]) > 0
            elif isinstance(run, list):
                assert [Mark(mark) for mark in run[1:]]
            else:
                assert run
        text = words_of(block["runs"])
        assert text == text.strip()
        assert "  " not in text
        assert text.endswith((".", "?", ":"))


def test_sections_are_ordered_each_after_the_one_it_belongs_to() -> None:
    seen: list[str | None] = [None]
    for section in sample("manuscript"):
        assert section["parent"] in seen
        assert section["key"] not in seen
        seen.append(section["key"])
    top = [section["kind"] for section in sample("manuscript") if section["parent"] is None]
    assert top == ["introduction", "methods", "results", "discussion", "conclusion"]


def test_the_figure_has_its_caption_in_the_opening_of_the_results() -> None:
    captions = [(section["key"], block) for section, block in blocks() if block["kind"] == "caption"]
    assert [key for key, _ in captions] == ["found"]
    assert [anchor["cite"] for anchor in anchors(captions[0][1])] == [[51, 52]]


def test_one_overarching_theme_three_subthemes_and_a_section_for_every_theme() -> None:
    themes = sample("themes")
    kinds = Counter(ThemeKind(theme["kind"]) for theme in themes)
    assert kinds[ThemeKind.OVERARCHING] == 1
    assert kinds[ThemeKind.ANALYTIC] == 3
    assert [theme["key"] for theme in themes if theme["kind"] != "topic"] == list(MAIN_THEMES)
    assert [theme["key"] for theme in themes] == [s["theme"] for s in sample("manuscript") if s["theme"]]


def test_every_topic_has_a_theme_a_question_and_findings() -> None:
    themes = {theme["key"]: theme for theme in sample("themes")}
    used = {block["theme"] for block in findings()}
    for key, theme in themes.items():
        assert theme["definition"].endswith(".")
        assert theme["question"] in (1, 2)
        assert all(themes[parent]["kind"] != "topic" for parent in theme["parents"])
        if theme["kind"] == "topic":
            assert theme["parents"]
            assert key in used
            assert theme["question"] == themes[main_theme(key)]["question"]
