"""A shown Coding screen over a small review, and what it said and opened."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidence_app.domain.edit import Edit, insert
from evidence_app.services.coding import documents
from evidence_app.services.coding.full_texts import pasted, read_document
from evidence_app.services.library.attachments import keep_copies
from evidence_app.services.progress import silent
from evidence_app.storage import coding
from evidence_app.storage.project import Project
from evidence_app.ui.coding.screen import CodingScreen
from evidence_app.ui.open_project import OpenProject
from tests.ui.desks import Desk, Tools, shown

TEXT = """Findings
In the first year money arrived late. Then trust was lost for good.

“We felt unheard,” one carer said. The leaders listened, and money came on time.
委托服务的协同生产需要时间。第二句话在这里。
"""
Key = Qt.Key


class ScreenDesk(Desk[CodingScreen]):
    """The screen, driven by keys as a reviewer would."""

    def __init__(self, tools: Tools, project: OpenProject) -> None:
        super().__init__(tools, project, CodingScreen, (1250, 850))
        self.screen.activateWindow()
        QApplication.processEvents()

    @property
    def canvas(self) -> Any:
        """The canvas of the open document."""
        return self.screen.desk.canvas

    def key(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys on the canvas."""
        for key in keys:
            QTest.keyClick(self.canvas, key, held)
        QApplication.processEvents()

    def select(self, words: str) -> None:
        """Select words of the open document."""
        start = self.canvas.text.index(words)
        self.canvas.select(start, start + len(words))

    def selected(self) -> str:
        """Return the words that are selected."""
        start, end = self.canvas.selection
        return str(self.canvas.text[start:end])

    def told(self) -> list[tuple[str, str]]:
        """Return which words have which code, as the project holds it."""
        reader = self.project.reader
        known = {each.id: each.name for each in coding.codes(reader, merged=True)}
        words = {each.id: each.anchor.exact for each in coding.all_quotations(reader)}
        return [(words[each.quotation], known[each.code]) for each in coding.codings(reader)]

    def code(self, words: str, name: str) -> None:
        """Select words and type the name of a code in the picker; a new one is made."""
        self.select(words)
        self.key(Key.Key_Return)
        QTest.keyClicks(self.screen.picker.field, name)
        made = name in [each.code.name for each in self.screen.desk.book.tree]
        held = Qt.KeyboardModifier.NoModifier if made else Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(self.screen.picker.field, Key.Key_Return, held)
        QApplication.processEvents()


@contextmanager
def shown_screen(
    folder: Path, tools: Tools, files: Sequence[Path] = (), texts: Sequence[str] = (TEXT,)
) -> Iterator[ScreenDesk]:
    """Show the screen over a review with a document for each text and each file."""
    path = folder / "review.evidence"
    project = Project.create(path, "A review", tools.acting)
    for number in range(len(texts) + len(files) + 1):
        row = insert(
            "reference", type="report", title=f"Report {number}", standing="included",
            author=f'[{{"family": "Author{number}"}}]', issued='{"date-parts": [[2020]]}',
        )  # fmt: skip
        project.apply(Edit("Add", (row,)))
    for number, text in enumerate(texts, 1):
        project.apply(documents.attach(number, pasted(text, f"Text {number}"), None))
    for number, file in enumerate(files, len(texts) + 1):
        (kept,) = keep_copies(path, [file], silent)
        project.apply(documents.attach(number, read_document(file), kept))
    with tools.opened(project) as opened, shown(ScreenDesk(tools, opened)) as desk:
        yield desk
