"""The reader of full texts: pages or words, page, size, search, and what it says where there is no text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from evidence_app.domain.coding import Rectangle
from evidence_app.domain.edit import Edit, insert
from evidence_app.services.coding.annotations import Annotation, write_annotations
from evidence_app.services.library import attachments
from evidence_app.storage import coding
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.pages.attaching import Attaching
from evidence_app.ui.pages.match_dialog import MatchDialog
from evidence_app.ui.pages.page_canvas import PageCanvas
from evidence_app.ui.pages.reader import SCAN, FullTextReader
from evidence_app.ui.pages.text_canvas import TextCanvas
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.services.coding.pdfs import made_pdf, scanned_pdf
from tests.ui.doubles import RecordedMessages, nameless, unreachable

Key = Qt.Key
FIRST, SECOND = 1, 2


@dataclass
class Table:
    """A reader in a window, the project below it, and what was said."""

    reader: FullTextReader
    attaching: Attaching
    project: OpenProject
    messages: RecordedMessages
    window: QWidget
    said: list[str] = field(default_factory=list)
    acts: list[tuple[str, Any]] = field(default_factory=list)
    stepped: list[int] = field(default_factory=list)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the text."""
        assert self.reader.canvas is not None
        QTest.keyClick(self.reader.canvas, key, held)

    def attach(self, file: Path, reference: int = FIRST) -> None:
        """Attach a file to a report and show it."""
        self.attaching.attach([(reference, file)], label="Smith 2019")
        self.reader.show_report(reference, "Smith 2019")


@pytest.fixture
def table(
    look: Look, parts: Parts, lanes: InlineLanes, preferences: Preferences, messages: RecordedMessages,
    tmp_path: Path,
) -> Iterator[Table]:  # fmt: skip
    file = Project.create(tmp_path / "review.evidence", "A review")
    file.apply(
        Edit("Enter two reports", tuple(
            insert("reference", title=title, type="article-journal", standing="included", doi=doi)
            for title, doi in (("Listening in five towns", "10.1/one"), ("Another", "10.1/two"))
        ))
    )  # fmt: skip
    project = OpenProject(lanes, file)
    now = preferences.now
    project.act_as(Acting(now.person_name, now.person_initials, now.person_guid))
    said: list[str] = []
    acts: list[tuple[str, Any]] = []

    def say(text: str, *, undo: bool = False, act: tuple[str, Any] | None = None) -> None:
        said.append(text)
        acts.extend([act] if act is not None else [])

    def go_to(screen: str, subject: object = None) -> None:
        """Stay here."""

    window = QWidget()
    context = ScreenContext(
        look=look, parts=parts, lanes=lanes, project=project, settings=preferences, messages=messages,
        go_to=go_to, say=say,
    )  # fmt: skip
    attaching = Attaching(context, window)
    reader = FullTextReader(context, "test", attaching)
    QVBoxLayout(window).addWidget(reader)
    project.changed.connect(reader.reload)
    made = Table(reader, attaching, project, messages, window, said, acts)
    reader.stepped.connect(made.stepped.append)
    window.resize(700, 500)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    yield made
    window.close()
    window.deleteLater()
    project.close()
    project.deleteLater()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    told = ("Money came late", "Trust was lost", "Carers spoke up", "A panel met", "Nobody listened")
    pages = "#pagebreak()".join(f"{each}, say commissioners." for each in told)
    return made_pdf(tmp_path / "smith.pdf", pages)


def test_a_report_without_a_file_offers_to_attach_one(table: Table, pdf: Path) -> None:
    table.reader.show_report(FIRST, "Smith 2019")
    assert table.reader.missing.isVisible()
    table.messages.answers = [pdf]
    QTest.mouseClick(table.reader.missing.button, Qt.MouseButton.LeftButton)
    assert isinstance(table.reader.canvas, PageCanvas)
    assert table.said == ["Attached smith.pdf to Smith 2019."]
    assert table.reader.bar.page.text() == "1 of 5"


def test_undo_of_attaching_leaves_nothing_to_read(table: Table, pdf: Path) -> None:
    table.attach(pdf)
    table.project.undo()
    assert table.reader.missing.isVisible()
    table.project.redo()
    assert isinstance(table.reader.canvas, PageCanvas)


def test_space_and_arrows_turn_pages_and_go_to_other_reports(table: Table, pdf: Path) -> None:
    table.attach(pdf)
    assert table.reader.canvas is not None
    bar = table.reader.canvas.verticalScrollBar()
    table.key(Key.Key_Space)
    assert bar.value() > 0
    table.key(Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0
    table.key(Key.Key_End)
    assert table.reader.bar.page.text() == "5 of 5"
    table.key(Key.Key_Right)
    table.key(Key.Key_Left)
    assert table.stepped == [1, -1]


def test_letters_are_left_to_the_screen(table: Table, pdf: Path) -> None:
    table.attach(pdf)
    got: list[int] = []

    class Heard(QWidget):
        """Hears what the text does not take."""

        def keyPressEvent(self, event: Any) -> None:
            got.append(event.key())

    heard = Heard(table.window)
    table.reader.setParent(heard)
    for key in (Key.Key_I, Key.Key_E, Key.Key_U, Key.Key_1, Key.Key_N, Key.Key_F, Key.Key_Z):
        table.key(key)
    assert got == [Key.Key_I, Key.Key_E, Key.Key_U, Key.Key_1, Key.Key_N, Key.Key_F, Key.Key_Z]


def test_the_same_place_is_shown_as_words_and_as_pages(table: Table, pdf: Path) -> None:
    table.attach(pdf)
    table.reader.pages.go_to_page(4)
    table.reader.bar.kinds.choose("words")
    table.reader.bar.turned.emit("words")
    assert isinstance(table.reader.canvas, TextCanvas)
    assert "A panel met" in table.reader.canvas.text[slice(*table.reader.canvas.visible_span())]
    table.reader.bar.kinds.choose("pages")
    table.reader.bar.turned.emit("pages")
    assert isinstance(table.reader.canvas, PageCanvas)


def test_search_goes_from_hit_to_hit_and_esc_returns_to_the_text(table: Table, pdf: Path) -> None:
    table.attach(pdf)
    search = table.reader.bar.search
    table.reader.search()
    search.setText("commissioners")
    QTest.keyClick(search, Key.Key_Return)
    assert table.reader.bar.hits.text() == "1 of 5"
    QTest.keyClick(search, Key.Key_Return)
    assert table.reader.bar.hits.text() == "2 of 5"
    assert table.reader.place() == "p. 2"
    assert table.reader.selected() == "commissioners"
    table.key(Key.Key_F3)
    assert table.reader.bar.hits.text() == "3 of 5"
    QTest.keyClick(search, Key.Key_Escape)
    assert table.reader.bar.hits.isHidden()
    assert table.reader.canvas is not None
    assert list(table.reader.canvas.hits) == []


def test_sizes_change_and_fit_again(table: Table, pdf: Path) -> None:
    table.attach(pdf)
    before = table.reader.bar.sizes.percent.text()
    table.reader.larger()
    assert table.reader.bar.sizes.percent.text() != before
    table.reader.fit()
    assert table.reader.bar.sizes.percent.text() == before


def test_a_scan_says_that_it_has_no_text(table: Table, tmp_path: Path) -> None:
    table.attach(scanned_pdf(tmp_path / "scan.pdf"))
    assert table.reader.banner.label.text() == SCAN
    assert table.reader.bar.search.isHidden()
    assert table.reader.bar.kinds.isHidden()
    assert isinstance(table.reader.canvas, PageCanvas)
    table.key(Key.Key_Space)


def test_a_text_without_pages_is_shown_as_words(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text("# Findings\n\nMoney arrived late.", "utf-8")
    table.attach(file)
    assert isinstance(table.reader.canvas, TextCanvas)
    assert table.reader.bar.kinds.isHidden()
    assert table.reader.place() == ""


def test_a_pdf_that_is_gone_from_beside_the_project_leaves_its_words(table: Table, pdf: Path) -> None:
    table.attach(pdf)
    opened = table.reader.opened
    assert opened is not None
    assert opened.file is not None
    opened.file.unlink()
    table.reader.reload(frozenset())
    assert isinstance(table.reader.canvas, TextCanvas)
    assert table.reader.banner.button.text() == "Attach it again…"
    table.messages.answers = [pdf]
    QTest.mouseClick(table.reader.banner.button, Qt.MouseButton.LeftButton)
    assert table.said[-1] == "smith.pdf is back beside the project."
    assert isinstance(table.reader.canvas, PageCanvas)


def test_a_file_attached_elsewhere_is_read_by_one_press(table: Table, pdf: Path) -> None:
    kept = attachments.keep_copies(table.project.path, [pdf], lambda _done, _total: None)
    table.project.do(attachments.attach(FIRST, kept))
    table.reader.show_report(FIRST, "Smith 2019")
    assert table.reader.unread.sentence.text() == "smith.pdf is attached; its text was not read yet."
    QTest.mouseClick(table.reader.unread.button, Qt.MouseButton.LeftButton)
    assert isinstance(table.reader.canvas, PageCanvas)
    assert table.said == ["Froze the text of smith.pdf."]


def test_of_several_texts_another_one_is_opened_and_its_place_is_remembered(
    table: Table, pdf: Path, tmp_path: Path
) -> None:
    table.attach(pdf)
    table.key(Key.Key_End)
    note = tmp_path / "appendix.txt"
    note.write_text("An appendix.", "utf-8")
    table.attach(note)
    assert table.reader.bar.documents.text() == "2 texts"
    first = min(document.id for document in coding.documents(table.project.reader, FIRST))
    assert isinstance(table.reader.canvas, TextCanvas)
    table.reader.open_document(first)
    assert table.reader.bar.page.text() == "5 of 5"


def test_highlights_of_another_reader_are_offered_and_brought_in(
    table: Table, pdf: Path, tmp_path: Path
) -> None:
    marked = tmp_path / "marked.pdf"
    box = (Rectangle(1, 30.0, 340.0, 200.0, 380.0),)
    write_annotations(pdf, marked, [Annotation(1, box, "#FFE646")])
    table.attach(marked)
    offer = "1 highlight made in another reader: bring it in as a quotation?"
    assert table.said == [f"Attached marked.pdf to Smith 2019. {offer}"]
    assert table.reader.banner.label.text() == offer
    QTest.mouseClick(table.reader.banner.button, Qt.MouseButton.LeftButton)
    assert table.said[-1] == "Brought in 1 highlight of marked.pdf, coded by colour."
    assert [each.name for each in coding.codes(table.project.reader)] == ["Yellow highlights"]
    assert table.reader.banner.isHidden()
    table.acts[0][1]()
    assert table.said[-1] == "These highlights are quotations already."


def test_many_dropped_files_find_their_reports_before_anything_is_written(
    table: Table, pdf: Path, tmp_path: Path
) -> None:
    first = tmp_path / "10.1_one.txt"
    first.write_text("Words", "utf-8")
    stranger = tmp_path / "minutes.txt"
    stranger.write_text("Nothing of use", "utf-8")
    seen: list[str] = []

    def use(dialog: QDialog) -> bool:
        assert isinstance(dialog, MatchDialog)
        seen.extend(each.why for each in dialog.proposals)
        seen.append(dialog.left.text())
        assert not coding.documents(table.project.reader)
        return True

    works = [line.reference for line in _lines(table)]
    table.messages.answers = [use]
    table.attaching.take([first, stranger], FIRST, "Smith 2019", works)
    assert seen == [
        "Nothing in it fits a reference", "DOI in the file's name: 10.1/one",
        f"After this 1 report of 2 will be without a full text: {works[1].short_label}.",
    ]  # fmt: skip
    assert [document.name for document in coding.documents(table.project.reader)] == ["10.1_one.txt"]
    table.attaching.take([pdf], SECOND, "Another", works)
    assert table.said[-1] == "Attached smith.pdf to Another."


def test_a_file_that_names_another_report_is_asked_about(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "download.txt"
    file.write_text("Journal of Listening, doi 10.1/two", "utf-8")
    table.attach(file)
    one, two = (line.reference.short_label for line in _lines(table))
    assert table.said == [
        "Attached download.txt to Smith 2019.", f"download.txt names {two}, not {one}. Is it the right file?",
    ]  # fmt: skip
    table.project.undo()
    table.said.clear()
    table.attach(file, SECOND)
    assert table.said == ["Attached download.txt to Smith 2019."]


def _lines(table: Table) -> list[Any]:
    from evidence_app.services.studies.retrieval import full_texts

    return full_texts(table.project.reader)


def test_every_part_has_a_name_and_is_reached(table: Table, pdf: Path) -> None:
    table.attach(pdf)
    assert nameless(table.reader) == []
    assert [each for each in unreachable(table.reader) if each not in ("Button Text", "Button Pages")] == []
