"""The fourth chapter: changing the text and its citations, and what becomes of it on paper."""

import re
import zipfile
from pathlib import Path

from tests.real_window.desk import Desk
from tests.real_window.display import NotSeen, wait_until


def change_a_sentence(desk: Desk) -> None:
    """Change a sentence, and cite in it with a page and with what the citation is there for."""
    desk.go("Manuscript", "manuscript")
    desk.press("Home", "Down", "Down")
    desk.picture("walking through blocks")
    desk.press("Return", "ctrl+End")
    desk.picture("in the text")
    desk.write(" Nobody had asked before.")
    desk.written(
        "the sentence", "SELECT count(*) = 1 FROM live_block WHERE text LIKE '%Nobody had asked before%'"
    )
    block = desk.value("SELECT id FROM live_block WHERE text LIKE '%Nobody had asked before%'")
    desk.press("ctrl+semicolon")
    desk.write("patterson")
    desk.settle(0.4)
    desk.picture("citing")
    desk.press("Tab")
    desk.write("12")
    desk.picture("a page")
    desk.press("alt+r")
    desk.picture("a role")
    desk.press("Return")
    desk.settle(0.4)
    desk.picture("cited")
    cited = """SELECT c.locator, a.role FROM live_citation c JOIN live_anchor a ON a.id = c.anchor
               JOIN live_reference r ON r.id = c.reference
               WHERE a.block = ? AND r.sort_author LIKE 'patterson%'"""
    if desk.rows(cited, block) != [("12", "definition")]:
        raise NotSeen(f"the citation should have a page and a role; it has {desk.rows(cited, block)}")


def split_and_merge(desk: Desk) -> None:
    """Split a block at the caret, join it again, and move it."""
    blocks = desk.value("SELECT count(*) FROM live_block")
    desk.press("Return")
    desk.write("And then they did.")
    desk.written("one block more", "SELECT count(*) = ? FROM live_block", blocks + 1)
    desk.picture("split")
    desk.press("Home", "BackSpace")
    desk.written("joined", "SELECT count(*) = ? FROM live_block", blocks)
    desk.picture("joined")
    desk.press("Escape", "alt+Up")
    desk.picture("moved up")


def preview_and_export(desk: Desk) -> None:
    """Look at the summary, write it for a journal and, in another style, for commissioners."""
    desk.act("Preview the summary")
    desk.press("space")
    desk.settle(0.45)
    desk.picture("preview")
    file = desk.home / "journal.docx"
    desk.press("ctrl+e")
    save(desk, "Export summary", file)
    holds(words_of(file), "Nobody had asked before", file)
    desk.press("Tab", "space", "Tab", "Tab", "Tab")
    desk.write("american psychological")
    desk.settle(0.4)
    desk.press("Down", "Home", "Down")
    desk.settle(0.45)
    desk.picture("another style")
    file = desk.home / "commissioner.docx"
    desk.press("ctrl+e")
    save(desk, "Export summary", file)
    holds(words_of(file), "The question", file)
    holds(words_of(file), "2009)", file)
    desk.act("Write the manuscript")


def words_of(file: Path) -> str:
    """Return the words of a Word document."""
    marked = zipfile.ZipFile(file).read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", marked)


def holds(text: str, words: str, file: Path) -> None:
    """See that these words are in a file."""
    if words not in text:
        raise NotSeen(f"{file.name} should hold “{words}”")


def save(desk: Desk, title: str, file: Path) -> None:
    """Give the file dialog a name, and wait for the file."""
    desk.dialog(title)
    desk.press("ctrl+a")
    desk.write(str(file))
    desk.press("Return")
    desk.back(title)
    wait_until(f"the file {file.name}", lambda: file.exists() and file.stat().st_size > 0)
    desk.settle(0.4)
