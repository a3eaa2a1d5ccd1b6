"""What the four views of the Studies screen share: the review as it was read, who acts, and writing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from evidence_app.domain.edit import Edit, RowOf
from evidence_app.domain.errors import EvidenceError
from evidence_app.domain.reference import plain
from evidence_app.domain.studies import Study
from evidence_app.services.studies.retrieval import FullTextLine
from evidence_app.services.studies.suggesting import Suggestion
from evidence_app.storage.applied import Applied
from evidence_app.storage.connections import Reader
from evidence_app.storage.screening import person_row
from evidence_app.storage.studies import StudyContents
from evidence_app.ui.screen import ScreenContext
from evidence_app.ui.widgets.inspector import Inspector


class Held:
    """What was read of the review at one moment."""

    def __init__(
        self, contents: StudyContents, full_texts: Sequence[FullTextLine], suggested: Sequence[Suggestion]
    ) -> None:
        self.contents = contents
        self.full_texts = full_texts
        self.suggested = suggested

    def study_of(self, reference: int) -> Study | None:
        """Return the study a report belongs to."""
        return next((each for each in self.contents.studies if reference in each.references), None)

    def name(self, reference: int) -> str:
        """Return how a report is named in lists: its number, if it has one, and its label."""
        work = self.contents.works.get(reference)
        if work is None:
            return "a report that is gone"
        return f"{work.number} {work.short_label}" if work.number is not None else work.short_label

    def title(self, reference: int) -> str:
        """Return the title of a report."""
        work = self.contents.works.get(reference)
        return plain(work.title) if work is not None else ""


class Desk(QObject):
    """Hands edits to the project and says what was done, once it is written."""

    def __init__(self, context: ScreenContext, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.held: Held | None = None
        self._sentences: dict[str, str] = {}

    @property
    def person(self) -> RowOf:
        """Who acts in this window."""
        return self.context.person

    def person_row(self, reader: Reader) -> int | None:
        """Return the row of who acts; None before their first edit."""
        return person_row(reader, self.person)

    def do(self, make: Callable[[], Edit], sentence: str = "") -> bool:
        """Write an edit; one that is refused is told in a sentence. Return whether there was one to write."""
        try:
            edit = make()
        except EvidenceError as error:
            self.context.say(str(error))
            return False
        if edit:
            self._sentences[edit.label] = sentence
            self.context.project.do(edit, self._written)
        return bool(edit)

    def _written(self, applied: Applied) -> None:
        sentence = self._sentences.pop(applied.label, "")
        if sentence:
            self.context.say(sentence, undo=True)


class Page(QWidget):
    """One of the views; it has an inspector where it shows one thing at a time."""

    told = Signal()
    """The fact beside the title is another one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.parts = desk.context.parts
        self.look = desk.context.look
        self.inspector: Inspector | None = None

    def show_held(self, held: Held) -> None:
        """Show the review as it is now."""
        raise NotImplementedError

    def fact(self) -> str:
        """Return the fact beside the title."""
        return ""

    def start(self) -> QWidget:
        """Return what gets the keyboard."""
        return self
