"""A review finding is written from quotations, and leads back to their words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from evidence_app.domain.edit import Edit, insert
from evidence_app.storage import contents, manuscript
from evidence_app.storage.support import supports
from evidence_app.ui.coding.finding_dialog import FindingDialog
from tests.ui.coding.desk import Key, ScreenDesk, shown_screen
from tests.ui.desks import Tools
from tests.ui.doubles import nameless, unreachable


@pytest.fixture
def desk(screen_tools: Tools, tmp_path: Path) -> Iterator[ScreenDesk]:
    with shown_screen(tmp_path, screen_tools) as made:
        made.screen.reading.open(1)
        QApplication.processEvents()
        for words in ("money arrived late", "trust was lost"):
            made.select(words)
            made.key(Key.Key_V)
        yield made


def test_a_finding_is_written_from_the_chosen_quotations(desk: ScreenDesk) -> None:
    desk.project.do(Edit("A theme", (insert("theme", name="Money", kind="analytic"),)))

    def fill(dialog: QDialog) -> bool:
        assert isinstance(dialog, FindingDialog)
        assert not dialog.write.isEnabled()
        dialog.statement.setPlainText("Late money cost trust.")
        assert dialog.write.isEnabled()
        assert nameless(dialog) == []
        assert unreachable(dialog) == []
        return True

    desk.screen.finding.ask("")
    desk.screen.found.table.selectAll()
    desk.messages.answers.append(fill)
    desk.screen.finding.write_finding()
    (block,) = contents.review_contents(desk.project.reader).findings
    assert block.text == "Late money cost trust."
    assert [each.words for each in supports(desk.project.reader, block.id)] == [
        "money arrived late", "trust was lost",
    ]  # fmt: skip
    _, numbers = manuscript.numbers_given(desk.project.reader)
    assert list(numbers.values()) == [1]  # what is cited for the first time gets the next free number
    desk.project.undo()
    assert contents.review_contents(desk.project.reader).findings == ()
    assert manuscript.numbers_given(desk.project.reader)[1] == {}


def test_without_a_theme_it_says_what_to_do(desk: ScreenDesk) -> None:
    desk.screen.finding.ask("")
    desk.screen.found.table.selectAll()
    desk.screen.finding.write_finding()
    assert desk.said[-1] == "Make a theme first, in the screen Themes."


def test_coding_goes_out_and_comes_back_from_the_window(desk: ScreenDesk, tmp_path: Path) -> None:
    out = tmp_path / "out.qdpx"
    desk.messages.answers += [out, None, out]
    desk.screen.export_coding()
    assert out.exists()
    assert desk.messages.asked[-1].startswith("Wrote out.qdpx: 2 codings on 2 quotations")
    desk.screen.import_coding()
    assert desk.messages.asked[-1].startswith("out.qdpx: 2 of 2 codings placed")
    assert "2 codings were here already." in desk.messages.asked[-1]


def test_the_code_book_is_written_from_the_window(desk: ScreenDesk, tmp_path: Path) -> None:
    desk.messages.answers.append(tmp_path / "book.xlsx")
    desk.screen.export_code_book()
    assert desk.said[-1] == "Wrote 2 codes to book.xlsx"
