"""A statement in the manuscript leads back to the lines of the reports it rests on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from evidence_app.domain.edit import Edit, RowOf, insert, remove, set_columns
from evidence_app.domain.manuscript import Role
from evidence_app.services.synthesis.support import finding_from, rest_on
from evidence_app.storage import coding, contents
from evidence_app.storage.support import supports
from evidence_app.ui.manuscript.screen import ManuscriptScreen
from evidence_app.ui.screen import Subject
from tests.services.coding.desk import opened_desk
from tests.ui.desks import Desk, Tools, shown
from tests.ui.doubles import nameless, unreachable

Shown = Desk[ManuscriptScreen]


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[Shown]:
    """A finding from a quotation of the first report, with one of the second against it."""
    with opened_desk(tmp_path) as coded:
        coded.coded("money arrived late", "Money")
        coded.coded("Trust grew slowly", "Trust", row=2)
        coded.do(Edit("Theme", (insert("theme", name="Money and time", kind="analytic"),)))
        first, second = coding.all_quotations(coded.reader)
        review = contents.review_contents(coded.reader)
        reports = {each.id: each.reference for each in coding.documents(coded.reader)}
        coded.do(finding_from(review, review.themes[0].id, "Money came late.", [first], reports))
        (block,) = contents.review_contents(coded.reader).findings
        coded.do(rest_on(block, [second], reports, supports(coded.reader, block.id), disconfirms=True))
        path = coded.project.path
    with (
        screen_tools.opened(path) as project,
        shown(Desk(screen_tools, project, ManuscriptScreen, (1250, 850))) as made,
    ):
        made.screen.activateWindow()
        QApplication.processEvents()
        yield made


def go_to(desk: Shown, role: Role) -> None:
    """Show the citation with this role, as another screen leads to it."""
    (block,) = contents.review_contents(desk.project.reader).findings
    anchor = next(each for each in block.anchors if each.role is role)
    desk.screen.show_place(Subject("anchor", anchor.id or 0))
    QApplication.processEvents()


def test_a_citation_shows_the_words_it_stands_for_and_opens_them_at_their_line(desk: Shown) -> None:
    go_to(desk, Role.EVIDENCE)
    form = desk.screen.writing.about.anchor
    (row,) = form.quoted.rows
    assert "“money arrived late”" in desk.words(form)
    assert "Trust grew slowly" not in desk.words(form)
    row.open.click()
    (quotation,) = [
        each for each in coding.all_quotations(desk.project.reader) if "money" in each.anchor.exact
    ]
    assert desk.gone_to == [("coding", Subject("quotation", quotation.id))]
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []


def test_a_citation_that_says_otherwise_shows_the_words_against_the_finding(desk: Shown) -> None:
    go_to(desk, Role.CONTRAST)
    told = desk.words(desk.screen.writing.about.anchor.quoted)
    assert "Quotations against it" in told
    assert "Trust grew slowly" in told
    assert "money arrived late" not in told


def test_the_block_shows_all_it_rests_on_and_what_changes_elsewhere(desk: Shown) -> None:
    go_to(desk, Role.EVIDENCE)
    desk.screen.writing.about.turn_to("Block")
    form = desk.screen.writing.about.block
    assert len(form.quoted.rows) == 2
    against = next(each for each in supports(desk.project.reader) if each.disconfirms)
    desk.project.do(Edit("Let go", (remove("support", against.id),)))
    assert "Trust grew slowly" not in desk.words(form.quoted)
    desk.project.undo()
    assert "Trust grew slowly" in desk.words(form.quoted)


def test_a_finding_under_a_group_of_a_subtheme_supports_the_subtheme_in_its_colour(desk: Shown) -> None:
    (theme,) = contents.review_contents(desk.project.reader).themes
    over, voice = (
        insert("theme", name="All of it", kind="overarching"),
        insert("theme", name="Voice", kind="analytic"),
    )
    links = (
        insert(
            "theme_parent", theme=RowOf("theme", voice.guid), parent=RowOf("theme", over.guid), position=0.0
        ),
        insert("theme_parent", theme=theme.id, parent=RowOf("theme", voice.guid), position=0.0),
    )
    group = set_columns("theme", theme.id, {"kind": "analytic"}, {"kind": "descriptive"})
    desk.project.do(Edit("Themes", (over, voice, *links, *group)))
    go_to(desk, Role.EVIDENCE)
    form = desk.screen.writing.about.anchor
    assert (form.theme.text(), form.topic.text()) == ("Voice", "Money and time")


def test_the_key_shows_the_first_line_of_what_is_in_hand(desk: Shown) -> None:
    desk.screen.show_line()
    assert desk.said[-1].startswith("No quotation stands behind this.")
    go_to(desk, Role.CONTRAST)
    desk.screen.show_line()
    (against,) = [each.quotation for each in supports(desk.project.reader) if each.disconfirms]
    assert desk.gone_to == [("coding", Subject("quotation", against or 0))]
