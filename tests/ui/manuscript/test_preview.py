"""Finding and replacing, the pages of the summary, and what is exported from them."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from evidence_app.domain.manuscript import Block
from evidence_app.storage import contents
from evidence_app.ui.manuscript.replace_dialog import ReplaceDialog
from evidence_app.ui.manuscript.screen import ManuscriptScreen
from evidence_app.ui.screen import Subject
from tests.ui.doubles import RecordedMessages


def blocks(screen: ManuscriptScreen) -> tuple[Block, ...]:
    return contents.blocks(screen.project.reader)


def saying(screen: ManuscriptScreen, words: str) -> int:
    return sum(block.text.lower().count(words) for block in blocks(screen))


def shown(screen: ManuscriptScreen) -> str:
    return " ".join(label.text() for label in screen.preview.report.widget.findChildren(QLabel))


def test_words_are_found_marked_and_gone_through(screen: ManuscriptScreen) -> None:
    screen.handlers()["find"]()
    bar = screen.writing.find_bar
    QTest.keyClicks(bar.line, "funders")
    places = len(bar.places)
    assert places == saying(screen, "funders") > 1
    assert bar.count.text() == f"1 of {places} places"
    first = screen.writing.view.page.chosen
    assert any(mark for marks in screen.writing.view.page.found.values() for *_, mark in marks)
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.count.text() == f"2 of {places} places"
    QTest.keyClick(bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert screen.writing.view.page.chosen == first
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert not screen.writing.view.page.found


def test_replacing_shows_every_place_first_and_is_one_undo(
    screen: ManuscriptScreen, messages: RecordedMessages
) -> None:
    before = blocks(screen)
    screen.handlers()["replace"]()
    bar = screen.writing.find_bar
    bar.line.setText("commissioners")
    bar.whole.setChecked(True)
    bar.by.setText("buyers")
    count = len(bar.places)

    def leave_one_out(dialog: ReplaceDialog) -> bool:
        assert dialog.list.count() == count
        assert "buyers" in dialog.list.item(0).text()
        dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
        return True

    messages.answers.append(leave_one_out)
    QTest.keyClick(bar.by, Qt.Key.Key_Return)
    assert saying(screen, "buyers") == count - 1
    assert any("Buyers" in block.text for block in blocks(screen))
    assert bar.count.text().endswith("1 place")
    screen.project.undo()
    assert blocks(screen) == before


def test_the_preview_shows_the_pages_and_the_report(screen: ManuscriptScreen) -> None:
    screen.turn("preview")
    screen.preview.turn("pages")
    screen.preview.build()
    assert screen.preview.built is not None
    pages = len(screen.preview.built.preview.pages)
    assert pages >= 8
    assert screen.detail() == f"Commissioner summary, {pages} pages"
    assert screen.preview.act_name() == f"Export {pages} pages as docx"
    told = shown(screen)
    assert "3 errors open" in told
    assert "Retractions not looked for" in told
    assert "All characters have a font" in told
    assert "not reported" in told
    assert screen.preview.pages.page == 1
    screen.preview.pages.go_to(3)
    assert screen.preview.pages.page == 3


def test_another_screen_can_ask_for_the_pages_of_the_summary(screen: ManuscriptScreen) -> None:
    screen.show_place(Subject("summary", 0))
    assert screen.previewing
    first = blocks(screen)[0].id
    assert first is not None
    screen.show_place(Subject("block", first))
    assert not screen.previewing


def test_the_words_of_the_summary_are_edited_among_the_themes(
    screen: ManuscriptScreen, window: object
) -> None:
    screen.turn("preview")
    options = screen.preview.options
    assert options._words.isVisible()
    options._words.click()
    assert window.went == ["themes 0"]  # type: ignore[attr-defined]
    options._radios["journal"].click()
    assert not options._words.isVisible()


def test_the_preview_is_built_again_a_moment_after_a_change_while_somebody_looks(
    screen: ManuscriptScreen,
) -> None:
    screen.preview.contents_changed()
    assert not screen.preview._later.isActive()
    screen.turn("preview")
    screen.preview.build()
    screen.desk.change_block(screen.desk.contents.findings[0].guid, direction=None)
    assert screen.preview._later.isActive()
    assert screen.preview._later.interval() == 400
    screen.turn("write")
    assert not screen.preview._later.isActive()


def test_the_summary_is_exported_in_the_format_chosen(
    screen: ManuscriptScreen, messages: RecordedMessages, tmp_path: Path, window: object
) -> None:
    screen.turn("preview")
    screen.preview.options.format.choose("md")
    out = tmp_path / "summary.md"
    messages.answers.append(out)
    screen.export_summary()
    assert "# Commissioning that makes room" in out.read_text("utf-8")
    assert window.said == ["Wrote summary.md with 47 works. [Open]"]  # type: ignore[attr-defined]


def test_export_from_the_page_shows_first_what_would_leave(
    screen: ManuscriptScreen, messages: RecordedMessages
) -> None:
    screen.export_summary()
    assert screen.previewing
    assert not messages.asked


def test_a_retracted_work_is_told_before_the_export(
    screen: ManuscriptScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    cited = next(reference for reference in screen.desk.contents.references if reference.doi)
    assert cited.doi is not None
    work = '{"updated-by": [{"type": "retraction", "DOI": "10.1/r", "source": "publisher"}]}'
    screen.project.keep(
        "cache_crossref",
        [{"asked": cited.doi.lower(), "doi": cited.doi, "state": "found", "reason": "",
          "fetched_at": "2026-01-02T03:04:05", "work": work}],
    )  # fmt: skip
    screen.turn("preview")
    messages.answers += [False]
    screen.export_summary()
    assert any("retracted" in question for question in messages.asked)
    assert not list(tmp_path.glob("*.docx"))
    screen.preview.build()
    assert "retracted" in shown(screen)


def test_what_cannot_be_written_is_told_and_nothing_is_left(
    screen: ManuscriptScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    screen.turn("preview")
    messages.answers.append(tmp_path / "summary.xyz")
    screen.export_summary()
    assert any("could not be exported" in told and ".docx" in told for told in messages.asked)
    assert not (tmp_path / "summary.xyz").exists()


def test_a_click_anywhere_on_a_card_chooses_its_profile(screen: ManuscriptScreen) -> None:
    screen.turn("preview")
    options = screen.preview.options
    card = options._cards["journal"]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() // 2, card.height() - 6))
    assert options.profile == "journal"


def test_profile_style_and_format_are_remembered(screen: ManuscriptScreen) -> None:
    screen.turn("preview")
    screen.preview.options._radios["journal"].click()
    buttons = screen.preview.options.format.findChildren(QAbstractButton)
    next(button for button in buttons if button.text() == "pdf").click()
    kept = screen.context.settings.now.kept
    assert kept["manuscript.profile"] == "journal"
    assert kept["manuscript.format"] == "pdf"
    assert not screen.preview.options._radios["commissioner"].isChecked()
