"""Judging full texts beside their pages: all keys of screening work while the text has the keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.screening import Stage
from evidence_app.domain.studies import Retrieval
from evidence_app.services.studies.retrieval import full_texts
from evidence_app.storage import coding, screening
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.pages.match_dialog import MatchDialog
from evidence_app.ui.pages.page_canvas import PageCanvas
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.screening.screen import ScreeningScreen
from evidence_app.ui.session import acting_of
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts
from tests.services.coding.pdfs import made_pdf
from tests.ui.doubles import RecordedMessages, nameless

Key = Qt.Key
REASONS = ("Wrong people", "Wrong place", "Wrong kind")
ACTS: dict[int, str] = {
    Key.Key_I: "include", Key.Key_E: "exclude", Key.Key_U: "maybe", Key.Key_Z: "take_back", Key.Key_F: "flag",
    Key.Key_N: "write_note", Key.Key_T: "switch_view", Key.Key_A: "attach_full_text",
}  # fmt: skip


class Reading:
    """The screen at full text, driven as its window drives it: a letter the text leaves is a command."""

    def __init__(self, screen: ScreeningScreen, project: OpenProject, messages: RecordedMessages) -> None:
        self.screen, self.project, self.messages = screen, project, messages
        self.said: list[str] = []

    @property
    def reader(self) -> Any:
        """The reader of the screen."""
        return self.screen.page.full.reader

    def name(self) -> str:
        """Return which report is judged now."""
        current = self.screen.judging.current
        return current.card.reference.title if current is not None else ""

    def press(self, *keys: Qt.Key) -> None:
        """Press keys in the text: what it does not take goes on as a command of the screen."""
        for key in keys:
            canvas = self.reader.canvas
            assert canvas is not None
            event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
            event.setAccepted(True)
            canvas.keyPressEvent(event)
            if event.isAccepted():
                continue
            name = f"reason_{key - Key.Key_0}" if Key.Key_1 <= key <= Key.Key_9 else ACTS[key]
            getattr(self.screen, name)()

    def decided(self, at: int) -> tuple[str, int | None] | None:
        """Return verdict and main reason of the report with this place, as the project holds it."""
        person = screening.person_row(self.project.reader, self.screen.judging.person)
        held = screening.own_decision(self.project.reader, at, Stage.FULL_TEXT, person)
        return (held.verdict.value, held.reason) if held is not None else None


def a_review(path: Path) -> Project:
    made = Project.create(path, "Review")
    source = insert("source", name="Walk Base", kind="database")
    search = insert("search", source=RowOf("source", source.guid))
    file = insert("search_file", search=RowOf("search", search.guid), name="walk.ris")
    works = [
        insert("reference", title=f"Report {at}", type="article-journal", doi=f"10.1/{at}",
               abstract=f"The abstract of report {at}.")
        for at in range(1, 5)
    ]  # fmt: skip
    records = [
        insert("record", reference=RowOf("reference", work.guid), search_file=RowOf("search_file", file.guid),
               raw="{}")
        for work in works
    ]  # fmt: skip
    passed = [
        insert("decision", reference=RowOf("reference", work.guid), stage="title-abstract", verdict="include",
               person=RowOf("person", "ben"), at="2026-01-01T00:00:00")
        for work in works
    ]  # fmt: skip
    reasons = [
        insert("exclusion_reason", stage="full text", name=name, position=float(at))
        for at, name in enumerate(REASONS)
    ]
    ben = insert("person", "ben", name="Ben")
    criterion = insert("criterion", code="I1", text="People were asked", includes=1, position=1.0)
    made.apply(Edit("Import", (source, search, file, *works, *records, ben, *passed, *reasons, criterion)))
    return made


@pytest.fixture
def reading(
    look: Look, parts: Parts, lanes: InlineLanes, preferences: Preferences, messages: RecordedMessages,
    tmp_path: Path, qtbot: QtBot,
) -> Iterator[Reading]:  # fmt: skip
    project = OpenProject(lanes, a_review(tmp_path / "review.evidence"))
    project.act_as(acting_of(preferences))
    said: list[str] = []

    def say(text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None) -> None:
        said.append(text)

    def go_to(screen: str, subject: Subject | None = None) -> None:
        said.append(screen)

    context = ScreenContext(look, parts, lanes, project, preferences, messages, go_to, say)
    screen = ScreeningScreen(context)
    qtbot.addWidget(screen)
    head = QWidget()
    head.setLayout(across(*screen.header_parts()))
    qtbot.addWidget(head)
    project.changed.connect(screen.reload)
    screen.resize(1260, 820)
    screen.reload(frozenset())
    screen.show()
    qtbot.wait_exposed(screen)
    screen.activateWindow()
    screen.show_place(Subject("stage:full text", 0))
    made = Reading(screen, project, messages)
    made.said = said
    for at in (1, 2, 3):
        pdf = made_pdf(tmp_path / f"report{at}.pdf", f"Words of report {at}. #pagebreak() More of {at}.")
        made.screen.page.full.attaching.attach([(at, pdf)])
    made.reader.take_focus()
    yield made
    project.close()
    project.deleteLater()
    head.deleteLater()


def test_pages_criteria_and_reasons_stand_side_by_side(reading: Reading) -> None:
    assert isinstance(reading.reader.canvas, PageCanvas)
    assert reading.reader.canvas.hasFocus()
    assert reading.screen.page.full.title.text() == "Report 1"
    assert reading.screen.beside.criteria.isVisible()
    assert reading.screen.foot.reasons.isVisible()
    assert nameless(reading.screen) == []


def test_a_reason_decides_nothing_and_further_ones_follow_the_main_one(reading: Reading) -> None:
    reading.press(Key.Key_2, Key.Key_3)
    assert (reading.name(), reading.decided(1)) == ("Report 1", None)
    ids = [each.id for each in screening.reasons(reading.project.reader, Stage.FULL_TEXT)]
    assert reading.screen.judging.given() == [ids[1], ids[2]]
    reading.press(Key.Key_E)
    assert reading.decided(1) == ("exclude", ids[1])
    assert reading.name() == "Report 2"
    further = reading.project.reader.rows("SELECT exclusion_reason FROM live_decision_reason")
    assert [row["exclusion_reason"] for row in further] == [ids[2]]


def test_exclude_waits_for_its_reason_and_z_takes_it_back(reading: Reading) -> None:
    reading.press(Key.Key_E)
    assert (reading.name(), reading.decided(1)) == ("Report 1", None)
    reading.press(Key.Key_1)
    assert reading.decided(1) is not None
    assert reading.name() == "Report 2"
    reading.press(Key.Key_U, Key.Key_I)
    assert [(reading.decided(at) or ("",))[0] for at in (1, 2, 3)] == ["exclude", "maybe", "include"]
    reading.screen.take_back()
    assert (reading.name(), reading.decided(3)) == ("Report 3", None)


def test_the_text_follows_the_report_and_keeps_the_keyboard(reading: Reading) -> None:
    reading.press(Key.Key_I)
    assert reading.reader.opened.document.name == "report2.pdf"
    assert reading.reader.canvas.hasFocus()
    reading.press(Key.Key_Right)
    assert reading.name() == "Report 3"
    reading.press(Key.Key_Right)
    assert reading.name() == "Report 4"
    assert reading.reader.missing.isVisible()
    assert reading.screen.side.queue.hasFocus()


def test_flag_and_note_are_kept_while_reading(reading: Reading) -> None:
    reading.press(Key.Key_F, Key.Key_N)
    field = reading.screen.beside.labels.note
    assert field.hasFocus()
    QTest.keyClicks(field, "Page 2")
    QTest.keyClick(field, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    current = reading.screen.judging.current
    assert current is not None
    assert current.card.flag is not None
    assert current.card.note is not None
    assert (current.card.note.text, reading.name()) == ("Page 2", "Report 1")
    assert reading.reader.opened.document.name == "report1.pdf"


def test_the_record_is_one_key_away(reading: Reading) -> None:
    reading.press(Key.Key_T)
    assert reading.screen.page.text.isVisible()
    assert "The abstract of report 1." in reading.screen.page.text.toPlainText()
    assert reading.screen.page.text.hasFocus()
    reading.screen.switch_view()
    assert reading.reader.isVisible()
    assert reading.reader.canvas.hasFocus()


def test_space_in_the_list_turns_the_pages_of_the_text(reading: Reading) -> None:
    reading.screen.side.queue.setFocus()
    bar = reading.reader.canvas.verticalScrollBar()
    QTest.keyClick(reading.screen.side.queue, Key.Key_Space)
    assert bar.value() > 0


def test_a_dropped_file_is_attached_to_the_report_that_is_read(reading: Reading, tmp_path: Path) -> None:
    for _ in range(3):
        reading.screen.judging.step(1)
    assert reading.name() == "Report 4"
    file = tmp_path / "fourth.txt"
    file.write_text("The words of the fourth report.", "utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    assert reading.screen.takes(mime)
    reading.screen.take(mime)
    assert reading.reader.canvas.text == "The words of the fourth report."
    line = next(each for each in full_texts(reading.project.reader) if each.reference.title == "Report 4")
    assert line.state is Retrieval.RECEIVED
    reading.project.undo()
    assert reading.reader.missing.isVisible()


def test_several_dropped_files_find_their_reports_first(reading: Reading, tmp_path: Path) -> None:
    named = tmp_path / "10.1_4.txt"
    named.write_text("The words of the fourth report.", "utf-8")
    other = tmp_path / "other.txt"
    other.write_text("Something else", "utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(each)) for each in (named, other)])

    def use(dialog: QDialog) -> bool:
        assert isinstance(dialog, MatchDialog)
        return True

    reading.messages.answers = [use]
    reading.screen.take(mime)
    assert [each.name for each in coding.documents(reading.project.reader, 4)] == ["10.1_4.txt"]


def test_files_are_not_taken_on_title_and_abstract(reading: Reading, tmp_path: Path) -> None:
    reading.screen.show_place(Subject("stage:title-abstract", 0))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "report1.pdf"))])
    assert not reading.screen.takes(mime)
    reading.screen.attach_full_text()
    assert reading.said[-1].startswith("Full texts are attached at the full text stage")
    assert not reading.screen.page.full.head.isVisible()


def test_a_report_is_shown_from_elsewhere(reading: Reading) -> None:
    reading.screen.show_place(Subject("stage:title-abstract", 0))
    reading.screen.show_place(Subject("stage:full text", 3))
    assert reading.name() == "Report 3"
    assert reading.reader.opened.document.name == "report3.pdf"
