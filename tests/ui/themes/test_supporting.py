"""What a finding rests on: quotations for and against it, and which reports count, by keyboard and mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from evidence_app.domain.coding import Document, Page
from evidence_app.domain.edit import Edit, insert
from evidence_app.domain.manuscript import Role
from evidence_app.domain.support import Contributing, Support, SupportLevel
from evidence_app.services.synthesis import findings, support
from evidence_app.storage import contents
from evidence_app.storage.support import supports
from evidence_app.ui.screen import Subject
from evidence_app.ui.themes.contribution_dialog import ContributionDialog
from evidence_app.ui.themes.findings_bar import FindingsBar
from evidence_app.ui.themes.quotation_rows import FOR, QuotationRows
from evidence_app.ui.themes.screen import ThemesScreen
from evidence_app.ui.themes.supporting import NO_FINDING
from evidence_app.ui.themes.theme_dialog import ThemeDialog
from evidence_app.ui.themes.tree_model import Place
from evidence_app.ui.widgets.parts import Parts
from evidence_app.ui.widgets.quotation_row import source_line
from tests.services.coding.desk import opened_desk
from tests.ui.desks import Desk, Tools, shown
from tests.ui.doubles import nameless, unreachable

KEYS = Qt.Key
Shown = Desk[ThemesScreen]


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[Shown]:
    """A finding that cites the first report, and three coded quotations in two reports."""
    with opened_desk(tmp_path) as coded:
        coded.coded("money arrived late", "Money")
        coded.coded("trust was lost", "Trust")
        coded.coded("Trust grew slowly", "Trust", row=2)
        coded.do(Edit("Theme", (insert("theme", name="Money and time", kind="analytic"),)))
        review = contents.review_contents(coded.reader)
        from evidence_app.domain.manuscript import Text

        coded.do(findings.new_finding(review, review.themes[0].id, (Text("Money came late."),)))
        (block,) = contents.review_contents(coded.reader).findings
        coded.do(findings.cite_works(block, [1], role=Role.EVIDENCE))
        path = coded.project.path
    with (
        screen_tools.opened(path) as project,
        shown(Desk(screen_tools, project, ThemesScreen, (1250, 850))) as made,
    ):
        made.screen.activateWindow()
        yield made


def choose(desk: Shown) -> int:
    """Choose the finding, and return its row."""
    (block,) = desk.screen.shown.contents.findings
    desk.screen.show_place(Subject("block", block.id or 0))
    return block.id or 0


def held(desk: Shown, block: int) -> list[tuple[str, bool]]:
    return [(each.words, each.disconfirms) for each in supports(desk.project.reader, block)]


def roles(desk: Shown) -> list[Role]:
    (block,) = desk.screen.shown.contents.findings
    return [anchor.role for anchor in block.anchors]


def test_quotations_are_found_and_added_by_keyboard_and_one_undo_takes_them_back(desk: Shown) -> None:
    block = choose(desk)
    form, picker = desk.screen._inspector.finding, desk.screen._inspector.quotation_picker
    assert "No quotation yet" in desk.words(form.quotations)
    desk.screen.add_quotations()
    assert picker.search.hasFocus()
    picker.search.setText("code:money")
    picker.search.search_now()
    assert picker.count.text() == "1 quotation from 1 report"
    desk.keys(picker.search, KEYS.Key_Return)
    assert held(desk, block) == [("money arrived late", False)]
    assert desk.said == ["Added 1 quotation"]
    desk.keys(picker.search, KEYS.Key_Return)
    assert "has it already" in desk.said[-1]
    desk.keys(picker.search, KEYS.Key_Escape, KEYS.Key_Escape)
    assert "From 1 quotation in 1 report: Author1 2020" in desk.words(form.quotations)
    assert "by a quotation" in desk.words(form)
    desk.project.undo()
    assert held(desk, block) == []
    assert "No quotation yet" in desk.words(form.quotations)


def test_the_key_shows_the_first_line_a_finding_rests_on(desk: Shown) -> None:
    choose(desk)
    desk.screen.show_line()
    assert "rests on no quotation yet" in desk.said[-1]
    desk.screen.add_quotations()
    picker = desk.screen._inspector.quotation_picker
    picker.search.setText("code:money")
    picker.search.search_now()
    desk.keys(picker.search, KEYS.Key_Return, KEYS.Key_Escape, KEYS.Key_Escape)
    desk.screen.show_line()
    (held,) = supports(desk.project.reader)
    assert desk.gone_to == [("coding", Subject("quotation", held.quotation or 0))]


def test_a_quotation_speaks_against_the_finding_and_is_turned_round(desk: Shown) -> None:
    block = choose(desk)
    form, picker = desk.screen._inspector.finding, desk.screen._inspector.quotation_picker
    desk.screen.add_quotations_against()
    picker.search.setText("slowly")
    picker.search.search_now()
    assert picker.add.text() == "Add quotation against it"
    picker.add.click()
    assert held(desk, block) == [("Trust grew slowly", True)]
    assert roles(desk) == [Role.EVIDENCE, Role.CONTRAST]
    assert desk.said == ["Added 1 quotation against it"]
    desk.keys(picker.table, KEYS.Key_Escape)
    (row,) = form.against.rows
    row.open.click()
    assert desk.gone_to == [("coding", Subject("quotation", row.key.quotation))]  # type: ignore[attr-defined]
    row.turn.click()
    assert held(desk, block) == [("Trust grew slowly", False)]
    assert (len(form.quotations.rows), len(form.against.rows)) == (1, 0)
    assert (roles(desk), desk.said[-1]) == ([Role.EVIDENCE] * 2, "Author2 2020 is cited as evidence now")
    desk.project.undo()
    assert roles(desk) == [Role.EVIDENCE, Role.CONTRAST]
    assert held(desk, block) == [("Trust grew slowly", True)]
    form.against.rows[0].take.click()
    assert held(desk, block) == []


def test_a_report_as_a_whole_stands_beside_quotations_and_opens_in_the_library(desk: Shown) -> None:
    block = choose(desk)
    desk.project.do(Edit("Rest on a report", (insert("support", block=block, reference=2),)))
    form = desk.screen._inspector.finding
    (row,) = form.quotations.rows
    assert "The report as a whole" in desk.words(form.quotations)
    row.open.click()
    assert desk.gone_to[-1] == ("library", Subject("reference", 2))
    assert "2 reports count: 2 as a whole." in desk.words(form.counted)


def test_a_query_that_names_nothing_says_why_and_an_empty_one_finds_all(desk: Shown) -> None:
    choose(desk)
    picker = desk.screen._inspector.quotation_picker
    desk.screen.add_quotations()
    assert picker.count.text() == "3 quotations from 2 reports"
    picker.search.setText("code:nothing")
    picker.search.search_now()
    assert "There is no code “nothing”" in picker.count.text()
    assert not picker.add.isEnabled()
    picker.search.setText("zebra")
    picker.search.search_now()
    assert picker.count.text().startswith("Nothing found")


def test_a_report_is_left_out_with_a_reason_and_counted_as_derived_again(desk: Shown) -> None:
    choose(desk)
    form = desk.screen._inspector.finding
    assert "1 report counts: 1 as a whole." in desk.words(form.counted)

    def leave_out(dialog: ContributionDialog) -> bool:
        assert not dialog.act.isEnabled()
        dialog.filter.setText("zebra")
        assert not dialog._nothing.isHidden()
        dialog.filter.setText("Author1")
        dialog.reason.setPlainText("Another setting")
        assert (dialog.act.text(), dialog.act.isEnabled()) == ("Leave out Author1 2020", True)
        return True

    desk.messages.answers = [leave_out]
    form.counted.change.click()
    assert "None counts. 1 left out." in desk.words(form.counted)
    assert "Left out: Another setting" in desk.words(form.counted)
    assert "left out" in desk.words(form._support)
    form.counted.rows[0].back.click()
    assert "1 report counts" in desk.words(form.counted)
    desk.project.undo()
    assert "1 left out" in desk.words(form.counted)


def test_a_report_that_is_not_cited_is_counted_with_a_reason(desk: Shown) -> None:
    choose(desk)

    def count(dialog: ContributionDialog) -> bool:
        dialog.choose(2)
        dialog.reason.setPlainText("It says so in a table")
        return dialog.act.text() == "Count Author2 2020"

    desk.messages.answers = [count]
    desk.screen.change_counted()
    assert "2 reports count: 2 as a whole." in desk.words(desk.screen._inspector.finding.counted)
    desk.messages.answers = [lambda _dialog: False]
    desk.screen.change_counted()
    assert "2 reports count" in desk.words(desk.screen._inspector.finding.counted)


def test_where_no_finding_is_chosen_each_command_says_what_to_do(desk: Shown) -> None:
    desk.screen.tree.choose(1)
    for act in ("add_evidence", "add_contrast", "add_quotations", "add_quotations_against", "change_counted"):
        desk.said.clear()
        action = next(each for each in desk.screen.commands if each.objectName() == act)
        assert action.isEnabled()
        getattr(desk.screen, act)()
        assert desk.said == [NO_FINDING]


def test_picking_references_and_picking_quotations_take_turns(desk: Shown) -> None:
    choose(desk)
    inspector = desk.screen._inspector
    desk.screen.add_quotations()
    desk.screen.add_evidence()
    assert (inspector.is_picking, inspector.is_quoting) == (True, False)
    desk.screen.add_quotations()
    assert (inspector.is_picking, inspector.is_quoting) == (False, True)
    desk.screen._choose_theme(Place(1, None))
    assert not inspector.is_quoting


def test_everything_has_a_name_and_is_reached_by_the_keyboard(desk: Shown) -> None:
    choose(desk)
    desk.screen.supporting._picked([1], False)
    desk.screen.supporting._picked([3], True)
    assert nameless(desk.screen) == []
    assert unreachable(desk.screen) == []
    desk.screen.add_quotations()
    assert nameless(desk.screen) == []


def test_tab_goes_through_what_a_finding_rests_on_as_it_is_laid_out(desk: Shown) -> None:
    choose(desk)
    desk.screen.supporting._picked([1], False)
    form = desk.screen._inspector.finding
    row = form.quotations.rows[0]
    QApplication.processEvents()  # what was added is shown
    desk.keys(form.quotations.add, KEYS.Key_Tab)
    for tool in (row.open, row.turn, row.take):
        assert QApplication.focusWidget() is tool
        desk.keys(tool, KEYS.Key_Tab)


def test_a_narrow_bar_turns_to_the_summary_by_one_button(parts: Parts) -> None:
    host = QWidget()
    bar = FindingsBar(parts)
    bar.setParent(host)
    turned: list[bool] = []
    bar.turned.connect(turned.append)
    host.show()
    bar.show()
    bar.setGeometry(0, 0, 700, 40)
    assert (bar._way.isVisible(), bar._other.isVisible()) == (True, False)
    bar.setGeometry(0, 0, 180, 40)
    assert (bar._way.isVisible(), bar._other.isVisible()) == (False, True)
    bar._other.click()
    bar.show_way(words=True)
    assert bar._other.text() == "Findings"
    bar._other.click()
    assert turned == [True, False]
    host.close()
    host.deleteLater()


def test_the_dialog_of_themes_says_that_nothing_has_these_words(desk: Shown) -> None:
    choose(desk)
    told: list[object] = []

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, ThemeDialog)
        dialog.filter.setText("zebra")
        told.append((dialog.nothing.text(), dialog.act.isEnabled()))
        dialog.filter.clear()
        told.append((dialog.nothing.isHidden(), dialog.act.isEnabled()))
        return False

    desk.messages.answers = [look]
    desk.screen.move_finding()
    assert told == [("No theme has these words in its name. Try fewer letters.", False), (True, True)]


def rests(number: int, reference: int, page: int | None, level: SupportLevel, **more: object) -> Support:
    return Support(
        id=number, guid=str(number), block=1, level=level, reference=reference, report=f"Work {reference}",
        quotation=number, page=page, printed=f"{page + 10}" if page else "", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_sources_are_told_with_the_pages_that_are_printed() -> None:
    near = SupportLevel.QUOTATION
    told = support.sources_told([rests(1, 1, 4, near), rests(2, 1, 3, near), rests(3, 2, None, near)])
    assert told == "From 3 quotations in 2 reports: Work 1, pp. 13, 14; Work 2"
    assert support.sources_told([]) == ""


def test_what_counts_is_told_by_level_and_study() -> None:
    found = [
        Contributing(1, True, "quoted", level=SupportLevel.QUOTATION),
        Contributing(2, True, "cited as evidence"), Contributing(3, False, "No", overruled=True),
    ]  # fmt: skip
    told = support.counted_told(found, {1: 7, 2: 7})
    assert told == "2 reports of 1 study count: 1 by quotations, 1 as a whole. 1 left out."
    assert support.counted_told([], {}) == "No report counts for it yet."


def test_a_finding_cites_the_page_that_is_printed(desk: Shown) -> None:
    from evidence_app.storage import coding

    quotation = coding.quotations_by_id(desk.project.reader, [1])[1]
    from dataclasses import replace

    placed = replace(quotation, anchor=replace(quotation.anchor, page=2))
    pages = (Page(0, 1, 1, label="ix"), Page(9, 1, 1, label="x"))
    document = Document(id=quotation.document, guid="d", reference=1, name="d", kind="pdf", pages=pages)
    (work,) = support.cited_pages([placed], {quotation.document: 1}, {quotation.document: document})
    assert work.locator == "x"


def test_each_quotation_is_opened_turned_round_and_let_go(parts: Parts) -> None:
    rows = QuotationRows(parts, FOR)
    quoted = rests(4, 3, 4, SupportLevel.CODING, words="Money came late", code="Money")
    heard: list[object] = []
    for signal in (rows.opened, rows.let_go, rows.turned):
        signal.connect(heard.append)
    rows.show_supports([quoted], support.sources_told([quoted]))
    assert rows.note.text() == "From 1 quotation in 1 report: Work 3, p. 14"
    for tool in (rows.rows[0].open, rows.rows[0].turn, rows.rows[0].take):
        tool.click()
    assert heard == [quoted] * 3
    assert source_line(quoted) == "Work 3, p. 14 · coded “Money”"
    assert nameless(rows) == []
    rows.show_supports([], "")
    assert rows.note.text().startswith("No quotation yet")
    rows.deleteLater()
