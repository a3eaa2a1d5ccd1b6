"""The Studies screen as a reviewer uses it: log full texts, join reports, describe studies, count."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.studies import LinkState, Part, Retrieval, ValueState
from evidence_app.services.library.attachments import attach, keep_copies
from evidence_app.services.studies import characteristics
from evidence_app.services.studies.characteristics import Said
from evidence_app.services.studies.counting import Unit
from evidence_app.storage import studies
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.pages.match_dialog import MatchDialog
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.settings import Preferences
from evidence_app.ui.studies.desk import Held
from evidence_app.ui.studies.form_dialog import FormDialog
from evidence_app.ui.studies.reading_view import ReadingDialog
from evidence_app.ui.studies.screen import LIKE, STUDIES, TABLE, TEXTS, StudiesScreen
from evidence_app.ui.widgets.choices import Choice
from evidence_app.ui.widgets.parts import Parts
from tests.services.coding.pdfs import made_pdf
from tests.services.flow.reviews import ReviewBuilder, a_screened_review
from tests.ui.doubles import RecordedMessages, nameless, unreachable


@dataclass
class Desk:
    """A screen with what it asked of the window."""

    screen: StudiesScreen
    project: OpenProject
    messages: RecordedMessages
    gone_to: list[tuple[str, Subject | None]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def held(self) -> Held:
        """What the screen has read."""
        assert self.screen.desk.held is not None
        return self.screen.desk.held

    def row(self, number: int) -> int:
        """Return the reference with this number."""
        return next(int(work.id) for work in self.held.contents.works.values() if work.number == number)

    def states(self) -> dict[int | None, Retrieval | None]:
        """Return how far each full text is, by number."""
        return {line.reference.number: line.state for line in self.held.full_texts}


@pytest.fixture
def make_desk(
    parts: Parts, lanes: InlineLanes, preferences: Preferences, messages: RecordedMessages
) -> Iterator[object]:
    made: list[StudiesScreen] = []

    def make(project: OpenProject) -> Desk:
        gone_to: list[tuple[str, Subject | None]] = []
        said: list[str] = []

        def go_to(screen: str, subject: Subject | None = None) -> None:
            gone_to.append((screen, subject))

        def say(text: str, *, undo: bool = False, act: object = None) -> None:
            said.append(text)

        context = ScreenContext(
            look=parts.look, parts=parts, lanes=lanes, project=project, settings=preferences,
            messages=messages, go_to=go_to, say=say,
        )  # fmt: skip
        screen = StudiesScreen(context)
        for each in screen.header_parts():
            each.setParent(screen)
        project.changed.connect(screen.reload)
        screen.resize(1260, 820)
        screen.show()
        screen.reload(frozenset())
        made.append(screen)
        return Desk(screen, project, messages, gone_to, said)

    yield make
    for screen in made:
        screen.close()
        screen.deleteLater()


@pytest.fixture
def desk(make_desk: object, open_sample: OpenProject, preferences: Preferences) -> Desk:
    assert callable(make_desk)
    now = preferences.now
    open_sample.act_as(Acting(now.person_name, now.person_initials, now.person_guid))
    made: Desk = make_desk(open_sample)
    return made


@pytest.fixture
def empty(make_desk: object, tmp_path: Path, lanes: InlineLanes) -> Iterator[Desk]:
    project = OpenProject(lanes, Project.create(tmp_path / "empty.evidence", "A review"))
    assert callable(make_desk)
    yield make_desk(project)
    project.close()
    project.deleteLater()


# -- studies


def test_the_sample_shows_its_reports_as_studies_and_the_link_with_its_reason(desk: Desk) -> None:
    desk.screen.turn(STUDIES)
    assert desk.screen.detail() == "47 reports in 47 studies"
    card = desk.screen.studies.card
    assert card.title.text() == "99 McEvoy 2013 and 100 Pillinger 2010 may tell of one study"
    assert card.reason.text().startswith("Both are from Ireland")
    assert desk.screen.studies.stated.text() == "the review states 42; 47 studies are built"


def test_the_list_has_the_keyboard_once_the_studies_are_read(desk: Desk) -> None:
    desk.screen.turn(STUDIES)
    held, desk.screen.desk.held = desk.held, None
    typed = next(each for each in desk.screen.findChildren(QLineEdit) if each.isVisible())
    typed.setFocus()
    desk.screen._show(held)
    assert desk.screen.focusWidget() is desk.screen.studies.list


def test_y_joins_the_suggested_pair_and_undo_takes_them_apart(desk: Desk) -> None:
    desk.screen.turn(STUDIES)
    desk.screen.same_study()
    assert desk.screen.detail() == "47 reports in 46 studies"
    study = desk.held.study_of(desk.row(99))
    assert study is not None
    assert [each.part for each in study.reports] == [Part.MAIN, Part.COMPANION]
    assert desk.said[-1] == "Joined 2 reports into one study."
    desk.project.undo()
    assert desk.screen.detail() == "47 reports in 47 studies"


def test_n_keeps_a_pair_apart_and_shows_the_next(desk: Desk) -> None:
    desk.screen.turn(STUDIES)
    desk.screen.other_study()
    assert desk.held.contents.links[0].state is LinkState.REFUSED
    shown = desk.screen.studies.card.shown
    assert shown is not None
    assert shown.pair == {desk.row(93), desk.row(94)}
    desk.screen.other_study()
    assert desk.screen.studies.card.isHidden()


def test_selected_rows_are_joined_labelled_and_taken_apart(desk: Desk) -> None:
    desk.screen.turn(STUDIES)
    page = desk.screen.studies
    rows = [desk.row(number) * 2 for number in (55, 56)]
    page.list.select(rows[0], also=rows)
    desk.screen.join()
    assert desk.screen.detail() == "47 reports in 46 studies"
    page.study.renamed.emit("Alcohol services")
    assert page.list.rows[rows[0]].label == "Alcohol services"
    page.study.part_chosen.emit(desk.row(56), Part.MAIN)
    assert page.list.rows[desk.row(56) * 2].study.main == desk.row(56)
    page.list.select(desk.row(55) * 2 + 1)
    desk.screen.take_out()
    assert desk.screen.detail() == "47 reports in 47 studies"


def test_a_study_dropped_on_another_is_joined_to_it(desk: Desk) -> None:
    desk.screen.turn(STUDIES)
    desk.screen.studies.list.dropped.emit([desk.row(60)], desk.row(58) * 2)
    study = desk.held.study_of(desk.row(60))
    assert study is not None
    assert study.references == (desk.row(58), desk.row(60))


def test_filters_show_what_they_say(desk: Desk) -> None:
    desk.screen.turn(STUDIES)
    desk.screen.same_study()
    page = desk.screen.studies
    page.filters.choose("several")
    page.filters.chosen.emit("several")
    assert [row.label for row in page.list.rows.values()] == ["McEvoy 2013", "McEvoy 2013", "Pillinger 2010"]


# -- full texts


def test_attempts_are_logged_for_all_selected_reports(desk: Desk) -> None:
    desk.screen.turn(TEXTS)
    table = desk.screen.texts.table
    ids = desk.screen.texts.table_ids()
    table.select(ids[0], also=ids[:3])
    editor = desk.screen.texts.full_text.how.editor
    assert isinstance(editor, QLineEdit)
    editor.setText("interlibrary loan")
    desk.screen.requested()
    assert [desk.states()[number] for number in (55, 56, 57, 58)] == [Retrieval.REQUESTED] * 3 + [None]
    assert desk.held.full_texts[0].attempts[-1].how == "interlibrary loan"
    assert editor.text() == ""
    desk.project.undo()
    assert desk.states()[55] is None


def test_not_available_asks_why_and_cancel_changes_nothing(desk: Desk) -> None:
    desk.screen.turn(TEXTS)
    desk.screen.not_available()
    assert desk.states()[55] is None
    desk.messages.answers.append("The author did not answer")
    desk.screen.not_available()
    assert desk.states()[55] is Retrieval.NOT_AVAILABLE
    desk.screen.texts.take_back()
    assert desk.states()[55] is None


def test_what_is_to_be_got_is_listed_and_the_next_comes_up_when_one_is_logged(desk: Desk) -> None:
    desk.screen.turn(TEXTS)
    page = desk.screen.texts
    page.filters.choose("open")
    page.filters.chosen.emit("open")
    page.table.select(desk.row(57))
    desk.messages.answers.append("No copy in any library")
    desk.screen.not_available()
    assert desk.row(57) not in page.table_ids()
    assert page.table.current_id() == desk.row(58)
    desk.screen.requested()
    assert desk.row(58) in page.table_ids()
    assert desk.screen.detail() == "0 of 47 full texts received; 46 to get"
    page.search.setText("alderson")
    page.search.search_now()
    assert page.table_ids() == [desk.row(55)]


def test_the_log_and_the_excluded_full_texts_are_exported(desk: Desk, tmp_path: Path) -> None:
    desk.screen.turn(TEXTS)
    desk.screen.texts.table.select(desk.row(56))
    desk.messages.answers.append("The author did not answer")
    desk.screen.not_available()
    log, excluded = tmp_path / "log.csv", tmp_path / "excluded.csv"
    desk.messages.answers.extend([log, excluded])
    desk.screen.handlers()["export"]()
    desk.screen.export_excluded()
    assert "not available: The author did not answer" in log.read_text(encoding="utf-8-sig")
    assert "Reason" in excluded.read_text(encoding="utf-8-sig")
    assert desk.said[-2:] == ["Wrote log.csv.", "Wrote excluded.csv."]


def test_counts_are_exported_as_a_chart_too(desk: Desk, tmp_path: Path) -> None:
    desk.screen.turn(TABLE)
    out = tmp_path / "counts.svg"
    desk.messages.answers.append(out)
    desk.screen.tables.export()
    assert "Counted by study: 47 studies" in out.read_text(encoding="utf-8")


def test_files_attached_elsewhere_are_read_all_at_once(desk: Desk, tmp_path: Path) -> None:
    desk.screen.turn(TEXTS)
    for number, name in ((55, "one.txt"), (56, "two.md")):
        file = tmp_path / name
        file.write_text(f"Words of {name}", "utf-8")
        kept = keep_copies(desk.project.path, [file], lambda _done, _total: None)
        desk.project.do(attach(desk.row(number), kept))
    banner = desk.screen.texts.unread
    assert banner.label.text().startswith("2 attached files were not read yet")
    QTest.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    assert desk.said[-1] == "Froze the text of one.txt, two.md."
    assert all(file.document for line in desk.held.full_texts for file in line.files)
    assert desk.states()[55] is Retrieval.RECEIVED
    desk.screen.freeze_texts()
    assert desk.said[-1].startswith("The text of every attached file")
    desk.project.undo()
    assert not any(file.document for line in desk.held.full_texts for file in line.files)


def test_a_form_can_be_made_before_there_is_a_study(empty: Desk) -> None:
    empty.screen.turn(LIKE)
    QTest.mouseClick(empty.screen.like.empty.button, Qt.MouseButton.LeftButton)
    assert len(empty.held.contents.fields) > 3
    assert empty.screen.like.empty.sentence.text().startswith("The form is ready")
    assert empty.screen.like.empty.button.text() == "Change the form…"


def test_keys_of_full_texts_do_nothing_in_other_views(desk: Desk) -> None:
    desk.screen.turn(STUDIES)
    desk.screen.sought()
    assert set(desk.states().values()) == {None}


def test_a_dropped_folder_finds_references_and_attaches_what_is_ticked(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "pdfs"
    folder.mkdir()
    title = desk.held.title(desk.row(99))
    (folder / "download.txt").write_text(f"{title}\nAbstract\n", encoding="utf-8")
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")
    ticked: list[bool] = []

    def use(dialog: QDialog) -> bool:
        assert isinstance(dialog, MatchDialog)
        ticked.extend(tick.isChecked() for tick in dialog.findChildren(QCheckBox))
        return True

    desk.messages.answers.append(use)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    assert desk.screen.takes(mime)
    desk.screen.take(mime)
    assert sorted(ticked) == [False, True]
    assert desk.states()[99] is Retrieval.RECEIVED
    assert [file.name for line in desk.held.full_texts for file in line.files] == ["download.txt"]
    assert (folder / "download.txt").exists()


def test_a_folder_is_asked_for_where_the_last_files_came_from(desk: Desk, tmp_path: Path) -> None:
    title = desk.held.title(desk.row(99))
    (tmp_path / "download.txt").write_text(f"{title}\nAbstract\n", encoding="utf-8")
    desk.messages.answers = [tmp_path, lambda _dialog: True]
    desk.screen.attach_folder()
    assert desk.messages.asked[0] == "A folder of full texts"
    assert desk.states()[99] is Retrieval.RECEIVED


def test_a_report_outside_screening_is_read_only(desk: Desk) -> None:
    desk.screen.turn(TEXTS)
    seen: list[tuple[str, str]] = []

    def use(dialog: QDialog) -> bool:
        assert isinstance(dialog, ReadingDialog)
        QTest.keyClick(dialog, Qt.Key.Key_Right)
        seen.append((str(dialog.line.reference.number), dialog.reader.missing.sentence.text()))
        return True

    desk.messages.answers.append(use)
    desk.screen.read_text()
    assert seen == [("56", "The full text of this report is not here yet.")]


def test_what_is_judged_is_read_and_decided_under_screening(
    make_desk: object, tmp_path: Path, lanes: InlineLanes
) -> None:
    builder = ReviewBuilder(tmp_path)
    a_screened_review(builder)
    path = builder.project.path
    builder.close()
    project = OpenProject(lanes, Project.open(path))
    assert callable(make_desk)
    desk: Desk = make_desk(project)
    desk.screen.turn(TEXTS)
    line = next(each for each in desk.held.full_texts if each.outcome is not None)
    desk.screen.texts.table.select(line.reference.id)
    desk.screen.read_text()
    assert desk.gone_to == [("screening", Subject("stage:full text", int(line.reference.id)))]
    desk.screen.close()
    project.close()
    project.deleteLater()


def test_attaching_freezes_the_text_at_once_and_one_undo_takes_all_back(desk: Desk, tmp_path: Path) -> None:
    desk.screen.turn(TEXTS)
    file = tmp_path / "alderson.txt"
    file.write_text("The words of the report.", encoding="utf-8")
    desk.messages.answers.append(file)
    desk.screen.attach_file()
    line = desk.held.full_texts[0]
    assert desk.said[-1] == f"Attached alderson.txt to {line.reference.short_label}."
    assert (line.state, len(line.files), line.files[0].document is not None) == (Retrieval.RECEIVED, 1, True)
    desk.project.undo()
    assert (desk.held.full_texts[0].state, desk.held.full_texts[0].files) == (None, ())


# -- characteristics


def test_a_value_typed_into_the_form_counts_with_its_place(desk: Desk) -> None:
    desk.screen.turn(LIKE)
    desk.screen.like.show_study(desk.row(55))
    row = next(each for each in desk.screen.like.rows if each.field.name == "design")
    line, place = row.lines[0]
    line.setText("qualitative")
    place.setText("p. 4")
    line.editingFinished.emit()
    kept = desk.held.contents.values_of([desk.row(55)], "design")
    assert [(each.value, each.place, each.state) for each in kept] == [
        ("qualitative", "p. 4", ValueState.TYPED)
    ]
    desk.project.undo()
    assert not desk.held.contents.values_of([desk.row(55)], "design")[0].is_reported


def test_alt_n_says_not_reported_and_again_takes_it_back(desk: Desk) -> None:
    desk.screen.turn(LIKE)
    row = next(each for each in desk.screen.like.rows if each.field.name == "service")
    QTest.keyClick(row.lines[0][0], Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    reference = desk.screen.like.reference()
    assert reference is not None
    assert [each.state for each in desk.held.contents.values_of([reference], "service")] == [
        ValueState.NOT_REPORTED
    ]
    assert row.silent.isChecked()
    row.silent.click()
    assert desk.held.contents.values_of([reference], "service") == []


def test_a_draft_is_ones_own_and_counts_nowhere(desk: Desk) -> None:
    desk.screen.turn(LIKE)
    page = desk.screen.like
    page.mode.choose("draft")
    page.mode.chosen.emit("draft")
    row = next(each for each in page.rows if each.field.name == "country")
    assert row.lines[0][0].text() == ""
    row.lines[0][0].setText("Atlantis")
    row.lines[0][0].editingFinished.emit()
    assert "Atlantis" not in [each.value for each in desk.held.contents.values]
    assert row.lines[0][0].text() == "Atlantis"


def test_two_extractors_stand_side_by_side_and_one_is_taken(desk: Desk) -> None:
    people = (insert("person", "ann", name="Ann"), insert("person", "ben", name="Ben"))
    desk.project.do(Edit("Enter two people", people))
    design = next(each for each in desk.held.contents.fields if each.name == "design")
    for who, words in (("ann", "survey"), ("ben", "interviews")):
        edit = characteristics.write(
            desk.row(55), design, [], [Said(words, "p. 7")], RowOf("person", who), draft=True
        )
        desk.project.do(edit)
    view = desk.screen.like.compare
    desk.screen.turn(LIKE)
    desk.screen.like.mode.choose("compare")
    desk.screen.like.mode.chosen.emit("compare")
    assert view.heading.text() == "Ann and Ben: 1 field filled by both, 1 differs (0 the same)"
    QTest.keyClick(view, Qt.Key.Key_3)
    assert desk.said[-1] == "Design takes one value: take the first or the second."
    QTest.keyClick(view, Qt.Key.Key_2)
    (kept,) = desk.held.contents.values_of([desk.row(55)], "design")
    name = desk.screen.context.settings.now.person_name
    assert (kept.value, kept.place) == ("interviews", "p. 7")
    assert kept.basis == f"Extracted by Ann and Ben, settled by {name}"
    assert len(studies.values(desk.project.reader, drafts=True)) == 2


def test_any_two_are_compared_and_somebody_else_settles(desk: Desk) -> None:
    people = tuple(insert("person", name.lower(), name=name) for name in ("Ann", "Ben", "Cleo"))
    desk.project.do(Edit("Enter three people", people))
    design = next(each for each in desk.held.contents.fields if each.name == "design")
    for who, words in (("ann", "survey"), ("ben", "survey"), ("cleo", "interviews")):
        edit = characteristics.write(
            desk.row(55), design, [], [Said(words)], RowOf("person", who), draft=True
        )
        desk.project.do(edit)
    desk.screen.turn(LIKE)
    desk.screen.like.mode.choose("compare")
    desk.screen.like.mode.chosen.emit("compare")
    view = desk.screen.like.compare
    assert view.names == ("Ann", "Ben")
    assert (view.compared.differing, len(view.compared.ready)) == (0, 1)
    view.second.setCurrentIndex(view.second.findText("Cleo", Qt.MatchFlag.MatchStartsWith))
    view.second.activated.emit(view.second.currentIndex())
    assert (view.names, view.compared.differing) == (("Ann", "Cleo"), 1)
    view.settler.setCurrentIndex(view.settler.findText("Ben"))
    view.take(0, "first")
    (kept,) = desk.held.contents.values_of([desk.row(55)], "design")
    assert (kept.value, kept.by, kept.basis) == (
        "survey", "Ben", "Extracted by Ann and Cleo, settled by Ben",
    )  # fmt: skip
    assert view.names == ("Ann", "Cleo")
    view.write(0)
    assert desk.screen.like.mode.choice == "agreed"
    row = next(each for each in desk.screen.like.rows if each.field.name == "design")
    assert row.lines[0][0].text() == "survey"


def test_the_page_and_the_words_that_are_read_are_taken_beside_the_form(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    made_pdf(file, "Alderson asked. #pagebreak() They held thirty interviews in Leeds.")
    desk.screen.turn(TEXTS)
    desk.messages.answers.append(file)
    desk.screen.attach_file()
    desk.screen.turn(LIKE)
    page = desk.screen.like
    page.show_study(desk.row(55))
    canvas = page.reader.canvas
    assert canvas is not None
    start = canvas.text.index("thirty interviews")
    canvas.select(start, start + len("thirty interviews"))
    row = next(each for each in page.rows if each.field.name == "design")
    QTest.keyClick(row.lines[0][0], Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    (kept,) = desk.held.contents.values_of([desk.row(55)], "design")
    assert (kept.value, kept.place, kept.state) == ("thirty interviews", "p. 2", ValueState.QUOTED)
    country = next(each for each in page.rows if each.field.name == "country")
    before = desk.held.contents.values_of([desk.row(55)], "country")[0].value
    QTest.keyClick(country.lines[0][1], Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    (placed,) = desk.held.contents.values_of([desk.row(55)], "country")
    assert (placed.value, placed.place) == (before, "p. 2")


def test_enter_goes_through_the_form_and_a_key_to_the_next_study(desk: Desk) -> None:
    desk.screen.turn(LIKE)
    page = desk.screen.like
    desk.screen.activateWindow()
    page.show_study(desk.row(55))
    value, place = page.rows[0].lines[0]
    assert value.hasFocus()
    QTest.keyClick(value, Qt.Key.Key_Return)
    assert place.hasFocus()
    QTest.keyClick(place, Qt.Key.Key_Return)
    assert page.rows[1].lines[0][0].hasFocus()
    desk.screen.next_study()
    assert page.table.current_id() == desk.held.contents.studies[1].main
    assert page.rows[1].lines[0][0].hasFocus()
    desk.screen.previous_study()
    assert page.table.current_id() == desk.row(55)


def test_what_is_half_typed_stays_with_its_study_when_the_next_is_asked_for(desk: Desk) -> None:
    desk.screen.turn(LIKE)
    page = desk.screen.like
    desk.screen.activateWindow()
    page.show_study(desk.row(55))
    at = next(at for at, each in enumerate(page.rows) if each.field.name == "country")
    line = page.rows[at].lines[0][0]
    line.setFocus()
    line.setText("a lighthouse")
    desk.screen.next_study()
    after = desk.held.contents.studies[1].main
    found = [each.reference for each in desk.held.contents.values if each.value == "a lighthouse"]
    assert found == [desk.row(55)]
    assert page.table.current_id() == after
    assert page.rows[at].lines[0][0].hasFocus()


def test_the_form_is_changed_in_its_dialog(desk: Desk) -> None:
    desk.screen.turn(LIKE)

    def use(dialog: QDialog) -> bool:
        assert isinstance(dialog, FormDialog)
        dialog._add()
        dialog._editors[-1][0].setText("funding")
        dialog._change(5, -1)
        return True

    desk.messages.answers.append(use)
    desk.screen.edit_form()
    assert [each.name for each in desk.held.contents.fields] == [
        "country", "kind", "service", "design", "funding", "approach",
    ]  # fmt: skip
    assert len(desk.screen.like.rows) == 6


# -- table


def test_a_bar_opens_its_reports_and_the_unit_can_be_switched(desk: Desk) -> None:
    desk.screen.turn(TABLE)
    chart = desk.screen.tables.chart
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of(1).center())
    place, subject = desk.gone_to[-1]
    assert subject is not None
    assert (place, subject.title, len(subject.ids)) == ("library", "Country: United Kingdom", 10)
    desk.screen.tables.unit.choose(Unit.REPORTS.value)
    desk.screen.tables.unit.chosen.emit(Unit.REPORTS.value)
    assert desk.screen.detail() == "47 reports"


@pytest.mark.parametrize("what", ["counts", "included"])
def test_the_table_that_is_shown_is_exported(desk: Desk, tmp_path: Path, what: str) -> None:
    desk.screen.turn(TABLE)
    desk.screen.tables.what.choose(what)
    desk.screen.tables.what.chosen.emit(what)
    out = tmp_path / "table.csv"
    desk.messages.answers.append(out)
    desk.screen.tables.export()
    text = out.read_text(encoding="utf-8-sig")
    assert ("England" in text, "Alderson 2022" in text) == (True, what == "included")
    assert desk.said[-1] == "Wrote table.csv."


# -- all of it


@pytest.mark.parametrize("view", [TEXTS, STUDIES, LIKE, TABLE])
def test_every_part_has_a_name_and_is_reached_by_tab(desk: Desk, view: str) -> None:
    desk.screen.turn(view)
    assert nameless(desk.screen) == []
    choices = {
        button.accessibleName()
        for each in desk.screen.findChildren(Choice)
        for button in each.buttons.values()
    }
    missed = [each for each in unreachable(desk.screen) if each.removeprefix("Button ") not in choices]
    assert missed == []  # arrows go from one choice to the next


@pytest.mark.parametrize("view", [TEXTS, STUDIES, LIKE, TABLE])
def test_an_empty_review_says_what_will_be_here(empty: Desk, view: str) -> None:
    empty.screen.turn(view)
    assert empty.screen.detail() == ""
    for act in ("join", "same_study", "take_out", "requested", "read_text", "edit_form", "extract"):
        getattr(empty.screen, act)()
    assert empty.screen.page.start().isVisible()


def test_a_place_from_elsewhere_shows_the_study_of_a_reference(desk: Desk) -> None:
    desk.screen.show_place(Subject("reference", desk.row(70)))
    study = desk.screen.studies.chosen_study()
    assert study is not None
    assert study.main == desk.row(70)
