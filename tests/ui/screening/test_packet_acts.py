"""Packets from the window: given out, dropped back, and a field both changed is chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, RowOf, insert
from evidence_app.domain.screening import Stage, Verdict
from evidence_app.services.library.references import set_fields
from evidence_app.services.screening import deciding
from evidence_app.storage import references, screening, screening_votes
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.ui.lanes import InlineLanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.screening.fields_dialog import FieldsDialog
from evidence_app.ui.screening.packet_dialog import PacketDialog
from evidence_app.ui.screening.sample_dialog import SampleDialog
from evidence_app.ui.screening.screen import ScreeningScreen
from evidence_app.ui.session import acting_of
from evidence_app.ui.settings import Preferences
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages, nameless, unreachable

BEN = Acting("Ben Second", "BS", "33333333-3333-4333-8333-333333333333")


def filled(path: Path) -> Project:
    """A review with four records of one search."""
    made = Project.create(path, "Review")
    source = insert("source", name="Medline")
    search = insert("search", source=RowOf("source", source.guid))
    file = insert("search_file", search=RowOf("search", search.guid), name="m.ris")
    works = [insert("reference", title=f"Work {number}") for number in range(4)]
    records = [
        insert(
            "record",
            reference=RowOf("reference", each.guid),
            search_file=RowOf("search_file", file.guid),
            raw="{}",
        )
        for each in works
    ]
    made.apply(Edit("Import", (source, search, file, *works, *records)))
    return made


@pytest.fixture
def screen(
    look: Look, parts: Parts, lanes: InlineLanes, preferences: Preferences, messages: RecordedMessages,
    tmp_path: Path, qtbot: QtBot,
) -> Iterator[ScreeningScreen]:  # fmt: skip
    project = OpenProject(lanes, filled(tmp_path / "review.evidence"))
    project.act_as(acting_of(preferences))
    context = ScreenContext(
        look, parts, lanes, project, preferences, messages, lambda *_: None, lambda *_, **__: None
    )
    made = ScreeningScreen(context)
    qtbot.addWidget(made)
    for part in made.header_parts():
        qtbot.addWidget(part)
    project.changed.connect(made.reload)
    made.reload(frozenset())
    yield made
    project.close()
    project.deleteLater()


def given_out(screen: ScreeningScreen, messages: RecordedMessages, out: Path, kind: str = "evidence") -> None:
    """Fill the dialog in for Ben, and write the packet."""

    def fill(dialog: QDialog) -> bool:
        assert isinstance(dialog, PacketDialog)
        dialog.person.setEditText("")
        assert not dialog.give.isEnabled()
        dialog.person.setEditText("Ben Second")
        dialog.kind.choose(kind)
        assert dialog.give.text() == "Write 4 records…"
        assert nameless(dialog) == []
        assert unreachable(dialog) == []
        return True

    messages.answers += [fill, out]
    screen.give_packet()


def test_a_packet_comes_back_by_drop_and_its_decisions_stand_there(
    screen: ScreeningScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    out = tmp_path / "for Ben.evidence"
    given_out(screen, messages, out)
    with Project.open(out, BEN) as packet, packet.reader() as reader:
        work = screening.screened(reader)[1]
        packet.apply(
            deciding.decide(reader, work, Stage.TITLE_ABSTRACT, Verdict.INCLUDE, RowOf("person", BEN.guid))
        )
    screen.merge_file(out)
    assert [each.name for each in screening.decisions(screen.project.reader)] == ["Ben Second"]
    assert messages.asked[-1].startswith("1 decision of Ben Second merged")
    assert messages.asked[-1].endswith("Nothing else came with it.")
    screen.merge_file(out)
    assert messages.asked[-1].startswith("Nothing new from Ben Second")


def test_an_answer_file_is_taken_by_drop_and_a_project_is_not(
    screen: ScreeningScreen, tmp_path: Path
) -> None:
    for name, takes in (("answers.json", True), ("other.evidence", False)):
        (tmp_path / name).write_text("{}", "utf-8")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        assert screen.takes(mime) is takes


def test_an_offline_page_is_written(
    screen: ScreeningScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    given_out(screen, messages, tmp_path / "for Ben.html", "html")
    assert "Ben Second" in (tmp_path / "for Ben.html").read_text("utf-8")


def test_a_field_changed_on_both_sides_is_chosen_and_undone(
    screen: ScreeningScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    out = tmp_path / "for Ben.evidence"
    given_out(screen, messages, out)
    with Project.open(out, BEN) as packet, packet.reader() as reader:
        work = references.reference(reader, screening.screened(reader)[0])
        assert work is not None
        packet.apply(set_fields(work, {"title": "Theirs"}, {}))
    mine = references.reference(screen.project.reader, screening.screened(screen.project.reader)[0])
    assert mine is not None
    screen.project.do(set_fields(mine, {"title": "Mine"}, {}))

    def take(dialog: QDialog) -> bool:
        assert isinstance(dialog, FieldsDialog)
        dialog.chosen(next(iter(dialog.cards)), theirs=True)
        return True

    messages.answers += [None, take]
    screen.merge_file(out)
    now = references.reference(screen.project.reader, mine.id)
    assert now is not None
    assert now.item["title"] == "Theirs"
    screen.project.undo()
    now = references.reference(screen.project.reader, mine.id)
    assert now is not None
    assert now.item["title"] == "Mine"


def test_an_earlier_packet_is_replaced_and_a_review_is_not(
    screen: ScreeningScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    out = tmp_path / "for Ben.evidence"
    given_out(screen, messages, out)
    given_out(screen, messages, out)
    other = tmp_path / "other.evidence"
    filled(other).close()
    before = other.read_bytes()
    given_out(screen, messages, other)
    assert other.read_bytes() == before


def test_who_judged_is_asked_where_a_packet_was_judged_in_the_name_of_somebody_else_here(
    screen: ScreeningScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    out = tmp_path / "for Ben.evidence"
    given_out(screen, messages, out)
    ada = acting_of(screen.context.settings)
    first = screening.screened(screen.project.reader)[0]
    screen.project.do(
        deciding.decide(screen.project.reader, first, Stage.TITLE_ABSTRACT, Verdict.EXCLUDE,
                        RowOf("person", ada.guid))
    )  # fmt: skip
    with Project.open(out, ada) as packet, packet.reader() as reader:
        work = screening.screened(reader)[1]
        packet.apply(
            deciding.decide(reader, work, Stage.TITLE_ABSTRACT, Verdict.INCLUDE, RowOf("person", ada.guid))
        )
    messages.answers += [None]
    screen.merge_file(out)
    assert len(screening.decisions(screen.project.reader)) == 1
    messages.answers += ["Ben Second"]
    screen.merge_file(out)
    assert [each.name for each in screening.decisions(screen.project.reader)] == [ada.name, "Ben Second"]


def test_one_button_names_what_comes_next_with_a_second_person(
    screen: ScreeningScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    assert screen._check.text() == "Check 10 %…"

    def draw(dialog: QDialog) -> bool:
        assert isinstance(dialog, SampleDialog)
        dialog.share.setValue(100)
        dialog.person.setEditText("Ben Second")
        return True

    messages.answers.append(draw)
    screen._check.click()
    assert screen._check.text() == "Give out a packet…"
    out = tmp_path / "for Ben.evidence"
    messages.answers += [lambda _dialog: True, out]
    screen._check.click()
    assert screen._check.text() == "Merge an answer…"
    with Project.open(out, BEN) as packet, packet.reader() as reader:
        work = screening.screened(reader)[0]
        packet.apply(
            deciding.decide(reader, work, Stage.TITLE_ABSTRACT, Verdict.EXCLUDE, RowOf("person", BEN.guid))
        )
    messages.answers.append(out)
    screen._check.click()
    assert screen._check.text() == "Agreement…"


def test_a_packet_says_that_it_goes_back(
    screen: ScreeningScreen, messages: RecordedMessages, tmp_path: Path, look: Look, parts: Parts,
    lanes: InlineLanes, preferences: Preferences, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    out = tmp_path / "for Ben.evidence"
    given_out(screen, messages, out)
    project = OpenProject(lanes, Project.open(out, BEN))
    project.act_as(BEN)
    preferences.change(person_name=BEN.name, person_guid=BEN.guid)
    context = ScreenContext(
        look, parts, lanes, project, preferences, messages, lambda *_: None, lambda *_, **__: None
    )
    packet = ScreeningScreen(context)
    qtbot.addWidget(packet)
    for part in packet.header_parts():
        qtbot.addWidget(part)
    project.changed.connect(packet.reload)
    packet.reload(frozenset())
    assert packet.detail() == "Packet for Ben Second: send this file back when you are done"
    assert not packet._check.isEnabled()
    for _ in range(4):
        packet.include()
    assert "Send this file back" in packet.page.empty.sentence.text()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    packet.page.empty.button.click()
    assert opened == [str(tmp_path)]
    project.close()
    project.deleteLater()


def test_the_rounds_the_protocol_plans_are_what_is_drawn_first(
    screen: ScreeningScreen, messages: RecordedMessages
) -> None:
    plan = insert("protocol", calibration=2, double_share=0.5, least_agreement=0.6, after_poor_check="Talk.")
    screen.project.do(Edit("Plan", (plan,)))
    assert screen._check.text() == "Calibration round…"

    def draw(dialog: QDialog) -> bool:
        assert isinstance(dialog, SampleDialog)
        assert (dialog.purpose.choice, dialog.size_drawn) == ("calibration", 2)
        assert dialog.told.text() == "2 of 4 records that nobody has judged yet at title and abstract."
        return True

    messages.answers.append(draw)
    screen._check.click()
    reader = screen.project.reader
    (first,) = screening.samples(reader)
    assert screen.judging.key == f"sample:{first.id}"
    assert list(screen.side.queue.queue.ids) == list(first.members)
    assert screen._check.text() == "Give out a packet…"

    judge_twice(screen, first.members, ("include", "exclude"), ("exclude", "include"))
    assert screen._check.text() == "Another round…"
    progress = screen.beside.progress
    assert progress.poor.label.text().startswith("After the calibration round: Cohen’s κ of −1.00")
    messages.answers.append(lambda _dialog: True)
    screen._check.click()
    second = screening.samples(reader)[-1]
    assert set(second.members).isdisjoint(first.members)

    judge_twice(screen, second.members, ("include", "exclude"), ("include", "exclude"))
    assert progress.poor.isHidden()
    assert "The last calibration round reached a Cohen’s κ of 1.00." in progress.waits.text()
    assert screen._check.text() == "Check 50 %…"
    messages.answers.append(lambda dialog: dialog.share.value() != 50)
    screen._check.click()
    assert messages.answers == []


def judge_twice(
    screen: ScreeningScreen, records: tuple[int, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    """Let whoever acts and Ben judge the same records."""
    project = screen.project
    ben = screening_votes.people_called(project.reader, BEN.name)
    if not ben:
        project.do(Edit("Enter", (insert("person", name=BEN.name),)))
        ben = screening_votes.people_called(project.reader, BEN.name)
    for row, one, two in zip(records, mine, theirs, strict=True):
        for verdict, person in ((one, screen.judging.person), (two, ben[0])):
            project.do(deciding.decide(project.reader, row, Stage.TITLE_ABSTRACT, Verdict(verdict), person))
