"""What the inspector is asked and what it asks for: form, picker, memos and history of what is chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from evidence_app.domain.coding import Memo, MemoKind
from evidence_app.domain.manuscript import Role, Run
from evidence_app.services.coding.memos import change_memo, write_memo
from evidence_app.services.synthesis.overview import FindingLine
from evidence_app.storage.coding_notes import memos
from evidence_app.storage.synthesis import history_of
from evidence_app.ui.screen import ScreenContext, Subject
from evidence_app.ui.themes.finding_acts import FindingActs
from evidence_app.ui.themes.inspector import FORM, ThemesInspector
from evidence_app.ui.themes.passage_cell import PassageCell
from evidence_app.ui.themes.shown import DRAFT, FINDING, NOTHING, THEME, Shown
from evidence_app.ui.themes.supporting import NO_FINDING, Supporting


class Inspecting(QObject):
    """Stands between the inspector and the acts."""

    left = Signal()
    """Picking or writing has ended: the list goes on."""

    def __init__(
        self,
        context: ScreenContext,
        shown: Shown,
        inspector: ThemesInspector,
        acts: FindingActs,
        supporting: Supporting,
        line: Callable[[], FindingLine | None],
    ) -> None:
        super().__init__(inspector)
        self._context, self._shown, self._inspector = context, shown, inspector
        self._acts, self._supporting, self._line = acts, supporting, line
        self._role = Role.EVIDENCE
        self._taker: PassageCell | None = None
        self.caret = 0
        """Where the caret last stood in the statement."""
        finding = inspector.finding
        finding.statement.edited.connect(self._reword)
        finding.statement.cited_at.connect(self._cite_at)
        finding.statement.left.connect(self._leave_statement)
        finding.statement.cursorPositionChanged.connect(self._note_caret)
        finding.directed.connect(acts.direct)
        finding.opened.connect(self.open_reference)
        finding.taken.connect(acts.take)
        finding.role_chosen.connect(acts.set_role)
        finding.added.connect(self.pick)
        finding.overruled.connect(supporting.overrule)
        supporting.left.connect(self.left)
        finding.dropped.connect(acts.cite)
        inspector.beside_asked.connect(self.show_beside)
        inspector.memos.written.connect(self._write_memo)
        inspector.memos.edited.connect(self._change_memo)
        inspector.history.opened.connect(self._open_history)
        inspector.picker.picked.connect(self._picked)
        inspector.picker.closed.connect(self.stop_picking)

    def keep(self) -> None:
        """Keep what is half typed."""
        self._inspector.finding.statement.keep()

    def show(self, places: dict[int, int]) -> None:
        """Show what is chosen: a draft, a finding, a theme, or that there is nothing."""
        shown, inspector = self._shown, self._inspector
        line = self._line()
        if inspector.is_picking and self._taker is not None:
            inspector.picker.show_held(self._taker.held)
            return
        if shown.what == DRAFT and shown.draft is not None:
            topic = shown.contents.theme_by_id.get(shown.draft.theme or 0)
            inspector.show_draft(shown.draft, topic.name if topic else "")
        elif shown.what == FINDING and line is not None:
            inspector.show_finding(line)
            self._supporting.show(line)
        elif shown.theme is not None:
            shown.what = THEME
            inspector.show_theme(shown.contents, shown.theme, places)
        else:
            shown.what = NOTHING
            inspector.show_nothing()
        if inspector.tab != FORM:
            self.show_beside()

    def write(self) -> None:
        """Go to the statement of what is shown."""
        self._inspector.tabs.setCurrentIndex(FORM)
        self._inspector.finding.statement.place_caret()

    def _reword(self, runs: tuple[Run, ...]) -> None:
        self._acts.reword(self._inspector.finding.statement.block_guid, runs)

    def _cite_at(self, place: int, references: list[int]) -> None:
        statement = self._inspector.finding.statement
        self._acts.cite_at(statement.block_guid, statement.runs(), place, references)

    def _leave_statement(self) -> None:
        shown = self._shown
        if shown.what == DRAFT:
            shown.draft = shown.draft_after = None
            shown.what = FINDING if shown.block is not None else THEME
        self.left.emit()

    def _note_caret(self) -> None:
        self.caret = self._inspector.finding.statement.place

    # -- picking references

    def pick(self, role: Role) -> None:
        """Let references be picked for the chosen finding, in this role."""
        line = self._line()
        if self._shown.what != FINDING or line is None:
            self._context.say(NO_FINDING)
            return
        self.keep()
        self._supporting.stop()
        self._role, self._taker = role, None
        title = "Speaks against it" if role is Role.CONTRAST else "Add references"
        self._inspector.pick(frozenset(work.reference for work in line.works), title, line.block.text)

    def pick_for(self, cell: PassageCell) -> None:
        """Let references be picked for words of the summary."""
        self._taker = cell
        self._inspector.pick(cell.held, "Add references", cell.statement.accessibleName())

    def forget_cell(self) -> None:
        """Pick no more for words of the summary: something else is chosen."""
        self._taker = None

    def _picked(self, references: Sequence[int], alone: bool) -> None:
        if self._taker is not None:
            self._taker.cite(references, alone=alone)
        else:
            self._acts.cite(references, self._role, alone)

    def stop_picking(self) -> None:
        """Go back from picking references or quotations."""
        self._supporting.stop()
        if self._inspector.is_picking:
            taker, self._taker = self._taker, None
            self._inspector.stop_picking()
            self.left.emit()
            if taker is not None:
                taker.statement.setFocus()

    def open_reference(self, row: int) -> None:
        """Open a reference in the library."""
        self._context.go_to("library", Subject("reference", row))

    # -- memos and history

    def _subject(self) -> tuple[str, int] | None:
        if self._shown.what == FINDING and self._shown.block is not None:
            return "block", self._shown.block
        return ("theme", self._shown.place.theme) if self._shown.place else None

    def show_beside(self) -> None:
        """Read memos and history of what is chosen."""
        subject = self._subject()
        if subject is not None:
            reader = self._context.project.reader
            self._inspector.show_beside(memos(reader, *subject), history_of(reader, *subject))

    def _write_memo(self, kind: MemoKind, text: str) -> None:
        subject = self._subject()
        if subject is not None:
            self._context.project.do(write_memo(kind, text, *subject, person=self._context.person))

    def _change_memo(self, memo: Memo, text: str) -> None:
        self._context.project.do(change_memo(memo, memo.kind, memo.title if text.strip() else "", text))

    def _open_history(self, edit: int | None) -> None:
        self._context.go_to("history", Subject("edit", edit) if edit is not None else None)
