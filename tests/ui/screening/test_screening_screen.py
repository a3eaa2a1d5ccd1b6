"""The Screening screen as a person uses it: read, judged by keys, taken back, reasons, queues, conflicts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidence_app.domain.edit import Edit, Insert, RowOf, insert, remove
from evidence_app.domain.screening import MadeAs, Purpose, Stage, Verdict
from evidence_app.services.library.references import set_fields
from evidence_app.services.screening import beside_decisions, deciding
from evidence_app.services.screening.beside_decisions import ReasonLine
from evidence_app.services.screening.desk_queue import SAMPLE
from evidence_app.services.screening.sampling import draw_sample
from evidence_app.storage import references, screening
from evidence_app.storage.applied import Acting
from evidence_app.storage.project import Project
from evidence_app.storage.references import columns_of
from evidence_app.ui.lanes import InlineLanes, Lanes
from evidence_app.ui.look import Look
from evidence_app.ui.open_project import OpenProject
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.screening.screen import ScreeningScreen
from evidence_app.ui.session import acting_of
from evidence_app.ui.settings import Preferences
from evidence_app.ui.tasks import Task
from evidence_app.ui.widgets.laying import across
from evidence_app.ui.widgets.parts import Parts
from tests.ui.doubles import RecordedMessages, nameless, unreachable

SUBJECTS = (
    "walking home",
    "hands that write",
    "swallowing again",
    "reading aloud",
    "standing up",
    "sleeping",
)
BEN = Acting("Ben Second", "BS", "33333333-3333-4333-8333-333333333333")
REASONS = ("Wrong people", "Wrong place", "Wrong kind")


HEADS: list[QWidget] = []


class Heard:
    """What the screen asked of the window."""

    def __init__(self) -> None:
        self.places: list[str] = []
        self.said: list[str] = []

    def go_to(self, screen: str, subject: Subject | None = None) -> None:  # noqa: ARG002 - as the window's
        self.places.append(screen)

    def say(
        self, text: str, *, undo: bool = False, act: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        self.said.append(f"{text}{' [Undo]' if undo else ''}{act[0] if act else ''}")


def an_article(at: int, **fields: Any) -> Insert:
    item = {
        "type": "article-journal", "title": f"A long look at {SUBJECTS[at]} after a first stroke",
        "author": [{"family": f"Berg{at}", "given": "Anna"}], "container-title": "Gait and Balance",
        "issued": {"date-parts": [[2010 + at]]}, "DOI": f"10.1000/{at}",
        "abstract": f"BACKGROUND: We looked at {SUBJECTS[at]}. METHODS: Commissioners were asked.",
    }  # fmt: skip
    return insert("reference", **columns_of({**item, **fields}))


def filled(path: Path) -> Project:
    made = Project.create(path, "Review")
    source = insert("source", name="Walk Base", kind="database")
    search = insert("search", source=RowOf("source", source.guid), query="commission* AND stroke")
    file = insert("search_file", search=RowOf("search", search.guid), name="walk.ris", imported=6)
    works = [an_article(at) for at in range(5)]
    works.append(an_article(5, abstract="", **{"original-title": "睡眠", "original-abstract": "我们研究。"}))
    records = [
        insert("record", reference=RowOf("reference", work.guid), search_file=RowOf("search_file", file.guid),
               format="ris", line=at, raw="{}")
        for at, work in enumerate(works, 1)
    ]  # fmt: skip
    made.apply(Edit("Import", (source, search, file, *works, *records)))
    for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT):
        made.apply(beside_decisions.set_reasons([], [ReasonLine(None, name) for name in REASONS], stage))
    return made


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def project(tmp_path: Path, lanes: InlineLanes, preferences: Preferences) -> Iterator[OpenProject]:
    made = OpenProject(lanes, filled(tmp_path / "review.evidence"))
    made.act_as(acting_of(preferences))
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def context(
    look: Look, parts: Parts, lanes: InlineLanes, project: OpenProject, preferences: Preferences,
    messages: RecordedMessages, heard: Heard,
) -> ScreenContext:  # fmt: skip
    return ScreenContext(look, parts, lanes, project, preferences, messages, heard.go_to, heard.say)


def shown(made: ScreeningScreen, project: OpenProject, qtbot: QtBot) -> ScreeningScreen:
    qtbot.addWidget(made)
    head = QWidget()  # the window's header: a part without a parent would be a window of its own
    head.setLayout(across(*made.header_parts()))
    qtbot.addWidget(head)
    HEADS[:] = [head]  # kept until the next test
    project.changed.connect(made.reload)
    made.resize(1260, 820)
    made.reload(frozenset())
    made.show()
    qtbot.wait_exposed(made)
    made.take_focus()
    return made


@pytest.fixture
def screen(context: ScreenContext, project: OpenProject, qtbot: QtBot) -> ScreeningScreen:
    return shown(ScreeningScreen(context), project, qtbot)


def press(screen: ScreeningScreen, *keys: Any) -> None:
    for key in keys:
        QTest.keyClick(screen.window().focusWidget() or screen, key)


def title(screen: ScreeningScreen) -> str:
    return screen.page.text.toPlainText().splitlines()[0] if not screen.page.is_empty else ""


def verdicts(project: OpenProject, stage: Stage = Stage.TITLE_ABSTRACT) -> list[str]:
    found = screening.decisions(project.reader, stage=stage)
    return [f"{each.reference}:{each.verdict.value}" for each in sorted(found, key=lambda one: one.reference)]


def as_ben(
    project: OpenProject,
    reference: int,
    verdict: str,
    stage: Stage = Stage.TITLE_ABSTRACT,
    as_: str = "reviewer",
) -> None:
    with Project.open(project.path, BEN) as other:
        with other.reader() as reader:
            edit = deciding.decide(
                reader, reference, stage, Verdict(verdict), RowOf("person", BEN.guid), as_=MadeAs(as_)
            )
        other.apply(edit)


# -- reading


def test_the_first_record_is_shown_with_its_sources_and_numbers(screen: ScreeningScreen) -> None:
    assert title(screen) == "A long look at walking home after a first stroke"
    text = screen.page.text.toPlainText()
    assert "Gait and Balance  2010" in text
    assert "Berg0 A" in text
    assert "Methods. Commissioners were asked." in text
    assert screen.side.left.text() == "6 left"
    assert screen.beside.progress.numbers.text() == "0 of 6"
    assert screen.page.links.doi.accessibleName() == "Open the DOI 10.1000/0 in the browser"


def test_arrows_go_to_the_next_and_back_whatever_has_the_keyboard(screen: ScreeningScreen) -> None:
    press(screen, Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert "swallowing again" in title(screen)
    screen.page.text.setFocus()
    press(screen, Qt.Key.Key_Left)
    assert "hands that write" in title(screen)
    screen.foot.verdicts["exclude"].setFocus()
    press(screen, Qt.Key.Key_Up)
    assert "walking home" in title(screen)


def test_both_languages_stand_beside_each_other(screen: ScreeningScreen) -> None:
    press(screen, *[Qt.Key.Key_Down] * 5)
    assert screen.page.languages.isVisible()
    screen.page.languages.buttons["original"].click()
    assert title(screen) == "睡眠"
    assert "我们研究。" in screen.page.text.toPlainText()
    screen.page.languages.buttons["both"].click()
    assert "sleeping" in title(screen)
    assert "我们研究。" in screen.page.text.toPlainText()


# -- deciding


def test_a_verdict_goes_on_at_once_and_is_written(screen: ScreeningScreen, project: OpenProject) -> None:
    press(screen, "I", "E", "U")
    assert verdicts(project) == ["1:include", "2:exclude", "3:maybe"]
    assert "reading aloud" in title(screen)
    assert screen.side.left.text() == "3 left"
    assert screen.beside.progress.numbers.text() == "3 of 6"
    assert [screen.side.judged.queue.ids[at] for at in range(3)] == [3, 2, 1]


def test_keys_judge_whatever_has_the_keyboard(screen: ScreeningScreen, project: OpenProject) -> None:
    screen.page.text.setFocus()
    press(screen, "I")
    screen.foot.verdicts["maybe"].setFocus()
    press(screen, "E")
    screen.side.which.setFocus()
    press(screen, "U")
    screen._stages.buttons["title-abstract"].setFocus()
    press(screen, "Z", "I")
    assert verdicts(project) == ["1:include", "2:exclude", "3:include"]


def test_z_takes_the_last_decision_back_even_after_a_flag(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    press(screen, "I", "E", "F")
    press(screen, "Z")
    assert verdicts(project) == ["1:include"]
    assert "hands that write" in title(screen)
    press(screen, "Z")
    assert verdicts(project) == []
    assert "walking home" in title(screen)
    assert screen.side.left.text() == "6 left"


def test_z_after_a_change_brings_the_earlier_verdict_back(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    press(screen, "E")
    screen.judging.visit(1)
    press(screen, "I", "F", "Z")
    assert verdicts(project) == ["1:exclude"]


def test_the_protocol_is_exported_and_where_there_is_none_it_is_said(
    screen: ScreeningScreen, project: OpenProject, messages: RecordedMessages, heard: Heard, tmp_path: Path
) -> None:
    out = tmp_path / "protocol"
    messages.answers += [out]
    screen.export_protocol()
    assert out.with_suffix(".docx").stat().st_size > 1000
    assert heard.said[-1] == "Wrote protocol.docxOpen"
    for each in screening.reasons(project.reader):
        project.do(Edit("Take reasons off", (remove("exclusion_reason", each.id),)))
    messages.answers += [tmp_path / "none.docx"]
    screen.export_protocol()
    assert "The protocol was not exported." in messages.asked[-1]
    assert not (tmp_path / "none.docx").exists()


@pytest.fixture
def judged_before(project: OpenProject, preferences: Preferences) -> int:
    """Decisions of the same person, taken before the screen was opened; return the reason of the first."""
    me, reason = RowOf("person", acting_of(preferences).guid), screening.reasons(project.reader)[0]
    for record, verdict in ((1, Verdict.EXCLUDE), (2, Verdict.INCLUDE), (1, Verdict.INCLUDE)):
        project.do(deciding.decide(project.reader, record, reason.stage, verdict, me, reason.id))
    return reason.id


def test_z_after_a_restart_takes_back_what_was_done_last_whatever_it_was(
    judged_before: int, screen: ScreeningScreen, project: OpenProject
) -> None:
    press(screen, "Z")
    assert verdicts(project) == ["1:exclude", "2:include"]
    assert "walking home" in title(screen)
    assert screen.judging.given() == [judged_before]
    press(screen, "Z", "Z")
    assert verdicts(project) == []
    assert screen.side.left.text() == "6 left"
    assert screen.beside.progress.numbers.text() == "0 of 6"
    press(screen, "Z")
    assert verdicts(project) == []


@pytest.mark.parametrize("number", [2, 3, 5])
def test_z_again_while_the_first_is_being_written_takes_one_more_back(
    judged_before: int, screen: ScreeningScreen, project: OpenProject, lanes: InlineLanes, number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert judged_before
    held: list[Task] = []
    with monkeypatch.context() as patched:
        patched.setattr(lanes.writer, "_send", lambda task, _later: held.append(task))
        press(screen, *["Z"] * number)
        assert len(held) == 1
        while held:
            held.pop(0).run()
    assert verdicts(project) == ["1:exclude"] * (number == 2)
    assert screen.beside.progress.numbers.text() == f"{int(number == 2)} of 6"


def test_a_verdict_between_lets_what_was_still_to_be_taken_back_stand(
    judged_before: int, screen: ScreeningScreen, project: OpenProject, lanes: InlineLanes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert judged_before
    held: list[Task] = []
    with monkeypatch.context() as patched:
        patched.setattr(lanes.writer, "_send", lambda task, _later: held.append(task))
        press(screen, "Z", "Z", "I")
        while held:
            held.pop(0).run()
    assert verdicts(project) == ["1:include", "2:include"]


def test_other_reasons_leave_the_note_of_a_decision_as_it_was(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    me = RowOf("person", screen.judging.guid)
    project.do(deciding.decide(project.reader, 1, Stage.TITLE_ABSTRACT, Verdict.EXCLUDE, me, note="See p. 2"))
    screen.judging.visit(1)
    press(screen, "2")
    (held,) = screening.decisions(project.reader, [1])
    assert (held.note, len(held.reasons)) == ("See p. 2", 1)


def test_the_log_keeps_what_was_changed(screen: ScreeningScreen, project: OpenProject) -> None:
    press(screen, "E")
    screen.judging.visit(1)
    press(screen, "I")
    assert verdicts(project) == ["1:include"]
    assert project.reader.value("SELECT count(*) FROM decision") == 2


def test_keys_do_not_judge_while_somebody_types(screen: ScreeningScreen, project: OpenProject) -> None:
    press(screen, "N")
    assert screen.beside.labels.note.hasFocus()
    press(screen, "i", "e", "1", "z")
    assert screen.beside.labels.note.toPlainText() == "ie1z"
    QTest.keyClick(screen.beside.labels.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert verdicts(project) == []
    assert screen.side.queue.hasFocus()
    press(screen, "I")
    assert verdicts(project) == ["1:include"]
    assert project.reader.value("SELECT text FROM live_note") == "ie1z"


def test_a_refused_decision_comes_back_with_its_record(screen: ScreeningScreen, project: OpenProject) -> None:
    gone = references.reference(project.reader, 1)
    assert gone is not None
    project.changed.disconnect(screen.reload)
    project.reader.value("SELECT 1")
    from evidence_app.services.library.references import remove_references

    with Project.open(project.path, BEN) as other:
        other.apply(remove_references([gone]))
    press(screen, "I")
    assert "Not written" in screen.foot.wants.text()
    project.changed.connect(screen.reload)
    screen.reload(frozenset())
    assert verdicts(project) == []
    assert screen.side.left.text() == "5 left"


# -- reasons


def test_a_reason_decides_nothing_and_the_first_is_the_main_one(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    press(screen, "3", "1")
    assert verdicts(project) == []
    press(screen, "E")
    decision = screening.decisions(project.reader)[0]
    assert decision.reasons == (3, 1)


def test_a_reason_is_taken_back_by_its_key(screen: ScreeningScreen, project: OpenProject) -> None:
    press(screen, "3", "1", "3", "E")
    assert screening.decisions(project.reader)[0].reasons == (1,)


def test_reasons_of_a_decision_are_changed_in_place(screen: ScreeningScreen, project: OpenProject) -> None:
    press(screen, "1", "E")
    screen.judging.visit(1)
    press(screen, "2")
    assert screening.decisions(project.reader)[0].reasons == (1, 2)
    assert len(screening.decisions(project.reader)) == 1


def test_an_exclude_at_full_text_waits_for_its_reason(screen: ScreeningScreen, project: OpenProject) -> None:
    press(screen, "I")
    screen._stages.buttons["full text"].click()
    assert "walking home" in title(screen)
    press(screen, "E")
    assert verdicts(project, Stage.FULL_TEXT) == []
    assert "Which reason?" in screen.foot.wants.text()
    press(screen, "2")
    assert verdicts(project, Stage.FULL_TEXT) == ["1:exclude"]
    assert len(screening.decisions(project.reader, stage=Stage.FULL_TEXT)[0].reasons) == 1


def test_a_full_text_include_makes_an_included_report(screen: ScreeningScreen, project: OpenProject) -> None:
    press(screen, "I")
    screen._stages.buttons["full text"].click()
    press(screen, "I")
    assert project.reader.value("SELECT standing FROM reference WHERE id = 1") == "included"
    press(screen, "Z")
    assert project.reader.value("SELECT standing FROM reference WHERE id = 1") is None


# -- queues


def test_the_maybe_queue_empties_as_it_is_settled(screen: ScreeningScreen, project: OpenProject) -> None:
    press(screen, "U", "U", "I")
    screen.choose_queue("maybe")
    assert list(screen.side.queue.queue.ids) == [1, 2]
    press(screen, "E")
    assert list(screen.side.queue.queue.ids) == [2]
    assert verdicts(project) == ["1:exclude", "2:maybe", "3:include"]


def test_what_another_decided_is_not_told_while_blind(screen: ScreeningScreen, project: OpenProject) -> None:
    as_ben(project, 1, "include")
    screen.judging.visit(1)
    press(screen, "E")
    screen.choose_queue("conflicts")
    assert screen.page.is_empty
    assert "1 record need" in screen.page.empty.sentence.text()
    assert not screen._blind.isHidden()


def test_an_adjudicator_sees_both_votes_and_settles_by_key(
    screen: ScreeningScreen, project: OpenProject, preferences: Preferences
) -> None:
    press(screen, "E")
    as_ben(project, 1, "include")
    ada = screening.person_row(project.reader, RowOf("person", preferences.now.person_guid))
    project.do(Edit("Name the adjudicator", (insert("role", person=ada, role="adjudicator"),)))
    screen.choose_queue("conflicts")
    assert screen.page.votes.isVisible()
    press(screen, "I")
    made = {
        each.made_as.value: each.verdict.value
        for each in screening.decisions(project.reader)
        if each.person == ada
    }
    assert made == {"reviewer": "exclude", "adjudicator": "include"}
    assert screen.page.is_empty


def test_an_empty_review_leads_to_the_searches(
    context: ScreenContext, project: OpenProject, heard: Heard, qtbot: QtBot
) -> None:
    for row in references.all_references(project.reader):
        from evidence_app.services.library.references import remove_references

        project.do(remove_references([row]))
    screen = shown(ScreeningScreen(context), project, qtbot)
    assert screen.page.is_empty
    screen.page.empty.button.click()
    assert heard.places == ["searches"]


def test_when_all_is_judged_full_text_is_offered(screen: ScreeningScreen) -> None:
    press(screen, *"IEEEEE")
    assert screen.page.is_empty
    assert screen.page.empty.button.text() == "Go on to full text"
    screen.page.empty.button.click()
    assert "walking home" in title(screen)


# -- beside


def test_an_abstract_that_is_found_gives_the_keyboard_back_to_the_list(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    first = references.reference(project.reader, 1)
    assert first is not None
    project.do(set_fields(first, {"abstract": None}, {}))
    screen.page.repair.look_up.setFocus()
    assert screen.page.repair.look_up.hasFocus()
    project.undo()
    assert screen.page.repair.isHidden()
    assert screen.side.queue.hasFocus()


def test_what_is_said_of_a_lookup_stands_below_its_own_record(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    for row in (1, 2):
        reference = references.reference(project.reader, row)
        assert reference is not None
        project.do(set_fields(reference, {"abstract": None}, {}))
    screen._asked_for = 1
    screen.judging.step(1)
    screen._abstract_not_found("no answer")
    assert screen.page.repair.words.text() == "No abstract came with this record."
    screen.judging.step(-1)
    screen._abstract_not_found("no answer")
    assert screen.page.repair.words.text().endswith("no answer")


def test_a_missing_abstract_is_pasted_in_one_edit(screen: ScreeningScreen, project: OpenProject) -> None:
    first = references.reference(project.reader, 2)
    assert first is not None
    project.do(set_fields(first, {"abstract": None}, {}))
    screen.judging.visit(2)
    assert screen.page.repair.isVisible()
    screen.page.repair.paste.click()
    screen.page.repair.field.setPlainText("We asked people who write.")
    screen.page.repair.keep_it.click()
    assert project.undo_label == "Change abstract of Berg1 2011"
    assert "We asked people who write." in screen.page.text.toPlainText()
    assert not screen.page.repair.isVisible()


def test_labels_notes_and_flags_are_kept_with_the_record(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    screen.add_label("ask Ben")
    press(screen, "F")
    assert [tag.name for tag in screen.judging.current.card.tags] == ["ask Ben"]  # type: ignore[union-attr]
    assert screen.foot.flag.accessibleName() == "Take the flag off (F)"
    screen.choose_queue("flagged")
    assert list(screen.side.queue.queue.ids) == [1]
    press(screen, "F")
    assert list(screen.side.queue.queue.ids) == []


def test_esc_goes_back_from_the_field_of_labels_to_the_records(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    screen.beside.labels.new.setFocus()
    press(screen, "i", Qt.Key.Key_Escape)
    assert screen.beside.labels.new.hasFocus()
    press(screen, Qt.Key.Key_Escape, "I")
    assert screen.side.queue.hasFocus()
    assert verdicts(project) == ["1:include"]


def test_terms_are_filled_from_the_searches_and_marked(
    screen: ScreeningScreen, messages: RecordedMessages
) -> None:
    def fill(dialog: Any) -> bool:
        assert nameless(dialog) == unreachable(dialog) == []
        dialog.fill.click()
        dialog.fields["exclude"].setPlainText("walking")
        return True

    messages.answers.append(fill)
    screen.edit_terms()
    assert screen.beside.terms._shown == {
        "include": (), "exclude": ("walking",), "neutral": ("commission*", "stroke")
    }  # fmt: skip
    cursor = screen.page.text.document().find("Commissioners")
    assert cursor.charFormat().background().color() == screen.look.colour("term-neutral")
    press(screen, "H")
    cursor = screen.page.text.document().find("Commissioners")
    assert cursor.charFormat().background().style() == Qt.BrushStyle.NoBrush


def test_reasons_are_renamed_ordered_and_added(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    def edit(dialog: Any) -> bool:
        assert nameless(dialog) == unreachable(dialog) == []
        dialog.names[0].setText("Not our people")
        dialog.shift(0, 1)
        dialog._new.setText("Too old")
        dialog.add()
        return True

    messages.answers.append(edit)
    screen.edit_reasons()
    names = [each.name for each in screening.reasons(project.reader, Stage.TITLE_ABSTRACT)]
    assert names == ["Wrong place", "Not our people", "Wrong kind", "Too old"]
    assert screen.foot.reasons.names == tuple(names)


# -- for everybody


def test_everything_has_a_name_and_is_reached_by_tab(screen: ScreeningScreen) -> None:
    assert nameless(screen) == []
    assert unreachable(screen) == []


def test_decisions_in_threads_arrive_in_their_order(
    context: ScreenContext, threaded_lanes: Lanes, tmp_path: Path, preferences: Preferences, qtbot: QtBot
) -> None:
    project = OpenProject(threaded_lanes, filled(tmp_path / "other.evidence"))
    project.act_as(acting_of(preferences))
    own = ScreenContext(
        context.look, context.parts, threaded_lanes, project, preferences, context.messages, context.go_to,
        context.say,
    )  # fmt: skip
    screen = shown(ScreeningScreen(own), project, qtbot)
    qtbot.wait_until(lambda: screen.side.left.text() == "6 left")
    press(screen, "I", "E", "Z", "E", "U")
    qtbot.wait_until(lambda: verdicts(project) == ["1:include", "2:exclude", "3:maybe"])
    assert "reading aloud" in title(screen)
    lanes = (threaded_lanes.writer, *threaded_lanes.reading.lanes)
    qtbot.wait_until(lambda: not any(lane.waiting for lane in lanes))
    screen.close()  # a closed project has nothing left to paint
    project.close()
    threaded_lanes.close()
    project.deleteLater()


# -- more than one person


def test_the_library_shows_no_screening_note_while_blind(
    screen: ScreeningScreen, context: ScreenContext, project: OpenProject, qtbot: QtBot
) -> None:
    from evidence_app.ui.library.notes import NotesPage

    screen.keep_note(1, "Surely relevant")
    page = NotesPage(context)
    qtbot.addWidget(page)
    reference = references.reference(project.reader, 1)
    assert reference is not None
    page.show_reference(reference)
    assert page._notes == []
    project.do(Edit("Lift the blindness", (insert("protocol", blind=0),)))
    page.fill(reference)
    assert [note.text for note in page._notes] == ["Surely relevant"]


def test_a_tenth_is_drawn_for_a_second_person_with_its_seed(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    def draw(dialog: Any) -> bool:
        assert nameless(dialog) == unreachable(dialog) == []
        dialog.share.setValue(30)
        dialog.seed.setText("7")
        dialog.person.setEditText("Hugo Newman")
        assert dialog.draw.text() == "Draw 2 records"
        return True

    messages.answers.append(draw)
    screen.check_share()
    sample = screening.samples(project.reader)[0]
    assert (sample.seed, sample.person_name, len(sample.members)) == (7, "Hugo Newman", 2)
    assert screen.detail() == "Second vote by Hugo Newman on 2"
    screen.choose_queue(f"sample:{sample.id}")
    assert list(screen.side.queue.queue.ids) == list(sample.members)


def test_agreement_is_shown_and_a_cell_opens_its_records(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    project.do(Edit("Lift the blindness", (insert("protocol", blind=0),)))
    press(screen, "I", "E", "E")
    for record, verdict in ((1, "include"), (2, "include"), (3, "exclude")):
        as_ben(project, record, verdict)
    screen.reload(frozenset())

    def look(dialog: Any) -> bool:
        assert nameless(dialog) == unreachable(dialog) == []
        assert dialog.pair.count() == 1
        assert "agreed on 2" in dialog.sentence.text()
        shown = dialog.shown
        pair = next(pair for pair in shown.counts if len(set(pair)) == 2)
        dialog.table.opened.emit(pair)
        return True

    messages.answers.append(look)
    screen.agreement()
    assert list(screen.side.queue.queue.ids) == [2]
    assert screen.page.votes.isVisible()


def test_without_a_pair_the_agreement_says_what_to_do(
    screen: ScreeningScreen, messages: RecordedMessages
) -> None:
    said: list[str] = []

    def look(dialog: Any) -> bool:
        said.append(dialog.nothing.text())
        return False

    messages.answers.append(look)
    screen.agreement()
    assert "Nobody has judged the same records" in said[0]


def test_the_protocol_is_written_and_its_criteria_are_pinned(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    def write(dialog: Any) -> bool:
        dialog.criteria.add()
        dialog.criteria.lines[0].text = "People after a stroke"
        dialog.criteria.add()
        dialog.criteria.lines[1].includes = False
        dialog.criteria.lines[1].code = "E1"
        dialog.criteria.lines[1].text = "Animals"
        dialog.maybe.setCurrentIndex(2)
        assert nameless(dialog) == []
        return True

    messages.answers.append(write)
    screen.protocol()
    assert [each.code for each in screen.beside.criteria._shown or ()] == ["I1", "E1"]
    assert screening.protocol(project.reader).maybe_counts.value == "separate"


def test_an_amendment_asks_why_and_puts_decisions_back_in_one_undo(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    project.do(Edit("Write", (insert("criterion", code="I1", text="Similar countries", includes=1),)))
    press(screen, "E", "E", "I")

    def narrow(dialog: Any) -> bool:
        dialog.criteria.lines[0].text = "United Kingdom and Ireland"
        return True

    def amend(dialog: Any) -> bool:
        assert nameless(dialog) == unreachable(dialog) == []
        assert not dialog.amend.isEnabled()
        dialog.reason.setPlainText("Other systems differ too much")
        dialog.choices["include:title-abstract"].setChecked(True)
        assert dialog.amend.text() == "Amend, and judge 1 record again"
        assert dialog.names.stringList()[0].startswith("Berg2 2012")
        return True

    messages.answers += [narrow, amend]
    screen.protocol()
    assert screen.side.left.text() == "4 left"
    assert screen.beside.criteria._shown[0].text == "United Kingdom and Ireland"  # type: ignore[index]
    project.undo()
    assert screen.side.left.text() == "3 left"
    assert screen.beside.criteria._shown[0].text == "Similar countries"  # type: ignore[index]


# -- ranked screening


def rank(
    screen: ScreeningScreen,
    messages: RecordedMessages,
    rule: str = "consecutive irrelevant",
    number: int = 10,
) -> None:
    def choose(dialog: Any) -> bool:
        assert not dialog.start.isEnabled()
        dialog.choices[rule].setChecked(True)
        dialog.numbers[rule].setValue(number)
        assert not dialog.start.isEnabled()
        dialog.note.setPlainText("Rare topic")
        assert dialog.start.isEnabled()
        assert nameless(dialog) == []
        return True

    messages.answers.append(choose)
    screen.rank_rest()


def test_ranking_starts_with_a_written_rule_and_keeps_the_record_that_is_shown(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    pytest.importorskip("sklearn")
    press(screen, "I", "E")
    here = title(screen)
    rank(screen, messages)
    assert title(screen) == here
    assert "10 records in a row are irrelevant" in screen.beside.ranking.rule.text()
    assert screen.judging.scores
    run = project.reader.row("SELECT rule, threshold, note FROM live_ranking")
    assert tuple(run or ()) == ("consecutive irrelevant", 10.0, "Rare topic")
    press(screen, "E")
    made = screening.decisions(project.reader)[-1]
    assert (made.shown_by, made.ranking is not None, made.score is not None) == ("relevance", True, True)
    assert screen.beside.ranking.state.text() == "1 of 10 records in a row irrelevant"


def test_ranking_is_left_at_any_time_with_a_reason(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    pytest.importorskip("sklearn")
    press(screen, "I", "E")
    rank(screen, messages)
    messages.answers.append("We read the rest")
    screen.beside.ranking.leave.click()
    assert project.reader.value("SELECT ended_why FROM live_ranking") == "We read the rest"
    assert screen.beside.ranking.is_idle
    assert list(screen.side.queue.queue.ids) == [3, 4, 5, 6]
    assert screen.judging.shown_by() == ""


def test_a_rule_that_is_met_is_told_and_an_audit_says_what_may_be_missed(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject
) -> None:
    pytest.importorskip("sklearn")
    press(screen, "I", "E", "E")
    rank(screen, messages, "share screened", 50)
    assert "The rule is met: 3 of 6 records screened" in screen.beside.ranking.met.label.text()

    def draw(dialog: Any) -> bool:
        assert nameless(dialog) == unreachable(dialog) == []
        dialog.number.setValue(2)
        dialog.seed.setText("3")
        assert "missed among the 1 not read" in dialog.told.text()
        return True

    messages.answers.append(draw)
    screen.beside.ranking.audit.click()
    sample = screening.samples(project.reader)[0]
    screen.choose_queue(f"sample:{sample.id}")
    press(screen, "E", "E")
    assert "In a random sample of 2 of the 3 records left unread" in screen.beside.ranking.met.label.text()


def test_the_rest_is_excluded_by_the_rule_that_is_met_in_one_undo(
    screen: ScreeningScreen, messages: RecordedMessages, project: OpenProject, heard: Heard
) -> None:
    pytest.importorskip("sklearn")
    press(screen, "I", "E")
    rank(screen, messages, "share screened", 50)
    assert screen.beside.ranking.exclude.isHidden()
    screen.exclude_rest()
    assert heard.said[-1].startswith("The rest is excluded by the rule of a ranking, once that is met")
    press(screen, "E")
    assert heard.said[-1] == "The rule by which you stop is met: 3 of 6 records screened"
    assert not screen.beside.ranking.exclude.isHidden()
    messages.answers.append(False)
    screen.beside.ranking.exclude.click()
    assert messages.asked[-1].startswith("Exclude 3 records nobody judged?")
    assert len(verdicts(project)) == 3
    messages.answers.append(True)
    screen.beside.ranking.exclude.click()
    assert len(verdicts(project)) == 6
    assert screen.page.is_empty
    assert screen.beside.ranking.is_idle
    project.undo()
    assert len(verdicts(project)) == 3
    assert len(screen.side.queue.queue.ids) == 3


def test_without_the_library_the_panel_says_how_to_add_it(
    screen: ScreeningScreen, monkeypatch: pytest.MonkeyPatch, heard: Heard
) -> None:
    from evidence_app.ui.screening import ranking_acts

    monkeypatch.setattr(ranking_acts, "find_spec", lambda _name: None)
    screen.rank_rest()
    assert 'pip install "evidence-desk[ranking]"' in screen.beside.ranking.about.text()
    assert heard.said[-1].startswith("Ranking needs scikit-learn")


def test_the_sample_that_is_shown_is_given_up_and_brought_back(
    screen: ScreeningScreen, project: OpenProject, heard: Heard
) -> None:
    project.do(draw_sample(project.reader, Stage.TITLE_ABSTRACT, Purpose.CHECK, number=2, seed=1))
    screen.give_up_sample()
    assert heard.said[-1].startswith("Choose the sample")
    (sample,) = screening.samples(project.reader)
    screen.judging.turn_to(Stage.TITLE_ABSTRACT, f"{SAMPLE}{sample.id}")
    screen.give_up_sample()
    assert screening.samples(project.reader) == []
    assert screen.judging.key == "unscreened"
    project.undo()
    assert screening.samples(project.reader) == [sample]


def test_what_the_protocol_plans_and_nobody_drew_is_told_beside_the_progress(
    screen: ScreeningScreen, project: OpenProject
) -> None:
    assert not screen.beside.progress.waits.isVisible()
    project.do(Edit("Plan", (insert("protocol", calibration=3),)))
    assert "plans a calibration round of 3 records" in screen.beside.progress.waits.text()
    project.do(draw_sample(project.reader, Stage.TITLE_ABSTRACT, Purpose.CALIBRATION, number=3, seed=1))
    assert "is not finished: 0 of 3 records have two votes" in screen.beside.progress.waits.text()
