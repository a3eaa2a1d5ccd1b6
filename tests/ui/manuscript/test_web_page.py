"""The web page in the preview is the exported html file itself, and can be read, followed and copied."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidence_app.ui.look import Look
from evidence_app.ui.manuscript.screen import ManuscriptScreen
from evidence_app.ui.manuscript.web_markup import copied, seen
from evidence_app.ui.manuscript.web_page import WebPage
from tests.ui.doubles import RecordedMessages

IMAGE = int(QTextDocument.ResourceType.ImageResource.value)
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@pytest.fixture
def previewing(screen: ManuscriptScreen) -> ManuscriptScreen:
    screen.turn("preview")
    screen.preview.build()
    QApplication.processEvents()
    return screen


@pytest.fixture
def page(look: Look) -> Iterator[WebPage]:
    made = WebPage(look)
    made.resize(900, 700)
    made.show()
    yield made
    made.hide()
    made.deleteLater()


def long_page(paragraphs: int) -> str:
    lines = "".join(f"<p>Paragraph {at}. " + "words " * 60 + "</p>" for at in range(paragraphs))
    return f"<html><head><style>:root{{--x:#fff}}</style></head><body><main>{lines}</main></body></html>"


def test_the_preview_opens_with_the_bytes_of_the_exported_file(
    previewing: ManuscriptScreen, messages: RecordedMessages, tmp_path: Path
) -> None:
    preview = previewing.preview
    assert not preview.paged
    preview.options.format.choose("html")
    out = tmp_path / "summary.html"
    messages.answers.append(out)
    previewing.export_summary()
    assert preview.web.page.html.encode("utf-8") == out.read_bytes()
    shown = copied(preview.web.page.toPlainText()).replace("\ufffc", "")
    assert " ".join(shown.split()) == seen(out.read_text("utf-8"))
    assert not preview.web.page.page.refused


def test_only_the_web_page_is_built_while_nobody_looks_at_pages(previewing: ManuscriptScreen) -> None:
    preview = previewing.preview
    assert preview.built is not None
    assert preview.built.preview.pages == ()
    assert preview.act_name() == "Export summary as docx"
    assert previewing.detail() == "Commissioner summary"


def test_the_way_to_look_is_remembered(previewing: ManuscriptScreen) -> None:
    previewing.preview.way.buttons["pages"].click()
    assert previewing.context.settings.now.kept["manuscript.way"] == "pages"
    assert previewing.preview._later.isActive()


def test_a_citation_leads_to_its_entry_and_the_entry_opens_the_reference(
    previewing: ManuscriptScreen, window: object
) -> None:
    web = previewing.preview.web
    assert not web.foot.isVisible()
    web.page.follow(QUrl("#ref-57"))
    bar = web.page.verticalScrollBar()
    assert bar.value() > 1000
    (marked,) = web.page.extraSelections()
    assert marked.cursor.selectedText().startswith("57.")
    assert web.foot.isVisible()
    cited = previewing.desk.contents.by_id[web._work]
    assert cited.short_label in web.told.text()
    web.opens.click()
    assert window.went == [f"library {cited.id}"]  # type: ignore[attr-defined]
    web.back.click()
    assert bar.value() == 0
    assert not web.foot.isVisible()
    assert not web.page.extraSelections()


def test_words_are_selected_and_copied_without_marks_for_line_ends(previewing: ManuscriptScreen) -> None:
    page = previewing.preview.web.page
    page.selectAll()
    mime = page.createMimeDataFromSelection()
    assert "Commissioning that makes room for co-production" in mime.text()
    assert "\u200b" not in mime.text() + mime.html()
    assert "#ref-57" in mime.html()


def test_keys_go_from_link_to_link_follow_and_come_back(previewing: ManuscriptScreen) -> None:
    page = previewing.preview.web.page
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_BracketRight)
    assert page.textCursor().selectedText() == "In brief"
    QTest.keyClick(page, Qt.Key.Key_BracketRight)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.verticalScrollBar().value() > 300
    QTest.keyClick(page, Qt.Key.Key_Backspace)
    assert page.verticalScrollBar().value() == 0


def test_tab_leaves_the_page(previewing: ManuscriptScreen) -> None:
    page = previewing.preview.web.page
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert not page.hasFocus()


def test_zoom_makes_its_letters_larger(previewing: ManuscriptScreen) -> None:
    page = previewing.preview.web.page
    before = page.rem
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Plus)
    assert page.rem == pytest.approx(before * 1.25)
    QTest.keyClick(page, Qt.Key.Key_Minus)
    assert page.rem == before


def test_the_reader_stays_at_the_paragraph_when_the_page_is_built_again(page: WebPage) -> None:
    page.show_page(long_page(60))
    page.verticalScrollBar().setValue(2000)
    top = page.top_block.text()
    page.show_page(
        long_page(60).replace("<main>", "<main>" + "<p>One more paragraph stands before.</p>" * 20)
    )
    assert page.top_block.text() == top
    page.set_zoom(150)
    assert page.top_block.text() == top


def test_the_same_page_again_leaves_what_is_selected(page: WebPage) -> None:
    page.show_page(long_page(3))
    page.selectAll()
    page.show_page(long_page(3))
    assert page.textCursor().hasSelection()


def test_nothing_is_loaded_but_what_the_page_brings_along(page: WebPage, tmp_path: Path) -> None:
    own = tmp_path / "own.png"
    own.write_bytes(b"")
    outside = ["https://example.org/a.png", own.as_uri(), "a.png"]
    pictures = "".join(f'<img src="{place}">' for place in (*outside, PIXEL))
    page.show_page(f"<html><body><p>{pictures}</p></body></html>")
    QApplication.processEvents()
    assert set(page.page.refused) == set(outside)
    assert page.page.loadResource(IMAGE, QUrl(PIXEL))
    assert not page.page.loadResource(IMAGE, QUrl("figure:7"))


def test_a_link_to_a_file_or_program_is_not_followed(page: WebPage) -> None:
    page.show_page(long_page(1))
    for link in ("file:///etc/hosts", "javascript:alert(1)", "ftp://example.org/"):
        page.follow(QUrl(link))
    assert page.toPlainText().startswith("Paragraph 0.")


def test_the_page_follows_light_and_dark(page: WebPage, look: Look) -> None:
    page.show_page(long_page(1))
    assert page.palette().color(page.palette().ColorRole.Base) == QColor("#ffffff")
    look.change(dark=True)
    assert page.palette().color(page.palette().ColorRole.Base) == QColor("#1b1c1f")
    look.change(dark=False)


def test_a_narrow_window_narrows_the_column(page: WebPage) -> None:
    page.show_page(long_page(5))
    assert page._column() == round(43.5 * page.rem)
    page.resize(400, 700)
    page._again.timeout.emit()
    assert page._column() < 400
    assert page.page.size().width() <= 400
